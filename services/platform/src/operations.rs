//! How far the events have come on their way through NATS, for whoever looks after the system.

use crate::nats::EVENTS;
use crate::{HEADER_POSITION, Nats};
use futures::TryStreamExt;

/// What NATS holds, and how far each service has come with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broker {
    /// Commit position of the newest event that was published; `None` if none was.
    pub published: Option<u64>,
    pub consumers: Vec<Consumer>,
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
    /// Sequence and commit position of the last event that NATS really has; 0 and none if it has none.
    ///
    /// # Errors
    /// If NATS is away, or the message says nothing of its position.
    pub async fn last_published(&self) -> Result<(u64, Option<u64>), String> {
        let stream = self.stream(EVENTS).await.map_err(|e| e.to_string())?;
        let info = stream.get_info().await.map_err(|e| e.to_string())?;
        let last = info.state.last_sequence;
        if last == 0 {
            return Ok((0, None));
        }
        let message = stream.get_raw_message(last).await.map_err(|e| e.to_string())?;
        let position = message.headers.get(HEADER_POSITION);
        let position = position.and_then(|value| value.as_str().parse().ok());
        position
            .map(|position| (last, Some(position)))
            .ok_or_else(|| "the last message has no position".to_owned())
    }

    /// How far everybody has come, by name.
    ///
    /// # Errors
    /// If NATS is away.
    pub async fn broker(&self) -> Result<Broker, String> {
        let stream = self.stream(EVENTS).await.map_err(|e| e.to_string())?;
        let (_, published) = self.last_published().await?;
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
