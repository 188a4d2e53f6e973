//! Rows of area reports: how far each has come, and what exactly was signed.

use crate::book::BookError;
use crate::columns::{at, code};
use report_domain::ReportState;
use rusqlite::{Transaction, params};

pub(super) fn project(transaction: &Transaction<'_>, state: &ReportState) -> Result<(), BookError> {
    let Some(report) = &state.report else {
        return Ok(());
    };
    let (draft, signature) = (state.draft.as_ref(), state.signature.as_ref());
    let filing = state.filing.as_ref();
    transaction.execute(
        "INSERT OR REPLACE INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
         ?18)",
        params![
            report.unit.as_str(),
            report.stage,
            code(&state.progress),
            at(state.guarantee.as_ref().map(|given| given.at)),
            draft.map(|draft| draft.position.cast_signed()),
            draft.map(|draft| draft.digest.as_str()),
            draft.map_or(0, |draft| draft.list.len()) as i64,
            signature.map(|signature| signature.by.as_str()),
            at(signature.map(|signature| signature.at)),
            at(state.sealed_at),
            at(filing.map(|filing| filing.at)),
            filing.map(|filing| filing.number.as_str()),
            state.contradictions.len() as i64,
            at(state.due),
            at(state.guarantee_due),
            draft.map_or(0, |draft| draft.outdated.len()) as i64,
            at(state.acceptance.as_ref().map(|acceptance| acceptance.at)),
            state.returns.last().map(|back| back.reason.as_str()),
        ],
    )?;
    Ok(())
}
