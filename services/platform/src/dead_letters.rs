//! Dead letters: messages that a reactor gave up on, with the error; an administrator looks at them and sends them back.

use crate::nats::{DEAD_LETTERS, ERROR_HEADER, retry_subject};
use crate::{HEADER_STREAM, Nats};
use async_nats::jetstream::stream::{RawMessageErrorKind, Stream};

/// One message set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its number, by which it is retried.
    pub sequence: u64,
    /// Whose reaction failed, e.g. `case-assignment`.
    pub durable: String,
    /// Name of the event, e.g. `tip.accepted.v1`.
    pub event: String,
    /// The event's stream in the store.
    pub stream: String,
    pub error: String,
}

impl Nats {
    /// All dead letters, oldest first.
    ///
    /// # Errors
    /// If NATS is away.
    pub async fn dead_letters(&self) -> Result<Vec<DeadLetter>, String> {
        let stream = self.stream(DEAD_LETTERS).await.map_err(|e| e.to_string())?;
        let state = stream.get_info().await.map_err(|e| e.to_string())?.state;
        let mut letters = Vec::new();
        for sequence in state.first_sequence..=state.last_sequence {
            letters.extend(letter(&stream, sequence).await?);
        }
        Ok(letters)
    }

    /// Hands a dead letter back to its reactor and takes it off the list. If it fails again, it comes back as a new one.
    ///
    /// # Errors
    /// If there is no such letter, or NATS is away.
    pub async fn retry_dead_letter(&self, sequence: u64) -> Result<DeadLetter, String> {
        let stream = self.stream(DEAD_LETTERS).await.map_err(|e| e.to_string())?;
        self.stream(crate::nats::RETRIES)
            .await
            .map_err(|e| e.to_string())?;
        let found = letter(&stream, sequence).await?;
        let found = found.ok_or_else(|| format!("没有编号为 {sequence} 的搁置消息"))?;
        let message = stream
            .get_raw_message(sequence)
            .await
            .map_err(|e| e.to_string())?;
        let subject = retry_subject(&found.durable);
        let mut headers = message.headers;
        // The same message may come back often; JetStream must not take it for a repetition.
        headers.insert("Nats-Msg-Id", format!("retry-{sequence}").as_str());
        let sent = self
            .jetstream
            .publish_with_headers(subject, headers, message.payload)
            .await;
        sent.map_err(|e| e.to_string())?
            .await
            .map_err(|e| e.to_string())?;
        stream.delete_message(sequence).await.map_err(|e| e.to_string())?;
        Ok(found)
    }
}

/// `None` if the number was taken off before.
async fn letter(stream: &Stream, sequence: u64) -> Result<Option<DeadLetter>, String> {
    if sequence == 0 {
        return Ok(None);
    }
    let message = match stream.get_raw_message(sequence).await {
        Ok(message) => message,
        Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    let header = |name: &str| {
        message
            .headers
            .get(name)
            .map(|value| value.as_str().to_owned())
            .unwrap_or_default()
    };
    let durable = message
        .subject
        .strip_prefix("mingcha.dead.")
        .unwrap_or_default()
        .to_owned();
    Ok(Some(DeadLetter {
        sequence,
        durable,
        event: header("ce-type"),
        stream: header(HEADER_STREAM),
        error: header(ERROR_HEADER),
    }))
}
