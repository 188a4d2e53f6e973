//! Inquiries: opened, decided and closed by inspectors, and by nobody else.

use super::*;
use crate::{CloseInquiry, DecideInquiry, OpenInquiry};

fn inquired() -> Scenario<Accountability> {
    let open = AccountabilityCommand::OpenInquiry(OpenInquiry {
        failure: None,
        clock: Some(first()),
        reason: "逾期十日未核查".into(),
    });
    referred().by(inspector()).when(&open).then_done()
}
fn a_decision() -> DecideInquiry {
    DecideInquiry {
        inquiry: 1,
        against: Accountable::Official,
        name: "演示·胡集镇负责人".into(),
        person: Some(StaffId::of("leader-321322102")),
        basis: "《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》".into(),
        decision: "诫勉谈话".into(),
    }
}
fn decide(command: DecideInquiry) -> AccountabilityCommand {
    AccountabilityCommand::DecideInquiry(command)
}
fn close(inquiry: u32) -> AccountabilityCommand {
    AccountabilityCommand::CloseInquiry(CloseInquiry {
        inquiry,
        note: "已送达本人".into(),
    })
}

#[test]
fn inspectors_open_decide_and_close() {
    let story = inquired().when(&decide(a_decision())).then_done();
    let landlord = DecideInquiry {
        against: Accountable::Landlord,
        name: "出租人某某".into(),
        person: None,
        decision: "移送公安机关".into(),
        ..a_decision()
    };
    let story = story.when(&decide(landlord)).then_done();
    let story = story.when(&close(1)).then_done();
    let state = story.state();
    assert_eq!(state.inquiries[0].decisions.len(), 2);
    assert_eq!(state.open_inquiries().count(), 0);
}

#[test]
fn nobody_else_inquires() {
    let open = AccountabilityCommand::OpenInquiry(OpenInquiry {
        failure: None,
        clock: None,
        reason: "理由".into(),
    });
    for command in [open, decide(a_decision()), close(1)] {
        for actor in [leader(sample::CITY), policy(), Actor::Citizen] {
            let story = inquired().by(actor).when(&command);
            story.then_refused(AccountabilityRefusal::NotInspector);
        }
    }
}

#[test]
fn an_inquiry_needs_something_to_inquire_into() {
    let open = |clock, reason: &str| {
        AccountabilityCommand::OpenInquiry(OpenInquiry {
            failure: None,
            clock,
            reason: reason.into(),
        })
    };
    let unknown = Some(ClockId::new(Obligation::Review, 9));
    Scenario::<Accountability>::new()
        .by(inspector())
        .when(&open(None, "理由"))
        .then_refused(AccountabilityRefusal::NotFound);
    let story = inquired()
        .when(&open(unknown, "理由"))
        .then_refused(AccountabilityRefusal::UnknownClock);
    let story = story
        .when(&open(None, " "))
        .then_refused(AccountabilityRefusal::ReasonMissing);
    let story = story
        .when(&open(Some(first()), "理由"))
        .then_refused(AccountabilityRefusal::InquiryAlreadyOpen);
    let story = story.when(&open(None, "理由")).then_done();
    assert_eq!(story.state().inquiries[1].number, 2);
}

#[test]
fn a_decision_names_its_subject_and_its_basis() {
    let wrong = [
        (
            DecideInquiry {
                name: String::new(),
                ..a_decision()
            },
            AccountabilityRefusal::NameMissing,
        ),
        (
            DecideInquiry {
                basis: String::new(),
                ..a_decision()
            },
            AccountabilityRefusal::BasisMissing,
        ),
        (
            DecideInquiry {
                decision: String::new(),
                ..a_decision()
            },
            AccountabilityRefusal::DecisionMissing,
        ),
        (
            DecideInquiry {
                person: Some(StaffId::of("nobody")),
                ..a_decision()
            },
            AccountabilityRefusal::UnknownPerson,
        ),
        (
            DecideInquiry {
                against: Accountable::Operator,
                ..a_decision()
            },
            AccountabilityRefusal::NotAnOfficial,
        ),
        (
            DecideInquiry {
                inquiry: 2,
                ..a_decision()
            },
            AccountabilityRefusal::UnknownInquiry,
        ),
    ];
    for (command, refusal) in wrong {
        inquired().when(&decide(command)).then_refused(refusal);
    }
}

