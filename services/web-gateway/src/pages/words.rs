//! Dates as people in Suqian say them.

use jiff::Timestamp;
use jurisdiction::campaign_time;

/// `2020年6月1日 10:05`; the text itself if it is no time.
pub(crate) fn moment(rfc_3339: &str) -> String {
    match rfc_3339.parse::<Timestamp>() {
        Ok(at) => {
            let at = campaign_time(at);
            format!(
                "{}年{}月{}日 {:02}:{:02}",
                at.year(),
                at.month(),
                at.day(),
                at.hour(),
                at.minute()
            )
        }
        Err(_) => rfc_3339.to_owned(),
    }
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
