//! React: a durable JetStream consumer that turns committed events into commands, in order, each at least once.

use crate::nats::{DEAD_LETTERS, ERROR_HEADER, RETRIES, dead_subject, events_of, retry_subject};
use crate::work_out::fold;
use crate::{Context, EVENTS, Envelope, ExecuteError, Nats, Recorded, StoreError, metrics};
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, PullConsumer, pull};
use async_nats::jetstream::{AckKind, Message};
use decider::{Decider, StoredEvent};
use futures::StreamExt;
use jurisdiction::{Actor, CommandId};
use sha2::{Digest, Sha256};
use std::str::FromStr;
use std::time::{Duration, Instant};
use tracing::Instrument;
use uuid::Uuid;

/// A message that fails for another reason than an unreachable part is tried this often.
const ATTEMPTS: u32 = 5;
const PATIENCE: Duration = Duration::from_secs(2);

/// A committed event and the means to act on it.
pub struct Reaction<'a> {
    pub event: &'a Recorded,
    pub context: &'a Context,
}

impl Reaction<'_> {
    /// The event, if it is of that category; others are none of the reactor's business.
    ///
    /// # Errors
    /// If this program cannot read it.
    pub fn decode<E: StoredEvent>(&self, category: &str) -> Result<Option<E>, ReactionError> {
        if self
            .event
            .stream
            .split_once('-')
            .is_none_or(|(prefix, _)| prefix != category)
        {
            return Ok(None);
        }
        let event = decider::decode(&self.event.name, self.event.data.clone());
        event
            .map(Some)
            .map_err(|error| ReactionError::Failed(error.to_string()))
    }

    /// The event's aggregate as it stood right after it, whatever has happened since: a reactor that is late decides as a
    /// timely one would have.
    ///
    /// # Errors
    /// If the store is out of reach or the history unreadable.
    pub async fn state<D: Decider>(&self) -> Result<D::State, ReactionError> {
        let mut history = Vec::new();
        // Most streams are short: what begins one is all of it, and is at hand.
        if self.event.revision == 0 {
            history.push(self.event.clone());
        } else {
            history = self.context.store.read_stream(&self.event.stream).await?;
            history.retain(|event| event.revision <= self.event.revision);
        }
        fold::<D>(&history).map_err(|error| ReactionError::Failed(error.to_string()))
    }

    /// The id in the event's stream name.
    ///
    /// # Errors
    /// If it is malformed.
    pub fn subject<I: FromStr>(&self) -> Result<I, ReactionError> {
        let malformed = |_| ReactionError::Failed(format!("malformed stream name {}", self.event.stream));
        self.event.subject().parse().map_err(malformed)
    }

    /// The envelope of a command that follows from the event by `policy`; `index` tells several commands apart.
    /// The command id is derived from event and policy, so a repetition is recognised.
    pub fn envelope(&self, policy: &str, index: usize) -> Envelope {
        Envelope {
            command_id: derived_command(self.event.id, policy, index),
            actor: Actor::system(policy),
            // What follows from a fact is not earlier than it, whatever the clock of this machine says.
            at: self.context.clock.now().max(self.event.metadata.at),
            causation: Some(self.event.id),
            correlation: Some(self.event.metadata.correlation),
            traceparent: crate::current_traceparent(),
            seen: None,
        }
    }
}

/// Why a reaction did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum ReactionError {
    /// Something is out of reach: wait and try again, for as long as it takes.
    #[error("out of reach: {0}")]
    Unreachable(String),
    /// It fails by itself: after some attempts a dead letter.
    #[error("{0}")]
    Failed(String),
}

impl From<ExecuteError> for ReactionError {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Store(StoreError::Unavailable(reason)) => Self::Unreachable(reason),
            ExecuteError::Contended | ExecuteError::Outdated { .. } => Self::Unreachable(error.to_string()),
            ExecuteError::Refused(reason) => Self::Failed(format!("{}: {}", reason.code, reason.says)),
            other => Self::Failed(other.to_string()),
        }
    }
}
impl From<StoreError> for ReactionError {
    fn from(error: StoreError) -> Self {
        ExecuteError::from(error).into()
    }
}

/// The id of the command that `policy` derives from an event.
pub fn derived_command(event: Uuid, policy: &str, index: usize) -> CommandId {
    let hash = Sha256::new()
        .chain_update(event)
        .chain_update(policy)
        .chain_update((index as u64).to_be_bytes())
        .finalize();
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    CommandId(Uuid::new_v8(bytes))
}

