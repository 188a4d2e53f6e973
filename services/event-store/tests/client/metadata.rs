//! Stream metadata: stored, returned, and honoured by reads.

use std::time::Duration;

use kurrentdb::{
    Acl, AppendToStreamOptions, Client, ReadEvent, ReadStreamOptions, StreamAclBuilder, StreamMetadata,
    StreamMetadataBuilder, StreamMetadataResult, StreamPosition, StreamState,
};

use crate::support::{Store, append, drain, events, number, numbers};

async fn set(client: &Client, metadata: &StreamMetadata) {
    client
        .set_stream_metadata("s", &AppendToStreamOptions::default(), metadata)
        .await
        .expect("set");
}

async fn read(client: &Client, options: ReadStreamOptions) -> Vec<u64> {
    let read = client.read_stream("s", &options).await.expect("readable");
    numbers(&drain(read).await.expect("read"))
}

#[tokio::test]
async fn metadata_comes_back_as_it_was_set() {
    let store = Store::with(|config| config.allow_deletion = true).await;
    let client = store.client();
    let options = ReadStreamOptions::default();
    let none = client.get_stream_metadata("s", &options).await;
    assert!(none.expect("readable").is_not_found());
    let acl = StreamAclBuilder::new().add_read_roles("inspector").build();
    let metadata = StreamMetadataBuilder::new()
        .max_count(7)
        .max_age(Duration::from_secs(60))
        .truncate_before(2)
        .acl(Acl::Stream(acl))
        .insert_custom_property("mine", 5)
        .build();
    set(&client, &metadata).await;
    let found = client.get_stream_metadata("s", &options).await;
    let Ok(StreamMetadataResult::Success(found)) = found else {
        panic!("no metadata: {found:?}");
    };
    assert_eq!(found.metadata(), &metadata);
    assert_eq!(found.version(), 0);
}

#[tokio::test]
async fn a_maximum_count_shows_the_newest() {
    let store = Store::with(|config| config.allow_deletion = true).await;
    let client = store.client();
    append(&client, "s", StreamState::Any, events(0..10))
        .await
        .expect("appended");
    set(&client, &StreamMetadataBuilder::new().max_count(3).build()).await;
    assert_eq!(read(&client, ReadStreamOptions::default()).await, [7, 8, 9]);
    let backwards = ReadStreamOptions::default()
        .backwards()
        .position(StreamPosition::End);
    assert_eq!(read(&client, backwards).await, [9, 8, 7]);
    append(&client, "s", StreamState::StreamRevision(9), events(10..11))
        .await
        .expect("appended");
    assert_eq!(read(&client, ReadStreamOptions::default()).await, [8, 9, 10]);
}

#[tokio::test]
async fn a_truncation_hides_the_oldest_and_the_reader_is_told() {
    let store = Store::with(|config| config.allow_deletion = true).await;
    let client = store.client();
    append(&client, "s", StreamState::Any, events(0..6))
        .await
        .expect("appended");
    let metadata = StreamMetadataBuilder::new().truncate_before(4).build();
    set(&client, &metadata).await;
    let options = ReadStreamOptions::default().position(StreamPosition::Start);
    let mut read = client.read_stream("s", &options).await.expect("readable");
    let (mut seen, mut first, mut last) = (Vec::new(), None, None);
    while let Some(item) = read.next_read_event().await.expect("read") {
        match item {
            ReadEvent::Event(event) => seen.push(number(&event)),
            ReadEvent::FirstStreamPosition(revision) => first = Some(revision),
            ReadEvent::LastStreamPosition(revision) => last = Some(revision),
            ReadEvent::LastAllStreamPosition(_) => {}
        }
    }
    assert_eq!((seen, first, last), (vec![4, 5], Some(4), Some(5)));
    // Nothing is gone: the truth is still in $all.
    assert_eq!(store.engine.head(), 7);
}

#[tokio::test]
async fn a_maximum_age_hides_what_is_older() {
    let store = Store::with(|config| config.allow_deletion = true).await;
    let client = store.client();
    append(&client, "s", StreamState::Any, events(0..3))
        .await
        .expect("appended");
    let day = Duration::from_secs(86_400);
    set(&client, &StreamMetadataBuilder::new().max_age(day).build()).await;
    assert_eq!(read(&client, ReadStreamOptions::default()).await, [0, 1, 2]);
    let none = Duration::from_secs(0);
    set(&client, &StreamMetadataBuilder::new().max_age(none).build()).await;
    assert!(read(&client, ReadStreamOptions::default()).await.is_empty());
}

#[tokio::test]
async fn metadata_alone_makes_a_stream_exist() {
    let store = Store::with(|config| config.allow_deletion = true).await;
    let client = store.client();
    set(&client, &StreamMetadataBuilder::new().max_count(3).build()).await;
    append(&client, "s", StreamState::StreamExists, events(0..1))
        .await
        .expect("appended");
}
