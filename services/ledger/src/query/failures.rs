//! Failures that need no clock 问责事项, and the inquiries of the discipline inspectors, as lists.

use super::conditions::{Conditions, Period, instant, text};
use super::supervision::streams;
use super::{Cut, Moment, has_words, known_unit, one_of};
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
use rusqlite::OptionalExtension;
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
        stage: request.stage.as_ref(),
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
    let opened = Period {
        from: request.from.as_ref(),
        until: request.until.as_ref(),
        stage: request.stage.as_ref(),
    };
    let opened = opened.span(moment.jurisdiction)?;
    let area = request.unit.as_deref();
    let area = area.map(|area| known_unit("unit", area, moment.jurisdiction));
    let area = area.transpose()?;
    let mut found = of_all_streams(moment)?;
    found.retain(|(at, item)| {
        let lies_in = |area| {
            let unit = item.unit.parse().ok();
            unit.is_some_and(|unit| crate::area::is_within(&unit, area, moment.jurisdiction))
        };
        (!request.open || item.closed_at.is_none())
            && request.overdue.is_none_or(|overdue| overdue == item.overdue)
            && opened.holds(*at)
            && area.as_ref().is_none_or(lies_in)
            && says(&request.text, item)
    });
    found.sort_by_key(|row| {
        let (at, id) = key(row);
        (std::cmp::Reverse(at), id)
    });
    Ok(found)
}

fn says(looked_for: &str, item: &InquiryItem) -> bool {
    let decided = item.decisions.iter();
    let decided = decided.flat_map(|decision| [&decision.name, &decision.basis, &decision.decision]);
    let said = [&item.reason, &item.unit_name].into_iter().chain(decided);
    has_words(looked_for, &said.map(String::as_str).collect::<Vec<_>>())
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
        let unit = place_of(moment, &subject)?;
        let items = state.inquiries.iter();
        found.extend(items.map(|inquiry| {
            let item = inquiry_item((&subject, &unit), inquiry, &state, moment);
            (inquiry.opened, item)
        }));
    }
    Ok(found)
}

/// The unit that a subject is, or lies in.
fn place_of(moment: &Moment<'_>, subject: &str) -> Result<String, BookError> {
    if let Some(unit) = subject.strip_prefix("unit-") {
        return Ok(unit.to_owned());
    }
    let sql = "SELECT area FROM placed_cases WHERE subject = ?1
        UNION ALL SELECT area FROM placed_tips WHERE subject = ?1";
    let mut select = moment.transaction.prepare_cached(sql)?;
    let area = select.query_row([subject], |row| row.get(0)).optional()?;
    Ok(area.unwrap_or_default())
}

fn inquiry_item(
    (subject, unit): (&str, &str),
    inquiry: &Inquiry,
    state: &AccountabilityState,
    moment: &Moment<'_>,
) -> InquiryItem {
    let clock = state.clock(&inquiry.clock_id());
    InquiryItem {
        subject: subject.to_owned(),
        unit: unit.to_owned(),
        unit_name: moment.unit_name(unit),
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
        overdue: clock.is_some_and(|clock: &Clock| clock.is_running() && clock.due < moment.now),
        what: looked_into(inquiry, state),
        closing_note: inquiry.closing_note.clone(),
    }
}

fn looked_into(inquiry: &Inquiry, state: &AccountabilityState) -> String {
    let failure = inquiry.failure.and_then(|number| {
        let failure = state.failures.iter().find(|failure| failure.number == number)?;
        Some(format!("{}：{}", failure.kind.in_chinese(), failure.note))
    });
    let clock = || {
        state
            .clock(inquiry.clock.as_ref()?)
            .map(|clock| clock.what.clone())
    };
    failure.or_else(clock).unwrap_or_default()
}
