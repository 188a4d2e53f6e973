//! Taking a tip in.

use super::*;

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
