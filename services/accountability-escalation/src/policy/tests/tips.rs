//! Clocks of tips.

use super::*;
use tip_domain::{Authenticity, Channel, Place, RejectionReason, TipEvent, TipState};

fn then(event: &TipEvent) -> Vec<String> {
    then_last(std::slice::from_ref(event))
}
/// What follows from the last of several facts.
fn then_last(facts: &[TipEvent]) -> Vec<String> {
    let told: Vec<_> = facts.iter().map(|fact| (Actor::Citizen, fact.clone())).collect();
    let state = after::<tip_domain::Tip>(&told);
    let event = facts.last().expect("a fact");
    follow(&Actor::Citizen, |fact| {
        on_tip(TipId::sample(1), event, &state, fact)
    })
}
fn about(unit: &str) -> Against {
    Against::unit(UnitCode::of(unit))
}
fn received(danger: bool) -> TipEvent {
    received_about(danger, Against::default())
}
fn received_about(danger: bool, against: Against) -> TipEvent {
    TipEvent::TipReceived {
        channel: Channel::Web,
        line: None,
        authenticity: Authenticity::Unsigned,
        place: Place {
            text: "我家隔壁，电话 19900000000".into(),
            ..Default::default()
        },
        seen: vec![],
        seen_when: String::new(),
        evidence: vec![],
        confidential: true,
        wants_answer: true,
        danger,
        receipt_hash: String::new(),
        identity: None,
        content: None,
        against,
    }
}

#[test]
fn given_a_tip_then_the_desk_has_to_screen_it_at_once_if_there_is_danger() {
    assert_eq!(then(&received(false)), ["tip1 start screen_tip @desk"]);
    assert_eq!(then(&received(true)), ["tip1 start screen_tip @desk urgent"]);
    assert!(then(&TipEvent::DangerRaised {}).is_empty());
}

#[test]
fn given_danger_that_is_learnt_of_later_then_the_tip_is_screened_within_minutes_unless_it_is_already() {
    let raised = || TipEvent::DangerRaised {};
    assert!(
        then_last(&[received(true), raised()]).is_empty(),
        "its clock is urgent from the beginning"
    );
    assert_eq!(
        then_last(&[received(false), raised()]),
        ["tip1 withdrawn screen_tip", "tip1 start screen_tip @desk urgent"]
    );
    let rejected = TipEvent::TipRejected {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    };
    assert!(then_last(&[received(false), rejected, raised()]).is_empty());
}

#[test]
fn what_the_reporter_wrote_is_in_no_clock() {
    let jurisdiction = sample::suqian();
    let fact = Fact {
        id: id(),
        at: at(),
        by: &Actor::Citizen,
        jurisdiction: &jurisdiction,
    };
    let follows = on_tip(TipId::sample(1), &received(false), &TipState::default(), fact);
    assert!(!format!("{follows:?}").contains("隔壁"));
}

#[test]
fn given_any_end_of_screening_then_its_clock_stops() {
    let ends = [
        TipEvent::TipAccepted {
            case: case(),
            opens_case: false,
            summary: String::new(),
            enterprise: None,
            place: Place::default(),
            urgency: Urgency::Normal,
            confidential: false,
            against: Against::default(),
        },
        TipEvent::TipRejected {
            reason: RejectionReason::NotChemical,
            explanation: "现场为食品加工".into(),
        },
        TipEvent::TipDiverted {
            authority: "市公安局".into(),
            explanation: String::new(),
        },
    ];
    for end in ends {
        assert_eq!(then(&end), ["tip1 done screen_tip"]);
    }
}

#[test]
fn given_the_outcome_was_told_then_that_clock_stops() {
    let told = TipEvent::OutcomeTold {
        text: "已依法取缔".into(),
        interim: false,
    };
    assert_eq!(then(&told), ["tip1 done tell_outcome"]);
}

#[test]
fn given_a_tip_about_officials_then_the_level_above_has_to_screen_it() {
    let screening = |unit: &str| then(&received_about(false, about(unit)));
    assert_eq!(screening(sample::TOWNSHIP), ["tip1 start screen_tip @321322"]);
    assert_eq!(screening(sample::COUNTY), ["tip1 start screen_tip @321300"]);
    assert_eq!(screening(sample::CITY), ["tip1 start screen_tip @321300-JW"]);
}

#[test]
fn given_a_conflict_noted_later_then_whoever_had_the_tip_is_not_reminded_of_it_again() {
    let noted = TipEvent::ConflictNoted {
        against: about(sample::CITY),
    };
    let follows = then_last(&[received(true), noted.clone()]);
    assert_eq!(
        follows,
        [
            "tip1 withdrawn screen_tip",
            "tip1 start screen_tip @321300-JW urgent"
        ]
    );
    let rejected = TipEvent::TipRejected {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    };
    assert!(
        then_last(&[received(true), rejected, noted]).is_empty(),
        "it is screened"
    );
}

#[test]
fn given_a_tip_that_is_of_no_case_any_more_then_it_has_to_be_screened_again_until_it_joins_one() {
    let reason = "是另一处".into();
    let unlinked = TipEvent::Unlinked { case: case(), reason };
    assert_eq!(
        then_last(&[received(false), unlinked.clone()]),
        ["tip1 ended tell_outcome", "tip1 resume screen_tip @desk"]
    );
    let linked = TipEvent::LinkedToCase { case: case() };
    assert_eq!(
        then_last(&[received(false), unlinked, linked]),
        ["tip1 done screen_tip"]
    );
}

#[test]
fn given_a_tip_that_was_turned_down_too_soon_then_the_level_above_has_to_screen_it() {
    let rejected = TipEvent::TipRejected {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    };
    let reconsidered = TipEvent::ScreeningReconsidered {
        reason: "照片里有反应釜".into(),
        to: UnitCode::of(sample::OFFICE),
    };
    assert_eq!(
        then_last(&[received(true), rejected.clone(), reconsidered]),
        [format!("tip1 start screen_tip @{} urgent", sample::OFFICE)]
    );
    let objected = TipEvent::ScreeningObjected {
        message: None,
        to: UnitCode::of(sample::DISCIPLINE),
    };
    assert_eq!(
        then_last(&[received(false), rejected, objected]),
        [format!("tip1 start screen_tip @{}", sample::DISCIPLINE)]
    );
}
