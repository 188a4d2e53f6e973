//! Where the site is that an SMS or a recorded call tells of: said by those who take calls, before it is screened.

use super::{Decision, Progress, TipState, receiving, rights, screening};
use crate::{PlaceTip, TipEvent, TipRefusal};
use decider::Given;
use jurisdiction::Role;

/// Without a place a tip lies with nobody but the city, and is compared with no other.
pub fn place(state: &TipState, command: &PlaceTip, given: Given<'_>) -> Decision {
    if !matches!(given.by.role(), Some(Role::Operator | Role::Dispatcher)) {
        return Err(TipRefusal::NotTranscriber);
    }
    if !rights::lies_within(state, given) {
        return Err(TipRefusal::OutsideSubtree);
    }
    if state.progress != Progress::Received {
        return Err(TipRefusal::AlreadyScreened);
    }
    if !state.unplaced {
        return Err(TipRefusal::PlaceTold);
    }
    receiving::check_place(&command.place, given)?;
    screening::check_division(&state.place, &command.place, given)?;
    if command.place.division.is_none() {
        return Err(TipRefusal::DivisionMissing);
    }
    Ok(if state.place == command.place {
        vec![]
    } else {
        vec![TipEvent::TipPlaced {
            place: command.place.clone(),
        }]
    })
}
