//! What is left of a limit when it goes on after a rest: the working days that were left, or the hours of a limit of hours.

use super::Clock;
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Limit, campaign_time, end_of_day};

/// Time that goes on: from when, how much, until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub since: Timestamp,
    /// `None` for hours: no calendar counts them again.
    pub limit: Option<Limit>,
    pub due: Timestamp,
}

/// A rest takes nothing and gives nothing: whoever had two working days left when it began has two when it ends, whatever
/// holidays lie between.
pub(super) fn after_rest(
    clock: &Clock,
    began: Timestamp,
    ended: Timestamp,
    jurisdiction: &Jurisdiction,
) -> Left {
    if !is_counted_in_days(clock) {
        let due = ended + clock.due.duration_since(began);
        return Left {
            since: ended,
            limit: None,
            due,
        };
    }
    let days = jurisdiction.calendar.working_days_between(began, clock.due);
    let limit = Limit::WorkingDays(u16::try_from(days).unwrap_or_default());
    Left {
        since: ended,
        limit: Some(limit),
        due: jurisdiction.due_within(limit, clock.obligation, ended),
    }
}

/// Dates end with their day; hours end when they end.
fn is_counted_in_days(clock: &Clock) -> bool {
    match clock.limit {
        Some(Limit::WorkingDays(_)) => true,
        Some(Limit::Hours(_) | Limit::Minutes(_)) => false,
        None => end_of_day(campaign_time(clock.due).date()) == clock.due,
    }
}
