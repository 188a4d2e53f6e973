//! Clocks start and stop by rule, and nothing resets them.

use super::*;

mod heard_again;

pub(super) fn other_township() -> UnitCode {
    UnitCode::of(sample::OTHER_TOWNSHIP)
}
pub(super) fn again(unit: &UnitCode, number: u8, started: &str) -> AccountabilityCommand {
    start(StartClock {
        clock: ClockId::new(Obligation::FirstInspection, number),
        unit: Some(unit.clone()),
        started: at(started),
        ..an_inspection()
    })
}

#[test]
fn a_clock_names_unit_person_limit_and_due_date() {
    Scenario::<Accountability>::new()
        .by(policy())
        .when(&start(an_inspection()))
        .then([AccountabilityEvent::ClockStarted {
            clock: first(),
            subject: case(),
            obligation: Obligation::FirstInspection,
            unit: township(),
            person: Some(StaffId::of("leader-321322102")),
            urgency: Urgency::Normal,
            started: at(MONDAY),
            limit: Some(Limit::WorkingDays(3)),
            due: at(DUE),
            what: "老砖瓦厂首次现场核查".into(),
            ladder: Some(jurisdiction::Ladder::default()),
        }]);
    assert_eq!(next_due(&running()), Some(at(DUE)));
}

#[test]
fn an_urgent_clock_counts_hours_and_a_fixed_date_is_kept() {
    let urgent = StartClock {
        urgency: Urgency::Urgent,
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(urgent)).then_done();
    assert_eq!(next_due(&story), Some(at("2020-06-02T01:00:00Z")));

    let fixed = StartClock {
        due: Some(at("2020-06-30T15:59:59Z")),
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(fixed)).then_done();
    assert_eq!(
        (the_clock(&story).due, the_clock(&story).limit),
        (at("2020-06-30T15:59:59Z"), None)
    );
}

/// Fault of comparable systems: complaints that nobody has been given have no clock.
#[test]
fn what_is_unassigned_has_a_clock_on_the_office() {
    let screening = StartClock {
        clock: ClockId::new(Obligation::ScreenTip, 1),
        subject: Subject::Tip(TipId::sample(3)),
        obligation: Obligation::ScreenTip,
        unit: None,
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(screening)).then_done();
    let story = story.at("2020-06-04T01:00:00Z").when(&fire()).then_done();
    let state = story.state();
    assert_eq!(state.clocks[0].unit, UnitCode::of(sample::OFFICE));
    assert!(state.clocks[0].is_missed());
    assert_eq!(state.clocks[0].steps.len(), 2);
}

#[test]
fn without_any_unit_in_the_directory_a_clock_has_nobody_to_run_on() {
    let nobody = StartClock {
        unit: None,
        ..an_inspection()
    };
    Scenario::<Accountability>::new()
        .by(policy())
        .jurisdiction(|jurisdiction| jurisdiction.units.clear())
        .when(&start(nobody))
        .then_refused(AccountabilityRefusal::NoDesk);
}

#[test]
fn only_policies_touch_clocks() {
    let failure = AccountabilityCommand::RecordFailure(RecordFailure {
        subject: case(),
        kind: FailureKind::Relapse,
        cause: "1".into(),
        unit: township(),
        persons: vec![],
        note: String::new(),
    });
    let commands = [
        start(an_inspection()),
        stop(StopReason::Fulfilled, DUE),
        shift(Move::CalendarChange),
        fire(),
        failure,
    ];
    for actor in [leader(sample::CITY), Actor::Citizen] {
        for command in &commands {
            let story = running().by(actor.clone()).when(command);
            story.then_refused(AccountabilityRefusal::NotAPolicy);
        }
    }
}

#[test]
fn a_stream_belongs_to_one_subject() {
    let other = StartClock {
        clock: ClockId::new(Obligation::Acknowledge, 1),
        subject: Subject::Case(CaseId::sample(8)),
        ..an_inspection()
    };
    running()
        .when(&start(other))
        .then_refused(AccountabilityRefusal::SubjectDiffers);
}

/// Fault of comparable systems: any edit measures the time anew.
#[test]
fn an_edit_does_not_reset_a_clock() {
    let story = running().at("2020-06-03T01:00:00Z");
    let story = story.when(&start(an_inspection())).then_nothing();
    // The same obligation of the same unit, started by another fact.
    let story = story
        .when(&again(&township(), 2, "2020-06-03T01:00:00Z"))
        .then_nothing();
    assert_eq!(next_due(&story), Some(at(DUE)));
}

