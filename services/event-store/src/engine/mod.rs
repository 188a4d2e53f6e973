//! The engine: a history of events in one SQLite file, one writer, many readers.

mod apply;
mod decide;
mod heads;
mod lock;
mod metadata;
#[cfg(test)]
mod model_tests;
mod reader;
mod record;
mod schema;
mod start;
mod tail;
mod torn;
mod verify;
mod writer;

use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{oneshot, watch};
use uuid::Uuid;

pub use decide::Expected;
pub(crate) use metadata::Retention;
pub use reader::Direction;
pub(crate) use reader::{PAGE, Range, Slice, StreamPage};
pub use record::{Proposed, Record};
pub(crate) use record::{TOMBSTONE_REVISION, ticks_now};
pub use start::StartReport;
pub(crate) use tail::TailRead;
pub use verify::{VerifyReport, backup, verify};
pub use writer::Written;
pub(crate) use writer::{Answer, Command};

use crate::config::Config;
use crate::error::{Error, StoreError};
use apply::State;
use lock::DirectoryLock;
use reader::Readers;
use schema::database;
use tail::Tail;
use writer::{Job, Shared, Writer};

/// An open store.
#[derive(Debug)]
pub struct Engine {
    instance: Uuid,
    readers: Arc<Readers>,
    shared: Shared,
    max_queued_bytes: usize,
    queue_depth: usize,
    /// `None` once closed.
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    jobs: SyncSender<Job>,
    thread: JoinHandle<()>,
    /// Held until the last write is over.
    _lock: DirectoryLock,
}

impl Engine {
    /// Opens, checks and locks a data directory, creating it if it does not exist.
    pub fn open(config: &Config) -> Result<(Self, StartReport), Error> {
        let lock = DirectoryLock::take(&config.data_dir)?;
        let path = schema::database_path(&config.data_dir);
        let log = start::look_at_log(&path);
        let conn = schema::open_writer(&path, config.max_pages)?;
        let report = start::check(&path, &conn, log)?;
        let state = State::load(&conn).map_err(database(&path))?;
        let instance = schema::instance(&conn).map_err(database(&path))?;
        let shared = Shared {
            tail: Arc::new(Tail::new(state.last_position())),
            queued: Arc::new(AtomicUsize::new(0)),
            fault: watch::Sender::new(None),
            max_pages: Arc::new(AtomicU32::new(config.max_pages.unwrap_or(0))),
        };
        let readers = Readers::new(path.clone(), config.readers).map_err(database(&path))?;
        let (jobs, waiting) = sync_channel(config.queue_depth.max(1));
        let writer = Writer::new(path, conn, state, shared.clone());
        let thread = std::thread::Builder::new()
            .name("event-store-writer".into())
            .spawn(move || writer.run(&waiting))
            .map_err(|error| Error::Thread(error.to_string()))?;
        let engine = Self {
            instance,
            readers: Arc::new(readers),
            shared,
            max_queued_bytes: config.max_queued_bytes,
            queue_depth: config.queue_depth,
            running: Mutex::new(Some(Running {
                jobs,
                thread,
                _lock: lock,
            })),
        };
        Ok((engine, report))
    }

    /// The identity the store was given when it was created.
    pub fn instance(&self) -> Uuid {
        self.instance
    }

    /// The position of the newest committed event.
    pub fn head(&self) -> u64 {
        self.shared.tail.head()
    }

    /// Why nothing can be written, followed live; `None` while all is well.
    pub fn fault(&self) -> watch::Receiver<Option<String>> {
        self.shared.fault.subscribe()
    }

    /// Changes the bound of the database file (in pages, `0` for none) while it is open.
    pub fn limit_pages(&self, pages: u32) {
        self.shared.max_pages.store(pages, Ordering::Relaxed);
    }

    /// Appends events to a stream; returns once they are on disk.
    pub async fn append(
        &self,
        stream: Arc<str>,
        expected: Expected,
        events: Vec<Proposed>,
    ) -> Result<Written, StoreError> {
        let command = Command::Append {
            stream,
            expected,
            events,
        };
        self.execute(command).await
    }

    pub(crate) async fn execute(&self, command: Command) -> Answer {
        let answer = self.submit(command)?;
        wait_for(answer).await
    }

    /// Puts a command in the queue now; the order of calls is the order of commits.
    pub(crate) fn submit(&self, command: Command) -> Result<oneshot::Receiver<Answer>, StoreError> {
        let weight = command.weight();
        let queued = self.shared.queued.fetch_add(weight, Ordering::Relaxed);
        if queued > 0 && queued + weight > self.max_queued_bytes {
            self.shared.queued.fetch_sub(weight, Ordering::Relaxed);
            let reason = format!("{queued} bytes already wait to be written");
            return Err(StoreError::Overloaded { reason });
        }
        let (reply, answer) = oneshot::channel();
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = match running.as_ref() {
            Some(running) => running.jobs.try_send(Job { command, reply }),
            None => Err(TrySendError::Disconnected(Job { command, reply })),
        };
        drop(running);
        sent.map(|()| answer).map_err(|error| {
            self.shared.queued.fetch_sub(weight, Ordering::Relaxed);
            match error {
                TrySendError::Full(_) => StoreError::Overloaded {
                    reason: format!("{} appends already wait to be written", self.queue_depth),
                },
                TrySendError::Disconnected(_) => stopping(),
            }
        })
    }

    /// Where subscribers wait for new records.
    pub(crate) fn tail(&self) -> &Arc<Tail> {
        &self.shared.tail
    }

    /// Where records are read from disk.
    pub(crate) fn readers(&self) -> &Arc<Readers> {
        &self.readers
    }

    /// Commits what is queued, then lets go of the file and its lock. Blocks.
    pub fn close(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Running { jobs, thread, _lock }) = running else {
            return;
        };
        drop(jobs);
        self.readers.close();
        if thread.join().is_err() {
            tracing::error!("the writing thread panicked");
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.close();
    }
}

/// Waits for the writer's answer.
pub(crate) async fn wait_for(answer: oneshot::Receiver<Answer>) -> Answer {
    answer.await.unwrap_or_else(|_| Err(stopping()))
}

fn stopping() -> StoreError {
    StoreError::Unavailable {
        reason: "the store is shutting down".into(),
    }
}

/// The database file inside a data directory.
pub fn database_file(data_dir: &Path) -> std::path::PathBuf {
    schema::database_path(data_dir)
}
