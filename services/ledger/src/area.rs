//! Who sees what: the areas of cases and tips, and the part of the city that a caller may look at.

use crate::query::conditions::{Conditions, text};
use jurisdiction::{Actor, Jurisdiction, Level, Unit, UnitCode};
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
        Self::granted(jurisdiction::Scope::of(actor, jurisdiction))
    }

    /// Like [`Scope::of`], for what operators have no business with: everything after the screening.
    ///
    /// # Errors
    /// `PermissionDenied` for administrators, citizens and operators.
    pub(crate) fn of_cases(actor: &Actor, jurisdiction: &Jurisdiction) -> Result<Self, Status> {
        Self::granted(jurisdiction::Scope::of_cases(actor, jurisdiction))
    }

    /// The rule is everybody's; here it becomes conditions on rows.
    fn granted(scope: Option<jurisdiction::Scope>) -> Result<Self, Status> {
        match scope {
            Some(jurisdiction::Scope::Everything) => Ok(Self::Everything),
            Some(jurisdiction::Scope::Area(area)) => Ok(Self::Area(area)),
            Some(jurisdiction::Scope::Unit(unit)) => Ok(Self::Unit(unit)),
            None => Err(refuse(PlatformRefusal::WrongRole)),
        }
    }

    /// What must hold of a row of `placed_cases` for the caller to see it.
    pub(crate) fn cases(&self) -> Conditions {
        let mut conditions = Conditions::default();
        match self {
            Self::Everything => {}
            // Whoever owes something on a case (a county its identification, say) has to be able to open it.
            Self::Unit(unit) => {
                let unit = || text(unit.as_str());
                conditions.and(
                    "owner = ? OR ? IN (SELECT unit FROM co_handlers WHERE co_handlers.case_id = placed_cases.case_id) \
                     OR ? IN (SELECT unit FROM clocks WHERE clocks.subject = placed_cases.subject \
                     AND stopped_at IS NULL)",
                    [unit(), unit(), unit()],
                );
            }
            Self::Area(area) => {
                let area = || text(area.as_str());
                conditions.and(
                    "area IN (SELECT unit FROM sight WHERE sight.area = ?) \
                     OR owner IN (SELECT unit FROM sight WHERE sight.area = ?) \
                     OR EXISTS (SELECT 1 FROM co_handlers JOIN sight USING (unit) \
                     WHERE co_handlers.case_id = placed_cases.case_id AND sight.area = ?)",
                    [area(), area(), area()],
                );
            }
        }
        conditions
    }

    /// Likewise of `placed_tips`: a tip is seen where it lies; by others only through the case it led to.
    pub(crate) fn tips(&self) -> Conditions {
        let mut conditions = Conditions::default();
        let cases = self.cases();
        let mut through_case = Conditions::default();
        through_case.and(
            &format!(
                "placed_tips.case_id IN (SELECT case_id FROM placed_cases WHERE {})",
                cases.sql()
            ),
            [],
        );
        through_case.bind(&cases);
        match self {
            Self::Everything => {}
            Self::Unit(_) => {
                conditions.and_all(through_case);
            }
            Self::Area(area) => {
                let mut lies_within = Conditions::default();
                lies_within.and(SEEN_AREA, [text(area.as_str())]);
                // What is about units below lies on the desk above them, wherever the site is.
                let mut on_the_desk = Conditions::default();
                on_the_desk.and(
                    "EXISTS (SELECT 1 FROM clocks JOIN sight USING (unit) \
                     WHERE clocks.subject = placed_tips.subject AND stopped_at IS NULL AND sight.area = ?)",
                    [text(area.as_str())],
                );
                conditions.and_any(vec![lies_within, on_the_desk, through_case]);
            }
        }
        conditions
    }

    /// Likewise of something that concerns the units in these columns.
    pub(crate) fn units(&self, columns: &[&str]) -> Conditions {
        let mut conditions = Conditions::default();
        let (clause, unit) = match self {
            Self::Everything => return conditions,
            Self::Area(area) => (" IN (SELECT unit FROM sight WHERE sight.area = ?)", area),
            Self::Unit(unit) => (" = ?", unit),
        };
        let alternatives = columns.iter().map(|column| {
            let mut one = Conditions::default();
            one.and(&format!("{column}{clause}"), [text(unit.as_str())]);
            one
        });
        conditions.and_any(alternatives.collect());
        conditions
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
    jurisdiction.is_within(unit, area)
}

/// Lying in an area, for rows that have one.
pub(crate) const IN_AREA: &str = "area IN (SELECT unit FROM within WHERE within.area = ?)";

/// Likewise by the tree of today, whatever instant is asked for.
const SEEN_AREA: &str = "area IN (SELECT unit FROM sight WHERE sight.area = ?)";

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
