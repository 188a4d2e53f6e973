//! Clocks of disposals.

mod conflict;

use super::*;
use disposal_domain::{Class, Disposal, DisposalEvent, Measure, RelapseLink, prescribed, required_reviews};
use jurisdiction::Level;

mod changes;

fn then(facts: &[DisposalEvent]) -> Vec<String> {
    let event = facts.last().expect("a fact");
    let facts: Vec<_> = facts.iter().map(|event| (handler(), event.clone())).collect();
    let state = after::<Disposal>(&facts);
    follow(&handler(), |fact| on_disposal(case(), event, &state, fact))
}
fn ordered(class: Class, owner: &str) -> DisposalEvent {
    let level = sample::suqian().level(&unit(owner)).expect("a level");
    DisposalEvent::DisposalOrdered {
        class,
        unit: unit(owner),
        measures: prescribed(class).to_vec(),
        reviews: required_reviews(level).to_vec(),
        place: "老砖瓦厂".into(),
        summary: "无证生产".into(),
        urgency: Urgency::Normal,
        against: jurisdiction::Against::default(),
    }
}
fn completed(measure: Measure) -> DisposalEvent {
    DisposalEvent::MeasureCompleted {
        measure,
        before: vec![],
        after: vec![],
        note: String::new(),
    }
}
fn all_done(owner: &str) -> Vec<DisposalEvent> {
    let mut facts = vec![ordered(Class::C, owner)];
    facts.extend(prescribed(Class::C).iter().copied().map(completed));
    facts
}

#[test]
fn given_a_disposal_then_each_kind_of_measure_has_its_clock() {
    let c = [
        "case start safety_plan @321322102",
        "case start immediate_measure @321322102",
        "case start remaining_measures @321322102",
    ];
    assert_eq!(then(&[ordered(Class::C, sample::TOWNSHIP)]), c);
    assert_eq!(then(&[ordered(Class::B, sample::TOWNSHIP)]), c);
    let a = ["case start immediate_measure @321322102"];
    assert_eq!(then(&[ordered(Class::A, sample::TOWNSHIP)]), a);
}

#[test]
fn given_a_plan_then_the_county_judges_it_while_the_owner_s_time_stands_still() {
    let order = ordered(Class::C, sample::VILLAGE);
    let submitted = DisposalEvent::SafetyPlanSubmitted {
        risks: String::new(),
        measures: String::new(),
        responsible: String::new(),
    };
    let expected = ["case withdrawn safety_plan", "case start review @321322"];
    assert_eq!(then(&[order.clone(), submitted.clone()]), expected);
    let rejected = DisposalEvent::SafetyPlanRejected {
        reason: "缺少应急措施".into(),
    };
    let expected = ["case done review", "case start safety_plan @321322102201"];
    assert_eq!(then(&[order.clone(), submitted.clone(), rejected]), expected);
    let approved = DisposalEvent::SafetyPlanApproved {};
    assert_eq!(then(&[order, submitted, approved]), ["case done review"]);
}

#[test]
fn given_the_last_measure_of_a_kind_then_its_clock_stops_and_after_all_of_them_a_level_reviews() {
    let facts = all_done(sample::VILLAGE);
    let follows: Vec<_> = (2..=facts.len()).map(|count| then(&facts[..count])).collect();
    assert_eq!(follows[0], ["case done immediate_measure"]);
    assert_eq!(follows[1], ["case done immediate_measure"]);
    let all = [
        "case done immediate_measure",
        "case done remaining_measures",
        "case start review @321322102",
    ];
    assert_eq!(follows[3], all);
}

#[test]
fn given_a_passed_review_then_the_next_level_reviews_and_after_the_last_nobody() {
    let passed = |level| DisposalEvent::ReviewPassed { level };
    let mut facts = all_done(sample::VILLAGE);
    facts.push(passed(Level::Township));
    assert_eq!(then(&facts), ["case done review", "case start review @321322"]);
    facts.push(passed(Level::County));
    assert_eq!(then(&facts), ["case done review"]);
    facts.push(DisposalEvent::DisposalClosed {});
    // And the closed site waits for a draw.
    assert_eq!(
        then(&facts),
        [
            "case ended all but answer_referral",
            "321300-DDZ start announce_draw @321300-DDZ"
        ]
    );
}

