//! Who sends the report form has either worked for it or waited for it: challenges of our own, see decision record 0037.

mod challenge;
mod sent;

use crate::config::ProofConfig;
use crate::day_keys::DayKeys;
use crate::random;
use crate::volatile::Volatile;
use challenge::Challenge;
use jiff::Timestamp;
use sent::SentForms;
use std::time::Duration;
use uuid::Uuid;

/// A form that was given out is good for that long at most; a key has to outlive the forms of its whole day.
const LONGEST_DAY_SECONDS: u64 = 25 * 60 * 60;

/// Gives out challenges and judges what comes back.
pub(crate) struct Proofs {
    config: ProofConfig,
    keys: DayKeys,
    sent: SentForms,
}

/// What becomes of a form that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The browser has worked for it.
    Worked,
    /// Without a proof, or with a wrong one, it is answered only after so long.
    Waits(Duration),
    /// It has to be sent once more, with a fresh challenge.
    Again(Why),
}

/// Why a form has to be sent once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// We did not give it out.
    Unknown,
    /// It was given out too long ago.
    Expired,
    /// It was received, with other words.
    Spent,
}

impl Proofs {
    pub(crate) fn new(config: ProofConfig, most_remembered: usize, volatile: Volatile) -> Self {
        let lifetime = LONGEST_DAY_SECONDS.saturating_add(config.valid_seconds);
        Self {
            keys: DayKeys::new("form-key", lifetime, volatile.clone()),
            sent: SentForms::new(volatile, config.valid_seconds, most_remembered),
            config,
        }
    }

    /// A challenge for a new form.
    pub(crate) async fn issue(&self) -> String {
        let issued = Timestamp::now();
        let challenge = Challenge {
            form: random::uuid(),
            issued,
            bits: self.config.bits,
        };
        challenge.signed(&self.keys.of(DayKeys::day_of(issued)).await)
    }

    /// The id of the form that a challenge was given out with, believed or not: under it a repetition is recognised.
    pub(crate) fn form_of(text: &str) -> Option<Uuid> {
        Challenge::read(text).map(|challenge| challenge.form)
    }

    /// Judges a form by its challenge, the answer to it and a digest of its words.
    pub(crate) async fn judge(&self, text: &str, answer: &str, words: &str) -> Verdict {
        let Some(challenge) = Challenge::read(text) else {
            return Verdict::Again(Why::Unknown);
        };
        let now = Timestamp::now();
        let age = now.duration_since(challenge.issued).as_secs();
        // Nothing is asked about days that nobody could have an answer for.
        if u64::try_from(age).is_ok_and(|age| age > self.config.valid_seconds) {
            return Verdict::Again(Why::Expired);
        }
        // Clocks of replicas differ a little.
        if age < -60 {
            return Verdict::Again(Why::Unknown);
        }
        let keys = self.keys.all_of(DayKeys::day_of(challenge.issued)).await;
        if !challenge.is_vouched_for(text, &keys) {
            return Verdict::Again(Why::Unknown);
        }
        match self.sent.words_of(challenge.form).await {
            Some(before) if before != words => return Verdict::Again(Why::Spent),
            // The same once more: the answer was lost on its way. It is received once all the same.
            Some(_) => return Verdict::Worked,
            None => {}
        }
        if challenge::solves(text, challenge.bits, answer) {
            return Verdict::Worked;
        }
        let wait = i64::try_from(self.config.wait_seconds).unwrap_or(i64::MAX);
        let left = wait.saturating_sub(age.max(0));
        Verdict::Waits(Duration::from_secs(u64::try_from(left).unwrap_or_default()))
    }

    /// A form was received with these words: it will not be received with others.
    pub(crate) async fn received(&self, form: Uuid, words: &str) {
        self.sent.note(form, words).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing listens on port 1: these are the proofs of a city without Redis.
    fn proofs(config: ProofConfig) -> Proofs {
        let volatile = Volatile::connect_lazily("redis://127.0.0.1:1").expect("address");
        Proofs::new(config, 100, volatile)
    }
    fn easy() -> ProofConfig {
        ProofConfig {
            bits: 4,
            ..ProofConfig::default()
        }
    }
    fn answered(challenge: &str, right: bool) -> String {
        let found =
            (0..10_000_u64).find(|number| challenge::solves(challenge, 4, &number.to_string()) == right);
        found.expect("an answer").to_string()
    }

    #[tokio::test]
    async fn whoever_worked_passes_and_whoever_did_not_waits() {
        let proofs = proofs(easy());
        let given = proofs.issue().await;
        let right = answered(&given, true);
        assert_eq!(proofs.judge(&given, &right, "a").await, Verdict::Worked);
        for wrong in [String::new(), answered(&given, false)] {
            let Verdict::Waits(left) = proofs.judge(&given, &wrong, "a").await else {
                panic!("no proof");
            };
            assert!(left.as_secs() >= 14, "{left:?}");
        }
        let other = proofs.issue().await;
        let borrowed = answered(&given, true);
        if !challenge::solves(&other, 4, &borrowed) {
            assert!(matches!(
                proofs.judge(&other, &borrowed, "a").await,
                Verdict::Waits(_)
            ));
        }
    }
    #[tokio::test]
    async fn a_form_counts_once_and_its_repetition_is_no_other() {
        let proofs = proofs(easy());
        let given = proofs.issue().await;
        let form = Proofs::form_of(&given).expect("a form");
        proofs.received(form, "a").await;
        assert_eq!(
            proofs.judge(&given, "", "a").await,
            Verdict::Worked,
            "lost on the way"
        );
        let right = answered(&given, true);
        assert_eq!(
            proofs.judge(&given, &right, "b").await,
            Verdict::Again(Why::Spent)
        );
    }
    #[tokio::test]
    async fn old_ones_and_those_of_others_are_sent_again() {
        let old = Challenge {
            form: random::uuid(),
            issued: Timestamp::now() - jiff::SignedDuration::from_hours(13),
            bits: 4,
        };
        let proofs = proofs(easy());
        let key = proofs.keys.of(DayKeys::day_of(old.issued)).await;
        let expired = old.signed(&key);
        assert_eq!(
            proofs.judge(&expired, "", "a").await,
            Verdict::Again(Why::Expired)
        );
        let early = Challenge {
            issued: Timestamp::now() + jiff::SignedDuration::from_hours(1),
            ..old
        };
        let key = proofs.keys.of(DayKeys::day_of(early.issued)).await;
        for unknown in ["", "nonsense", &early.signed(&key), &early.signed(b"mine")] {
            assert_eq!(proofs.judge(unknown, "", "a").await, Verdict::Again(Why::Unknown));
        }
        let forged = Challenge {
            issued: Timestamp::now(),
            ..old
        };
        let verdict = proofs.judge(&forged.signed(b"mine"), "0", "a").await;
        assert_eq!(verdict, Verdict::Again(Why::Unknown));
    }
}
