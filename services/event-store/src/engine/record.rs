//! One stored event: its fields, its checksum, its way in and out of a database row.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use rusqlite::Row;
use uuid::Uuid;

use crate::error::StoreError;

/// The revision under which a tombstone is stored; no ordinary event can reach it.
pub(crate) const TOMBSTONE_REVISION: u64 = i64::MAX as u64;
/// The type of the event that ends a stream for ever.
pub(crate) const TOMBSTONE_TYPE: &str = "$streamDeleted";
/// The type of the events in a metadata stream.
pub(crate) const METADATA_TYPE: &str = "$metadata";

/// The columns [`from_row`] expects, in its order.
pub(crate) const COLUMNS: &str =
    "e.gpos, s.name, e.rev, e.id, e.type, e.json, e.created, e.meta, e.data, e.crc";

/// An event as a writer proposes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Identifies the event; a retry carries the same one.
    pub id: Uuid,
    /// The event's type.
    pub kind: String,
    /// Whether the data is JSON.
    pub json: bool,
    /// The writer's own metadata.
    pub metadata: Bytes,
    /// The event itself.
    pub data: Bytes,
}

/// An event as it was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the global order, gapless from 1.
    pub position: u64,
    /// The stream it belongs to.
    pub stream: Arc<str>,
    /// Its place in the stream, gapless from 0.
    pub revision: u64,
    /// Identifies the event.
    pub id: Uuid,
    /// The event's type.
    pub kind: String,
    /// Whether the data is JSON.
    pub json: bool,
    /// When it was committed, in ticks of 100 ns since the Unix epoch; never decreases.
    pub created: i64,
    /// The writer's own metadata.
    pub metadata: Bytes,
    /// The event itself.
    pub data: Bytes,
}

impl Record {
    /// Covers every field, so that no column can change unnoticed; lengths keep fields apart.
    pub(crate) fn checksum(&self) -> u32 {
        let mut sum = crc32c::crc32c(&self.position.to_le_bytes());
        for part in [
            self.stream.as_bytes(),
            &self.revision.to_le_bytes(),
            self.id.as_bytes(),
            self.kind.as_bytes(),
            &[u8::from(self.json)],
            &self.created.to_le_bytes(),
            &self.metadata,
            &self.data,
        ] {
            sum = crc32c::crc32c_append(sum, &(part.len() as u64).to_le_bytes());
            sum = crc32c::crc32c_append(sum, part);
        }
        sum
    }

    /// Roughly what the record occupies in memory.
    pub(crate) fn weight(&self) -> usize {
        self.data.len() + self.metadata.len() + self.kind.len() + self.stream.len() + 160
    }
}

/// Reads a row of [`COLUMNS`] and proves that it is what was acknowledged.
pub(crate) fn from_row(row: &Row<'_>) -> Result<Record, StoreError> {
    let position = position_of(row)?;
    let broken = |reason: String| {
        tracing::error!(position, %reason, "a stored record is damaged");
        StoreError::DataLoss { position, reason }
    };
    let (record, stored) =
        fields(row, position).map_err(|error| broken(format!("the row cannot be decoded: {error}")))?;
    let computed = record.checksum();
    if i64::from(computed) == stored {
        Ok(record)
    } else {
        Err(broken(format!(
            "checksum {computed:08x} does not match the stored {stored:08x}"
        )))
    }
}

/// The first column of a row, which must be a position.
pub(crate) fn position_of(row: &Row<'_>) -> Result<u64, StoreError> {
    row.get::<_, i64>(0)
        .map(|position| position as u64)
        .map_err(|error| StoreError::from_sqlite(&error))
}

fn fields(row: &Row<'_>, position: u64) -> rusqlite::Result<(Record, i64)> {
    let record = Record {
        position,
        stream: row.get::<_, Arc<str>>(1)?,
        revision: row.get::<_, i64>(2)? as u64,
        id: Uuid::from_bytes(row.get(3)?),
        kind: row.get(4)?,
        json: row.get(5)?,
        created: row.get(6)?,
        metadata: Bytes::from(row.get::<_, Vec<u8>>(7)?),
        data: Bytes::from(row.get::<_, Vec<u8>>(8)?),
    };
    Ok((record, row.get(9)?))
}

/// The present in ticks of 100 ns since the Unix epoch.
pub(crate) fn ticks_now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO);
    i64::try_from(since.as_nanos() / 100).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Record {
        Record {
            position: 1,
            stream: "tip-1".into(),
            revision: 0,
            id: Uuid::from_u128(7),
            kind: "tip.received.v1".into(),
            json: true,
            created: 5,
            metadata: Bytes::from_static(b"m"),
            data: Bytes::from_static(b"d"),
        }
    }

    #[test]
    fn the_checksum_covers_every_field() {
        let base = sample().checksum();
        let changes: [fn(&mut Record); 9] = [
            |r| r.position = 2,
            |r| r.stream = "tip-2".into(),
            |r| r.revision = 1,
            |r| r.id = Uuid::from_u128(8),
            |r| r.kind.push('x'),
            |r| r.json = false,
            |r| r.created = 6,
            |r| r.metadata = Bytes::from_static(b"n"),
            |r| r.data = Bytes::from_static(b"e"),
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut record = sample();
            change(&mut record);
            assert_ne!(record.checksum(), base, "change {index} went unnoticed");
        }
    }

    #[test]
    fn the_checksum_keeps_fields_apart() {
        let mut moved = sample();
        moved.metadata = Bytes::new();
        moved.data = Bytes::from_static(b"md");
        assert_ne!(moved.checksum(), sample().checksum());
    }
}
