//! How much of a year is simulated, and how badly things go.

use crate::sabotage::Sabotage;
use jiff::{SignedDuration, Timestamp};

/// The first day of the campaign, at midnight in Suqian.
pub const BEGIN: Timestamp = Timestamp::constant(1_589_472_000, 0);

#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub tips: usize,
    pub days: i64,
    /// The invariants are asked for what is missing so often.
    pub look_every: SignedDuration,
    /// Only to see that the simulation sees.
    pub sabotage: Option<Sabotage>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tips: 2000,
            days: 365,
            look_every: SignedDuration::from_hours(24),
            sabotage: None,
        }
    }
}

impl Settings {
    pub fn end(&self) -> Timestamp {
        BEGIN + SignedDuration::from_hours(24 * self.days)
    }
}

/// No outage, no queue of dead letters and no jump of the clocks lasts so long, all taken together.
pub const GRACE: SignedDuration = SignedDuration::from_hours(24 * 14);
