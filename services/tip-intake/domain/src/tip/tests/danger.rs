//! Danger that is learnt of after the tip came in.

use super::*;

const RAISE: TipCommand = TipCommand::RaiseDanger;

#[test]
fn the_reporter_says_later_that_it_burns_and_the_alarm_is_raised_once() {
    let story = received().when(&RAISE).then([TipEvent::DangerRaised {}]);
    assert!(story.state().urgent && story.state().danger_came_later);
    let story = story.when(&RAISE).then_nothing();
    story
        .by(sample::acting(Role::Operator, sample::OFFICE))
        .when(&RAISE)
        .then_nothing();
}

#[test]
fn what_was_raised_on_arrival_is_not_raised_again() {
    let report = ReceiveTip {
        danger: true,
        ..a_report()
    };
    let story = Scenario::<Tip>::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_done();
    assert!(!story.state().danger_came_later);
    story.when(&RAISE).then_nothing();
}

#[test]
fn whoever_hears_of_it_at_the_desk_raises_it_at_any_time() {
    for by in [
        sample::acting(Role::Operator, sample::OFFICE),
        sample::acting(Role::Operator, sample::COUNTY),
        sample::acting(Role::Dispatcher, sample::COUNTY),
    ] {
        received().by(by).when(&RAISE).then([TipEvent::DangerRaised {}]);
    }
    let accepted = received()
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    accepted.when(&RAISE).then([TipEvent::DangerRaised {}]);
}

#[test]
fn others_are_told_whom_to_call() {
    for by in [
        sample::acting(Role::Operator, sample::OTHER_COUNTY),
        sample::acting(Role::Dispatcher, sample::OTHER_COUNTY),
        sample::acting(Role::Handler, sample::TOWNSHIP),
    ] {
        received()
            .by(by)
            .when(&RAISE)
            .then_refused(TipRefusal::NotDangerRaiser);
    }
}

#[test]
fn a_tip_that_became_urgent_opens_an_urgent_case() {
    let story = received().when(&RAISE).then_done();
    let story = story
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    assert!(story.state().urgent);
}
