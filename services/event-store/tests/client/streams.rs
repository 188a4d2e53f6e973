//! Appending to and reading streams and $all.

use kurrentdb::{
    Error, EventData, Position, ReadAllOptions, ReadEvent, ReadStreamOptions, StreamPosition, StreamState,
    SubscriptionFilter,
};

use crate::support::{Store, append, drain, event_of, events, id, number, numbers, read_stream};

#[tokio::test]
async fn what_was_appended_is_read_back_in_both_directions() {
    let store = Store::start().await;
    let client = store.client();
    let written = append(&client, "tip-1", StreamState::NoStream, events(0..5))
        .await
        .expect("appended");
    assert_eq!(written.next_expected_version, 4);
    assert_eq!(
        written.position,
        Position {
            commit: 5,
            prepare: 5
        }
    );

    let all = read_stream(&client, "tip-1").await.expect("read");
    assert_eq!(numbers(&all), [0, 1, 2, 3, 4]);
    let backwards = ReadStreamOptions::default()
        .backwards()
        .position(StreamPosition::End)
        .max_count(2);
    let read = client.read_stream("tip-1", &backwards).await;
    let newest = drain(read.expect("readable")).await.expect("read");
    assert_eq!(numbers(&newest), [4, 3]);
}

#[tokio::test]
async fn every_field_of_an_event_survives() {
    let store = Store::start().await;
    let client = store.client();
    let (first, second) = (id(), id());
    let json = EventData::json("案件.v1", &serde_json::json!({"地址": "河西路 3 号"}))
        .expect("JSON")
        .id(first)
        .metadata_as_json(&serde_json::json!({"$correlationId": "x"}))
        .expect("JSON");
    let binary = EventData::binary("blob.v1", vec![0, 159, 146, 150].into()).id(second);
    append(&client, "举报-1", StreamState::Any, vec![json, binary])
        .await
        .expect("appended");

    let all = read_stream(&client, "举报-1").await.expect("read");
    let (json, binary) = (all[0].get_original_event(), all[1].get_original_event());
    assert_eq!((json.id, binary.id), (first, second));
    assert_eq!(json.stream_id(), "举报-1");
    assert_eq!(json.event_type, "案件.v1");
    assert_eq!(json.custom_metadata.as_ref(), br#"{"$correlationId":"x"}"#);
    assert!(json.is_json && !binary.is_json);
    assert_eq!(binary.data.as_ref(), [0, 159, 146, 150]);
    assert_eq!((json.revision, binary.revision), (0, 1));
    assert_eq!((json.position.commit, binary.position.commit), (1, 2));
    assert!(json.created.timestamp() > 1_600_000_000);
    assert!(json.created <= binary.created);
}

#[tokio::test]
async fn reads_start_inclusive_and_stop_at_the_count() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "s", StreamState::Any, events(0..10))
        .await
        .expect("appended");
    let cases = [
        (ReadStreamOptions::default().forwards(), 4, 3, vec![4, 5, 6]),
        (ReadStreamOptions::default().backwards(), 4, 3, vec![4, 3, 2]),
        (ReadStreamOptions::default().backwards(), 1, 9, vec![1, 0]),
        (ReadStreamOptions::default().forwards(), 9, 9, vec![9]),
        (ReadStreamOptions::default().forwards(), 10, 9, vec![]),
        (ReadStreamOptions::default().backwards(), 99, 1, vec![9]),
    ];
    for (options, from, count, expected) in cases {
        let options = options.position(StreamPosition::Position(from)).max_count(count);
        let read = client.read_stream("s", &options).await.expect("readable");
        assert_eq!(numbers(&drain(read).await.expect("read")), expected);
    }
}

#[tokio::test]
async fn more_than_a_page_is_read_without_a_gap() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "other", StreamState::Any, events(0..7))
        .await
        .expect("appended");
    append(&client, "long", StreamState::Any, events(0..1_300))
        .await
        .expect("appended");
    let forwards: Vec<u64> = (0..1_300).collect();
    let backwards: Vec<u64> = (0..1_300).rev().collect();
    let all = read_stream(&client, "long").await.expect("read");
    assert_eq!(numbers(&all), forwards);
    let options = ReadStreamOptions::default()
        .backwards()
        .position(StreamPosition::End);
    let read = client.read_stream("long", &options).await;
    let all = drain(read.expect("readable")).await.expect("read");
    assert_eq!(numbers(&all), backwards);
    let options = ReadAllOptions::default().position(StreamPosition::Position(Position {
        commit: 8,
        prepare: 8,
    }));
    let read = client.read_all(&options).await.expect("readable");
    assert_eq!(numbers(&drain(read).await.expect("read")), forwards);
    let options = ReadAllOptions::default()
        .backwards()
        .position(StreamPosition::End)
        .max_count(1_301);
    let read = client.read_all(&options).await.expect("readable");
    let all = drain(read).await.expect("read");
    assert_eq!(numbers(&all[..1_300]), backwards);
    assert_eq!(all[1_300].get_original_event().stream_id(), "other");
}

