//! The ledger as it stood: books projected from the facts up to an instant, kept for whoever looks at the same one again.

use crate::book::{Book, BookError, reached};
use crate::columns::At;
use jiff::Timestamp;
use jurisdiction::Jurisdiction;
use platform::{Followed, Metadata, Recorded};
use rusqlite::Row;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// Each is as large as the ledger was then.
const MOST_KEPT: usize = 4;
/// Projecting a campaign takes seconds: whoever asks for ever new instants waits, and nobody else.
const AT_ONCE: usize = 2;
const LARGEST_BATCH: usize = 2_000;

/// The books of the instants that were asked for last.
pub(crate) struct Past {
    folder: PathBuf,
    /// The last asked for at the end.
    kept: Mutex<Vec<Arc<PastBook>>>,
    turns: Arc<Semaphore>,
}

/// The views of what had happened by an instant.
pub(crate) struct PastBook {
    at: Timestamp,
    pub(crate) book: Book,
    /// Facts up to this position were looked at.
    looked_at: Mutex<u64>,
    /// The same, for whoever cannot wait for it.
    progress: AtomicU64,
    _folder: TempDir,
}

impl Past {
    /// Beside the ledger's own file; whatever an earlier run left there is thrown away.
    pub(crate) fn beside(database: &Path) -> Result<Self, BookError> {
        let mut folder = database.as_os_str().to_owned();
        folder.push("-past");
        let folder = PathBuf::from(folder);
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            kept: Mutex::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// Waits for the right to ask about the past; to be held until the answer is there, whoever has stopped waiting for it.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit, BookError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        turn.map_err(|error| BookError::Worker(error.to_string()))
    }

    /// The book of an instant, with everything in it that the live one has of the time up to it.
    pub(crate) fn book(
        &self,
        live: &Book,
        at: Timestamp,
        today: &Arc<Jurisdiction>,
    ) -> Result<Arc<PastBook>, BookError> {
        let past = self.begun(at)?;
        past.catch_up(live, today)?;
        Ok(past)
    }

    /// Up to which position the book of an instant is there by now.
    pub(crate) fn progress(&self, at: Timestamp) -> u64 {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().find(|past| past.at == at);
        known.map_or(0, |past| past.progress.load(Ordering::Relaxed))
    }

    fn begun(&self, at: Timestamp) -> Result<Arc<PastBook>, BookError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|past| past.at == at);
        let past = match known {
            Some(index) => kept.remove(index),
            None => Arc::new(PastBook::begin(&self.folder, at)?),
        };
        if kept.len() >= MOST_KEPT {
            kept.remove(0);
        }
        kept.push(Arc::clone(&past));
        Ok(past)
    }
}

impl PastBook {
    fn begin(folder: &Path, at: Timestamp) -> Result<Self, BookError> {
        let folder = tempfile::tempdir_in(folder)?;
        Ok(Self {
            at,
            book: Book::for_a_while(&folder.path().join("ledger.sqlite"))?,
            looked_at: Mutex::default(),
            progress: AtomicU64::default(),
            _folder: folder,
        })
    }

    /// Facts are only ever added, so what was projected stays right; what came late is projected after it, in the order of
    /// commits, as the live ledger did.
    fn catch_up(&self, live: &Book, today: &Arc<Jurisdiction>) -> Result<(), BookError> {
        let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = false;
        loop {
            let (facts, horizon) = facts(live, *looked_at, self.at, today)?;
            let is_last = facts.len() < LARGEST_BATCH;
            let last = facts.last().map(|fact| fact.position);
            if last.is_some() {
                let batch: Vec<_> = facts
                    .into_iter()
                    .map(|fact| Followed::Event(Box::new(fact)))
                    .collect();
                self.book.apply(&batch)?;
                found = true;
            }
            if is_last {
                *looked_at = horizon;
                break;
            }
            *looked_at = last.unwrap_or(horizon);
            self.progress.store(*looked_at, Ordering::Relaxed);
        }
        if found {
            self.book.forget_states();
        }
        Ok(())
    }
}

/// The next facts after a position that had happened by an instant, and how far the live book reaches.
fn facts(
    live: &Book,
    after: u64,
    until: Timestamp,
    today: &Arc<Jurisdiction>,
) -> Result<(Vec<Recorded>, u64), BookError> {
    live.read(today, |transaction| {
        let horizon = reached(transaction)?.fact;
        // By position, whatever the index on times promises: the order of commits is what counts.
        let mut select = transaction.prepare_cached(
            "SELECT position, stream, revision, name, data, at, actor FROM facts \
             WHERE position > ?1 AND +at <= ?2 ORDER BY position LIMIT ?3",
        )?;
        let values = (after.cast_signed(), At(until), LARGEST_BATCH as i64);
        let mut rows = select.query(values)?;
        let mut facts = Vec::new();
        while let Some(row) = rows.next()? {
            facts.push(fact(row)?);
        }
        Ok((facts, horizon))
    })
}

/// A fact as it was kept. Of what it came from no view says anything.
fn fact(row: &Row<'_>) -> Result<Recorded, BookError> {
    let (data, actor): (String, String) = (row.get(4)?, row.get(6)?);
    let At(at) = row.get(5)?;
    Ok(Recorded {
        id: Uuid::nil(),
        stream: row.get(1)?,
        revision: row.get::<_, i64>(2)?.cast_unsigned(),
        position: row.get::<_, i64>(0)?.cast_unsigned(),
        name: row.get(3)?,
        data: serde_json::from_str(&data)?,
        metadata: Metadata {
            correlation: Uuid::nil(),
            causation: Uuid::nil(),
            command_id: Uuid::nil(),
            at,
            actor: serde_json::from_str(&actor)?,
            traceparent: None,
            previous: None,
        },
    })
}
