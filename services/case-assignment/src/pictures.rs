//! Which case a picture was shown in, by its inspections: followed from the store, so that “clean” rests on no old picture.

use case_domain::CaseEvent;
use decider::decode;
use jurisdiction::{CaseId, EvidenceId};
use platform::{Kept, Recorded};
use std::collections::HashMap;

/// The first case in which each picture was shown.
#[derive(Debug, Default)]
pub(crate) struct Pictures(HashMap<EvidenceId, CaseId>);

pub(crate) fn shown() -> Kept<Pictures> {
    Kept::new(&["case-"], Pictures::take)
}

impl Pictures {
    /// Those of the pictures that were shown in another case.
    pub(crate) fn elsewhere(&self, case: &str, pictures: &[EvidenceId]) -> Vec<EvidenceId> {
        let is_other = |picture: &&EvidenceId| self.0.get(*picture).is_some_and(|of| of.to_string() != case);
        pictures.iter().filter(is_other).cloned().collect()
    }

    fn take(&mut self, fact: &Recorded) {
        if !fact.name.starts_with("case.inspection_recorded.") {
            return;
        }
        let Ok(event) = decode::<CaseEvent>(&fact.name, fact.data.clone()) else {
            return;
        };
        let Ok(case) = fact.subject().parse::<CaseId>() else {
            return;
        };
        for picture in case_domain::pictures_of(&event) {
            self.0.entry(picture.clone()).or_insert(case);
        }
    }
}
