//! What follows from a visit that finds nothing: of the owner, of others, and where something was found before.

use super::*;

#[test]
fn given_a_clean_finding_then_nothing_is_classified_and_the_level_above_reviews() {
    let facts = and(with_township(), [inspected(Finding::Clean)]);
    assert_eq!(then(&facts), ["case done first_inspection"]);
    let facts = and(facts, [by_handler(CaseEvent::SiteFoundClean {})]);
    let expected = ["case withdrawn classify", "case start review @321322 urgent"];
    assert_eq!(then(&facts), expected);
}

#[test]
fn given_a_reviewed_clean_finding_then_it_ends_or_somebody_looks_again() {
    let reviewed = |agreed| {
        let note = String::new();
        let review = CaseEvent::CleanFindingReviewed { agreed, note };
        let more = [
            inspected(Finding::Clean),
            by_handler(CaseEvent::SiteFoundClean {}),
            (dispatcher(), review),
        ];
        then(&and(with_township(), more))
    };
    assert_eq!(reviewed(true), ["case done review"]);
    let again = [
        "case done review",
        "case resume first_inspection @321322102 urgent",
    ];
    assert_eq!(
        reviewed(false),
        again,
        "a visit that is not believed gains no time"
    );
}

/// Once may be an oversight; whoever says twice what nobody above believes has not looked.
#[test]
fn given_a_second_refusal_of_a_clean_finding_then_it_is_a_failure() {
    let refused = || {
        let note = "仍有夜间生产的痕迹".to_owned();
        let review = CaseEvent::CleanFindingReviewed { agreed: false, note };
        [
            inspected(Finding::Clean),
            by_handler(CaseEvent::SiteFoundClean {}),
            (dispatcher(), review),
        ]
    };
    let once = and(with_township(), refused());
    assert!(
        then(&once).iter().all(|line| !line.contains("failure")),
        "{:?}",
        then(&once)
    );
    let twice = then(&and(once, refused()));
    let expected = "case failure CleanRefusedAgain @321322102";
    assert!(twice.iter().any(|line| line.starts_with(expected)), "{twice:?}");
}

/// Somebody friendly is asked to help, and sees nothing: the case is as open as before, and somebody owes the next step.
#[test]
fn given_a_co_handler_who_finds_nothing_then_the_site_has_to_be_classified() {
    let (_, clean) = inspected(Finding::Clean);
    let helper = sample::acting(jurisdiction::Role::Handler, sample::VILLAGE);
    let added = CaseEvent::CoHandlerAdded {
        unit: UnitCode::of(sample::VILLAGE),
    };
    let facts = and(with_township(), [(dispatcher(), added), (helper, clean)]);
    let expected = [
        "case done first_inspection",
        "case start classify @321322102 urgent",
    ];
    assert_eq!(then(&facts), expected);
}

/// Denied, passed to another unit, and found clean there: what was found before is still to be judged.
#[test]
fn given_a_clean_visit_to_a_site_where_something_was_found_then_it_has_to_be_classified() {
    let facts = and(
        with_township(),
        [inspected(Finding::Suspected), inspected(Finding::Clean)],
    );
    let expected = [
        "case done first_inspection",
        "case start classify @321322102 urgent",
    ];
    assert_eq!(then(&facts), expected);
}
