//! A reaction that keeps failing becomes a dead letter with its error, blocks nothing, and succeeds once handed back.

use platform::testkit::Town;
use platform::{EVENTS, Nats, Reaction, ReactionError, Recorded, react, subject_of};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);
static BROKEN: AtomicBool = AtomicBool::new(true);
static HANDLED: AtomicUsize = AtomicUsize::new(0);

/// Fails on tips for as long as it is broken; everything else is fine.
async fn handler(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    if reaction.event.name.starts_with("tip.") && BROKEN.load(Ordering::SeqCst) {
        return Err(ReactionError::Failed("无法处理".to_owned()));
    }
    HANDLED.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_letter_blocks_nothing_and_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut server, nats) = nats_server(folder.path()).await;
    let town = Town::start().await;
    let mut context = town.context().await;
    context.nats = nats.clone();
    let shutdown = context.shutdown.clone();
    let reactor = tokio::spawn(react(context, "test-reactor", handler));

    publish(&nats, &an_event("tip.danger_raised.v1", "tip-1", 1)).await;
    publish(&nats, &an_event("case.acknowledged.v1", "case-1", 2)).await;
    until(async || HANDLED.load(Ordering::SeqCst) == 1).await;
    let letters = nats.dead_letters().await.expect("letters");
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(
        (letter.durable.as_str(), letter.event.as_str()),
        ("test-reactor", "tip.danger_raised.v1")
    );
    assert_eq!(
        (letter.stream.as_str(), letter.error.as_str()),
        ("tip-1", "无法处理")
    );

    let broker = nats.broker().await.expect("the broker answers");
    assert_eq!(broker.published, Some(2));
    let places: Vec<_> = broker
        .consumers
        .iter()
        .map(|one| (one.durable.as_str(), one.waiting))
        .collect();
    assert_eq!(places, [("test-reactor", 0)]);

    BROKEN.store(false, Ordering::SeqCst);
    nats.retry_dead_letter(letter.sequence)
        .await
        .expect("handed back");
    until(async || HANDLED.load(Ordering::SeqCst) == 2).await;
    assert_eq!(nats.dead_letters().await, Ok(vec![]));
    assert!(nats.retry_dead_letter(letter.sequence).await.is_err());

    shutdown.cancel();
    reactor.await.expect("the reactor ends");
    town.stop().await;
    server.kill().expect("the server stops");
    server.wait().expect("the server is gone");
}

fn an_event(name: &str, stream: &str, position: u64) -> Recorded {
    let id = uuid::Uuid::from_u128(position.into());
    let metadata = serde_json::json!({
        "$correlationId": id, "$causationId": id, "command_id": id,
        "at": "2020-06-01T00:00:00Z", "actor": { "kind": "citizen" },
    });
    Recorded {
        id,
        stream: stream.to_owned(),
        revision: 0,
        position,
        name: name.to_owned(),
        data: serde_json::json!({}),
        metadata: serde_json::from_value(metadata).expect("metadata"),
    }
}

async fn publish(nats: &Nats, event: &Recorded) {
    nats.stream(EVENTS).await.expect("the stream");
    let (headers, body) = event.to_message();
    let sent = nats
        .jetstream
        .publish_with_headers(subject_of(&event.name), headers, body.into())
        .await;
    sent.expect("published").await.expect("acknowledged");
}

/// A real server on a free port, in a folder of its own.
async fn nats_server(folder: &std::path::Path) -> (Child, Nats) {
    let address = free_address();
    let server = Command::new(program())
        .args(["-a", "127.0.0.1", "-p", &address.port().to_string(), "-js", "-sd"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("nats-server starts");
    assert!(
        platform::wait_for_port(address, LIMIT).await,
        "nats-server listens"
    );
    (
        server,
        Nats::connect(&format!("nats://{address}"))
            .await
            .expect("an address"),
    )
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address")
}

fn program() -> PathBuf {
    let own = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../.tools/bin/nats-server"
    ));
    if own.is_file() {
        own
    } else {
        PathBuf::from("nats-server")
    }
}

async fn until(condition: impl AsyncFn() -> bool) {
    let waiting = async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(LIMIT, waiting)
        .await
        .expect("it happens in time");
}
