//! More time 延期: asked for before expiry by the unit whose clock runs, granted by the level above, once.

use super::{CaseState, Decision, Extension, ExtensionAnswer, Progress, rights, words};
use crate::{CaseEvent, CaseRefusal, Deadline, GrantExtension, RefuseExtension, RequestExtension};
use decider::Given;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Obligation, Role};

pub fn request(state: &CaseState, command: &RequestExtension, given: Given<'_>) -> Decision {
    if state.progress == Progress::Closed {
        return Err(CaseRefusal::AlreadyClosed);
    }
    if !may_be_extended(command.obligation) {
        return Err(CaseRefusal::NotExtendable);
    }
    let deadline = command.deadline.as_ref().ok_or(CaseRefusal::NoSuchDeadline)?;
    match rights::staff(given) {
        Some((unit, Role::Handler | Role::Leader | Role::Dispatcher)) if *unit == deadline.unit => {}
        _ => return Err(CaseRefusal::NotDeadlineUnit),
    }
    if given.at > deadline.due {
        return Err(CaseRefusal::DeadlineExpired);
    }
    if asked_before(state, command.obligation, deadline) {
        return Err(CaseRefusal::ExtendedBefore);
    }
    if command.to <= deadline.due {
        return Err(CaseRefusal::ExtensionNotLater);
    }
    if command.to > latest(state, command.obligation, deadline.due, given) {
        return Err(CaseRefusal::ExtensionTooLong);
    }
    Ok(vec![CaseEvent::ExtensionRequested {
        clock: deadline.clock.clone(),
        obligation: command.obligation,
        unit: deadline.unit.clone(),
        due: deadline.due,
        to: command.to,
        reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
    }])
}

pub fn grant(state: &CaseState, command: &GrantExtension, given: Given<'_>) -> Decision {
    let asked = to_answer(state, command.obligation, given)?;
    // The work may have been done, or gone to another unit, since it was asked for.
    let is_the_one = |deadline: &&Deadline| deadline.clock == asked.clock;
    let deadline = command.deadline.as_ref().filter(is_the_one);
    let deadline = deadline.ok_or(CaseRefusal::NoSuchDeadline)?;
    if given.at > deadline.due {
        return Err(CaseRefusal::DeadlineExpired);
    }
    if asked.to <= deadline.due {
        return Err(CaseRefusal::ExtensionNotLater);
    }
    Ok(vec![CaseEvent::ExtensionGranted {
        clock: asked.clock.clone(),
        obligation: asked.obligation,
        due: deadline.due,
        to: asked.to,
        reason: asked.reason.clone(),
    }])
}

pub fn refuse(state: &CaseState, command: &RefuseExtension, given: Given<'_>) -> Decision {
    let asked = to_answer(state, command.obligation, given)?;
    Ok(vec![CaseEvent::ExtensionRefused {
        clock: asked.clock.clone(),
        obligation: asked.obligation,
        reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
    }])
}

/// What is to be done at once, on a desk, or for somebody who waits for an answer, is not put off.
fn may_be_extended(obligation: Obligation) -> bool {
    matches!(
        obligation,
        Obligation::FirstInspection
            | Obligation::Classify
            | Obligation::Identify
            | Obligation::SafetyPlan
            | Obligation::RemainingMeasures
    )
}

/// One extension for a deadline: for a unit's obligation, however often the work comes and goes, and for a clock that goes
/// along to another unit, whoever has it. A refused one may be asked for again.
fn asked_before(state: &CaseState, obligation: Obligation, deadline: &Deadline) -> bool {
    let refused = |asked: &Extension| matches!(asked.answer, Some(ExtensionAnswer::Refused { .. }));
    let same_work = |asked: &Extension| {
        let same_hands = asked.unit == deadline.unit || goes_along(obligation);
        asked.obligation == obligation && asked.round == state.reopenings && same_hands
    };
    let mut asked = state.extensions.iter();
    asked.any(|asked| (asked.clock == deadline.clock || same_work(asked)) && !refused(asked))
}

/// What a disposal owes, its next unit owes in the time that was left.
fn goes_along(obligation: Obligation) -> bool {
    matches!(obligation, Obligation::SafetyPlan | Obligation::RemainingMeasures)
}

/// At most the time that was allowed in the first place once more, and never past the end of the stage.
fn latest(state: &CaseState, obligation: Obligation, due: Timestamp, given: Given<'_>) -> Timestamp {
    let just_before = due - SignedDuration::from_nanos(1);
    given.jurisdiction.due(obligation, state.urgency, just_before)
}

/// The newest request that waits for an answer, if the actor leads the level above the unit that asks.
fn to_answer<'s>(
    state: &'s CaseState,
    obligation: Obligation,
    given: Given<'_>,
) -> Result<&'s Extension, CaseRefusal> {
    let waiting = |asked: &&Extension| asked.obligation == obligation && asked.answer.is_none();
    let asked = state.extensions.iter().rev().find(waiting);
    let asked = asked.ok_or(CaseRefusal::NoExtensionRequested)?;
    if rights::leads_above(&asked.unit, given) {
        Ok(asked)
    } else {
        Err(CaseRefusal::NotExtensionApprover)
    }
}
