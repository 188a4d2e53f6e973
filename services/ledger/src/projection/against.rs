//! Whom tips and cases are about, from whatever fact says so.

use crate::book::BookError;
use jurisdiction::Against;
use platform::Recorded;
use rusqlite::{OptionalExtension, Transaction};

/// Facts of every kind spell it alike, as the field `against`. Who is once in conflict stays so.
pub(super) fn project(transaction: &Transaction<'_>, fact: &Recorded) -> Result<(), BookError> {
    let Some(said) = fact.data.get("against") else {
        return Ok(());
    };
    let Ok(said) = serde_json::from_value::<Against>(said.clone()) else {
        return Ok(());
    };
    if said.is_empty() {
        return Ok(());
    }
    let known: Option<String> = transaction
        .query_row(
            "SELECT against FROM against WHERE subject = ?1",
            [&fact.stream],
            |row| row.get(0),
        )
        .optional()?;
    let known: Against = match known {
        Some(known) => serde_json::from_str(&known)?,
        None => Against::default(),
    };
    transaction.execute(
        "INSERT OR REPLACE INTO against VALUES (?1, ?2)",
        (&fact.stream, serde_json::to_string(&known.and(said))?),
    )?;
    Ok(())
}
