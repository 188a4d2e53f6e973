//! Applies commands inside a transaction: decide, give out numbers, insert.

use std::sync::Arc;

use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::decide::{Decision, Expected, Past, Place, decide};
use super::heads::{Head, Heads, LoadError};
use super::metadata;
use super::record::{METADATA_TYPE, Proposed, Record, TOMBSTONE_REVISION, TOMBSTONE_TYPE, ticks_now};
use super::writer::{Answer, Command, Written};
use crate::error::StoreError;

/// What follows from the commands of one transaction, valid once it is committed.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) answers: Vec<Answer>,
    pub(crate) records: Vec<Record>,
}

/// What the writer remembers between transactions.
#[derive(Debug)]
pub(crate) struct State {
    heads: Heads,
    last_position: u64,
    last_created: i64,
}

/// Why a command has no answer of its own: either it is refused, or the whole transaction fails.
enum Stop {
    Refuse(StoreError),
    Fail(rusqlite::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Fail(error)
    }
}

impl From<LoadError> for Stop {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Sqlite(error) => Self::Fail(error),
            LoadError::Record(error) => Self::Refuse(error),
        }
    }
}

impl State {
    /// Reads where the history ends.
    pub(crate) fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT gpos, created FROM events ORDER BY gpos DESC LIMIT 1";
        let last: Option<(i64, i64)> = conn
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (position, created) = last.unwrap_or((0, 0));
        Ok(Self {
            heads: Heads::default(),
            last_position: position as u64,
            last_created: created,
        })
    }

    /// The position of the last record.
    pub(crate) fn last_position(&self) -> u64 {
        self.last_position
    }

    /// Applies commands in order. If this or the commit fails, the state must be loaded anew.
    pub(crate) fn apply<'a>(
        &mut self,
        conn: &Connection,
        commands: impl Iterator<Item = &'a Command>,
    ) -> rusqlite::Result<Applied> {
        // A clock that was set back must not make history run backwards.
        self.last_created = self.last_created.max(ticks_now());
        let mut applied = Applied::default();
        for command in commands {
            let answer = match self.one(conn, command, &mut applied.records) {
                Ok(written) => Ok(written),
                Err(Stop::Refuse(refusal)) => Err(refusal),
                Err(Stop::Fail(error)) => return Err(error),
            };
            applied.answers.push(answer);
        }
        Ok(applied)
    }

    fn one(&mut self, conn: &Connection, command: &Command, out: &mut Vec<Record>) -> Result<Written, Stop> {
        match command {
            Command::Append {
                stream,
                expected,
                events,
            } => self.append(conn, stream, *expected, events, out),
            Command::Delete { stream, expected } => {
                self.admit(conn, stream, *expected, &[])?;
                let position = self.truncate(conn, stream, None, out)?;
                Ok(Written {
                    revision: None,
                    position: Some(position),
                })
            }
            Command::Tombstone { stream, expected } => {
                let (mut head, _) = self.admit(conn, stream, *expected, &[])?;
                let event = self.own_event(TOMBSTONE_TYPE, b"");
                let sid = self.sid(conn, stream, &head)?;
                self.insert(conn, sid, stream, TOMBSTONE_REVISION, &event, out)?;
                head.sid = Some(sid);
                head.tombstoned = true;
                self.heads.set(stream, head);
                Ok(Written {
                    revision: None,
                    position: Some(self.last_position),
                })
            }
        }
    }

    fn append(
        &mut self,
        conn: &Connection,
        stream: &Arc<str>,
        expected: Expected,
        events: &[Proposed],
        out: &mut Vec<Record>,
    ) -> Result<Written, Stop> {
        let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
        let (mut head, already) = self.admit(conn, stream, expected, &ids)?;
        if let Some(place) = already {
            return Ok(Written {
                revision: Some(place.revision),
                position: Some(place.position),
            });
        }
        if events.is_empty() {
            return Ok(Written {
                revision: head.last,
                position: None,
            });
        }
        if head.soft_deleted() {
            // The stream begins anew: what was deleted stays hidden behind the truncation.
            self.truncate(conn, stream, Some(head.next()), out)?;
            head = self.heads.get(conn, stream)?;
        }
        let sid = self.sid(conn, stream, &head)?;
        head.sid = Some(sid);
        for event in events {
            let revision = head.next();
            self.insert(conn, sid, stream, revision, event, out)?;
            head.last = Some(revision);
        }
        let revision = head.last;
        self.heads.set(stream, head);
        if let Some(described) = metadata::described_by(stream) {
            self.heads.forget(described);
        }
        Ok(Written {
            revision,
            position: Some(self.last_position),
        })
    }

    /// Applies the rules of expected revisions. A place means: done already, write nothing.
    fn admit(
        &mut self,
        conn: &Connection,
        stream: &Arc<str>,
        expected: Expected,
        ids: &[Uuid],
    ) -> Result<(Head, Option<Place>), Stop> {
        let head = self.heads.get(conn, stream)?;
        let deleted = || {
            Stop::Refuse(StoreError::StreamDeleted {
                stream: stream.to_string(),
            })
        };
        if let Some(described) = metadata::described_by(stream)
            && self.heads.get(conn, described)?.tombstoned
        {
            return Err(deleted());
        }
        let past = StoredPast { conn, sid: head.sid };
        match decide(&head, expected, ids, &past)? {
            Decision::Append => Ok((head, None)),
            Decision::Already(place) => Ok((head, Some(place))),
            Decision::Deleted => Err(deleted()),
            Decision::WrongExpected => Err(Stop::Refuse(StoreError::WrongExpectedVersion {
                stream: stream.to_string(),
                expected,
                current: head.last,
            })),
        }
    }

    /// Writes metadata that hides what stands before a revision (`None`: everything).
    fn truncate(
        &mut self,
        conn: &Connection,
        stream: &Arc<str>,
        before: Option<u64>,
        out: &mut Vec<Record>,
    ) -> Result<u64, Stop> {
        let json = metadata::with_truncation(conn, stream, before).map_err(Stop::Refuse)?;
        let event = self.own_event(METADATA_TYPE, &json);
        let name: Arc<str> = metadata::stream_of(stream).into();
        let mut head = self.heads.get(conn, &name)?;
        let sid = self.sid(conn, &name, &head)?;
        let revision = head.next();
        self.insert(conn, sid, &name, revision, &event, out)?;
        head.sid = Some(sid);
        head.last = Some(revision);
        self.heads.set(&name, head);
        self.heads.forget(stream);
        Ok(self.last_position)
    }

    /// An event that the store itself writes; its id follows from its position.
    fn own_event(&self, kind: &str, data: &[u8]) -> Proposed {
        let mut seed = [0; 16];
        let millis = (self.last_created / 10_000).to_be_bytes();
        seed[..6].copy_from_slice(&millis[2..]);
        seed[8..].copy_from_slice(&(self.last_position + 1).to_be_bytes());
        Proposed {
            id: Uuid::new_v8(seed),
            kind: kind.to_owned(),
            json: true,
            metadata: Bytes::new(),
            data: Bytes::copy_from_slice(data),
        }
    }

    fn sid(&self, conn: &Connection, stream: &str, head: &Head) -> rusqlite::Result<i64> {
        match head.sid {
            Some(sid) => Ok(sid),
            None => conn
                .prepare_cached("INSERT INTO streams (name) VALUES (?1)")?
                .insert([stream]),
        }
    }

    fn insert(
        &mut self,
        conn: &Connection,
        sid: i64,
        stream: &Arc<str>,
        revision: u64,
        event: &Proposed,
        out: &mut Vec<Record>,
    ) -> rusqlite::Result<()> {
        let record = Record {
            position: self.last_position + 1,
            stream: Arc::clone(stream),
            revision,
            id: event.id,
            kind: event.kind.clone(),
            json: event.json,
            created: self.last_created,
            metadata: event.metadata.clone(),
            data: event.data.clone(),
        };
        conn.prepare_cached(
            "INSERT INTO events (gpos, sid, rev, id, type, json, created, meta, data, crc)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            record.position as i64,
            sid,
            record.revision as i64,
            record.id.as_bytes().as_slice(),
            record.kind,
            record.json,
            record.created,
            &record.metadata[..],
            &record.data[..],
            record.checksum(),
        ])?;
        self.last_position = record.position;
        out.push(record);
        Ok(())
    }
}

