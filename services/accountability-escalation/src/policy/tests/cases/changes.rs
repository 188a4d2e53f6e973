//! Clocks of cases that get more time, or go on in another.

use super::*;

#[test]
fn given_a_granted_extension_then_that_clock_moves_and_a_request_moves_nothing() {
    let to: jiff::Timestamp = "2020-06-09T15:59:59Z".parse().expect("a timestamp");
    let clock = "first_inspection#1".to_owned();
    let asked = by_handler(CaseEvent::ExtensionRequested {
        clock: clock.clone(),
        obligation: jurisdiction::Obligation::FirstInspection,
        unit: unit(sample::TOWNSHIP),
        due: at(),
        to,
        reason: "道路中断".into(),
    });
    let granted = by_handler(CaseEvent::ExtensionGranted {
        clock,
        obligation: jurisdiction::Obligation::FirstInspection,
        due: at(),
        to,
        reason: "道路中断".into(),
    });
    let facts = and(with_township(), [asked]);
    assert!(then(&facts).is_empty());
    let expected = ["case extend first_inspection#1 to 2020-06-09T15:59:59Z"];
    assert_eq!(then(&and(facts, [granted])), expected);
}

#[test]
fn given_a_merged_case_then_its_time_stands_still_until_it_is_taken_apart() {
    let into = case();
    let merged = || {
        let reason = ClosingReason::Merged { into };
        [
            by_handler(CaseEvent::CasesMerged {
                into,
                reason: "同一点位".into(),
            }),
            by_handler(CaseEvent::CaseClosed {
                reason,
                tips: vec![],
                summary: String::new(),
            }),
        ]
    };
    let apart = || {
        by_handler(CaseEvent::CaseReopened {
            reason: "并案有误".into(),
        })
    };
    let facts = and(given([]), merged());
    assert_eq!(then(&facts), ["case withdrawn all"]);
    let resumed = |facts: Facts| then(&and(and(facts, merged()), [apart()])).pop();
    assert_eq!(
        resumed(given([])).as_deref(),
        Some("case start assign_case @desk urgent")
    );
    assert_eq!(
        resumed(with_township()).as_deref(),
        Some("case start first_inspection @321322102 urgent")
    );
    assert_eq!(
        resumed(and(with_township(), [inspected(Finding::Suspected)])).as_deref(),
        Some("case start classify @321322102 urgent")
    );
}

#[test]
fn given_a_case_about_officials_then_its_desks_are_above_them() {
    let noted = |unit: &str| {
        let against = jurisdiction::Against::unit(UnitCode::of(unit));
        by_handler(CaseEvent::ConflictNoted { against })
    };
    let told = |unit| then(&and(with_township(), [noted(unit), closed()]));
    assert_eq!(told(sample::TOWNSHIP)[1], "tip1 start tell_outcome @321322");
    assert_eq!(told(sample::CITY)[1], "tip1 start tell_outcome @321300-JW");
    let (by, mut opened) = given([]).remove(0);
    if let CaseEvent::CaseOpened { against, .. } = &mut opened {
        *against = jurisdiction::Against::unit(UnitCode::of(sample::TOWNSHIP));
    }
    assert_eq!(
        then(&vec![(by, opened)]),
        ["case start assign_case @321322 urgent"]
    );
}

/// Its county may not review it: the level above a county is the city.
#[test]
fn given_a_clean_finding_of_a_county_s_department_then_the_city_reviews() {
    let clean = [
        assigned(sample::COUNTY_ECOLOGY),
        acknowledged(),
        inspected(Finding::Clean),
        by_handler(CaseEvent::SiteFoundClean {}),
    ];
    let expected = ["case withdrawn classify", "case start review @321300 urgent"];
    assert_eq!(then(&given(clean)), expected);
}
