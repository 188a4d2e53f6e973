//! How long to wait after an attempt that failed: quickly at first, then patiently, for about three days in all.

use jiff::SignedDuration;

/// Minutes to wait after the first, second, … attempt.
const WAITS: [i64; 8] = [1, 5, 15, 60, 240, 720, 1440, 1440];

/// After so many attempts a message is given up.
pub const MOST_ATTEMPTS: u16 = WAITS.len() as u16 + 1;

/// The wait after attempt number `attempt` (from 1) has failed; `None` if it was the last.
pub fn retry_after(attempt: u16) -> Option<SignedDuration> {
    let index = usize::from(attempt).saturating_sub(1);
    WAITS
        .get(index)
        .map(|minutes| SignedDuration::from_mins(*minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..MOST_ATTEMPTS).map(retry_after).collect();
        assert!(waits.is_sorted() && waits.iter().all(Option::is_some));
        assert_eq!(retry_after(1), Some(SignedDuration::from_mins(1)));
        assert_eq!(retry_after(MOST_ATTEMPTS), None);
        assert_eq!(retry_after(u16::MAX), None);
    }
}
