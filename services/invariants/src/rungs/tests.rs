//! Ladders that hold, and ladders with a rung missing, early or out of turn.

use crate::Invariant::EveryMissedDeadlineHasItsRung;
use crate::story::{Story, clock_id, due_in};
use accountability_domain::{AccountabilityEvent, Addressee, Escalation, MoveReason, StopReason};
use jurisdiction::sample::TOWNSHIP;
use jurisdiction::{CaseId, Obligation::FirstInspection, Rung, Subject, UnitCode};

const CASE: Subject = Subject::Case(CaseId::sample(7));
const CLOCKS: &str = "accountability-7";

fn running() -> Story {
    Story::new().clock_started(CASE, FirstInspection, TOWNSHIP)
}
fn missed() -> Story {
    running().hours_later(72).record(
        CLOCKS,
        AccountabilityEvent::DeadlineMissed {
            clock: clock_id(FirstInspection, 1),
            due: due_in(72),
            unit: UnitCode::of(TOWNSHIP),
            person: None,
        },
    )
}
fn rung(rung: Rung, reached: i64) -> AccountabilityEvent {
    let unit = || Addressee {
        unit: UnitCode::of(TOWNSHIP),
        person: None,
        name: None,
    };
    let escalation = Escalation {
        clock: clock_id(FirstInspection, 1),
        deadline: due_in(72),
        repetition: 0,
        reached: due_in(reached),
        to: unit(),
        about: unit(),
        answer_due: due_in(reached + 72),
    };
    AccountabilityEvent::escalation(rung, escalation)
}

