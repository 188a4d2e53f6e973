//! Chance from a seed: SplitMix64, so that the same seed is the same year on every machine and with every compiler.

use jiff::SignedDuration;
use uuid::Uuid;

/// A stream of numbers that follows from its seed.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// Another stream, of its own: what it is asked for does not change what this one answers.
    pub fn fork(&mut self) -> Self {
        Self(self.next())
    }
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
    /// From 0 up to, not including, `end`; 0 if `end` is.
    pub fn below(&mut self, end: usize) -> usize {
        let end = end as u64;
        usize::try_from(self.next().checked_rem(end).unwrap_or_default()).unwrap_or_default()
    }
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
    pub fn per_mille(&mut self, chance: usize) -> bool {
        self.below(1000) < chance
    }
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
    pub fn seconds(&mut self, least: i64, most: i64) -> SignedDuration {
        let span = usize::try_from(most - least + 1).unwrap_or(1);
        SignedDuration::from_secs(least + self.below(span) as i64)
    }
    pub fn hours(&mut self, least: i64, most: i64) -> SignedDuration {
        self.seconds(least * 3600, most * 3600)
    }
    pub fn days(&mut self, least: i64, most: i64) -> SignedDuration {
        self.hours(least * 24, most * 24)
    }
    pub fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_sequence() {
        // The reference values of SplitMix64 for the seed 1234567.
        let mut random = Random::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }
    #[test]
    fn chances_are_about_what_they_say() {
        let mut random = Random::new(7);
        let hits = (0..10_000).filter(|_| random.percent(30)).count();
        assert!((2_700..3_300).contains(&hits), "{hits}");
        assert_eq!(random.below(0), 0);
    }
}
