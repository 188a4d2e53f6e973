//! Screening again what was turned down 复核甄审: the level above takes it up, or the reporter says once that it should have been.

use super::{Decision, Progress, TipState, erasure, open_words};
use crate::{ObjectToScreening, ReconsiderTip, TipEvent, TipRefusal};
use decider::{Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Level, Role, Unit, UnitCode, UnitKind};
use serde::Serialize;

/// A second screening, and what had come of the first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    /// Whoever screens it now.
    pub to: UnitCode,
    pub since: Timestamp,
    /// The reporter asked for it.
    pub by_reporter: bool,
    /// What the reporter had been told.
    pub told: String,
}

impl TipState {
    /// Whether it was turned down and is to be screened again.
    pub fn is_under_review(&self) -> bool {
        self.progress == Progress::Received && self.review.is_some()
    }
    /// Who screens it, if that is not the desk of where it lies: above whom it is about, or above who turned it down. Of what
    /// is about the city itself, nobody but the discipline inspectors.
    pub fn screened_at<'j>(&self, jurisdiction: &'j Jurisdiction) -> Option<&'j Unit> {
        let authority = self.against.authority(jurisdiction);
        let review = self.review.as_ref().filter(|_| self.is_under_review());
        authority
            .filter(|unit| unit.kind == UnitKind::Discipline)
            .or_else(|| jurisdiction.unit(&review?.to))
            .or(authority)
    }
}

/// Once: what the level above has decided stays until it thinks better of it itself.
pub fn object(state: &TipState, command: &ObjectToScreening, given: Given<'_>) -> Decision {
    if state.objected {
        return Err(TipRefusal::AlreadyObjected);
    }
    turned_down(state)?;
    if command.message.is_some() {
        erasure::content_kept(state)?;
    }
    let to = above(state, given.jurisdiction).ok_or(TipRefusal::NotTurnedDown)?;
    Ok(vec![TipEvent::ScreeningObjected {
        message: command.message.clone(),
        to: to.code.clone(),
    }])
}

pub fn reconsider(state: &TipState, command: &ReconsiderTip, given: Given<'_>) -> Decision {
    turned_down(state)?;
    let to = reviewer(state, given).ok_or(TipRefusal::NotReviewer)?;
    let reason = open_words(
        &command.reason,
        TipRefusal::ReviewReasonMissing,
        TipRefusal::NumbersInReason,
    )?;
    Ok(vec![TipEvent::ScreeningReconsidered { reason, to }])
}

fn turned_down(state: &TipState) -> Result<(), TipRefusal> {
    match state.progress {
        Progress::Rejected { .. } | Progress::Diverted { .. } => Ok(()),
        _ => Err(TipRefusal::NotTurnedDown),
    }
}

/// The unit above who turned it down: the city's desk above a county, the discipline inspectors above the city.
fn above<'j>(state: &TipState, jurisdiction: &'j Jurisdiction) -> Option<&'j Unit> {
    let inspectors = jurisdiction.unit_of_kind(UnitKind::Discipline);
    match is_of_the_city(state, jurisdiction) {
        true => inspectors.or_else(|| desk(jurisdiction)),
        false => desk(jurisdiction),
    }
}

/// The desk that screens for the city.
fn desk(jurisdiction: &Jurisdiction) -> Option<&Unit> {
    let office = jurisdiction.unit_of_kind(UnitKind::Office);
    office.or_else(|| jurisdiction.city())
}

/// Whether it was turned down at the level of the city, or may only be looked at above it.
fn is_of_the_city(state: &TipState, jurisdiction: &Jurisdiction) -> bool {
    let by = state.turned_down_by.as_ref().and_then(|by| by.unit());
    let level = by.and_then(|unit| jurisdiction.level(unit));
    level.is_none_or(|level| level == Level::City) || is_about_the_city(state, jurisdiction)
}

fn is_about_the_city(state: &TipState, jurisdiction: &Jurisdiction) -> bool {
    let authority = state.against.authority(jurisdiction);
    authority.is_some_and(|unit| unit.kind == UnitKind::Discipline)
}

/// Who screens it again if this person says so: above who turned it down, and never that person.
fn reviewer(state: &TipState, given: Given<'_>) -> Option<UnitCode> {
    let (by, jurisdiction) = (given.by, given.jurisdiction);
    let own = state.turned_down_by.as_ref().and_then(|by| by.person()) == by.person();
    let city = jurisdiction.city().map(|city| &city.code);
    let covers_the_city = city.is_some_and(|city| jurisdiction.actor_covers(by, city));
    let may = match by.role()? {
        Role::Inspector => return by.unit().cloned().filter(|_| !own),
        Role::Leader => jurisdiction.leads_the_city(by) && !is_about_the_city(state, jurisdiction),
        Role::Dispatcher => covers_the_city && !is_of_the_city(state, jurisdiction),
        _ => false,
    };
    let desk = desk(jurisdiction).map(|desk| desk.code.clone());
    desk.filter(|_| may && !own)
}

pub fn evolve(state: &mut TipState, event: &TipEvent, stamp: &Stamp) {
    let (to, by_reporter) = match event {
        TipEvent::ScreeningObjected { message, to } => {
            state.objected = true;
            state.reporter_wrote.extend(message.is_some().then_some(stamp.at));
            (to, true)
        }
        TipEvent::ScreeningReconsidered { to, .. } => (to, false),
        _ => return,
    };
    let told = match std::mem::replace(&mut state.progress, Progress::Received) {
        Progress::Rejected { told } | Progress::Diverted { told, .. } => told,
        _ => String::new(),
    };
    state.waits_since = Some(stamp.at);
    state.review = Some(Review {
        to: to.clone(),
        since: stamp.at,
        by_reporter,
        told,
    });
}
