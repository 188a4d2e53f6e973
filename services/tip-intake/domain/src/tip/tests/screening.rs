//! Accepting, rejecting, diverting.

use super::*;

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
            against: Against::default(),
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
fn nothing_can_be_done_to_a_tip_that_does_not_exist() {
    let story = Scenario::<Tip>::new().by(dispatcher());
    story
        .when(&TipCommand::Accept(an_acceptance()))
        .then_refused(TipRefusal::NotReceived);
}

#[test]
fn a_tip_joins_only_a_case_that_is_there_and_open() {
    let joining = |found| {
        TipCommand::Accept(AcceptTip {
            opens_case: false,
            found,
            ..an_acceptance()
        })
    };
    let story = received().by(dispatcher());
    let story = story
        .when(&joining(FoundCase::Nothing))
        .then_refused(TipRefusal::NoSuchCase);
    let story = story
        .when(&joining(FoundCase::Closed))
        .then_refused(TipRefusal::CaseClosed);
    let story = story.when(&joining(FoundCase::Open)).then_done();
    let case = CaseId::sample(7);
    assert_eq!(story.state().progress, Progress::Accepted { case });
}
