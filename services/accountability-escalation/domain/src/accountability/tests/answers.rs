//! Explanations, their judgement, inquiries and their decisions.

use super::*;
use crate::{CloseInquiry, DecideInquiry, JudgeExplanation, OpenInquiry, SubmitExplanation};

fn explain(rung: Rung) -> AccountabilityCommand {
    AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: first(),
        rung,
        text: "汛期道路中断，次日补查。".into(),
    })
}
fn judge(rung: Rung, accepted: bool) -> AccountabilityCommand {
    AccountabilityCommand::JudgeExplanation(JudgeExplanation {
        clock: first(),
        rung,
        accepted,
        note: "有水利部门证明。".into(),
    })
}
fn inspector() -> Actor {
    sample::acting(Role::Inspector, sample::DISCIPLINE)
}
/// Everything up to the referral was reached.
fn referred() -> Scenario<Accountability> {
    fired_at(REFERRAL)
}
fn inquired() -> Scenario<Accountability> {
    let open = AccountabilityCommand::OpenInquiry(OpenInquiry {
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
fn the_addressed_person_explains_and_the_level_above_judges() {
    let story = referred().by(leader(sample::TOWNSHIP));
    let story =
        story
            .when(&explain(Rung::SupervisionOrder))
            .then([AccountabilityEvent::ExplanationSubmitted {
                clock: first(),
                deadline: at(DUE),
                rung: Rung::SupervisionOrder,
                repetition: 0,
                text: "汛期道路中断，次日补查。".into(),
            }]);
    assert_eq!(story.state().awaiting_judgement().count(), 1);
    let story = story.by(leader(sample::COUNTY));
    let story =
        story
            .when(&judge(Rung::SupervisionOrder, true))
            .then([AccountabilityEvent::ExplanationJudged {
                clock: first(),
                deadline: at(DUE),
                rung: Rung::SupervisionOrder,
                repetition: 0,
                accepted: true,
                note: "有水利部门证明。".into(),
            }]);
    assert_eq!(story.state().awaiting_judgement().count(), 0);
}

#[test]
fn who_owes_an_explanation_gives_it() {
    let owed = [
        (Rung::Reminder, sample::TOWNSHIP),
        (Rung::SupervisionOrder, sample::TOWNSHIP),
        (Rung::Interview, sample::COUNTY),
        (Rung::Criticism, sample::COUNTY),
        // A referral goes to the inspectors; the township explains itself.
        (Rung::Referral, sample::TOWNSHIP),
    ];
    for (rung, unit) in owed {
        let others = [sample::OTHER_TOWNSHIP, sample::VILLAGE, sample::OFFICE];
        for other in others.map(leader).into_iter().chain([
            sample::acting(Role::Dispatcher, unit),
            Actor::Citizen,
            policy(),
        ]) {
            let story = referred().by(other).when(&explain(rung));
            story.then_refused(AccountabilityRefusal::NotAddressed);
        }
        referred().by(leader(unit)).when(&explain(rung)).then_done();
    }
}

#[test]
fn an_explanation_needs_words_a_clock_and_a_rung_that_was_reached() {
    let mute = AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: first(),
        rung: Rung::Reminder,
        text: " ".into(),
    });
    let endless = AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: first(),
        rung: Rung::Reminder,
        text: "长".repeat(2001),
    });
    let unknown = AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: ClockId::new(Obligation::Review, 9),
        rung: Rung::Reminder,
        text: "说明".into(),
    });
    let story = fired_at(DUE).by(leader(sample::TOWNSHIP));
    let story = story.when(&mute).then_refused(AccountabilityRefusal::TextMissing);
    let story = story.when(&endless).then_refused(AccountabilityRefusal::TooLong);
    let story = story
        .when(&unknown)
        .then_refused(AccountabilityRefusal::UnknownClock);
    story
        .when(&explain(Rung::SupervisionOrder))
        .then_refused(AccountabilityRefusal::NothingToExplain);
}

