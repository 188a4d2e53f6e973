//! Full and failing disks, and damaged files: said aloud, never hidden.

use event_store::{Error as StoreFault, EventStore, database_file, verify};
use kurrentdb::{
    Error, EventData, ReadAllOptions, ReadStreamOptions, StreamPosition, StreamState, SubscribeToAllOptions,
};
use rusqlite::Connection;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::support::{Program, Store, append, drain, event_with, events, id, numbers, read_stream};

fn large() -> Vec<EventData> {
    vec![EventData::binary("large.v1", vec![7; 60_000].into()).id(id())]
}

async fn healthy(port: u16) -> bool {
    let address = format!("http://127.0.0.1:{port}");
    let endpoint = tonic::transport::Endpoint::from_shared(address).expect("an address");
    let mut client = HealthClient::new(endpoint.connect().await.expect("reachable"));
    let request = HealthCheckRequest {
        service: "event_store.client.streams.Streams".into(),
    };
    let answer = client.check(request).await.expect("answered");
    answer.into_inner().status == 1
}

#[tokio::test]
async fn a_full_disk_refuses_appends_with_its_reason_and_recovers() {
    let store = Store::with(|config| config.max_pages = Some(100)).await;
    let client = store.client();
    assert!(healthy(store.port).await);
    let mut written = 0;
    let reason = loop {
        match append(&client, "s", StreamState::Any, large()).await {
            Ok(_) => written += 1,
            Err(Error::ServerError(text)) => break text,
            other => panic!("unexpected: {other:?}"),
        }
        assert!(written < 100, "the bound does not bind");
    };
    assert!(reason.contains("disk is full"), "{reason}");
    assert!(!healthy(store.port).await);

    // Reads go on, and nothing half-written shows.
    let client = store.client();
    let read = client.read_all(&ReadAllOptions::default()).await;
    let all = drain(read.expect("readable")).await.expect("read");
    assert_eq!(all.len(), written);
    let again = append(&client, "s", StreamState::Any, large()).await;
    assert!(matches!(again, Err(Error::ServerError(_))), "{again:?}");

    // Given space, the store finds out by itself.
    store.engine.limit_pages(0);
    let mut fault = store.engine.fault();
    fault.wait_for(Option::is_none).await.expect("alive");
    let client = store.client();
    let revision = append(&client, "s", StreamState::Any, large()).await;
    assert_eq!(revision.expect("appended").position.commit, written as u64 + 1);
    let report = verify(store.data_dir()).expect("readable");
    assert!(report.is_sound(), "{report}");
}

#[tokio::test]
async fn a_disk_that_fails_stops_acknowledging_with_its_reason_until_it_works_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::start_with_limits(folder.path());
    let client = program.client();
    append(&client, "s", StreamState::NoStream, large())
        .await
        .expect("appended");
    assert!(healthy(program.port).await);
    let log = database_file(folder.path()).with_extension("db-wal");
    let size = std::fs::metadata(&log).expect("a log").len();
    program.limit_files(Some(size + 100_000));
    let mut acknowledged = 1;
    let reason = loop {
        match append(
            &client,
            "s",
            StreamState::StreamRevision(acknowledged - 1),
            large(),
        )
        .await
        {
            Ok(_) => acknowledged += 1,
            Err(Error::ServerError(text)) => break text,
            other => panic!("unexpected: {other:?}"),
        }
        assert!(acknowledged < 10, "the disk does not fail");
    };
    assert!(reason.contains("disk I/O error"), "{reason}");
    // The log could be begun anew within that limit; now nothing can be written at all.
    program.limit_files(Some(0));
    let client = program.client();
    let last = StreamState::StreamRevision(acknowledged - 1);
    let again = append(&client, "s", last, large()).await;
    assert!(matches!(again, Err(Error::ServerError(_))), "{again:?}");
    assert!(!healthy(program.port).await);
    // Reads go on, and nothing half-written shows.
    let client = program.client();
    let read = client.read_all(&ReadAllOptions::default()).await;
    let all = drain(read.expect("readable")).await.expect("read");
    assert_eq!(all.len() as u64, acknowledged);

    program.limit_files(None);
    while !healthy(program.port).await {
        tokio::task::yield_now().await;
    }
    // What was refused has left no trace.
    let written = append(&program.client(), "s", last, large()).await;
    assert_eq!(written.expect("appended").position.commit, acknowledged + 1);
    assert!(program.terminate().await.success());
    let report = verify(folder.path()).expect("readable");
    assert!(report.is_sound(), "{report}");
}

/// A store with some events, damaged behind its back.
async fn damaged(count: u64, sql: &str) -> Store {
    let store = Store::start().await;
    let client = store.client();
    for from in (0..count).step_by(500) {
        let numbers = from..count.min(from + 500);
        append(&client, "s", StreamState::Any, events(numbers))
            .await
            .expect("appended");
    }
    let conn = Connection::open(database_file(store.data_dir())).expect("opened");
    assert_eq!(conn.execute(sql, []).expect("damaged"), 1);
    store
}

fn position_named(error: Error, position: u64) {
    let Error::ServerError(text) = error else {
        panic!("unexpected: {error:?}");
    };
    let expected = format!("data loss at position {position}:");
    assert!(text.contains(&expected), "{text}");
}

