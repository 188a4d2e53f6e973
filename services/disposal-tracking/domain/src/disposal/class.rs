//! A wrong class is put right by who reviews: the measures of the right one are ordered, and what is done of them stays done.

use super::{Decision, DisposalState, Progress, rights, words};
use crate::{DisposalEvent, DisposalRefusal, Reclassify, prescribed};
use decider::Given;
use jurisdiction::Level;

pub fn reclassify(state: &DisposalState, command: &Reclassify, given: Given<'_>) -> Decision {
    if !may_reclassify(state, given) {
        return Err(DisposalRefusal::NotReclassifier);
    }
    let worked = |person| state.workers.contains(person);
    if given.by.person().is_some_and(worked) {
        return Err(DisposalRefusal::OwnWork);
    }
    if state.progress == Progress::Closed {
        return Err(DisposalRefusal::AlreadyClosed);
    }
    if state.class == Some(command.class) {
        return Err(DisposalRefusal::SameClass);
    }
    Ok(vec![DisposalEvent::DisposalReclassified {
        class: command.class,
        measures: prescribed(command.class).to_vec(),
        basis: words(&command.basis, DisposalRefusal::BasisMissing)?,
    }])
}

/// The county or the city, and no level below the one that has the last word on the work.
fn may_reclassify(state: &DisposalState, given: Given<'_>) -> bool {
    let last = state.reviews_required.last();
    rights::signs_for(state, given).is_some_and(|level| {
        let high = matches!(level, Level::County | Level::City);
        // The greater the level, the lower it is.
        high && last.is_none_or(|last| level <= *last)
    })
}
