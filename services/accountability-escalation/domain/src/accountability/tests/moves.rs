//! A deadline moves by a granted extension or a corrected calendar, and by nothing else.

use super::*;
use jurisdiction::YearCalendar;

#[test]
fn an_unknown_clock_is_neither_stopped_nor_moved() {
    let unknown = Which::Clock(ClockId::new(Obligation::Review, 9));
    let stop = AccountabilityCommand::StopClock(StopClock {
        which: unknown.clone(),
        by: StopReason::Fulfilled,
        at: at(MONDAY),
    });
    let shift = AccountabilityCommand::MoveClock(MoveClock {
        which: unknown,
        by: Move::CalendarChange,
    });
    let story = running()
        .when(&stop)
        .then_refused(AccountabilityRefusal::UnknownClock);
    story
        .when(&shift)
        .then_refused(AccountabilityRefusal::UnknownClock);
}

#[test]
fn an_extension_moves_the_clock_and_only_before_expiry() {
    let extension = |to: &str, granted: &str| {
        shift(Move::Extension {
            to: at(to),
            granted: at(granted),
        })
    };
    let (later, before) = ("2020-06-12T15:59:59Z", "2020-06-03T01:00:00Z");
    let story = running()
        .when(&extension(MONDAY, before))
        .then_refused(AccountabilityRefusal::MovedBackwards);
    let story = story
        .when(&extension(later, "2020-06-05T01:00:00Z"))
        .then_refused(AccountabilityRefusal::ExtensionTooLate);
    let story = story
        .when(&extension(later, before))
        .then([AccountabilityEvent::ClockMoved {
            clock: first(),
            from: at(DUE),
            to: at(later),
            reason: MoveReason::Extension { granted: at(before) },
        }]);
    let story = story.when(&extension(later, before)).then_nothing();
    assert_eq!(next_due(&story), Some(at(later)));
}

#[test]
fn an_extension_granted_in_time_but_heard_of_late_undoes_the_miss() {
    let extension = shift(Move::Extension {
        to: at("2020-06-12T15:59:59Z"),
        granted: at("2020-06-03T01:00:00Z"),
    });
    let story = fired_at("2020-06-05T01:00:00Z").when(&extension).then_done();
    assert!(!the_clock(&story).is_missed());
    assert_eq!(story.state().awaiting_explanation().count(), 0);
    let story = story.at("2020-06-12T16:00:00Z").when(&fire()).then_done();
    assert!(the_clock(&story).is_missed());
    assert_eq!(story.state().awaiting_explanation().count(), 1);
}

/// Fault of comparable systems: deadlines that ignore holidays, or know no make-up workdays.
#[test]
fn the_october_holiday_and_its_make_up_workdays_count_in_deadline_and_ladder() {
    let monday = StartClock {
        started: at("2020-09-25T02:00:00Z"),
        ..an_inspection()
    };
    // Friday 25 September: Sunday the 27th is worked, so three working days end on Tuesday the 29th.
    let story = Scenario::<Accountability>::new()
        .by(policy())
        .jurisdiction(|jurisdiction| jurisdiction.calendar.set_year(2020, october()))
        .when(&start(monday))
        .then_done();
    assert_eq!(the_clock(&story).due, at("2020-09-29T15:59:59Z"));
    let story = story.at("2020-10-31T01:00:00Z").when(&fire()).then_done();
    let reached: Vec<_> = the_clock(&story)
        .steps
        .iter()
        .map(|step| step.escalation.reached)
        .collect();
    let expected = [
        "2020-09-29T15:59:59Z", // at once
        "2020-09-30T15:59:59Z", // +1: Wednesday
        "2020-10-10T15:59:59Z", // +3: Friday the 9th, worked Saturday the 10th
        "2020-10-13T15:59:59Z", // +5
        "2020-10-20T15:59:59Z", // +10
    ];
    assert_eq!(reached, expected.map(at));
}

#[test]
fn a_calendar_correction_moves_running_clocks_by_a_fact() {
    let started = StartClock {
        started: at("2020-09-30T02:00:00Z"),
        ..an_inspection()
    };
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&start(started)).then_done();
    assert_eq!(the_clock(&story).due, at("2020-10-05T15:59:59Z"));
    let story = story
        .when(&shift(Move::CalendarChange))
        .then_nothing()
        .jurisdiction(|jurisdiction| {
            jurisdiction.calendar.set_year(2020, october());
            // A limit that is shortened meanwhile does not touch what was allowed.
            let one_day = Limit::WorkingDays(1);
            let limits = jurisdiction::ObligationLimits {
                normal: one_day,
                urgent: one_day,
            };
            jurisdiction.limits.set(Obligation::FirstInspection, limits);
        })
        .at("2020-09-30T03:00:00Z")
        .when(&shift(Move::CalendarChange))
        .then([AccountabilityEvent::ClockMoved {
            clock: first(),
            from: at("2020-10-05T15:59:59Z"),
            to: at("2020-10-12T15:59:59Z"),
            reason: MoveReason::CalendarChange,
        }]);
    story.when(&shift(Move::CalendarChange)).then_nothing();
}

#[test]
fn a_calendar_correction_does_not_undo_what_was_missed_on_either_calendar() {
    fired_at("2020-06-10T01:00:00Z")
        .jurisdiction(|jurisdiction| {
            let calendar = YearCalendar {
                holidays: [jiff::civil::Date::constant(2020, 6, 2)].into(),
                ..YearCalendar::default()
            };
            jurisdiction.calendar.set_year(2020, calendar);
        })
        .when(&shift(Move::CalendarChange))
        .then_nothing();
}

#[test]
fn an_agreed_date_is_not_touched_by_the_calendar() {
    let extension = shift(Move::Extension {
        to: at("2020-06-12T15:59:59Z"),
        // The last instant at which it can be granted.
        granted: at(DUE),
    });
    let story = running().at(DUE).when(&extension).then_done();
    story.when(&shift(Move::CalendarChange)).then_nothing();
}

fn october() -> YearCalendar {
    let day = |day| jiff::civil::Date::constant(2020, 10, day);
    YearCalendar {
        holidays: (1..=8).map(day).collect(),
        make_up_workdays: [jiff::civil::Date::constant(2020, 9, 27), day(10)].into(),
    }
}
