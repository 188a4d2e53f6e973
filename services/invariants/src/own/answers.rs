//! What units answer to findings, tasks, failures and escalations, and who judges it.

use crate::{Circumstances, Fact, Found};
use accountability_domain::AccountabilityEvent;
use jurisdiction::{StaffId, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

/// By stream, and by what it is an answer to.
#[derive(Default)]
pub(super) struct Answers(BTreeMap<(String, String), Asked>);

/// Something that a unit has to answer.
#[derive(Default)]
struct Asked {
    /// Whose answer it is; of escalations it is whoever is addressed.
    unit: Option<UnitCode>,
    authors: BTreeSet<StaffId>,
    waiting: bool,
}

impl Answers {
    pub(super) fn look(
        &mut self,
        event: &AccountabilityEvent,
        fact: &Fact<'_>,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        let Some((what, step)) = read(event) else {
            return;
        };
        let asked = self.0.entry((fact.stream.to_owned(), what)).or_default();
        match step {
            Step::Asked(unit) => {
                *asked = Asked {
                    unit: Some(unit.clone()),
                    ..Asked::default()
                };
            }
            Step::Answered => {
                if asked.waiting {
                    found.wrong(fact, "上一次答复还没有认定，又答复了一次。");
                }
                asked.authors.extend(fact.actor.person().cloned());
                asked.waiting = true;
            }
            Step::Judged => asked.judged(fact, circumstances, found),
        }
    }
}

impl Asked {
    fn judged(&mut self, fact: &Fact<'_>, circumstances: &Circumstances<'_>, found: &mut Found<'_>) {
        if !self.waiting {
            found.wrong(fact, "没有待认定的答复，却作出了认定。");
        }
        self.waiting = false;
        let (person, unit) = (fact.actor.person(), fact.actor.unit());
        if person.is_none_or(|person| self.authors.contains(person)) {
            found.wrong(fact, "答复由答复人自己认定，或者没有人认定。");
        }
        let (Some(of), Some(by)) = (&self.unit, unit) else {
            return;
        };
        // Nor by whoever is below the unit that answered.
        let below = of != by && circumstances.jurisdiction.is_within(by, of);
        let is_the_city = circumstances.jurisdiction.level(of) == Some(jurisdiction::Level::City);
        if of == by || (below && !is_the_city) {
            found.wrong(fact, "答复由本单位或者其下级认定。");
        }
    }
}

enum Step<'e> {
    Asked(&'e UnitCode),
    Answered,
    Judged,
}

/// What a fact has to do with which answer.
fn read(event: &AccountabilityEvent) -> Option<(String, Step<'_>)> {
    let finding = |number: &u32| format!("finding-{number}");
    let task = |number: &u32| format!("task-{number}");
    let failure = |number: &u32| format!("failure-{number}");
    Some(match event {
        AccountabilityEvent::FindingRecorded {
            finding: number,
            unit,
            ..
        } => (finding(number), Step::Asked(unit)),
        AccountabilityEvent::FindingAnswered { finding: number, .. } => (finding(number), Step::Answered),
        AccountabilityEvent::FindingJudged { finding: number, .. } => (finding(number), Step::Judged),
        AccountabilityEvent::TaskAssigned {
            task: number, unit, ..
        } => (task(number), Step::Asked(unit)),
        AccountabilityEvent::TaskReported { task: number, .. } => (task(number), Step::Answered),
        AccountabilityEvent::TaskAccepted { task: number, .. }
        | AccountabilityEvent::TaskReturned { task: number, .. } => (task(number), Step::Judged),
        AccountabilityEvent::FailureExplained { failure: number, .. } => (failure(number), Step::Answered),
        AccountabilityEvent::FailureJudged { failure: number, .. } => (failure(number), Step::Judged),
        AccountabilityEvent::ExplanationSubmitted {
            clock,
            deadline,
            rung,
            repetition,
            ..
        } => (
            format!("{clock}/{deadline}/{}/{repetition}", rung.code()),
            Step::Answered,
        ),
        AccountabilityEvent::ExplanationJudged {
            clock,
            deadline,
            rung,
            repetition,
            ..
        } => (
            format!("{clock}/{deadline}/{}/{repetition}", rung.code()),
            Step::Judged,
        ),
        _ => return None,
    })
}
