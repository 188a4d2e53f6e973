//! Clocks of cases.

mod changes;
mod clean;
mod conflict;

use super::*;
use case_domain::{
    Answer, Case, CaseEvent, Check, Class, Classification, ClosingReason, Finding, FiveChecks, Method,
    Origin, Place, Premises,
};

type Facts = Vec<(Actor, CaseEvent)>;

/// The last fact is the one that something follows from.
fn then(facts: &Facts) -> Vec<String> {
    let (by, event) = facts.last().expect("a fact");
    let state = after::<Case>(facts);
    follow(by, |fact| on_case(case(), event, &state, fact))
}
fn given(more: impl IntoIterator<Item = (Actor, CaseEvent)>) -> Facts {
    let opened = CaseEvent::CaseOpened {
        origin: Origin::Tip {
            tip: TipId::sample(1),
        },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: Place {
            text: "老砖瓦厂".into(),
            ..Default::default()
        },
        urgency: Urgency::Urgent,
        confidential: false,
        against: jurisdiction::Against::default(),
    };
    let mut facts = vec![(Actor::system("case-assignment/test"), opened)];
    facts.extend(more);
    facts
}
fn assigned(to: &str) -> (Actor, CaseEvent) {
    let event = CaseEvent::CaseAssigned {
        to: unit(to),
        instructions: String::new(),
        co_handlers: vec![],
    };
    (dispatcher(), event)
}
fn returned(from: &str) -> (Actor, CaseEvent) {
    let event = CaseEvent::CaseReturned {
        to: unit(sample::COUNTY),
        reason: "不在辖区".into(),
    };
    (sample::acting(jurisdiction::Role::Handler, from), event)
}
fn acknowledged() -> (Actor, CaseEvent) {
    (handler(), CaseEvent::CaseAcknowledged {})
}
fn inspected(finding: Finding) -> (Actor, CaseEvent) {
    let no = || Check {
        answer: Answer::No,
        note: "没有".into(),
        evidence: vec![],
    };
    let event = CaseEvent::InspectionRecorded {
        went: vec!["张三".into()],
        inspected_at: at(),
        coordinates: None,
        no_coordinates: String::new(),
        method: Method::TipVerification,
        premises: Premises::BrickKiln,
        five: FiveChecks {
            missed_enterprise: no(),
            changed_scope: no(),
            borrowed_name: no(),
            idle_premises: no(),
            hidden_workshop: no(),
        },
        three: None,
        parties: vec![],
        finding,
        note: String::new(),
        evidence: vec![],
    };
    (handler(), event)
}
fn by_handler(event: CaseEvent) -> (Actor, CaseEvent) {
    (handler(), event)
}
fn with_township() -> Facts {
    given([assigned(sample::TOWNSHIP), acknowledged()])
}
fn and(mut facts: Facts, more: impl IntoIterator<Item = (Actor, CaseEvent)>) -> Facts {
    facts.extend(more);
    facts
}

#[test]
fn given_an_opened_case_then_somebody_has_to_assign_it() {
    assert_eq!(then(&given([])), ["case start assign_case @desk urgent"]);
}

#[test]
fn given_a_case_that_a_county_s_dispatcher_opened_then_it_lies_on_that_desk() {
    let mut facts = given([]);
    facts[0].0 = dispatcher();
    assert_eq!(then(&facts), ["case start assign_case @321322 urgent"]);
}

#[test]
fn given_an_assignment_then_its_unit_has_to_acknowledge_it() {
    let expected = [
        "case done assign_case",
        "case done acknowledge",
        "case withdrawn first_inspection",
        "case withdrawn classify",
        "case withdrawn identify",
        "case withdrawn review",
        "case start acknowledge @321322102 urgent",
    ];
    assert_eq!(then(&given([assigned(sample::TOWNSHIP)])), expected);
}

