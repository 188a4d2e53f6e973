//! What is told to the reporter, and what the reporter writes.

use super::*;

#[test]
fn the_outcome_is_told_only_after_screening() {
    let tell = TipCommand::TellOutcome(TellOutcome {
        text: "已依法取缔".into(),
        of: None,
        interim: false,
        case: FoundCase::Closed,
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

/// "Dealt with", while the inspectors are still on their way, would leave "not fixed" with nobody to hear it.
#[test]
fn people_tell_no_outcome_of_a_case_that_is_still_open() {
    let tell = |case| {
        TipCommand::TellOutcome(TellOutcome {
            text: "已处理".into(),
            of: None,
            interim: false,
            case,
        })
    };
    let accepted = received().by(dispatcher());
    let accepted = accepted.when(&TipCommand::Accept(an_acceptance())).then_done();
    // Accepted a moment ago, it has a case that is about to be opened.
    let mut story = accepted;
    for unsettled in [FoundCase::Open, FoundCase::Nothing] {
        story = story
            .when(&tell(unsettled))
            .then_refused(TipRefusal::CaseStillOpen);
    }
    let reply = TipCommand::SendReply(SendReply {
        text: "正在核查".into(),
    });
    let story = story.when(&reply).then_done();
    assert!(!story.state().outcome_told);
    let story = story.when(&tell(FoundCase::Closed)).then_done();
    assert!(story.state().outcome_told);
    // What was turned down has no case that could be open.
    let reject = TipCommand::Reject(RejectTip {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    });
    let rejected = received().by(dispatcher()).when(&reject).then_done();
    rejected.when(&tell(FoundCase::Nothing)).then_done();
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
        (story.state().reporter_wrote.len(), story.state().replies.len()),
        (1, 1)
    );
}

fn tell_of(case: u128) -> TipCommand {
    TipCommand::TellOutcome(TellOutcome {
        text: "已依法取缔".into(),
        of: Some(CaseId::sample(case)),
        interim: false,
        case: FoundCase::Closed,
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

/// While a verified site is being disposed of there is nothing yet that could not be fixed.
#[test]
fn what_was_verified_is_told_and_is_not_yet_the_outcome() {
    let tell = TipCommand::TellOutcome(TellOutcome {
        text: "核查属实，正在处置".into(),
        of: Some(CaseId::sample(7)),
        interim: true,
        case: FoundCase::Closed,
    });
    let story = received()
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
    let story = story.by(Actor::system("tip-intake/confirmed-site-is-told"));
    let story = story.when(&tell).then_done();
    assert_eq!(
        (story.state().outcome_told, story.state().replies.len()),
        (false, 1)
    );
    let story = story.when(&tell_of(7)).then_done();
    assert!(story.state().outcome_told);
}
