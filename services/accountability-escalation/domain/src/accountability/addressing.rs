//! Whom a rung addresses: every rung names a unit and, wherever the directory knows one, a person.

use super::Clock;
use crate::Addressee;
use jurisdiction::{Jurisdiction, Level, Role, Rung, StaffId, StaffMember, UnitCode, UnitKind};

/// The unit that answers for whatever nobody has been given yet: the office of the joint conference, else the city.
pub(super) fn desk(jurisdiction: &Jurisdiction) -> Option<&UnitCode> {
    jurisdiction
        .unit_of_kind(UnitKind::Office)
        .or_else(|| jurisdiction.city())
        .map(|unit| &unit.code)
}

/// The addressee of a rung (domain.md §5). What the inspectors owe is about those above whom there is nobody else: of
/// that nobody else is told.
pub(super) fn addressee(rung: Rung, unit: &UnitCode, jurisdiction: &Jurisdiction) -> Addressee {
    let inspectors = |unit: &UnitCode| {
        let unit = jurisdiction.unit(unit);
        unit.is_some_and(|unit| unit.kind == UnitKind::Discipline)
    };
    let rung = match rung {
        Rung::Reminder => rung,
        _ if inspectors(unit) => Rung::Referral,
        _ => rung,
    };
    let county = jurisdiction
        .government_at(unit, Level::County)
        .map(|county| &county.code);
    match rung {
        Rung::Reminder => Addressee {
            unit: unit.clone(),
            person: None,
            name: None,
        },
        Rung::SupervisionOrder => responsible(unit, jurisdiction),
        // Above the counties there is only the city: its office interviews, its own unit is criticised.
        Rung::Interview => responsible(
            county.or_else(|| desk(jurisdiction)).unwrap_or(unit),
            jurisdiction,
        ),
        Rung::Criticism => responsible(county.unwrap_or(unit), jurisdiction),
        Rung::Referral => discipline(jurisdiction).unwrap_or_else(|| {
            // Without inspectors in the directory the top rung must still reach somebody.
            responsible(desk(jurisdiction).unwrap_or(unit), jurisdiction)
        }),
    }
}

/// A unit and its first responsible person; of a unit that the directory does not know, the person of the desk.
pub(super) fn responsible(unit: &UnitCode, jurisdiction: &Jurisdiction) -> Addressee {
    let person = jurisdiction
        .first_responsible(unit)
        .or_else(|| jurisdiction.first_responsible(desk(jurisdiction)?));
    named(unit, person)
}

/// The person named at the start as long as that person serves in the unit; officials rotate.
pub(super) fn person_of(clock: &Clock, jurisdiction: &Jurisdiction) -> Option<StaffId> {
    clock
        .person
        .clone()
        .filter(|person| {
            let member = jurisdiction.staff.get(person);
            member.is_some_and(|member| member.unit == clock.unit)
        })
        .or_else(|| responsible(&clock.unit, jurisdiction).person)
}

fn discipline(jurisdiction: &Jurisdiction) -> Option<Addressee> {
    let unit = &jurisdiction.unit_of_kind(UnitKind::Discipline)?.code;
    let person = jurisdiction
        .first_responsible(unit)
        .filter(|member| member.unit == *unit)
        .or_else(|| jurisdiction.staff_of(unit, Role::Inspector).next());
    Some(named(unit, person))
}

fn named(unit: &UnitCode, person: Option<&StaffMember>) -> Addressee {
    Addressee {
        unit: unit.clone(),
        person: person.map(|member| member.account.clone()),
        name: person.map(|member| member.name.clone()),
    }
}
