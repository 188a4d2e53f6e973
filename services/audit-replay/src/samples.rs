//! Recorded facts for tests.

use jiff::Timestamp;
use jurisdiction::{Actor, CommandId};
use platform::{Metadata, Recorded};
use serde_json::Value;

/// A fact that a citizen's command led to, at the beginning of time.
pub(crate) fn recorded(stream: &str, revision: u64, name: &str, data: Value) -> Recorded {
    let id = CommandId::sample(u128::from(revision) + 1).0;
    Recorded {
        id,
        stream: stream.to_owned(),
        revision,
        position: revision,
        name: name.to_owned(),
        data,
        metadata: Metadata {
            actor: Actor::Citizen,
            at: Timestamp::UNIX_EPOCH,
            command_id: id,
            causation: id,
            correlation: id,
            traceparent: None,
            previous: None,
        },
    }
}
