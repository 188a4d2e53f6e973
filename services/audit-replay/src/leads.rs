//! The lead of a demonstration's clock over the real one, over time: what the campaign's time was a while ago.

use jiff::{SignedDuration, Timestamp};
use platform::Recorded;
use serde_json::Value;

/// The stream in which the clock is moved.
pub(crate) const STREAM: &str = "clock-simulated";

/// Since when, in real time, the clock has been how far ahead. Empty where the clock is real.
#[derive(Debug, Default)]
pub(crate) struct Leads(Vec<(Timestamp, SignedDuration)>);

impl Leads {
    /// Takes in one fact, of whatever stream.
    pub(crate) fn take(&mut self, fact: &Recorded) {
        if fact.stream != STREAM {
            return;
        }
        if let Some(seconds) = fact.data.get("seconds").and_then(Value::as_i64) {
            // The move itself is stamped by the clock as it was before.
            let really = fact.metadata.at - self.last();
            self.0
                .push((really, self.last() + SignedDuration::from_secs(seconds)));
        }
    }

    fn last(&self) -> SignedDuration {
        self.0.last().map(|(_, lead)| *lead).unwrap_or_default()
    }

    /// The campaign's time so long ago by the real clock, whatever it leapt over since.
    pub(crate) fn ago(&self, now: Timestamp, long: SignedDuration) -> Timestamp {
        let really = now - self.last() - long;
        let then = self.0.iter().rev().find(|(since, _)| *since <= really);
        really + then.map(|(_, lead)| *lead).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn a_leap_of_the_clock_is_no_time_for_anybody_to_react() {
        let day = SignedDuration::from_hours(24);
        let leads = Leads(vec![(at("2020-06-01T01:00:00Z"), day)]);
        let ten = SignedDuration::from_mins(10);
        // Four minutes after a leap of a day: ten minutes ago it was six minutes before the leap.
        assert_eq!(
            leads.ago(at("2020-06-02T01:04:00Z"), ten),
            at("2020-06-01T00:54:00Z")
        );
        assert_eq!(
            leads.ago(at("2020-06-02T01:30:00Z"), ten),
            at("2020-06-02T01:20:00Z")
        );
        assert_eq!(
            Leads::default().ago(at("2020-06-02T01:30:00Z"), ten),
            at("2020-06-02T01:20:00Z")
        );
    }
}
