//! What waits for somebody's judgement: explanations, extensions, answers to findings, reports on tasks.
//!
//! Who may judge is the domains' rule; here it says on whose list it stands.

use super::desk::Desk;
use crate::area::{Scope, is_within};
use crate::query::conditions::{Conditions, text};
use crate::rows::{self, AwaitingFacts, EscalationFacts};
use jurisdiction::{Role, UnitCode, UnitKind};
use mingcha_proto::ledger::WorkItem;
use tonic::Status;

/// The deadline that is asked to be moved still runs.
const STILL_RUNS: &str = "EXISTS (SELECT 1 FROM clocks WHERE clocks.subject = awaiting.subject \
    AND clocks.clock = awaiting.clock AND stopped_at IS NULL)";

impl Desk<'_> {
    /// Explanations that the caller may judge: supervisors and inspectors all, leaders those of their area below them.
    /// After a referral it is the inspectors' turn alone, and nobody judges what one's own name stands under.
    pub(super) fn explanations(&self) -> Result<Vec<WorkItem>, Status> {
        let may = |step: &EscalationFacts| match self.role {
            _ if self.is_me(step.answerer_person.as_deref()) => false,
            Role::Inspector => true,
            Role::Supervisor => step.rung != "referral",
            Role::Leader if !matches!(self.scope, Scope::Unit(_)) => {
                step.rung != "referral" && self.is_below(&step.answerer_unit)
            }
            _ => false,
        };
        let mut submitted = Conditions::default();
        submitted.and("explanation = 'submitted'", []);
        rows::escalations(self.moment.transaction, &submitted, None)?
            .iter()
            .filter(|step| may(step))
            .map(|step| self.escalation("explanation_to_judge", "审核说明", step, None))
            .collect()
    }

    /// Requests for more time of the units that answer to this one, while the deadline in question still runs. They have to
    /// be answered before it ends: afterwards there is nothing left to extend.
    pub(super) fn extensions(&self) -> Result<Vec<WorkItem>, Status> {
        let mut waiting = self.waiting("extension_to_judge");
        waiting.and(STILL_RUNS, []);
        let asked = rows::awaiting(self.moment.transaction, &waiting)?;
        let ours = asked.iter().filter(|asked| self.directs(&asked.unit));
        ours.map(|asked| {
            let mut item = self.item(asked, "审批延期申请");
            item.clock.clone_from(&asked.clock);
            item.obligation.clone_from(&asked.obligation);
            self.about(item, &asked.subject, asked.due)
        })
        .collect()
    }

    /// What units say that they have done about findings of the supervision groups.
    pub(super) fn finding_answers(&self) -> Result<Vec<WorkItem>, Status> {
        let answered = rows::awaiting(self.moment.transaction, &self.waiting("finding_answer_to_judge"))?;
        let covered = answered.iter().filter(|answer| self.covers(&answer.unit));
        covered
            .map(|answer| self.about(self.item(answer, "审核督导问题整改答复"), &answer.subject, None))
            .collect()
    }

    /// What units say that they have done of the joint conference's tasks: for its office, and the city itself.
    pub(super) fn task_reports(&self) -> Result<Vec<WorkItem>, Status> {
        let jurisdiction = self.moment.today;
        let city = jurisdiction.city().map(|city| &city.code);
        let office = jurisdiction
            .unit(&self.unit)
            .is_some_and(|unit| unit.kind == UnitKind::Office || Some(&unit.code) == city);
        if !office {
            return Ok(vec![]);
        }
        rows::awaiting(self.moment.transaction, &self.waiting("task_report_to_judge"))?
            .iter()
            .map(|report| self.about(self.item(report, "审核联席会议任务报告"), &report.subject, None))
            .collect()
    }

    /// What must hold of `awaiting`.
    pub(super) fn waiting(&self, kind: &str) -> Conditions {
        let mut conditions = Conditions::default();
        conditions.and("kind = ?", [text(kind)]);
        conditions
    }

    pub(super) fn item(&self, awaiting: &AwaitingFacts, title: &str) -> WorkItem {
        WorkItem {
            kind: awaiting.kind.clone(),
            title: title.to_owned(),
            what: awaiting.what.clone(),
            unit: awaiting.unit.clone(),
            started: Some(awaiting.since.to_string()),
            number: u32::try_from(awaiting.number).ok(),
            ..WorkItem::default()
        }
    }

    fn is_below(&self, unit: &str) -> bool {
        let jurisdiction = self.moment.today;
        let seat = jurisdiction.seat(&self.unit).map(|seat| &seat.code);
        let unit: Option<UnitCode> = unit.parse().ok();
        unit.is_some_and(|unit| {
            let own = unit == self.unit || Some(&unit) == seat;
            !own && seat.is_some_and(|seat| is_within(&unit, seat, jurisdiction))
        })
    }

    /// Whether this is the level above the other unit, with it in the own subtree: who approves for it.
    fn directs(&self, unit: &str) -> bool {
        let jurisdiction = self.moment.today;
        let other = unit.parse().ok();
        let other = other.and_then(|unit| jurisdiction.unit(&unit));
        let (Some(own), Some(other)) = (jurisdiction.unit(&self.unit), other) else {
            return false;
        };
        matches!(own.kind, UnitKind::Government | UnitKind::Office)
            && own.level == other.level.above().unwrap_or(other.level)
            && own.code != other.code
            && jurisdiction.covers(&own.code, &other.code)
    }

    fn covers(&self, unit: &str) -> bool {
        let unit: Option<UnitCode> = unit.parse().ok();
        unit.is_some_and(|unit| self.moment.today.covers(&self.unit, &unit))
    }
}
