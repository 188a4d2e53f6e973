//! The one thread that writes: it gathers what waits, commits it once, and then answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use super::apply::{Applied, State};
use super::decide::Expected;
use super::record::Proposed;
use super::schema;
use super::tail::Tail;
use crate::error::StoreError;

/// The most commands in one transaction.
const BATCH: usize = 1_024;
/// A transaction also ends here, so that one commit stays short.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// How often a failed disk is tried when nobody asks to write.
const PROBE_EVERY: Duration = Duration::from_millis(500);

/// What can be asked of the writer.
#[derive(Debug, Clone)]
pub(crate) enum Command {
    Append {
        stream: Arc<str>,
        expected: Expected,
        events: Vec<Proposed>,
    },
    Delete {
        stream: Arc<str>,
        expected: Expected,
    },
    Tombstone {
        stream: Arc<str>,
        expected: Expected,
    },
}

impl Command {
    /// Roughly what the command occupies while it waits.
    pub(crate) fn weight(&self) -> usize {
        let events: &[Proposed] = match self {
            Self::Append { events, .. } => events,
            Self::Delete { .. } | Self::Tombstone { .. } => &[],
        };
        let payload: usize = events
            .iter()
            .map(|event| event.data.len() + event.metadata.len() + event.kind.len() + 64)
            .sum();
        payload + 128
    }
}

/// Where the last event of a command stands; nothing for an empty append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The stream's last revision after the command.
    pub revision: Option<u64>,
    /// The global position of the last event written.
    pub position: Option<u64>,
}

/// The answer to one command.
pub(crate) type Answer = Result<Written, StoreError>;

/// A command that waits, and who waits for it.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) command: Command,
    pub(crate) reply: oneshot::Sender<Answer>,
}

/// What the writer shares with the rest of the engine.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub(crate) tail: Arc<Tail>,
    /// Bytes that wait, counted down when they are answered.
    pub(crate) queued: Arc<AtomicUsize>,
    /// Why nothing can be written; `None` while all is well.
    pub(crate) fault: watch::Sender<Option<String>>,
    /// The bound of the file in pages; `0` for none.
    pub(crate) max_pages: Arc<AtomicU32>,
}

/// The state of the writing thread.
pub(crate) struct Writer {
    path: std::path::PathBuf,
    /// `None` after a failure, until the file could be opened again.
    conn: Option<Connection>,
    state: State,
    shared: Shared,
    pages: u32,
}

impl Writer {
    pub(crate) fn new(path: std::path::PathBuf, conn: Connection, state: State, shared: Shared) -> Self {
        let pages = shared.max_pages.load(Ordering::Relaxed);
        Self {
            path,
            conn: Some(conn),
            state,
            shared,
            pages,
        }
    }

    /// Serves until every sender is gone, then leaves the log empty behind.
    pub(crate) fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            match jobs.recv_timeout(self.patience()) {
                Ok(first) => {
                    let batch = gather(first, jobs);
                    self.serve(batch);
                }
                Err(RecvTimeoutError::Timeout) => self.probe(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if let Some(conn) = &self.conn {
            let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }

    fn patience(&self) -> Duration {
        if self.shared.fault.borrow().is_some() {
            PROBE_EVERY
        } else {
            Duration::from_secs(3_600)
        }
    }

    fn serve(&mut self, batch: Vec<Job>) {
        let weight: usize = batch.iter().map(|job| job.command.weight()).sum();
        match self.commit(&batch) {
            Ok(applied) => {
                self.heal();
                // Before the answers: whoever has one must find the event in what it reads next.
                self.shared.tail.publish(applied.records);
                for (job, answer) in batch.into_iter().zip(applied.answers) {
                    // A caller that went away does not undo what was committed.
                    let _ = job.reply.send(answer);
                }
            }
            Err(error) => {
                let reason = self.fail(&error);
                for job in batch {
                    let reason = reason.clone();
                    let _ = job.reply.send(Err(StoreError::Unavailable { reason }));
                }
            }
        }
        self.shared.queued.fetch_sub(weight, Ordering::Relaxed);
    }

    /// One transaction, one fsync. Nothing is answered before it has returned.
    fn commit(&mut self, batch: &[Job]) -> rusqlite::Result<Applied> {
        self.reopen()?;
        let Self { conn, state, .. } = self;
        let Some(conn) = conn else {
            return Err(rusqlite::Error::InvalidQuery);
        };
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let applied = state.apply(&tx, batch.iter().map(|job| &job.command))?;
        tx.commit()?;
        Ok(applied)
    }

    /// Opens the file again after a failure, and follows a changed bound.
    fn reopen(&mut self) -> rusqlite::Result<()> {
        if self.conn.is_none() {
            let conn = schema::open_writer(&self.path, Some(self.pages)).map_err(unwrap_sqlite)?;
            self.state = State::load(&conn)?;
            self.conn = Some(conn);
            if self.state.last_position() != self.shared.tail.head() {
                // The log kept a commit that was reported as failed; its writers may repeat it.
                self.shared.tail.reset(self.state.last_position());
            }
        }
        let wanted = self.shared.max_pages.load(Ordering::Relaxed);
        if let Some(conn) = self.conn.as_ref().filter(|_| wanted != self.pages) {
            schema::limit_pages(conn, wanted)?;
            self.pages = wanted;
        }
        Ok(())
    }

    /// What was cached may describe a state that never came to be: forget all of it.
    fn fail(&mut self, error: &rusqlite::Error) -> String {
        self.conn = None;
        let StoreError::Unavailable { reason } = StoreError::from_sqlite(error) else {
            return error.to_string();
        };
        tracing::error!(%reason, "a commit failed; nothing is acknowledged until one succeeds");
        self.shared.fault.send_replace(Some(reason.clone()));
        reason
    }

    fn heal(&self) {
        if self.shared.fault.borrow().is_some() {
            tracing::info!("commits succeed again");
            self.shared.fault.send_replace(None);
        }
    }

    /// Writes and removes some pages, to learn whether writing works without waiting for a caller.
    fn probe(&mut self) {
        if self.shared.fault.borrow().is_none() {
            return;
        }
        let result = self.reopen().and_then(|()| match &self.conn {
            Some(conn) => conn.execute_batch(
                "BEGIN IMMEDIATE;
                 INSERT INTO probe (pad) VALUES (zeroblob(65536));
                 COMMIT;
                 DELETE FROM probe;",
            ),
            None => Ok(()),
        });
        match result {
            Ok(()) => self.heal(),
            Err(error) => {
                tracing::debug!(%error, "writing still fails");
                self.conn = None;
            }
        }
    }
}

fn unwrap_sqlite(error: crate::Error) -> rusqlite::Error {
    match error {
        crate::Error::Database { source, .. } => source,
        other => rusqlite::Error::ToSqlConversionFailure(Box::new(other)),
    }
}

/// Whatever already waits shares the next fsync.
fn gather(first: Job, jobs: &Receiver<Job>) -> Vec<Job> {
    let mut bytes = first.command.weight();
    let mut batch = vec![first];
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Ok(job) = jobs.try_recv() else {
            break;
        };
        bytes += job.command.weight();
        batch.push(job);
    }
    batch
}
