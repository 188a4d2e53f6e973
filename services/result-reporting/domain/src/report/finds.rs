//! A site comes to light that a report does not hold: before the signature the draft is outdated, after it contradicted.

use super::{Contradiction, Decided, Progress, ReportState};
use crate::{ContradictReport, ReportEvent, ReportRefusal};
use decider::{Given, Stamp};

/// By each site once. A report that is yet to be drafted, or drafted anew, will hold the site by itself; a draft that does
/// not may not be signed any more, or the find would be lost between the two.
pub(super) fn contradict(state: &ReportState, command: &ContradictReport, given: Given<'_>) -> Decided {
    if !given.by.is_system() {
        return Err(ReportRefusal::NotAPolicy);
    }
    let Some(draft) = state.draft.as_ref().filter(|_| state.leaves_out(command)) else {
        return Ok(vec![]);
    };
    let (case, place) = (command.case, command.place.trim().to_owned());
    Ok(match &state.signature {
        Some(_) if state.is_contradicted_by(command) => vec![],
        Some(signature) => vec![ReportEvent::ReportContradicted {
            case,
            place,
            signed_by: signature.by.clone(),
        }],
        None if state.progress == Progress::Drafted && !draft.outdated.contains(&case) => {
            vec![ReportEvent::DraftOutdated { case, place }]
        }
        None => vec![],
    })
}

pub(super) fn evolve(state: &mut ReportState, event: &ReportEvent, stamp: &Stamp) {
    match event {
        ReportEvent::DraftOutdated { case, .. } => {
            if let Some(draft) = &mut state.draft {
                draft.outdated.push(*case);
            }
        }
        ReportEvent::ReportContradicted {
            case,
            place,
            signed_by,
        } => state.contradictions.push(Contradiction {
            at: stamp.at,
            case: *case,
            place: place.clone(),
            signed_by: signed_by.clone(),
        }),
        _ => {}
    }
}
