//! Expected revisions, and requests that are repeated.

use kurrentdb::{Client, CurrentRevision, Error, EventData, StreamState, WriteResult};

use crate::support::{Store, append, event, events};

/// The stream's end and the expectation in a refusal.
fn refused(result: kurrentdb::Result<WriteResult>) -> (Option<u64>, String) {
    match result {
        Err(Error::WrongExpectedVersion { current, expected }) => {
            let current = match current {
                CurrentRevision::Current(revision) => Some(revision),
                CurrentRevision::NoStream => None,
            };
            (current, format!("{expected:?}"))
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn revision_of(client: &Client, expected: StreamState, events: Vec<EventData>) -> u64 {
    append(client, "s", expected, events)
        .await
        .expect("appended")
        .next_expected_version
}

#[tokio::test]
async fn each_expectation_is_checked() {
    let store = Store::start().await;
    let client = store.client();
    let revision = StreamState::StreamRevision;
    let refuse = |expected| {
        let client = client.clone();
        async move { refused(append(&client, "s", expected, vec![event(0)]).await) }
    };
    assert_eq!(refuse(revision(0)).await, (None, "StreamRevision(0)".into()));
    assert_eq!(
        refuse(StreamState::StreamExists).await,
        (None, "StreamExists".into())
    );
    assert_eq!(revision_of(&client, StreamState::NoStream, events(0..2)).await, 1);
    assert_eq!(refuse(StreamState::NoStream).await, (Some(1), "NoStream".into()));
    assert_eq!(refuse(revision(0)).await, (Some(1), "StreamRevision(0)".into()));
    assert_eq!(refuse(revision(2)).await, (Some(1), "StreamRevision(2)".into()));
    assert_eq!(revision_of(&client, revision(1), events(2..3)).await, 2);
    assert_eq!(
        revision_of(&client, StreamState::StreamExists, events(3..4)).await,
        3
    );
    assert_eq!(revision_of(&client, StreamState::Any, events(4..5)).await, 4);
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer_and_writes_nothing() {
    let store = Store::start().await;
    let client = store.client();
    let revision = StreamState::StreamRevision;
    let requests = [
        (StreamState::NoStream, events(0..2)),
        (revision(1), events(2..4)),
        (StreamState::Any, events(4..6)),
        (StreamState::StreamExists, events(6..7)),
    ];
    let mut answers = Vec::new();
    for (expected, events) in requests.clone() {
        answers.push(append(&client, "s", expected, events).await.expect("appended"));
    }
    for ((expected, events), first) in requests.into_iter().zip(answers) {
        let again = append(&client, "s", expected, events).await;
        let again = again.expect("repeated");
        assert_eq!(again.next_expected_version, first.next_expected_version);
        assert_eq!(again.position, first.position);
    }
    assert_eq!(store.engine.head(), 7);
}

#[tokio::test]
async fn a_partial_repetition_is_refused() {
    let store = Store::start().await;
    let client = store.client();
    let first = events(0..2);
    append(&client, "s", StreamState::NoStream, first.clone())
        .await
        .expect("appended");
    for expected in [StreamState::NoStream, StreamState::Any, StreamState::StreamExists] {
        let mixed = vec![first[0].clone(), event(9)];
        refused(append(&client, "s", expected, mixed).await);
    }
    let longer = vec![first[0].clone(), first[1].clone(), event(9)];
    refused(append(&client, "s", StreamState::NoStream, longer).await);
    let swapped = vec![first[1].clone(), first[0].clone()];
    refused(append(&client, "s", StreamState::NoStream, swapped).await);
    assert_eq!(store.engine.head(), 2);
}

#[tokio::test]
async fn the_same_id_in_another_stream_is_another_event() {
    let store = Store::start().await;
    let client = store.client();
    let same = events(0..1);
    for stream in ["a", "b"] {
        append(&client, stream, StreamState::Any, same.clone())
            .await
            .expect("appended");
    }
    assert_eq!(store.engine.head(), 2);
}

#[tokio::test]
async fn of_two_writers_with_one_expectation_one_wins() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "s", StreamState::NoStream, events(0..1))
        .await
        .expect("appended");
    for round in 0..20 {
        let expected = StreamState::StreamRevision(round);
        let (left, right) = tokio::join!(
            append(&client, "s", expected, vec![event(1)]),
            append(&client, "s", expected, vec![event(2)]),
        );
        assert!(left.is_ok() != right.is_ok(), "{left:?} and {right:?}");
    }
    assert_eq!(store.engine.head(), 21);
}
