//! A challenge as text: a form's id, when it was given out and how hard its riddle is, vouched for by a keyed hash.

use crate::random;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What is hashed for each attempt. So long that a browser's own SHA-256 does nearly all the work and the way to it counts
/// for little: an old phone is then some ten times slower than a server, not a thousand times.
pub(super) const MESSAGE_BYTES: usize = 16 * 1024;

/// What was given out with a form. It says nothing of whoever asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    /// The id of the form, under which a repetition is recognised.
    pub form: Uuid,
    pub issued: Timestamp,
    /// So many bits of the hash must be zero.
    pub bits: u8,
}

impl Challenge {
    /// `<form>.<seconds>.<bits>.<keyed hash>`
    pub(super) fn signed(&self, key: &[u8]) -> String {
        let said = self.said();
        let vouched = hex::encode(random::keyed_hash(key, &[said.as_bytes()]));
        format!("{said}.{vouched}")
    }

    /// Reads a challenge, without believing it yet.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let form = Uuid::parse_str(parts.next()?).ok()?;
        let issued = Timestamp::from_second(parts.next()?.parse().ok()?).ok()?;
        let bits = parts.next()?.parse().ok()?;
        Some(Self { form, issued, bits }).filter(|_| parts.count() == 1)
    }

    /// Whether `text` is this challenge as it was given out under one of the keys.
    pub(super) fn is_vouched_for(&self, text: &str, keys: &[Vec<u8>]) -> bool {
        keys.iter().any(|key| random::same(&self.signed(key), text))
    }

    fn said(&self) -> String {
        format!("{}.{}.{}", self.form, self.issued.as_second(), self.bits)
    }
}

/// Whether an answer solves the riddle of a challenge.
pub(super) fn solves(challenge: &str, bits: u8, answer: &str) -> bool {
    let Ok(number) = answer.parse::<u64>() else {
        return false;
    };
    let mut message = vec![0; MESSAGE_BYTES];
    // The number comes first: whatever was hashed before it could be hashed once for all attempts.
    message[..8].copy_from_slice(&number.to_be_bytes());
    let Some(place) = message.get_mut(8..8 + challenge.len()) else {
        return false;
    };
    place.copy_from_slice(challenge.as_bytes());
    let hash = Sha256::digest(&message);
    let zeros: u32 = hash
        .iter()
        .scan(true, |all_zero, byte| {
            all_zero.then(|| {
                *all_zero = *byte == 0;
                byte.leading_zeros()
            })
        })
        .sum();
    zeros >= u32::from(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"key";

    fn challenge() -> Challenge {
        Challenge {
            form: Uuid::from_u128(7),
            issued: "2020-06-01T02:05:00Z".parse().expect("a timestamp"),
            bits: 6,
        }
    }

    #[test]
    fn a_challenge_is_read_as_it_was_written_and_no_word_of_it_can_be_changed() {
        let text = challenge().signed(KEY);
        assert_eq!(Challenge::read(&text), Some(challenge()));
        assert!(challenge().is_vouched_for(&text, &[b"other".to_vec(), KEY.to_vec()]));
        assert!(!challenge().is_vouched_for(&text, &[b"other".to_vec()]));
        let easier = text.replacen(".6.", ".0.", 1);
        let read = Challenge::read(&easier).expect("a challenge");
        assert!(!read.is_vouched_for(&easier, &[KEY.to_vec()]));
        for bad in ["", "x", "1.2.3.4", &text[..40], &format!("{text}.1")] {
            assert_eq!(Challenge::read(bad), None, "{bad}");
        }
    }
    #[test]
    fn the_answer_is_found_by_trying_and_fits_one_challenge_only() {
        let text = challenge().signed(KEY);
        let answer = (0..10_000_u64).find(|number| solves(&text, 6, &number.to_string()));
        let answer = answer.expect("an answer").to_string();
        assert!(!solves(&text, 40, &answer), "not hard enough for more");
        let wrong = (0..10_000_u64).find(|number| !solves(&text, 6, &number.to_string()));
        assert!(!solves(&text, 6, &wrong.expect("most are wrong").to_string()));
        for no_number in ["", "-1", "1e3", "99999999999999999999999"] {
            assert!(!solves(&text, 0, no_number), "{no_number}");
        }
        assert!(solves(&text, 0, "1"), "nothing is asked for");
        assert!(!solves(&"x".repeat(MESSAGE_BYTES), 0, "1"), "no such challenge");
    }
    /// The script of the form hashes the very same bytes; this is what both agree on.
    #[test]
    fn the_hash_is_of_the_number_then_the_challenge_then_nothing() {
        let mut message = [0; MESSAGE_BYTES];
        message[7] = 5;
        message[8..11].copy_from_slice(b"abc");
        let zeros = Sha256::digest(message)[0].leading_zeros() as u8;
        assert!(zeros < 8 && solves("abc", zeros, "5") && !solves("abc", zeros + 1, "5"));
    }
}
