//! No skipped signature: level by level, by those who may, over work that is not their own, and never for somebody else.

mod reports;

use crate::event::Event;
use crate::{Circumstances, Fact, Found, Rule};
use disposal_domain::{DisposalEvent, required_reviews, reviews_of_a_handover};
use jurisdiction::{CaseId, Level, StaffId, UnitCode};
use reports::Drafted;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Signatures {
    disposals: BTreeMap<CaseId, Reviewed>,
    reports: BTreeMap<String, Drafted>,
}

#[derive(Default)]
struct Reviewed {
    unit: Option<UnitCode>,
    required: Vec<Level>,
    passed: Vec<Level>,
    workers: BTreeSet<StaffId>,
    worked: BTreeSet<UnitCode>,
}

impl Rule for Signatures {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            Event::Disposal(case, event) => {
                let reviewed = self.disposals.entry(*case).or_default();
                reviewed.look(event, fact, circumstances, found);
            }
            Event::Report(event) => {
                let drafted = self.reports.entry(fact.stream.to_owned()).or_default();
                drafted.look(event, fact, circumstances, found);
            }
            _ => {}
        }
    }
}

impl Reviewed {
    fn look(
        &mut self,
        event: &DisposalEvent,
        fact: &Fact<'_>,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            DisposalEvent::DisposalOrdered { unit, reviews, .. } => {
                let level = circumstances.jurisdiction.level(unit);
                if level.is_some_and(|level| required_reviews(level) != reviews) {
                    found.wrong(fact, "应复核签字的层级不全。");
                }
                self.unit = Some(unit.clone());
                self.required = reviews.clone();
            }
            DisposalEvent::DisposalHandedOver { to, reviews, .. } => {
                let known = circumstances.jurisdiction.unit(to).is_some();
                if known && reviews_of_a_handover(&self.worked, to, circumstances.jurisdiction) != *reviews {
                    found.wrong(fact, "移交以后应复核签字的层级不对。");
                }
                self.unit = Some(to.clone());
                self.required = reviews.clone();
                self.passed.clear();
            }
            DisposalEvent::MeasureCompleted { .. } => {
                self.workers.extend(fact.actor.person().cloned());
                self.worked.extend(fact.actor.unit().cloned());
            }
            DisposalEvent::MeasureReopened { .. }
            | DisposalEvent::ReviewFailed { .. }
            | DisposalEvent::DisposalReopened { .. }
            | DisposalEvent::DisposalReclassified { .. }
            | DisposalEvent::SpotCheckFailed { .. } => self.passed.clear(),
            DisposalEvent::ReviewPassed { level, .. } => self.passes(*level, fact, circumstances, found),
            DisposalEvent::DisposalClosed { .. } if self.passed != self.required => {
                found.wrong(fact, "还有层级没有复核签字，就已销号。");
            }
            _ => {}
        }
    }

    fn passes(
        &mut self,
        level: Level,
        fact: &Fact<'_>,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        let next = self.required.get(self.passed.len());
        if next != Some(&level) {
            found.wrong(fact, format!("{}越级复核签字。", level.in_chinese()));
        }
        let (unit, person) = (fact.actor.unit(), fact.actor.person());
        if person.is_none_or(|person| self.workers.contains(person)) || unit == self.unit.as_ref() {
            found.wrong(fact, "复核了自己的工作，或者没有人签字。");
        }
        let stands_for = unit.and_then(|unit| circumstances.jurisdiction.level(unit));
        if stands_for.is_some_and(|stands_for| stands_for != level) {
            found.wrong(fact, format!("不是{}的人，却代其签字。", level.in_chinese()));
        }
        self.passed.push(level);
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::NoSkippedSignature;
    use crate::story::{Story, completed, disposal_ordered};
    use disposal_domain::{Class, DisposalEvent, Measure};
    use jurisdiction::sample::{COUNTY, TOWNSHIP, VILLAGE};
    use jurisdiction::{Actor, Level, Role, UnitCode};

    const WORK: &str = "disposal-7";

    fn done() -> Story {
        Story::new()
            .record(WORK, disposal_ordered(Class::A, VILLAGE))
            .acting(Role::Handler, VILLAGE)
            .record(WORK, completed(Measure::Close))
    }
    fn passed(level: Level) -> DisposalEvent {
        DisposalEvent::ReviewPassed { level }
    }

    #[test]
    fn township_and_county_sign_in_turn() {
        done()
            .acting(Role::Leader, TOWNSHIP)
            .record(WORK, passed(Level::Township))
            .acting(Role::Leader, COUNTY)
            .record(WORK, passed(Level::County))
            .record(WORK, DisposalEvent::DisposalClosed {})
            .holds(NoSkippedSignature);
    }
    fn handed_over(reviews: Vec<Level>) -> DisposalEvent {
        DisposalEvent::DisposalHandedOver {
            to: UnitCode::of(TOWNSHIP),
            reviews,
            reason: "原承办单位须回避".into(),
        }
    }
    #[test]
    fn after_a_handover_those_sign_who_have_not_worked_on_it() {
        let over = |reviews| {
            done()
                .by(Actor::system("disposal-tracking/test"))
                .record(WORK, handed_over(reviews))
        };
        over(vec![Level::County])
            .acting(Role::Leader, COUNTY)
            .record(WORK, passed(Level::County))
            .record(WORK, DisposalEvent::DisposalClosed {})
            .holds(NoSkippedSignature);
        over(vec![Level::City]).breaks(NoSkippedSignature, "移交以后");
    }
    #[test]
    fn no_level_is_left_out() {
        done()
            .acting(Role::Leader, COUNTY)
            .record(WORK, passed(Level::County))
            .breaks(NoSkippedSignature, "越级");
        done()
            .acting(Role::Leader, TOWNSHIP)
            .record(WORK, passed(Level::Township))
            .record(WORK, DisposalEvent::DisposalClosed {})
            .breaks(NoSkippedSignature, "没有复核签字");
    }
    #[test]
    fn a_signature_for_work_that_was_reopened_is_gone() {
        done()
            .acting(Role::Leader, TOWNSHIP)
            .record(WORK, passed(Level::Township))
            .record(
                WORK,
                DisposalEvent::MeasureReopened {
                    measure: Measure::Close,
                    reason: "又开工了".into(),
                },
            )
            .acting(Role::Leader, COUNTY)
            .record(WORK, passed(Level::County))
            .breaks(NoSkippedSignature, "越级");
    }
    #[test]
    fn nobody_signs_over_own_work_or_for_another_level() {
        done()
            .record(WORK, passed(Level::Township))
            .breaks(NoSkippedSignature, "自己的工作");
        done()
            .acting(Role::Leader, COUNTY)
            .record(WORK, passed(Level::Township))
            .breaks(NoSkippedSignature, "代其签字");
        done()
            .by(Actor::system("rule"))
            .record(WORK, passed(Level::Township))
            .breaks(NoSkippedSignature, "没有人签字");
    }
    #[test]
    fn an_order_names_every_level_that_has_to_sign() {
        let DisposalEvent::DisposalOrdered {
            class,
            unit,
            measures,
            place,
            summary,
            urgency,
            ..
        } = disposal_ordered(Class::A, VILLAGE)
        else {
            unreachable!()
        };
        let ordered = DisposalEvent::DisposalOrdered {
            class,
            unit,
            measures,
            reviews: vec![Level::County],
            place,
            summary,
            urgency,
            against: jurisdiction::Against::default(),
        };
        Story::new()
            .record(WORK, ordered)
            .breaks(NoSkippedSignature, "层级不全");
    }
}
