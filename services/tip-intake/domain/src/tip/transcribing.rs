//! Recordings of a call are kept, and written down, by those who take calls.

use super::{Decision, TipState, erasure, rights};
use crate::{AddRecording, Channel, RecordTranscript, TipEvent, TipRefusal};
use decider::Given;
use jurisdiction::{EvidenceId, Role};
use std::collections::BTreeSet;

/// A call is put on hold, cut off, made again; more are another tip.
const MOST_RECORDINGS: usize = 10;

pub fn record(state: &TipState, command: &RecordTranscript, given: Given<'_>) -> Decision {
    takes_calls(state, given)?;
    Ok(vec![TipEvent::TranscriptRecorded {
        content: command.content.clone(),
    }])
}

/// What was kept before is not kept twice.
pub fn add_recording(state: &TipState, command: &AddRecording, given: Given<'_>) -> Decision {
    takes_calls(state, given)?;
    if state.recordings.contains(&command.recording) {
        return Ok(vec![]);
    }
    added(
        state.channel,
        &state.recordings,
        std::slice::from_ref(&command.recording),
        state.in_words,
    )
}

/// The facts of recordings that come on top of those that there are.
pub fn added(
    channel: Option<Channel>,
    present: &[EvidenceId],
    new: &[EvidenceId],
    in_words: bool,
) -> Decision {
    if !new.is_empty() && channel != Some(Channel::Phone) {
        return Err(TipRefusal::NotACall);
    }
    let new: BTreeSet<_> = new.iter().collect();
    if present.len() + new.len() > MOST_RECORDINGS {
        return Err(TipRefusal::TooManyRecordings);
    }
    let fact = |recording: &&EvidenceId| TipEvent::RecordingAdded {
        recording: (*recording).clone(),
        to_transcribe: !in_words,
    };
    Ok(new.iter().map(fact).collect())
}

fn takes_calls(state: &TipState, given: Given<'_>) -> Result<(), TipRefusal> {
    if !matches!(given.by.role(), Some(Role::Operator | Role::Dispatcher)) {
        return Err(TipRefusal::NotTranscriber);
    }
    if !rights::lies_within(state, given) {
        return Err(TipRefusal::OutsideSubtree);
    }
    if state.channel != Some(Channel::Phone) {
        return Err(TipRefusal::NotACall);
    }
    erasure::content_kept(state)
}
