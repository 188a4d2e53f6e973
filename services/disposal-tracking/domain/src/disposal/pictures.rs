//! Pictures as proof: one picture proves one thing, here and in whatever else pictures are shown.

use super::{DisposalState, MOST_EVIDENCE};
use crate::{CompleteMeasure, DisposalRefusal};
use jurisdiction::EvidenceId;

/// Before and after, and not the same picture twice: what shows the site as it is now was shown nowhere before. One picture
/// from before may serve several measures.
pub fn prove(state: &DisposalState, command: &CompleteMeasure) -> Result<(), DisposalRefusal> {
    if command.before.is_empty() {
        return Err(DisposalRefusal::BeforeMissing);
    }
    if command.after.is_empty() {
        return Err(DisposalRefusal::AfterMissing);
    }
    if command.after.iter().any(|item| command.before.contains(item)) {
        return Err(DisposalRefusal::SameEvidence);
    }
    if command.before.len() + command.after.len() > MOST_EVIDENCE {
        return Err(DisposalRefusal::TooMuchEvidence);
    }
    if were_shown(state, &command.after, &command.elsewhere) {
        return Err(DisposalRefusal::EvidenceUsed);
    }
    Ok(())
}

/// Not too many, and none that was shown before: what a check found is of the day of the check.
pub fn fresh(
    state: &DisposalState,
    evidence: &[EvidenceId],
    elsewhere: &[EvidenceId],
) -> Result<(), DisposalRefusal> {
    if evidence.len() > MOST_EVIDENCE {
        return Err(DisposalRefusal::TooMuchEvidence);
    }
    if were_shown(state, evidence, elsewhere) {
        return Err(DisposalRefusal::OldPicture);
    }
    Ok(())
}

fn were_shown(state: &DisposalState, pictures: &[EvidenceId], elsewhere: &[EvidenceId]) -> bool {
    let shown = |item: &EvidenceId| state.shown.contains(item) || elsewhere.contains(item);
    pictures.iter().any(shown)
}