#[test]
fn given_a_case_taken_away_then_what_was_undone_is_withdrawn_and_its_time_kept() {
    let taken = [
        CaseEvent::CaseReassigned {
            to: unit(sample::OTHER_TOWNSHIP),
            reason: "属地更正".into(),
        },
        CaseEvent::CaseDesignated {
            to: unit(sample::OTHER_TOWNSHIP),
            reason: "指定".into(),
        },
    ];
    for event in taken {
        let expected = [
            "case done assign_case",
            "case withdrawn acknowledge",
            "case withdrawn first_inspection",
            "case withdrawn classify",
            "case withdrawn identify",
            "case withdrawn review",
            "case start acknowledge @321322103 urgent",
        ];
        assert_eq!(then(&and(with_township(), [(dispatcher(), event)])), expected);
    }
}

#[test]
fn given_a_return_then_the_desk_it_lies_on_has_to_assign_it() {
    let facts = given([assigned(sample::TOWNSHIP), returned(sample::TOWNSHIP)]);
    let expected = [
        "case done acknowledge",
        "case withdrawn first_inspection",
        "case start assign_case @321322 urgent",
    ];
    assert_eq!(then(&facts), expected);
}

#[test]
fn given_a_second_return_then_the_level_above_has_to_designate_and_it_is_a_failure() {
    let facts = given([
        assigned(sample::TOWNSHIP),
        returned(sample::TOWNSHIP),
        assigned(sample::OTHER_TOWNSHIP),
        returned(sample::OTHER_TOWNSHIP),
    ]);
    let expected = [
        "case done acknowledge",
        "case withdrawn first_inspection",
        "case start assign_case @321322 urgent",
        "case failure SecondReturn @321322103 []",
    ];
    assert_eq!(then(&facts), expected);
}

#[test]
fn given_counties_that_return_it_then_the_city_s_desk_designates() {
    let facts = given([
        assigned(sample::COUNTY),
        returned(sample::COUNTY),
        assigned(sample::OTHER_COUNTY),
        returned(sample::OTHER_COUNTY),
    ]);
    assert!(then(&facts).contains(&"case start assign_case @desk urgent".to_owned()));
}

#[test]
fn given_an_acknowledgement_then_the_site_has_to_be_inspected() {
    let expected = [
        "case done assign_case",
        "case done acknowledge",
        "case start first_inspection @321322102 urgent",
    ];
    assert_eq!(then(&with_township()), expected);
}

#[test]
fn given_an_inspected_case_that_changes_hands_then_it_is_to_be_classified_not_inspected_again() {
    let facts = and(
        with_township(),
        [
            inspected(Finding::Suspected),
            assigned(sample::VILLAGE),
            acknowledged(),
        ],
    );
    let follows = then(&facts);
    assert_eq!(
        follows.last().map(String::as_str),
        Some("case start classify @321322102201 urgent")
    );
}

#[test]
fn given_an_inspection_then_the_site_has_to_be_classified() {
    let facts = and(with_township(), [inspected(Finding::Suspected)]);
    let expected = [
        "case done first_inspection",
        "case start classify @321322102 urgent",
    ];
    assert_eq!(then(&facts), expected);
}

#[test]
fn given_what_a_village_found_beyond_doubt_then_its_township_classifies() {
    let facts = given([
        assigned(sample::VILLAGE),
        acknowledged(),
        inspected(Finding::ConfirmedActivity),
    ]);
    assert_eq!(then(&facts)[1], "case start classify @321322102 urgent");
}

#[test]
fn given_a_doubt_then_the_county_identifies_and_the_owner_s_time_stands_still() {
    let doubt = || {
        by_handler(CaseEvent::IdentificationRequested {
            doubt: "用途不明".into(),
        })
    };
    let facts = and(with_township(), [inspected(Finding::Suspected), doubt()]);
    let expected = ["case withdrawn classify", "case start identify @321322 urgent"];
    assert_eq!(then(&facts), expected);
    let identified = |small_chemical, class| {
        let event = CaseEvent::SiteIdentified {
            small_chemical,
            class,
            basis: String::new(),
            refer_to: None,
        };
        then(&and(facts.clone(), [(dispatcher(), event)]))
    };
    assert_eq!(identified(true, Some(Class::C)), ["case done identify"]);
    assert_eq!(identified(false, None), ["case done identify"]);
    let follows = identified(true, None);
    assert_eq!(
        follows,
        ["case done identify", "case start classify @321322102 urgent"]
    );
}

