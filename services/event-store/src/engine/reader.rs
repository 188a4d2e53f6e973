//! Reads pages of records through a pool of read connections, proving each record on the way.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, params};
use tokio::sync::Semaphore;

use super::heads::{end_of, sid_of};
use super::metadata;
use super::record::{COLUMNS, Record, from_row, ticks_now};
use super::schema;
use crate::error::StoreError;

/// The most records in one page.
pub(crate) const PAGE: usize = 512;
/// A page also ends here, so that large events do not fill the memory.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// Which way a read goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the newest.
    Forwards,
    /// Towards the oldest.
    Backwards,
}

/// One page of a stream.
#[derive(Debug)]
pub(crate) enum StreamPage {
    /// The stream holds nothing, or was soft-deleted.
    NotFound,
    /// The stream was tombstoned.
    Deleted,
    /// Its records and its bounds.
    Found(Slice),
}

/// What a page of an existing stream holds.
#[derive(Debug)]
pub(crate) struct Slice {
    pub(crate) records: Vec<Record>,
    /// The first revision that may be shown.
    pub(crate) first: u64,
    /// The last revision of the stream.
    pub(crate) last: u64,
    /// Where the next page starts; `None` at the end.
    pub(crate) next: Option<u64>,
}

/// What to read: every number from `low` to `high`, from the end that the direction says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) low: u64,
    pub(crate) high: u64,
    pub(crate) direction: Direction,
}

impl Range {
    fn start(self) -> Option<u64> {
        (self.low <= self.high).then_some(match self.direction {
            Direction::Forwards => self.low,
            Direction::Backwards => self.high,
        })
    }

    fn following(self, number: u64) -> Option<u64> {
        let next = match self.direction {
            Direction::Forwards => number.checked_add(1),
            Direction::Backwards => number.checked_sub(1),
        };
        next.filter(|next| (self.low..=self.high).contains(next))
    }
}

/// Records in order, and the number at which the next page starts.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub(crate) records: Vec<Record>,
    pub(crate) next: Option<u64>,
}

/// The pool.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    /// Reads nothing. While it is there, log and index stay with the file when the writer lets go of it after a failure: on a disk
    /// that takes no writes nobody could make them anew, and nothing could be read either.
    anchor: Mutex<Option<Connection>>,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// The file must be there.
    pub(crate) fn new(path: PathBuf, size: usize) -> rusqlite::Result<Self> {
        let anchor = schema::open_reader(&path)?;
        // The log is opened by the first read.
        anchor.query_row("SELECT count(*) FROM facts", [], |_| Ok(()))?;
        Ok(Self {
            path,
            anchor: Mutex::new(Some(anchor)),
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(size.max(1))),
        })
    }

    /// Drops the connections that are not reading, so that the file can be closed.
    pub(crate) fn close(&self) {
        self.permits.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.anchor.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Up to `limit` records of a range of positions.
    pub(crate) async fn all(self: &Arc<Self>, range: Range, limit: usize) -> Result<Walked, StoreError> {
        self.run(move |conn| walk(conn, None, range, limit)).await
    }

    /// Up to `limit` records of a stream from revision `from` on (inclusive).
    pub(crate) async fn stream(
        self: &Arc<Self>,
        stream: Arc<str>,
        from: u64,
        direction: Direction,
        limit: usize,
    ) -> Result<StreamPage, StoreError> {
        self.run(move |conn| stream_page(conn, &stream, from, direction, limit))
            .await
    }

    async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let stopped = |_| StoreError::Unavailable {
            reason: "the store is shutting down".into(),
        };
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(stopped)?;
        let readers = Arc::clone(self);
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let conn = readers.take()?;
            let result = work(&conn);
            // A connection that failed may be the fault itself: the next read opens a new one.
            if result.is_ok() && !readers.permits.is_closed() {
                let mut idle = readers.idle.lock().unwrap_or_else(PoisonError::into_inner);
                idle.push(conn);
            }
            result
        });
        task.await.map_err(|error| StoreError::Unavailable {
            reason: format!("a read stopped: {error}"),
        })?
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(conn) => Ok(conn),
            None => schema::open_reader(&self.path).map_err(|error| StoreError::from_sqlite(&error)),
        }
    }
}

