//! The leader's desk: what takes a name of one's own, what those below wait for, and the area report.

use super::desk::{Desk, OF_LEADERS, of_handlers};
use super::reports;
use crate::query::conditions::{Conditions, text};
use crate::rows;
use mingcha_proto::ledger::WorkItem;
use tonic::Status;

impl Desk<'_> {
    /// Reviews and signatures, escalations to answer, explanations and extensions of those below, area reports.
    pub(super) fn to_lead(&self) -> Result<Vec<WorkItem>, Status> {
        let alone = !self.has_handlers();
        let mut items = self
            .obligations(|obligation| OF_LEADERS.contains(&obligation) || alone && of_handlers(obligation))?;
        let mut addressed = Conditions::default();
        addressed
            .and(
                "answerer_unit = ? OR answerer_person = ?",
                [text(self.unit.as_str()), text(self.me())],
            )
            .and("explanation IN ('awaited', 'not_accepted')", []);
        for step in rows::escalations(self.moment.transaction, &addressed, None)? {
            items.push(self.escalation("escalation_to_answer", "答复督促", &step, Some(step.answer_due))?);
        }
        items.extend(self.explanations()?);
        items.extend(self.failures()?);
        items.extend(self.extensions()?);
        items.extend(self.task_reports()?);
        items.extend(reports::to_draft(self.moment, &self.unit)?);
        items.extend(reports::of_leader(self.moment, &self.unit)?);
        Ok(items)
    }
}