#[test]
fn a_handover_changes_the_unit_and_keeps_the_deadline() {
    let to = Move::Reassigned {
        unit: other_township(),
        person: None,
    };
    let story = running()
        .when(&shift(to.clone()))
        .then([AccountabilityEvent::ClockMoved {
            clock: first(),
            from: at(DUE),
            to: at(DUE),
            reason: MoveReason::Reassigned {
                unit: other_township(),
                person: Some(StaffId::of("leader-321322103")),
                again: None,
            },
        }]);
    story.when(&shift(to)).then_nothing();
}

#[test]
fn what_was_missed_and_passed_on_keeps_its_ladder() {
    let late = "2020-06-10T01:00:00Z";
    let story = fired_at(late)
        .when(&stop(StopReason::Withdrawn, late))
        .then_done();
    let story = story.when(&again(&other_township(), 2, late)).then_done();
    let clock = the_clock(&story);
    let clocks = story.state().clocks;
    let inspections = clocks
        .iter()
        .filter(|clock| clock.obligation == Obligation::FirstInspection);
    assert_eq!(inspections.count(), 1);
    assert!(clock.is_running() && clock.is_missed());
    assert_eq!(
        (clock.unit, clock.misses[0].unit.clone()),
        (other_township(), township())
    );
    // The criticism comes when it would have come anyway.
    assert_eq!(next_due(&story), Some(at("2020-06-11T15:59:59Z")));
}

/// Two weeks in which it was nobody's climb no rung: on the day it comes back nobody is criticised for them.
#[test]
fn what_rested_after_it_was_missed_climbs_from_where_it_was() {
    let (late, back) = ("2020-06-10T01:00:00Z", "2020-06-24T01:00:00Z");
    let story = fired_at(late)
        .when(&stop(StopReason::Withdrawn, late))
        .then_done()
        .at(back);
    let story = story.when(&again(&other_township(), 2, back)).then_done();
    // One working day was left until the criticism when it was taken away.
    assert_eq!(next_of_the_work(&story), Some(at("2020-06-25T15:59:59Z")));
    let story = story.at("2020-06-25T16:00:00Z").when(&fire()).then_done();
    let reached = rungs(&story);
    assert_eq!(reached.last(), Some(&(Rung::Criticism, 0)));
}

#[test]
fn each_unit_acknowledges_for_itself() {
    let acknowledgement = |unit: UnitCode, number, started| {
        start(StartClock {
            clock: ClockId::new(Obligation::Acknowledge, number),
            obligation: Obligation::Acknowledge,
            unit: Some(unit),
            started: at(started),
            ..an_inspection()
        })
    };
    let late = "2020-06-04T01:00:00Z";
    let withdraw = AccountabilityCommand::StopClock(StopClock {
        which: Which::Of {
            obligation: Obligation::Acknowledge,
            unit: Some(township()),
        },
        by: StopReason::Withdrawn,
        at: at(late),
        fact: Uuid::nil(),
    });
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story
        .when(&acknowledgement(township(), 1, MONDAY))
        .then_done()
        .at(late)
        .when(&withdraw)
        .then_done();
    assert!(story.state().clocks[0].is_missed());
    let story = story
        .when(&acknowledgement(other_township(), 2, late))
        .then_done();
    let second = ClockId::new(Obligation::Acknowledge, 2);
    let second = story.state().clock(&second).expect("the clock").clone();
    assert_eq!(second.due, at("2020-06-05T15:59:59Z"));
}

#[test]
fn a_reopened_case_starts_afresh() {
    let ended = AccountabilityCommand::StopClock(StopClock {
        which: Which::All,
        by: StopReason::Ended,
        at: at("2020-06-02T01:00:00Z"),
        fact: Uuid::nil(),
    });
    let story = running().at("2020-06-02T01:00:00Z").when(&ended).then_done();
    assert_eq!(next_due(&story), None);
    // A repeated message from before the end starts nothing.
    let story = story.when(&again(&township(), 2, MONDAY)).then_nothing();
    let story = story
        .when(&again(&township(), 3, "2020-07-06T01:00:00Z"))
        .then_done();
    assert_eq!(next_due(&story), Some(at("2020-07-09T15:59:59Z")));
}

#[test]
fn obligations_of_a_unit_run_side_by_side() {
    let review = |number| {
        start(StartClock {
            clock: ClockId::new(Obligation::Review, number),
            subject: Subject::Unit(township()),
            obligation: Obligation::Review,
            ..an_inspection()
        })
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&review(1)).then_done().when(&review(2)).then_done();
    assert_eq!(story.state().running_clocks().count(), 2);
}

