//! Past instants as people ask for them: a day that is over, or a time.

use crate::invalid;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::campaign_time;
use tonic::Status;

/// What is written as a day, e.g. `2020-06-01`, and as nothing more.
pub fn day(given: &str) -> Option<Date> {
    (given.len() <= "2020-06-01".len())
        .then(|| given.parse().ok())
        .flatten()
}

/// What is written as an instant. In a query string the plus of a zone arrives as a blank.
pub fn time(given: &str) -> Option<Timestamp> {
    given.replace(' ', "+").parse().ok()
}

/// Midnight in Suqian.
pub fn start_of(date: Date) -> Option<Timestamp> {
    let zone = campaign_time(Timestamp::UNIX_EPOCH).time_zone().clone();
    let midnight = date.at(0, 0, 0, 0).to_zoned_datetime(zone).ok()?;
    Some(midnight.timestamp())
}

/// The instant that `as_of` names: the end of a day, or an instant itself. `None` is now; today is not over yet.
///
/// # Errors
/// `InvalidArgument` for what is no date, has not come yet, or was before anybody was registered.
pub fn instant_of(
    as_of: &str,
    now: Timestamp,
    since: Option<Timestamp>,
) -> Result<Option<Timestamp>, Status> {
    let refused = |rule: &str| Err(invalid("as_of", rule));
    let at = match day(as_of) {
        Some(day) if day == campaign_time(now).date() => return Ok(None),
        Some(day) => {
            let end = day.tomorrow().ok().and_then(start_of);
            end.map(|end| end - SignedDuration::from_nanos(1))
        }
        None => time(as_of),
    };
    let Some(at) = at else {
        return refused("请写成日期，例如 2020-06-01，或带时区的时间。");
    };
    if at > now {
        return refused("这个时刻还没有到，只能查看已经过去的时刻。");
    }
    match since {
        Some(since) if at < since => {
            let first = campaign_time(since).strftime("%Y-%m-%d %H:%M").to_string();
            refused(&format!("系统自 {first} 起才有记录，请选择那以后的时刻。"))
        }
        _ => Ok(Some(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_a_day_that_is_over_or_a_time_that_has_been() {
        let time = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let (now, since) = (time("2020-06-30T02:00:00Z"), Some(time("2020-05-01T00:00:00Z")));
        let of = |as_of: &str| instant_of(as_of, now, since);
        // The day in Suqian, to its end.
        let day = of("2020-06-01").expect("a day").expect("past");
        assert!(day < time("2020-06-01T16:00:00Z") && day > time("2020-06-01T15:59:59Z"));
        assert_eq!(of("2020-06-30").expect("today"), None);
        let noon = Some(time("2020-06-01T04:00:00Z"));
        assert_eq!(of("2020-06-01T12:00:00+08:00").expect("a time"), noon);
        assert_eq!(
            of("2020-06-01T12:00:00 08:00").expect("as a query string has it"),
            noon
        );
        for (wrong, says) in [
            ("2020-07-01", "还没有到"),
            ("2020-06-30T02:00:01Z", "还没有到"),
            ("2020-04-30", "才有记录"),
            ("昨天", "请写成日期"),
            ("2020-06-31", "请写成日期"),
            ("2020-06-01T12:00:00", "请写成日期"),
            ("", "请写成日期"),
        ] {
            let refused = of(wrong).expect_err(wrong);
            assert_eq!(refused.code(), tonic::Code::InvalidArgument, "{wrong}");
            assert!(refused.message().contains(says), "{wrong}: {}", refused.message());
        }
    }
}
