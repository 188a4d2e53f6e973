//! A deadline over the October holiday: days off do not count, make-up workdays do, and the ladder keeps to both.

use super::cast::{Cast, TOWNSHIP};
use super::steps;
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::tz::{Offset, offset};
use jiff::{Timestamp, ToSpan};
use serde_json::Value;

/// Asia/Shanghai
const CAMPAIGN: Offset = offset(8);

/// What an office would look up in the State Council's notice for the year.
struct Holiday {
    year: i16,
    off: Vec<Date>,
    worked: Date,
}

impl Holiday {
    /// The next one whose eve is still to come: 1–7 October off, the Saturday after it worked.
    fn after(today: Date) -> Self {
        let year = match today < date(today.year(), 9, 20) {
            true => today.year(),
            false => today.year() + 1,
        };
        let off: Vec<_> = (1..=7).map(|day| date(year, 10, day)).collect();
        let mut worked = date(year, 10, 8);
        while worked.weekday() != Weekday::Saturday {
            worked = tomorrow(worked);
        }
        Self { year, off, worked }
    }
    fn is_worked(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        day == self.worked || (!weekend && !self.off.contains(&day))
    }
    /// The `n`-th day of work after `day`, counted on the fingers.
    fn workday_after(&self, day: Date, n: usize) -> Date {
        let mut last = day;
        let mut left = n;
        while left > 0 {
            last = tomorrow(last);
            left -= usize::from(self.is_worked(last));
        }
        last
    }
    /// The last day of work before it.
    fn eve(&self) -> Date {
        let mut day = date(self.year, 9, 30);
        while !self.is_worked(day) {
            day = day.yesterday().expect("a day");
        }
        day
    }
}

/// Plays it.
pub async fn october_holiday(town: &Town) {
    let cast = Cast::of(town).await;
    let now: Timestamp = cast.admin.now().await.parse().expect("a timestamp");
    let holiday = Holiday::after(in_campaign(now).date());
    let days: Vec<_> = holiday.off.iter().map(ToString::to_string).collect();
    cast.admin
        .sets_calendar(holiday.year, &days, &[holiday.worked.to_string()])
        .await;
    let eve = holiday.eve();
    cast.admin.advances_to(hour(eve, 10)).await;
    // So long a leap ends every session.
    let cast = Cast::of(town).await;
    let (_, case) = steps::opened_case(town, &cast, &steps::new_place("节前发现的作坊")).await;
    cast.dispatcher
        .assigns(&case, TOWNSHIP, "请节后三个工作日内核查。")
        .await;
    cast.handler.acknowledges(&case).await;
    let due = holiday.workday_after(eve, 3);
    let item = cast.handler.sees_work(&case, "first_inspection").await;
    assert_eq!(day_of(&item["due"]), due, "three days of work: {item}");

    cast.admin.advances_to(hour(due, 22)).await;
    let seen = cast.inspector.get(&format!("/api/v1/cases/{case}")).await;
    assert!(
        reached(&seen, "reminder").is_none(),
        "nothing is missed yet: {seen}"
    );
    let mut day = due;
    for (rung, after) in [("reminder", 0), ("supervision_order", 1), ("interview", 3)] {
        let expected = holiday.workday_after(due, after);
        while day <= expected {
            day = tomorrow(day);
            cast.admin.advances_to(hour(day, 1)).await;
        }
        let what = format!("{rung} is reached at the end of {expected}");
        let at = eventually(&what, PATIENCE, || async {
            let seen = cast.inspector.get(&format!("/api/v1/cases/{case}")).await;
            reached(&seen, rung)
        })
        .await;
        assert_eq!(at, expected, "{rung}");
    }
}

/// The day on which the rung of the missed inspection was reached.
fn reached(seen: &Value, rung: &str) -> Option<Date> {
    let steps = seen["escalations"].as_array()?;
    let step = steps
        .iter()
        .find(|step| step["rung"] == rung && step["obligation"] == "first_inspection")?;
    Some(day_of(&step["reached"]))
}

fn day_of(instant: &Value) -> Date {
    let instant: Timestamp = instant
        .as_str()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("no instant: {instant}"));
    in_campaign(instant).date()
}

fn in_campaign(instant: Timestamp) -> DateTime {
    CAMPAIGN.to_datetime(instant)
}

fn hour(day: Date, hour: i8) -> Timestamp {
    CAMPAIGN
        .to_timestamp(day.at(hour, 0, 0, 0))
        .expect("a time of day")
}

fn tomorrow(day: Date) -> Date {
    day.saturating_add(1.day())
}
