//! The hotline's desk: what its callers were asked and cannot read on a screen of their own.

use super::desk::Desk;
use crate::query::conditions::Conditions;
use crate::rows;
use mingcha_proto::ledger::WorkItem;
use tonic::Status;

/// Of people who spoke to somebody instead of writing.
const SPOKEN: &str = "channel IN ('phone', 'counter') AND outcome_told_at IS NULL";
/// The last word to the reporter is a question or notice, and nothing has come since.
const ASKED: &str = "(SELECT max(at) FROM told WHERE told.tip = placed_tips.tip AND kind = 'reply') \
    > coalesce(last_message_at, received_at)";

impl Desk<'_> {
    /// Questions to be passed on when the reporter calls or comes again.
    pub(super) fn to_operate(&self) -> Result<Vec<WorkItem>, Status> {
        let mut asked = Conditions::default();
        asked.and(SPOKEN, []).and(ASKED, []).and_all(self.scope.tips());
        let tips = rows::tips(self.moment.transaction, &asked, None)?;
        let items = tips.iter().map(|tip| {
            let told = rows::told(self.moment.transaction, &tip.id)?;
            let question = told.into_iter().rfind(|told| told.kind == "reply");
            let question = question.unwrap_or_default();
            let item = WorkItem {
                kind: "question_to_pass_on".to_owned(),
                title: "向来电来访的举报人转达".to_owned(),
                what: question.text,
                urgent: tip.urgent,
                unit: self.unit.to_string(),
                started: Some(question.at),
                ..WorkItem::default()
            };
            self.about(item, &format!("tip-{}", tip.id), None)
        });
        items.collect()
    }
}