#[test]
fn given_a_class_then_that_clock_stops() {
    let classified = CaseEvent::SiteClassified {
        class: Classification::C,
        basis: String::new(),
        refer_to: None,
    };
    let facts = and(
        with_township(),
        [inspected(Finding::ConfirmedActivity), by_handler(classified)],
    );
    assert_eq!(then(&facts), ["case done classify"]);
}

fn confirmed() -> (Actor, CaseEvent) {
    by_handler(CaseEvent::CaseConfirmed {
        class: Class::C,
        owner: unit(sample::TOWNSHIP),
        place: Place::default(),
        summary: String::new(),
        urgency: Urgency::Urgent,
    })
}

#[test]
fn given_a_confirmed_site_then_nobody_is_accused_who_never_called_it_clean() {
    let facts = and(
        with_township(),
        [inspected(Finding::ConfirmedActivity), confirmed()],
    );
    let expected = [
        "case done classify",
        "case done identify",
        "tip1 start tell_outcome @desk",
    ];
    assert_eq!(then(&facts), expected);
}

#[test]
fn given_a_confirmed_site_that_was_found_clean_then_it_is_concealment_by_who_went_there() {
    let facts = and(
        with_township(),
        [
            inspected(Finding::Clean),
            inspected(Finding::ConfirmedActivity),
            confirmed(),
        ],
    );
    let expected = "case failure Concealment @321322102 [handler-321322102]";
    assert_eq!(then(&facts).last().map(String::as_str), Some(expected));
}

#[test]
fn given_a_clean_finding_that_was_agreed_to_and_proves_untrue_then_whoever_agreed_is_named_as_well() {
    let agreed = CaseEvent::CleanFindingReviewed {
        agreed: true,
        note: "已核对照片".into(),
    };
    let facts = and(
        with_township(),
        [
            inspected(Finding::Clean),
            (sample::acting(jurisdiction::Role::Leader, sample::COUNTY), agreed),
            inspected(Finding::ConfirmedActivity),
            confirmed(),
        ],
    );
    let expected = "case failure Concealment @321322102 [handler-321322102,leader-321322]";
    assert_eq!(then(&facts).last().map(String::as_str), Some(expected));
}

fn closed() -> (Actor, CaseEvent) {
    by_handler(CaseEvent::CaseClosed {
        reason: ClosingReason::FoundClean,
        tips: vec![TipId::sample(1), TipId::sample(2)],
        summary: String::new(),
    })
}

#[test]
fn given_a_closed_case_then_its_clocks_end_and_every_reporter_is_to_be_told() {
    let expected = [
        "case ended all but answer_referral",
        "tip1 start tell_outcome @desk",
        "tip2 start tell_outcome @desk",
    ];
    assert_eq!(then(&and(with_township(), [closed()])), expected);
}

#[test]
fn given_a_tip_of_a_verified_or_closed_case_then_its_reporter_is_to_be_told_as_well() {
    let linked = |facts| {
        let tip = TipId::sample(3);
        then(&and(facts, [by_handler(CaseEvent::TipLinked { tip })]))
    };
    assert!(linked(with_township()).is_empty());
    for known in [closed(), confirmed()] {
        assert_eq!(
            linked(and(with_township(), [known])),
            ["tip3 start tell_outcome @desk"]
        );
    }
    let into = CaseId::sample(9);
    let merged = by_handler(CaseEvent::CaseClosed {
        reason: ClosingReason::Merged { into },
        tips: vec![],
        summary: String::new(),
    });
    assert!(
        linked(and(with_township(), [merged])).is_empty(),
        "the surviving case tells"
    );
}
