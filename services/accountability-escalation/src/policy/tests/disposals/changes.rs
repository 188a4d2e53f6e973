//! Clocks of a disposal that changes hands, class, or the case that it goes on in.

use super::*;

#[test]
fn given_a_merged_case_with_undone_measures_then_nobody_signs_until_they_are_done() {
    let mut facts = all_done(sample::TOWNSHIP);
    let measures = vec![Measure::ClearMaterials];
    let from = jurisdiction::CaseId::sample(9);
    facts.push(DisposalEvent::DisposalAbsorbed { from, measures });
    assert_eq!(then(&facts), ["case withdrawn review"]);
}

#[test]
fn given_another_class_then_its_measures_have_clocks_and_those_of_the_wrong_one_have_none() {
    let mut facts = vec![ordered(Class::A, sample::TOWNSHIP), completed(Measure::Close)];
    facts.push(DisposalEvent::DisposalReclassified {
        class: Class::C,
        measures: prescribed(Class::C).to_vec(),
        basis: "没有营业执照".into(),
    });
    let expected = [
        "case withdrawn safety_plan",
        "case withdrawn immediate_measure",
        "case withdrawn remaining_measures",
        "case withdrawn review",
        "case start safety_plan @321322102",
        "case start immediate_measure @321322102",
        "case start remaining_measures @321322102",
    ];
    assert_eq!(then(&facts), expected);
}

pub(super) fn handed_over(to: &str) -> DisposalEvent {
    DisposalEvent::DisposalHandedOver {
        to: unit(to),
        reviews: vec![Level::City],
        reason: "原承办单位须回避".into(),
    }
}
pub(super) const PASSED_ON: [&str; 3] = [
    "case pass on safety_plan to 321322-HJ",
    "case pass on immediate_measure to 321322-HJ",
    "case pass on remaining_measures to 321322-HJ",
];

#[test]
fn given_a_handover_then_the_new_unit_has_the_time_that_was_left() {
    let facts = [
        ordered(Class::C, sample::TOWNSHIP),
        handed_over(sample::COUNTY_ECOLOGY),
    ];
    let mut expected = PASSED_ON.to_vec();
    expected.extend(["case start safety_plan @321322-HJ", "case withdrawn review"]);
    assert_eq!(then(&facts), expected);
}

#[test]
fn given_a_handover_while_somebody_reviews_then_whoever_reviews_now_does() {
    let mut facts = all_done(sample::TOWNSHIP);
    facts.push(handed_over(sample::COUNTY_ECOLOGY));
    let mut expected = PASSED_ON.to_vec();
    expected.extend(["case withdrawn review", "case start review @321300"]);
    assert_eq!(then(&facts), expected);
    let submitted = DisposalEvent::SafetyPlanSubmitted {
        risks: String::new(),
        measures: String::new(),
        responsible: String::new(),
    };
    let facts = [
        ordered(Class::C, sample::TOWNSHIP),
        submitted,
        handed_over(sample::COUNTY_ECOLOGY),
    ];
    // The plan that the county was reading is gone with who wrote it: there is nothing to judge, and another to submit.
    let mut expected = PASSED_ON.to_vec();
    expected.extend(["case start safety_plan @321322-HJ", "case withdrawn review"]);
    assert_eq!(then(&facts), expected);
}

#[test]
fn given_a_merged_disposal_then_its_open_work_goes_on_once_it_is_taken_apart() {
    let merged = DisposalEvent::DisposalMerged {
        into: jurisdiction::CaseId::sample(9),
    };
    let mut facts = vec![ordered(Class::C, sample::TOWNSHIP), merged.clone()];
    assert!(then(&facts).is_empty());
    facts.push(DisposalEvent::DisposalUnmerged {});
    let all = [
        "case start safety_plan @321322102",
        "case start immediate_measure @321322102",
        "case start remaining_measures @321322102",
    ];
    assert_eq!(then(&facts), all);
    let mut facts = all_done(sample::TOWNSHIP);
    facts.extend([
        DisposalEvent::SafetyPlanApproved {},
        merged,
        DisposalEvent::DisposalUnmerged {},
    ]);
    // No plan was ever submitted in this short history, so it is still asked for.
    assert_eq!(
        then(&facts).last().map(String::as_str),
        Some("case start review @321322")
    );
}
