//! What findings and tasks share: a clock that rests while an answer is judged and goes on where it was if it is not accepted.

use super::{AccountabilityState, Answer, Clock, addressing, firing, time_left};
use crate::{AccountabilityEvent, AccountabilityRefusal, ClockId, MoveReason, StopReason};
use decider::Given;
use jiff::Timestamp;
use jurisdiction::{Obligation, Subject, UnitCode, Urgency};

/// A clock of a unit from now on, due by the configured limit or on a date that was fixed.
pub(super) fn start(
    clock: ClockId,
    subject: Subject,
    (unit, obligation, urgency): (&UnitCode, Obligation, Urgency),
    due: Option<Timestamp>,
    what: String,
    given: Given<'_>,
) -> AccountabilityEvent {
    let jurisdiction = given.jurisdiction;
    let limit = due
        .is_none()
        .then(|| jurisdiction.limit_on(obligation, urgency, given.at));
    AccountabilityEvent::ClockStarted {
        clock,
        subject,
        obligation,
        unit: unit.clone(),
        person: addressing::responsible(unit, jurisdiction).person,
        urgency,
        started: given.at,
        limit,
        due: due.unwrap_or_else(|| jurisdiction.due(obligation, urgency, given.at)),
        what,
        ladder: Some(jurisdiction.ladder_on(given.at).clone()),
    }
}

/// One answer at a time, and none after an accepted one.
pub(super) fn may_answer(answers: &[Answer]) -> Result<(), AccountabilityRefusal> {
    match answers.last().map(|answer| &answer.judged) {
        Some(None) => Err(AccountabilityRefusal::AlreadyAnswered),
        Some(Some(judged)) if judged.accepted => Err(AccountabilityRefusal::AlreadyAccepted),
        _ => Ok(()),
    }
}

pub(super) fn awaiting_judgement(answers: &[Answer]) -> Result<&Answer, AccountabilityRefusal> {
    let last = answers.last().filter(|answer| answer.judged.is_none());
    last.ok_or(AccountabilityRefusal::NothingAnswered)
}

/// Stops the clock for as long as others judge; what was reached until now is recorded first. One that has been stopped stays
/// as it is.
pub(super) fn rest(
    state: &AccountabilityState,
    clock: &ClockId,
    given: Given<'_>,
) -> Vec<AccountabilityEvent> {
    if !state.clock(clock).is_some_and(Clock::is_running) {
        return vec![];
    }
    let mut events = firing::fire(state, given, given.at, Some(clock));
    events.push(stopped(clock, StopReason::Withdrawn, given.at));
    events
}

/// Accepted, it was done when it was answered. Otherwise the time that was left goes on: an answer that is not good enough
/// gains nothing, and what was missed stays missed.
pub(super) fn judged(
    state: &AccountabilityState,
    clock: &ClockId,
    answered: Timestamp,
    accepted: bool,
    given: Given<'_>,
) -> Option<AccountabilityEvent> {
    let clock = state.clock(clock).filter(|clock| is_resting(clock))?;
    if accepted {
        return Some(stopped(&clock.clock, StopReason::Fulfilled, answered));
    }
    let (to, since, limit) = match clock.due < answered {
        true => (clock.due, None, None),
        false => {
            let left = time_left::after_rest(clock, answered, given.at, given.jurisdiction);
            (left.due, Some(left.since), left.limit)
        }
    };
    Some(AccountabilityEvent::ClockMoved {
        clock: clock.clock.clone(),
        from: clock.due,
        to,
        reason: MoveReason::Resumed { since, limit },
    })
}

/// Stopped until it has been judged; what ended otherwise does not go on.
fn is_resting(clock: &Clock) -> bool {
    let stopped = clock.stopped.as_ref();
    stopped.is_some_and(|stopped| stopped.by == StopReason::Withdrawn)
}

pub(super) fn stopped(clock: &ClockId, by: StopReason, at: Timestamp) -> AccountabilityEvent {
    AccountabilityEvent::ClockStopped {
        clock: clock.clone(),
        by,
        at,
    }
}
