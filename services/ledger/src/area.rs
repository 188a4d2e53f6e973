//! Who sees what: the areas of cases and tips, and the part of the city that a caller may look at.

use crate::rows::{CaseFacts, ClockFacts, TipFacts};
use jurisdiction::{Actor, Jurisdiction, Level, Role, Unit, UnitCode, UnitKind};
use platform::{PlatformRefusal, refuse};
use tonic::Status;

/// What a caller may look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Everything,
    /// The subtree of a government.
    Area(UnitCode),
    /// What one unit owns or helps with.
    Unit(UnitCode),
}

impl Scope {
    /// The scope of a caller. Administrators and citizens see no content.
    ///
    /// # Errors
    /// `PermissionDenied` for them.
    pub(crate) fn of(actor: &Actor, jurisdiction: &Jurisdiction) -> Result<Self, Status> {
        let wrong_role = || refuse(PlatformRefusal::WrongRole);
        let (unit, role) = match actor {
            Actor::System { .. } => return Ok(Self::Everything),
            Actor::Citizen => return Err(wrong_role()),
            Actor::Staff { unit, role, .. } => (unit, role),
        };
        match role {
            Role::Supervisor | Role::Inspector => Ok(Self::Everything),
            Role::Handler => Ok(Self::Unit(unit.clone())),
            Role::Dispatcher | Role::Leader | Role::Operator => Ok(Self::governed(unit, jurisdiction)),
            Role::Admin => Err(wrong_role()),
        }
    }

    /// Like [`Scope::of`], for what operators have no business with: everything after the screening.
    ///
    /// # Errors
    /// `PermissionDenied` for administrators, citizens and operators.
    pub(crate) fn of_cases(actor: &Actor, jurisdiction: &Jurisdiction) -> Result<Self, Status> {
        if actor.is(Role::Operator) {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        Self::of(actor, jurisdiction)
    }

    /// Governments and the offices acting for them have an area; departments have their own work only.
    fn governed(unit: &UnitCode, jurisdiction: &Jurisdiction) -> Self {
        let kind = jurisdiction.unit(unit).map(|unit| unit.kind);
        match (kind, jurisdiction.seat(unit)) {
            (Some(UnitKind::Government | UnitKind::Office), Some(seat)) if seat.level == Level::City => {
                Self::Everything
            }
            (Some(UnitKind::Government | UnitKind::Office), Some(seat)) => Self::Area(seat.code.clone()),
            _ => Self::Unit(unit.clone()),
        }
    }

    pub(crate) fn sees_case(&self, case: &CaseFacts, jurisdiction: &Jurisdiction) -> bool {
        // Whoever owes something on a case (a county its identification, say) has to be able to open it.
        let owes = |unit: &UnitCode| {
            let owed = |clock: &ClockFacts| clock.is_running() && clock.unit == unit.as_str();
            case.clocks.iter().any(owed)
        };
        let handles = |unit: &UnitCode| {
            case.owner.as_ref() == Some(unit) || case.co_handlers.contains(unit) || owes(unit)
        };
        match self {
            Self::Everything => true,
            Self::Unit(unit) => handles(unit),
            Self::Area(area) => {
                let within = |unit: &UnitCode| is_within(unit, area, jurisdiction);
                within(&case_area(case, jurisdiction))
                    || case.owner.as_ref().is_some_and(within)
                    || case.co_handlers.iter().any(within)
            }
        }
    }

    /// A tip is seen where it lies; by others only through the case it led to.
    pub(crate) fn sees_tip(
        &self,
        tip: &TipFacts,
        case: Option<&CaseFacts>,
        jurisdiction: &Jurisdiction,
    ) -> bool {
        let lies_within = match self {
            Self::Everything => true,
            Self::Area(area) => is_within(&tip_area(tip, jurisdiction), area, jurisdiction),
            Self::Unit(_) => false,
        };
        lies_within || case.is_some_and(|case| self.sees_case(case, jurisdiction))
    }

    /// Whether a unit's own affairs (its reports, its escalations) are visible.
    pub(crate) fn sees_unit(&self, unit: &UnitCode, jurisdiction: &Jurisdiction) -> bool {
        match self {
            Self::Everything => true,
            Self::Area(area) => is_within(unit, area, jurisdiction),
            Self::Unit(own) => own == unit,
        }
    }
}

/// Whether `unit` is `area` or lies below it.
pub(crate) fn is_within(unit: &UnitCode, area: &UnitCode, jurisdiction: &Jurisdiction) -> bool {
    jurisdiction.lineage(unit).any(|above| above.code == *area)
}

/// The area a case counts for: the division it lies in, else its owner's seat, else the whole city. A site does not move
/// when the case is passed on, so no area can hand its numbers to another.
pub(crate) fn case_area(case: &CaseFacts, jurisdiction: &Jurisdiction) -> UnitCode {
    let owner = case.owner.as_ref().and_then(|owner| jurisdiction.seat(owner));
    known(case.place.division.as_ref(), jurisdiction)
        .or_else(|| owner.map(|seat| seat.code.clone()))
        .unwrap_or_else(|| city(jurisdiction))
}

pub(crate) fn tip_area(tip: &TipFacts, jurisdiction: &Jurisdiction) -> UnitCode {
    known(tip.place.division.as_ref(), jurisdiction).unwrap_or_else(|| city(jurisdiction))
}

/// The government of an area, or whatever unit has that code.
pub(crate) fn named<'j>(code: &str, jurisdiction: &'j Jurisdiction) -> Option<&'j Unit> {
    jurisdiction.unit(&code.parse().ok()?)
}

/// The county or township above a unit, itself included.
pub(crate) fn above<'j>(
    unit: &'j UnitCode,
    level: Level,
    jurisdiction: &'j Jurisdiction,
) -> Option<&'j Unit> {
    jurisdiction.government_at(unit, level)
}

fn known(division: Option<&UnitCode>, jurisdiction: &Jurisdiction) -> Option<UnitCode> {
    division.filter(|unit| jurisdiction.unit(unit).is_some()).cloned()
}

fn city(jurisdiction: &Jurisdiction) -> UnitCode {
    let city = jurisdiction.city().map(|city| city.code.clone());
    // Before anything is in the directory there is nobody who could ask either.
    city.unwrap_or_else(|| UnitCode::of("0"))
}
