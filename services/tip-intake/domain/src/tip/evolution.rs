//! Takes facts into the state of a tip. Total: any history folds, in any order.

use super::{Progress, Reply, TipState, erasure, identity, review, reward};
use crate::TipEvent;
use decider::Stamp;

pub fn evolve(state: &mut TipState, event: &TipEvent, stamp: &Stamp) {
    let waited = state.progress == Progress::Received;
    take_in(state, event, stamp);
    // A tip that follows its case into another one was screened when it was; one that waits again was not.
    if state.progress == Progress::Received {
        state.screened_at = None;
    } else if waited {
        state.screened_at = Some(stamp.at);
    }
}

fn take_in(state: &mut TipState, event: &TipEvent, stamp: &Stamp) {
    match event {
        TipEvent::TipReceived {
            channel,
            place,
            evidence,
            confidential,
            wants_answer,
            danger,
            receipt_hash,
            against,
            identity,
            content,
            ..
        } => {
            state.progress = Progress::Received;
            state.received_at = Some(stamp.at);
            state.waits_since = Some(stamp.at);
            state.channel = Some(*channel);
            state.place = place.clone();
            state.unplaced = place.division.is_none();
            state.evidence = evidence.clone();
            state.confidential = *confidential;
            state.wants_answer = *wants_answer;
            state.urgent = *danger;
            state.receipt_hash = receipt_hash.clone();
            state.against = against.clone();
            state.has_identity = identity.is_some();
            state.in_words = content.is_some();
        }
        TipEvent::ConflictNoted { against } => {
            state.against = std::mem::take(&mut state.against).and(against.clone());
        }
        TipEvent::DangerRaised {} => {
            state.danger_came_later |= !state.urgent;
            state.urgent = true;
        }
        TipEvent::EvidenceAdded { evidence } => state.evidence.extend(evidence.iter().cloned()),
        TipEvent::ReporterWrote { .. } => state.reporter_wrote.push(stamp.at),
        TipEvent::ReplySent { text } => state.replies.push(Reply {
            at: stamp.at,
            text: text.clone(),
        }),
        TipEvent::TipAccepted { case, .. } => state.progress = Progress::Accepted { case: *case },
        TipEvent::TipRejected { explanation, .. } => {
            state.turned_down_by = Some(stamp.by.clone());
            state.progress = Progress::Rejected {
                told: explanation.clone(),
            };
        }
        TipEvent::TipDiverted {
            authority,
            explanation,
        } => {
            state.turned_down_by = Some(stamp.by.clone());
            state.progress = Progress::Diverted {
                authority: authority.clone(),
                told: explanation.clone(),
            };
        }
        TipEvent::OutcomeTold { text, interim } => {
            if !interim {
                state.outcome_told = true;
                state.not_fixed = false;
            }
            state.replies.push(Reply {
                at: stamp.at,
                text: text.clone(),
            });
        }
        TipEvent::NotFixedSaid { message } => {
            state.not_fixed = true;
            state.reporter_wrote.extend(message.is_some().then_some(stamp.at));
        }
        TipEvent::ScreeningObjected { .. } | TipEvent::ScreeningReconsidered { .. } => {
            review::evolve(state, event, stamp);
        }
        TipEvent::LinkedToCase { case } => state.progress = Progress::Accepted { case: *case },
        TipEvent::Unlinked { .. } => {
            state.progress = Progress::Received;
            state.waits_since = Some(stamp.at);
        }
        TipEvent::RecordingAdded {
            recording,
            to_transcribe,
        } => {
            state.recordings.push(recording.clone());
            state.in_words &= !to_transcribe;
        }
        TipEvent::TranscriptRecorded { .. } => state.in_words = true,
        TipEvent::TipPlaced { place } => state.place = place.clone(),
        TipEvent::IdentityRevealRequested { .. }
        | TipEvent::IdentityRevealApproved { .. }
        | TipEvent::IdentityRevealRefused { .. }
        | TipEvent::IdentityRevealed { .. } => identity::evolve(state, event, stamp),
        TipEvent::ReporterErased { compartments, .. } => erasure::evolve(state, compartments, stamp),
        TipEvent::RewardProposed { .. }
        | TipEvent::RewardApproved { .. }
        | TipEvent::RewardRefused { .. }
        | TipEvent::RewardPaid { .. } => reward::evolve(state, event, stamp),
    }
}
