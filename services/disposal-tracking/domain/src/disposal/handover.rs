//! A disposal follows its case: to another owner, into another case of the same site, and out of it again.

use super::{Decision, DisposalState, Progress, reviews_of_a_handover, wordy};
use crate::{DisposalEvent, DisposalRefusal, HandOver, MergeDisposal};
use decider::Given;

pub fn hand_over(state: &DisposalState, command: &HandOver, given: Given<'_>) -> Decision {
    by_policy(given)?;
    if given.jurisdiction.unit(&command.to).is_none() {
        return Err(DisposalRefusal::UnknownUnit);
    }
    if state.unit.as_ref() == Some(&command.to) {
        return Ok(vec![]);
    }
    Ok(vec![DisposalEvent::DisposalHandedOver {
        to: command.to.clone(),
        reviews: reviews_of_a_handover(&state.worked, &command.to, given.jurisdiction),
        reason: wordy(&command.reason)?,
    }])
}

/// What is closed already has been reviewed: it stays closed and is watched.
pub fn merge(state: &DisposalState, command: &MergeDisposal, given: Given<'_>) -> Decision {
    by_policy(given)?;
    if state.progress == Progress::Closed || state.merged == Some(command.into) {
        return Ok(vec![]);
    }
    Ok(vec![DisposalEvent::DisposalMerged { into: command.into }])
}

pub fn take_apart(state: &DisposalState, given: Given<'_>) -> Decision {
    by_policy(given)?;
    Ok(match state.merged {
        Some(_) => vec![DisposalEvent::DisposalUnmerged {}],
        None => vec![],
    })
}

fn by_policy(given: Given<'_>) -> Result<(), DisposalRefusal> {
    if given.by.is_system() {
        Ok(())
    } else {
        Err(DisposalRefusal::NotForPeople)
    }
}
