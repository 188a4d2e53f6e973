//! Given/when/then of the tip.

use super::*;
use crate::{
    Authenticity, Compartment, RejectTip, RejectionReason, Sealed, SendReply, TellOutcome, WriteAsReporter,
};
use decider::scenario::Scenario;
use jurisdiction::{UnitCode, Urgency, sample};
use proptest::prelude::*;

fn a_report() -> ReceiveTip {
    ReceiveTip {
        channel: Channel::Web,
        line: None,
        authenticity: Authenticity::Unsigned,
        place: Place {
            text: "胡集镇老砖瓦厂院内".into(),
            coordinates: None,
            division: Some(UnitCode::of(sample::TOWNSHIP)),
        },
        seen: vec![crate::Seen::Barrels, crate::Seen::Smell],
        seen_when: "每天夜里".into(),
        evidence: vec![EvidenceId::sample(1)],
        confidential: false,
        wants_answer: true,
        danger: false,
        receipt_hash: "ab".repeat(32),
        identity: None,
        content: Some(Sealed::sample(Compartment::Content, "narrative")),
    }
}

fn an_acceptance() -> AcceptTip {
    AcceptTip {
        case: CaseId::sample(7),
        opens_case: true,
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: None,
        urgency: Urgency::Normal,
    }
}

fn received() -> Scenario<Tip> {
    Scenario::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(a_report()))
        .then_done()
}
fn dispatcher() -> Actor {
    sample::acting(Role::Dispatcher, sample::OFFICE)
}

#[test]
fn a_citizen_reports() {
    let story = received();
    assert_eq!(story.state().progress, Progress::Received);
    assert!(!story.state().urgent);
}

#[test]
fn danger_is_raised_at_once_and_makes_the_tip_urgent() {
    let report = ReceiveTip {
        danger: true,
        ..a_report()
    };
    let story = Scenario::<Tip>::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_done();
    assert!(story.state().urgent);
    let accepted = story
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    assert!(matches!(accepted.state().progress, Progress::Accepted { .. }));
}

#[test]
fn a_report_needs_content_and_a_place() {
    let silent = ReceiveTip {
        content: None,
        evidence: vec![],
        ..a_report()
    };
    let nowhere = ReceiveTip {
        place: Place::default(),
        ..a_report()
    };
    let off_the_map = ReceiveTip {
        place: Place {
            coordinates: Some(Coordinates {
                latitude: 133.0,
                longitude: 33.0,
            }),
            ..Place::default()
        },
        ..a_report()
    };
    let citizen = Scenario::<Tip>::new().by(Actor::Citizen);
    let citizen = citizen
        .when(&TipCommand::Receive(silent))
        .then_refused(TipRefusal::NothingReported);
    let citizen = citizen
        .when(&TipCommand::Receive(nowhere))
        .then_refused(TipRefusal::PlaceMissing);
    citizen
        .when(&TipCommand::Receive(off_the_map))
        .then_refused(TipRefusal::CoordinatesOutOfRange);
}

#[test]
fn a_photograph_with_coordinates_is_enough() {
    let place = Place {
        coordinates: Some(Coordinates {
            latitude: 33.9,
            longitude: 118.8,
        }),
        ..Place::default()
    };
    let report = ReceiveTip {
        content: None,
        place,
        ..a_report()
    };
    Scenario::<Tip>::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_done();
}

#[test]
fn handlers_do_not_type_tips() {
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let story = Scenario::<Tip>::new()
        .by(handler)
        .when(&TipCommand::Receive(a_report()));
    story.then_refused(TipRefusal::NotForOperators);
}

#[test]
fn a_tip_is_received_once() {
    received()
        .when(&TipCommand::Receive(a_report()))
        .then_refused(TipRefusal::AlreadyReceived);
}

#[test]
fn the_dispatcher_accepts_and_a_case_is_named() {
    received()
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then([TipEvent::TipAccepted {
            case: CaseId::sample(7),
            opens_case: true,
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: None,
            place: a_report().place,
            urgency: Urgency::Normal,
            confidential: false,
        }]);
}

#[test]
fn screening_ends_exactly_once() {
    let accept = TipCommand::Accept(an_acceptance());
    let reject = TipCommand::Reject(RejectTip {
        reason: RejectionReason::NotChemical,
        explanation: "为食品加工".into(),
    });
    let story = received().by(dispatcher()).when(&accept).then_done();
    let story = story.when(&reject).then_refused(TipRefusal::AlreadyScreened);
    story.when(&accept).then_refused(TipRefusal::AlreadyScreened);
}

#[test]
fn only_a_dispatcher_of_the_subtree_screens() {
    let accept = TipCommand::Accept(an_acceptance());
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let story = received()
        .by(elsewhere)
        .when(&accept)
        .then_refused(TipRefusal::OutsideSubtree);
    let story = story
        .by(leader)
        .when(&accept)
        .then_refused(TipRefusal::NotDispatcher);
    story.by(county).when(&accept).then_done();
}

#[test]
fn a_rejection_needs_words_for_the_reporter() {
    let mute = TipCommand::Reject(RejectTip {
        reason: RejectionReason::PlaceUnknown,
        explanation: "  ".into(),
    });
    received()
        .by(dispatcher())
        .when(&mute)
        .then_refused(TipRefusal::ExplanationMissing);
}

#[test]
fn the_outcome_is_told_only_after_screening() {
    let tell = TipCommand::TellOutcome(TellOutcome {
        text: "已依法取缔".into(),
    });
    let policy = Actor::system("tip-intake/closed-case-is-told");
    let story = received()
        .by(policy.clone())
        .when(&tell)
        .then_refused(TipRefusal::NotScreenedYet);
    let story = story
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    let story = story.by(policy).when(&tell).then_done();
    assert!(story.state().outcome_told);
}

#[test]
fn the_reporter_may_always_write_again() {
    let write = TipCommand::WriteAsReporter(WriteAsReporter {
        message: Sealed::sample(Compartment::Content, "message"),
    });
    let reply = TipCommand::SendReply(SendReply {
        text: "请问厂门朝哪个方向？".into(),
    });
    let story = received().by(dispatcher()).when(&reply).then_done();
    let story = story.by(Actor::Citizen).when(&write).then_done();
    assert_eq!(
        (story.state().reporter_messages, story.state().replies.len()),
        (1, 1)
    );
}

#[test]
fn nothing_can_be_done_to_a_tip_that_does_not_exist() {
    let story = Scenario::<Tip>::new().by(dispatcher());
    story
        .when(&TipCommand::Accept(an_acceptance()))
        .then_refused(TipRefusal::NotReceived);
}

proptest! {
    /// Invariant: `evolve` is total; any sequence of facts, in any order, folds without panic.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(0usize..9, 0..40)) {
        let samples = crate::events::samples();
        let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: Actor::Citizen };
        let mut state = TipState::default();
        for pick in picks {
            Tip::evolve(&mut state, &samples[pick % samples.len()], &stamp);
        }
    }
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &crate::events::samples());
}
