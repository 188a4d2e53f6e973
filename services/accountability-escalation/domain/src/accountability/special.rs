//! Special supervision 专项督查: opened by rule when a unit's numbers reach the thresholds, closed by a group when they fell.

use super::{AccountabilityState, SpecialSupervision, by_policy, words};
use crate::{AccountabilityEvent, AccountabilityRefusal, CloseSpecialSupervision, OpenSpecialSupervision};
use decider::{Given, Stamp};
use jurisdiction::{Role, Subject};

type Decided = Result<Vec<AccountabilityEvent>, AccountabilityRefusal>;

/// The numbers are kept in the fact: they are what the decision saw, and change the next day.
pub(super) fn open(
    state: &AccountabilityState,
    command: &OpenSpecialSupervision,
    given: Given<'_>,
) -> Decided {
    by_policy(given)?;
    let subject = Subject::Unit(command.unit.clone());
    if state.subject.as_ref().is_some_and(|known| *known != subject) {
        return Err(AccountabilityRefusal::SubjectDiffers);
    }
    let seen = &command.seen;
    if state.special_supervision().is_some() || !seen.numbers.reach(&seen.thresholds) {
        return Ok(vec![]);
    }
    Ok(vec![AccountabilityEvent::SpecialSupervisionOpened {
        supervision: state.special.len() as u32 + 1,
        unit: command.unit.clone(),
        seen: seen.clone(),
    }])
}

pub(super) fn close(
    state: &AccountabilityState,
    command: &CloseSpecialSupervision,
    given: Given<'_>,
) -> Decided {
    let open = state
        .special_supervision()
        .ok_or(AccountabilityRefusal::NotUnderSpecialSupervision)?;
    // Ordered by the city's numbers, and over by its group's word.
    if !given.by.is(Role::Supervisor) || !given.jurisdiction.actor_covers_city(given.by) {
        return Err(AccountabilityRefusal::NotASupervisor);
    }
    if command.seen.numbers.reach(&command.seen.thresholds) {
        return Err(AccountabilityRefusal::StillAboveThresholds);
    }
    Ok(vec![AccountabilityEvent::SpecialSupervisionClosed {
        supervision: open.number,
        seen: command.seen.clone(),
        note: words(&command.note, AccountabilityRefusal::NoteMissing)?,
    }])
}

pub(super) fn evolve(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
    match event {
        AccountabilityEvent::SpecialSupervisionOpened {
            supervision,
            unit,
            seen,
        } => {
            state.subject.get_or_insert_with(|| Subject::Unit(unit.clone()));
            state.special.push(SpecialSupervision {
                number: *supervision,
                unit: unit.clone(),
                opened: stamp.at,
                seen: seen.clone(),
                closed: None,
                seen_at_closing: None,
                note: String::new(),
            });
        }
        AccountabilityEvent::SpecialSupervisionClosed {
            supervision,
            seen,
            note,
        } => {
            let mut all = state.special.iter_mut();
            if let Some(special) = all.find(|special| special.number == *supervision) {
                special.closed = Some(stamp.at);
                special.seen_at_closing = Some(seen.clone());
                special.note.clone_from(note);
            }
        }
        _ => {}
    }
}
