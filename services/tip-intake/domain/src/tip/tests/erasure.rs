//! What a reporter left is destroyed by the reporter's own wish or by the inspectors; the facts stay.

use super::*;
use crate::EraseReporter;

const BOTH: [Compartment; 2] = Compartment::ALL;

fn erase(compartments: &[Compartment], reason: &str) -> TipCommand {
    TipCommand::EraseReporter(EraseReporter {
        compartments: compartments.to_vec(),
        reason: reason.into(),
    })
}
pub(super) fn own_wish(compartments: &[Compartment]) -> TipCommand {
    erase(compartments, "举报人凭查询码要求销毁")
}
fn inspector() -> Actor {
    sample::acting(Role::Inspector, sample::DISCIPLINE)
}

#[test]
fn the_reporter_destroys_and_a_second_time_nothing_follows() {
    let story = received()
        .when(&own_wish(&[Compartment::Identity]))
        .then([TipEvent::ReporterErased {
            compartments: vec![Compartment::Identity],
            reason: "举报人凭查询码要求销毁".into(),
        }]);
    assert!(!story.state().evidence.is_empty());
    let story = story
        .by(inspector())
        .when(&erase(&BOTH, "保存期满"))
        .then([TipEvent::ReporterErased {
            compartments: vec![Compartment::Content],
            reason: "保存期满".into(),
        }]);
    let state = story.state();
    assert!(state.is_erased(Compartment::Content) && state.is_erased(Compartment::Identity));
    assert!(state.evidence.is_empty());
    story.when(&erase(&BOTH, "保存期满")).then_nothing();
}

#[test]
fn nobody_who_handles_a_tip_makes_its_words_disappear() {
    for (role, unit) in [
        (Role::Dispatcher, sample::OFFICE),
        (Role::Admin, sample::OFFICE),
        (Role::Leader, sample::CITY),
        (Role::Operator, sample::OFFICE),
    ] {
        received()
            .by(sample::acting(role, unit))
            .when(&erase(&BOTH, "无关"))
            .then_refused(TipRefusal::NotEraser);
    }
}

#[test]
fn erasure_says_what_and_why() {
    let story = received()
        .by(inspector())
        .when(&erase(&[], "保存期满"))
        .then_refused(TipRefusal::NothingToErase);
    let story = story
        .when(&erase(&BOTH, " "))
        .then_refused(TipRefusal::EraseReasonMissing);
    story
        .when(&erase(&BOTH, "举报人 19900000001 来电要求"))
        .then_refused(TipRefusal::NumbersInReason);
}

#[test]
fn nothing_is_added_to_what_was_destroyed_and_the_rest_goes_on() {
    let story = received().when(&own_wish(&BOTH)).then_done();
    let story = story
        .when(&TipCommand::WriteAsReporter(WriteAsReporter {
            message: Sealed::sample(Compartment::Content, "message"),
        }))
        .then_refused(TipRefusal::Erased);
    let story = story
        .when(&TipCommand::AddEvidence(AddEvidence {
            evidence: vec![EvidenceId::sample(5)],
        }))
        .then_refused(TipRefusal::Erased);
    story
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done();
}

#[test]
fn an_erased_identity_is_opened_by_nobody() {
    let report = ReceiveTip {
        identity: Some(Sealed::sample(Compartment::Identity, "contact")),
        ..a_report()
    };
    let story = Scenario::<Tip>::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_done();
    let story = story.when(&own_wish(&[Compartment::Identity])).then_done();
    let ask = TipCommand::RequestReveal(crate::RequestReveal {
        reason: "核实".into(),
    });
    story.by(inspector()).when(&ask).then_refused(TipRefusal::Erased);
}