#[test]
fn one_explanation_at_a_time_and_another_after_a_rejection() {
    let story = referred().by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(Rung::Reminder)).then_done();
    let story = story
        .when(&explain(Rung::Reminder))
        .then_refused(AccountabilityRefusal::AlreadyExplained);
    let story = story.by(leader(sample::COUNTY));
    let story = story.when(&judge(Rung::Reminder, false)).then_done();
    let story = story
        .when(&judge(Rung::Reminder, true))
        .then_refused(AccountabilityRefusal::NothingToJudge);
    let story = story.by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(Rung::Reminder)).then_done();
    let story = story.by(leader(sample::COUNTY));
    let story = story.when(&judge(Rung::Reminder, true)).then_done();
    let story = story.by(leader(sample::TOWNSHIP));
    story
        .when(&explain(Rung::Reminder))
        .then_refused(AccountabilityRefusal::AlreadyExplained);
}

#[test]
fn only_the_level_above_supervisors_and_inspectors_judge() {
    let explained = || {
        let story = referred().by(leader(sample::TOWNSHIP));
        story.when(&explain(Rung::SupervisionOrder)).then_done()
    };
    let may_not = [
        leader(sample::OTHER_TOWNSHIP),
        leader(sample::OTHER_COUNTY),
        leader(sample::COUNTY_ECOLOGY),
        leader(sample::VILLAGE),
        sample::acting(Role::Handler, sample::COUNTY),
        policy(),
        Actor::Citizen,
    ];
    for actor in may_not {
        let story = explained().by(actor).when(&judge(Rung::SupervisionOrder, true));
        story.then_refused(AccountabilityRefusal::NotAJudge);
    }
    let may = [
        leader(sample::COUNTY),
        leader(sample::CITY),
        leader(sample::OFFICE),
        sample::acting(Role::Supervisor, sample::SUPERVISION),
        inspector(),
    ];
    for actor in may {
        let story = explained().by(actor).when(&judge(Rung::SupervisionOrder, true));
        story.then_done();
    }
}

#[test]
fn nobody_judges_an_explanation_of_their_own() {
    let story = referred().by(leader(sample::COUNTY));
    let story = story.when(&explain(Rung::Interview)).then_done();
    let story = story
        .when(&judge(Rung::Interview, true))
        .then_refused(AccountabilityRefusal::JudgesOwn);
    story
        .by(leader(sample::OFFICE))
        .when(&judge(Rung::Interview, true))
        .then_done();
}

#[test]
fn a_judgement_gives_its_reason_and_names_a_clock() {
    let mute = AccountabilityCommand::JudgeExplanation(JudgeExplanation {
        clock: first(),
        rung: Rung::Reminder,
        accepted: true,
        note: String::new(),
    });
    let unknown = AccountabilityCommand::JudgeExplanation(JudgeExplanation {
        clock: ClockId::new(Obligation::Review, 9),
        rung: Rung::Reminder,
        accepted: true,
        note: "可".into(),
    });
    let story = referred().by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(Rung::Reminder)).then_done();
    let story = story.by(leader(sample::COUNTY));
    let story = story.when(&mute).then_refused(AccountabilityRefusal::NoteMissing);
    story
        .when(&unknown)
        .then_refused(AccountabilityRefusal::UnknownClock);
}

#[test]
fn after_a_referral_only_inspectors_judge() {
    let story = referred().by(leader(sample::TOWNSHIP));
    let mut story = story.when(&explain(Rung::Referral)).then_done();
    let supervisor = sample::acting(Role::Supervisor, sample::SUPERVISION);
    for actor in [supervisor, leader(sample::COUNTY)] {
        story = story
            .by(actor)
            .when(&judge(Rung::Referral, true))
            .then_refused(AccountabilityRefusal::NotAJudge);
    }
    story
        .by(inspector())
        .when(&judge(Rung::Referral, true))
        .then_done();
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
fn what_people_send_is_read_from_json_and_unknown_fields_are_refused() {
    let command: SubmitExplanation = serde_json::from_str(
        r#"{"clock":"first_inspection#1","rung":"supervision_order","text":"汛期道路中断"}"#,
    )
    .expect("a command");
    assert_eq!((command.clock, command.rung), (first(), Rung::SupervisionOrder));
    let strange = r#"{"clock":"first_inspection#1","rung":"reminder","text":"a","due":"2021-01-01"}"#;
    assert!(serde_json::from_str::<SubmitExplanation>(strange).is_err());
    let decision = r#"{"inquiry":1,"against":"landlord","name":"某","basis":"第五条","decision":"移送"}"#;
    assert!(serde_json::from_str::<DecideInquiry>(decision).is_ok());
}
