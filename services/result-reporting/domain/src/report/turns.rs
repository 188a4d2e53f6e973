//! Whose turn it is: raised by rule, so that whoever never drafts or never guarantees is asked for it in time.

use super::{Decided, Progress, ReportState, check_report};
use crate::{RaiseTurn, ReportEvent, ReportRefusal, Turn};
use decider::Given;

/// Once. Whoever was quicker than the day is asked for nothing.
pub(super) fn raise(state: &ReportState, command: &RaiseTurn, given: Given<'_>) -> Decided {
    if !given.by.is_system() {
        return Err(ReportRefusal::NotAPolicy);
    }
    check_report(state, &command.report, given)?;
    let (report, since) = (command.report.clone(), command.since);
    Ok(match command.turn {
        Turn::Report if state.due.is_none() && state.progress == Progress::Absent => {
            vec![ReportEvent::ReportDue { report, since }]
        }
        Turn::Guarantee if state.guarantee_due.is_none() && state.guarantee.is_none() => {
            vec![ReportEvent::GuaranteeDue { report, since }]
        }
        Turn::Report | Turn::Guarantee => vec![],
    })
}
