//! When a unit is put under special supervision 专项督查: the numbers that are looked at, and how many are too many.

use crate::Level;
use serde::{Deserialize, Serialize};

/// What counts for or against a unit and everything below it; as thresholds, how many are too many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupervisionNumbers {
    /// Findings of supervision groups without an accepted answer, whenever they were recorded.
    pub open_findings: u32,
    /// Grave findings of the window, answered or not.
    pub grave_findings: u32,
    /// Failures of the window that start accountability without a clock.
    pub failures: u32,
    /// Obligations that are overdue and undone.
    pub overdue: u32,
}

impl SupervisionNumbers {
    /// Whether any number reaches its threshold; a threshold of zero is switched off.
    pub fn reach(&self, thresholds: &Self) -> bool {
        self.nearness(thresholds) >= 1000
    }

    /// The number that is nearest to its threshold, in thousandths of it; a threshold of zero is switched off.
    pub fn nearness(&self, thresholds: &Self) -> u64 {
        let near = |number: u32, threshold: u32| {
            let thousandths = (u64::from(number) * 1000).checked_div(u64::from(threshold));
            thousandths.unwrap_or_default()
        };
        let all = [
            near(self.open_findings, thresholds.open_findings),
            near(self.grave_findings, thresholds.grave_findings),
            near(self.failures, thresholds.failures),
            near(self.overdue, thresholds.overdue),
        ];
        all.into_iter().max().unwrap_or_default()
    }
}

/// 数量多、问题突出 in numbers (宿政办发〔2020〕24号 三（四）): dated configuration with the defaults of the design.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupervisionThresholds {
    /// Calendar days that failures and grave findings are counted over.
    pub window_days: u16,
    pub county: SupervisionNumbers,
    pub township: SupervisionNumbers,
}

impl SupervisionThresholds {
    /// Counties and townships are put under special supervision; the city is not, villages answer through their township.
    pub fn of(&self, level: Level) -> Option<&SupervisionNumbers> {
        match level {
            Level::County => Some(&self.county),
            Level::Township => Some(&self.township),
            Level::City | Level::Village => None,
        }
    }
}

impl Default for SupervisionThresholds {
    fn default() -> Self {
        Self {
            window_days: 30,
            county: SupervisionNumbers {
                open_findings: 15,
                grave_findings: 5,
                failures: 10,
                overdue: 30,
            },
            township: SupervisionNumbers {
                open_findings: 5,
                grave_findings: 2,
                failures: 3,
                overdue: 10,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_enough_and_zero_switches_a_threshold_off() {
        let thresholds = SupervisionNumbers {
            failures: 3,
            ..Default::default()
        };
        let failures = |failures| SupervisionNumbers {
            failures,
            overdue: 1000,
            ..Default::default()
        };
        assert!(!failures(2).reach(&thresholds));
        assert!(failures(3).reach(&thresholds));
        assert!(!failures(3).reach(&SupervisionNumbers::default()));
    }
    #[test]
    fn only_counties_and_townships_have_thresholds() {
        let thresholds = SupervisionThresholds::default();
        assert!(thresholds.of(Level::County).is_some() && thresholds.of(Level::Township).is_some());
        assert!(thresholds.of(Level::City).is_none() && thresholds.of(Level::Village).is_none());
    }
}
