//! Stream metadata: the `$metadata` events in `$$stream` that bound what a read shows.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

use super::heads::sid_of;
use super::record::{COLUMNS, Record, TOMBSTONE_REVISION, from_row};
use crate::error::StoreError;

/// The `$tb` that marks a soft-deleted stream.
const DELETED: u64 = i64::MAX as u64;
const TICKS_PER_SECOND: i64 = 10_000_000;

/// What metadata says about which events of a stream are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Retention {
    /// `$maxCount`: only that many of the newest.
    pub(crate) max_count: Option<u64>,
    /// `$maxAge` in seconds: none older.
    pub(crate) max_age: Option<u64>,
    /// `$tb`: none before this revision.
    pub(crate) truncate_before: Option<u64>,
}

impl Retention {
    /// Reads the JSON of a metadata event; what is not understood bounds nothing.
    pub(crate) fn parse(json: &[u8]) -> Self {
        let Ok(Value::Object(fields)) = serde_json::from_slice(json) else {
            return Self::default();
        };
        let number = |key: &str| fields.get(key).and_then(Value::as_u64);
        Self {
            max_count: number("$maxCount"),
            max_age: number("$maxAge"),
            truncate_before: number("$tb"),
        }
    }

    /// Deleted in a way that a later append undoes.
    pub(crate) fn soft_deleted(&self) -> bool {
        self.truncate_before == Some(DELETED)
    }

    /// The first revision that may be shown of a stream that ends at `last`.
    pub(crate) fn first_revision(&self, last: u64) -> u64 {
        let by_count = self.max_count.map_or(0, |count| (last + 1).saturating_sub(count));
        by_count.max(self.truncate_before.unwrap_or(0))
    }

    /// The oldest moment (in ticks) that may be shown.
    pub(crate) fn oldest(&self, now: i64) -> i64 {
        self.max_age.map_or(i64::MIN, |seconds| {
            let ticks = i64::try_from(seconds)
                .unwrap_or(i64::MAX)
                .saturating_mul(TICKS_PER_SECOND);
            now.saturating_sub(ticks)
        })
    }
}

/// The stream that holds another stream's metadata.
pub(crate) fn stream_of(stream: &str) -> String {
    format!("$${stream}")
}

/// The stream that a metadata stream describes.
pub(crate) fn described_by(stream: &str) -> Option<&str> {
    stream.strip_prefix("$$")
}

/// The newest metadata of a stream.
pub(crate) fn load(conn: &Connection, stream: &str) -> Result<Option<Retention>, StoreError> {
    let record = newest(conn, stream)?;
    Ok(record.map(|record| Retention::parse(&record.data)))
}

/// The newest metadata with another `$tb`; everything else it says is kept.
pub(crate) fn with_truncation(
    conn: &Connection,
    stream: &str,
    before: Option<u64>,
) -> Result<Vec<u8>, StoreError> {
    let record = newest(conn, stream)?;
    let mut fields = record
        .and_then(|record| serde_json::from_slice::<Map<String, Value>>(&record.data).ok())
        .unwrap_or_default();
    fields.insert("$tb".into(), before.unwrap_or(DELETED).into());
    Ok(Value::Object(fields).to_string().into_bytes())
}

fn newest(conn: &Connection, stream: &str) -> Result<Option<Record>, StoreError> {
    // Metadata has no metadata of its own.
    if described_by(stream).is_some() {
        return Ok(None);
    }
    let sqlite = |error: rusqlite::Error| StoreError::from_sqlite(&error);
    let Some(sid) = sid_of(conn, &stream_of(stream)).map_err(sqlite)? else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM events e JOIN streams s ON s.sid = e.sid
         WHERE e.sid = ?1 AND e.rev < ?2 ORDER BY e.rev DESC LIMIT 1"
    );
    conn.prepare_cached(&sql)
        .and_then(|mut statement| {
            statement
                .query_row(params![sid, TOMBSTONE_REVISION as i64], |row| Ok(from_row(row)))
                .optional()
        })
        .map_err(sqlite)?
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_knows_and_ignores_the_rest() {
        let json = br#"{"$maxCount":3,"$maxAge":60,"$tb":5,"$acl":{"$r":"x"},"mine":1}"#;
        let retention = Retention::parse(json);
        assert_eq!(retention.max_count, Some(3));
        assert_eq!(retention.max_age, Some(60));
        assert_eq!(retention.truncate_before, Some(5));
        assert_eq!(Retention::parse(b"not json"), Retention::default());
    }

    #[test]
    fn the_stricter_bound_wins() {
        let retention = Retention::parse(br#"{"$maxCount":3,"$tb":5}"#);
        assert_eq!(retention.first_revision(6), 5);
        assert_eq!(retention.first_revision(9), 7);
        assert_eq!(Retention::default().first_revision(9), 0);
    }

    #[test]
    fn age_is_counted_in_seconds() {
        let retention = Retention::parse(br#"{"$maxAge":2}"#);
        assert_eq!(retention.oldest(30_000_000), 10_000_000);
        assert_eq!(Retention::default().oldest(5), i64::MIN);
    }
}
