//! What is taken away and comes back has the time that was left, and no more.

use super::clocks::{again, other_township};
use super::*;

#[test]
fn reassignment_back_and_forth_gives_no_new_time() {
    // Monday to Wednesday: of three working days one is left.
    let story = running()
        .at("2020-06-03T01:00:00Z")
        .when(&stop(StopReason::Withdrawn, "2020-06-03T01:00:00Z"))
        .then_done();
    let story = story
        .when(&again(&other_township(), 2, "2020-06-03T01:00:00Z"))
        .then_done();
    let second = ClockId::new(Obligation::FirstInspection, 2);
    // A unit that has it for the first time has the full limit.
    assert_eq!(
        story.state().clock(&second).expect("the clock").due,
        at("2020-06-08T15:59:59Z")
    );
    let withdraw = AccountabilityCommand::StopClock(StopClock {
        which: Which::Clock(second),
        by: StopReason::Withdrawn,
        at: at("2020-06-08T01:00:00Z"),
        fact: Uuid::nil(),
    });
    let story = story.at("2020-06-08T01:00:00Z").when(&withdraw).then_done();
    let story = story
        .when(&again(&township(), 3, "2020-06-08T01:00:00Z"))
        .then_done();
    assert_eq!(next_due(&story), Some(at("2020-06-09T15:59:59Z")));
}

fn sent_back(number: u8, since: &str) -> AccountabilityCommand {
    match again(&township(), number, since) {
        AccountabilityCommand::StartClock(again) => {
            AccountabilityCommand::ResumeClock(ResumeClock { again, of: None })
        }
        other => other,
    }
}

/// Any photo on the last day, and the limit would begin anew.
#[test]
fn what_is_handed_in_and_sent_back_gains_no_time() {
    let handed_in = "2020-06-03T01:00:00Z";
    let story = running().at(handed_in);
    let story = story.when(&stop(StopReason::Fulfilled, handed_in)).then_done();
    let refused = "2020-06-05T01:00:00Z";
    let story = story.at(refused).when(&sent_back(2, refused)).then_done();
    // Of three working days one was left: Monday.
    assert_eq!(next_due(&story), Some(at("2020-06-08T15:59:59Z")));
    // Handed in and sent back once more, it is the same day that is left, until it has been missed.
    let handed_in = "2020-06-08T01:00:00Z";
    let second = AccountabilityCommand::StopClock(StopClock {
        which: Which::Clock(ClockId::new(Obligation::FirstInspection, 2)),
        by: StopReason::Fulfilled,
        at: at(handed_in),
        fact: Uuid::nil(),
    });
    let story = story.at(handed_in).when(&second).then_done();
    let story = story.when(&sent_back(3, handed_in)).then_done();
    assert_eq!(next_due(&story), Some(at("2020-06-08T15:59:59Z")));
}

/// Handed in late and not good enough either: it is as late as it was, and climbs on.
#[test]
fn what_was_late_and_is_sent_back_is_late() {
    let late = "2020-06-05T01:00:00Z";
    let story = running().at(late);
    let story = story.when(&stop(StopReason::Fulfilled, late)).then_done();
    assert!(the_clock(&story).is_missed());
    let refused = "2020-06-08T01:00:00Z";
    let story = story.at(refused).when(&sent_back(2, refused)).then_done();
    let clock = the_clock(&story);
    assert!(clock.is_running() && clock.is_missed());
    assert_eq!(clock.due, at("2020-06-04T15:59:59Z"));
}

/// Taken away before the October holiday and given back in the middle of it: the working days that were left are left.
#[test]
fn what_comes_back_over_the_october_holiday_has_the_working_days_that_were_left() {
    let october = |jurisdiction: &mut jurisdiction::Jurisdiction| {
        jurisdiction.calendar.set_year(2020, super::moves::october());
    };
    let monday = StartClock {
        started: at("2020-09-28T01:00:00Z"),
        ..an_inspection()
    };
    let (taken, back) = ("2020-09-29T01:00:00Z", "2020-10-03T01:00:00Z");
    let story = Scenario::<Accountability>::new()
        .by(policy())
        .jurisdiction(october);
    let story = story.at("2020-09-28T01:00:00Z").when(&start(monday)).then_done();
    // Tuesday and Wednesday, and then Friday the 9th.
    assert_eq!(the_clock(&story).due, at("2020-10-09T15:59:59Z"));
    let story = story
        .at(taken)
        .when(&stop(StopReason::Withdrawn, taken))
        .then_done();
    let story = story.at(back).when(&again(&township(), 2, back)).then_done();
    let second = story.state().clocks[1].clone();
    // Friday the 9th and Saturday the 10th, which is worked.
    assert_eq!(
        (second.due, second.limit),
        (at("2020-10-10T15:59:59Z"), Some(Limit::WorkingDays(2)))
    );
    // And a correction of the calendar moves what is left as it moves everything else.
    let story = story.jurisdiction(|jurisdiction| {
        let mut corrected = super::moves::october();
        corrected.make_up_workdays.clear();
        jurisdiction.calendar.set_year(2020, corrected);
    });
    let all = AccountabilityCommand::MoveClock(MoveClock {
        which: Which::All,
        by: Move::CalendarChange,
    });
    let story = story.when(&all).then_done();
    assert_eq!(story.state().clocks[1].due, at("2020-10-12T15:59:59Z"));
}

