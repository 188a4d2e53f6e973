//! Execute: load the stream, decide, append at the revision read; repeat on conflict, recognise a repetition.

use crate::{Expected, Metadata, NewEvent, Recorded, Store, StoreError, metrics};
use decider::{Decider, DecodeError, Given, Reason, Refusal, decode, encode};
use jiff::Timestamp;
use jurisdiction::{Actor, CommandId, Jurisdiction};
use sha2::{Digest, Sha256};
use std::time::Instant;
use uuid::Uuid;

/// A conflict is retried this often before the caller is told.
const ATTEMPTS: usize = 5;

/// What comes with a command.
#[derive(Clone, Debug)]
pub struct Envelope {
    pub command_id: CommandId,
    pub actor: Actor,
    pub at: Timestamp,
    /// The event or command that led to this one.
    pub causation: Option<Uuid>,
    /// The chain this belongs to; an existing stream's own chain takes precedence.
    pub correlation: Option<Uuid>,
    pub traceparent: Option<String>,
    /// The revision of the stream that whoever commands has seen; the command holds for that one only.
    pub seen: Option<u64>,
}

/// The outcome of an executed command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed {
    pub stream: String,
    /// Revision of the stream after the command; `None` if the stream is still empty.
    pub revision: Option<u64>,
    /// Commit position of the command's last event: what a reader may wait for.
    pub position: u64,
    /// Number of new facts; zero for a repetition or if it was already so.
    pub facts: usize,
}

/// Why a command was not executed.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    #[error("refused: {0}")]
    Refused(&'static Reason),
    #[error("still in conflict after {ATTEMPTS} attempts")]
    Contended,
    /// The stream has moved on since the caller looked at it.
    #[error("seen at revision {seen}, now at {now:?}")]
    Outdated { seen: u64, now: Option<u64> },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Unreadable(#[from] DecodeError),
}

/// Carries out a command on one stream. Doing the same command id twice yields the facts once.
///
/// # Errors
/// A refusal of the domain, or why it could not be finished.
pub async fn execute<D: Decider>(
    store: &Store,
    jurisdiction: &Jurisdiction,
    stream: &str,
    envelope: &Envelope,
    command: &D::Command,
) -> Result<Executed, ExecuteError> {
    let begun = Instant::now();
    let outcome = attempt::<D>(store, jurisdiction, stream, envelope, command).await;
    let label = match &outcome {
        Ok(_) => "done",
        Err(ExecuteError::Refused(_) | ExecuteError::Outdated { .. }) => "refused",
        Err(_) => "failed",
    };
    metrics::command(D::CATEGORY, label, begun);
    outcome
}

async fn attempt<D: Decider>(
    store: &Store,
    jurisdiction: &Jurisdiction,
    stream: &str,
    envelope: &Envelope,
    command: &D::Command,
) -> Result<Executed, ExecuteError> {
    for _ in 0..ATTEMPTS {
        let history = store.read_stream(stream).await?;
        if let Some(done) = repetition(stream, &history, envelope) {
            return Ok(done);
        }
        let now = history.last().map(|event| event.revision);
        if let Some(seen) = envelope.seen.filter(|seen| now != Some(*seen)) {
            return Err(ExecuteError::Outdated { seen, now });
        }
        let state = fold::<D>(&history)?;
        let given = Given {
            at: envelope.at,
            by: &envelope.actor,
            jurisdiction,
        };
        let facts = D::decide(&state, command, given).map_err(|r| ExecuteError::Refused(r.reason()))?;
        let last = history.last();
        if facts.is_empty() {
            let (revision, position) = (last.map(|e| e.revision), last.map_or(0, |e| e.position));
            return Ok(Executed {
                stream: stream.to_owned(),
                revision,
                position,
                facts: 0,
            });
        }
        let expected = last.map_or(Expected::NoStream, |e| Expected::Revision(e.revision));
        let events = new_events::<D>(&facts, envelope, history.first());
        match store.append(stream, expected, events).await {
            Ok((revision, position)) => {
                let facts = facts.len();
                return Ok(Executed {
                    stream: stream.to_owned(),
                    revision: Some(revision),
                    position,
                    facts,
                });
            }
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ExecuteError::Contended)
}

/// Folds a stored stream into its state.
///
/// # Errors
/// If the history holds an event that this program cannot read.
pub(crate) fn fold<D: Decider>(history: &[Recorded]) -> Result<D::State, DecodeError> {
    let mut state = D::State::default();
    for event in history {
        D::evolve(
            &mut state,
            &decode::<D::Event>(&event.name, event.data.clone())?,
            &event.stamp(),
        );
    }
    Ok(state)
}

fn repetition(stream: &str, history: &[Recorded], envelope: &Envelope) -> Option<Executed> {
    let done = history
        .iter()
        .rfind(|event| event.metadata.command_id == envelope.command_id.0)?;
    Some(Executed {
        stream: stream.to_owned(),
        revision: Some(done.revision),
        position: done.position,
        facts: 0,
    })
}

fn new_events<D: Decider>(
    facts: &[D::Event],
    envelope: &Envelope,
    first: Option<&Recorded>,
) -> Vec<NewEvent> {
    let command_id = envelope.command_id.0;
    let correlation = first
        .map(|event| event.metadata.correlation)
        .or(envelope.correlation)
        .unwrap_or(command_id);
    let one = |(index, fact): (usize, &D::Event)| {
        let (name, data) = encode(fact);
        let metadata = Metadata {
            correlation,
            causation: envelope.causation.unwrap_or(command_id),
            command_id,
            at: envelope.at,
            actor: envelope.actor.clone(),
            traceparent: envelope.traceparent.clone(),
        };
        NewEvent {
            id: event_id(envelope.at, command_id, index),
            name,
            data,
            metadata,
        }
    };
    facts.iter().enumerate().map(one).collect()
}

/// UUIDv8: 48 bits of the command's time in ms, then a hash of command id and index. Ordered in time, and the same
/// for the same command.
pub fn event_id(at: Timestamp, command_id: Uuid, index: usize) -> Uuid {
    let hash = Sha256::new()
        .chain_update(command_id)
        .chain_update((index as u64).to_be_bytes())
        .finalize();
    let mut bytes = [0u8; 16];
    bytes[..6].copy_from_slice(&at.as_millisecond().to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&hash[..10]);
    Uuid::new_v8(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_ids_are_ordered_in_time_and_repeatable() {
        let (early, late) = (
            Timestamp::constant(1_590_000_000, 0),
            Timestamp::constant(1_590_000_001, 0),
        );
        let command = Uuid::from_u128(7);
        assert!(event_id(early, command, 9) < event_id(late, command, 0));
        assert_eq!(event_id(early, command, 1), event_id(early, command, 1));
        assert_ne!(event_id(early, command, 1), event_id(early, command, 2));
    }
}
