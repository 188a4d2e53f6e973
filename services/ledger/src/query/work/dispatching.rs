//! The dispatcher's desk: what is to be screened, assigned and told, and what reporters have written since.

use super::desk::{Desk, OF_DISPATCHERS};
use crate::query::conditions::{Conditions, text};
use crate::rows;
use jurisdiction::{Obligation, UnitCode, Urgency};
use mingcha_proto::ledger::WorkItem;
use std::collections::HashSet;
use tonic::Status;

/// Newer than everything that was said to the reporter.
const UNANSWERED: &str =
    "last_message_at > coalesce((SELECT max(at) FROM told WHERE told.tip = placed_tips.tip), 0)";

impl Desk<'_> {
    /// Own obligations, and every unscreened tip and unassigned case of the area, with a clock or (not yet) without.
    pub(super) fn to_dispatch(&self) -> Result<Vec<WorkItem>, Status> {
        let (moment, jurisdiction) = (self.moment, self.moment.jurisdiction);
        let mut items = self.obligations(|obligation| OF_DISPATCHERS.contains(&obligation))?;
        let mut known: HashSet<(String, String)> = items
            .iter()
            .map(|item| (item.kind.clone(), item.subject.clone()))
            .collect();
        let mut tips = moment.visible_tips()?;
        tips.and("progress = 'received'", []);
        for tip in rows::tips(moment.transaction, &tips, None)? {
            let subject = format!("tip-{}", tip.id);
            if known.insert(("tip_to_screen".to_owned(), subject.clone())) {
                items.push(match tip.screening() {
                    Some(clock) => self.obligation(clock)?,
                    None => {
                        let item = self.without_clock("tip_to_screen", Obligation::ScreenTip, tip.urgent);
                        let due =
                            jurisdiction.due(Obligation::ScreenTip, urgency(tip.urgent), tip.received_at);
                        self.about(item, &subject, Some(due))?
                    }
                });
            }
        }
        let mut cases = self.scope.cases();
        cases.and("state IN ('opened', 'returned', 'awaiting_designation')", []);
        for case in rows::cases(moment.transaction, &cases, None)? {
            let subject = format!("case-{}", case.id);
            let mut clocks = case.clocks.iter();
            let clock = clocks.find(|clock| clock.is_running() && clock.obligation == "assign_case");
            if known.insert(("case_to_assign".to_owned(), subject.clone())) {
                items.push(match clock {
                    Some(clock) => self.obligation(clock)?,
                    None => {
                        let urgent = case.urgency == "urgent";
                        let item = self.without_clock("case_to_assign", Obligation::AssignCase, urgent);
                        let due = jurisdiction.due(Obligation::AssignCase, urgency(urgent), case.opened_at);
                        self.about(item, &subject, Some(due))?
                    }
                });
            }
        }
        items.extend(self.left_behind()?);
        items.extend(self.messages()?);
        items.extend(self.task_reports()?);
        Ok(items)
    }

    /// Open cases of units that were merged into others: nobody sits there any more.
    fn left_behind(&self) -> Result<Vec<WorkItem>, Status> {
        let merged = &self.moment.jurisdiction.merged;
        if merged.is_empty() {
            return Ok(vec![]);
        }
        let units: Vec<String> = merged.keys().map(ToString::to_string).collect();
        let mut cases = self.scope.cases();
        cases.and(
            "state <> 'closed' AND owner IN (SELECT value FROM json_each(?))",
            [text(&serde_json::Value::from(units).to_string())],
        );
        let cases = rows::cases(self.moment.transaction, &cases, None)?;
        let items = cases.iter().map(|case| {
            let owner = case.owner.as_ref();
            let into = owner.and_then(|owner| merged.get(owner));
            let named = |unit: Option<&UnitCode>| unit.map(|unit| self.moment.unit_name(unit.as_str()));
            let item = WorkItem {
                kind: "case_to_reassign".to_owned(),
                title: "改派撤并单位的案件".to_owned(),
                what: format!(
                    "{}已并入{}，请改派",
                    named(owner).unwrap_or_default(),
                    named(into).unwrap_or_default()
                ),
                urgent: case.urgency == "urgent",
                unit: self.unit.to_string(),
                ..WorkItem::default()
            };
            let next = case.next_clock().map(|clock| clock.due);
            self.about(item, &format!("case-{}", case.id), next)
        });
        items.collect()
    }

    fn without_clock(&self, kind: &str, obligation: Obligation, urgent: bool) -> WorkItem {
        WorkItem {
            kind: kind.to_owned(),
            title: obligation.in_chinese().to_owned(),
            obligation: Some(obligation.code().to_owned()),
            urgent,
            unit: self.unit.to_string(),
            ..WorkItem::default()
        }
    }

    /// What reporters of screened tips wrote or sent after the last word to them. Whoever screens a tip reads everything that
    /// has come until then.
    fn messages(&self) -> Result<Vec<WorkItem>, Status> {
        let mut unanswered = Conditions::default();
        unanswered
            .and("progress <> 'received'", [])
            .and(UNANSWERED, [])
            .and_all(self.scope.tips());
        let tips = rows::tips(self.moment.transaction, &unanswered, None)?;
        let items = tips.iter().map(|tip| {
            let item = WorkItem {
                kind: "message_to_answer".to_owned(),
                title: "答复举报人的补充".to_owned(),
                what: format!("举报人已补充 {} 次，最近一次尚未答复", tip.messages.max(1)),
                urgent: tip.urgent,
                unit: self.unit.to_string(),
                started: tip.last_message_at.map(|at| at.to_string()),
                ..WorkItem::default()
            };
            self.about(item, &format!("tip-{}", tip.id), None)
        });
        items.collect()
    }
}

fn urgency(urgent: bool) -> Urgency {
    if urgent { Urgency::Urgent } else { Urgency::Normal }
}
