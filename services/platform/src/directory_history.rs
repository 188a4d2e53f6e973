//! The directory as it stood: its facts, kept so that units, staff, calendar and limits of any past instant can be folded.

use directory_domain::{DirectoryEvent, DirectoryView};
use jiff::Timestamp;
use jurisdiction::Jurisdiction;
use std::collections::VecDeque;
use std::sync::Arc;

/// Folding takes milliseconds; whoever looks at one past instant asks for it many times all the same.
const MOST_KEPT: usize = 8;

/// All facts that make up the view, in the order in which they were committed.
#[derive(Debug, Default)]
pub(crate) struct History {
    facts: Vec<(Timestamp, DirectoryEvent)>,
    /// Instant, how many facts it has, what they amount to; the last asked for at the end.
    kept: VecDeque<(Timestamp, usize, Arc<Jurisdiction>)>,
}

impl History {
    /// Takes in the next fact. Passwords are no part of a view and are not kept.
    pub(crate) fn record(&mut self, at: Timestamp, fact: DirectoryEvent) {
        if !matches!(fact, DirectoryEvent::PasswordSet { .. }) {
            self.facts.push((at, fact));
        }
    }

    /// When the first fact happened.
    pub(crate) fn since(&self) -> Option<Timestamp> {
        self.facts.iter().map(|(at, _)| *at).min()
    }

    /// What everything that had happened by `at` amounts to. The same answer is the same `Arc`.
    pub(crate) fn as_of(&mut self, at: Timestamp) -> Arc<Jurisdiction> {
        let happened = || self.facts.iter().filter(|(when, _)| *when <= at);
        let count = happened().count();
        let known = self
            .kept
            .iter()
            .find(|(kept, facts, _)| *kept == at && *facts == count);
        if let Some((.., jurisdiction)) = known {
            return Arc::clone(jurisdiction);
        }
        let mut view = DirectoryView::default();
        happened().for_each(|(_, fact)| view.apply(fact));
        let jurisdiction = Arc::new(view.jurisdiction);
        self.kept.retain(|(kept, ..)| *kept != at);
        if self.kept.len() >= MOST_KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back((at, count, Arc::clone(&jurisdiction)));
        jurisdiction
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::{Level, Unit, UnitCode, UnitKind};

    fn at(day: &str) -> Timestamp {
        format!("2020-06-{day}T01:00:00Z").parse().expect("a timestamp")
    }
    fn named(name: &str) -> DirectoryEvent {
        let unit = Unit {
            code: UnitCode::of("321322"),
            name: name.to_owned(),
            level: Level::County,
            kind: UnitKind::Government,
            parent: None,
            department: None,
            email: None,
        };
        DirectoryEvent::UnitRegistered { unit }
    }
    fn name(jurisdiction: &Jurisdiction) -> String {
        jurisdiction.unit_name(&UnitCode::of("321322"))
    }

    #[test]
    fn an_instant_has_what_had_happened_by_then() {
        let mut history = History::default();
        assert_eq!(history.since(), None);
        history.record(at("02"), named("沭阳"));
        history.record(at("05"), named("沭阳县"));
        assert_eq!(history.since(), Some(at("02")));
        assert_eq!(name(&history.as_of(at("01"))), "321322");
        assert_eq!(name(&history.as_of(at("02"))), "沭阳");
        assert_eq!(name(&history.as_of(at("04"))), "沭阳");
        assert_eq!(name(&history.as_of(at("05"))), "沭阳县");
    }

    #[test]
    fn the_same_answer_is_kept_and_a_fact_that_comes_late_changes_it() {
        let mut history = History::default();
        history.record(at("02"), named("沭阳"));
        let once = history.as_of(at("04"));
        history.record(at("05"), named("沭阳县"));
        assert!(Arc::ptr_eq(&once, &history.as_of(at("04"))));
        history.record(at("03"), named("沭阳县（筹）"));
        assert_eq!(name(&history.as_of(at("04"))), "沭阳县（筹）");
        for day in 10..30 {
            history.as_of(at(&day.to_string()));
        }
        assert!(history.kept.len() <= MOST_KEPT);
        assert_eq!(name(&history.as_of(at("04"))), "沭阳县（筹）");
    }
}
