//! Failures that need no clock 问责事项, and the inquiries of the discipline inspectors, as lists.

use super::conditions::{Conditions, Period, instant, text};
use super::supervision::streams;
use super::{Cut, Moment, known_unit, one_of};
use crate::book::BookError;
use crate::columns::code;
use crate::projection::fold;
use crate::rows::{self, FailureFacts};
use accountability_domain::{Accountability, AccountabilityState, Clock, FailureKind, Inquiry};
use jiff::Timestamp;
use jurisdiction::Role;
use mingcha_proto::ledger::{
    DecisionRow, FailureItem, InquiryItem, ListFailuresRequest, ListFailuresResponse, ListInquiriesRequest,
    ListInquiriesResponse,
};
use platform::{PlatformRefusal, refuse};
use tonic::Status;

/// Stream and number of a failure as one text, in the order in which they stand.
const ID: &str = "stream || ' ' || printf('%06d', number)";
const STATES: [&str; 4] = ["open", "answered", "returned", "accepted"];

/// To those whom they are held against and everybody above; what is about the caller is not there.
pub(crate) fn list(
    moment: &Moment<'_>,
    request: &ListFailuresRequest,
) -> Result<ListFailuresResponse, Status> {
    let conditions = filter(moment, request)?;
    let cut = Cut::of(&request.after, request.limit)?;
    let rest = cut.rest(&conditions, "at", ID);
    let mut failures = rows::failures(moment.transaction, &rest, cut.fetch())?;
    let next = cut.finish(&mut failures, |failure| {
        (failure.at, format!("{} {:06}", failure.stream, failure.number))
    });
    Ok(ListFailuresResponse {
        failures: failures.iter().map(|failure| item(failure, moment)).collect(),
        total: rows::count(moment.transaction, "failures", &conditions)?,
        next,
        position: moment.position,
    })
}

/// All that meet the conditions.
pub(crate) fn all(
    moment: &Moment<'_>,
    request: &ListFailuresRequest,
    most: Option<u32>,
) -> Result<Vec<FailureItem>, Status> {
    let failures = rows::failures(moment.transaction, &filter(moment, request)?, most)?;
    Ok(failures.iter().map(|failure| item(failure, moment)).collect())
}

fn filter(moment: &Moment<'_>, request: &ListFailuresRequest) -> Result<Conditions, Status> {
    let mut conditions = moment.case_scope()?.units(&["unit"]);
    let kinds = FailureKind::ALL.map(|kind| code(&kind));
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    one_of("kind", request.kind.as_ref(), &kinds)?;
    one_of("state", request.state.as_ref(), &STATES)?;
    if let Some(unit) = &request.unit {
        known_unit("unit", unit, moment.jurisdiction)?;
        let within = "unit IN (SELECT unit FROM within WHERE within.area = ?)";
        conditions.and(within, [text(unit)]);
    }
    conditions
        .is("kind", request.kind.as_ref())
        .is("state", request.state.as_ref())
        .holds(request.overdue, "running AND due < ?", [instant(moment.now)]);
    for word in request.text.split_whitespace() {
        conditions.and("instr(title || ' ' || note, ?) > 0", [text(word)]);
    }
    let recorded = Period {
        from: request.from.as_ref(),
        until: request.until.as_ref(),
        stage: None,
    };
    conditions.and_all(recorded.conditions("at", moment.jurisdiction)?);
    Ok(conditions)
}

/// What waits for judgement, of the units that meet the conditions.
pub(crate) fn to_judge(moment: &Moment<'_>) -> Result<Vec<FailureFacts>, Status> {
    let mut answered = Conditions::default();
    answered.and("state = 'answered'", []);
    Ok(rows::failures(moment.transaction, &answered, None)?)
}

fn item(failure: &FailureFacts, moment: &Moment<'_>) -> FailureItem {
    let names = failure.persons.iter();
    FailureItem {
        subject: failure.subject.clone(),
        failure: failure.number,
        at: failure.at.to_string(),
        kind: failure.kind.clone(),
        title: failure.title.clone(),
        unit: failure.unit.clone(),
        unit_name: moment.unit_name(&failure.unit),
        persons: failure.persons.clone(),
        person_names: names
            .map(|person| moment.person_name(person).unwrap_or_else(|| person.clone()))
            .collect(),
        note: failure.note.clone(),
        state: failure.state.clone(),
        due: failure.due.map(|due| due.to_string()),
        overdue: failure.running && failure.due.is_some_and(|due| due < moment.now),
        explanations: failure.answers.clone(),
    }
}

/// Inspectors only: nobody else is told that somebody is looked into.
pub(crate) fn inquiries(
    moment: &Moment<'_>,
    request: &ListInquiriesRequest,
) -> Result<ListInquiriesResponse, Status> {
    let mut found = all_inquiries(moment, request)?;
    let total = found.len() as u32;
    let cut = Cut::of(&request.after, request.limit)?;
    cut.skip(&mut found, key);
    let next = cut.finish(&mut found, key);
    Ok(ListInquiriesResponse {
        inquiries: found.into_iter().map(|(_, item)| item).collect(),
        total,
        next,
        position: moment.position,
    })
}

/// All of them, the newest first.
pub(crate) fn all_inquiries(
    moment: &Moment<'_>,
    request: &ListInquiriesRequest,
) -> Result<Vec<(Timestamp, InquiryItem)>, Status> {
    if !moment.actor.is(Role::Inspector) {
        return Err(refuse(PlatformRefusal::WrongRole));
    }
    let mut found = of_all_streams(moment)?;
    found.retain(|(_, item)| !request.open || item.closed_at.is_none());
    found.sort_by_key(|row| {
        let (at, id) = key(row);
        (std::cmp::Reverse(at), id)
    });
    Ok(found)
}

fn key((at, item): &(Timestamp, InquiryItem)) -> (Timestamp, String) {
    (*at, format!("{} {:06}", item.subject, item.inquiry))
}

/// There are few: they are folded when asked.
fn of_all_streams(moment: &Moment<'_>) -> Result<Vec<(Timestamp, InquiryItem)>, BookError> {
    let mut found = Vec::new();
    for stream in streams(moment, "accountability.inquiry_opened.v1")? {
        let state = fold::<Accountability>(moment.transaction, &stream)?;
        let subject = state
            .subject
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        if moment.hidden.holds(&subject) {
            continue;
        }
        let items = state.inquiries.iter();
        found.extend(items.map(|inquiry| {
            (
                inquiry.opened,
                inquiry_item(&subject, inquiry, &state, moment.now),
            )
        }));
    }
    Ok(found)
}

fn inquiry_item(
    subject: &str,
    inquiry: &Inquiry,
    state: &AccountabilityState,
    now: Timestamp,
) -> InquiryItem {
    let clock = state.clock(&inquiry.clock_id());
    InquiryItem {
        subject: subject.to_owned(),
        inquiry: inquiry.number,
        opened_at: inquiry.opened.to_string(),
        clock: inquiry.clock.as_ref().map(ToString::to_string),
        reason: inquiry.reason.clone(),
        decisions: inquiry
            .decisions
            .iter()
            .map(|decision| DecisionRow {
                at: decision.at.to_string(),
                against: code(&decision.against),
                name: decision.name.clone(),
                person: decision.person.as_ref().map(ToString::to_string),
                basis: decision.basis.clone(),
                decision: decision.decision.clone(),
            })
            .collect(),
        closed_at: inquiry.closed.map(|at| at.to_string()),
        due: clock.map(|clock| clock.due.to_string()),
        overdue: clock.is_some_and(|clock: &Clock| clock.is_running() && clock.due < now),
    }
}
