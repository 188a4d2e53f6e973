//! Nobody decides on what is their own: answers, extensions, exposures, and the end of special supervision.

mod answers;

use crate::event::Event;
use crate::{Circumstances, Fact, Found, Rule};
use accountability_domain::AccountabilityEvent;
use case_domain::CaseEvent;
use disposal_domain::DisposalEvent;
use jurisdiction::{CaseId, StaffId, UnitCode};
use std::collections::BTreeMap;

#[derive(Default)]
pub(crate) struct Own {
    answers: answers::Answers,
    /// Who asked for more time, by case and clock.
    extensions: BTreeMap<(CaseId, String), UnitCode>,
    exposures: BTreeMap<CaseId, Exposure>,
}

/// What is proposed to be told to everybody.
struct Exposure {
    by: Option<StaffId>,
    enterprise: String,
    facts: String,
    published: bool,
}

impl Rule for Own {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            Event::Case(case, event) => self.of_case(*case, event, fact, found),
            Event::Disposal(case, event) => self.of_disposal(*case, event, fact, found),
            Event::Accountability(AccountabilityEvent::SpecialSupervisionOpened { seen, .. })
                if !seen.numbers.reach(&seen.thresholds) =>
            {
                found.wrong(fact, "数量没有达到标准，就开始了专项督查。");
            }
            Event::Accountability(AccountabilityEvent::SpecialSupervisionClosed { seen, .. }) => {
                if seen.numbers.reach(&seen.thresholds) {
                    found.wrong(fact, "数量还没有降到标准以下，就结束了专项督查。");
                }
                let group = fact.actor.is(jurisdiction::Role::Supervisor);
                if !group {
                    found.wrong(fact, "专项督查不是由督导组结束的。");
                }
            }
            Event::Accountability(event) => self.answers.look(event, fact, circumstances, found),
            _ => {}
        }
    }
}

impl Own {
    fn of_case(&mut self, case: CaseId, event: &CaseEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        match event {
            CaseEvent::ExtensionRequested { clock, unit, .. } => {
                self.extensions.insert((case, clock.clone()), unit.clone());
            }
            CaseEvent::ExtensionGranted { clock, .. } | CaseEvent::ExtensionRefused { clock, .. } => {
                match self.extensions.remove(&(case, clock.clone())) {
                    None => found.wrong(fact, "没有待答复的申请，却答复了延期。"),
                    Some(asked) if fact.actor.unit().is_none_or(|unit| *unit == asked) => {
                        found.wrong(fact, "延期由申请单位自己答复，或者没有人答复。");
                    }
                    Some(_) => {}
                }
            }
            _ => {}
        }
    }

    fn of_disposal(&mut self, case: CaseId, event: &DisposalEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        match event {
            DisposalEvent::ExposureProposed { enterprise, facts } => {
                let proposed = Exposure {
                    by: fact.actor.person().cloned(),
                    enterprise: enterprise.clone(),
                    facts: facts.clone(),
                    published: false,
                };
                self.exposures.insert(case, proposed);
            }
            DisposalEvent::ExposurePublished {
                enterprise, facts, ..
            } => {
                let proposed = self.exposures.get_mut(&case).filter(|known| !known.published);
                let Some(proposed) = proposed else {
                    found.wrong(fact, "没有人提出，就发布了警示曝光。");
                    return;
                };
                if (enterprise, facts) != (&proposed.enterprise, &proposed.facts) {
                    found.wrong(fact, "发布的警示曝光和提出的不同。");
                }
                let person = fact.actor.person();
                if person.is_none() || person == proposed.by.as_ref() {
                    found.wrong(fact, "警示曝光由提出人自己发布，或者没有人批准。");
                }
                proposed.published = true;
            }
            DisposalEvent::ExposureWithdrawn { .. } => {
                self.exposures.remove(&case);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