#[test]
fn given_the_work_of_a_county_s_department_then_the_city_reviews() {
    let facts = all_done(sample::COUNTY_ECOLOGY);
    let follows = then(&facts);
    assert_eq!(
        follows.last().map(String::as_str),
        Some("case start review @321300")
    );
}

#[test]
fn given_a_failed_review_then_the_reopened_measures_have_clocks_again() {
    let failed = DisposalEvent::ReviewFailed {
        level: Level::County,
        reason: "残留原料桶".into(),
        measures: vec![Measure::ClearMaterials],
    };
    let mut facts = all_done(sample::TOWNSHIP);
    facts.push(failed);
    assert_eq!(then(&facts), ["case done review"]);
    for (measure, expected) in [
        (
            Measure::ClearMaterials,
            "case resume remaining_measures @321322102",
        ),
        (
            Measure::CutWaterAndPower,
            "case resume immediate_measure @321322102",
        ),
    ] {
        let reason = String::new();
        facts.push(DisposalEvent::MeasureReopened { measure, reason });
        assert_eq!(then(&facts), [expected], "bad work gains no time");
    }
}

#[test]
fn given_what_comes_to_light_after_closing_then_it_is_a_failure_without_a_clock() {
    let mut facts = all_done(sample::TOWNSHIP);
    facts.push(DisposalEvent::SpotCheckFailed {
        measures: vec![Measure::ClearMaterials],
        finding: "残留原料桶".into(),
        evidence: vec![],
    });
    let failed = "case failure SpotCheckFailed @321322102 [leader-321322102]";
    assert_eq!(
        then(&facts),
        ["case done spot_check", failed, "case ended recheck"]
    );
    facts.push(DisposalEvent::RelapseFound {
        new_case: CaseId::sample(9),
        link: RelapseLink::Site,
        note: "恢复生产".into(),
        place: None,
        enterprise: None,
    });
    let relapsed = "case failure Relapse @321322102 [leader-321322102]";
    assert_eq!(then(&facts), [relapsed, "case ended recheck"]);
}

#[test]
fn given_a_drawn_site_then_the_supervision_group_goes_there_until_it_has_been() {
    let mut facts = closed();
    facts.push(DisposalEvent::SpotCheckDrawn {
        seed: "seed".into(),
        round: 1,
    });
    assert_eq!(then(&facts), ["case start spot_check @321300-DDZ"]);
    facts.push(DisposalEvent::SpotCheckPassed {
        note: "已清空".into(),
        evidence: vec![],
    });
    assert_eq!(then(&facts), ["case done spot_check"]);
}

#[test]
fn given_a_reporter_who_sees_it_is_not_fixed_then_the_watch_ends_and_every_measure_has_a_new_limit() {
    let mut facts = all_done(sample::TOWNSHIP);
    facts.push(DisposalEvent::DisposalReopened {
        reason: "举报人反映问题没有解决".into(),
        measures: vec![Measure::ClearMaterials],
    });
    assert_eq!(then(&facts), ["case ended recheck", "case withdrawn spot_check"]);
    let (measure, reason) = (Measure::ClearMaterials, String::new());
    facts.push(DisposalEvent::MeasureReopened { measure, reason });
    assert_eq!(then(&facts), ["case start remaining_measures @321322102"]);
}

/// An official who has his own site reported as not fixed does not take it out of the lot.
#[test]
fn given_a_drawn_site_that_is_taken_up_again_then_it_is_checked_once_it_is_closed() {
    let mut facts = closed();
    facts.push(DisposalEvent::SpotCheckDrawn {
        seed: "2020-08-03 03 07 12".into(),
        round: 1,
    });
    facts.push(DisposalEvent::DisposalReopened {
        reason: "举报人反映问题没有解决".into(),
        measures: vec![Measure::ClearMaterials],
    });
    assert!(then(&facts).contains(&"case withdrawn spot_check".to_owned()));
    facts.push(DisposalEvent::DisposalClosed {});
    let expected = [
        "case ended all but answer_referral",
        "case start spot_check @321300-DDZ",
    ];
    assert_eq!(then(&facts), expected, "and waits for no other draw");
}

