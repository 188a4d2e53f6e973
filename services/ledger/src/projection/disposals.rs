//! Rows of disposals: how many measures are done, how the spot check went, whether something came back.

use crate::book::BookError;
use crate::columns::At;
use disposal_domain::{DisposalEvent, DisposalState};
use platform::Recorded;
use rusqlite::{Transaction, params};

pub(super) fn project(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    event: &DisposalEvent,
    state: &DisposalState,
) -> Result<(), BookError> {
    let case = fact.subject();
    let done = state.measures.iter().filter(|record| record.done.is_some());
    transaction.execute(
        "INSERT OR REPLACE INTO disposals VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            case,
            state.measures.len() as i64,
            done.count() as i64,
            state.spot_check.as_ref().map(|check| spot_check(check.passed)),
            !state.relapses.is_empty(),
            serde_json::to_string(&state.reviews_passed().collect::<Vec<_>>())?,
        ],
    )?;
    let step = match event {
        DisposalEvent::DisposalOrdered { .. } => "disposal_ordered",
        DisposalEvent::RelapseFound { .. } => "relapse",
        _ => return Ok(()),
    };
    transaction.execute(
        "INSERT OR REPLACE INTO steps VALUES (?1, ?2, ?3, ?4, NULL, NULL)",
        params![case, fact.position.cast_signed(), At(fact.metadata.at), step],
    )?;
    Ok(())
}

pub(crate) fn spot_check(passed: Option<bool>) -> &'static str {
    match passed {
        None => "pending",
        Some(true) => "passed",
        Some(false) => "failed",
    }
}
