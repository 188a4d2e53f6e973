//! A reaction that keeps failing becomes a dead letter with its error, blocks nothing, and succeeds once handed back.

mod nats;

use nats::{Server, an_event, publish};
use platform::testkit::{Town, until};
use platform::{Reaction, ReactionError, react};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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
    let (server, nats) = Server::start(folder.path()).await;
    let town = Town::start().await;
    let mut context = town.context().await;
    context.nats = nats.clone();
    let shutdown = context.shutdown.clone();
    let reactor = tokio::spawn(react(context, "test-reactor", &["tip", "case"], handler));

    publish(&nats, &an_event("tip.danger_raised.v1", "tip-1", 1)).await;
    publish(&nats, &an_event("case.acknowledged.v1", "case-1", 2)).await;
    until("the case is handled", async || {
        HANDLED.load(Ordering::SeqCst) == 1
    })
    .await;
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
    until("the tip is handled", async || HANDLED.load(Ordering::SeqCst) == 2).await;
    assert_eq!(nats.dead_letters().await, Ok(vec![]));
    assert!(nats.retry_dead_letter(letter.sequence).await.is_err());

    shutdown.cancel();
    reactor.await.expect("the reactor ends");
    town.stop().await;
    drop(server);
}
