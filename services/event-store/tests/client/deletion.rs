//! Deleting and tombstoning: refused by default, exact where allowed.

use std::time::Duration;

use kurrentdb::{
    AppendToStreamOptions, Client, DeleteStreamOptions, Error, Position, ReadStreamOptions,
    StreamMetadataBuilder, StreamPosition, StreamState, SubscribeToStreamOptions, TombstoneStreamOptions,
};

use crate::support::{Store, append, drain, events, numbers};

async fn delete(client: &Client) -> kurrentdb::Result<Option<Position>> {
    client.delete_stream("s", &DeleteStreamOptions::default()).await
}

async fn tombstone(client: &Client) -> kurrentdb::Result<Option<Position>> {
    client
        .tombstone_stream("s", &TombstoneStreamOptions::default())
        .await
}

async fn allowed() -> (Store, Client) {
    let store = Store::with(|config| config.allow_deletion = true).await;
    let client = store.client();
    append(&client, "s", StreamState::NoStream, events(0..3))
        .await
        .expect("appended");
    (store, client)
}

#[tokio::test]
async fn by_default_nothing_can_be_deleted() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "s", StreamState::NoStream, events(0..3))
        .await
        .expect("appended");
    let deleted = delete(&client).await;
    assert!(matches!(deleted, Err(Error::AccessDenied)));
    let ended = tombstone(&client).await;
    assert!(matches!(ended, Err(Error::AccessDenied)));
    // Nor hidden, which is the same by another name.
    for hiding in [
        StreamMetadataBuilder::new().max_count(1),
        StreamMetadataBuilder::new().truncate_before(2),
        StreamMetadataBuilder::new().max_age(Duration::from_secs(1)),
    ] {
        let options = AppendToStreamOptions::default();
        let hidden = client.set_stream_metadata("s", &options, &hiding.build()).await;
        assert!(matches!(hidden, Err(Error::AccessDenied)), "{hidden:?}");
    }
    assert_eq!(store.engine.head(), 3);
}

#[tokio::test]
async fn a_deleted_stream_is_gone_until_it_is_written_again() {
    let (_store, client) = allowed().await;
    let position = delete(&client).await.expect("deleted");
    assert_eq!(position.map(|position| position.commit), Some(4));
    let mut read = client
        .read_stream("s", &ReadStreamOptions::default())
        .await
        .expect("readable");
    assert!(matches!(read.next().await, Err(Error::ResourceNotFound)));
    let exists = append(&client, "s", StreamState::StreamExists, events(3..4)).await;
    assert!(matches!(exists, Err(Error::WrongExpectedVersion { .. })));
    // Numbering goes on, so that no revision ever means two events.
    let written = append(&client, "s", StreamState::NoStream, events(3..5))
        .await
        .expect("appended");
    assert_eq!(written.next_expected_version, 4);
    let read = client
        .read_stream("s", &ReadStreamOptions::default())
        .await
        .expect("readable");
    assert_eq!(numbers(&drain(read).await.expect("read")), [3, 4]);
}

#[tokio::test]
async fn a_tombstoned_stream_is_gone_for_ever() {
    let (store, client) = allowed().await;
    tombstone(&client).await.expect("tombstoned");
    let deleted = |error| matches!(error, Err(Error::ResourceDeleted));
    let read = client.read_stream("s", &ReadStreamOptions::default()).await;
    assert!(deleted(read.map(drop)), "the call itself must fail");
    for expected in [StreamState::Any, StreamState::NoStream] {
        let written = append(&client, "s", expected, events(3..4)).await;
        assert!(deleted(written.map(drop)));
    }
    let again = delete(&client).await;
    assert!(deleted(again.map(drop)));
    let options = SubscribeToStreamOptions::default().start_from(StreamPosition::Start);
    let mut one = client.subscribe_to_stream("s", &options).await;
    assert!(deleted(one.next_subscription_event().await.map(drop)));
    // Also after a restart.
    let store = store.restart().await;
    let written = append(&store.client(), "s", StreamState::Any, events(3..4)).await;
    assert!(deleted(written.map(drop)));
}

#[tokio::test]
async fn a_subscriber_learns_of_a_tombstone() {
    let (_store, client) = allowed().await;
    let options = SubscribeToStreamOptions::default().start_from(StreamPosition::Start);
    let mut one = client.subscribe_to_stream("s", &options).await;
    for _ in 0..3 {
        one.next().await.expect("delivered");
    }
    tombstone(&client).await.expect("tombstoned");
    assert!(matches!(one.next().await, Err(Error::ResourceDeleted)));
}

#[tokio::test]
async fn a_deletion_checks_its_expectation() {
    let (store, client) = allowed().await;
    let wrong = DeleteStreamOptions::default().stream_state(StreamState::StreamRevision(7));
    match client.delete_stream("s", &wrong).await {
        Err(Error::Grpc { message, .. }) => assert_eq!(
            message,
            "Delete failed due to WrongExpectedVersion. Stream: s, Expected version: 7, \
             Actual version: 2"
        ),
        other => panic!("expected a refusal, got {other:?}"),
    }
    assert_eq!(store.engine.head(), 3);
}
