//! What is told to the reporter, and what the reporter writes.

use super::*;

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
