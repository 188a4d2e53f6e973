//! Dates as people in Suqian say them.

use jiff::Timestamp;
use jiff::civil::Date;
use jurisdiction::campaign_time;

/// `2020年6月1日 10:05`; the text itself if it is no time.
pub(crate) fn moment(rfc_3339: &str) -> String {
    match rfc_3339.parse::<Timestamp>() {
        Ok(at) => told(&at),
        Err(_) => rfc_3339.to_owned(),
    }
}

/// `2020年6月1日 10:05`
pub(crate) fn told(at: &Timestamp) -> String {
    let at = campaign_time(*at);
    let (date, hour, minute) = (date(at.date()), at.hour(), at.minute());
    format!("{date} {hour:02}:{minute:02}")
}

/// `2020年6月1日`
pub(crate) fn date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_beijing_time() {
        assert_eq!(moment("2020-05-31T18:05:00Z"), "2020年6月1日 02:05");
        assert_eq!(moment("soon"), "soon");
    }
}
