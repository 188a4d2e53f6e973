//! Times for people: Beijing time, and how long something took.

use jiff::{SignedDuration, Timestamp};
use jurisdiction::campaign_time;

/// e.g. `2020-06-01 09:00:00`.
pub(crate) fn beijing(at: Timestamp) -> String {
    campaign_time(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The two greatest units, e.g. `3 天 2 小时`.
pub(crate) fn in_chinese(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    if seconds < 0 {
        return format!("提前 {}", in_chinese(duration.abs()));
    }
    let (days, hours) = (seconds / 86_400, seconds % 86_400 / 3_600);
    let (minutes, rest) = (seconds % 3_600 / 60, seconds % 60);
    let parts = [(days, "天"), (hours, "小时"), (minutes, "分钟"), (rest, "秒")];
    let Some(greatest) = parts.iter().position(|(count, _)| *count > 0) else {
        return "不到 1 秒".to_owned();
    };
    let told = parts
        .iter()
        .skip(greatest)
        .take(2)
        .filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, unit)| format!("{count} {unit}")).collect();
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_name_their_two_greatest_units() {
        let told = |seconds| in_chinese(SignedDuration::from_secs(seconds));
        assert_eq!(told(0), "不到 1 秒");
        assert_eq!(told(59), "59 秒");
        assert_eq!(told(3_600), "1 小时");
        assert_eq!(told(3_661), "1 小时 1 分钟");
        assert_eq!(told(86_400 + 5), "1 天");
        assert_eq!(told(3 * 86_400 + 2 * 3_600 + 59), "3 天 2 小时");
        assert_eq!(told(-90), "提前 1 分钟 30 秒");
    }
    #[test]
    fn midnight_in_suqian_is_four_in_the_afternoon_in_greenwich() {
        let at = "2020-06-01T16:00:00Z".parse().expect("a timestamp");
        assert_eq!(beijing(at), "2020-06-02 00:00:00");
    }
}