fn closed() -> Vec<DisposalEvent> {
    let mut facts = all_done(sample::TOWNSHIP);
    facts.push(DisposalEvent::DisposalClosed {});
    facts
}
fn recheck_passed(after_days: u16) -> DisposalEvent {
    DisposalEvent::RecheckPassed {
        after_days,
        note: String::new(),
        evidence: vec![],
    }
}

#[test]
fn given_a_recheck_that_falls_due_then_the_level_above_has_to_go_until_it_has_gone() {
    let mut facts = closed();
    facts.push(DisposalEvent::RecheckDue { after_days: 30 });
    assert_eq!(then(&facts), ["case start recheck @321322"]);
    facts.push(recheck_passed(30));
    assert_eq!(then(&facts), ["case done recheck"]);
}

#[test]
fn given_two_rechecks_are_due_then_passing_one_leaves_the_other() {
    let mut facts = closed();
    facts.push(DisposalEvent::RecheckDue { after_days: 30 });
    facts.push(DisposalEvent::RecheckDue { after_days: 90 });
    facts.push(recheck_passed(30));
    assert_eq!(then(&facts), ["case done recheck", "case start recheck @321322"]);
}

#[test]
fn given_a_relapse_of_the_site_then_it_is_looked_at_again_until_the_new_case_is_confirmed() {
    let mut facts = closed();
    facts.push(DisposalEvent::RecheckDue { after_days: 30 });
    let new_case = jurisdiction::CaseId::sample(9);
    facts.push(DisposalEvent::RelapseFound {
        new_case,
        link: RelapseLink::Site,
        note: "又在生产".into(),
        place: None,
        enterprise: None,
    });
    assert_eq!(
        then(&facts),
        ["case failure Relapse @321322102 [leader-321322102]"]
    );
    facts.push(DisposalEvent::RelapseConfirmed { new_case });
    assert_eq!(then(&facts), ["case ended recheck"]);
}

#[test]
fn given_a_case_that_became_urgent_then_what_begins_later_has_the_short_limit() {
    let mut facts = all_done(sample::TOWNSHIP);
    facts.push(DisposalEvent::MadeUrgent {});
    assert!(then(&facts).is_empty());
    let (measure, reason) = (Measure::ClearMaterials, String::new());
    facts.push(DisposalEvent::MeasureReopened { measure, reason });
    assert_eq!(then(&facts), ["case start remaining_measures @321322102 urgent"]);
}

#[test]
fn given_a_closed_site_that_is_on_no_public_list_then_no_draw_waits_for_it() {
    let mut facts = all_done(sample::TOWNSHIP);
    let against = jurisdiction::Against::unit(unit(sample::OTHER_TOWNSHIP));
    facts.extend([
        DisposalEvent::ConflictNoted { against },
        DisposalEvent::DisposalClosed {},
    ]);
    assert_eq!(then(&facts), ["case ended all but answer_referral"]);
}

fn referred(referral: u32, receiver: Option<&str>) -> DisposalEvent {
    DisposalEvent::PartyReferred {
        referral,
        party: disposal_domain::Party {
            role: disposal_domain::PartyRole::Operator,
            name: "王五".into(),
        },
        to: disposal_domain::Receiver::PublicSecurity,
        receiver: receiver.map(unit),
        grounds: "涉嫌犯罪".into(),
    }
}
fn answered(referral: u32) -> DisposalEvent {
    DisposalEvent::ReferralAnswered {
        referral,
        result: "已立案".into(),
    }
}

#[test]
fn given_a_referral_then_its_receiver_has_to_answer_until_all_are_answered() {
    let police = "321322-GA";
    let mut facts = vec![ordered(Class::A, sample::TOWNSHIP), referred(1, Some(police))];
    assert_eq!(then(&facts), ["case start answer_referral @321322-GA"]);
    facts.push(referred(2, Some(police)));
    facts.push(answered(1));
    assert_eq!(
        then(&facts),
        [
            "case done answer_referral of 321322-GA",
            "case start answer_referral @321322-GA"
        ]
    );
    facts.push(answered(2));
    assert_eq!(then(&facts), ["case done answer_referral of 321322-GA"]);
}

#[test]
fn given_an_old_referral_without_a_receiver_then_nobody_has_a_clock_for_it() {
    let mut facts = vec![ordered(Class::A, sample::TOWNSHIP), referred(1, None)];
    assert!(then(&facts).is_empty());
    facts.push(answered(1));
    assert!(then(&facts).is_empty());
}
