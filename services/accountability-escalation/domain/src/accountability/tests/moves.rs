//! A deadline moves by a granted extension or a corrected calendar, and by nothing else.

use super::*;
use crate::{Moved, MovedBy};
use jurisdiction::YearCalendar;

#[test]
fn an_unknown_clock_is_neither_stopped_nor_moved() {
    let unknown = Which::Clock(ClockId::new(Obligation::Review, 9));
    let stop = AccountabilityCommand::StopClock(StopClock {
        which: unknown.clone(),
        by: StopReason::Fulfilled,
        at: at(MONDAY),
        fact: Uuid::nil(),
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
    let moved = Moved {
        from: at(DUE),
        to: at(later),
        why: MovedBy::Extension,
    };
    assert_eq!(the_clock(&story).moves, [moved]);
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
    let story = story.when(&shift(Move::CalendarChange)).then_nothing();
    let why: Vec<_> = the_clock(&story).moves.iter().map(|moved| moved.why).collect();
    assert_eq!(why, [MovedBy::CalendarChange]);
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

pub(super) fn october() -> YearCalendar {
    let day = |day| jiff::civil::Date::constant(2020, 10, day);
    YearCalendar {
        holidays: (1..=8).map(day).collect(),
        make_up_workdays: [jiff::civil::Date::constant(2020, 9, 27), day(10)].into(),
    }
}

#[test]
fn limits_and_ladder_of_a_later_date_do_not_touch_clocks_that_run() {
    let story = running().jurisdiction(|jurisdiction| {
        let longer = Limit::WorkingDays(60);
        let limits = jurisdiction::ObligationLimits {
            normal: longer,
            urgent: longer,
        };
        jurisdiction.limits.set(Obligation::FirstInspection, limits);
        jurisdiction.ladder = jurisdiction::Ladder {
            supervision_order_after: 100,
            interview_after: 100,
            criticism_after: 100,
            referral_after: 100,
            repeat_days: 365,
        };
    });
    let story = story.when(&shift(Move::CalendarChange)).then_nothing();
    let story = story.at(REFERRAL).when(&fire()).then_done();
    assert_eq!(rungs(&story), Rung::ALL.map(|rung| (rung, 0)));
    // What starts from now on has the new ones.
    let later = StartClock {
        clock: ClockId::new(Obligation::FirstInspection, 2),
        subject: case(),
        unit: Some(UnitCode::of(sample::OTHER_TOWNSHIP)),
        started: at(REFERRAL),
        ..an_inspection()
    };
    let state = story.when(&start(later)).then_done().state();
    let clock = state.clocks.last().expect("the new clock");
    assert_eq!(clock.limit, Some(Limit::WorkingDays(60)));
    assert_eq!(clock.ladder.as_ref().map(|ladder| ladder.repeat_days), Some(365));
}

#[test]
fn a_clock_from_before_ladders_were_kept_climbs_the_one_of_the_day() {
    let mut state = fired_at("2020-06-05T01:00:00Z").state();
    let mut jurisdiction = sample::suqian();
    jurisdiction.ladder.supervision_order_after = 4;
    assert_eq!(state.next_due(&jurisdiction), Some(at("2020-06-05T15:59:59Z")));
    state.clocks[0].ladder = None;
    assert_eq!(state.next_due(&jurisdiction), Some(at("2020-06-10T15:59:59Z")));
}

/// 沭阳 changes the head of the township while the clock runs.
fn rotated(story: Scenario<Accountability>) -> Scenario<Accountability> {
    story.jurisdiction(|jurisdiction| {
        let old = StaffId::of("leader-321322102");
        let mut successor = jurisdiction.staff.remove(&old).expect("the leader");
        successor.account = StaffId::of("leader-new");
        successor.name = "演示·继任镇长".into();
        jurisdiction.staff.insert(successor.account.clone(), successor);
    })
}

#[test]
fn an_official_who_rotates_keeps_what_was_missed_and_the_successor_gets_the_running_clock() {
    let reminded = running().at("2020-06-05T01:00:00Z").when(&fire()).then_done();
    let handed = rotated(reminded)
        .when(&shift(Move::HandedOver))
        .then([AccountabilityEvent::ClockMoved {
            clock: first(),
            from: at(DUE),
            to: at(DUE),
            reason: MoveReason::Reassigned {
                unit: township(),
                person: Some(StaffId::of("leader-new")),
                again: None,
            },
        }]);
    let handed = handed.when(&shift(Move::HandedOver)).then_nothing();
    assert!(the_clock(&handed).moves.is_empty(), "the date is the same");
    let clock = the_clock(&handed.at(REFERRAL).when(&fire()).then_done());
    assert_eq!(clock.misses.len(), 1, "a handover is no second chance");
    assert_eq!(clock.misses[0].person, Some(StaffId::of("leader-321322102")));
    let about: Vec<_> = clock
        .steps
        .iter()
        .map(|step| step.escalation.about.person.as_ref().map(StaffId::as_str))
        .collect();
    assert_eq!(
        about[0],
        Some("leader-321322102"),
        "the reminder was the predecessor's"
    );
    assert!(
        about[1..].iter().all(|person| *person == Some("leader-new")),
        "{about:?}"
    );
}

#[test]
fn a_vacant_post_changes_nothing_until_there_is_a_successor() {
    let vacant = running().jurisdiction(|jurisdiction| {
        jurisdiction.staff.remove(&StaffId::of("leader-321322102"));
    });
    vacant.when(&shift(Move::HandedOver)).then_nothing();
}