/// The rows of one stream, as [`decide`] looks things up in them.
struct StoredPast<'a> {
    conn: &'a Connection,
    sid: Option<i64>,
}

impl Past for StoredPast<'_> {
    type Error = rusqlite::Error;

    fn at(&self, revision: u64) -> rusqlite::Result<Option<(Uuid, Place)>> {
        let row = |row: &rusqlite::Row<'_>| {
            let position: i64 = row.get(0)?;
            let place = Place {
                revision,
                position: position as u64,
            };
            Ok((Uuid::from_bytes(row.get(1)?), place))
        };
        self.conn
            .prepare_cached("SELECT gpos, id FROM events WHERE sid = ?1 AND rev = ?2")?
            .query_row(params![self.sid, revision as i64], row)
            .optional()
    }

    fn find(&self, id: Uuid) -> rusqlite::Result<Option<Place>> {
        let row = |row: &rusqlite::Row<'_>| {
            let (position, revision): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok(Place {
                revision: revision as u64,
                position: position as u64,
            })
        };
        self.conn
            .prepare_cached(
                "SELECT gpos, rev FROM events INDEXED BY events_by_id
                 WHERE id = ?1 AND +sid = ?2 ORDER BY rev DESC LIMIT 1",
            )?
            .query_row(params![id.as_bytes().as_slice(), self.sid], row)
            .optional()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::schema;

    #[test]
    fn a_clock_that_was_set_back_does_not_turn_history_round() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = schema::database_path(folder.path());
        let conn = schema::open_writer(&path, None).expect("opens");
        let mut state = State::load(&conn).expect("loads");
        let hour = 36_000_000_000;
        // As if the last event had been written by a clock one hour ahead of the present one.
        let ahead = ticks_now() + hour;
        state.last_created = ahead;
        let command = |id| Command::Append {
            stream: "s".into(),
            expected: Expected::Any,
            events: vec![Proposed {
                id: Uuid::from_u128(id),
                kind: "t".into(),
                json: false,
                metadata: Bytes::new(),
                data: Bytes::new(),
            }],
        };
        let applied = state.apply(&conn, [command(1)].iter()).expect("applied");
        assert_eq!(applied.records[0].created, ahead);
        // The moment is read back from the history after a restart.
        let mut state = State::load(&conn).expect("loads");
        let applied = state.apply(&conn, [command(2)].iter()).expect("applied");
        assert_eq!(applied.records[0].created, ahead);
    }
}
