//! Who may do what with an area report: personal signature, the level above, the seal, the filing.

use crate::ReportRefusal;
use decider::Given;
use jurisdiction::{Level, Role, StaffId, UnitCode, UnitKind};

/// The first responsible person of exactly this unit, acting as its leader: nobody signs for another level.
pub(super) fn first_responsible<'g>(unit: &UnitCode, given: Given<'g>) -> Result<&'g StaffId, ReportRefusal> {
    let person = given.by.person().filter(|person| {
        let member = given.jurisdiction.staff.get(person);
        member.is_some_and(|member| member.first_responsible && member.unit == *unit)
    });
    match person {
        Some(person) if acts_as(given, unit, &[Role::Leader]) => Ok(person),
        _ => Err(ReportRefusal::NotFirstResponsible),
    }
}

/// A handler or the leader of the unit, or a policy at the end of the stage.
pub(super) fn drafter(unit: &UnitCode, given: Given<'_>) -> Result<(), ReportRefusal> {
    let may = given.by.is_system() || acts_as(given, unit, &[Role::Handler, Role::Leader]);
    may.then_some(()).ok_or(ReportRefusal::NotDrafter)
}

/// A leader of the government directly above, or of the office that acts for it.
pub(super) fn leader_above(unit: &UnitCode, given: Given<'_>) -> Result<(), ReportRefusal> {
    let above = given.jurisdiction.parent(unit).map(|above| &above.code);
    let may = given.by.is(Role::Leader) && above.is_some() && governed_seat(given) == above;
    may.then_some(()).ok_or(ReportRefusal::NotLevelAbove)
}

pub(super) fn sealer(unit: &UnitCode, given: Given<'_>) -> Result<(), ReportRefusal> {
    let may = acts_as(given, unit, &[Role::Leader]);
    may.then_some(()).ok_or(ReportRefusal::NotSealer)
}

/// A dispatcher or leader of the city or of its office.
pub(super) fn filer(given: Given<'_>) -> Result<(), ReportRefusal> {
    let city = given.jurisdiction.city().map(|city| &city.code);
    let role = given.by.is(Role::Dispatcher) || given.by.is(Role::Leader);
    let may = role && city.is_some() && governed_seat(given) == city;
    may.then_some(()).ok_or(ReportRefusal::NotFiler)
}

/// The supervision group of the city: a county's own does not accept what its county has filed.
pub(super) fn supervisor(given: Given<'_>) -> Result<(), ReportRefusal> {
    let may = given.by.is(Role::Supervisor) && given.jurisdiction.actor_covers_city(given.by);
    may.then_some(()).ok_or(ReportRefusal::NotASupervisor)
}

/// The governments that report to this one: townships of a county, villages of a township. What was merged 撤并 is reported by
/// its successor.
pub(super) fn directly_below<'g>(unit: &'g UnitCode, given: Given<'g>) -> impl Iterator<Item = &'g UnitCode> {
    given
        .jurisdiction
        .open_units()
        .filter(move |lower| lower.parent.as_ref() == Some(unit))
        .filter(|lower| lower.kind == UnitKind::Government && lower.level != Level::City)
        .map(|lower| &lower.code)
}

/// The government that the actor's unit is, or is the office of; departments do not act for it here.
fn governed_seat<'g>(given: Given<'g>) -> Option<&'g UnitCode> {
    let unit = given.jurisdiction.unit(given.by.unit()?)?;
    match unit.kind {
        UnitKind::Government | UnitKind::Office => given.jurisdiction.seat(&unit.code).map(|seat| &seat.code),
        _ => None,
    }
}

fn acts_as(given: Given<'_>, unit: &UnitCode, roles: &[Role]) -> bool {
    given.by.unit() == Some(unit) && given.by.role().is_some_and(|role| roles.contains(&role))
}