#[tokio::test]
async fn a_stream_read_tells_where_the_stream_ends() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "s", StreamState::Any, events(0..10))
        .await
        .expect("appended");
    let options = ReadStreamOptions::default().position(StreamPosition::Start);
    let mut read = client.read_stream("s", &options).await.expect("readable");
    let mut end = None;
    while let Some(event) = read.next_read_event().await.expect("read") {
        if let ReadEvent::LastStreamPosition(revision) = event {
            end = Some(revision);
        }
    }
    assert_eq!(end, Some(9));
}

#[tokio::test]
async fn a_stream_that_does_not_exist_is_not_found() {
    let store = Store::start().await;
    let client = store.client();
    let options = ReadStreamOptions::default();
    let mut read = client.read_stream("s", &options).await.expect("readable");
    assert!(matches!(read.next().await, Err(Error::ResourceNotFound)));
    let read = client.read_all(&ReadAllOptions::default()).await;
    assert!(drain(read.expect("readable")).await.expect("read").is_empty());
}

#[tokio::test]
async fn reads_of_everything_can_be_filtered() {
    let store = Store::start().await;
    let client = store.client();
    for (stream, kind, number) in [
        ("tip-1", "tip.received.v1", 0),
        ("case-1", "case.opened.v1", 1),
        ("tip-2", "tip.accepted.v1", 2),
        ("tip-2", "$internal", 3),
    ] {
        append(&client, stream, StreamState::Any, vec![event_of(kind, number)])
            .await
            .expect("appended");
    }
    let by_type = SubscriptionFilter::on_event_type;
    let by_stream = SubscriptionFilter::on_stream_name;
    let cases = [
        (by_type().add_prefix("tip."), vec![0, 2]),
        (by_type().add_prefix("tip.r").add_prefix("case"), vec![0, 1]),
        (by_type().regex("^.*received.*$"), vec![0]),
        (by_type().regex("^(?!tip)"), vec![1, 3]),
        (by_type().exclude_system_events(), vec![0, 1, 2]),
        (by_stream().add_prefix("tip-"), vec![0, 2, 3]),
        (by_stream().regex("-1$"), vec![0, 1]),
    ];
    for (filter, expected) in cases {
        let options = ReadAllOptions::default().filter(filter.clone());
        let read = client.read_all(&options).await.expect("readable");
        let found = drain(read).await.expect("read");
        assert_eq!(numbers(&found), expected, "{filter:?}");
    }
    // The count is of events found, however many have to be looked at.
    let options = ReadAllOptions::default()
        .backwards()
        .position(StreamPosition::End)
        .filter(by_type().add_prefix("tip."))
        .max_count(1);
    let read = client.read_all(&options).await.expect("readable");
    assert_eq!(numbers(&drain(read).await.expect("read")), [2]);
}

#[tokio::test]
async fn an_invalid_filter_is_refused_before_the_first_message() {
    let store = Store::start().await;
    let client = store.client();
    let filter = SubscriptionFilter::on_event_type().regex("(");
    let options = ReadAllOptions::default().filter(filter);
    let Err(Error::Grpc { code, .. }) = client.read_all(&options).await else {
        panic!("an invalid expression was accepted");
    };
    assert_eq!(code, kurrentdb_code("InvalidArgument"));
}

/// The client's status codes come from another version of the transport than ours.
fn kurrentdb_code<C: std::fmt::Debug + From<i32>>(name: &str) -> C {
    (0..17)
        .map(C::from)
        .find(|code: &C| format!("{code:?}") == name)
        .expect("a known code")
}

#[tokio::test]
async fn an_empty_append_writes_nothing() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "s", StreamState::NoStream, Vec::new())
        .await
        .expect("accepted");
    assert_eq!(store.engine.head(), 0);
    append(&client, "s", StreamState::NoStream, events(0..1))
        .await
        .expect("appended");
    assert_eq!(store.engine.head(), 1);
}

#[tokio::test]
async fn history_survives_a_restart() {
    let store = Store::start().await;
    let client = store.client();
    append(&client, "s", StreamState::NoStream, events(0..3))
        .await
        .expect("appended");
    drop(client);
    let store = store.restart().await;
    let client = store.client();
    let written = append(&client, "s", StreamState::StreamRevision(2), events(3..4))
        .await
        .expect("appended");
    assert_eq!(written.position.commit, 4);
    let read = client.read_all(&ReadAllOptions::default()).await;
    let all = drain(read.expect("readable")).await.expect("read");
    assert_eq!(all.iter().map(number).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[tokio::test]
async fn many_clients_at_once_leave_no_gap() {
    let store = Store::start().await;
    let writers: Vec<_> = (0..8_u64)
        .map(|writer| {
            let client = store.client();
            tokio::spawn(async move {
                for number in 0..25 {
                    let stream = format!("s-{writer}");
                    append(&client, &stream, StreamState::Any, events(number..number + 1))
                        .await
                        .expect("appended");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("no panic");
    }
    let client = store.client();
    let read = client.read_all(&ReadAllOptions::default()).await;
    let all = drain(read.expect("readable")).await.expect("read");
    let positions: Vec<u64> = all
        .iter()
        .map(|event| event.get_original_event().position.commit)
        .collect();
    assert_eq!(positions, (1..=200).collect::<Vec<u64>>());
}
