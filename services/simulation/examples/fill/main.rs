//! Writes a long history into the folder of an event store: `fill FOLDER FACTS`. A year of the whole city is simulated; its tips and
//! cases are then there as often as it takes, each time with ids of their own, as those of a city that is so much larger.

mod copies;

use copies::Copies;
use decider::encode;
use directory_domain::DirectoryEvent;
use event_store::{Config, Engine, Expected, Proposed};
use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::Actor;
use platform::{Metadata, NewEvent, event_id};
use simulation::{Settings, history};
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

const SEED: u64 = 11;
/// Enough for everything that happens in a year to happen to somebody.
const TIPS: usize = 600;
/// Appends that wait for the disk at once. They are committed in the order in which they are submitted.
const WINDOW: usize = 1024;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map(PathBuf::from).expect("a folder");
    let facts = arguments.next().and_then(|facts| facts.parse().ok());
    let facts: usize = facts.expect("how many facts, e.g. 1000000");
    let settings = Settings {
        tips: TIPS,
        look_every: SignedDuration::from_hours(24 * 30),
        ..Settings::default()
    };
    eprintln!("simulating a year of {TIPS} tips");
    let year = history(SEED, settings);
    let copies = Copies::of(&year, facts);
    eprintln!(
        "{} facts of a year, its chains {} times",
        year.len(),
        copies.times()
    );
    let config = Config {
        data_dir: folder,
        ..Config::default()
    };
    let (engine, _) = Engine::open(&config).expect("a store");
    let written = written(&engine, copies).await;
    stands_at(&engine, year.last().expect("a fact").metadata.at).await;
    engine.close();
    eprintln!("\n{written} facts written");
}

async fn written(engine: &Engine, copies: Copies<'_>) -> u64 {
    let appends = copies.map(|append| async move {
        let events = append.events.iter().map(proposed).collect();
        let expected = match append.revision {
            0 => Expected::NoStream,
            revision => Expected::Revision(revision - 1),
        };
        let written = engine.append(Arc::from(append.stream), expected, events).await;
        written.expect("committed").position.expect("a position")
    });
    let mut positions = futures::stream::iter(appends).buffered(WINDOW);
    let mut last = 0;
    while let Some(position) = positions.next().await {
        assert!(position > last, "committed in another order than submitted");
        if position / 50_000 > last / 50_000 {
            eprint!("\r{position} facts");
        }
        last = position;
    }
    last
}

/// Whoever serves this store by a simulated clock finds it at the end of the year: years later everything would be late.
async fn stands_at(engine: &Engine, end: Timestamp) {
    let command_id = Uuid::from_u128(1);
    let seconds = end.duration_since(Timestamp::now()).as_secs();
    let (name, data) = encode(&DirectoryEvent::ClockAdvanced { seconds });
    let metadata = Metadata {
        correlation: command_id,
        causation: command_id,
        command_id,
        at: end,
        actor: Actor::system("bench/fill"),
        traceparent: None,
        previous: None,
    };
    let id = event_id(end, command_id, 0);
    let event = NewEvent {
        id,
        name,
        data,
        metadata,
    };
    let moved = engine.append(
        "clock-simulated".into(),
        Expected::NoStream,
        vec![proposed(&event)],
    );
    moved.await.expect("committed");
}

/// As the store's client sends it.
fn proposed(event: &NewEvent) -> Proposed {
    Proposed {
        id: event.id,
        kind: event.name.clone(),
        json: true,
        metadata: serde_json::to_vec(&event.metadata).expect("JSON").into(),
        data: serde_json::to_vec(&event.data).expect("JSON").into(),
    }
}
