//! Work out: what a command amounts to on a history, without a store. Executing and simulating share it.

use crate::execute::{Envelope, ExecuteError};
use crate::{Link, Metadata, NewEvent, Recorded};
use decider::{Decider, DecodeError, Given, Refusal, decode, encode};
use jiff::Timestamp;
use jurisdiction::{CommandId, Jurisdiction};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// All that a command has to know of the history of its stream.
#[derive(Clone, Debug, Default)]
pub struct Past<S> {
    pub state: S,
    /// Chain of the first event.
    pub correlation: Option<Uuid>,
    /// The last event.
    pub last: Option<Mark>,
    /// The last event of this very command, if it was carried out before.
    pub done: Option<Mark>,
}

/// Where an event lies, and when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub revision: u64,
    pub position: u64,
    pub at: Timestamp,
    /// What the event after it names.
    pub link: Link,
}

impl Mark {
    pub fn of(event: &Recorded) -> Self {
        Self {
            revision: event.revision,
            position: event.position,
            at: event.metadata.at,
            link: Link::to(event),
        }
    }
}

/// What a command amounts to.
#[derive(Clone, Debug)]
pub enum WorkedOut {
    /// It was carried out before; this was its last event.
    Repetition(Mark),
    /// It is already so.
    Nothing,
    /// To be appended after the last event.
    Facts(Vec<NewEvent>),
}

impl<S> Past<S> {
    /// Reads a stored stream.
    ///
    /// # Errors
    /// If the history holds an event that this program cannot read.
    pub fn of<D: Decider<State = S>>(history: &[Recorded], command: CommandId) -> Result<Self, DecodeError> {
        let done = history
            .iter()
            .rfind(|event| event.metadata.command_id == command.0);
        Ok(Self {
            state: fold::<D>(history)?,
            correlation: history.first().map(|event| event.metadata.correlation),
            last: history.last().map(Mark::of),
            done: done.map(Mark::of),
        })
    }
}

/// Decides a command on a history.
///
/// # Errors
/// A refusal of the domain, or that the history has moved on since the caller looked at it.
pub fn work_out<D: Decider>(
    past: &Past<D::State>,
    jurisdiction: &Jurisdiction,
    envelope: &Envelope,
    command: &D::Command,
) -> Result<WorkedOut, ExecuteError> {
    if let Some(done) = past.done {
        return Ok(WorkedOut::Repetition(done));
    }
    let now = past.last.map(|last| last.revision);
    if let Some(seen) = envelope.seen.filter(|seen| now != Some(*seen)) {
        return Err(ExecuteError::Outdated { seen, now });
    }
    // Clocks of different machines differ, and are set back: within a stream time never is.
    let at = past.last.map_or(envelope.at, |last| last.at.max(envelope.at));
    let given = Given {
        at,
        by: &envelope.actor,
        jurisdiction,
    };
    let facts = D::decide(&past.state, command, given).map_err(|r| ExecuteError::Refused(r.reason()))?;
    Ok(match facts.is_empty() {
        true => WorkedOut::Nothing,
        false => WorkedOut::Facts(new_events::<D>(
            &facts,
            envelope,
            at,
            (past.correlation, past.last),
        )),
    })
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

fn new_events<D: Decider>(
    facts: &[D::Event],
    envelope: &Envelope,
    at: Timestamp,
    (chain, last): (Option<Uuid>, Option<Mark>),
) -> Vec<NewEvent> {
    let command_id = envelope.command_id.0;
    let correlation = chain.or(envelope.correlation).unwrap_or(command_id);
    let mut previous = last.map(|last| last.link);
    let one = |(index, fact): (usize, &D::Event)| {
        let (name, data) = encode(fact);
        let metadata = Metadata {
            correlation,
            causation: envelope.causation.unwrap_or(command_id),
            command_id,
            at,
            actor: envelope.actor.clone(),
            traceparent: envelope.traceparent.clone(),
            previous,
        };
        let event = NewEvent {
            id: event_id(at, command_id, index),
            name,
            data,
            metadata,
        };
        previous = Some(Link::to_new(&event));
        event
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
    use directory_domain::{DirectoryCommand, DirectoryEntry};
    use jurisdiction::Actor;

    const EARLY: Timestamp = Timestamp::constant(1_590_000_000, 0);
    const LATE: Timestamp = Timestamp::constant(1_590_000_001, 0);

    #[test]
    fn event_ids_are_ordered_in_time_and_repeatable() {
        let command = Uuid::from_u128(7);
        assert!(event_id(EARLY, command, 9) < event_id(LATE, command, 0));
        assert_eq!(event_id(EARLY, command, 1), event_id(EARLY, command, 1));
        assert_ne!(event_id(EARLY, command, 1), event_id(EARLY, command, 2));
    }

    fn envelope(at: Timestamp) -> Envelope {
        Envelope {
            command_id: CommandId::sample(7),
            actor: Actor::system("test"),
            at,
            causation: None,
            correlation: None,
            traceparent: None,
            seen: None,
        }
    }
    fn worked_out(past: &Past<directory_domain::EntryState>, envelope: &Envelope) -> WorkedOut {
        let command = DirectoryCommand::AdvanceClock { seconds: 1 };
        work_out::<DirectoryEntry>(past, &Jurisdiction::default(), envelope, &command).expect("facts")
    }

    fn a_mark() -> Mark {
        let first = worked_out(&Past::default(), &envelope(EARLY));
        let WorkedOut::Facts(facts) = first else {
            panic!("no facts");
        };
        Mark {
            revision: 3,
            position: 9,
            at: EARLY,
            link: Link::to_new(&facts[0]),
        }
    }

    #[test]
    fn each_event_names_the_one_before_it_as_it_was() {
        let WorkedOut::Facts(first) = worked_out(&Past::default(), &envelope(EARLY)) else {
            panic!("no facts");
        };
        assert_eq!(first[0].metadata.previous, None);
        let past = Past {
            last: Some(a_mark()),
            ..Past::default()
        };
        let WorkedOut::Facts(next) = worked_out(&past, &envelope(LATE)) else {
            panic!("no facts");
        };
        assert_eq!(next[0].metadata.previous, Some(Link::to_new(&first[0])));
        let mut rewritten = first[0].clone();
        rewritten.data["seconds"] = serde_json::json!(2);
        assert_ne!(next[0].metadata.previous, Some(Link::to_new(&rewritten)));
        // As it is written and read back, it is the same.
        let stored = serde_json::to_string(&next[0].metadata).expect("JSON");
        let read: Metadata = serde_json::from_str(&stored).expect("metadata");
        assert_eq!(read, next[0].metadata);
    }

    #[test]
    fn time_never_runs_backwards_within_a_stream() {
        let last = |at| Mark { at, ..a_mark() };
        for (last_at, at, recorded) in [(LATE, EARLY, LATE), (EARLY, LATE, LATE)] {
            let past = Past {
                last: Some(last(last_at)),
                ..Past::default()
            };
            let WorkedOut::Facts(facts) = worked_out(&past, &envelope(at)) else {
                panic!("no facts");
            };
            assert_eq!(facts[0].metadata.at, recorded);
        }
    }

    #[test]
    fn a_command_that_was_carried_out_is_a_repetition() {
        let mark = a_mark();
        let past = Past {
            done: Some(mark),
            ..Past::default()
        };
        let repeated = worked_out(&past, &envelope(LATE));
        assert!(matches!(repeated, WorkedOut::Repetition(done) if done == mark));
    }
}
