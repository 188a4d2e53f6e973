//! Failures without a clock: they have to be explained in time, and the level above judges.

use super::*;
use crate::{ExplainFailure, JudgeFailure};

const TUESDAY: &str = "2020-06-02T01:00:00Z";

fn failed() -> Scenario<Accountability> {
    let failure = AccountabilityCommand::RecordFailure(RecordFailure {
        subject: case(),
        kind: FailureKind::Relapse,
        cause: "disposal-7#12".into(),
        unit: township(),
        persons: vec![StaffId::of("handler-321322102")],
        note: "设备重新进场".into(),
    });
    Scenario::new().by(policy()).when(&failure).then_done()
}
fn explain_as(number: u32, text: &str) -> AccountabilityCommand {
    AccountabilityCommand::ExplainFailure(ExplainFailure {
        failure: number,
        text: text.into(),
    })
}
fn explain() -> AccountabilityCommand {
    explain_as(1, "已恢复每周巡查")
}
fn judge(accepted: bool, note: &str) -> AccountabilityCommand {
    AccountabilityCommand::JudgeFailure(JudgeFailure {
        failure: 1,
        accepted,
        note: note.into(),
    })
}
fn explained() -> Scenario<Accountability> {
    failed()
        .by(leader(sample::TOWNSHIP))
        .at(TUESDAY)
        .when(&explain())
        .then_done()
}
fn clock() -> ClockId {
    ClockId::new(Obligation::ExplainFailure, 1)
}

/// The matter is over; why it went wrong is not.
#[test]
fn closing_the_case_excuses_nobody_from_explaining() {
    for which in [Which::All, Which::AllBut(Obligation::AnswerReferral)] {
        let over = AccountabilityCommand::StopClock(StopClock {
            which,
            by: StopReason::Ended,
            at: at(TUESDAY),
            fact: Uuid::nil(),
        });
        let story = failed().at(TUESDAY).when(&over).then_nothing();
        assert_eq!(next_due(&story), Some(at(DUE)));
    }
}

#[test]
fn the_unit_s_first_responsible_person_explains_and_the_level_above_judges() {
    let story = failed().by(leader(sample::TOWNSHIP)).at(TUESDAY);
    assert_eq!(next_due(&story), Some(at(DUE)));
    let story = story.when(&explain()).then_done();
    assert_eq!(
        stopped(&story, &clock()),
        Some((StopReason::Withdrawn, at(TUESDAY)))
    );
    assert_eq!(story.state().failures[0].answers[0].text, "已恢复每周巡查");
    assert_eq!(story.state().failures[0].standing(), "answered");
    let story = story.by(leader(sample::COUNTY)).at("2020-06-20T01:00:00Z");
    let story = story.when(&judge(true, "属实")).then_done();
    assert_eq!(
        stopped(&story, &clock()),
        Some((StopReason::Fulfilled, at(TUESDAY)))
    );
    assert_eq!(story.state().failures[0].standing(), "accepted");
    let story = story
        .when(&judge(true, "属实"))
        .then_refused(AccountabilityRefusal::NothingAnswered);
    let story = story.by(leader(sample::TOWNSHIP));
    story
        .when(&explain())
        .then_refused(AccountabilityRefusal::AlreadyAccepted);
}

#[test]
fn nobody_explains_is_itself_a_missed_deadline() {
    let story = failed().at(REFERRAL).when(&fire()).then_done();
    let state = story.state();
    let clock = state.clock(&clock()).expect("the clock");
    assert_eq!(
        clock.steps.iter().map(|step| step.rung).collect::<Vec<_>>(),
        Rung::ALL
    );
    assert_eq!(state.clocks.len(), 1, "silence about it is not asked about again");
}

/// Explained on Tuesday with two working days left, refused on Friday the 5th: until Tuesday.
#[test]
fn what_is_not_accepted_goes_on_with_the_working_days_that_were_left() {
    let story = explained().by(leader(sample::COUNTY)).at("2020-06-05T01:00:00Z");
    let story = story.when(&judge(false, "没有说明责任人")).then_done();
    assert_eq!(next_due(&story), Some(at("2020-06-09T15:59:59Z")));
    assert_eq!(story.state().failures[0].standing(), "returned");
    let story = story.by(leader(sample::TOWNSHIP));
    let story = story.when(&explain_as(1, "责任人为某某")).then_done();
    assert_eq!(story.state().failures[0].answers.len(), 2);
}

