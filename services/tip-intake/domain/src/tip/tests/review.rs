//! What was turned down is not lost: the level above, and the reporter once.

use super::*;
use crate::{DivertTip, ObjectToScreening, ReconsiderTip};

fn reject() -> TipCommand {
    TipCommand::Reject(RejectTip {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    })
}
fn reconsider() -> TipCommand {
    TipCommand::Reconsider(ReconsiderTip {
        reason: "照片里有反应釜".into(),
    })
}
fn object() -> TipCommand {
    TipCommand::ObjectToScreening(ObjectToScreening {
        message: Some(Sealed::sample(Compartment::Content, "message")),
    })
}
fn county() -> Actor {
    sample::acting(Role::Dispatcher, sample::COUNTY)
}
fn inspector() -> Actor {
    sample::acting(Role::Inspector, sample::DISCIPLINE)
}
fn rejected_by(by: Actor) -> Scenario<Tip> {
    received().by(by).when(&reject()).then_done()
}
fn to(unit: &str) -> UnitCode {
    UnitCode::of(unit)
}

#[test]
fn what_a_county_turned_down_the_city_takes_up_and_screens_itself() {
    let story =
        rejected_by(county())
            .by(dispatcher())
            .when(&reconsider())
            .then([TipEvent::ScreeningReconsidered {
                reason: "照片里有反应釜".into(),
                to: to(sample::OFFICE),
            }]);
    assert!(story.state().is_under_review());
    let accept = TipCommand::Accept(an_acceptance());
    let story = story
        .by(county())
        .when(&accept)
        .then_refused(TipRefusal::UnderReview);
    let story = story.when(&reject()).then_refused(TipRefusal::UnderReview);
    let story = story.by(dispatcher()).when(&accept).then_done();
    // The county answers for what is a case now.
    let reply = TipCommand::SendReply(SendReply {
        text: "已受理，谢谢您。".into(),
    });
    story.by(county()).when(&reply).then_done();
}

#[test]
fn what_was_diverted_is_taken_up_as_well() {
    let divert = TipCommand::Divert(DivertTip {
        authority: "市公安局".into(),
        explanation: "属于治安案件".into(),
    });
    let diverted = received().by(county()).when(&divert).then_done();
    diverted.by(inspector()).when(&reconsider()).then_done();
}

#[test]
fn above_the_city_are_the_inspectors_and_its_leaders() {
    let by_the_city = || rejected_by(dispatcher());
    for by in [
        dispatcher(),
        county(),
        sample::acting(Role::Leader, sample::COUNTY),
    ] {
        by_the_city()
            .by(by)
            .when(&reconsider())
            .then_refused(TipRefusal::NotReviewer);
    }
    let leader = sample::acting(Role::Leader, sample::CITY);
    by_the_city()
        .by(leader)
        .when(&reconsider())
        .then([TipEvent::ScreeningReconsidered {
            reason: "照片里有反应釜".into(),
            to: to(sample::OFFICE),
        }]);
    let story = by_the_city().by(inspector()).when(&reconsider()).then_done();
    let accept = TipCommand::Accept(an_acceptance());
    let story = story
        .by(dispatcher())
        .when(&accept)
        .then_refused(TipRefusal::UnderReview);
    story.by(inspector()).when(&accept).then_done();
}

#[test]
fn a_review_has_a_reason_and_something_to_review() {
    received()
        .by(dispatcher())
        .when(&reconsider())
        .then_refused(TipRefusal::NotTurnedDown);
    let mute = TipCommand::Reconsider(ReconsiderTip { reason: " ".into() });
    rejected_by(county())
        .by(dispatcher())
        .when(&mute)
        .then_refused(TipRefusal::ReviewReasonMissing);
    rejected_by(county())
        .when(&reconsider())
        .then_refused(TipRefusal::NotReviewer);
}

#[test]
fn the_reporter_objects_once_and_the_level_above_screens() {
    let objects = |by: Actor, above: &str| {
        rejected_by(by)
            .by(Actor::Citizen)
            .when(&object())
            .then([TipEvent::ScreeningObjected {
                message: Some(Sealed::sample(Compartment::Content, "message")),
                to: to(above),
            }])
    };
    objects(dispatcher(), sample::DISCIPLINE);
    let story = objects(county(), sample::OFFICE);
    let review = story.state().review.expect("a review");
    assert!(review.by_reporter && review.told == "现场为食品加工");
    let story = story.when(&object()).then_refused(TipRefusal::AlreadyObjected);
    let story = story.by(dispatcher()).when(&reject()).then_done();
    let story = story
        .by(Actor::Citizen)
        .when(&object())
        .then_refused(TipRefusal::AlreadyObjected);
    // The level above may still think better of it.
    story.by(inspector()).when(&reconsider()).then_done();
}

#[test]
fn there_is_nothing_to_object_to_in_what_waits_or_was_taken_up() {
    let story = received().when(&object()).then_refused(TipRefusal::NotTurnedDown);
    let accepted = story
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    accepted
        .by(Actor::Citizen)
        .when(&object())
        .then_refused(TipRefusal::NotTurnedDown);
}

#[test]
fn whom_it_is_about_takes_no_part_in_the_review() {
    for by in [dispatcher(), sample::acting(Role::Leader, sample::CITY)] {
        rejected_about_the_city()
            .by(by)
            .when(&reconsider())
            .then_refused(TipRefusal::NotReceived);
    }
    let story = rejected_about_the_city()
        .when(&reconsider())
        .then_refused(TipRefusal::NotReviewer);
    let story = story.by(Actor::Citizen).when(&object()).then_done();
    assert_eq!(
        story.state().review.as_ref().map(|review| review.to.clone()),
        Some(to(sample::DISCIPLINE))
    );
}

fn rejected_about_the_city() -> Scenario<Tip> {
    let report = ReceiveTip {
        against: Some(Against::unit(to(sample::CITY))),
        ..a_report()
    };
    Scenario::<Tip>::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_done()
        .by(inspector())
        .when(&reject())
        .then_done()
}

#[test]
fn what_waits_to_be_screened_again_has_not_been_screened() {
    for (by, again) in [(Actor::Citizen, object()), (inspector(), reconsider())] {
        let turned_down = rejected_by(county());
        assert!(turned_down.state().screened_at.is_some());
        let waits = turned_down.by(by).when(&again).then_done();
        assert_eq!(waits.state().screened_at, None);
    }
}
