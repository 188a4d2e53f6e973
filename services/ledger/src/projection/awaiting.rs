//! What waits for somebody's judgement: extensions, answers to findings, reports on tasks, draws that were announced.

use crate::book::BookError;
use crate::columns::{At, at};
use accountability_domain::{AccountabilityState, Answer};
use case_domain::{CaseState, Progress};
use disposal_domain::draw::DrawState;
use jiff::Timestamp;
use platform::Recorded;
use rusqlite::{Transaction, params};

/// One row.
struct Waits<'a> {
    kind: &'a str,
    number: u32,
    subject: &'a str,
    unit: &'a str,
    since: Timestamp,
    due: Option<Timestamp>,
    clock: Option<&'a str>,
    obligation: Option<&'a str>,
    what: &'a str,
}

pub(super) fn of_case(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    state: &CaseState,
) -> Result<(), BookError> {
    if state.extensions.is_empty() {
        return Ok(());
    }
    forget(transaction, &fact.stream)?;
    if state.progress == Progress::Closed {
        return Ok(());
    }
    for (number, asked) in (0..).zip(&state.extensions) {
        if asked.answer.is_some() {
            continue;
        }
        let waits = Waits {
            kind: "extension_to_judge",
            number,
            subject: &fact.stream,
            unit: asked.unit.as_str(),
            since: asked.requested_at,
            due: Some(asked.due),
            clock: Some(&asked.clock),
            obligation: Some(asked.obligation.code()),
            what: &asked.reason,
        };
        put(transaction, &fact.stream, &waits)?;
    }
    Ok(())
}

pub(super) fn of_unit(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    state: &AccountabilityState,
) -> Result<(), BookError> {
    if state.findings.is_empty() && state.tasks.is_empty() {
        return Ok(());
    }
    forget(transaction, &fact.stream)?;
    for finding in &state.findings {
        let waits = |since| Waits {
            kind: "finding_answer_to_judge",
            number: finding.number,
            unit: finding.unit.as_str(),
            what: &finding.text,
            ..Waits::about("", since)
        };
        answered(transaction, fact, &finding.answers, waits)?;
    }
    for task in &state.tasks {
        let waits = |since| Waits {
            kind: "task_report_to_judge",
            number: task.number,
            unit: task.unit.as_str(),
            what: &task.text,
            ..Waits::about("", since)
        };
        answered(transaction, fact, &task.reports, waits)?;
    }
    Ok(())
}

pub(super) fn of_draw(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    state: &DrawState,
) -> Result<(), BookError> {
    forget(transaction, &fact.stream)?;
    let Some(seed_at) = state.seed_at.filter(|_| state.is_open()) else {
        return Ok(());
    };
    let waits = Waits {
        kind: "draw_to_make",
        number: state.round,
        what: &state.source,
        ..Waits::about(&fact.stream, seed_at)
    };
    put(transaction, &fact.stream, &waits)
}

impl<'a> Waits<'a> {
    fn about(subject: &'a str, since: Timestamp) -> Self {
        Self {
            kind: "",
            number: 0,
            subject,
            unit: "",
            since,
            due: None,
            clock: None,
            obligation: None,
            what: "",
        }
    }
}

/// The last answer, if nobody has judged it yet. It is the affair of the unit.
fn answered<'a>(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    answers: &[Answer],
    waits: impl Fn(Timestamp) -> Waits<'a>,
) -> Result<(), BookError> {
    let Some(last) = answers.last().filter(|answer| answer.judged.is_none()) else {
        return Ok(());
    };
    let waits = waits(last.at);
    let subject = format!("unit-{}", waits.unit);
    let waits = Waits {
        subject: &subject,
        ..waits
    };
    put(transaction, &fact.stream, &waits)
}

fn forget(transaction: &Transaction<'_>, stream: &str) -> Result<(), BookError> {
    transaction
        .prepare_cached("DELETE FROM awaiting WHERE stream = ?1")?
        .execute([stream])?;
    Ok(())
}

fn put(transaction: &Transaction<'_>, stream: &str, waits: &Waits<'_>) -> Result<(), BookError> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO awaiting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?
        .execute(params![
            stream,
            waits.kind,
            waits.number,
            waits.subject,
            waits.unit,
            At(waits.since),
            at(waits.due),
            waits.clock,
            waits.obligation,
            waits.what,
        ])?;
    Ok(())
}
