//! Tips, read together with their clocks.

use super::{ClockFacts, Place, clocks_of};
use crate::book::BookError;
use crate::columns::{At, parsed, time};
use crate::query::conditions::Conditions;
use jiff::Timestamp;
use jurisdiction::UnitCode;
use mingcha_proto::ledger::Told;
use rusqlite::{Row, Transaction};

/// What lists say of a tip.
#[derive(Clone, Debug)]
pub(crate) struct TipFacts {
    pub(crate) id: String,
    pub(crate) received_at: Timestamp,
    pub(crate) channel: String,
    pub(crate) place: Place,
    /// The area it counts for.
    pub(crate) area: Option<UnitCode>,
    pub(crate) urgent: bool,
    pub(crate) confidential: bool,
    pub(crate) danger: bool,
    pub(crate) wants_answer: bool,
    pub(crate) seen: Vec<String>,
    pub(crate) seen_when: String,
    pub(crate) photos: u32,
    pub(crate) progress: String,
    pub(crate) case: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) enterprise: Option<String>,
    pub(crate) screened_at: Option<Timestamp>,
    pub(crate) rejection_reason: Option<String>,
    pub(crate) authority: Option<String>,
    pub(crate) messages: u32,
    pub(crate) last_message_at: Option<Timestamp>,
    pub(crate) replies: u32,
    pub(crate) outcome_told_at: Option<Timestamp>,
    pub(crate) clocks: Vec<ClockFacts>,
}

impl TipFacts {
    /// The clock of its screening, while it runs.
    pub(crate) fn screening(&self) -> Option<&ClockFacts> {
        self.clocks
            .iter()
            .find(|clock| clock.is_running() && clock.obligation == "screen_tip")
    }
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.clocks.iter().any(|clock| clock.is_overdue(now))
    }
}

/// Tips that meet the conditions, newest first, at most so many.
pub(crate) fn tips(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
    limit: Option<u32>,
) -> Result<Vec<TipFacts>, BookError> {
    let order = ("received_at DESC, tip", limit);
    let mut tips = super::select(transaction, "* FROM placed_tips", conditions, order, read)?;
    for tip in &mut tips {
        tip.clocks = clocks_of(transaction, &format!("tip-{}", tip.id))?;
    }
    Ok(tips)
}

/// What the reporter was told, oldest first.
pub(crate) fn told(transaction: &Transaction<'_>, id: &str) -> Result<Vec<Told>, BookError> {
    let mut select =
        transaction.prepare("SELECT at, kind, text FROM told WHERE tip = ?1 ORDER BY position")?;
    let rows = select.query_map([id], |row| {
        let At(at) = row.get("at")?;
        Ok(Told {
            at: at.to_string(),
            kind: row.get("kind")?,
            text: row.get("text")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<TipFacts> {
    let At(received_at) = row.get("received_at")?;
    let seen: String = row.get("seen")?;
    Ok(TipFacts {
        id: row.get("tip")?,
        received_at,
        channel: row.get("channel")?,
        place: Place::read(row)?,
        area: parsed(row, "area")?,
        urgent: row.get("urgent")?,
        confidential: row.get("confidential")?,
        danger: row.get("danger")?,
        wants_answer: row.get("wants_answer")?,
        seen: serde_json::from_str(&seen).unwrap_or_default(),
        seen_when: row.get("seen_when")?,
        photos: row.get("photos")?,
        progress: row.get("progress")?,
        case: row.get("case_id")?,
        summary: row.get("summary")?,
        enterprise: row.get("enterprise")?,
        screened_at: time(row, "screened_at")?,
        rejection_reason: row.get("rejection_reason")?,
        authority: row.get("authority")?,
        messages: row.get("messages")?,
        last_message_at: time(row, "last_message_at")?,
        replies: row.get("replies")?,
        outcome_told_at: time(row, "outcome_told_at")?,
        clocks: Vec::new(),
    })
}
