//! The names of counties, townships and villages, as they stand in what people write.

use jurisdiction::{Jurisdiction, Level};
use std::collections::{BTreeSet, HashMap};

/// The names of all areas, to be recognised in texts.
pub(super) struct Names {
    /// With whether it is a village.
    known: HashMap<Vec<char>, bool>,
    longest: usize,
}

impl Names {
    pub(super) fn of(jurisdiction: &Jurisdiction) -> Self {
        let units = jurisdiction.units.values();
        let known: HashMap<Vec<char>, bool> = units
            .map(|unit| (unit.name.chars().collect(), unit.level == Level::Village))
            .collect();
        Self {
            longest: known.keys().map(Vec::len).max().unwrap_or_default(),
            known,
        }
    }

    /// A text without any of them.
    pub(super) fn without(&self, text: &str) -> String {
        let mut rest = String::new();
        self.walk(text, |_| {}, |other| rest.push(other));
        rest
    }

    pub(super) fn villages_in(&self, text: &str) -> BTreeSet<String> {
        let mut villages = BTreeSet::new();
        let mut note = |name: &[char]| {
            if self.known.get(name) == Some(&true) {
                villages.insert(name.iter().collect());
            }
        };
        self.walk(text, &mut note, |_| {});
        villages
    }

    /// From left to right, the longest name first.
    fn walk(&self, text: &str, mut name: impl FnMut(&[char]), mut other: impl FnMut(char)) {
        let text: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < text.len() {
            let longest = self.longest.min(text.len() - at);
            let found = (2..=longest)
                .rev()
                .map(|length| &text[at..at + length])
                .find(|part| self.known.contains_key(*part));
            match found {
                Some(found) => {
                    name(found);
                    at += found.len();
                }
                None => {
                    other(text[at]);
                    at += 1;
                }
            }
        }
    }
}
