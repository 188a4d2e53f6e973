//! A disposal follows its case: to another owner, into another case of the same site, and out of it again.

use super::{Decision, DisposalState, Progress, review, reviews_of_a_handover, wordy};
use crate::{AbsorbDisposal, DisposalEvent, DisposalRefusal, HandOver, Measure, MergeDisposal};
use decider::Given;
use jurisdiction::Urgency;

/// Why measures that were done are to be done again.
const UNDONE_ELSEWHERE: &str = "并入本案的案件里这项措施还没有完成";

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

/// What is undone in a case that goes on in this one is undone: it is the same site, whatever was signed here.
pub fn absorb(state: &DisposalState, command: &AbsorbDisposal, given: Given<'_>) -> Decision {
    by_policy(given)?;
    let done = state.measures.iter().filter(|record| record.done.is_some());
    let undone = done.map(|record| record.measure);
    let measures: Vec<Measure> = undone
        .filter(|measure| command.measures.contains(measure))
        .collect();
    if measures.is_empty() {
        return Ok(vec![]);
    }
    let absorbed = DisposalEvent::DisposalAbsorbed {
        from: command.from,
        measures: measures.clone(),
    };
    if state.progress != Progress::Closed {
        return Ok(review::with_reopened(absorbed, measures, UNDONE_ELSEWHERE));
    }
    // Closed in the meantime: then its case is taken up again as well.
    let reopened = DisposalEvent::DisposalReopened {
        reason: UNDONE_ELSEWHERE.to_owned(),
        measures: measures.clone(),
    };
    let mut events = vec![absorbed];
    events.extend(review::with_reopened(reopened, measures, UNDONE_ELSEWHERE));
    Ok(events)
}

pub fn make_urgent(state: &DisposalState, given: Given<'_>) -> Decision {
    by_policy(given)?;
    Ok(match state.urgency {
        Urgency::Urgent => vec![],
        Urgency::Normal => vec![DisposalEvent::MadeUrgent {}],
    })
}

fn by_policy(given: Given<'_>) -> Result<(), DisposalRefusal> {
    if given.by.is_system() {
        Ok(())
    } else {
        Err(DisposalRefusal::NotForPeople)
    }
}
