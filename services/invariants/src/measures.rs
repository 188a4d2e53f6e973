//! No closing with a measure missing: all that the class prescribes, each with evidence, and no dismantling without a plan.

use crate::event::Event;
use crate::{Circumstances, Extent, Fact, Found, Rule};
use case_domain::{CaseEvent, ClosingReason};
use disposal_domain::{DisposalEvent, Measure, prescribed};
use jurisdiction::CaseId;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Measures {
    disposals: BTreeMap<CaseId, Ordered>,
}

#[derive(Default)]
struct Ordered {
    ordered: BTreeSet<Measure>,
    open: BTreeSet<Measure>,
    plan_approved: bool,
    closed: bool,
}

impl Rule for Measures {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            Event::Disposal(case, event) => {
                self.disposals.entry(*case).or_default().look(event, fact, found);
            }
            Event::Case(case, CaseEvent::CaseClosed { reason, .. })
                if *reason == ClosingReason::Disposed && circumstances.extent > Extent::Streams =>
            {
                let closed = self.disposals.get(case).is_some_and(|ordered| ordered.closed);
                if !closed {
                    found.wrong(fact, "案件按处置完毕办结，处置却没有销号。");
                }
            }
            _ => {}
        }
    }
}

impl Ordered {
    fn look(&mut self, event: &DisposalEvent, fact: &Fact<'_>, found: &mut Found<'_>) {
        match event {
            DisposalEvent::DisposalOrdered { class, measures, .. } => {
                let ordered: BTreeSet<_> = measures.iter().copied().collect();
                if prescribed(*class)
                    .iter()
                    .any(|measure| !ordered.contains(measure))
                {
                    found.wrong(fact, "处置要求少了该类别规定的措施。");
                }
                self.ordered.clone_from(&ordered);
                self.open = ordered;
            }
            DisposalEvent::DisposalReclassified { class, measures, .. } => {
                let ordered: BTreeSet<_> = measures.iter().copied().collect();
                let all = prescribed(*class).iter().all(|measure| ordered.contains(measure));
                if !all {
                    found.wrong(fact, "更正类别以后，处置要求少了该类别规定的措施。");
                }
                let done: BTreeSet<_> = self.ordered.difference(&self.open).copied().collect();
                self.open = ordered.difference(&done).copied().collect();
                self.ordered = ordered;
                self.plan_approved = false;
            }
            // The plan names somebody of the unit that has it no longer.
            DisposalEvent::DisposalHandedOver { .. } => self.plan_approved = false,
            DisposalEvent::SafetyPlanApproved { .. } => self.plan_approved = true,
            DisposalEvent::SafetyPlanSubmitted { .. } | DisposalEvent::SafetyPlanRejected { .. } => {
                self.plan_approved = false;
            }
            DisposalEvent::MeasureCompleted { measure, after, .. } => {
                if measure.needs_safety_plan() && !self.plan_approved {
                    let says = format!("安全方案没有批准，就{}。", measure.in_chinese());
                    found.wrong(fact, says);
                }
                if after.is_empty() {
                    found.wrong(fact, format!("“{}”没有完成后的证据。", measure.in_chinese()));
                }
                self.open.remove(measure);
            }
            DisposalEvent::MeasureReopened { measure, .. } => self.reopen([*measure]),
            DisposalEvent::ReviewFailed { measures, .. }
            | DisposalEvent::DisposalReopened { measures, .. }
            | DisposalEvent::DisposalAbsorbed { measures, .. }
            | DisposalEvent::SpotCheckFailed { measures, .. } => self.reopen(measures.iter().copied()),
            DisposalEvent::ReviewPassed { .. } if !self.open.is_empty() => {
                found.wrong(fact, format!("{}，就已复核通过。", self.open_words()));
            }
            DisposalEvent::DisposalClosed { .. } => {
                if !self.open.is_empty() {
                    found.wrong(fact, format!("{}，就已销号。", self.open_words()));
                }
                self.closed = true;
            }
            _ => {}
        }
    }

    fn reopen(&mut self, measures: impl IntoIterator<Item = Measure>) {
        self.open.extend(measures);
        self.closed = false;
    }

