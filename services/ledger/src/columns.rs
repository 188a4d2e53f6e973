//! How values stand in the columns: times as nanoseconds, codes as the domain spells them.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use std::str::FromStr;

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct At(pub(crate) Timestamp);

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        // Whatever lies outside 1677–2262 was mistyped; it keeps its order at the end of the scale.
        let limit = if self.0 < Timestamp::UNIX_EPOCH {
            i64::MIN
        } else {
            i64::MAX
        };
        let nanoseconds = i64::try_from(self.0.as_nanosecond()).unwrap_or(limit);
        Ok(ToSqlOutput::Owned(Value::Integer(nanoseconds)))
    }
}

impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let nanoseconds = value.as_i64()?;
        Timestamp::from_nanosecond(nanoseconds.into())
            .map(Self)
            .map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// An optional time, to be stored.
pub(crate) fn at(time: Option<Timestamp>) -> Option<At> {
    time.map(At)
}

/// The code under which the domain stores a plain enum or a newtype of text.
pub(crate) fn code<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

/// A column that may be empty, as a time.
pub(crate) fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<At>>(column)?.map(|At(time)| time))
}

/// A code or id; what is no longer well-formed counts as absent.
pub(crate) fn parsed<T: FromStr>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    Ok(row
        .get::<_, Option<String>>(column)?
        .and_then(|text| text.parse().ok()))
}
