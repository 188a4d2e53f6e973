//! One site, one case 并案: the absorbed case closes, its tips go to the surviving one, its history stays.

use super::{CaseState, Decision, Progress, rights, words};
use crate::{CaseEvent, CaseRefusal, ClosingReason, MergeCase};
use decider::Given;

const TOLD: &str = "与同一点位的另一案件并案办理。";

pub fn merge(state: &CaseState, command: &MergeCase, given: Given<'_>) -> Decision {
    // A survivor that the actor must not know of is answered like one that does not exist.
    let known = |survivor: &&CaseState| {
        survivor.progress != Progress::Absent && !survivor.against.hides_from(given.by, given.jurisdiction)
    };
    let survivor = command.survivor.as_deref().filter(known);
    let survivor = survivor.ok_or(CaseRefusal::NoSuchSurvivor)?;
    if !rights::dispatches(state, given) || !rights::dispatches(survivor, given) {
        return Err(CaseRefusal::NotMerger);
    }
    match (state.progress, survivor.progress) {
        (Progress::Closed, _) => return Err(CaseRefusal::AlreadyClosed),
        // Its measures are prescribed and under way: they end by being done.
        (Progress::Confirmed, _) => return Err(CaseRefusal::ConfirmedIsNotMerged),
        (_, Progress::Closed) => return Err(CaseRefusal::SurvivorClosed),
        _ => {}
    }
    let merged = CaseEvent::CasesMerged {
        into: command.into,
        reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
    };
    // Its reporters are told the outcome of the surviving case, which has their tips from now on.
    let closed = CaseEvent::CaseClosed {
        reason: ClosingReason::Merged { into: command.into },
        tips: vec![],
        summary: TOLD.to_owned(),
    };
    Ok(vec![merged, closed])
}
