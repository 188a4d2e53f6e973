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
fn given_a_site_that_another_case_found_clean_then_that_case_bears_the_failure_unless_it_must_not_know() {
    let cleared = || {
        vec![crate::sites::Cleared {
            case: jurisdiction::CaseId::sample(3),
            unit: unit(sample::OTHER_TOWNSHIP),
            persons: vec![StaffId::of("handler-321322103")],
            against: jurisdiction::Against::default(),
        }]
    };
    let told = |facts: &Facts| {
        let state = after::<Case>(facts);
        let jurisdiction = sample::suqian();
        let by = handler();
        let fact = Fact {
            id: id(),
            at: at(),
            by: &by,
            jurisdiction: &jurisdiction,
        };
        let earlier = crate::sites::Earlier {
            cleared: cleared(),
            disposed: vec![],
        };
        let mut follows = on_earlier(case(), earlier, &state, fact);
        let Some((subject, Command::RecordFailure(failure))) = follows.pop() else {
            panic!("a failure")
        };
        assert!(follows.is_empty());
        assert_eq!(subject, failure.subject);
        assert_eq!(failure.unit, unit(sample::OTHER_TOWNSHIP));
        assert_eq!(failure.persons, [StaffId::of("handler-321322103")]);
        subject
    };
    let mut facts = given([]);
    assert_eq!(told(&facts), Subject::Case(jurisdiction::CaseId::sample(3)));
    if let CaseEvent::CaseOpened { against, .. } = &mut facts[0].1 {
        *against = jurisdiction::Against::unit(unit(sample::TOWNSHIP));
    }
    assert_eq!(told(&facts), Subject::Case(case()));
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
    assert_eq!(then(&facts), ["case withdrawn all but answer_referral"]);
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
fn given_what_the_province_found_then_its_confirmation_is_a_failure_of_where_it_lies() {
    let mut facts = and(
        with_township(),
        [inspected(Finding::ConfirmedActivity), confirmed()],
    );
    let failure = |facts: &Facts| {
        let follows = then(facts).into_iter();
        follows
            .filter(|line| line.contains("failure"))
            .collect::<Vec<_>>()
    };
    assert!(failure(&facts).is_empty());
    if let CaseEvent::CaseOpened { origin, place, .. } = &mut facts[0].1 {
        *origin = Origin::ProvincialSupervision {
            note: "省督导组暗访发现".into(),
        };
        place.division = Some(unit(sample::OTHER_TOWNSHIP));
    }
    assert_eq!(failure(&facts), ["case failure ProvincialFinding @321322103 []"]);
    if let CaseEvent::CaseOpened { place, .. } = &mut facts[0].1 {
        place.division = None;
    }
    assert_eq!(failure(&facts), ["case failure ProvincialFinding @321322102 []"]);
}

#[test]
fn given_a_confirmed_case_that_changes_hands_then_its_clocks_go_along_with_the_disposal() {
    let reassigned = CaseEvent::CaseReassigned {
        to: unit(sample::OTHER_TOWNSHIP),
        reason: "原承办单位须回避".into(),
    };
    let facts = and(
        with_township(),
        [inspected(Finding::ConfirmedActivity), confirmed()],
    );
    // Somebody above may have had to give it away.
    assert_eq!(
        then(&and(facts, [(dispatcher(), reassigned)])),
        ["case done assign_case"]
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

#[test]
fn given_a_reopened_case_then_there_is_nothing_to_tell_yet_and_its_owner_acknowledges_again() {
    let reopened = || {
        by_handler(CaseEvent::CaseReopened {
            reason: "复核发现遗漏".into(),
        })
    };
    let facts = and(with_township(), [closed(), reopened()]);
    let expected = [
        "tip1 ended tell_outcome",
        "case start acknowledge @321322102 urgent",
    ];
    assert_eq!(then(&facts), expected);
    let disposed = by_handler(CaseEvent::CaseClosed {
        reason: ClosingReason::Disposed,
        tips: vec![],
        summary: String::new(),
    });
    let facts = and(with_township(), [disposed, reopened()]);
    assert_eq!(then(&facts), ["tip1 ended tell_outcome"]);
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

/// The county's word over that of whoever found it at work: the city reviews; and it is concealment if the site is confirmed.
#[test]
fn given_a_denial_then_the_level_above_whoever_said_so_reviews_it_and_answers_for_it() {
    let denied = (
        sample::acting(jurisdiction::Role::Handler, sample::COUNTY),
        CaseEvent::SiteClassified {
            class: Classification::NotSmallChemical,
            basis: "食品加工作坊".into(),
            refer_to: None,
        },
    );
    let reviewed = (denied.0.clone(), CaseEvent::SiteFoundClean {});
    let facts = and(
        with_township(),
        [inspected(Finding::ConfirmedActivity), denied, reviewed],
    );
    let expected = ["case withdrawn classify", "case start review @321300 urgent"];
    assert_eq!(then(&facts), expected);
    let follows = then(&and(facts, [confirmed()]));
    let concealment = "case failure Concealment @321322 [handler-321322]".to_owned();
    assert!(follows.contains(&concealment), "{follows:?}");
}

/// The same closing of one case, found out by several others, is one failure.
#[test]
fn given_a_disposed_site_that_is_confirmed_again_then_its_keeper_bears_one_relapse() {
    let state = after::<Case>(&given([]));
    let jurisdiction = sample::suqian();
    let by = handler();
    let closing = Uuid::from_u128(5);
    let relapse = |id: u128| {
        let fact = Fact {
            id: Uuid::from_u128(id),
            at: at(),
            by: &by,
            jurisdiction: &jurisdiction,
        };
        let earlier = crate::sites::Earlier {
            cleared: vec![],
            disposed: vec![crate::sites::Disposed {
                case: jurisdiction::CaseId::sample(3),
                unit: unit(sample::OTHER_TOWNSHIP),
                closing,
                against: jurisdiction::Against::default(),
            }],
        };
        let follows = on_earlier(case(), earlier, &state, fact);
        let [(subject, Command::RecordFailure(failure))] = follows.as_slice() else {
            panic!("a failure")
        };
        assert_eq!(*subject, Subject::Case(jurisdiction::CaseId::sample(3)));
        assert_eq!(failure.kind, FailureKind::Relapse);
        assert_eq!(failure.unit, unit(sample::OTHER_TOWNSHIP));
        failure.cause.clone()
    };
    assert_eq!(relapse(1), relapse(2));
}
