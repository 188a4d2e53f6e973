//! The only place that knows the event store client: append, read, follow, with our own types and errors.

use crate::Link;
use jiff::Timestamp;
use jurisdiction::Actor;
use kurrentdb::{
    AppendToStreamOptions, Client, Error as ClientError, EventData, Position, ReadAllOptions,
    ReadStreamOptions,
};
use kurrentdb::{
    RecordedEvent, StreamPosition, StreamState, SubscribeToAllOptions, SubscriptionEvent, SubscriptionFilter,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// What is stored beside every event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    #[serde(rename = "$correlationId")]
    pub correlation: Uuid,
    #[serde(rename = "$causationId")]
    pub causation: Uuid,
    pub command_id: Uuid,
    /// When it happened, by the campaign's clock.
    pub at: Timestamp,
    pub actor: Actor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// Link of the event before it in its stream; absent on the first, and on those from before events were linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Link>,
}

/// An event to be appended.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub id: Uuid,
    pub name: String,
    pub data: Value,
    pub metadata: Metadata,
}

/// An event as the store has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub id: Uuid,
    pub stream: String,
    pub revision: u64,
    pub position: u64,
    pub name: String,
    pub data: Value,
    pub metadata: Metadata,
}

impl Recorded {
    /// The part of the stream name after the category, e.g. the id in `case-<id>`.
    pub fn subject(&self) -> &str {
        self.stream.split_once('-').map_or("", |(_, subject)| subject)
    }
    pub fn stamp(&self) -> decider::Stamp {
        decider::Stamp {
            at: self.metadata.at,
            by: self.metadata.actor.clone(),
        }
    }
}

/// The revision at which an append is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    NoStream,
    Revision(u64),
}

/// What a subscription says.
#[derive(Clone, Debug)]
pub enum Followed {
    Event(Box<Recorded>),
    /// Everything up to here has been looked at, matching or not.
    Checkpoint(u64),
    /// All that was in the store at subscription time has been delivered.
    CaughtUp,
}

/// Why the store did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("somebody else appended to the stream first")]
    Conflict,
    #[error("the event store is out of reach: {0}")]
    Unavailable(String),
    #[error("the facts are larger than the event store takes at once")]
    TooLarge,
    #[error("the event store refused: {0}")]
    Refused(String),
    #[error("stored event {stream}@{revision} has unreadable metadata: {reason}")]
    Unreadable {
        stream: String,
        revision: u64,
        reason: String,
    },
}

/// A connection that is rebuilt when it is lost.
#[derive(Clone)]
pub struct Store {
    url: Arc<str>,
    client: Arc<RwLock<Option<Client>>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.url)
    }
}

impl Store {
    /// Connects lazily: nothing is sent yet.
    pub fn new(url: &str) -> Self {
        Self {
            url: url.into(),
            client: Arc::default(),
        }
    }

    /// A client whose first connection failed is dead for ever, so a failed one is dropped and made anew.
    pub(crate) fn client(&self) -> Result<Client, StoreError> {
        if let Some(client) = self.client.read().unwrap_or_else(|e| e.into_inner()).clone() {
            return Ok(client);
        }
        let settings = self
            .url
            .parse()
            .map_err(|e| StoreError::Refused(format!("store.url: {e}")))?;
        let client = Client::new(settings).map_err(|e| StoreError::Unavailable(e.to_string()))?;
        *self.client.write().unwrap_or_else(|e| e.into_inner()) = Some(client.clone());
        Ok(client)
    }

    pub(crate) fn failed(&self, error: ClientError) -> StoreError {
        match error {
            ClientError::WrongExpectedVersion { .. } => StoreError::Conflict,
            ClientError::AccessDenied
            | ClientError::ResourceDeleted
            | ClientError::InternalParsingError(_) => StoreError::Refused(error.to_string()),
            ClientError::Grpc { code, ref message } if code as i32 == INVALID_ARGUMENT => {
                match message.starts_with(TOO_LARGE) {
                    true => StoreError::TooLarge,
                    false => StoreError::Refused(message.clone()),
                }
            }
            other => {
                *self.client.write().unwrap_or_else(|e| e.into_inner()) = None;
                StoreError::Unavailable(other.to_string())
            }
        }
    }

