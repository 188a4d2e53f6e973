//! Time in which what was missed was nobody's to do: it does not count on the ladder.

use jiff::Timestamp;
use jurisdiction::{Ladder, Rung, WorkingCalendar};
use serde::Serialize;

/// A time in which a clock stood still: the work was taken away, or an answer was being judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rest {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// When the ladder reaches a rung of a deadline missed at `missed`: each rest since then puts it off by the working days
/// that were left when it began.
pub fn rung_due(
    ladder: &Ladder,
    rung: Rung,
    missed: Timestamp,
    rests: &[Rest],
    calendar: &WorkingCalendar,
) -> Timestamp {
    let at_once = ladder.due(rung, missed, calendar);
    if rung == Rung::Reminder {
        return at_once;
    }
    let since = rests.iter().filter(|rest| rest.from >= missed);
    since.fold(at_once, |due, rest| match rest.from < due {
        true => {
            let left = calendar.working_days_between(rest.from, due);
            let left = u16::try_from(left).unwrap_or_default();
            calendar.end_of_working_day_after(rest.to, left)
        }
        false => due,
    })
}
