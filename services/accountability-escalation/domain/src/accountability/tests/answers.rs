//! Explanations and their judgement.

use super::*;
use crate::{DecideInquiry, JudgeExplanation, SubmitExplanation};

pub(super) fn explain(rung: Rung) -> AccountabilityCommand {
    AccountabilityCommand::SubmitExplanation(SubmitExplanation {
        clock: first(),
        rung,
        text: "汛期道路中断，次日补查。".into(),
    })
}
pub(super) fn judge(rung: Rung, accepted: bool) -> AccountabilityCommand {
    AccountabilityCommand::JudgeExplanation(JudgeExplanation {
        clock: first(),
        rung,
        accepted,
        note: "有水利部门证明。".into(),
    })
}

#[test]
fn the_addressed_person_explains_and_the_level_above_judges() {
    let story = referred().by(leader(sample::TOWNSHIP));
    let story = story.when(&explain(Rung::SupervisionOrder)).then_done();
    let explained = |step: &&Step| !step.explanations.is_empty();
    let step = the_clock(&story)
        .steps
        .iter()
        .find(explained)
        .cloned()
        .expect("a step");
    assert_eq!(
        (step.rung, step.escalation.deadline),
        (Rung::SupervisionOrder, at(DUE))
    );
    assert_eq!(step.explanations[0].text, "汛期道路中断，次日补查。");
    assert_eq!(story.state().awaiting_judgement().count(), 1);
    let story = story.by(leader(sample::COUNTY));
    let story = story.when(&judge(Rung::SupervisionOrder, true)).then_done();
    let step = the_clock(&story)
        .steps
        .iter()
        .find(explained)
        .cloned()
        .expect("a step");
    let judged = step.explanations[0].judged.clone().expect("judged");
    assert_eq!(
        (judged.accepted, judged.note.as_str()),
        (true, "有水利部门证明。")
    );
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
        sample::acting(Role::Supervisor, sample::COUNTY),
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

/// A deputy or the office beside it is no level above.
#[test]
fn a_unit_is_not_judged_by_itself_or_by_its_own_office() {
    let explained = |unit: &str| {
        let command = StartClock {
            unit: Some(UnitCode::of(unit)),
            ..an_inspection()
        };
        let story = Scenario::<Accountability>::new()
            .by(policy())
            .when(&start(command))
            .then_done();
        let story = story.at(REFERRAL).when(&fire()).then_done();
        let story = story.by(leader(unit)).when(&explain(Rung::Reminder));
        story.then_done()
    };
    let deputy = Actor::staff(StaffId::of("deputy"), UnitCode::of(sample::OFFICE), Role::Leader);
    let judgement = judge(Rung::Reminder, true);
    for (unit, actor) in [(sample::OFFICE, deputy), (sample::CITY, leader(sample::OFFICE))] {
        let story = explained(unit).by(actor).when(&judgement);
        story.then_refused(AccountabilityRefusal::NotAJudge);
    }
    let office = explained(sample::OFFICE).by(leader(sample::CITY));
    office.when(&judgement).then_done();
}

/// A colleague of the same group would judge why the group was late.
#[test]
fn a_supervision_group_is_not_judged_within_it() {
    let group = UnitCode::of(sample::SUPERVISION);
    let command = StartClock {
        unit: Some(group.clone()),
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(command)).then_done();
    let story = story.at(REFERRAL).when(&fire()).then_done();
    let story = story
        .by(leader(sample::SUPERVISION))
        .when(&explain(Rung::Reminder));
    let story = story.then_done();
    let colleague = Actor::staff(StaffId::of("supervisor-two"), group, Role::Supervisor);
    let story = story.by(colleague).when(&judge(Rung::Reminder, true));
    let story = story.then_refused(AccountabilityRefusal::NotAJudge);
    let story = story.by(leader(sample::CITY)).when(&judge(Rung::Reminder, true));
    story.then_done();
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