fn clamp(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn sqlite(error: rusqlite::Error) -> StoreError {
    StoreError::from_sqlite(&error)
}

fn lost(position: u64, reason: String) -> StoreError {
    tracing::error!(position, %reason, "the stored history has a hole");
    StoreError::DataLoss { position, reason }
}

fn stream_page(
    conn: &Connection,
    stream: &str,
    from: u64,
    direction: Direction,
    limit: usize,
) -> Result<StreamPage, StoreError> {
    // One snapshot, so that the bounds and the records agree.
    let snapshot = conn.unchecked_transaction().map_err(sqlite)?;
    let Some(sid) = sid_of(&snapshot, stream).map_err(sqlite)? else {
        return Ok(StreamPage::NotFound);
    };
    let (last, tombstoned) = end_of(&snapshot, sid).map_err(sqlite)?;
    if tombstoned {
        return Ok(StreamPage::Deleted);
    }
    let retention = metadata::load(&snapshot, stream)?.unwrap_or_default();
    let Some(last) = last.filter(|_| !retention.soft_deleted()) else {
        return Ok(StreamPage::NotFound);
    };
    let first = retention.first_revision(last);
    let (low, high) = match direction {
        Direction::Forwards => (from.max(first), last),
        Direction::Backwards => (first, from.min(last)),
    };
    let range = Range { low, high, direction };
    let Walked { mut records, next } = walk(&snapshot, Some(sid), range, limit)?;
    let oldest = retention.oldest(ticks_now());
    records.retain(|record| record.created >= oldest);
    Ok(StreamPage::Found(Slice {
        records,
        first,
        last,
        next,
    }))
}

/// Reads one page of all events or of one stream, and proves that no number in it is missing.
fn walk(conn: &Connection, sid: Option<i64>, range: Range, limit: usize) -> Result<Walked, StoreError> {
    let Some(start) = range.start() else {
        return Ok(Walked::default());
    };
    let column = if sid.is_some() { "rev" } else { "gpos" };
    let scope = if sid.is_some() { "e.sid" } else { "?1" };
    let order = match range.direction {
        Direction::Forwards => "ASC",
        Direction::Backwards => "DESC",
    };
    // LEFT JOIN: a record whose stream row is gone must be reported, not skipped.
    let sql = format!(
        "SELECT {COLUMNS} FROM events e LEFT JOIN streams s ON s.sid = e.sid
         WHERE {scope} = ?1 AND e.{column} BETWEEN ?2 AND ?3 ORDER BY e.{column} {order} LIMIT ?4"
    );
    let limit = limit.min(PAGE);
    let bounds = params![
        sid.unwrap_or(0),
        clamp(range.low),
        clamp(range.high),
        limit as i64
    ];
    let mut statement = conn.prepare_cached(&sql).map_err(sqlite)?;
    let mut rows = statement.query(bounds).map_err(sqlite)?;
    let mut records: Vec<Record> = Vec::new();
    let mut next = Some(start);
    let mut bytes = 0;
    while records.len() < limit && bytes < PAGE_BYTES {
        let row = rows.next().map_err(|error| broken_page(&error, next))?;
        let record = row.map(from_row).transpose()?;
        let number = record.as_ref().map(|record| match sid {
            Some(_) => record.revision,
            None => record.position,
        });
        if number != next {
            let after = records.last().map_or(0, |record| record.position);
            let reason = format!("{column} {next:?} is due after position {after}, not {number:?}");
            return Err(lost(after + 1, reason));
        }
        let (Some(record), Some(number)) = (record, number) else {
            break;
        };
        bytes += record.weight();
        records.push(record);
        next = range.following(number);
        if next.is_none() {
            break;
        }
    }
    Ok(Walked { records, next })
}

/// SQLite found the page itself unreadable: the history is damaged, not merely out of reach.
fn broken_page(error: &rusqlite::Error, due: Option<u64>) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => lost(
            due.unwrap_or(0),
            format!("the database file is damaged ({error})"),
        ),
        _ => StoreError::from_sqlite(error),
    }
}
