//! The part of the city that somebody may look at, and whether a case lies in it. One rule for lists and for audits.

use crate::{Actor, Jurisdiction, Level, Role, UnitCode, UnitKind};

/// What a person in a role may look at, conflicts of interest aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Everything,
    /// The subtree of a government.
    Area(UnitCode),
    /// What one unit owns, helps with or owes something on.
    Unit(UnitCode),
}

/// Where a case lies, and who has to do with it.
#[derive(Clone, Copy, Debug, Default)]
pub struct CaseLies<'c> {
    pub division: Option<&'c UnitCode>,
    pub owner: Option<&'c UnitCode>,
    pub co_handlers: &'c [UnitCode],
    /// Units whose clocks run on it.
    pub owing: &'c [UnitCode],
}

/// Where a tip lies, and what became of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct TipLies<'t> {
    pub division: Option<&'t UnitCode>,
    /// Units whose clocks run on it.
    pub owing: &'t [UnitCode],
    /// The case that it led to.
    pub case: Option<CaseLies<'t>>,
}

/// Why a case or a tip is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Owner,
    CoHandler,
    Owes,
    Area,
    WholeCity,
}

impl Why {
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::CoHandler => "co_handler",
            Self::Owes => "owes",
            Self::Area => "area",
            Self::WholeCity => "whole_city",
        }
    }
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Owner => "责任单位",
            Self::CoHandler => "协办单位",
            Self::Owes => "有未办结的时限",
            Self::Area => "在其辖区",
            Self::WholeCity => "职责覆盖全市",
        }
    }
}

impl Scope {
    /// The scope of somebody; `None` for administrators and citizens, who see no content.
    pub fn of(actor: &Actor, jurisdiction: &Jurisdiction) -> Option<Self> {
        let (unit, role) = match actor {
            Actor::System { .. } => return Some(Self::Everything),
            Actor::Citizen => return None,
            Actor::Staff { unit, role, .. } => (unit, role),
        };
        match role {
            Role::Supervisor | Role::Inspector => Some(Self::Everything),
            Role::Handler => Some(Self::Unit(unit.clone())),
            Role::Dispatcher | Role::Leader | Role::Operator => Some(Self::governed(unit, jurisdiction)),
            Role::Admin => None,
        }
    }

