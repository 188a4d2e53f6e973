//! Execute: load the stream, decide, append at the revision read; repeat on conflict, recognise a repetition.

use crate::work_out::{Past, WorkedOut, work_out};
use crate::{Expected, Store, StoreError, metrics};
use decider::{Decider, DecodeError, Reason};
use jiff::Timestamp;
use jurisdiction::{Actor, CommandId, Jurisdiction};
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
        let past = Past::of::<D>(&history, envelope.command_id)?;
        let executed = |revision, position, facts| Executed {
            stream: stream.to_owned(),
            revision,
            position,
            facts,
        };
        let events = match work_out::<D>(&past, jurisdiction, envelope, command)? {
            WorkedOut::Repetition(done) => return Ok(executed(Some(done.revision), done.position, 0)),
            WorkedOut::Nothing => {
                let last = past.last;
                let position = last.map_or(0, |last| last.position);
                return Ok(executed(last.map(|last| last.revision), position, 0));
            }
            WorkedOut::Facts(events) => events,
        };
        let facts = events.len();
        let expected = past
            .last
            .map_or(Expected::NoStream, |last| Expected::Revision(last.revision));
        match store.append(stream, expected, events).await {
            Ok((revision, position)) => return Ok(executed(Some(revision), position, facts)),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ExecuteError::Contended)
}
