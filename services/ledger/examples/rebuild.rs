//! Measures how long a ledger takes to be built from nothing: `rebuild FOLDER` reads the store in that folder (see the simulation's
//! `fill`).

use event_store::{Config, EventStore};
use ledger::Rebuild;
use platform::Store;
use std::path::PathBuf;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

const TOLD_EVERY: u64 = 50_000;

#[tokio::main]
async fn main() {
    let data_dir = std::env::args().nth(1).map(PathBuf::from).expect("a folder");
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data_dir,
        ..Config::default()
    };
    let opened = EventStore::open(&config).expect("a store");
    let listener = opened.bind().await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let stop = CancellationToken::new();
    let served = tokio::spawn(opened.serve_on(listener, stop.clone().cancelled_owned()));
    let store = Store::new(&format!("kurrentdb://127.0.0.1:{port}?tls=false"));
    let folder = tempfile::tempdir().expect("a folder");
    let begun = Instant::now();
    let mut rebuild = Rebuild::begin(&store, &folder.path().join("ledger.sqlite")).expect("a ledger");
    let mut told = 0;
    let tell = |position| {
        if position >= told + TOLD_EVERY {
            told = position;
            eprint!("\rledger: up to position {position}");
        }
    };
    rebuild.take_everything(tell).await.expect("rebuilt");
    let seconds = begun.elapsed().as_secs_f64();
    let facts = rebuild.facts().expect("a count");
    eprintln!("\rledger: {facts} facts in {seconds:.1} s");
    let row = serde_json::json!({
        "name": format!("ledger: built from nothing, {facts} facts"),
        "callers": 1,
        "seconds": seconds,
        "per_second": facts as f64 / seconds,
    });
    println!("{row}");
    drop(rebuild);
    drop(store);
    stop.cancel();
    served.await.expect("no panic").expect("a clean end");
}