#[test]
fn an_inquiry_is_closed_once_after_a_decision_and_with_a_note() {
    let mute = AccountabilityCommand::CloseInquiry(CloseInquiry {
        inquiry: 1,
        note: String::new(),
    });
    let story = inquired()
        .when(&close(1))
        .then_refused(AccountabilityRefusal::NotDecided);
    let story = story
        .when(&close(2))
        .then_refused(AccountabilityRefusal::UnknownInquiry);
    let story = story.when(&decide(a_decision())).then_done();
    let story = story.when(&mute).then_refused(AccountabilityRefusal::NoteMissing);
    let story = story.when(&close(1)).then_done();
    let story = story
        .when(&close(1))
        .then_refused(AccountabilityRefusal::InquiryIsClosed);
    story
        .when(&decide(a_decision()))
        .then_refused(AccountabilityRefusal::InquiryIsClosed);
}

#[test]
fn an_inquiry_has_a_clock_of_its_own_and_silences_the_undone_work_only_until_then() {
    let story = inquired();
    let clock = |story: &Scenario<Accountability>| {
        let state = story.state();
        state
            .clock(&ClockId::new(Obligation::Inquiry, 1))
            .expect("the clock")
            .clone()
    };
    let (unit, due) = (clock(&story).unit, clock(&story).due);
    assert_eq!(
        (unit, due),
        (UnitCode::of(sample::DISCIPLINE), at("2020-07-30T15:59:59Z"))
    );
    // Six weeks in which nobody hears of the inspection again.
    let story = story.by(policy()).at("2020-07-30T15:59:58Z").when(&fire());
    let story = story.then_done();
    assert_eq!(rungs(&story).len(), Rung::ALL.len());
    let story = story.at("2020-07-31T01:00:00Z").when(&fire()).then_done();
    assert!(clock(&story).is_missed());
    assert_eq!(
        rungs(&story).last(),
        Some(&(Rung::Referral, 1)),
        "the undone work is heard of again"
    );
}

#[test]
fn closing_an_inquiry_stops_its_clock() {
    let story = inquired().when(&decide(a_decision())).then_done();
    let story = story.when(&close(1)).then([
        AccountabilityEvent::ClockStopped {
            clock: ClockId::new(Obligation::Inquiry, 1),
            by: StopReason::Fulfilled,
            at: at(REFERRAL),
        },
        AccountabilityEvent::InquiryClosed {
            inquiry: 1,
            note: "已送达本人".into(),
        },
    ]);
    assert!(
        !story
            .state()
            .running_clocks()
            .any(|clock| clock.obligation == Obligation::Inquiry)
    );
}

#[test]
fn an_inquiry_of_a_failure_stands_with_it_once_and_keeps_its_closing_words() {
    let failed = AccountabilityCommand::RecordFailure(RecordFailure {
        subject: case(),
        kind: FailureKind::Relapse,
        cause: "disposal-7#12".into(),
        unit: township(),
        persons: vec![],
        note: "设备重新进场".into(),
    });
    let open = |failure| {
        AccountabilityCommand::OpenInquiry(OpenInquiry {
            failure: Some(failure),
            clock: None,
            reason: "查明监管责任".into(),
        })
    };
    let story = Scenario::<Accountability>::new()
        .by(policy())
        .when(&failed)
        .then_done();
    let story = story.by(inspector()).when(&open(2));
    let story = story.then_refused(AccountabilityRefusal::UnknownFailure);
    let story = story.when(&open(1)).then_done();
    let story = story
        .when(&open(1))
        .then_refused(AccountabilityRefusal::InquiryAlreadyOpen);
    let story = story.when(&decide(a_decision())).then_done();
    let story = story.when(&close(1)).then_done();
    let inquiry = story.state().inquiries[0].clone();
    assert_eq!(
        (inquiry.failure, inquiry.closing_note.as_deref()),
        (Some(1), Some("已送达本人"))
    );
    // What has been closed may be looked into once more.
    story.when(&open(1)).then_done();
}
