//! Rows of cases, who handles them, their tips, and the steps that the public may see.

use crate::book::BookError;
use crate::columns::{At, at, code};
use crate::search;
use case_domain::{CaseEvent, CaseState, Class, ClosingReason, Origin};
use platform::Recorded;
use rusqlite::{Transaction, params};

pub(super) fn project(
    transaction: &Transaction<'_>,
    fact: &Recorded,
    event: &CaseEvent,
    state: &CaseState,
) -> Result<(), BookError> {
    let case = fact.subject();
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO cases VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?
        .execute(params![
            case,
            At(state.opened_at.unwrap_or(fact.metadata.at)),
            state.origin.as_ref().map_or("", origin),
            state.origin.as_ref().and_then(relapse_of),
            state.summary,
            state.enterprise,
            state.place.text,
            state.place.coordinates.map(|point| point.latitude),
            state.place.coordinates.map(|point| point.longitude),
            state.place.division.as_ref().map(|unit| unit.as_str()),
            code(&state.urgency),
            state.confidential,
            state.owner.as_ref().map(|unit| unit.as_str()),
            code(&state.progress),
            state.class.map(class),
            state.returns() as i64,
            at(state.closed_at),
            state.closed.as_ref().map(closed_as),
            state.closed.as_ref().and_then(merged_into),
        ])?;
    members(transaction, case, state)?;
    let words = [&state.summary, state.enterprise.as_deref().unwrap_or_default()];
    search::index(transaction, &fact.stream, &state.place.text, &words)?;
    if let Some((step, unit)) = step(event) {
        transaction.execute(
            "INSERT OR REPLACE INTO steps VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                case,
                fact.position.cast_signed(),
                At(fact.metadata.at),
                step,
                unit,
                note(event)
            ],
        )?;
    }
    Ok(())
}

fn members(transaction: &Transaction<'_>, case: &str, state: &CaseState) -> Result<(), BookError> {
    transaction.execute("DELETE FROM co_handlers WHERE case_id = ?1", [case])?;
    for unit in &state.co_handlers {
        transaction.execute(
            "INSERT OR IGNORE INTO co_handlers VALUES (?1, ?2)",
            (case, unit.as_str()),
        )?;
    }
    transaction.execute("DELETE FROM case_tips WHERE case_id = ?1", [case])?;
    for tip in &state.tips {
        transaction.execute(
            "INSERT OR IGNORE INTO case_tips VALUES (?1, ?2)",
            (case, tip.to_string()),
        )?;
    }
    Ok(())
}

/// The legal class as the order and the area reports write it.
pub(super) fn class(class: Class) -> &'static str {
    match class {
        Class::A => "A",
        Class::B => "B",
        Class::C => "C",
    }
}

fn origin(origin: &Origin) -> &'static str {
    match origin {
        Origin::Tip { .. } => "tip",
        Origin::Relapse { .. } => "relapse",
        Origin::Sweep { .. } => "sweep",
        Origin::NightLoad { .. } => "night_load",
        Origin::ListMatching { .. } => "list_matching",
        Origin::SupervisionFinding { .. } => "supervision_finding",
        Origin::ProvincialSupervision { .. } => "provincial_supervision",
        Origin::DepartmentTransfer { .. } => "department_transfer",
    }
}

fn relapse_of(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Relapse { of, .. } => Some(of.to_string()),
        _ => None,
    }
}

fn merged_into(reason: &ClosingReason) -> Option<String> {
    match reason {
        ClosingReason::Merged { into } => Some(into.to_string()),
        _ => None,
    }
}

fn closed_as(reason: &ClosingReason) -> &'static str {
    match reason {
        ClosingReason::Disposed => "disposed",
        ClosingReason::FoundClean => "found_clean",
        ClosingReason::NotSmallChemical { .. } => "not_small_chemical",
        ClosingReason::Merged { .. } => "merged",
    }
}

/// The step that a reporter is shown, and the unit whose level it names. Returns and doubts are the officials' own affair.
fn step(event: &CaseEvent) -> Option<(&'static str, Option<&str>)> {
    match event {
        CaseEvent::CaseOpened { .. } => Some(("opened", None)),
        CaseEvent::CaseAssigned { to, .. }
        | CaseEvent::CaseDesignated { to, .. }
        | CaseEvent::CaseReassigned { to, .. } => Some(("assigned", Some(to.as_str()))),
        CaseEvent::InspectionRecorded { .. } => Some(("inspected", None)),
        CaseEvent::CaseConfirmed { .. } => Some(("confirmed", None)),
        CaseEvent::ExtensionGranted { .. } => Some(("extended", None)),
        CaseEvent::CaseClosed {
            reason: ClosingReason::Merged { .. },
            ..
        } => Some(("merged", None)),
        CaseEvent::CaseClosed { .. } => Some(("closed", None)),
        CaseEvent::CaseReopened { .. } => Some(("reopened", None)),
        _ => None,
    }
}

/// Why it takes longer: the one reason of the officials that the reporter reads as well.
fn note(event: &CaseEvent) -> Option<&str> {
    match event {
        CaseEvent::ExtensionGranted { reason, .. } => Some(reason),
        _ => None,
    }
}
