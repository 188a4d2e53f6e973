//! What the queries work on: rows of the views with their clocks, read at one moment.

mod awaiting;
mod cases;
mod clocks;
mod tips;

pub(crate) use awaiting::{AwaitingFacts, awaiting};
pub(crate) use cases::{CaseFacts, MOST_PRESSING_FIRST, came_late, cases, cases_in_order};
pub(crate) use clocks::{
    ClockFacts, EscalationFacts, FailureFacts, OF_HANDLING, TO_CONSIDER, clocks, clocks_of, escalations,
    failures, running_clocks,
};
pub(crate) use tips::{TipFacts, tips, told};

use crate::book::BookError;
use crate::query::conditions::Conditions;
use rusqlite::types::Value;
use rusqlite::{Row, Transaction};
use std::collections::HashSet;

/// How many rows of a table or view meet the conditions.
pub(crate) fn count(
    transaction: &Transaction<'_>,
    from: &str,
    conditions: &Conditions,
) -> Result<u32, BookError> {
    let sql = format!("SELECT count(*) FROM {from} WHERE {}", conditions.sql());
    let values = rusqlite::params_from_iter(conditions.values());
    Ok(transaction
        .prepare_cached(&sql)?
        .query_row(values, |row| row.get(0))?)
}

/// What one column holds in those rows.
pub(crate) fn ids(
    transaction: &Transaction<'_>,
    from: &str,
    column: &str,
    conditions: &Conditions,
) -> Result<HashSet<String>, BookError> {
    let sql = format!("SELECT {column} FROM {from} WHERE {}", conditions.sql());
    let values = rusqlite::params_from_iter(conditions.values());
    let mut statement = transaction.prepare_cached(&sql)?;
    let found = statement.query_map(values, |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Those rows, in an order, at most so many.
pub(crate) fn select<T>(
    transaction: &Transaction<'_>,
    from: &str,
    conditions: &Conditions,
    (order, limit): (&str, Option<u32>),
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, BookError> {
    let sql = format!(
        "SELECT {from} WHERE {} ORDER BY {order} LIMIT ?",
        conditions.sql()
    );
    let limit = Value::Integer(limit.map_or(-1, i64::from));
    let mut select = transaction.prepare_cached(&sql)?;
    let values = rusqlite::params_from_iter(conditions.values().chain([&limit]));
    let rows = select.query_map(values, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where something is, as far as known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) text: String,
    pub(crate) coordinates: Option<(f64, f64)>,
    pub(crate) division: Option<jurisdiction::UnitCode>,
}

impl Place {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let latitude: Option<f64> = row.get("latitude")?;
        let longitude: Option<f64> = row.get("longitude")?;
        Ok(Self {
            text: row.get("place")?,
            coordinates: latitude.zip(longitude),
            division: crate::columns::parsed(row, "division")?,
        })
    }

    /// As the messages spell it.
    pub(crate) fn message(&self) -> mingcha_proto::common::Place {
        let coordinates = self
            .coordinates
            .map(|(latitude, longitude)| mingcha_proto::common::Coordinates { latitude, longitude });
        mingcha_proto::common::Place {
            text: self.text.clone(),
            coordinates,
            division: self.division.as_ref().map(ToString::to_string),
        }
    }
}
