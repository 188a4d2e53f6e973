//! Subscriptions: order, live delivery, filters, checkpoints, and their end.

use kurrentdb::{
    Client, Error, Position, RetryOptions, StreamPosition, StreamState, SubscribeToAllOptions,
    SubscribeToStreamOptions, Subscription, SubscriptionEvent, SubscriptionFilter,
};

use crate::support::{Store, append, event, event_of, events, number};

/// What a subscription delivers, in short.
#[derive(Debug, PartialEq)]
enum Seen {
    Confirmed,
    Event(u64),
    Checkpoint(u64),
    CaughtUp(Option<u64>),
}

async fn see(subscription: &mut Subscription) -> Seen {
    match subscription.next_subscription_event().await.expect("alive") {
        SubscriptionEvent::Confirmed(_) => Seen::Confirmed,
        SubscriptionEvent::EventAppeared(event) => Seen::Event(number(&event)),
        SubscriptionEvent::Checkpoint(position) => Seen::Checkpoint(position.commit),
        SubscriptionEvent::CaughtUp(told) => {
            let told = told.expect("with a time stamp");
            Seen::CaughtUp(told.stream_revision.or(told.position.map(|p| p.commit)))
        }
        other => panic!("unexpected: {other:?}"),
    }
}

async fn see_all(subscription: &mut Subscription, count: usize) -> Vec<Seen> {
    let mut seen = Vec::new();
    while seen.len() < count {
        seen.push(see(subscription).await);
    }
    seen
}

async fn put(client: &Client, stream: &str, numbers: std::ops::Range<u64>) {
    append(client, stream, StreamState::Any, events(numbers))
        .await
        .expect("appended");
}

fn at(position: u64) -> StreamPosition<Position> {
    StreamPosition::Position(Position {
        commit: position,
        prepare: position,
    })
}

#[tokio::test]
async fn everything_old_then_caught_up_then_live() {
    let store = Store::start().await;
    let client = store.client();
    put(&client, "a", 0..2).await;
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start);
    let mut all = client.subscribe_to_all(&options).await;
    assert_eq!(
        see_all(&mut all, 4).await,
        [
            Seen::Confirmed,
            Seen::Event(0),
            Seen::Event(1),
            Seen::CaughtUp(Some(2))
        ]
    );
    put(&client, "b", 2..3).await;
    put(&client, "a", 3..4).await;
    assert_eq!(see_all(&mut all, 2).await, [Seen::Event(2), Seen::Event(3)]);
}

#[tokio::test]
async fn a_start_position_is_exclusive() {
    let store = Store::start().await;
    let client = store.client();
    put(&client, "a", 0..3).await;
    let options = SubscribeToAllOptions::default().position(at(2));
    let mut all = client.subscribe_to_all(&options).await;
    assert_eq!(see_all(&mut all, 2).await, [Seen::Confirmed, Seen::Event(2)]);
    let options = SubscribeToStreamOptions::default().start_from(StreamPosition::Position(0));
    let mut one = client.subscribe_to_stream("a", &options).await;
    assert_eq!(
        see_all(&mut one, 4).await,
        [
            Seen::Confirmed,
            Seen::Event(1),
            Seen::Event(2),
            Seen::CaughtUp(Some(2))
        ]
    );
}

#[tokio::test]
async fn from_the_end_only_what_is_new() {
    let store = Store::start().await;
    let client = store.client();
    put(&client, "a", 0..3).await;
    let options = SubscribeToAllOptions::default().position(StreamPosition::End);
    let mut all = client.subscribe_to_all(&options).await;
    let options = SubscribeToStreamOptions::default().start_from(StreamPosition::End);
    let mut one = client.subscribe_to_stream("a", &options).await;
    assert_eq!(
        see_all(&mut all, 2).await,
        [Seen::Confirmed, Seen::CaughtUp(Some(3))]
    );
    assert_eq!(
        see_all(&mut one, 2).await,
        [Seen::Confirmed, Seen::CaughtUp(Some(2))]
    );
    put(&client, "b", 3..4).await;
    put(&client, "a", 4..5).await;
    assert_eq!(see_all(&mut all, 2).await, [Seen::Event(3), Seen::Event(4)]);
    assert_eq!(see(&mut one).await, Seen::Event(4));
}

#[tokio::test]
async fn a_stream_may_be_awaited_before_it_exists() {
    let store = Store::start().await;
    let client = store.client();
    let options = SubscribeToStreamOptions::default().start_from(StreamPosition::Start);
    let mut one = client.subscribe_to_stream("later", &options).await;
    assert_eq!(
        see_all(&mut one, 2).await,
        [Seen::Confirmed, Seen::CaughtUp(None)]
    );
    put(&client, "other", 0..1).await;
    put(&client, "later", 1..3).await;
    assert_eq!(see_all(&mut one, 2).await, [Seen::Event(1), Seen::Event(2)]);
}

