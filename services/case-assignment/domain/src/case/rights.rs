//! Who may act on a case: role × subtree, the same questions for every decision.

use super::CaseState;
use decider::Given;
use jurisdiction::{Actor, Level, Role, Unit, UnitCode, UnitKind};

/// The acting unit and role, if a staff member acts.
pub fn staff(given: Given<'_>) -> Option<(&UnitCode, Role)> {
    match given.by {
        Actor::Staff { unit, role, .. } => Some((unit, *role)),
        Actor::Citizen | Actor::System { .. } => None,
    }
}

/// Somebody of the owner who may commit it.
pub fn at_owners_desk(state: &CaseState, given: Given<'_>) -> bool {
    staff(given).is_some_and(|(unit, role)| {
        state.owner.as_ref() == Some(unit) && matches!(role, Role::Handler | Role::Leader | Role::Dispatcher)
    })
}

/// A dispatcher in whose subtree the case lies: by its owner, else by its place, else the city's.
pub fn dispatches(state: &CaseState, given: Given<'_>) -> bool {
    if stands_in(state, given) {
        return true;
    }
    let city = given.jurisdiction.city().map(|city| &city.code);
    let within = state.owner.as_ref().or(state.place.division.as_ref()).or(city);
    given.by.is(Role::Dispatcher)
        && within.is_some_and(|unit| given.jurisdiction.actor_covers(given.by, unit))
}

/// An inspector, where the case is about the desk that would assign it: they took it up, and nobody else may know of it.
pub fn stands_in(state: &CaseState, given: Given<'_>) -> bool {
    let Some((unit, Role::Inspector)) = staff(given) else {
        return false;
    };
    let authority = state.against.authority(given.jurisdiction);
    authority.is_some_and(|authority| authority.kind == UnitKind::Discipline && authority.code == *unit)
}

/// Whether the actor's subtree holds the owner.
pub fn covers_owner(state: &CaseState, given: Given<'_>) -> bool {
    state
        .owner
        .as_ref()
        .is_some_and(|owner| given.jurisdiction.actor_covers(given.by, owner))
}

/// The government or department of a handler or leader who may judge the owner's site.
pub fn judging_unit<'a>(state: &CaseState, given: Given<'a>) -> Option<&'a Unit> {
    let (unit, role) = staff(given)?;
    let judges = matches!(role, Role::Handler | Role::Leader) && covers_owner(state, given);
    given
        .jurisdiction
        .unit(unit)
        .filter(|unit| judges && handles(unit))
}

/// Whether the actor's unit may say that the site is no small chemical works: one that handles it, or a government above,
/// but no department that has nothing to do with the case.
pub fn may_deny(state: &CaseState, given: Given<'_>) -> bool {
    judging_unit(state, given)
        .is_some_and(|unit| state.is_handled_by(&unit.code) || unit.kind == UnitKind::Government)
}

/// Whether a unit can own a case: offices and supervisors direct, they do not inspect.
pub fn handles(unit: &Unit) -> bool {
    matches!(unit.kind, UnitKind::Government | UnitKind::Department)
}

/// The level that reviews the work of `unit`: the one above, or the city for the city's own departments.
pub fn reviewing_level(unit: &UnitCode, given: Given<'_>) -> Option<Level> {
    let level = given.jurisdiction.level(unit)?;
    Some(level.above().unwrap_or(level))
}

/// A leader of the level above the unit, with the unit in the own subtree: who reviews and approves, never the unit itself.
pub fn leads_above(unit: &UnitCode, given: Given<'_>) -> bool {
    let Some((own, Role::Leader)) = staff(given) else {
        return false;
    };
    let directs = given.jurisdiction.unit(own).is_some_and(|own| {
        matches!(own.kind, UnitKind::Government | UnitKind::Office)
            && reviewing_level(unit, given) == Some(own.level)
    });
    directs && own != unit && given.jurisdiction.actor_covers(given.by, unit)
}

/// The government a unit answers to: of a village the township, of a county's department the county.
pub fn superior<'a>(unit: &'a UnitCode, given: Given<'a>) -> Option<&'a Unit> {
    let parent = &given.jurisdiction.parent(unit)?.code;
    given.jurisdiction.seat(parent)
}
