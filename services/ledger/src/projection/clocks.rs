//! Rows of clocks, rungs and failures. A stream grows by a rung a week for years, so only what a fact changed is written.

use super::MOST_STATES;
use crate::book::BookError;
use crate::columns::{At, at, code};
use crate::query::supervision;
use accountability_domain::{AccountabilityState, Clock, ClockId, Failure, Step, StopReason};
use jurisdiction::Obligation;
use platform::Recorded;
use rusqlite::{Transaction, params};
use std::collections::{HashMap, HashSet};

/// The rungs of one clock are numbered from its own place in the stream times this: no other clock's rung moves them.
const MOST_STEPS: usize = 100_000;

fn number_of(clock: usize, step: usize) -> i64 {
    (clock * MOST_STEPS + step) as i64
}

/// What stands in the rows of each stream, as of its last fact.
#[derive(Default)]
pub(super) struct Written(HashMap<String, Stood>);

#[derive(Default)]
struct Stood {
    revision: u64,
    clocks: Vec<Clock>,
    failures: Vec<Failure>,
}

impl Stood {
    /// Whether every row that there is still has its place.
    fn grows_into(&self, state: &AccountabilityState) -> bool {
        let same = self.clocks.iter().zip(&state.clocks);
        self.clocks.len() <= state.clocks.len()
            && self.failures.len() <= state.failures.len()
            && same.into_iter().all(|(old, new)| old.clock == new.clock)
    }
}

impl Written {
    pub(super) fn project(
        &mut self,
        transaction: &Transaction<'_>,
        fact: &Recorded,
        state: &AccountabilityState,
    ) -> Result<(), BookError> {
        if self.0.len() > MOST_STATES {
            self.0.clear();
        }
        let stream = fact.stream.as_str();
        let known = self.0.remove(stream);
        let known = known.filter(|stood| stood.revision + 1 == fact.revision && stood.grows_into(state));
        let mut stood = match known {
            Some(stood) => stood,
            None => {
                for table in ["clocks", "escalations", "failures"] {
                    transaction.execute(&format!("DELETE FROM {table} WHERE stream = ?1"), [stream])?;
                }
                Stood::default()
            }
        };
        stood.revision = fact.revision;
        bring_up(transaction, stream, &mut stood, state)?;
        self.0.insert(stream.to_owned(), stood);
        Ok(())
    }
}

fn bring_up(
    transaction: &Transaction<'_>,
    stream: &str,
    stood: &mut Stood,
    state: &AccountabilityState,
) -> Result<(), BookError> {
    let subject = state.subject.as_ref().map(ToString::to_string);
    let subject = subject.unwrap_or_default();
    let mut changed: HashSet<&ClockId> = HashSet::new();
    for (index, clock) in state.clocks.iter().enumerate() {
        let old = stood.clocks.get(index);
        if old == Some(clock) {
            continue;
        }
        put_clock(transaction, stream, &subject, clock)?;
        let shown = |clock: &Clock, place| clock.steps.get(place).filter(|step| clock.stands(step)).cloned();
        for place in 0..clock.steps.len() {
            let number = number_of(index, place);
            match (old.and_then(|old| shown(old, place)), shown(clock, place)) {
                (old, new) if old == new => {}
                (_, Some(step)) => put_step(transaction, (stream, number), &subject, state, clock, &step)?,
                (_, None) => {
                    let sql = "DELETE FROM escalations WHERE stream = ?1 AND number = ?2";
                    transaction.prepare_cached(sql)?.execute((stream, number))?;
                }
            }
        }
        changed.insert(&clock.clock);
        match stood.clocks.get_mut(index) {
            Some(old) => old.clone_from(clock),
            None => stood.clocks.push(clock.clone()),
        }
    }
    put_answers(transaction, stream, &subject, state, &changed)?;
    for (index, failure) in state.failures.iter().enumerate() {
        let is_touched = failure
            .clock
            .as_ref()
            .is_some_and(|clock| changed.contains(clock));
        if stood.failures.get(index) == Some(failure) && !is_touched {
            continue;
        }
        put_failure(transaction, stream, &subject, state, failure)?;
        match stood.failures.get_mut(index) {
            Some(old) => old.clone_from(failure),
            None => stood.failures.push(failure.clone()),
        }
    }
    Ok(())
}

/// An answer has a clock of its own: where that one moved, the rung that asks for it says another day.
fn put_answers(
    transaction: &Transaction<'_>,
    stream: &str,
    subject: &str,
    state: &AccountabilityState,
    changed: &HashSet<&ClockId>,
) -> Result<(), BookError> {
    let of_an_answer = |id: &ClockId| {
        let clock = state.clock(id);
        clock.is_some_and(|clock| clock.obligation == Obligation::AnswerEscalation)
    };
    if !changed.iter().any(|id| of_an_answer(id)) {
        return Ok(());
    }
    for (index, clock) in state.clocks.iter().enumerate() {
        for (place, step) in clock.steps.iter().enumerate() {
            if changed.contains(&step.answering()) && clock.stands(step) {
                let number = number_of(index, place);
                put_step(transaction, (stream, number), subject, state, clock, step)?;
            }
        }
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
            "INSERT OR REPLACE INTO failures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
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
    let moved = clock.moves.last();
    let stopped_late = clock
        .stopped
        .as_ref()
        .is_some_and(|stopped| stopped.at > clock.due);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO clocks VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
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
            at(moved.map(|moved| moved.from)),
            moved.map(|moved| code(&moved.why)),
        ])?;
    Ok(())
}

fn put_step(
    transaction: &Transaction<'_>,
    (stream, number): (&str, i64),
    subject: &str,
    state: &AccountabilityState,
    clock: &Clock,
    step: &Step,
) -> Result<(), BookError> {
    let (to, about, answerer) = (&step.escalation.to, &step.escalation.about, step.answerer());
    // Judged and not accepted, it is owed with the time that was left.
    let answer = state.clock(&step.answering());
    let answer_due = answer.map_or(step.escalation.answer_due, |answer| answer.due);
    let last = step.explanations.last();
    let judged = last.and_then(|explanation| explanation.judged.as_ref());
    // One answer is owed at a time, to the highest rung that stands (decision 30); what a lower one hears is judged all the same.
    let stopped = answer.and_then(|answer| answer.stopped.as_ref());
    let is_overtaken = stopped.is_some_and(|stopped| stopped.by == StopReason::Ended);
    let explanation = match (last, judged.map(|judgement| judgement.accepted)) {
        // Whoever is pressed for an answer owes that answer, not another one.
        _ if clock.obligation.is_of_accountability() => "not_owed",
        (None, _) | (Some(_), Some(false)) if is_overtaken => "overtaken",
        (None, _) => "awaited",
        (Some(_), None) => "submitted",
        (Some(_), Some(true)) => "accepted",
        (Some(_), Some(false)) => "not_accepted",
    };
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO escalations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
             ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
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
            At(answer_due),
            explanation,
            last.map(|explanation| explanation.text.as_str()),
            at(last.map(|explanation| explanation.at)),
            judged.map(|judgement| judgement.note.as_str()),
            At(step.issued),
        ])?;
    Ok(())
}
