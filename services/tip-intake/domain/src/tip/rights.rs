//! Who may act on a tip.

use super::TipState;
use crate::TipRefusal;
use decider::Given;
use jurisdiction::{Actor, Role};

/// A dispatcher of the city, or of the county in which the tip lies.
pub fn by_dispatcher(state: &TipState, given: Given<'_>) -> Result<(), TipRefusal> {
    let Actor::Staff {
        unit,
        role: Role::Dispatcher,
        ..
    } = given.by
    else {
        return Err(TipRefusal::NotDispatcher);
    };
    let city = given.jurisdiction.city().map(|city| &city.code);
    let within = state.place.division.as_ref().or(city);
    match within {
        Some(division) if given.jurisdiction.covers(unit, division) => Ok(()),
        _ => Err(TipRefusal::OutsideSubtree),
    }
}
