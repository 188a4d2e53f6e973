//! Custody 保管 of reporters' identities: who may ask to open one, who may agree, and how long an agreement holds.

use crate::{Actor, Jurisdiction, Level, Role, UnitCode, UnitKind};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Dated configuration with the default of the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// Hours for which an approval to open an identity holds.
    pub approval_hours: u32,
}

impl Custody {
    pub fn approval_holds(&self) -> SignedDuration {
        SignedDuration::from_hours(self.approval_hours.into())
    }
}

impl Default for Custody {
    fn default() -> Self {
        Self { approval_hours: 24 }
    }
}

impl Jurisdiction {
    /// Who may ask: discipline inspectors, and the dispatchers of the city's desk. Counties ask the city.
    pub fn may_ask_for_identity(&self, actor: &Actor) -> bool {
        match actor {
            Actor::Staff { unit, role, .. } => match role {
                Role::Inspector => true,
                Role::Dispatcher => self.is_of_the_city(unit, &[UnitKind::Office, UnitKind::Government]),
                _ => false,
            },
            Actor::Citizen | Actor::System { .. } => false,
        }
    }

    /// Who may agree: discipline inspectors, and the leaders of the city, of its office and of the inspectors.
    pub fn may_agree_to_open_identity(&self, actor: &Actor) -> bool {
        actor.is(Role::Inspector) || self.leads_the_city(actor)
    }

    /// A leader of the city itself, of its office or of the discipline inspectors.
    pub fn leads_the_city(&self, actor: &Actor) -> bool {
        let kinds = [UnitKind::Office, UnitKind::Government, UnitKind::Discipline];
        actor.is(Role::Leader) && actor.unit().is_some_and(|unit| self.is_of_the_city(unit, &kinds))
    }

    fn is_of_the_city(&self, unit: &UnitCode, kinds: &[UnitKind]) -> bool {
        let unit = self.unit(unit);
        unit.is_some_and(|unit| unit.level == Level::City && kinds.contains(&unit.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{CITY, COUNTY, DISCIPLINE, OFFICE, POLITICAL_LEGAL, SUPERVISION, acting, suqian};

    #[test]
    fn the_city_and_the_inspectors_keep_identities_and_nobody_else() {
        let asks = |role, unit| suqian().may_ask_for_identity(&acting(role, unit));
        assert!(asks(Role::Inspector, DISCIPLINE) && asks(Role::Dispatcher, OFFICE));
        assert!(!asks(Role::Dispatcher, COUNTY) && !asks(Role::Operator, OFFICE));
        assert!(!asks(Role::Leader, CITY) && !asks(Role::Admin, OFFICE));
        let agrees = |role, unit| suqian().may_agree_to_open_identity(&acting(role, unit));
        assert!(agrees(Role::Inspector, DISCIPLINE) && agrees(Role::Leader, OFFICE));
        assert!(agrees(Role::Leader, CITY));
        assert!(!agrees(Role::Leader, COUNTY) && !agrees(Role::Leader, POLITICAL_LEGAL));
        assert!(!agrees(Role::Supervisor, SUPERVISION) && !agrees(Role::Dispatcher, OFFICE));
        assert!(!suqian().may_ask_for_identity(&Actor::system("rule")));
        assert!(!suqian().may_agree_to_open_identity(&Actor::Citizen));
    }
}
