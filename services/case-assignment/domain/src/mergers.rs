//! Which cases go on in which other.

use crate::CaseEvent;
use jurisdiction::CaseId;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Everything else is not worth being read.
const CONCERNED: [&str; 2] = ["case.merged.", "case.reopened."];

/// Every merger that stands.
#[derive(Clone, Debug, Default)]
pub struct Mergers {
    into: BTreeMap<CaseId, CaseId>,
}

impl Mergers {
    /// Takes in one stored fact; those of other kinds change nothing.
    ///
    /// # Errors
    /// If a fact of a merger is unreadable.
    pub fn take(&mut self, stream: &str, name: &str, data: &Value) -> Result<(), decider::DecodeError> {
        if !CONCERNED.iter().any(|concerned| name.starts_with(concerned)) {
            return Ok(());
        }
        let case = stream.strip_prefix("case-").and_then(|id| id.parse().ok());
        let Some(case) = case else { return Ok(()) };
        match decider::decode::<CaseEvent>(name, data.clone())? {
            CaseEvent::CasesMerged { into, .. } => {
                self.into.insert(case, into);
            }
            // Taken out of the merger again, if it was in one.
            CaseEvent::CaseReopened { .. } => {
                self.into.remove(&case);
            }
            _ => {}
        }
        Ok(())
    }

    /// The cases that go on in this one, in one step or several.
    pub fn led_to(&self, survivor: CaseId) -> Vec<CaseId> {
        let others = self.into.keys().filter(|case| **case != survivor);
        others
            .filter(|case| self.leads_to(**case, survivor))
            .copied()
            .collect()
    }

    fn leads_to(&self, case: CaseId, survivor: CaseId) -> bool {
        let mut passed = BTreeSet::from([case]);
        let mut next = self.into.get(&case);
        while let Some(into) = next.filter(|into| passed.insert(**into)) {
            if *into == survivor {
                return true;
            }
            next = self.into.get(into);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(mergers: &mut Mergers, case: u128, event: &CaseEvent) {
        let (name, data) = decider::encode(event);
        let stream = format!("case-{}", CaseId::sample(case));
        mergers.take(&stream, &name, &data).expect("a readable fact");
    }
    fn into(case: u128) -> CaseEvent {
        CaseEvent::CasesMerged {
            into: CaseId::sample(case),
            reason: "同一处院子".into(),
        }
    }
    fn reopened() -> CaseEvent {
        let samples = crate::samples().into_iter();
        let mut reopened = samples.filter(|sample| matches!(sample, CaseEvent::CaseReopened { .. }));
        reopened.next().expect("a reopening among the samples")
    }
    fn led_to(mergers: &Mergers, case: u128) -> Vec<CaseId> {
        mergers.led_to(CaseId::sample(case))
    }

    #[test]
    fn mergers_lead_on_in_several_steps_and_circles_end() {
        let mut mergers = Mergers::default();
        take(&mut mergers, 1, &into(2));
        take(&mut mergers, 2, &into(3));
        assert_eq!(led_to(&mergers, 3), [CaseId::sample(1), CaseId::sample(2)]);
        assert_eq!(led_to(&mergers, 2), [CaseId::sample(1)]);
        assert!(led_to(&mergers, 1).is_empty());
        take(&mut mergers, 3, &into(2));
        assert!(led_to(&mergers, 4).is_empty());
    }

    #[test]
    fn a_case_that_is_taken_out_of_its_merger_leads_nowhere() {
        let mut mergers = Mergers::default();
        take(&mut mergers, 1, &into(2));
        take(&mut mergers, 1, &reopened());
        assert!(led_to(&mergers, 2).is_empty());
    }
}
