//! A reactor hears of the categories that something follows from, in order, and of nothing else.

mod nats;

use async_nats::jetstream::consumer::pull;
use futures::StreamExt;
use nats::{Server, an_event, publish};
use platform::testkit::{Town, until};
use platform::{EVENTS, Nats, Reaction, ReactionError, react};
use std::sync::{Arc, Mutex};

const FACTS: [(&str, &str); 5] = [
    ("tip.danger_raised.v1", "tip-1"),
    ("accountability.clock_stopped.v1", "accountability-1"),
    ("case.acknowledged.v1", "case-1"),
    ("tip.danger_raised.v1", "tip-2"),
    ("accountability.clock_stopped.v1", "accountability-2"),
];

async fn published(nats: &Nats, facts: &[(&str, &str)], from: u64) {
    for ((name, stream), position) in facts.iter().zip(from..) {
        publish(nats, &an_event(name, stream, position)).await;
    }
}

/// What a reactor of that name hears until it has heard of the last.
async fn heard_until(town: &Town, nats: &Nats, last: u64) -> Vec<u64> {
    let mut context = town.context().await;
    context.nats = nats.clone();
    let shutdown = context.shutdown.clone();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&heard);
    let handler = async move |reaction: Reaction<'_>| -> Result<(), ReactionError> {
        list.lock().expect("a list").push(reaction.event.position);
        Ok(())
    };
    let reactor = tokio::spawn(react(context, "hearing", &["tip", "case"], handler));
    until("the last is heard", async || {
        heard.lock().expect("a list").last() == Some(&last)
    })
    .await;
    shutdown.cancel();
    reactor.await.expect("the reactor ends");
    let heard = heard.lock().expect("a list");
    heard.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nothing_follows_from_is_not_even_delivered() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, nats) = Server::start(folder.path()).await;
    let town = Town::start().await;
    published(&nats, &FACTS, 1).await;
    assert_eq!(heard_until(&town, &nats, 4).await, [1, 3, 4]);
    // It goes on where it stood.
    published(&nats, &FACTS, 6).await;
    assert_eq!(heard_until(&town, &nats, 9).await, [6, 8, 9]);
    drop(server);
    town.stop().await;
}

/// Earlier versions of this program heard everything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consumer_that_heard_everything_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, nats) = Server::start(folder.path()).await;
    let town = Town::start().await;
    published(&nats, &FACTS, 1).await;
    let stream = nats.stream(EVENTS).await.expect("the stream");
    let earlier = pull::Config {
        durable_name: Some("hearing".to_owned()),
        filter_subject: "mingcha.event.>".to_owned(),
        max_ack_pending: 1,
        ack_wait: std::time::Duration::from_secs(30),
        ..pull::Config::default()
    };
    let consumer = stream.create_consumer(earlier).await.expect("a consumer");
    for _ in 0..2 {
        let mut one = consumer
            .fetch()
            .max_messages(1)
            .messages()
            .await
            .expect("messages");
        let message = one.next().await.expect("a message").expect("a message");
        message.double_ack().await.expect("acknowledged");
    }
    assert_eq!(heard_until(&town, &nats, 4).await, [3, 4]);
    drop(server);
    town.stop().await;
}
