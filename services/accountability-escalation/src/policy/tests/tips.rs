//! Clocks of tips.

use super::*;
use tip_domain::{Authenticity, Channel, Place, RejectionReason, TipEvent};

fn then(event: &TipEvent) -> Vec<String> {
    follow(&Actor::Citizen, |fact| on_tip(TipId::sample(1), event, fact))
}
fn received(danger: bool) -> TipEvent {
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
    }
}

#[test]
fn given_a_tip_then_the_desk_has_to_screen_it_at_once_if_there_is_danger() {
    assert_eq!(then(&received(false)), ["tip1 start screen_tip @desk"]);
    assert_eq!(then(&received(true)), ["tip1 start screen_tip @desk urgent"]);
    assert!(then(&TipEvent::DangerRaised {}).is_empty());
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
    let follows = on_tip(TipId::sample(1), &received(false), fact);
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
    };
    assert_eq!(then(&told), ["tip1 done tell_outcome"]);
}
