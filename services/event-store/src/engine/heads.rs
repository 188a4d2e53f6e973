//! What the writer must know of a stream before it appends: its head, cached.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::metadata::{self, Retention};
use super::record::TOMBSTONE_REVISION;
use crate::error::StoreError;

/// Beyond this many streams the cache starts anew; reloading a head costs two index look-ups.
const MAX_HEADS: usize = 200_000;

/// The state of one stream as an append sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// The row in `streams`, if there is one.
    pub(crate) sid: Option<i64>,
    /// The revision of the last event.
    pub(crate) last: Option<u64>,
    /// Whether the stream was ended for ever.
    pub(crate) tombstoned: bool,
    /// What the stream's metadata says, if it has any.
    pub(crate) retention: Option<Retention>,
}

impl Head {
    /// Deleted in a way that a later append undoes.
    pub(crate) fn soft_deleted(&self) -> bool {
        self.retention.is_some_and(|retention| retention.soft_deleted())
    }

    /// Whether the stream holds anything, if only metadata.
    pub(crate) fn exists(&self) -> bool {
        self.last.is_some() || self.retention.is_some()
    }

    /// The revision the next event gets.
    pub(crate) fn next(&self) -> u64 {
        self.last.map_or(0, |last| last + 1)
    }
}

/// The heads of the streams written lately. After a failed commit it is thrown away whole.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    known: HashMap<String, Head>,
}

impl Heads {
    /// The head of a stream, from the cache or from the database.
    pub(crate) fn get(&mut self, conn: &Connection, stream: &str) -> Result<Head, LoadError> {
        if let Some(head) = self.known.get(stream) {
            return Ok(head.clone());
        }
        let head = load(conn, stream)?;
        self.set(stream, head.clone());
        Ok(head)
    }

    /// Remembers what a stream will be once the running transaction commits.
    pub(crate) fn set(&mut self, stream: &str, head: Head) {
        if self.known.len() >= MAX_HEADS {
            self.known.clear();
        }
        self.known.insert(stream.to_owned(), head);
    }

    /// Forgets one stream, because its metadata changed.
    pub(crate) fn forget(&mut self, stream: &str) {
        self.known.remove(stream);
    }
}

/// Why a head cannot be known.
#[derive(Debug)]
pub(crate) enum LoadError {
    /// The database failed: nobody can be served.
    Sqlite(rusqlite::Error),
    /// A record is damaged: this one stream cannot be served.
    Record(StoreError),
}

impl From<rusqlite::Error> for LoadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// The row of a stream's name.
pub(crate) fn sid_of(conn: &Connection, stream: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT sid FROM streams WHERE name = ?1")?
        .query_row([stream], |row| row.get(0))
        .optional()
}

/// The last ordinary revision of a stream, and whether it is tombstoned.
pub(crate) fn end_of(conn: &Connection, sid: i64) -> rusqlite::Result<(Option<u64>, bool)> {
    let tombstone = TOMBSTONE_REVISION as i64;
    let last: Option<i64> = conn
        .prepare_cached("SELECT max(rev) FROM events WHERE sid = ?1 AND rev < ?2")?
        .query_row(params![sid, tombstone], |row| row.get(0))?;
    let tombstoned: bool = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM events WHERE sid = ?1 AND rev = ?2)")?
        .query_row(params![sid, tombstone], |row| row.get(0))?;
    Ok((last.map(|revision| revision as u64), tombstoned))
}

fn load(conn: &Connection, stream: &str) -> Result<Head, LoadError> {
    let sid = sid_of(conn, stream)?;
    let (last, tombstoned) = match sid {
        Some(sid) => end_of(conn, sid)?,
        None => (None, false),
    };
    let retention = metadata::load(conn, stream).map_err(LoadError::Record)?;
    Ok(Head {
        sid,
        last,
        tombstoned,
        retention,
    })
}
