//! The lot itself: from a frozen list and a public seed to the chosen sites, so that a stranger can do it again.
//!
//! 1. The list is written as lines `<county code> <case id>`, each ended by a line feed, in ascending order of bytes.
//! 2. Its digest is the SHA-256 of that text, in lower-case hexadecimal digits.
//! 3. Within each county every site's ticket is the SHA-256 of `<seed>|<digest>|<county code>|<case id>`, in the same digits;
//!    the sites with the smallest tickets are chosen.
//! 4. Of n sites of a county, the greater of `at_least` and n × `percent` / 100, rounded up, are chosen, but never more than n.
//! 5. The seed is so many digits as were announced, one after the other with nothing between them. Draws from before that
//!    number was announced have any text for a seed, and it is taken as it stands.

use jurisdiction::{CaseId, UnitCode};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Sites by county 分层.
pub type Strata = BTreeMap<UnitCode, BTreeSet<CaseId>>;

/// The digest of a frozen list.
pub fn digest(list: &Strata) -> String {
    let mut text = String::new();
    for (county, cases) in list {
        for case in cases {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{county} {case}");
        }
    }
    hexadecimal(&text)
}

/// How many of a county's sites are chosen.
pub fn sample_size(sites: usize, percent: u8, at_least: u32) -> usize {
    let share = (sites * usize::from(percent)).div_ceil(100);
    share.max(at_least as usize).min(sites)
}

/// Whether a seed is the number that was announced: so many digits 0 to 9 and nothing else. Announcements from before the
/// number of digits was fixed take any.
pub fn is_as_announced(seed: &str, digits: Option<u8>) -> bool {
    digits.is_none_or(|digits| {
        seed.len() == usize::from(digits) && seed.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The chosen sites.
pub fn choose(list: &Strata, seed: &str, percent: u8, at_least: u32) -> Strata {
    let digest = digest(list);
    let chosen = |(county, cases): (&UnitCode, &BTreeSet<CaseId>)| {
        let ticket = |case: &CaseId| hexadecimal(&format!("{seed}|{digest}|{county}|{case}"));
        let mut tickets: Vec<(String, CaseId)> = cases.iter().map(|case| (ticket(case), *case)).collect();
        tickets.sort();
        let size = sample_size(cases.len(), percent, at_least);
        let winners = tickets.into_iter().take(size).map(|(_, case)| case).collect();
        (county.clone(), winners)
    };
    list.iter().map(chosen).collect()
}

fn hexadecimal(text: &str) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(sizes: &[u128]) -> Strata {
        let counties = ["321302", "321311", "321322"];
        let mut next = 0;
        counties
            .iter()
            .zip(sizes)
            .map(|(county, size)| {
                let first = next;
                next += size;
                let cases = (first..next).map(CaseId::sample).collect();
                (UnitCode::of(county), cases)
            })
            .collect()
    }

    /// The numbers come from a dozen lines of Python over the same list, written from the description above.
    #[test]
    fn an_independent_program_comes_to_the_same_lot() {
        let list = list(&[3, 5]);
        assert_eq!(
            digest(&list),
            "3770751fd23fbdf9f62d47a5faf31c28a45a0312a871e70fc9acd1c3ef85d801"
        );
        let chosen = choose(&list, "2020-08-03 双色球 03 07 12 19 22 30 05", 40, 1);
        let chosen: Vec<(String, Vec<u128>)> = chosen
            .into_iter()
            .map(|(county, cases)| {
                let numbers = cases.into_iter().map(|case| case.0.as_u128()).collect();
                (county.to_string(), numbers)
            })
            .collect();
        assert_eq!(
            chosen,
            [
                ("321302".to_owned(), vec![0, 2]),
                ("321311".to_owned(), vec![4, 7]),
            ]
        );
    }

    #[test]
    fn every_county_has_its_share_rounded_up_and_at_least_the_least() {
        assert_eq!(sample_size(10, 25, 1), 3);
        assert_eq!(sample_size(10, 1, 2), 2);
        assert_eq!(sample_size(1, 10, 5), 1);
        assert_eq!(sample_size(0, 100, 5), 0);
    }

    proptest! {
        /// Invariant: a lot holds only listed sites, of each county exactly as many as announced, and is the same each time.
        #[test]
        fn a_lot_is_a_sample_of_every_county(
            sizes in proptest::collection::vec(0_u128..30, 1..4),
            seed in ".{1,20}", percent in 0_u8..=100, at_least in 0_u32..4,
        ) {
            let list = list(&sizes);
            let chosen = choose(&list, &seed, percent, at_least);
            for (county, cases) in &list {
                prop_assert!(chosen[county].is_subset(cases));
                prop_assert_eq!(chosen[county].len(), sample_size(cases.len(), percent, at_least));
            }
            prop_assert_eq!(choose(&list, &seed, percent, at_least), chosen);
        }
    }
}
