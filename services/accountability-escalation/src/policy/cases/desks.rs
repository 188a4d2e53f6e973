//! Whose desk an obligation of a case lies on.

use super::Told;
use jurisdiction::{Jurisdiction, Level, Role, UnitCode};

impl Told<'_> {
    /// A dispatcher who opens a case has it on the desk; whatever else comes in lies on the city's, or above whom it is
    /// about.
    pub(super) fn opening_desk(&self) -> Option<UnitCode> {
        if let Some(authority) = self.authority() {
            return Some(authority);
        }
        let by = self.fact.by;
        by.unit().filter(|_| by.is(Role::Dispatcher)).cloned()
    }
    /// Villages never classify: what a village found beyond doubt, its township classifies; doubts the owner passes on.
    pub(super) fn classifier(&self) -> Option<UnitCode> {
        let owner = self.after.owner.as_ref()?;
        let village = self.jurisdiction().level(owner) == Some(Level::Village);
        if village && !self.after.is_doubtful() {
            return self.superior();
        }
        Some(owner.clone())
    }
    /// The level above whoever's word it is reviews: what a county's department found, the city, not the county that it belongs to.
    pub(super) fn reviewer(&self) -> Option<UnitCode> {
        let unit = self.after.under_review_of()?;
        let level = self.jurisdiction().level(unit)?;
        let above = level.above().unwrap_or(level);
        let government = self.jurisdiction().government_at(unit, above)?;
        Some(government.code.clone())
    }
    pub(super) fn superior(&self) -> Option<UnitCode> {
        superior(self.after.owner.as_ref()?, self.jurisdiction())
    }
    pub(super) fn county(&self) -> Option<UnitCode> {
        let owner = self.after.owner.as_ref()?;
        let county = self.jurisdiction().government_at(owner, Level::County)?;
        Some(county.code.clone())
    }
    /// The government that is above everybody who returned it; the city's office if it is the city.
    pub(super) fn designator(&self) -> Option<UnitCode> {
        let jurisdiction = self.jurisdiction();
        let returners = self.after.returned_by.iter();
        let above = returners.filter_map(|unit| superior(unit, jurisdiction));
        above
            .min_by_key(|unit| jurisdiction.level(unit))
            .filter(|unit| jurisdiction.level(unit) != Some(Level::City))
    }
    pub(super) fn jurisdiction(&self) -> &Jurisdiction {
        self.fact.jurisdiction
    }
}

/// The government that a unit answers to: of a village the township, of a county's department the county.
fn superior(unit: &UnitCode, jurisdiction: &Jurisdiction) -> Option<UnitCode> {
    let parent = jurisdiction.parent(unit)?;
    jurisdiction.seat(&parent.code).map(|seat| seat.code.clone())
}
