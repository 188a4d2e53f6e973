//! What the few are asked who keep what is sealed: identities to open, rewards, calls that are only recorded; and
//! what the city is asked to tell everybody.
//!
//! Who may is the tip's rule (domain.md §7); here it says on whose list it stands.

use super::desk::Desk;
use crate::query::conditions::Conditions;
use crate::rows::{self, AwaitingFacts};
use jurisdiction::{Actor, Role};
use mingcha_proto::ledger::WorkItem;
use tonic::Status;

impl Desk<'_> {
    pub(super) fn of_sealed(&self) -> Result<Vec<WorkItem>, Status> {
        let (today, me) = (self.moment.today, self.moment.actor);
        let mut items = Vec::new();
        if today.may_agree_to_open_identity(me) {
            let asked = self.asked("reveal_to_approve", |by| may_agree(me, by))?;
            items.extend(self.listed(&asked, "同意或者拒绝查看举报人身份")?);
        }
        if today.may_ask_for_identity(me) {
            let mut agreed = self.asked("identity_to_open", |by| by.person() == me.person())?;
            agreed.retain(|agreed| agreed.due.is_none_or(|until| self.moment.now < until));
            items.extend(self.listed(&agreed, "查看举报人身份（已获同意，过期作废）")?);
        }
        if today.leads_the_city(me) {
            let proposed = self.asked("reward_to_approve", |by| by.person() != me.person())?;
            items.extend(self.listed(&proposed, "审批举报奖励")?);
            let proposed = self.asked("exposure_to_publish", |by| by.person() != me.person())?;
            items.extend(self.listed(&proposed, "审批警示曝光")?);
        }
        if self.role == Role::Dispatcher {
            items.extend(self.listed(&self.of_the_area("reward_to_pay")?, "发放举报奖励")?);
        }
        if matches!(self.role, Role::Dispatcher | Role::Operator) {
            let recorded = self.of_the_area("transcript_to_record")?;
            items.extend(self.listed(&recorded, "整理来电内容")?);
            let unplaced = self.of_the_area("place_to_record")?;
            items.extend(self.listed(&unplaced, "补记举报地点")?);
        }
        Ok(items)
    }

    /// What was asked by somebody whom the caller may answer.
    fn asked(&self, kind: &str, may_answer: impl Fn(&Actor) -> bool) -> Result<Vec<AwaitingFacts>, Status> {
        let mut waiting = rows::awaiting(self.moment.transaction, &self.waiting(kind))?;
        waiting.retain(|asked| asked.asked_by.as_ref().is_some_and(&may_answer));
        Ok(waiting)
    }

    /// What waits about tips of the caller's area.
    fn of_the_area(&self, kind: &str) -> Result<Vec<AwaitingFacts>, Status> {
        let tips: Conditions = self.scope.tips();
        let mut waiting = self.waiting(kind);
        let within = format!(
            "subject IN (SELECT subject FROM placed_tips WHERE {})",
            tips.sql()
        );
        waiting.and(&within, []).bind(&tips);
        Ok(rows::awaiting(self.moment.transaction, &waiting)?)
    }

    fn listed(&self, waiting: &[AwaitingFacts], title: &str) -> Result<Vec<WorkItem>, Status> {
        let one = |facts: &AwaitingFacts| self.about(self.item(facts, title), &facts.subject, facts.due);
        waiting.iter().map(one).collect()
    }
}

/// Another person, of another post.
fn may_agree(me: &Actor, asked: &Actor) -> bool {
    let post = |actor: &Actor| (actor.unit().cloned(), actor.role());
    me.person() != asked.person() && post(me) != post(asked)
}
