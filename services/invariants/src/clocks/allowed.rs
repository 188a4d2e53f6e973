//! What a limit can come to: exactly, by the calendar of the day; within certain bounds, by whatever calendar.

use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Jurisdiction, Limit, Obligation};

/// No row of days off is longer.
const LONGEST_HOLIDAY_DAYS: i64 = 30;

/// The time that was allowed for an obligation, and since when.
#[derive(Clone, Copy)]
pub(super) struct Allowed {
    pub limit: Option<Limit>,
    pub obligation: Obligation,
    pub started: Timestamp,
}

impl Allowed {
    /// Whether it can fall due then. A calendar that has been corrected since does not make yesterday's dates wrong; hours
    /// and minutes are the same on every calendar. A date without a limit may be any.
    pub(super) fn holds(&self, due: Timestamp, jurisdiction: &Jurisdiction, exactly: bool) -> bool {
        let Some(limit) = self.limit else {
            return true;
        };
        let counted = jurisdiction.due_within(limit, self.obligation, self.started);
        if exactly || due == counted {
            return due == counted;
        }
        match limit {
            Limit::Hours(_) | Limit::Minutes(_) => self.may_end_with_the_stage() && due < counted,
            Limit::WorkingDays(days) => {
                let day = |days: i64| SignedDuration::from_hours(24 * days);
                let days = i64::from(days);
                let soonest = self.started + day(days.saturating_sub(1));
                let latest = self.started + day(2 * days + LONGEST_HOLIDAY_DAYS);
                due <= latest && (due >= soonest || self.may_end_with_the_stage())
            }
        }
    }
    fn may_end_with_the_stage(&self) -> bool {
        self.obligation == Obligation::RemainingMeasures
    }
}