#[test]
fn an_explanation_is_of_the_unit_and_has_words() {
    let others = [
        leader(sample::OTHER_TOWNSHIP),
        leader(sample::COUNTY),
        sample::acting(Role::Dispatcher, sample::TOWNSHIP),
        // Whoever failed is not whoever answers for the unit.
        sample::acting(Role::Handler, sample::TOWNSHIP),
        policy(),
    ];
    for by in others {
        let story = failed().by(by).when(&explain());
        story.then_refused(AccountabilityRefusal::NotHeldAgainst);
    }
    let story = failed().by(leader(sample::TOWNSHIP));
    let story = story
        .when(&explain_as(2, "说明"))
        .then_refused(AccountabilityRefusal::UnknownFailure);
    let story = story
        .when(&explain_as(1, " "))
        .then_refused(AccountabilityRefusal::TextMissing);
    let story = story.when(&explain()).then_done();
    story
        .when(&explain())
        .then_refused(AccountabilityRefusal::AlreadyAnswered);
}

#[test]
fn nobody_judges_from_beside_or_below_or_in_his_own_cause() {
    for by in [
        leader(sample::OTHER_COUNTY),
        leader(sample::VILLAGE),
        sample::acting(Role::Handler, sample::COUNTY),
        policy(),
    ] {
        let story = explained().by(by).when(&judge(true, "属实"));
        story.then_refused(AccountabilityRefusal::NotAJudge);
    }
    let own = explained().when(&judge(true, "属实"));
    own.then_refused(AccountabilityRefusal::JudgesOwn);
    let supervisor = sample::acting(Role::Supervisor, sample::SUPERVISION);
    for by in [supervisor, inspector(), leader(sample::COUNTY)] {
        let story = explained().by(by);
        let story = story
            .when(&judge(true, " "))
            .then_refused(AccountabilityRefusal::NoteMissing);
        story.when(&judge(true, "属实")).then_done();
    }
}

#[test]
fn a_failure_outlives_the_case() {
    let over = AccountabilityCommand::StopClock(StopClock {
        which: Which::All,
        by: StopReason::Ended,
        at: at(TUESDAY),
        fact: Uuid::nil(),
    });
    failed().at(TUESDAY).when(&over).then_nothing();
}

/// Recorded before anybody was asked: it can be explained, and nobody is late.
#[test]
fn a_failure_from_before_explanations_were_asked_for_has_no_clock() {
    let old = AccountabilityEvent::FailureRecorded {
        subject: case(),
        kind: FailureKind::Relapse,
        cause: "1".into(),
        unit: township(),
        persons: vec![],
        note: "设备重新进场".into(),
        clock: None,
    };
    let mut state = AccountabilityState::default();
    let stamp = Stamp {
        at: at(MONDAY),
        by: policy(),
    };
    Accountability::evolve(&mut state, &old, &stamp);
    assert_eq!(state.next_due(&sample::suqian()), None);
    let (by, jurisdiction) = (leader(sample::TOWNSHIP), sample::suqian());
    let given = Given {
        at: at(TUESDAY),
        by: &by,
        jurisdiction: &jurisdiction,
    };
    let events = Accountability::decide(&state, &explain(), given).expect("explained");
    assert_eq!(events.len(), 1);
}

/// What it is about must be hidden from the township: the county owes the explanation, and only the county gives it.
#[test]
fn what_must_be_hidden_from_the_unit_is_explained_by_the_level_above() {
    let instead = AccountabilityCommand::MoveClock(MoveClock {
        which: Which::Of {
            obligation: Obligation::ExplainFailure,
            unit: Some(township()),
        },
        by: Move::Reassigned {
            unit: UnitCode::of(sample::COUNTY),
            person: None,
        },
    });
    let story = failed().when(&instead).then_done();
    let story = story
        .by(leader(sample::TOWNSHIP))
        .when(&explain())
        .then_refused(AccountabilityRefusal::NotHeldAgainst);
    let story = story.by(leader(sample::COUNTY)).when(&explain()).then_done();
    story
        .by(leader(sample::CITY))
        .when(&judge(true, "属实"))
        .then_done();
}