    /// Likewise for what operators have no business with: everything after the screening.
    pub fn of_cases(actor: &Actor, jurisdiction: &Jurisdiction) -> Option<Self> {
        if actor.is(Role::Operator) {
            return None;
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

    /// Why a case is within it; `None` if it is not.
    pub fn sees_case(&self, case: CaseLies<'_>, jurisdiction: &Jurisdiction) -> Option<Why> {
        match self {
            Self::Everything => Some(Why::WholeCity),
            Self::Unit(unit) if case.owner == Some(unit) => Some(Why::Owner),
            Self::Unit(unit) if case.co_handlers.contains(unit) => Some(Why::CoHandler),
            // Whoever owes something on a case (a county its identification, say) has to be able to open it.
            Self::Unit(unit) if case.owing.contains(unit) => Some(Why::Owes),
            Self::Unit(_) => None,
            Self::Area(area) => {
                let within = |unit: &UnitCode| jurisdiction.is_within(unit, area);
                let lies = case.lies_in(jurisdiction).is_some_and(within);
                let seen = lies || case.owner.is_some_and(within) || case.co_handlers.iter().any(within);
                seen.then_some(Why::Area)
            }
        }
    }

    /// Why a tip is within it: it lies there, it waits on a desk there, or the case that it led to is seen.
    pub fn sees_tip(&self, tip: TipLies<'_>, jurisdiction: &Jurisdiction) -> Option<Why> {
        let through_case = || tip.case.and_then(|case| self.sees_case(case, jurisdiction));
        let Self::Area(area) = self else {
            return match self {
                Self::Everything => Some(Why::WholeCity),
                _ => through_case(),
            };
        };
        let within = |unit: &UnitCode| jurisdiction.is_within(unit, area);
        let division = tip.division.and_then(|division| jurisdiction.unit(division));
        let lies = division.or_else(|| jurisdiction.city());
        if lies.is_some_and(|unit| within(&unit.code)) {
            return Some(Why::Area);
        }
        // What is about units below lies on the desk above them, wherever the site is.
        let owed = tip.owing.iter().any(within);
        owed.then_some(Why::Owes).or_else(through_case)
    }

    /// Whether a unit's own affairs (its reports, its escalations) are visible.
    pub fn sees_unit(&self, unit: &UnitCode, jurisdiction: &Jurisdiction) -> bool {
        match self {
            Self::Everything => true,
            Self::Area(area) => jurisdiction.is_within(unit, area),
            Self::Unit(own) => own == unit,
        }
    }
}

impl<'c> CaseLies<'c> {
    /// The area of a case: the division that is known of it, or else where its owner sits, or else the city.
    fn lies_in<'j>(&self, jurisdiction: &'j Jurisdiction) -> Option<&'j UnitCode>
    where
        'c: 'j,
    {
        let division = self.division.and_then(|division| jurisdiction.unit(division));
        let seat = || self.owner.and_then(|owner| jurisdiction.seat(owner));
        let area = division.or_else(seat).or_else(|| jurisdiction.city());
        area.map(|unit| &unit.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{
        CITY, COUNTY, COUNTY_ECOLOGY, DISCIPLINE, OFFICE, OTHER_COUNTY, OTHER_TOWNSHIP, SUPERVISION,
        TOWNSHIP, VILLAGE, acting, suqian,
    };

    fn why(role: Role, unit: &str) -> Option<Why> {
        let (division, owner) = (UnitCode::of(VILLAGE), UnitCode::of(TOWNSHIP));
        let (co_handlers, owing) = ([UnitCode::of(COUNTY_ECOLOGY)], [UnitCode::of(COUNTY)]);
        let case = CaseLies {
            division: Some(&division),
            owner: Some(&owner),
            co_handlers: &co_handlers,
            owing: &owing,
        };
        let jurisdiction = suqian();
        Scope::of_cases(&acting(role, unit), &jurisdiction)?.sees_case(case, &jurisdiction)
    }

    #[test]
    fn a_case_is_seen_by_those_who_work_on_it_those_above_it_and_those_who_watch() {
        assert_eq!(why(Role::Handler, TOWNSHIP), Some(Why::Owner));
        assert_eq!(why(Role::Handler, COUNTY_ECOLOGY), Some(Why::CoHandler));
        assert_eq!(why(Role::Handler, COUNTY), Some(Why::Owes));
        assert_eq!(why(Role::Leader, COUNTY), Some(Why::Area));
        assert_eq!(why(Role::Leader, VILLAGE), Some(Why::Area));
        assert_eq!(why(Role::Leader, CITY), Some(Why::WholeCity));
        assert_eq!(why(Role::Dispatcher, OFFICE), Some(Why::WholeCity));
        assert_eq!(why(Role::Supervisor, SUPERVISION), Some(Why::WholeCity));
        assert_eq!(why(Role::Inspector, DISCIPLINE), Some(Why::WholeCity));
    }
    #[test]
    fn others_do_not_see_it() {
        assert_eq!(why(Role::Leader, OTHER_COUNTY), None);
        assert_eq!(why(Role::Handler, OTHER_TOWNSHIP), None);
        assert_eq!(why(Role::Handler, VILLAGE), None);
        assert_eq!(why(Role::Operator, OFFICE), None);
        assert_eq!(why(Role::Admin, OFFICE), None);
    }
    #[test]
    fn a_case_of_which_nothing_is_known_lies_in_the_city() {
        let jurisdiction = suqian();
        let county = Scope::Area(UnitCode::of(COUNTY));
        assert_eq!(county.sees_case(CaseLies::default(), &jurisdiction), None);
        let owner = UnitCode::of(COUNTY_ECOLOGY);
        let owned = CaseLies {
            owner: Some(&owner),
            ..CaseLies::default()
        };
        assert_eq!(county.sees_case(owned, &jurisdiction), Some(Why::Area));
    }
    #[test]
    fn a_tip_is_seen_where_it_lies_on_the_desk_where_it_waits_and_through_its_case() {
        let jurisdiction = suqian();
        let (village, township, office) = (
            UnitCode::of(VILLAGE),
            UnitCode::of(TOWNSHIP),
            [UnitCode::of(COUNTY)],
        );
        let case = CaseLies {
            owner: Some(&township),
            ..CaseLies::default()
        };
        let why = |role, unit: &str, tip: TipLies<'_>| {
            Scope::of(&acting(role, unit), &jurisdiction)?.sees_tip(tip, &jurisdiction)
        };
        let lying = TipLies {
            division: Some(&village),
            ..TipLies::default()
        };
        assert_eq!(why(Role::Dispatcher, COUNTY, lying), Some(Why::Area));
        assert_eq!(why(Role::Operator, OFFICE, lying), Some(Why::WholeCity));
        assert_eq!(why(Role::Dispatcher, OTHER_COUNTY, lying), None);
        assert_eq!(
            why(Role::Handler, TOWNSHIP, lying),
            None,
            "before there is a case"
        );
        // Of which nothing is known lies in the city.
        assert_eq!(why(Role::Leader, COUNTY, TipLies::default()), None);
        let waiting = TipLies {
            owing: &office,
            ..TipLies::default()
        };
        assert_eq!(why(Role::Dispatcher, COUNTY, waiting), Some(Why::Owes));
        let taken_on = TipLies {
            case: Some(case),
            ..TipLies::default()
        };
        assert_eq!(why(Role::Handler, TOWNSHIP, taken_on), Some(Why::Owner));
        assert_eq!(why(Role::Leader, COUNTY, taken_on), Some(Why::Area));
        assert_eq!(why(Role::Admin, OFFICE, taken_on), None);
    }
    #[test]
    fn the_affairs_of_a_unit_are_seen_from_above_and_by_itself() {
        let jurisdiction = suqian();
        let township = UnitCode::of(TOWNSHIP);
        let sees = |scope: Scope| scope.sees_unit(&township, &jurisdiction);
        assert!(sees(Scope::Everything));
        assert!(sees(Scope::Area(UnitCode::of(COUNTY))));
        assert!(sees(Scope::Unit(township.clone())));
        assert!(!sees(Scope::Area(UnitCode::of(VILLAGE))));
        assert!(!sees(Scope::Unit(UnitCode::of(COUNTY))));
    }
}
