//! The working-day calendar: weekends, public holidays and make-up workdays 调休, in the time of Suqian.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan, ZonedDateTime};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Campaign time is UTC+8; China has had no daylight saving since 1991.
pub fn campaign_time(at: Timestamp) -> ZonedDateTime {
    at.to_zoned_datetime(TimeZone::fixed(Offset::constant(8)))
}

/// One year's exceptions, as the State Council announces them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearCalendar {
    /// Days off beyond ordinary weekends (weekend days may be listed too).
    pub holidays: BTreeSet<Date>,
    /// Saturdays and Sundays that are worked.
    pub make_up_workdays: BTreeSet<Date>,
}

/// Working days over all years; a year without data has plain weekends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    years: BTreeMap<i16, YearCalendar>,
}

impl WorkingCalendar {
    pub fn set_year(&mut self, year: i16, calendar: YearCalendar) {
        self.years.insert(year, calendar);
    }
    /// Every year with data, in order.
    pub fn years(&self) -> impl Iterator<Item = (i16, &YearCalendar)> {
        self.years.iter().map(|(year, calendar)| (*year, calendar))
    }
    pub fn is_working_day(&self, date: Date) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.years.get(&date.year()) {
            Some(year) if year.make_up_workdays.contains(&date) => true,
            Some(year) if year.holidays.contains(&date) => false,
            _ => !weekend,
        }
    }
    /// The last second of the `days`-th working day after the day of `from`; the day of `from` itself never counts.
    /// Zero days: the end of that day, or of the next working day if it is none.
    pub fn end_of_working_day_after(&self, from: Timestamp, days: u16) -> Timestamp {
        let mut date = campaign_time(from).date();
        let mut left = days;
        while left > 0 || !self.is_working_day(date) {
            date = date.saturating_add(1.day());
            if left > 0 && self.is_working_day(date) {
                left -= 1;
            }
            if date == Date::MAX {
                break;
            }
        }
        end_of_day(date)
    }
    /// Whole working days between two instants: positive if `until` is later.
    pub fn working_days_between(&self, from: Timestamp, until: Timestamp) -> i64 {
        if until < from {
            return -self.working_days_between(until, from);
        }
        let (mut date, last) = (campaign_time(from).date(), campaign_time(until).date());
        let mut days = 0;
        while date < last {
            date = date.saturating_add(1.day());
            days += i64::from(self.is_working_day(date));
        }
        days
    }
}

/// 23:59:59 of a date in campaign time.
pub fn end_of_day(date: Date) -> Timestamp {
    at_time(date, Time::constant(23, 59, 59, 0))
}

/// Midnight at which a date begins in campaign time.
pub fn start_of_day(date: Date) -> Timestamp {
    at_time(date, Time::midnight())
}

fn at_time(date: Date, time: Time) -> Timestamp {
    let local = date.to_datetime(time);
    local
        .to_zoned_datetime(TimeZone::fixed(Offset::constant(8)))
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }
    fn october_2020() -> WorkingCalendar {
        let mut calendar = WorkingCalendar::default();
        let day = |d| Date::constant(2020, 10, d);
        calendar.set_year(
            2020,
            YearCalendar {
                holidays: (1..=8).map(day).collect(),
                make_up_workdays: [Date::constant(2020, 9, 27), day(10)].into(),
            },
        );
        calendar
    }

    #[test]
    fn the_october_holiday_is_skipped_and_its_make_up_saturday_counts() {
        // Wednesday 30 September: next working days are Friday the 9th and Saturday the 10th (worked).
        let due = october_2020().end_of_working_day_after(at("2020-09-30T02:00:00Z"), 2);
        assert_eq!(due, at("2020-10-10T15:59:59Z"));
    }
    #[test]
    fn a_day_begins_at_midnight_in_suqian_not_in_greenwich() {
        // 17:00Z on Thursday is already Friday in Suqian, so one working day later is Monday.
        let due = october_2020().end_of_working_day_after(at("2020-06-11T17:00:00Z"), 1);
        assert_eq!(due, at("2020-06-15T15:59:59Z"));
    }
    #[test]
    fn a_make_up_sunday_is_worked() {
        assert!(october_2020().is_working_day(Date::constant(2020, 9, 27)));
        assert!(!october_2020().is_working_day(Date::constant(2020, 9, 26)));
    }
    #[test]
    fn working_days_between_is_antisymmetric() {
        let (a, b) = (at("2020-09-28T01:00:00Z"), at("2020-10-12T01:00:00Z"));
        assert_eq!(october_2020().working_days_between(a, b), 5);
        assert_eq!(october_2020().working_days_between(b, a), -5);
    }
}
