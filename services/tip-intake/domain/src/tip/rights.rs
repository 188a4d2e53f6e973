//! Who may act on a tip.

use super::TipState;
use crate::TipRefusal;
use decider::Given;
use jurisdiction::{Actor, Role, UnitKind};

/// A dispatcher of the city, or of the county in which the tip lies; of a tip about a unit or an official, a dispatcher of
/// the level above them, and of one about the city itself, a discipline inspector.
pub fn screens(state: &TipState, given: Given<'_>) -> Result<(), TipRefusal> {
    let jurisdiction = given.jurisdiction;
    let Actor::Staff { unit, role, .. } = given.by else {
        return Err(TipRefusal::NotDispatcher);
    };
    let authority = state.against.authority(jurisdiction);
    if let Some(inspectors) = authority.filter(|unit| unit.kind == UnitKind::Discipline) {
        return match role {
            Role::Inspector if *unit == inspectors.code => Ok(()),
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
    let within = authority.map(|unit| &unit.code).or_else(lies_in);
    match within {
        Some(within) if jurisdiction.covers(unit, within) => Ok(()),
        _ => Err(TipRefusal::OutsideSubtree),
    }
}