#[tokio::test]
async fn a_filter_shows_how_far_it_has_looked() {
    let store = Store::start().await;
    let client = store.client();
    for number in 0..7 {
        let kind = if number == 4 { "wanted" } else { "noise" };
        let event = vec![event_of(kind, number)];
        append(&client, "s", StreamState::Any, event)
            .await
            .expect("appended");
    }
    let filter = SubscriptionFilter::on_event_type().add_prefix("wanted").max(3);
    let options = SubscribeToAllOptions::default()
        .position(StreamPosition::Start)
        .filter(filter);
    let mut all = client.subscribe_to_all(&options).await;
    assert_eq!(
        see_all(&mut all, 6).await,
        [
            Seen::Confirmed,
            Seen::Checkpoint(3),
            Seen::Event(4),
            Seen::Checkpoint(6),
            Seen::Checkpoint(7),
            Seen::CaughtUp(Some(7))
        ]
    );
    for number in 7..10 {
        append(&client, "s", StreamState::Any, vec![event(number)])
            .await
            .expect("appended");
    }
    assert_eq!(see(&mut all).await, Seen::Checkpoint(10));
}

#[tokio::test]
async fn catching_up_beyond_the_ring_leaves_no_gap() {
    let store = Store::start().await;
    let client = store.client();
    put(&client, "s", 0..700).await;
    // A restart empties the ring: the old ones must come from disk, the new ones live.
    drop(client);
    let store = store.restart().await;
    let client = store.client();
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start);
    let mut all = client.subscribe_to_all(&options).await;
    let options = SubscribeToStreamOptions::default().start_from(StreamPosition::Start);
    let mut one = client.subscribe_to_stream("s", &options).await;
    put(&client, "s", 700..1_400).await;
    for subscription in [&mut all, &mut one] {
        let mut next = 0;
        while next < 1_400 {
            let event = subscription.next().await.expect("delivered");
            assert_eq!(number(&event), next);
            next += 1;
        }
    }
}

#[tokio::test]
async fn a_slow_subscriber_is_told_and_misses_nothing() {
    let store = Store::start().await;
    let client = store.client();
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start);
    let mut all = client.subscribe_to_all(&options).await;
    assert_eq!(
        see_all(&mut all, 2).await,
        [Seen::Confirmed, Seen::CaughtUp(None)]
    );
    // More than the connection, the pages ahead and the ring can hold while nobody reads.
    let count = 40_000;
    for from in (0..count).step_by(1_000) {
        put(&client, "s", from..from + 1_000).await;
    }
    let (mut next, mut fell_behind) = (0, false);
    while next < count {
        match all.next_subscription_event().await.expect("alive") {
            SubscriptionEvent::EventAppeared(event) => {
                assert_eq!(number(&event), next);
                next += 1;
            }
            SubscriptionEvent::FellBehind(told) => {
                assert!(told.expect("with a time stamp").position.is_some());
                fell_behind = true;
            }
            other => panic!("unexpected: {other:?}"),
        }
    }
    assert!(fell_behind);
    assert_eq!(see(&mut all).await, Seen::CaughtUp(Some(count)));
}

#[tokio::test]
async fn a_position_that_was_never_given_out_is_refused() {
    let store = Store::start().await;
    let client = store.client();
    put(&client, "s", 0..3).await;
    let options = SubscribeToAllOptions::default().position(at(4));
    let mut all = client.subscribe_to_all(&options).await;
    match all.next_subscription_event().await {
        Err(Error::Grpc { code, message }) => {
            assert_eq!(format!("{code:?}"), "OutOfRange");
            assert!(message.contains("the newest is 3"), "{message}");
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn a_shutdown_ends_subscriptions_with_an_error() {
    let store = Store::start().await;
    let client = store.client();
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start);
    let mut all = client.subscribe_to_all(&options).await;
    assert_eq!(
        see_all(&mut all, 2).await,
        [Seen::Confirmed, Seen::CaughtUp(None)]
    );
    let (stopped, ended) = tokio::join!(store.stop(), all.next_subscription_event());
    drop(stopped);
    match ended {
        Err(Error::ServerError(text)) => assert!(text.contains("shutting down"), "{text}"),
        other => panic!("expected an error, got {other:?}"),
    }
}

#[tokio::test]
async fn a_subscription_that_retries_survives_a_restart() {
    let store = Store::start().await;
    let client = store.client();
    put(&client, "s", 0..3).await;
    let retry = RetryOptions::default()
        .retry_forever()
        .retry_delay(std::time::Duration::from_millis(20));
    let options = SubscribeToAllOptions::default()
        .position(StreamPosition::Start)
        .retry_options(retry);
    let mut all = client.subscribe_to_all(&options).await;
    for expected in 0..3 {
        assert_eq!(number(&all.next().await.expect("delivered")), expected);
    }
    // It must be polled for the client to notice and to come back.
    let rest = tokio::spawn(async move {
        let mut rest = Vec::new();
        while rest.len() < 3 {
            rest.push(number(&all.next().await.expect("delivered")));
        }
        rest
    });
    let store = store.restart().await;
    put(&store.client(), "s", 3..6).await;
    assert_eq!(rest.await.expect("no panic"), [3, 4, 5]);
}
