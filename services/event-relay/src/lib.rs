//! Event relay: publishes what was committed, in commit order, from the store to NATS JetStream. Has no state of its own.

mod config;

pub use config::Config;

use async_nats::jetstream::message::PublishMessage;
use platform::{Context, Followed, Recorded, ServeError, is_relayed, serve_health, subject_of};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::watch;

/// Publications under way at once; each names the sequence it expects, so order holds.
const WINDOW: usize = 64;
const PATIENCE: Duration = Duration::from_millis(500);

/// Relays until shutdown; takes up the work again after any interruption of store or NATS, and does not call itself healthy until
/// it has published something or found nothing to publish.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let (works, health) = watch::channel(false);
    let relay = async {
        loop {
            if let Err(reason) = relay_from_where_nats_stands(&context, &works).await {
                tracing::warn!(reason, "relay interrupted, taking it up again");
            }
            works.send_replace(false);
            tokio::time::sleep(PATIENCE).await;
        }
    };
    tokio::select! {
        () = relay => Ok(()),
        ended = serve_health("event-relay", config.listen, &context, health) => ended,
    }
}

/// The last message that NATS really has says where to go on: a power cut may have taken NATS back.
async fn relay_from_where_nats_stands(context: &Context, works: &watch::Sender<bool>) -> Result<(), String> {
    let (mut sequence, last) = context.nats.last_published().await?;
    if let Some(last) = last {
        let stored = context.store.event_at(last.position).await;
        let stored = stored.map_err(|e| e.to_string())?;
        if stored.is_none_or(|event| event.id != last.id) {
            // Going on behind it would leave out every event in between, and nobody would ever know.
            context.nats.forget_events().await?;
            return Err("NATS has events that the store does not have: all is published anew".to_owned());
        }
    }
    let position = last.map(|event| event.position);
    tracing::info!(sequence, position, "relaying");
    let mut events = context.store.follow(position, &[]);
    let mut under_way = VecDeque::new();
    loop {
        let next = if under_way.is_empty() {
            events.recv().await
        } else {
            events.try_recv().ok()
        };
        match next {
            Some(Followed::Event(event)) if is_relayed(&event.stream) => {
                let publication = message(&event, sequence);
                let subject = subject_of(&event.name);
                let ack = context
                    .nats
                    .jetstream
                    .send_publish(subject, publication)
                    .await
                    .map_err(|e| e.to_string())?;
                under_way.push_back(ack);
                sequence += 1;
                if under_way.len() < WINDOW {
                    continue;
                }
            }
            Some(Followed::CaughtUp) => {
                works.send_replace(true);
                continue;
            }
            Some(_) => continue,
            None if under_way.is_empty() => return Err("the subscription ended".to_owned()),
            None => {}
        }
        if let Some(ack) = under_way.pop_front() {
            // A wrong sequence means that another relay published: start over from where NATS stands.
            ack.await.map_err(|e| e.to_string())?;
            works.send_replace(true);
        }
    }
}

fn message(event: &Recorded, last_sequence: u64) -> PublishMessage {
    let (headers, body) = event.to_message();
    PublishMessage::build()
        .headers(headers)
        .payload(body.into())
        // No `Nats-Msg-Id`: the sequence keeps everything once already, and what NATS has forgotten it would for two minutes
        // take for something that it has.
        .expected_last_sequence(last_sequence)
}
