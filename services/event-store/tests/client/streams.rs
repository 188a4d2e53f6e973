//! Appending to and reading streams.

use kurrentdb::{ReadStreamOptions, StreamPosition, StreamState, SubscribeToAllOptions};

use crate::support::{Store, append, drain, events, numbers};

#[tokio::test]
async fn what_was_appended_is_read_back_in_both_directions() {
    let store = Store::start().await;
    let client = store.client();
    let written = append(&client, "tip-1", StreamState::NoStream, events(0..5))
        .await
        .expect("appended");
    assert_eq!(written.next_expected_version, 4);
    assert_eq!(written.position.commit, 5);

    let read = client.read_stream("tip-1", &ReadStreamOptions::default()).await;
    let all = drain(read.expect("readable")).await.expect("read");
    assert_eq!(numbers(&all), [0, 1, 2, 3, 4]);
    let first = all[0].get_original_event();
    assert_eq!(first.stream_id(), "tip-1");
    assert_eq!(first.event_type, "tested.v1");
    assert!(first.is_json);

    let backwards = ReadStreamOptions::default()
        .backwards()
        .position(StreamPosition::End)
        .max_count(2);
    let read = client.read_stream("tip-1", &backwards).await;
    let newest = drain(read.expect("readable")).await.expect("read");
    assert_eq!(numbers(&newest), [4, 3]);
}

#[tokio::test]
async fn a_subscription_delivers_old_and_new() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "a", StreamState::Any, events(0..3))
        .await
        .expect("appended");
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start);
    let mut all = client.subscribe_to_all(&options).await;
    let mut seen = Vec::new();
    while seen.len() < 3 {
        seen.push(all.next().await.expect("delivered"));
    }
    append(&client, "b", StreamState::Any, events(3..5))
        .await
        .expect("appended");
    while seen.len() < 5 {
        seen.push(all.next().await.expect("delivered"));
    }
    assert_eq!(numbers(&seen), [0, 1, 2, 3, 4]);
}