    /// Appends all or nothing; returns revision and position of the last event once it is on disk.
    ///
    /// # Errors
    /// `Conflict` if the stream is not at `expected`, `Unavailable` if the store cannot be reached or cannot write.
    pub async fn append(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<(u64, u64), StoreError> {
        let state = match expected {
            Expected::NoStream => StreamState::NoStream,
            Expected::Revision(revision) => StreamState::StreamRevision(revision),
        };
        let events = events
            .into_iter()
            .map(event_data)
            .collect::<Result<Vec<_>, _>>()?;
        let options = AppendToStreamOptions::default().stream_state(state);
        let result = self.client()?.append_to_stream(stream, &options, events).await;
        let written = result.map_err(|error| self.failed(error))?;
        Ok((written.next_expected_version, written.position.commit))
    }

    /// The whole stream, oldest first; empty if there is none.
    ///
    /// # Errors
    /// If the store cannot be reached or an event is unreadable.
    pub async fn read_stream(&self, stream: &str) -> Result<Vec<Recorded>, StoreError> {
        let options = ReadStreamOptions::default()
            .forwards()
            .position(StreamPosition::Start);
        let mut reading = match self.client()?.read_stream(stream, &options).await {
            Ok(reading) => reading,
            Err(ClientError::ResourceNotFound) => return Ok(Vec::new()),
            Err(error) => return Err(self.failed(error)),
        };
        let mut events = Vec::new();
        loop {
            match reading.next().await {
                Ok(Some(resolved)) => events.push(recorded(resolved.get_original_event())?),
                Ok(None) => return Ok(events),
                Err(ClientError::ResourceNotFound) => return Ok(Vec::new()),
                Err(error) => return Err(self.failed(error)),
            }
        }
    }

    /// One event of a stream; `None` if there is none of that revision.
    ///
    /// # Errors
    /// If the store cannot be reached or the event is unreadable.
    pub async fn read_event(&self, stream: &str, revision: u64) -> Result<Option<Recorded>, StoreError> {
        let options = ReadStreamOptions::default()
            .forwards()
            .position(StreamPosition::Position(revision))
            .max_count(1);
        let mut reading = match self.client()?.read_stream(stream, &options).await {
            Ok(reading) => reading,
            Err(ClientError::ResourceNotFound) => return Ok(None),
            Err(error) => return Err(self.failed(error)),
        };
        match reading.next().await {
            Ok(Some(resolved)) => recorded(resolved.get_original_event()).map(Some),
            Ok(None) | Err(ClientError::ResourceNotFound) => Ok(None),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Commit position of the newest event; 0 if there is none.
    ///
    /// # Errors
    /// If the store cannot be reached.
    pub async fn head(&self) -> Result<u64, StoreError> {
        let options = ReadAllOptions::default()
            .backwards()
            .position(StreamPosition::End)
            .max_count(1);
        let reading = self.client()?.read_all(&options).await;
        let newest = reading.map_err(|error| self.failed(error))?.next().await;
        let newest = newest.map_err(|error| self.failed(error))?;
        Ok(newest.map_or(0, |event| event.get_original_event().position.commit))
    }

    /// Commit position of the newest event after `position` in the streams with one of `prefixes`; `None` if there is none.
    /// A position of the whole store says nothing of them: whoever follows only them may never be told of it.
    pub async fn newest_after(&self, position: u64, prefixes: &[&str]) -> Option<u64> {
        let mut followed = self.follow_readable(Some(position), prefixes);
        let mut newest = None;
        while let Some(item) = followed.recv().await {
            match item {
                Followed::Event(event) => newest = Some(event.position),
                Followed::Checkpoint(_) => {}
                Followed::CaughtUp => break,
            }
        }
        newest
    }

    /// Follows all streams with one of `prefixes` (all but system streams if empty) after `position`, for ever:
    /// a lost connection is taken up again where it broke. Dropping the receiver ends it.
    pub fn follow(&self, position: Option<u64>, prefixes: &[&str]) -> mpsc::Receiver<Followed> {
        self.subscribe(position, prefixes, Damaged::Stop)
    }

    /// Likewise, but leaves out what cannot be read: for those who look for it themselves and must not stand still before it.
    pub fn follow_readable(&self, position: Option<u64>, prefixes: &[&str]) -> mpsc::Receiver<Followed> {
        self.subscribe(position, prefixes, Damaged::Skip)
    }

    fn subscribe(
        &self,
        position: Option<u64>,
        prefixes: &[&str],
        damaged: Damaged,
    ) -> mpsc::Receiver<Followed> {
        let (sender, receiver) = mpsc::channel(1024);
        let store = self.clone();
        let filter = prefixes
            .iter()
            .fold(SubscriptionFilter::on_stream_name(), |f, prefix| {
                f.add_prefix(prefix)
            });
        let filter = if prefixes.is_empty() {
            filter.exclude_system_events()
        } else {
            filter
        };
        tokio::spawn(async move {
            let mut position = position;
            let mut patience = Duration::from_millis(100);
            while !sender.is_closed() {
                match store
                    .follow_once(&mut position, filter.clone(), &sender, damaged)
                    .await
                {
                    Ok(()) => return,
                    Err(error) => {
                        tracing::warn!(%error, "event subscription interrupted, taking it up again")
                    }
                }
                tokio::time::sleep(patience).await;
                patience = (patience * 2).min(Duration::from_secs(2));
            }
        });
        receiver
    }

    /// Returns `Ok` when nobody listens any more.
    async fn follow_once(
        &self,
        position: &mut Option<u64>,
        filter: SubscriptionFilter,
        sender: &mpsc::Sender<Followed>,
        damaged: Damaged,
    ) -> Result<(), StoreError> {
        let from = position.map_or(StreamPosition::Start, |p| {
            StreamPosition::Position(Position {
                commit: p,
                prepare: p,
            })
        });
        let options = SubscribeToAllOptions::default().position(from).filter(filter);
        let mut subscription = self.client()?.subscribe_to_all(&options).await;
        loop {
            let next = tokio::select! {
                next = subscription.next_subscription_event() => next,
                () = sender.closed() => return Ok(()),
            };
            let item = match next.map_err(|error| self.failed(error))? {
                SubscriptionEvent::EventAppeared(resolved) => {
                    let original = resolved.get_original_event();
                    let event = match recorded(original) {
                        Err(error) if damaged == Damaged::Skip => {
                            tracing::error!(%error, "left out");
                            *position = Some(original.position.commit);
                            continue;
                        }
                        event => event?,
                    };
                    *position = Some(event.position);
                    Followed::Event(Box::new(event))
                }
                SubscriptionEvent::Checkpoint(at) => {
                    *position = Some(at.commit);
                    Followed::Checkpoint(at.commit)
                }
                SubscriptionEvent::CaughtUp(_) => Followed::CaughtUp,
                _ => continue,
            };
            if sender.send(item).await.is_err() {
                return Ok(());
            }
        }
    }
}

/// What becomes of a subscription that meets something it cannot read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Damaged {
    Stop,
    Skip,
}

/// gRPC `InvalidArgument`, by number: the client brings another tonic version than ours.
const INVALID_ARGUMENT: i32 = 3;

/// How KurrentDB begins to say so.
const TOO_LARGE: &str = "Maximum Append Size";

fn event_data(event: NewEvent) -> Result<EventData, StoreError> {
    EventData::json(event.name, &event.data)
        .and_then(|data| data.id(event.id).metadata_as_json(&event.metadata))
        .map_err(|error| StoreError::Refused(error.to_string()))
}

pub(crate) fn recorded(event: &RecordedEvent) -> Result<Recorded, StoreError> {
    let unreadable = |error: serde_json::Error| StoreError::Unreadable {
        stream: event.stream_id().to_owned(),
        revision: event.revision,
        reason: error.to_string(),
    };
    Ok(Recorded {
        id: event.id,
        stream: event.stream_id().to_owned(),
        revision: event.revision,
        position: event.position.commit,
        name: event.event_type.clone(),
        data: serde_json::from_slice(&event.data).map_err(unreadable)?,
        metadata: serde_json::from_slice(&event.custom_metadata).map_err(unreadable)?,
    })
}
