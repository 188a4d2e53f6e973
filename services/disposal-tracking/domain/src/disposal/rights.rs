//! Who may act on a disposal: role × subtree, the same questions for every decision.

use super::DisposalState;
use decider::Given;
use jurisdiction::{Actor, Level, Role, Unit, UnitCode, UnitKind};

/// The acting unit and role, if a staff member acts.
fn staff(given: Given<'_>) -> Option<(&Unit, Role)> {
    match given.by {
        Actor::Staff { unit, role, .. } => Some((given.jurisdiction.unit(unit)?, *role)),
        Actor::Citizen | Actor::System { .. } => None,
    }
}

/// A government or the office of the joint conference: departments and supervisors do not speak for the city.
pub fn directs(unit: &UnitCode, given: Given<'_>) -> bool {
    let unit = given.jurisdiction.unit(unit);
    unit.is_some_and(|unit| matches!(unit.kind, UnitKind::Government | UnitKind::Office))
}

/// A handler or leader of the unit that carries the measures out.
pub fn carries_out(state: &DisposalState, given: Given<'_>) -> bool {
    staff(given).is_some_and(|(unit, role)| {
        state.unit.as_ref() == Some(&unit.code) && matches!(role, Role::Handler | Role::Leader)
    })
}

/// Somebody in one of the roles whose subtree holds the unit that carries the measures out.
pub fn covers(state: &DisposalState, roles: &[Role], given: Given<'_>) -> bool {
    staff(given).is_some_and(|(_, role)| roles.contains(&role))
        && state
            .unit
            .as_ref()
            .is_some_and(|unit| given.jurisdiction.actor_covers(given.by, unit))
}

/// The level for which the actor signs over the unit's work; nobody signs for the own unit.
pub fn signs_for(state: &DisposalState, given: Given<'_>) -> Option<Level> {
    let (unit, role) = staff(given)?;
    let signs = match unit.kind {
        UnitKind::Government | UnitKind::Office => role == Role::Leader,
        UnitKind::Supervision => role == Role::Supervisor && unit.level == Level::City,
        UnitKind::Department | UnitKind::Discipline | UnitKind::PoliticalLegal => false,
    };
    let over_others = covers(state, &[role], given) && state.unit.as_ref() != Some(&unit.code);
    (signs && over_others).then_some(unit.level)
}

/// The county's leader; above a county's own work, the city's as well. Supervisors review, they do not approve plans.
pub fn approves_plans(state: &DisposalState, given: Given<'_>) -> bool {
    let level = state
        .unit
        .as_ref()
        .and_then(|unit| given.jurisdiction.level(unit));
    let countys_own = matches!(level, Some(Level::City | Level::County));
    given.by.is(Role::Leader)
        && match signs_for(state, given) {
            Some(Level::County) => true,
            Some(Level::City) => countys_own,
            _ => false,
        }
}
