//! Whoever a disposal turns out to be about is asked for nothing any more.

use super::changes::{PASSED_ON, handed_over};
use super::*;
use jurisdiction::Against;

fn noted(code: &str) -> DisposalEvent {
    DisposalEvent::ConflictNoted {
        against: Against::unit(unit(code)),
    }
}

#[test]
fn given_a_disposal_about_its_unit_then_the_work_rests_until_others_have_it() {
    let mut facts = vec![ordered(Class::C, sample::TOWNSHIP), noted(sample::TOWNSHIP)];
    let expected = [
        "case withdrawn safety_plan",
        "case withdrawn immediate_measure",
        "case withdrawn remaining_measures",
        "case withdrawn review",
        "case start assign_case @321322",
    ];
    assert_eq!(then(&facts), expected);
    facts.push(handed_over(sample::COUNTY_ECOLOGY));
    let mut expected = PASSED_ON.to_vec();
    expected.extend([
        "case withdrawn review",
        "case done assign_case",
        "case start safety_plan @321322-HJ",
        "case start immediate_measure @321322-HJ",
        "case start remaining_measures @321322-HJ",
    ]);
    assert_eq!(then(&facts), expected);
    assert!(then(&[ordered(Class::C, sample::TOWNSHIP), noted(sample::OTHER_TOWNSHIP)]).is_empty());
}

/// The county may confirm what a unit still has that must not know of it.
#[test]
fn given_a_disposal_ordered_of_whom_it_is_about_then_it_is_first_given_to_others() {
    let mut order = ordered(Class::A, sample::TOWNSHIP);
    if let DisposalEvent::DisposalOrdered { against, .. } = &mut order {
        *against = Against::unit(unit(sample::TOWNSHIP));
    }
    assert_eq!(then(&[order]), ["case start assign_case @321322"]);
}

#[test]
fn given_what_is_watched_by_whom_it_is_about_then_the_level_above_watches() {
    let mut facts = all_done(sample::VILLAGE);
    facts.extend([
        DisposalEvent::DisposalClosed {},
        DisposalEvent::RecheckDue { after_days: 30 },
        noted(sample::TOWNSHIP),
    ]);
    assert_eq!(
        then(&facts),
        ["case withdrawn recheck", "case start recheck @321322"]
    );
}

#[test]
fn given_a_failure_of_whom_it_is_about_then_the_level_above_explains_it() {
    let mut facts = all_done(sample::TOWNSHIP);
    facts.extend([
        DisposalEvent::DisposalClosed {},
        noted(sample::TOWNSHIP),
        DisposalEvent::RelapseFound {
            new_case: jurisdiction::CaseId::sample(9),
            link: RelapseLink::Site,
            note: "设备重新进场".into(),
            place: None,
            enterprise: None,
        },
    ]);
    assert_eq!(then(&facts)[0], "case failure Relapse @321322 []");
}