/// Handles every committed event of the categories in order under the durable name until shutdown, and beside it whatever an
/// administrator takes out of the dead letters to be tried again. Never gives up on NATS.
pub async fn react<H>(
    context: Context,
    durable: &'static str,
    categories: &'static [&'static str],
    handler: H,
) where
    H: AsyncFn(Reaction<'_>) -> Result<(), ReactionError>,
{
    tokio::join!(
        keep_consuming(&context, durable, Source::Events(categories), &handler),
        keep_consuming(&context, durable, Source::Retries, &handler),
    );
}

/// Where messages come from.
#[derive(Clone, Copy)]
enum Source {
    /// Of these categories. One message is in hand at a time: those that nothing follows from would hold up all that come after.
    Events(&'static [&'static str]),
    Retries,
}

async fn keep_consuming<H>(context: &Context, durable: &str, source: Source, handler: &H)
where
    H: AsyncFn(Reaction<'_>) -> Result<(), ReactionError>,
{
    while !context.shutdown.is_cancelled() {
        if let Err(error) = consume(context, durable, source, handler).await {
            tracing::warn!(durable, error, "reactions interrupted, taking them up again");
        }
        tokio::select! {
            () = tokio::time::sleep(PATIENCE) => {}
            () = context.shutdown.cancelled() => return,
        }
    }
}

async fn consume<H>(context: &Context, durable: &str, source: Source, handler: &H) -> Result<(), String>
where
    H: AsyncFn(Reaction<'_>) -> Result<(), ReactionError>,
{
    let opening = async {
        let consumer = consumer(&context.nats, durable, source).await?;
        consumer.messages().await.map_err(|e| e.to_string())
    };
    let mut messages = tokio::select! {
        opened = opening => opened?,
        () = context.shutdown.cancelled() => return Ok(()),
    };
    loop {
        // Only between messages: one that is in hand is finished, or its redelivery would be waited for after a restart.
        let next = tokio::select! {
            next = messages.next() => next,
            () = context.shutdown.cancelled() => return Ok(()),
        };
        let message = next.ok_or("the consumer ended")?.map_err(|e| e.to_string())?;
        let begun = Instant::now();
        handle(context, durable, source, handler, &message).await?;
        metrics::reaction(durable, begun);
        message.double_ack().await.map_err(|e| e.to_string())?;
    }
}

/// One message in flight keeps the order of commits.
async fn consumer(nats: &Nats, durable: &str, source: Source) -> Result<PullConsumer, String> {
    let (stream, filter_subjects) = match source {
        Source::Events(categories) => (EVENTS, categories.iter().map(|name| events_of(name)).collect()),
        Source::Retries => (RETRIES, vec![retry_subject(durable)]),
    };
    let stream = nats.stream(stream).await.map_err(|e| e.to_string())?;
    let wanted = pull::Config {
        durable_name: Some(durable.to_owned()),
        filter_subjects,
        ack_policy: AckPolicy::Explicit,
        deliver_policy: DeliverPolicy::All,
        ack_wait: Duration::from_secs(30),
        max_ack_pending: 1,
        ..pull::Config::default()
    };
    // One that an earlier version of this program left is changed and goes on where it stands.
    let consumer = stream
        .create_consumer(wanted.clone())
        .await
        .map_err(|e| e.to_string())?;
    let info = consumer.cached_info();
    // An old server ignores what it does not know: better to stop than to skip or flood.
    if info.config.filter_subjects != wanted.filter_subjects
        || info.config.max_ack_pending != wanted.max_ack_pending
    {
        return Err(format!(
            "NATS did not take the configuration of consumer {durable}; version 2.10 is needed"
        ));
    }
    let last = stream
        .get_info()
        .await
        .map_err(|e| e.to_string())?
        .state
        .last_sequence;
    if info.delivered.stream_sequence > last {
        // A power cut took NATS back: the relay has refilled it, so everything is looked at again.
        tracing::warn!(
            durable,
            "the event stream went backwards, starting the consumer over"
        );
        stream.delete_consumer(durable).await.map_err(|e| e.to_string())?;
        return stream.create_consumer(wanted).await.map_err(|e| e.to_string());
    }
    Ok(consumer)
}

async fn handle<H>(
    context: &Context,
    durable: &str,
    source: Source,
    handler: &H,
    message: &Message,
) -> Result<(), String>
where
    H: AsyncFn(Reaction<'_>) -> Result<(), ReactionError>,
{
    let event = match Recorded::from_message(message) {
        Ok(event) => event,
        Err(reason) => return bury(&context.nats, durable, message, &reason).await,
    };
    tokio::select! {
        () = context.directory.ready() => {}
        () = context.shutdown.cancelled() => return Err("stopping before the directory was known".to_owned()),
    }
    let span = tracing::info_span!("react", durable, event = %event.name, position = event.position);
    crate::with_parent(&span, event.metadata.traceparent.as_deref());
    let mut attempt = 0;
    loop {
        let reacting = react_to(context, source, handler, &event);
        let error = match reacting.instrument(span.clone()).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if context.shutdown.is_cancelled() {
            let _ = message.ack_with(AckKind::Nak(None)).await;
            return Err(format!("stopping: {error}"));
        }
        let fails_by_itself = matches!(error, ReactionError::Failed(_));
        attempt += u32::from(fails_by_itself);
        if attempt >= ATTEMPTS {
            return bury(&context.nats, durable, message, &error.to_string()).await;
        }
        tracing::warn!(durable, event = %event.name, %error, attempt, "reaction failed, trying again");
        let _ = message.ack_with(AckKind::Progress).await;
        tokio::time::sleep(Duration::from_millis(50 << attempt.min(5))).await;
    }
}

/// What came after a fact that was given up was decided without what follows from it: once that has been done, the later
/// facts of the stream are looked at again, in their order. Whatever was done for them before is not done twice.
async fn react_to<H>(
    context: &Context,
    source: Source,
    handler: &H,
    event: &Recorded,
) -> Result<(), ReactionError>
where
    H: AsyncFn(Reaction<'_>) -> Result<(), ReactionError>,
{
    handler(Reaction { event, context }).await?;
    if let Source::Events(_) = source {
        return Ok(());
    }
    let stream = context.store.read_stream(&event.stream).await?;
    for event in stream.iter().filter(|later| later.revision > event.revision) {
        handler(Reaction { event, context }).await?;
    }
    Ok(())
}

/// Puts a message aside with its error, where an administrator sees it and can retry it.
async fn bury(nats: &Nats, durable: &str, message: &Message, reason: &str) -> Result<(), String> {
    metrics::dead_letter(durable);
    tracing::error!(durable, reason, subject = %message.subject, "reaction given up, kept as a dead letter");
    nats.stream(DEAD_LETTERS).await.map_err(|e| e.to_string())?;
    let mut headers = message.headers.clone().unwrap_or_default();
    headers.insert(ERROR_HEADER, reason.replace(['\r', '\n'], " ").as_str());
    let sent = nats
        .jetstream
        .publish_with_headers(dead_subject(durable), headers, message.payload.clone());
    sent.await
        .map_err(|e| e.to_string())?
        .await
        .map_err(|e| e.to_string())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::Town;
    use directory_domain::{DirectoryEntry, DirectoryEvent};
    use std::sync::Mutex;

    #[tokio::test]
    async fn what_begins_a_stream_needs_no_look_at_the_store() {
        let town = Town::start().await;
        let advanced = |seconds| DirectoryEvent::ClockAdvanced { seconds };
        let recorded = town.record("clock-test", &[1, 2].map(advanced)).await;
        let context = town.own.clone();
        let state = async |event: &Recorded| {
            let reaction = Reaction {
                event,
                context: &context,
            };
            let state = reaction.state::<DirectoryEntry>().await;
            state.map(|state| format!("{state:?}"))
        };
        let known = state(&recorded[0]).await.expect("a state");
        assert!(state(&recorded[1]).await.is_ok());
        town.stop().await;
        assert_eq!(state(&recorded[0]).await.expect("the same"), known);
        let late = state(&recorded[1]).await;
        assert!(matches!(late, Err(ReactionError::Unreachable(_))));
    }

    #[tokio::test]
    async fn what_is_taken_out_of_the_dead_letters_is_followed_by_what_came_after_it() {
        let town = Town::start().await;
        let advanced = |seconds| DirectoryEvent::ClockAdvanced { seconds };
        let recorded = town.record("clock-test", &[1, 2, 3].map(advanced)).await;
        let heard = Mutex::new(Vec::new());
        let handler = async |reaction: Reaction<'_>| -> Result<(), ReactionError> {
            heard.lock().expect("a list").push(reaction.event.revision);
            Ok(())
        };
        for source in [Source::Events(&["clock"]), Source::Retries] {
            react_to(&town.own, source, &handler, &recorded[1])
                .await
                .expect("a reaction");
        }
        assert_eq!(*heard.lock().expect("a list"), [1, 1, 2]);
        town.stop().await;
    }
}
