//! The relay on a real store and a real NATS: every event once and in order, whoever else relays, also once NATS has forgotten all.

#[path = "../../platform/tests/nats/mod.rs"]
mod nats;

use jiff::Timestamp;
use jurisdiction::{Actor, CommandId};
use nats::Server;
use platform::testkit::{Town, free_address, until};
use platform::{
    Context, EVENTS, Expected, Followed, HEADER_POSITION, Metadata, Nats, NewEvent, event_id, is_relayed,
};
use serde_json::json;
use std::time::Duration;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A relay at work; another one is another replica.
struct Relay {
    context: Context,
    address: String,
    running: JoinHandle<()>,
}

impl Relay {
    async fn start(town: &Town, nats: &Nats) -> Self {
        let mut context = town.context().await;
        context.nats = nats.clone();
        let own = context.clone();
        let listen = free_address();
        let running = tokio::spawn(async move {
            let config = event_relay::Config { listen };
            let served = event_relay::serve(config, own).await;
            served.expect("a relay never gives up");
        });
        Self {
            context,
            address: format!("http://{listen}"),
            running,
        }
    }
    /// Until it says of itself what is expected.
    async fn says_it_works(&self, expected: bool) {
        until("the relay tells how it is", async || {
            platform::is_serving(&self.address, Duration::from_secs(2)).await == expected
        })
        .await;
    }
    async fn stop(self) {
        self.context.shutdown.cancel();
        self.running.await.expect("no panic");
    }
}

/// So many events of a tip each.
async fn happens(town: &Town, many: usize) {
    happens_to(town, "tip", many).await;
}

async fn happens_to(town: &Town, category: &str, many: usize) {
    for _ in 0..many {
        let command = CommandId(Uuid::new_v4());
        let at = Timestamp::now();
        let metadata = Metadata {
            correlation: command.0,
            causation: command.0,
            command_id: command.0,
            at,
            actor: Actor::system("test"),
            traceparent: None,
            previous: None,
        };
        let event = NewEvent {
            id: event_id(at, command.0, 0),
            name: "tip.danger_raised.v1".to_owned(),
            data: json!({}),
            metadata,
        };
        let stream = format!("{category}-{}", Uuid::new_v4());
        let appended = town.store.append(&stream, Expected::NoStream, vec![event]).await;
        appended.expect("recorded");
    }
}

/// The positions of everything that is to be published, in the order of the store.
async fn committed(town: &Town) -> Vec<u64> {
    let mut events = town.store.follow(None, &[]);
    let mut positions = Vec::new();
    loop {
        match events.recv().await {
            Some(Followed::Event(event)) if is_relayed(&event.stream) => positions.push(event.position),
            Some(Followed::CaughtUp) | None => return positions,
            Some(_) => {}
        }
    }
}

/// What an administrator is told to be still to be published.
async fn unpublished(town: &Town, nats: &Nats) -> u64 {
    let broker = nats.broker().await.expect("the broker answers");
    let told = town
        .store
        .unpublished(broker.published, 10_000, Duration::from_secs(30));
    told.await.expect("the store answers")
}

/// Likewise of what lies in NATS, in its order.
async fn published(nats: &Nats) -> Vec<u64> {
    let Ok(mut stream) = nats.stream(EVENTS).await else {
        return vec![];
    };
    let info = stream.info().await.expect("the stream tells").clone();
    let mut positions = Vec::new();
    for sequence in info.state.first_sequence..=info.state.last_sequence {
        let Ok(message) = stream.get_raw_message(sequence).await else {
            continue;
        };
        let position = message.headers.get(HEADER_POSITION).expect("a position");
        positions.push(position.as_str().parse().expect("a number"));
    }
    positions
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_relays_publish_everything_once_and_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, nats) = Server::start(folder.path()).await;
    let town = Town::start().await;
    happens(&town, 100).await;
    let relays = [Relay::start(&town, &nats).await, Relay::start(&town, &nats).await];
    happens(&town, 100).await;
    let expected = committed(&town).await;
    assert!(expected.len() >= 200, "{}", expected.len());
    until("everything is published", async || {
        published(&nats).await.len() >= expected.len()
    })
    .await;
    assert_eq!(published(&nats).await, expected);
    for relay in relays {
        relay.stop().await;
    }
    drop(server);
    town.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_nats_has_lost_is_published_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, nats) = Server::start(folder.path()).await;
    let town = Town::start().await;
    happens(&town, 20).await;
    assert!(unpublished(&town, &nats).await >= 20);
    let relay = Relay::start(&town, &nats).await;
    let all = async || published(&nats).await.len() >= committed(&town).await.len();
    until("everything is published", &all).await;
    relay.stop().await;
    // Who read what is never published, and makes no arrears.
    happens_to(&town, "reading", 3).await;
    assert_eq!(unpublished(&town, &nats).await, 0);
    // Its disk was lost: nobody tells the relay.
    nats.forget_events().await.expect("forgotten");
    assert!(published(&nats).await.is_empty());
    happens(&town, 1).await;
    assert_eq!(
        unpublished(&town, &nats).await,
        committed(&town).await.len() as u64
    );
    let relay = Relay::start(&town, &nats).await;
    until("everything is published anew", &all).await;
    assert_eq!(published(&nats).await, committed(&town).await);
    relay.stop().await;
    drop(server);
    town.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_relay_is_well_while_it_can_publish() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut server, nats) = Server::start(folder.path()).await;
    let town = Town::start().await;
    let relay = Relay::start(&town, &nats).await;
    // Also with nothing to do.
    relay.says_it_works(true).await;
    server.kill();
    happens(&town, 1).await;
    relay.says_it_works(false).await;
    server.start_again().await;
    relay.says_it_works(true).await;
    until("what happened meanwhile is published", async || {
        published(&nats).await.len() >= committed(&town).await.len()
    })
    .await;
    relay.stop().await;
    drop(server);
    town.stop().await;
}
