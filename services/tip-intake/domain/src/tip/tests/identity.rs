//! A reporter's identity is opened by two persons, once and in time.

use super::*;
use crate::{RefuseReveal, RequestReveal, RevealAnswer};
use jiff::SignedDuration;
use jurisdiction::StaffId;

const REASON: &str = "核实举报人遭打击报复的情况";

fn with_contact() -> Scenario<Tip> {
    let report = ReceiveTip {
        identity: Some(Sealed::sample(Compartment::Identity, "contact")),
        ..a_report()
    };
    Scenario::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_done()
}
fn inspector() -> Actor {
    sample::acting(Role::Inspector, sample::DISCIPLINE)
}
fn leader() -> Actor {
    sample::acting(Role::Leader, sample::OFFICE)
}
fn ask(reason: &str) -> TipCommand {
    TipCommand::RequestReveal(RequestReveal {
        reason: reason.into(),
    })
}
fn decline() -> TipCommand {
    TipCommand::RefuseReveal(RefuseReveal {
        reason: "可以凭查询码联系".into(),
    })
}
fn asked() -> Scenario<Tip> {
    with_contact().by(inspector()).when(&ask(REASON)).then_done()
}

#[test]
fn two_persons_open_it_and_each_step_is_a_fact() {
    let story = with_contact()
        .by(inspector())
        .when(&ask(REASON))
        .then([TipEvent::IdentityRevealRequested {
            request: 1,
            reason: REASON.into(),
        }]);
    let story =
        story
            .by(leader())
            .when(&TipCommand::ApproveReveal)
            .then([TipEvent::IdentityRevealApproved {
                request: 1,
                until: "2020-06-02T01:00:00Z".parse().expect("a timestamp"),
            }]);
    let story = story
        .by(inspector())
        .when(&TipCommand::RevealIdentity)
        .then([TipEvent::IdentityRevealed {
            request: 1,
            reason: REASON.into(),
        }]);
    assert!(story.state().reveals[0].opened_at.is_some());
    // An approval is for once.
    let story = story
        .when(&TipCommand::RevealIdentity)
        .then_refused(TipRefusal::RevealNotApproved);
    let story = story.when(&ask(REASON)).then_done();
    assert_eq!(story.state().reveals[1].request, 2);
}

#[test]
fn a_dispatcher_of_the_city_may_ask_as_well() {
    let story = with_contact().by(dispatcher()).when(&ask(REASON)).then_done();
    let story = story.by(inspector()).when(&TipCommand::ApproveReveal).then_done();
    story
        .by(dispatcher())
        .when(&TipCommand::RevealIdentity)
        .then_done();
}

#[test]
fn only_custodians_ask_answer_and_open() {
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let story = with_contact()
        .by(county.clone())
        .when(&ask(REASON))
        .then_refused(TipRefusal::NotCustodian);
    let story = story
        .by(leader())
        .when(&ask(REASON))
        .then_refused(TipRefusal::NotCustodian);
    let story = story.by(inspector()).when(&ask(REASON)).then_done();
    for outsider in [
        county,
        sample::acting(Role::Leader, sample::COUNTY),
        Actor::Citizen,
    ] {
        let story = asked()
            .by(outsider)
            .when(&TipCommand::ApproveReveal)
            .then_refused(TipRefusal::NotSecondCustodian);
        let story = story
            .when(&decline())
            .then_refused(TipRefusal::NotSecondCustodian);
        story
            .when(&TipCommand::RevealIdentity)
            .then_refused(TipRefusal::NotCustodian);
    }
    story.by(leader()).when(&TipCommand::ApproveReveal).then_done();
}

#[test]
fn nobody_agrees_with_himself_nor_with_somebody_of_the_same_post() {
    let story = asked()
        .when(&TipCommand::ApproveReveal)
        .then_refused(TipRefusal::RevealOwnRequest);
    let in_another_role = Actor::staff(
        StaffId::of(&format!("inspector-{}", sample::DISCIPLINE)),
        UnitCode::of(sample::OFFICE),
        Role::Leader,
    );
    let story = story
        .by(in_another_role)
        .when(&TipCommand::ApproveReveal)
        .then_refused(TipRefusal::RevealOwnRequest);
    let colleague = Actor::staff(
        StaffId::of("inspector-2"),
        UnitCode::of(sample::DISCIPLINE),
        Role::Inspector,
    );
    let story = story
        .by(colleague)
        .when(&TipCommand::ApproveReveal)
        .then_refused(TipRefusal::RevealSamePost);
    story.when(&decline()).then_refused(TipRefusal::RevealSamePost);
}

#[test]
fn an_approval_is_for_who_asked_and_runs_out() {
    let approved = || asked().by(leader()).when(&TipCommand::ApproveReveal).then_done();
    let story = approved()
        .by(dispatcher())
        .when(&TipCommand::RevealIdentity)
        .then_refused(TipRefusal::RevealNotYours);
    let story = story
        .by(inspector())
        .when(&ask(REASON))
        .then_refused(TipRefusal::RevealPending);
    let story = story
        .later(SignedDuration::from_hours(24))
        .when(&TipCommand::RevealIdentity)
        .then_refused(TipRefusal::RevealExpired);
    story.when(&ask(REASON)).then_done();
    let story = asked().jurisdiction(|city| city.custody.approval_hours = 48);
    let story = story.by(leader()).when(&TipCommand::ApproveReveal).then_done();
    story
        .by(inspector())
        .later(SignedDuration::from_hours(47))
        .when(&TipCommand::RevealIdentity)
        .then_done();
}

#[test]
fn what_is_refused_or_not_asked_for_is_not_opened() {
    let story = with_contact()
        .by(inspector())
        .when(&TipCommand::RevealIdentity)
        .then_refused(TipRefusal::RevealNotApproved);
    let story = story
        .by(leader())
        .when(&TipCommand::ApproveReveal)
        .then_refused(TipRefusal::NoRevealPending);
    let story = story.by(inspector()).when(&ask(REASON)).then_done();
    let story = story
        .when(&TipCommand::RevealIdentity)
        .then_refused(TipRefusal::RevealNotApproved);
    let story = story.when(&ask(REASON)).then_refused(TipRefusal::RevealPending);
    let story = story.by(leader()).when(&decline()).then_done();
    assert!(matches!(
        story.state().reveals[0].answer,
        Some(RevealAnswer::Refused { .. })
    ));
    story
        .by(inspector())
        .when(&TipCommand::RevealIdentity)
        .then_refused(TipRefusal::RevealNotApproved);
}

#[test]
fn there_must_be_an_identity_and_a_reason_without_numbers() {
    received()
        .by(inspector())
        .when(&ask(REASON))
        .then_refused(TipRefusal::NoIdentity);
    let story = with_contact()
        .by(inspector())
        .when(&ask(" "))
        .then_refused(TipRefusal::RevealReasonMissing);
    for telling in ["联系 19900000001", "联系１９９００００", "写信到 a@b.example"] {
        let asked = with_contact().by(inspector()).when(&ask(telling));
        asked.then_refused(TipRefusal::NumbersInReason);
    }
    story.when(&ask("24号文要求核实")).then_done();
}
