//! What waits for somebody's judgement, read.

use crate::book::BookError;
use crate::columns::{At, time};
use crate::query::conditions::Conditions;
use jiff::Timestamp;
use jurisdiction::Actor;
use rusqlite::{Row, Transaction};

/// Something that was asked for, answered or announced, and that somebody has to decide on.
#[derive(Clone, Debug)]
pub(crate) struct AwaitingFacts {
    /// As work lists call it.
    pub(crate) kind: String,
    pub(crate) number: i64,
    pub(crate) subject: String,
    /// Whose it is; empty if it is nobody's in particular.
    pub(crate) unit: String,
    pub(crate) since: Timestamp,
    pub(crate) due: Option<Timestamp>,
    pub(crate) clock: Option<String>,
    pub(crate) obligation: Option<String>,
    pub(crate) what: String,
    /// Who asked, where that decides who may answer.
    pub(crate) asked_by: Option<Actor>,
}

/// What meets the conditions, longest waiting first.
pub(crate) fn awaiting(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
) -> Result<Vec<AwaitingFacts>, BookError> {
    let order = ("since, stream, kind, number", None);
    super::select(transaction, "* FROM awaiting", conditions, order, read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<AwaitingFacts> {
    let At(since) = row.get("since")?;
    Ok(AwaitingFacts {
        kind: row.get("kind")?,
        number: row.get("number")?,
        subject: row.get("subject")?,
        unit: row.get("unit")?,
        since,
        due: time(row, "due")?,
        clock: row.get("clock")?,
        obligation: row.get("obligation")?,
        what: row.get("what")?,
        asked_by: row
            .get::<_, Option<String>>("asked_by")?
            .and_then(|actor| serde_json::from_str(&actor).ok()),
    })
}
