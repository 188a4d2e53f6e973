//! Who may act on a tip.

use super::TipState;
use crate::TipRefusal;
use decider::Given;
use jurisdiction::{Actor, Role, UnitKind};

/// A dispatcher of the city, or of the county in which the tip lies; of a tip about a unit or an official, a dispatcher of
/// the level above them, and of one about the city itself, a discipline inspector. What was turned down and is screened again,
/// whoever is named for it.
pub fn screens(state: &TipState, given: Given<'_>) -> Result<(), TipRefusal> {
    let jurisdiction = given.jurisdiction;
    let Actor::Staff { unit, role, .. } = given.by else {
        return Err(TipRefusal::NotDispatcher);
    };
    let at = state.screened_at(jurisdiction);
    let under_review = state.is_under_review();
    if let Some(inspectors) = at.filter(|unit| unit.kind == UnitKind::Discipline) {
        return match role {
            Role::Inspector if *unit == inspectors.code => Ok(()),
            Role::Dispatcher if under_review => Err(TipRefusal::UnderReview),
            _ => Err(TipRefusal::NotDispatcher),
        };
    }
    if *role != Role::Dispatcher {
        return Err(TipRefusal::NotDispatcher);
    }
    let lies_in = || {
        state
            .place
            .division
            .as_ref()
            .or(jurisdiction.city().map(|city| &city.code))
    };
    let within = at.map(|unit| &unit.code).or_else(lies_in);
    match within {
        Some(within) if jurisdiction.covers(unit, within) => Ok(()),
        _ if under_review => Err(TipRefusal::UnderReview),
        _ => Err(TipRefusal::OutsideSubtree),
    }
}

/// Whether the place of the tip lies in the area of whoever acts; one without a division lies in the city.
pub fn lies_within(state: &TipState, given: Given<'_>) -> bool {
    let city = given.jurisdiction.city().map(|city| &city.code);
    let within = state.place.division.as_ref().or(city);
    within.is_some_and(|within| given.jurisdiction.actor_covers(given.by, within))
}