    fn open_words(&self) -> String {
        let open: Vec<_> = self.open.iter().map(|measure| measure.in_chinese()).collect();
        format!("还没有完成：{}", open.join("、"))
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::NoClosingWithMeasureMissing;
    use crate::story::{Story, case_opened, completed, disposal_ordered};
    use case_domain::{CaseEvent, ClosingReason};
    use disposal_domain::{Class, DisposalEvent, Measure, prescribed};
    use jurisdiction::TipId;
    use jurisdiction::sample::TOWNSHIP;

    const WORK: &str = "disposal-7";

    fn with_plan() -> Story {
        Story::new()
            .record("case-7", case_opened(TipId::sample(1)))
            .record(WORK, disposal_ordered(Class::C, TOWNSHIP))
            .record(WORK, DisposalEvent::SafetyPlanApproved {})
    }
    fn all_but(left_out: Option<Measure>) -> Story {
        let measures = prescribed(Class::C)
            .iter()
            .filter(|measure| Some(**measure) != left_out);
        measures.fold(with_plan(), |story, measure| {
            story.record(WORK, completed(*measure))
        })
    }
    fn case_closed() -> CaseEvent {
        CaseEvent::CaseClosed {
            reason: ClosingReason::Disposed,
            tips: vec![],
            summary: String::new(),
        }
    }

    #[test]
    fn all_four_and_it_may_be_closed() {
        all_but(None)
            .record(WORK, DisposalEvent::DisposalClosed {})
            .record("case-7", case_closed())
            .holds(NoClosingWithMeasureMissing);
    }
    #[test]
    fn three_of_four_are_not_enough() {
        for measure in prescribed(Class::C) {
            all_but(Some(*measure))
                .record(WORK, DisposalEvent::DisposalClosed {})
                .breaks(NoClosingWithMeasureMissing, measure.in_chinese());
        }
    }
    #[test]
    fn what_was_reopened_is_open() {
        let reopened = DisposalEvent::SpotCheckFailed {
            measures: vec![Measure::ClearMaterials],
            finding: "后院有桶".into(),
            evidence: vec![],
        };
        all_but(None)
            .record(WORK, reopened)
            .record(
                WORK,
                DisposalEvent::ReviewPassed {
                    level: jurisdiction::Level::County,
                },
            )
            .breaks(NoClosingWithMeasureMissing, "就已复核通过");
    }
    #[test]
    fn an_order_holds_all_that_the_class_prescribes() {
        let DisposalEvent::DisposalOrdered {
            class,
            unit,
            reviews,
            place,
            summary,
            urgency,
            ..
        } = disposal_ordered(Class::C, TOWNSHIP)
        else {
            unreachable!()
        };
        let ordered = DisposalEvent::DisposalOrdered {
            class,
            unit,
            measures: vec![Measure::CutWaterAndPower],
            reviews,
            place,
            summary,
            urgency,
            against: jurisdiction::Against::default(),
        };
        Story::new()
            .record(WORK, ordered)
            .breaks(NoClosingWithMeasureMissing, "少了该类别规定的措施");
    }
    #[test]
    fn nothing_is_dismantled_without_a_plan_and_nothing_done_without_evidence() {
        let ordered = || Story::new().record(WORK, disposal_ordered(Class::C, TOWNSHIP));
        ordered()
            .record(WORK, completed(Measure::CutWaterAndPower))
            .holds(NoClosingWithMeasureMissing);
        ordered()
            .record(WORK, completed(Measure::ClearPremises))
            .breaks(NoClosingWithMeasureMissing, "安全方案没有批准");
        ordered()
            .record(
                WORK,
                DisposalEvent::MeasureCompleted {
                    measure: Measure::CutWaterAndPower,
                    before: vec![],
                    after: vec![],
                    note: "口头报告".into(),
                },
            )
            .breaks(NoClosingWithMeasureMissing, "没有完成后的证据");
    }
    #[test]
    fn what_was_reclassified_is_closed_with_the_measures_of_the_right_class() {
        let reclassified = |measures: &[Measure]| DisposalEvent::DisposalReclassified {
            class: Class::C,
            measures: measures.to_vec(),
            basis: "没有营业执照".into(),
        };
        let wrong = || {
            Story::new()
                .record(WORK, disposal_ordered(Class::A, TOWNSHIP))
                .record(WORK, completed(Measure::Close))
        };
        wrong()
            .record(WORK, reclassified(prescribed(Class::C)))
            .record(WORK, DisposalEvent::DisposalClosed {})
            .breaks(NoClosingWithMeasureMissing, "就已销号");
        wrong()
            .record(WORK, reclassified(&[Measure::CutWaterAndPower]))
            .breaks(NoClosingWithMeasureMissing, "更正类别以后");
    }
    #[test]
    fn a_plan_does_not_outlive_the_unit_that_made_it() {
        let handed_over = DisposalEvent::DisposalHandedOver {
            to: jurisdiction::UnitCode::of(jurisdiction::sample::OTHER_TOWNSHIP),
            reviews: vec![jurisdiction::Level::County],
            reason: "须回避".into(),
        };
        with_plan()
            .record(WORK, handed_over)
            .record(WORK, completed(Measure::ClearPremises))
            .breaks(NoClosingWithMeasureMissing, "安全方案没有批准");
    }
    #[test]
    fn a_case_is_closed_as_disposed_of_only_after_its_disposal() {
        with_plan()
            .record("case-7", case_closed())
            .breaks(NoClosingWithMeasureMissing, "没有销号");
    }
}
