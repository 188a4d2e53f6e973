//! When a closed site is looked at again 回头看: dated configuration with the default of the design (domain.md §3).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many days after closing, ascending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecheckDays(Vec<u16>);

impl RecheckDays {
    /// Sorted, each day once.
    pub fn new(days: impl IntoIterator<Item = u16>) -> Self {
        let mut days: Vec<u16> = days.into_iter().collect();
        days.sort_unstable();
        days.dedup();
        Self(days)
    }
    pub fn days(&self) -> &[u16] {
        &self.0
    }
}

impl Default for RecheckDays {
    fn default() -> Self {
        Self(vec![30, 90, 180])
    }
}

/// Which days held when: a site is looked at again on those of the instant when it was closed, whatever is decided later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecheckHistory {
    /// Until something was decided.
    at_first: RecheckDays,
    from: BTreeMap<Timestamp, RecheckDays>,
}

impl RecheckHistory {
    /// They hold from `at` until the next decision.
    pub fn hold_from(&mut self, at: Timestamp, days: RecheckDays) {
        self.from.insert(at, days);
    }
    /// Those of an instant.
    pub fn on(&self, at: Timestamp) -> &RecheckDays {
        let decided = self.from.range(..=at).next_back();
        decided.map_or(&self.at_first, |(_, days)| days)
    }
    /// Those of the last decision.
    pub fn last(&self) -> &RecheckDays {
        self.on(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_comes_once_and_the_first_one_first() {
        assert_eq!(RecheckDays::new([90, 30, 90]).days(), [30, 90]);
        assert_eq!(RecheckDays::default().days(), [30, 90, 180]);
    }
    #[test]
    fn what_is_decided_later_changes_nothing_of_what_held_before() {
        let at = |seconds| Timestamp::constant(seconds, 0);
        let mut history = RecheckHistory::default();
        history.hold_from(at(100), RecheckDays::new([10]));
        history.hold_from(at(200), RecheckDays::new([3650]));
        assert_eq!(history.on(at(99)), &RecheckDays::default());
        assert_eq!(history.on(at(100)).days(), [10]);
        assert_eq!(history.on(at(199)).days(), [10]);
        assert_eq!(history.last().days(), [3650]);
    }
}
