//! What is told to the reporter, and what the reporter writes.

use super::*;

#[test]
fn the_outcome_is_told_only_after_screening() {
    let tell = TipCommand::TellOutcome(TellOutcome {
        text: "已依法取缔".into(),
        of: None,
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

fn tell_of(case: u128) -> TipCommand {
    TipCommand::TellOutcome(TellOutcome {
        text: "已依法取缔".into(),
        of: Some(CaseId::sample(case)),
    })
}
fn not_fixed() -> TipCommand {
    TipCommand::SayNotFixed(SayNotFixed {
        message: Some(Sealed::sample(Compartment::Content, "message")),
    })
}

#[test]
fn the_outcome_of_a_case_that_the_tip_has_left_is_told_to_nobody() {
    let story = received()
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    let story = story.by(Actor::system("tip-intake/closed-case-is-told"));
    let story = story.when(&tell_of(9)).then_nothing();
    story.when(&tell_of(7)).then_done();
}

#[test]
fn the_reporter_says_that_it_is_not_fixed_after_the_outcome_and_once_until_the_next() {
    let policy = || Actor::system("tip-intake/closed-case-is-told");
    let story = received()
        .when(&not_fixed())
        .then_refused(TipRefusal::OutcomeNotTold);
    let story = story
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    let story = story.by(Actor::Citizen);
    let story = story.when(&not_fixed()).then_refused(TipRefusal::OutcomeNotTold);
    let story = story.by(policy()).when(&tell_of(7)).then_done();
    let story = story
        .by(Actor::Citizen)
        .when(&not_fixed())
        .then([TipEvent::NotFixedSaid {
            message: Some(Sealed::sample(Compartment::Content, "message")),
        }]);
    let story = story
        .when(&not_fixed())
        .then_refused(TipRefusal::AlreadySaidNotFixed);
    let story = story.by(policy()).when(&tell_of(7)).then_done();
    story.by(Actor::Citizen).when(&not_fixed()).then_done();
}

#[test]
fn there_is_nothing_to_fix_in_what_was_rejected() {
    let reject = TipCommand::Reject(RejectTip {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    });
    let story = received().by(dispatcher()).when(&reject).then_done();
    story
        .by(Actor::Citizen)
        .when(&not_fixed())
        .then_refused(TipRefusal::OutcomeNotTold);
}
