//! Screening 受理甄审: accepted, rejected or diverted, once.

use super::{Decision, Progress, TipState, no_person_in, open_words, receiving, rights};
use crate::{AcceptTip, DivertTip, FoundCase, Place, RejectTip, TipEvent, TipRefusal};
use decider::Given;
use jurisdiction::{Against, Unit, UnitCode, UnitKind, Urgency};

pub fn accept(state: &TipState, command: &AcceptTip, given: Given<'_>) -> Decision {
    screenable(state, given)?;
    if !command.opens_case {
        joinable(command.found)?;
    } else if !somebody_may_handle(&state.against, given) {
        return Err(TipRefusal::NobodyMayHandle);
    }
    let place = command.place.clone().unwrap_or_else(|| state.place.clone());
    receiving::check_place(&place, given)?;
    check_division(&state.place, &place, given)?;
    no_person_in(
        command.enterprise.as_deref().unwrap_or_default(),
        TipRefusal::PersonInEnterprise,
    )?;
    let urgency = if state.urgent {
        Urgency::Urgent
    } else {
        command.urgency
    };
    Ok(vec![TipEvent::TipAccepted {
        case: command.case,
        opens_case: command.opens_case,
        summary: open_words(
            &command.summary,
            TipRefusal::SummaryMissing,
            TipRefusal::PersonInSummary,
        )?,
        enterprise: command.enterprise.clone(),
        place,
        urgency,
        confidential: state.confidential,
        against: state.against.clone(),
    }])
}

pub fn reject(state: &TipState, command: &RejectTip, given: Given<'_>) -> Decision {
    screenable(state, given)?;
    let explanation = explained(&command.explanation)?;
    Ok(vec![TipEvent::TipRejected {
        reason: command.reason,
        explanation,
    }])
}

pub fn divert(state: &TipState, command: &DivertTip, given: Given<'_>) -> Decision {
    screenable(state, given)?;
    let authority = match state.against.authority(given.jurisdiction) {
        // What is about officials has an authority of its own, whatever else nobody says.
        Some(unit) if command.authority.trim().is_empty() => unit.name.clone(),
        _ => open_words(
            &command.authority,
            TipRefusal::AuthorityMissing,
            TipRefusal::PersonInAuthority,
        )?,
    };
    let explanation = explained(&command.explanation)?;
    Ok(vec![TipEvent::TipDiverted {
        authority,
        explanation,
    }])
}

/// Whether a case of it could be given to anybody: what is about the whole city is not for the city to handle.
pub(super) fn somebody_may_handle(against: &Against, given: Given<'_>) -> bool {
    let handles = |unit: &&Unit| matches!(unit.kind, UnitKind::Government | UnitKind::Department);
    let mut units = given.jurisdiction.open_units().filter(handles);
    units.any(|unit| !against.holds_unit(&unit.code, given.jurisdiction))
}

fn explained(text: &str) -> Result<String, TipRefusal> {
    open_words(
        text,
        TipRefusal::ExplanationMissing,
        TipRefusal::PersonInExplanation,
    )
}

/// Whoever signs that an area is clean answers for what lies in it: a site is not moved to where others answer for it, nor to where
/// nobody does any more.
pub(super) fn check_division(told: &Place, place: &Place, given: Given<'_>) -> Result<(), TipRefusal> {
    let jurisdiction = given.jurisdiction;
    if told.division == place.division {
        return Ok(());
    }
    let Some(division) = &place.division else {
        return Err(TipRefusal::PlaceCoarser);
    };
    if !jurisdiction.actor_covers(given.by, division) {
        return Err(TipRefusal::PlaceElsewhere);
    }
    // A unit that was merged lies in another of its own level, and that is no less said.
    let is_above = |told: &UnitCode| {
        jurisdiction.is_within(told, division) && jurisdiction.level(division) < jurisdiction.level(told)
    };
    match &told.division {
        Some(told) if is_above(told) => Err(TipRefusal::PlaceCoarser),
        _ => Ok(()),
    }
}

/// A case that is over or not there would not take the tip, and it would be lost between the two.
pub fn joinable(found: FoundCase) -> Result<(), TipRefusal> {
    match found {
        FoundCase::Nothing => Err(TipRefusal::NoSuchCase),
        FoundCase::Closed => Err(TipRefusal::CaseClosed),
        FoundCase::Open => Ok(()),
    }
}

fn screenable(state: &TipState, given: Given<'_>) -> Result<(), TipRefusal> {
    rights::screens(state, given)?;
    match state.progress {
        Progress::Received => Ok(()),
        _ => Err(TipRefusal::AlreadyScreened),
    }
}
