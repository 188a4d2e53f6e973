//! Conflict of interest: whom a tip or case is about, who must therefore never learn of it, and who handles it instead.

use crate::{Actor, Jurisdiction, Role, StaffId, Unit, UnitCode, UnitKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The units and officials that a tip or case is about (domain.md §7). Empty for almost all of them.
///
/// Kept in events as a field that is left out when empty: `#[serde(default, skip_serializing_if = "Against::is_empty")]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Against {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub units: BTreeSet<UnitCode>,
    /// By account, so that whoever is moved to another unit still does not see it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub persons: BTreeSet<StaffId>,
}

impl Against {
    /// About one unit.
    pub fn unit(code: UnitCode) -> Self {
        Self {
            units: [code].into(),
            persons: BTreeSet::new(),
        }
    }
    /// About one official; the unit where the official serves now is in conflict as well.
    pub fn person(account: StaffId, jurisdiction: &Jurisdiction) -> Self {
        let serves_at = jurisdiction.staff.get(&account).map(|member| member.unit.clone());
        Self {
            units: serves_at.into_iter().collect(),
            persons: [account].into(),
        }
    }
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.persons.is_empty()
    }
    /// Both together; what is once in conflict stays so.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.units.extend(other.units);
        self.persons.extend(other.persons);
        self
    }
    /// The units, and those where the officials serve by now: whoever is moved takes the conflict along.
    fn units_now<'a>(&'a self, jurisdiction: &'a Jurisdiction) -> BTreeSet<&'a UnitCode> {
        let members = self
            .persons
            .iter()
            .filter_map(|person| jurisdiction.staff.get(person));
        self.units
            .iter()
            .chain(members.map(|member| &member.unit))
            .collect()
    }
    /// Whether the unit is one of them, or one where an official serves by now, or lies below such a unit: it must not handle
    /// it, read of it in a letter, nor have it in what it reports and signs.
    pub fn holds_unit(&self, unit: &UnitCode, jurisdiction: &Jurisdiction) -> bool {
        if self.is_empty() {
            return false;
        }
        let units = self.units_now(jurisdiction);
        units.contains(unit)
            || jurisdiction
                .lineage(unit)
                .any(|above| units.contains(&above.code))
    }
    /// Whether the actor must be answered as if it did not exist. Discipline inspectors see everything, except what is
    /// about themselves and has somebody else above it: what nobody could see would be lost. Citizens and policies are never in conflict.
    pub fn hides_from(&self, actor: &Actor, jurisdiction: &Jurisdiction) -> bool {
        let Actor::Staff { staff, unit, role } = actor else {
            return false;
        };
        if self.persons.contains(staff) {
            return true;
        }
        match role {
            Role::Inspector => {
                let above = self.authority(jurisdiction).map(|above| &above.code);
                // Not where an official has been moved since: inspectors would be blinded by moving somebody to them.
                self.units.contains(unit) && above != Some(unit)
            }
            _ => self.holds_unit(unit, jurisdiction),
        }
    }
    /// Who handles it: the nearest government above all of them, or, if there is none, the discipline inspectors. A
    /// government whose own office it is about has nobody who could.
    pub fn authority<'a>(&self, jurisdiction: &'a Jurisdiction) -> Option<&'a Unit> {
        let concerned = self.units_now(jurisdiction);
        let start = jurisdiction.units.get_key_value(*concerned.first()?)?.0;
        let desk_of = |above: &Unit| {
            let units = concerned.iter().filter_map(|unit| jurisdiction.unit(unit));
            let mut offices = units.filter(|unit| unit.kind == UnitKind::Office);
            offices.any(|office| office.parent.as_ref() == Some(&above.code))
        };
        jurisdiction
            .lineage(start)
            .find(|above| {
                above.kind == UnitKind::Government
                    && !desk_of(above)
                    && !self.holds_unit(&above.code, jurisdiction)
                    && concerned
                        .iter()
                        .all(|unit| jurisdiction.covers(&above.code, unit))
            })
            .or_else(|| jurisdiction.unit_of_kind(UnitKind::Discipline))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{
        CITY, COUNTY, COUNTY_ECOLOGY, DISCIPLINE, OFFICE, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, suqian,
    };

    fn sees(against: &Against, role: Role, unit: &str) -> bool {
        let unit = UnitCode::of(unit);
        let staff = StaffId::of(&format!("{}-{unit}", role.code()));
        !against.hides_from(&Actor::staff(staff, unit, role), &suqian())
    }

    #[test]
    fn a_unit_and_everything_below_it_does_not_see_what_is_about_it() {
        let against = Against::unit(UnitCode::of(TOWNSHIP));
        assert!(!sees(&against, Role::Leader, TOWNSHIP));
        assert!(!sees(&against, Role::Handler, VILLAGE));
        assert!(sees(&against, Role::Leader, COUNTY));
        assert!(sees(&against, Role::Leader, OTHER_TOWNSHIP));
        assert!(sees(&against, Role::Dispatcher, OFFICE));
        assert!(sees(&against, Role::Inspector, DISCIPLINE));
    }

    #[test]
    fn an_official_does_not_see_it_from_another_unit_either() {
        let mut jurisdiction = suqian();
        let head = StaffId::of(&format!("leader-{TOWNSHIP}"));
        let against = Against::person(head.clone(), &jurisdiction);
        let moved = UnitCode::of(OTHER_TOWNSHIP);
        jurisdiction
            .staff
            .get_mut(&head)
            .expect("a head")
            .unit
            .clone_from(&moved);
        assert!(against.hides_from(&Actor::staff(head, moved, Role::Leader), &jurisdiction));
        assert!(against.holds_unit(&UnitCode::of(TOWNSHIP), &jurisdiction));
    }

    #[test]
    fn whoever_is_moved_up_is_not_judged_by_those_who_serve_there() {
        let mut jurisdiction = suqian();
        let head = StaffId::of(&format!("leader-{TOWNSHIP}"));
        let against = Against::person(head.clone(), &jurisdiction);
        let authority =
            |jurisdiction: &Jurisdiction| against.authority(jurisdiction).map(|unit| unit.code.to_string());
        assert_eq!(authority(&jurisdiction).as_deref(), Some(COUNTY));
        jurisdiction.staff.get_mut(&head).expect("a head").unit = UnitCode::of(COUNTY);
        assert_eq!(authority(&jurisdiction).as_deref(), Some(CITY));
        let dispatcher = Actor::staff(
            StaffId::of("dispatcher-321322"),
            UnitCode::of(COUNTY),
            Role::Dispatcher,
        );
        assert!(against.hides_from(&dispatcher, &jurisdiction));
        assert!(against.holds_unit(&UnitCode::of(COUNTY_ECOLOGY), &jurisdiction));
    }

    #[test]
    fn the_level_above_handles_it_and_the_inspectors_what_is_about_the_city() {
        let jurisdiction = suqian();
        let authority = |code: &str| {
            Against::unit(UnitCode::of(code))
                .authority(&jurisdiction)
                .map(|unit| unit.code.to_string())
        };
        assert_eq!(authority(VILLAGE).as_deref(), Some(TOWNSHIP));
        assert_eq!(authority(TOWNSHIP).as_deref(), Some(COUNTY));
        assert_eq!(authority(COUNTY_ECOLOGY).as_deref(), Some(COUNTY));
        assert_eq!(authority(COUNTY).as_deref(), Some(CITY));
        assert_eq!(authority(CITY).as_deref(), Some(DISCIPLINE));
        assert_eq!(authority(OFFICE).as_deref(), Some(DISCIPLINE));
        let both = Against::unit(UnitCode::of(VILLAGE)).and(Against::unit(UnitCode::of(COUNTY)));
        assert_eq!(
            both.authority(&jurisdiction).map(|unit| unit.code.as_str()),
            Some(CITY)
        );
    }

    #[test]
    fn inspectors_are_excluded_only_from_what_is_about_themselves() {
        assert!(sees(
            &Against::unit(UnitCode::of(CITY)),
            Role::Inspector,
            DISCIPLINE
        ));
        assert!(!sees(
            &Against::unit(UnitCode::of(DISCIPLINE)),
            Role::Inspector,
            DISCIPLINE
        ));
    }

    #[test]
    fn what_is_about_a_unit_or_one_of_its_people_stays_out_of_its_reports() {
        let city = suqian();
        let kept_out = |against: &Against, unit: &str| against.holds_unit(&UnitCode::of(unit), &city);
        let township = Against::unit(UnitCode::of(TOWNSHIP));
        assert!(kept_out(&township, TOWNSHIP) && kept_out(&township, VILLAGE));
        assert!(!kept_out(&township, COUNTY) && !kept_out(&township, OTHER_TOWNSHIP));
        let moved_since = Against {
            persons: [StaffId::of("leader-321322")].into(),
            ..Against::default()
        };
        assert!(kept_out(&moved_since, COUNTY) && kept_out(&moved_since, TOWNSHIP));
        assert!(!kept_out(&moved_since, CITY));
    }
    #[test]
    fn nothing_is_hidden_when_it_is_about_nobody() {
        assert!(sees(&Against::default(), Role::Handler, VILLAGE));
        assert!(Against::default().is_empty());
        assert!(Against::default().authority(&suqian()).is_none());
    }
}
