//! Power cuts: the process is killed under load, again and again, and the log is torn.

use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use event_store::{database_file, verify};
use kurrentdb::{Client, EventData, StreamState};
use tempfile::tempdir;
use tokio::sync::Notify;

use crate::support::{Program, Store, append, event, events, numbers, read_stream};

const CYCLES: usize = 25;
const WRITERS: usize = 4;

/// One writer's own view of its stream.
struct Writer {
    stream: String,
    /// How many events were acknowledged.
    acknowledged: u64,
    /// The event that was sent and not answered, to be sent again as it is.
    pending: Option<EventData>,
    /// The highest position that was acknowledged.
    position: u64,
}

impl Writer {
    /// Appends one by one until the store is gone.
    async fn write(mut self, client: Client, total: Arc<AtomicUsize>, enough: Arc<Notify>) -> Self {
        loop {
            let next = self.acknowledged;
            let event = self.pending.take().unwrap_or_else(|| event(next));
            let expected = match next {
                0 => StreamState::NoStream,
                n => StreamState::StreamRevision(n - 1),
            };
            self.pending = Some(event.clone());
            match append(&client, &self.stream, expected, vec![event]).await {
                Ok(written) => {
                    assert_eq!(written.next_expected_version, next, "a double or a loss");
                    assert!(written.position.commit > self.position);
                    self.position = written.position.commit;
                    self.acknowledged += 1;
                    self.pending = None;
                    total.fetch_add(1, Ordering::Relaxed);
                    enough.notify_one();
                }
                Err(kurrentdb::Error::WrongExpectedVersion { current, .. }) => {
                    panic!("{} at {next}: the store has {current:?}", self.stream)
                }
                Err(_) => {
                    enough.notify_one();
                    return self;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_by_kill_9() {
    let folder = tempdir().expect("a folder");
    let mut writers: Vec<Writer> = (0..WRITERS)
        .map(|number| Writer {
            stream: format!("tip-{number}"),
            acknowledged: 0,
            pending: None,
            position: 0,
        })
        .collect();
    for cycle in 0..CYCLES {
        let program = Program::start(folder.path());
        let (total, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let running: Vec<_> = writers
            .drain(..)
            .map(|writer| {
                let client = program.client();
                tokio::spawn(writer.write(client, Arc::clone(&total), Arc::clone(&enough)))
            })
            .collect();
        // Another amount each time, so that the cut falls elsewhere.
        let wanted = 40 + cycle * 13 % 97;
        while total.load(Ordering::Relaxed) < wanted && !running.iter().any(|w| w.is_finished()) {
            enough.notified().await;
        }
        program.kill();
        for writer in running {
            writers.push(writer.await.expect("the writer saw no contradiction"));
        }
        let report = verify(folder.path()).expect("readable");
        assert!(report.is_sound(), "cycle {cycle}: {report}");
        let acknowledged: u64 = writers.iter().map(|writer| writer.acknowledged).sum();
        let unanswered = writers.iter().filter(|w| w.pending.is_some()).count() as u64;
        assert!(report.records >= acknowledged, "cycle {cycle}: {report}");
        assert!(report.records <= acknowledged + unanswered, "{report}");
    }
    let program = Program::start(folder.path());
    let client = program.client();
    for writer in &writers {
        let found = read_stream(&client, writer.stream.as_str()).await.expect("read");
        let expected: Vec<u64> = (0..found.len() as u64).collect();
        assert_eq!(numbers(&found), expected);
        assert!(found.len() as u64 >= writer.acknowledged);
    }
}

/// Leaves a folder as a kill leaves it: with everything still in the log.
async fn killed_after(count: u64) -> tempfile::TempDir {
    let folder = tempdir().expect("a folder");
    let program = Program::start(folder.path());
    let client = program.client();
    for number in 0..count {
        append(&client, "s", StreamState::Any, events(number..number + 1))
            .await
            .expect("appended");
    }
    program.kill();
    folder
}

async fn read_back(store: &Store) -> Vec<u64> {
    let client = store.client();
    numbers(&read_stream(&client, "s").await.expect("read"))
}

fn log_of(folder: &std::path::Path) -> std::path::PathBuf {
    let mut name = database_file(folder).into_os_string();
    name.push("-wal");
    name.into()
}

/// What the report says of it.
const TORN: &str = "bytes of an incomplete commit at the end of the log";

#[tokio::test]
async fn a_log_that_a_kill_left_whole_is_not_called_torn() {
    let store = Store::in_folder(killed_after(10).await, 0, |_| {}).await;
    let report = &store.report;
    assert!(report.log_bytes_found > 0, "{report}");
    assert!(report.repaired.is_empty(), "{report}");
}

#[tokio::test]
async fn a_log_torn_in_the_middle_keeps_every_commit_before() {
    let folder = killed_after(30).await;
    let log = OpenOptions::new().write(true).open(log_of(folder.path()));
    let log = log.expect("there is a log");
    let length = log.metadata().expect("a size").len();
    log.set_len(length - 100).expect("cut");
    drop(log);
    let store = Store::in_folder(folder, 0, |_| {}).await;
    let report = store.report.clone();
    assert_eq!(report.log_bytes_found, length - 100);
    assert!(report.log_pages_recovered > 0, "{report}");
    let dropped = report.repaired.iter().any(|repair| repair.contains(TORN));
    assert!(dropped, "{report}");
    // The last commit was torn; the others are whole, and numbering goes on from them.
    assert_eq!(report.last_position, 29);
    assert_eq!(read_back(&store).await, (0..29).collect::<Vec<_>>());
    let client = store.client();
    append(&client, "s", StreamState::StreamRevision(28), events(29..30))
        .await
        .expect("appended");
    assert_eq!(read_back(&store).await, (0..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn rubbish_after_the_last_commit_is_ignored() {
    let folder = killed_after(10).await;
    let log = OpenOptions::new().write(true).open(log_of(folder.path()));
    let mut log = log.expect("there is a log");
    log.seek(SeekFrom::End(0)).expect("at the end");
    log.write_all(&[0xA5; 5_000]).expect("written");
    drop(log);
    let store = Store::in_folder(folder, 0, |_| {}).await;
    assert!(store.report.repaired.is_empty(), "{}", store.report);
    assert_eq!(read_back(&store).await, (0..10).collect::<Vec<_>>());
}
