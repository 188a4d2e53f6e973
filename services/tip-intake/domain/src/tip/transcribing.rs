//! A recorded call is written down by those who take calls.

use super::{Decision, TipState, erasure, rights};
use crate::{Channel, RecordTranscript, TipEvent, TipRefusal};
use decider::Given;
use jurisdiction::Role;

pub fn record(state: &TipState, command: &RecordTranscript, given: Given<'_>) -> Decision {
    if !matches!(given.by.role(), Some(Role::Operator | Role::Dispatcher)) {
        return Err(TipRefusal::NotTranscriber);
    }
    if !rights::lies_within(state, given) {
        return Err(TipRefusal::OutsideSubtree);
    }
    if state.channel != Some(Channel::Phone) {
        return Err(TipRefusal::NotACall);
    }
    erasure::content_kept(state)?;
    Ok(vec![TipEvent::TranscriptRecorded {
        content: command.content.clone(),
    }])
}