#[test]
fn done_in_time_has_no_consequences() {
    let story = running().at("2020-06-03T01:00:00Z");
    let story = story
        .when(&stop(StopReason::Fulfilled, "2020-06-03T01:00:00Z"))
        .then_done();
    let story = story
        .when(&stop(StopReason::Fulfilled, "2020-06-03T01:00:00Z"))
        .then_nothing();
    assert_eq!(next_due(&story), None);
    story.at("2020-09-01T01:00:00Z").when(&fire()).then_nothing();
}

#[test]
fn done_too_late_is_missed_even_if_nothing_had_fired() {
    let story = running().at("2020-06-10T01:00:00Z");
    let story = story
        .when(&stop(StopReason::Fulfilled, "2020-06-06T01:00:00Z"))
        .then_done();
    let clock = the_clock(&story);
    assert!(clock.is_missed());
    assert_eq!(rungs(&story), [(Rung::Reminder, 0), (Rung::SupervisionOrder, 0)]);
    assert_eq!(clock.stopped.expect("stopped").at, at("2020-06-06T01:00:00Z"));
    // Nothing more is to be done, but why it was late is to be explained.
    assert_eq!(next_due(&story), Some(at("2020-06-15T15:59:59Z")));
}

#[test]
fn timely_work_that_was_reported_late_is_not_late() {
    let story = fired_at("2020-06-10T01:00:00Z");
    assert!(the_clock(&story).is_missed());
    let story = story.when(&stop(StopReason::Fulfilled, DUE)).then_done();
    assert!(!the_clock(&story).is_missed());
    assert_eq!(story.state().awaiting_explanation().count(), 0);
    assert_eq!(next_due(&story), None);
}

#[test]
fn a_failure_is_recorded_once_with_those_who_answer_for_it() {
    let failure = AccountabilityCommand::RecordFailure(RecordFailure {
        subject: case(),
        kind: FailureKind::Concealment,
        cause: "case-7#9".into(),
        unit: township(),
        persons: vec![],
        note: "报“未发现”的点位后经确认属小化工".into(),
    });
    let story = Scenario::<Accountability>::new().by(policy());
    let explained_by = ClockId::new(Obligation::ExplainFailure, 1);
    let story = story.when(&failure).then([
        AccountabilityEvent::FailureRecorded {
            subject: case(),
            kind: FailureKind::Concealment,
            cause: "case-7#9".into(),
            unit: township(),
            persons: vec![StaffId::of("leader-321322102")],
            note: "报“未发现”的点位后经确认属小化工".into(),
            clock: Some(explained_by.clone()),
        },
        AccountabilityEvent::ClockStarted {
            clock: explained_by,
            subject: case(),
            obligation: Obligation::ExplainFailure,
            unit: township(),
            person: Some(StaffId::of("leader-321322102")),
            urgency: Urgency::Normal,
            started: at(MONDAY),
            limit: Some(Limit::WorkingDays(3)),
            due: at(DUE),
            what: "瞒报漏报：报“未发现”的点位后经确认属小化工".into(),
            ladder: Some(jurisdiction::Ladder::default()),
        },
    ]);
    story.when(&failure).then_nothing();
}

#[test]
fn nothing_is_done_in_the_future() {
    let story = running().at("2020-06-03T01:00:00Z");
    let story = story
        .when(&stop(StopReason::Fulfilled, "2020-06-30T01:00:00Z"))
        .then_done();
    let stopped = the_clock(&story).stopped.expect("stopped");
    assert_eq!(stopped.at, at("2020-06-03T01:00:00Z"));
}

/// Whatever is closed later waits for the same draw; the next one has a clock of its own.
#[test]
fn one_draw_is_announced_for_all_that_waits() {
    let group = Subject::Unit(UnitCode::of(sample::SUPERVISION));
    let waits = |number: u128, started: &str| {
        start(StartClock {
            clock: ClockId::new(Obligation::AnnounceDraw, number),
            subject: group.clone(),
            obligation: Obligation::AnnounceDraw,
            unit: Some(UnitCode::of(sample::SUPERVISION)),
            started: at(started),
            ..an_inspection()
        })
    };
    let announced = AccountabilityCommand::StopClock(StopClock {
        which: Which::Of {
            obligation: Obligation::AnnounceDraw,
            unit: None,
        },
        by: StopReason::Fulfilled,
        at: at("2020-06-03T01:00:00Z"),
        fact: Uuid::nil(),
    });
    let story = Scenario::<Accountability>::new()
        .by(policy())
        .at("2020-06-04T01:00:00Z");
    let story = story.when(&waits(1, MONDAY)).then_done();
    let story = story.when(&waits(2, "2020-06-02T01:00:00Z")).then_nothing();
    let story = story.when(&announced).then_done();
    assert_eq!(story.state().running_clocks().count(), 0);
    story.when(&waits(3, "2020-06-04T01:00:00Z")).then_done();
}