#[test]
fn hours_that_were_left_go_on_as_hours() {
    let urgent = |number, started| StartClock {
        clock: ClockId::new(Obligation::FirstInspection, number),
        urgency: Urgency::Urgent,
        started: at(started),
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(urgent(1, MONDAY))).then_done();
    let taken = "2020-06-01T05:00:00Z";
    let story = story
        .at(taken)
        .when(&stop(StopReason::Withdrawn, taken))
        .then_done();
    let back = "2020-06-06T05:00:00Z";
    let story = story.at(back).when(&start(urgent(2, back))).then_done();
    let second = story.state().clocks[1].clone();
    assert_eq!((second.due, second.limit), (at("2020-06-07T01:00:00Z"), None));
}

/// Measures go along with the disposal: taken from whom the case is about, they go on with whoever gets it.
#[test]
fn measures_that_rest_go_on_with_another_unit_in_the_time_that_was_left() {
    let begin = |unit: &jurisdiction::UnitCode, number: u32, from: &str| {
        start(StartClock {
            clock: ClockId::new(Obligation::SafetyPlan, number),
            obligation: Obligation::SafetyPlan,
            unit: Some(unit.clone()),
            started: at(from),
            ..an_inspection()
        })
    };
    let rests = AccountabilityCommand::StopClock(StopClock {
        which: Which::Of {
            obligation: Obligation::SafetyPlan,
            unit: None,
        },
        by: StopReason::Withdrawn,
        at: at("2020-06-03T01:00:00Z"),
        fact: Uuid::nil(),
    });
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&begin(&township(), 1, MONDAY)).then_done();
    let story = story.at("2020-06-03T01:00:00Z").when(&rests).then_done();
    let back = "2020-06-10T01:00:00Z";
    let story = story
        .at(back)
        .when(&begin(&other_township(), 2, back))
        .then_done();
    // Of Monday to Thursday one working day was left.
    let due = |number: u32| {
        let state = story.state();
        let clock = state.clock(&ClockId::new(Obligation::SafetyPlan, number));
        clock.expect("the clock").due
    };
    assert_eq!((due(1), due(2)), (at(DUE), at("2020-06-11T15:59:59Z")));
}

/// Two results of one township, each with a clock of its own.
fn to_sign(report: u8, since: &str) -> StartClock {
    StartClock {
        clock: ClockId::new(Obligation::Review, report),
        subject: Subject::Unit(township()),
        obligation: Obligation::Review,
        started: at(since),
        what: format!("第 {report} 份结果上报签字"),
        ..an_inspection()
    }
}
fn signed(number: u8, instant: &str) -> AccountabilityCommand {
    AccountabilityCommand::StopClock(StopClock {
        which: Which::Clock(ClockId::new(Obligation::Review, number)),
        by: StopReason::Fulfilled,
        at: at(instant),
        fact: Uuid::nil(),
    })
}
fn to_sign_again(number: u8, of: u8, since: &str) -> AccountabilityCommand {
    AccountabilityCommand::ResumeClock(ResumeClock {
        again: to_sign(number, since),
        of: Some(ClockId::new(Obligation::Review, of)),
    })
}

#[test]
fn a_report_that_is_sent_back_goes_on_in_its_own_time_and_not_in_that_of_another() {
    let (first_signed, second_signed) = ("2020-06-02T01:00:00Z", "2020-06-03T01:00:00Z");
    let story = Scenario::<Accountability>::new().by(policy()).at(MONDAY);
    let story = story.when(&start(to_sign(1, MONDAY))).then_done();
    let story = story.when(&start(to_sign(2, MONDAY))).then_done();
    let story = story.at(first_signed).when(&signed(1, first_signed)).then_done();
    let story = story
        .at(second_signed)
        .when(&signed(2, second_signed))
        .then_done();
    let returned = "2020-06-05T01:00:00Z";
    let story = story
        .at(returned)
        .when(&to_sign_again(3, 1, returned))
        .then_done();
    // Of three working days the first had two left: Monday and Tuesday. The second had one.
    assert_eq!(next_due(&story), Some(at("2020-06-09T15:59:59Z")));
}

/// It climbs on under its old name; whoever signs it at last stops it under the new one.
#[test]
fn a_report_that_was_late_and_is_sent_back_is_late_until_it_is_signed() {
    let late = "2020-06-05T01:00:00Z";
    let story = Scenario::<Accountability>::new().by(policy()).at(MONDAY);
    let story = story.when(&start(to_sign(1, MONDAY))).then_done();
    let story = story.at(late).when(&signed(1, late)).then_done();
    let returned = "2020-06-08T01:00:00Z";
    let story = story
        .at(returned)
        .when(&to_sign_again(3, 1, returned))
        .then_done();
    let clock = |story: &Scenario<Accountability>| {
        let again = ClockId::new(Obligation::Review, 3);
        story.state().clock(&again).expect("the clock").clone()
    };
    assert!(clock(&story).is_running() && clock(&story).is_missed());
    let at_last = "2020-06-09T01:00:00Z";
    let story = story.at(at_last).when(&signed(3, at_last)).then_done();
    assert!(!clock(&story).is_running());
}
