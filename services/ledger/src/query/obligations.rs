//! Obligations as such, of whatever subject: who owes what until when.

use super::conditions::{Conditions, Period, instant, text, words};
use super::{Cut, Moment, known_unit, one_of};
use crate::messages::clock_row;
use crate::rows;
use jurisdiction::Obligation;
use mingcha_proto::ledger::{ListObligationsRequest, ListObligationsResponse};
use tonic::Status;

/// Stream and clock as one text, in the order of the list.
const ID: &str = "stream || ' ' || clock";
/// The number of a tip or case within `subject`.
pub(crate) const NUMBER: &str = "substr(subject, instr(subject, '-') + 1)";

pub(crate) fn list(
    moment: &Moment<'_>,
    request: &ListObligationsRequest,
) -> Result<ListObligationsResponse, Status> {
    let mut conditions = moment.visible_units()?;
    conditions.and_all(filter(moment, request)?);
    let cut = Cut::of(&request.after, request.limit)?;
    let rest = cut.rest_oldest_first(&conditions, "due", ID);
    let mut clocks = rows::clocks(moment.transaction, &rest, cut.fetch())?;
    let next = cut.finish(&mut clocks, |clock| {
        (clock.due, format!("{} {}", clock.stream, clock.clock))
    });
    Ok(ListObligationsResponse {
        obligations: clocks.iter().map(|clock| clock_row(clock, moment)).collect(),
        total: rows::count(moment.transaction, "clocks", &conditions)?,
        next,
        position: moment.position,
    })
}

/// What must hold of `clocks`. Lists and figures ask this same question.
///
/// # Errors
/// `InvalidArgument` for a condition that nothing can meet.
pub(crate) fn filter(moment: &Moment<'_>, filter: &ListObligationsRequest) -> Result<Conditions, Status> {
    let obligations = Obligation::ALL.map(Obligation::code);
    one_of("obligation", filter.obligation.as_ref(), &obligations)?;
    let mut conditions = Conditions::default();
    if let Some(unit) = &filter.unit {
        known_unit("unit", unit, moment.jurisdiction)?;
        conditions.and(
            "unit IN (SELECT unit FROM within WHERE within.area = ?)",
            [text(unit)],
        );
    }
    let now = || instant(moment.now);
    conditions
        .is("obligation", filter.obligation.as_ref())
        .holds(filter.running, "stopped_at IS NULL", [])
        .holds(filter.overdue, "stopped_at IS NULL AND due < ?", [now()])
        .holds(filter.missed, "late OR (stopped_at IS NULL AND due < ?)", [now()])
        .holds(
            filter.without_answers,
            "obligation <> ?",
            [text(Obligation::AnswerEscalation.code())],
        );
    let due = Period {
        from: filter.from.as_ref(),
        until: filter.until.as_ref(),
        stage: filter.stage.as_ref(),
    };
    conditions.and_all(due.conditions("due", moment.jurisdiction)?);
    conditions.and_all(words(&filter.text, NUMBER, super::place_is_shown(moment.actor)));
    Ok(conditions)
}
