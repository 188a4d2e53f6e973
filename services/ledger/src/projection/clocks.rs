//! Rows of clocks, rungs and failures: one stream is written anew with each of its facts, for it is short.

use crate::book::BookError;
use crate::columns::{At, at, code};
use crate::query::supervision;
use accountability_domain::{AccountabilityState, Clock, Failure, Step};
use platform::Recorded;
use rusqlite::{Transaction, params};

pub(super) fn project(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    state: &AccountabilityState,
) -> Result<(), BookError> {
    let stream = fact.stream.as_str();
    for table in ["clocks", "escalations", "failures"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE stream = ?1"), [stream])?;
    }
    let subject = state.subject.as_ref().map(ToString::to_string);
    let subject = subject.unwrap_or_default();
    let mut number = 0;
    for clock in &state.clocks {
        put_clock(transaction, stream, &subject, clock)?;
        for step in clock.standing_steps() {
            put_step(transaction, (stream, number), &subject, clock, step)?;
            number += 1;
        }
    }
    for failure in &state.failures {
        put_failure(transaction, stream, &subject, state, failure)?;
    }
    Ok(())
}

fn put_failure(
    transaction: &Transaction<'_>,
    stream: &str,
    subject: &str,
    state: &AccountabilityState,
    failure: &Failure,
) -> Result<(), BookError> {
    let clock = failure.clock.as_ref().and_then(|clock| state.clock(clock));
    let owed = clock.filter(|_| failure.standing() != "accepted");
    let answers: Vec<_> = failure.answers.iter().map(supervision::answer).collect();
    transaction
        .prepare_cached(
            "INSERT INTO failures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            stream,
            failure.number,
            At(failure.at),
            subject,
            code(&failure.kind),
            failure.kind.in_chinese(),
            failure.unit.as_str(),
            serde_json::to_string(&failure.persons)?,
            failure.note,
            failure.standing(),
            at(owed.map(|clock| clock.due)),
            owed.is_some_and(Clock::is_running),
            serde_json::to_string(&answers)?,
        ])?;
    Ok(())
}

fn put_clock(
    transaction: &Transaction<'_>,
    stream: &str,
    subject: &str,
    clock: &Clock,
) -> Result<(), BookError> {
    let rung = clock.standing_steps().map(|step| step.rung).max();
    let stopped_late = clock
        .stopped
        .as_ref()
        .is_some_and(|stopped| stopped.at > clock.due);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO clocks VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            stream,
            clock.clock.as_str(),
            subject,
            clock.obligation.code(),
            clock.unit.as_str(),
            clock.person.as_ref().map(|person| person.as_str()),
            code(&clock.urgency),
            At(clock.started),
            At(clock.due),
            clock.what,
            at(clock.stopped.as_ref().map(|stopped| stopped.at)),
            clock.stopped.as_ref().map(|stopped| code(&stopped.by)),
            clock.is_missed().then_some(At(clock.due)),
            clock.is_missed() || stopped_late,
            rung.map(jurisdiction::Rung::code),
        ])?;
    Ok(())
}

fn put_step(
    transaction: &Transaction<'_>,
    (stream, number): (&str, i64),
    subject: &str,
    clock: &Clock,
    step: &Step,
) -> Result<(), BookError> {
    let (to, about, answerer) = (&step.escalation.to, &step.escalation.about, step.answerer());
    let last = step.explanations.last();
    let judged = last.and_then(|explanation| explanation.judged.as_ref());
    let explanation = match (last, judged.map(|judgement| judgement.accepted)) {
        // Whoever is pressed for an answer owes that answer, not another one.
        _ if clock.obligation.is_of_accountability() => "not_owed",
        (None, _) => "awaited",
        (Some(_), None) => "submitted",
        (Some(_), Some(true)) => "accepted",
        (Some(_), Some(false)) => "not_accepted",
    };
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO escalations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
             ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        )?
        .execute(params![
            stream,
            number,
            clock.clock.as_str(),
            subject,
            clock.obligation.code(),
            step.rung.code(),
            step.escalation.repetition,
            At(step.escalation.deadline),
            At(step.escalation.reached),
            to.unit.as_str(),
            to.person.as_ref().map(|person| person.as_str()),
            to.name,
            about.unit.as_str(),
            about.person.as_ref().map(|person| person.as_str()),
            about.name,
            answerer.unit.as_str(),
            answerer.person.as_ref().map(|person| person.as_str()),
            At(step.escalation.answer_due),
            explanation,
            last.map(|explanation| explanation.text.as_str()),
            at(last.map(|explanation| explanation.at)),
            judged.map(|judgement| judgement.note.as_str()),
        ])?;
    Ok(())
}
