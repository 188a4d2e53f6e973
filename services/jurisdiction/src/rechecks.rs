//! When a closed site is looked at again 回头看: dated configuration with the default of the design (domain.md §3).

use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::RecheckDays;

    #[test]
    fn each_day_comes_once_and_the_first_one_first() {
        assert_eq!(RecheckDays::new([90, 30, 90]).days(), [30, 90]);
        assert_eq!(RecheckDays::default().days(), [30, 90, 180]);
    }
}
