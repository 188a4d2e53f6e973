//! NATS JetStream: the stream of committed events, and the stream of dead letters.

use crate::{Metadata, Recorded};
use async_nats::jetstream::{self, stream};
use async_nats::{HeaderMap, Message};
use std::time::Duration;
use uuid::Uuid;

/// JetStream stream that holds every committed event, subjects `mingcha.event.<name>`.
pub const EVENTS: &str = "MINGCHA_EVENTS";
/// JetStream stream of messages that could not be handled, subjects `mingcha.dead.<durable>`.
pub(crate) const DEAD_LETTERS: &str = "MINGCHA_DEAD";
/// JetStream stream of dead letters on their way back, subjects `mingcha.retry.<durable>`; a message leaves it when handled.
pub(crate) const RETRIES: &str = "MINGCHA_RETRY";
pub(crate) const ERROR_HEADER: &str = "Mingcha-Error";
/// Commit position in the event store.
pub const HEADER_POSITION: &str = "Mingcha-Position";
pub const HEADER_STREAM: &str = "Mingcha-Stream";
pub const HEADER_REVISION: &str = "Mingcha-Revision";
/// The event's whole metadata as JSON.
pub const HEADER_METADATA: &str = "Mingcha-Metadata";

/// A connection that comes back by itself.
#[derive(Clone, Debug)]
pub struct Nats {
    pub client: async_nats::Client,
    pub jetstream: jetstream::Context,
}

/// Subject of an event.
pub fn subject_of(name: &str) -> String {
    format!("mingcha.event.{name}")
}

impl Nats {
    /// Starts connecting; returns at once even if the server is away.
    ///
    /// # Errors
    /// If the address is malformed.
    pub async fn connect(url: &str) -> Result<Self, async_nats::ConnectError> {
        let options = async_nats::ConnectOptions::new()
            .retry_on_initial_connect()
            .max_reconnects(None)
            .reconnect_delay_callback(|attempt| Duration::from_millis((attempt as u64 * 100).min(1000)));
        let client = options.connect(url).await?;
        let mut jetstream = jetstream::new(client.clone());
        jetstream.set_timeout(Duration::from_secs(5));
        Ok(Self { client, jetstream })
    }

    /// The stream, made if it is missing. Nothing ever ages out: it is a copy of history, bounded by the disk.
    ///
    /// # Errors
    /// If NATS is away or refuses.
    pub async fn stream(&self, name: &str) -> Result<stream::Stream, jetstream::context::CreateStreamError> {
        let (subjects, retention) = match name {
            EVENTS => ("mingcha.event.>", stream::RetentionPolicy::Limits),
            RETRIES => ("mingcha.retry.>", stream::RetentionPolicy::WorkQueue),
            _ => ("mingcha.dead.>", stream::RetentionPolicy::Limits),
        };
        let config = stream::Config {
            name: name.to_owned(),
            subjects: vec![subjects.to_owned()],
            storage: stream::StorageType::File,
            retention,
            duplicate_window: Duration::from_secs(120),
            ..stream::Config::default()
        };
        self.jetstream.get_or_create_stream(config).await
    }
}

/// Subjects of all events of a category.
pub(crate) fn events_of(category: &str) -> String {
    format!("mingcha.event.{category}.>")
}
pub(crate) fn dead_subject(durable: &str) -> String {
    format!("mingcha.dead.{durable}")
}
pub(crate) fn retry_subject(durable: &str) -> String {
    format!("mingcha.retry.{durable}")
}

/// Headers of an event: CloudEvents 1.0 binary mode, and what our reactors need.
pub(crate) fn headers_of(event: &Recorded) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("ce-specversion", "1.0");
    headers.insert("ce-id", event.id.to_string().as_str());
    headers.insert("ce-type", event.name.as_str());
    headers.insert("ce-source", "/mingcha");
    headers.insert("ce-subject", event.stream.as_str());
    headers.insert("ce-time", event.metadata.at.to_string().as_str());
    headers.insert("ce-datacontenttype", "application/json");
    headers.insert(HEADER_STREAM, event.stream.as_str());
    headers.insert(HEADER_REVISION, event.revision.to_string().as_str());
    headers.insert(HEADER_POSITION, event.position.to_string().as_str());
    headers.insert(
        HEADER_METADATA,
        serde_json::to_string(&event.metadata)
            .unwrap_or_default()
            .as_str(),
    );
    if let Some(traceparent) = &event.metadata.traceparent {
        headers.insert("traceparent", traceparent.as_str());
    }
    headers
}

impl Recorded {
    /// The NATS message of this event: headers and JSON body.
    pub fn to_message(&self) -> (HeaderMap, Vec<u8>) {
        (
            headers_of(self),
            serde_json::to_vec(&self.data).unwrap_or_default(),
        )
    }

    /// Reads a message of the event stream.
    ///
    /// # Errors
    /// What is missing or malformed.
    pub fn from_message(message: &Message) -> Result<Self, String> {
        let headers = message.headers.as_ref().ok_or("no headers")?;
        let text = |name: &str| {
            headers
                .get(name)
                .map(async_nats::HeaderValue::as_str)
                .ok_or(format!("no {name}"))
        };
        let number = |name: &str| text(name)?.parse::<u64>().map_err(|e| format!("{name}: {e}"));
        let metadata: Metadata = serde_json::from_str(text(HEADER_METADATA)?).map_err(|e| e.to_string())?;
        Ok(Self {
            id: Uuid::parse_str(text("ce-id")?).map_err(|e| e.to_string())?,
            stream: text(HEADER_STREAM)?.to_owned(),
            revision: number(HEADER_REVISION)?,
            position: number(HEADER_POSITION)?,
            name: text("ce-type")?.to_owned(),
            data: serde_json::from_slice(&message.payload).map_err(|e| e.to_string())?,
            metadata,
        })
    }
}
