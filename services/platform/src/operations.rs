//! How far the events have come on their way through NATS, for whoever looks after the system.

use crate::nats::EVENTS;
use crate::{Followed, HEADER_POSITION, Nats, Store};
use futures::TryStreamExt;
use std::time::Duration;
use uuid::Uuid;

/// Who read what concerns inspectors only: no service reacts to it, so it leaves the store for nobody.
pub fn is_relayed(stream: &str) -> bool {
    !stream.starts_with("reading-")
}

/// What NATS holds, and how far each service has come with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broker {
    /// Commit position of the newest event that was published; `None` if none was.
    pub published: Option<u64>,
    pub consumers: Vec<Consumer>,
}

/// An event as NATS has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its commit position.
    pub position: u64,
    pub id: Uuid,
}

/// One service's place in the stream of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumer {
    /// e.g. `case-assignment`
    pub durable: String,
    /// Events that it has not been given yet.
    pub waiting: u64,
    /// Events that it was given and has not done with.
    pub under_way: u64,
    /// Those of them that it was given more than once.
    pub again: u64,
}

impl Nats {
    /// The newest sequence that NATS gave out, and the last event that it really has.
    ///
    /// # Errors
    /// If NATS is away, or the message says nothing of its position.
    pub async fn last_published(&self) -> Result<(u64, Option<Published>), String> {
        let stream = self.stream(EVENTS).await.map_err(|e| e.to_string())?;
        let info = stream.get_info().await.map_err(|e| e.to_string())?;
        let last = info.state.last_sequence;
        if info.state.messages == 0 {
            return Ok((last, None));
        }
        let message = stream.get_raw_message(last).await.map_err(|e| e.to_string())?;
        let header = |name: &str| message.headers.get(name).map(|value| value.as_str());
        let position = header(HEADER_POSITION).and_then(|value| value.parse().ok());
        let id = header("ce-id").and_then(|value| value.parse().ok());
        match (position, id) {
            (Some(position), Some(id)) => Ok((last, Some(Published { position, id }))),
            _ => Err("the last message does not say which event it is".to_owned()),
        }
    }

    /// Throws away every event that was published; they are published again under new sequences, and whoever has dealt with
    /// one before knows it by its id.
    ///
    /// # Errors
    /// If NATS is away.
    pub async fn forget_events(&self) -> Result<(), String> {
        let stream = self.stream(EVENTS).await.map_err(|e| e.to_string())?;
        stream.purge().await.map(drop).map_err(|e| e.to_string())
    }

    /// How far everybody has come, by name.
    ///
    /// # Errors
    /// If NATS is away.
    pub async fn broker(&self) -> Result<Broker, String> {
        let stream = self.stream(EVENTS).await.map_err(|e| e.to_string())?;
        let (_, published) = self.last_published().await?;
        let published = published.map(|event| event.position);
        let known: Vec<_> = stream
            .consumers()
            .try_collect()
            .await
            .map_err(|e| e.to_string())?;
        let mut consumers: Vec<_> = known
            .into_iter()
            .map(|info| Consumer {
                durable: info.name,
                waiting: info.num_pending,
                under_way: info.num_ack_pending as u64,
                again: info.num_redelivered as u64,
            })
            .collect();
        consumers.sort_by(|one, other| one.durable.cmp(&other.durable));
        Ok(Broker { published, consumers })
    }
}

impl Store {
    /// How many facts after `published` are still to be published, at most `most`; readings are none. Positions say nothing of
    /// it: in a store they may be places in a file. `None` if the store does not answer before `patience` is over.
    pub async fn unpublished(&self, published: Option<u64>, most: u64, patience: Duration) -> Option<u64> {
        let mut events = self.follow_readable(published, &[]);
        let counting = async {
            let mut facts = 0;
            while facts < most {
                match events.recv().await? {
                    Followed::Event(event) => facts += u64::from(is_relayed(&event.stream)),
                    Followed::Checkpoint(_) => {}
                    Followed::CaughtUp => break,
                }
            }
            Some(facts)
        };
        tokio::time::timeout(patience, counting).await.ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::is_relayed;

    #[test]
    fn readings_stay_in_the_store() {
        assert!(is_relayed("case-1") && is_relayed("tip-1"));
        assert!(!is_relayed("reading-case-1"));
    }
}