#[test]
fn a_clock_fires_when_it_is_due() {
    running().hours_later(71).holds(EveryMissedDeadlineHasItsRung);
    running()
        .hours_later(73)
        .breaks(EveryMissedDeadlineHasItsRung, "没有超期记录");
    missed().breaks(EveryMissedDeadlineHasItsRung, "没有催办");
    missed()
        .record(CLOCKS, rung(Rung::Reminder, 72))
        .holds(EveryMissedDeadlineHasItsRung);
}
#[test]
fn the_ladder_goes_on_while_the_work_is_undone() {
    missed()
        .record(CLOCKS, rung(Rung::Reminder, 72))
        .hours_later(24 * 20)
        .breaks(EveryMissedDeadlineHasItsRung, "却没有督办");
    missed()
        .record(CLOCKS, rung(Rung::Reminder, 72))
        .clock_stopped(CASE, FirstInspection, StopReason::Fulfilled)
        .hours_later(24 * 20)
        .holds(EveryMissedDeadlineHasItsRung);
}
#[test]
fn the_ladder_of_the_start_counts_and_not_that_of_today() {
    let slow = jurisdiction::Ladder {
        supervision_order_after: 40,
        interview_after: 50,
        criticism_after: 60,
        referral_after: 70,
        repeat_days: 7,
    };
    let started = AccountabilityEvent::ClockStarted {
        clock: clock_id(FirstInspection, 1),
        subject: CASE,
        obligation: FirstInspection,
        unit: UnitCode::of(TOWNSHIP),
        person: None,
        urgency: jurisdiction::Urgency::Normal,
        started: due_in(0),
        limit: None,
        due: due_in(72),
        what: String::new(),
        ladder: Some(slow),
    };
    let miss = AccountabilityEvent::DeadlineMissed {
        clock: clock_id(FirstInspection, 1),
        due: due_in(72),
        unit: UnitCode::of(TOWNSHIP),
        person: None,
    };
    Story::new()
        .record(CLOCKS, started)
        .hours_later(72)
        .record(CLOCKS, miss)
        .record(CLOCKS, rung(Rung::Reminder, 72))
        .hours_later(24 * 20)
        .holds(EveryMissedDeadlineHasItsRung);
}
#[test]
fn work_that_was_done_late_had_its_reminder_and_whatever_rung_was_reached() {
    let done = |story: Story, hours: i64| {
        story
            .hours_later(hours)
            .clock_stopped(CASE, FirstInspection, StopReason::Fulfilled)
    };
    done(missed(), 1)
        .contemporary()
        .breaks(EveryMissedDeadlineHasItsRung, "此前却没有催办");
    let reminded = || missed().record(CLOCKS, rung(Rung::Reminder, 72));
    done(reminded(), 1)
        .contemporary()
        .holds(EveryMissedDeadlineHasItsRung);
    done(reminded(), 24 * 20).holds(EveryMissedDeadlineHasItsRung);
    done(reminded(), 24 * 20)
        .contemporary()
        .breaks(EveryMissedDeadlineHasItsRung, "此前却没有督办");
}
/// E.g. an answer that was judged for weeks and then refused.
#[test]
fn what_rested_lacks_nothing_that_would_have_come_meanwhile() {
    let resumed = AccountabilityEvent::ClockMoved {
        clock: clock_id(FirstInspection, 1),
        from: due_in(72),
        to: due_in(72),
        reason: MoveReason::Resumed {
            since: None,
            limit: None,
        },
    };
    let goes_on = missed()
        .record(CLOCKS, rung(Rung::Reminder, 72))
        .clock_stopped(CASE, FirstInspection, StopReason::Withdrawn)
        .hours_later(24 * 20)
        .record(CLOCKS, resumed)
        .grace_minutes(24 * 60);
    // The ladder climbs on from where it stood when the rest began.
    goes_on
        .clone()
        .hours_later(2)
        .holds(EveryMissedDeadlineHasItsRung);
    goes_on.clone().holds(EveryMissedDeadlineHasItsRung);
    goes_on
        .hours_later(24 * 6)
        .breaks(EveryMissedDeadlineHasItsRung, "却没有督办");
}
#[test]
fn no_rung_is_skipped_and_none_comes_early() {
    missed()
        .record(CLOCKS, rung(Rung::SupervisionOrder, 72))
        .breaks(EveryMissedDeadlineHasItsRung, "越级");
    running()
        .hours_later(72)
        .record(CLOCKS, rung(Rung::Reminder, 72))
        .breaks(EveryMissedDeadlineHasItsRung, "没有超期记录");
    missed()
        .record(CLOCKS, rung(Rung::Reminder, 90))
        .breaks(EveryMissedDeadlineHasItsRung, "早于应有的时刻");
}
#[test]
fn a_miss_before_its_time_is_none() {
    running()
        .hours_later(10)
        .record(
            CLOCKS,
            AccountabilityEvent::DeadlineMissed {
                clock: clock_id(FirstInspection, 1),
                due: due_in(72),
                unit: UnitCode::of(TOWNSHIP),
                person: None,
            },
        )
        .breaks(EveryMissedDeadlineHasItsRung, "还没有到期");
}
#[test]
fn what_was_done_late_was_missed() {
    running()
        .hours_later(80)
        .clock_stopped(CASE, FirstInspection, StopReason::Fulfilled)
        .breaks(EveryMissedDeadlineHasItsRung, "办完时已经超期");
}
#[test]
fn the_top_rung_is_repeated_until_somebody_looks_into_it() {
    let climbed = || {
        Rung::ALL
            .into_iter()
            .fold(missed(), |story, next| story.record(CLOCKS, rung(next, 72)))
    };
    climbed().hours_later(24 * 6).holds(EveryMissedDeadlineHasItsRung);
    climbed()
        .hours_later(24 * 8)
        .breaks(EveryMissedDeadlineHasItsRung, "再无下文");
    climbed()
        .record(
            CLOCKS,
            AccountabilityEvent::InquiryOpened {
                failure: None,
                inquiry: 1,
                clock: Some(clock_id(FirstInspection, 1)),
                reason: "立案".into(),
            },
        )
        .hours_later(24 * 8)
        .holds(EveryMissedDeadlineHasItsRung);
}