#[tokio::test]
async fn a_changed_record_is_reported_with_its_position() {
    let sql = "UPDATE events SET data = replace(data, '1', '2') WHERE gpos = 2";
    let store = damaged(5, sql).await;
    let client = store.client();
    let read = client.read_all(&ReadAllOptions::default()).await;
    position_named(read.map(drop).expect_err("damaged"), 2);
    let read = read_stream(&client, "s").await;
    position_named(read.map(drop).expect_err("damaged"), 2);
    // What is sound can still be read.
    let options = ReadStreamOptions::default().position(StreamPosition::Position(2));
    let read = client.read_stream("s", &options).await.expect("readable");
    assert_eq!(numbers(&drain(read).await.expect("read")), [2, 3, 4]);

    let report = verify(store.data_dir()).expect("readable");
    assert_eq!(report.faults.len(), 1, "{report}");
    assert!(report.faults[0].contains("position 2"), "{report}");
    // And it does not start again as if nothing had happened.
    let config = store.config.clone();
    let _folder = store.stop().await;
    match EventStore::open(&config) {
        Err(StoreFault::Corrupt(report)) => {
            assert!(report.to_string().contains("position 2"), "{report}");
        }
        other => panic!("unexpected: {other:?}"),
    }
}

#[tokio::test]
async fn a_missing_record_is_reported() {
    let store = damaged(5, "DELETE FROM events WHERE gpos = 3").await;
    let client = store.client();
    let read = client.read_all(&ReadAllOptions::default()).await;
    position_named(read.map(drop).expect_err("damaged"), 3);
    let read = read_stream(&client, "s").await;
    assert!(read.is_err());
    let report = verify(store.data_dir()).expect("readable");
    assert!(!report.is_sound());
    assert!(report.to_string().contains("3 to 3 are missing"), "{report}");
}

#[tokio::test]
async fn a_lost_stream_name_is_reported() {
    let store = damaged(2, "DELETE FROM streams WHERE name = 's'").await;
    let read = store.client().read_all(&ReadAllOptions::default()).await;
    position_named(read.map(drop).expect_err("damaged"), 1);
    assert!(!verify(store.data_dir()).expect("readable").is_sound());
}

#[tokio::test]
async fn a_subscription_stops_at_a_damaged_record() {
    // Old enough that a start does not look at it.
    let sql = "UPDATE events SET type = 'forged.v1' WHERE gpos = 600";
    let store = damaged(3_000, sql).await;
    let store = store.restart().await;
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start);
    let mut all = store.client().subscribe_to_all(&options).await;
    let mut seen = 0;
    let error = loop {
        match all.next().await {
            Ok(_) => seen += 1,
            Err(error) => break error,
        }
    };
    position_named(error, 600);
    assert!(seen < 600);
}

#[tokio::test]
async fn one_flipped_bit_in_the_file_is_found() {
    let store = Store::start().await;
    let client = store.client();
    let marked = EventData::binary("t.v1", b"a-mark-in-the-file".to_vec().into()).id(id());
    append(&client, "s", StreamState::Any, vec![marked])
        .await
        .expect("appended");
    drop(client);
    let config = store.config.clone();
    let folder = store.stop().await;
    let path = database_file(folder.path());
    let mut bytes = std::fs::read(&path).expect("readable");
    let place = bytes.windows(18).position(|w| w == b"a-mark-in-the-file");
    bytes[place.expect("stored") + 4] ^= 1;
    std::fs::write(&path, bytes).expect("written");
    let report = verify(folder.path()).expect("readable");
    assert!(report.to_string().contains("position 1"), "{report}");
    let opened = EventStore::open(&config);
    assert!(matches!(opened, Err(StoreFault::Corrupt(_))), "{opened:?}");
}

#[tokio::test]
async fn a_damaged_index_is_built_again() {
    let store = Store::start().await;
    let client = store.client();
    let ids: Vec<_> = (0..50).map(|_| id()).collect();
    let written: Vec<_> = ids.iter().map(|id| event_with(*id)).collect();
    append(&client, "s", StreamState::Any, written.clone())
        .await
        .expect("appended");
    drop(client);
    let folder = store.stop().await;
    // The id of one event, changed in the index alone: the table comes first in the file.
    let path = database_file(folder.path());
    let mut bytes = std::fs::read(&path).expect("readable");
    let wanted = *ids[30].as_bytes();
    let places: Vec<usize> = (0..bytes.len() - 16)
        .filter(|at| bytes[*at..*at + 16] == wanted)
        .collect();
    let in_index = *places
        .iter()
        .find(|at| {
            !bytes[**at..(**at + 60).min(bytes.len())]
                .windows(6)
                .any(|w| w == b"tested")
        })
        .expect("the index holds it");
    bytes[in_index + 15] ^= 0xFF;
    std::fs::write(&path, bytes).expect("written");
    let store = Store::in_folder(folder, 0, |_| {}).await;
    assert_eq!(store.report.repaired.len(), 1, "{}", store.report);
    // The repetition is recognised again, by the index.
    let again = append(&store.client(), "s", StreamState::Any, written).await;
    assert_eq!(again.expect("repeated").position.commit, 50);
    assert_eq!(store.engine.head(), 50);
}

#[tokio::test]
async fn another_programs_file_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = database_file(folder.path());
    let conn = Connection::open(&path).expect("opened");
    conn.execute_batch("CREATE TABLE theirs (x)").expect("made");
    drop(conn);
    let config = event_store::Config {
        data_dir: folder.path().to_owned(),
        ..Default::default()
    };
    let opened = EventStore::open(&config);
    assert!(matches!(opened, Err(StoreFault::Format { .. })), "{opened:?}");
}
