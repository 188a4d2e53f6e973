//! Measures how long a ledger takes to be built from nothing: `rebuild EVENTS` writes so many facts and reads them back.

use case_domain::samples as case_facts;
use decider::{StoredEvent, encode};
use disposal_domain::samples as disposal_facts;
use event_store::{Config, EventStore};
use futures::StreamExt;
use jiff::Timestamp;
use jurisdiction::Actor;
use ledger::Rebuild;
use platform::{Expected, Metadata, NewEvent, Store, event_id};
use std::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const CALLERS: usize = 16;

#[tokio::main]
async fn main() {
    let events = std::env::args().nth(1).and_then(|events| events.parse().ok());
    let events: usize = events.expect("how many events, e.g. 1000000");
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data_dir: folder.path().join("store"),
        ..Config::default()
    };
    let opened = EventStore::open(&config).expect("a store");
    let listener = opened.bind().await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let stop = CancellationToken::new();
    let served = tokio::spawn(opened.serve_on(listener, stop.clone().cancelled_owned()));
    let store = Store::new(&format!("kurrentdb://127.0.0.1:{port}?tls=false"));
    written(&store, events).await;
    let begun = Instant::now();
    let mut rebuild = Rebuild::begin(&store, &folder.path().join("ledger.sqlite")).expect("a ledger");
    rebuild.take_everything(|_| {}).await.expect("rebuilt");
    let seconds = begun.elapsed().as_secs_f64();
    let facts = rebuild.facts().expect("a count");
    let row = serde_json::json!({
        "name": format!("ledger: rebuilt from {facts} facts"),
        "seconds": seconds,
        "per_second": facts as f64 / seconds,
    });
    println!("{row}");
    drop(rebuild);
    drop(store);
    stop.cancel();
    served.await.expect("no panic").expect("a clean end");
}

/// Cases with everything that can happen to one, and their disposals.
async fn written(store: &Store, events: usize) {
    let each = case_facts().len() + disposal_facts().len();
    let cases = 0..events.div_ceil(each) as u128;
    futures::stream::iter(cases)
        .for_each_concurrent(CALLERS, |number| async move {
            let id = Uuid::from_u128(number + 1);
            append(store, &format!("case-{id}"), number * 2 + 1, &case_facts()).await;
            append(
                store,
                &format!("disposal-{id}"),
                number * 2 + 2,
                &disposal_facts(),
            )
            .await;
        })
        .await;
}

async fn append<E: StoredEvent>(store: &Store, stream: &str, command: u128, facts: &[E]) {
    let command_id = Uuid::from_u128(command);
    let at: Timestamp = "2020-06-01T01:00:00Z".parse().expect("a timestamp");
    let new = |(index, fact): (usize, &E)| {
        let (name, data) = encode(fact);
        NewEvent {
            id: event_id(at, command_id, index),
            name,
            data,
            metadata: Metadata {
                correlation: command_id,
                causation: command_id,
                command_id,
                at,
                actor: Actor::system("bench/seed"),
                traceparent: None,
                previous: None,
            },
        }
    };
    let events = facts.iter().enumerate().map(new).collect();
    let appended = store.append(stream, Expected::NoStream, events).await;
    appended.expect("committed");
}
