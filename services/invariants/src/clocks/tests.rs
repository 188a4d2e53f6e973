//! Histories that reset a clock, each in one of the ways in which somebody might try.

use crate::Invariant::NoClockReset;
use crate::story::{Story, clock_id, due_in, instant};
use accountability_domain::{AccountabilityEvent, MoveReason, StopReason};
use jurisdiction::sample::{OTHER_TOWNSHIP, TOWNSHIP};
use jurisdiction::{CaseId, Obligation::FirstInspection, Role, Subject, UnitCode};

const CASE: Subject = Subject::Case(CaseId::sample(7));
const CLOCKS: &str = "accountability-7";

fn running() -> Story {
    Story::new().clock_started(CASE, FirstInspection, TOWNSHIP)
}
fn moved(from: i64, to: i64, reason: MoveReason) -> AccountabilityEvent {
    AccountabilityEvent::ClockMoved {
        clock: clock_id(FirstInspection, 1),
        from: due_in(from),
        to: due_in(to),
        reason,
    }
}

#[test]
fn a_clock_starts_once() {
    running().holds(NoClockReset);
    running()
        .clock_started_as(CASE, (FirstInspection, 1), TOWNSHIP, 72)
        .breaks(NoClockReset, "同一时限重新起算");
    running()
        .clock_started_as(CASE, (FirstInspection, 2), TOWNSHIP, 72)
        .breaks(NoClockReset, "还在走");
}
#[test]
fn passing_it_to_and_fro_gives_no_new_time() {
    let withdrawn = || {
        running()
            .hours_later(48)
            .clock_stopped(CASE, FirstInspection, StopReason::Withdrawn)
    };
    withdrawn()
        .clock_started_as(CASE, (FirstInspection, 2), TOWNSHIP, 24)
        .holds(NoClockReset);
    withdrawn()
        .clock_started_as(CASE, (FirstInspection, 2), TOWNSHIP, 72)
        .breaks(NoClockReset, "剩下的时间");
    withdrawn()
        .clock_started_as(CASE, (FirstInspection, 2), OTHER_TOWNSHIP, 72)
        .holds(NoClockReset);
}
#[test]
fn a_missed_clock_does_not_start_afresh_for_the_next_unit() {
    running()
        .hours_later(80)
        .record(
            CLOCKS,
            AccountabilityEvent::DeadlineMissed {
                clock: clock_id(FirstInspection, 1),
                due: due_in(72),
                unit: UnitCode::of(TOWNSHIP),
                person: None,
            },
        )
        .clock_stopped(CASE, FirstInspection, StopReason::Withdrawn)
        .clock_started_as(CASE, (FirstInspection, 2), OTHER_TOWNSHIP, 72)
        .breaks(NoClockReset, "已经超期");
}
#[test]
fn a_hand_over_keeps_the_date() {
    let reassigned = || MoveReason::Reassigned {
        unit: UnitCode::of(OTHER_TOWNSHIP),
        person: None,
        again: None,
    };
    running()
        .record(CLOCKS, moved(72, 72, reassigned()))
        .holds(NoClockReset);
    running()
        .record(CLOCKS, moved(72, 96, reassigned()))
        .breaks(NoClockReset, "改派改动了期限");
}
#[test]
fn an_extension_is_granted_in_time_and_only_forwards() {
    let extension = |hours| MoveReason::Extension {
        granted: due_in(hours),
    };
    running()
        .record(CLOCKS, moved(72, 120, extension(70)))
        .holds(NoClockReset);
    running()
        .record(CLOCKS, moved(72, 120, extension(73)))
        .breaks(NoClockReset, "到期前批准");
    running()
        .record(CLOCKS, moved(72, 48, extension(70)))
        .breaks(NoClockReset, "只会往后");
}
#[test]
fn an_extension_that_nobody_granted_is_none() {
    let granted = MoveReason::Extension { granted: due_in(70) };
    running()
        .record(
            "case-7",
            crate::story::case_opened(jurisdiction::TipId::sample(1)),
        )
        .record(CLOCKS, moved(72, 120, granted))
        .breaks(NoClockReset, "没有批准延期的记录");
}
#[test]
fn a_move_starts_from_the_date_on_record_and_of_a_clock_that_runs() {
    running()
        .record(CLOCKS, moved(71, 72, MoveReason::CalendarChange))
        .breaks(NoClockReset, "与记录不符");
    Story::new()
        .record(CLOCKS, moved(72, 96, MoveReason::CalendarChange))
        .breaks(NoClockReset, "没有起算过");
}
#[test]
fn nobody_moves_a_clock_by_hand() {
    running()
        .acting(Role::Leader, TOWNSHIP)
        .record(CLOCKS, moved(72, 96, MoveReason::CalendarChange))
        .breaks(NoClockReset, "被人直接改动");
}
#[test]
fn a_clock_counts_from_its_cause() {
    let story = Story::new().record("case-7", crate::story::assigned(TOWNSHIP));
    let cause = story.last_id();
    let started = |hours| AccountabilityEvent::ClockStarted {
        clock: accountability_domain::ClockId::new(FirstInspection, cause),
        subject: CASE,
        obligation: FirstInspection,
        unit: UnitCode::of(TOWNSHIP),
        person: None,
        urgency: jurisdiction::Urgency::Normal,
        started: instant(hours),
        limit: None,
        due: due_in(72),
        what: String::new(),
        ladder: None,
    };
    story
        .clone()
        .hours_later(5)
        .record(CLOCKS, started(0))
        .holds(NoClockReset);
    story
        .hours_later(5)
        .record(CLOCKS, started(4))
        .breaks(NoClockReset, "晚于起因");
}

#[test]
fn an_answer_that_is_sent_back_has_the_time_that_was_left() {
    let goes_on = || MoveReason::Resumed {
        since: None,
        limit: None,
    };
    let resumed = |to: i64| {
        running()
            .hours_later(48)
            .clock_stopped(CASE, FirstInspection, StopReason::Withdrawn)
            .hours_later(100)
            .record(CLOCKS, moved(72, to, goes_on()))
    };
    resumed(148 + 24).holds(NoClockReset);
    resumed(148 + 72).breaks(NoClockReset, "剩下的时间");
    // Only what rests can go on.
    running()
        .record(CLOCKS, moved(72, 100, goes_on()))
        .breaks(NoClockReset, "剩下的时间");
}

#[test]
fn no_clock_is_stopped_by_what_was_before_it() {
    let stopped = |at: i64| AccountabilityEvent::ClockStopped {
        clock: clock_id(FirstInspection, 1),
        by: StopReason::Fulfilled,
        at: instant(at),
    };
    let running = || {
        Story::new()
            .hours_later(5)
            .clock_started(CASE, FirstInspection, TOWNSHIP)
    };
    running().record(CLOCKS, stopped(5)).holds(NoClockReset);
    running()
        .record(CLOCKS, stopped(4))
        .breaks(NoClockReset, "起算之前");
}
#[test]
fn no_clock_is_stopped_by_the_fact_that_started_it() {
    let story = Story::new().record("case-7", crate::story::assigned(TOWNSHIP));
    let cause = story.last_id();
    let clock = accountability_domain::ClockId::new(FirstInspection, cause);
    let started = AccountabilityEvent::ClockStarted {
        clock: clock.clone(),
        subject: CASE,
        obligation: FirstInspection,
        unit: UnitCode::of(TOWNSHIP),
        person: None,
        urgency: jurisdiction::Urgency::Normal,
        started: instant(0),
        limit: None,
        due: due_in(72),
        what: String::new(),
        ladder: None,
    };
    let stopped = AccountabilityEvent::ClockStopped {
        clock,
        by: StopReason::Fulfilled,
        at: instant(0),
    };
    let story = story.record_because(CLOCKS, started, cause);
    story.clone().record(CLOCKS, stopped.clone()).holds(NoClockReset);
    story
        .record_because(CLOCKS, stopped, cause)
        .breaks(NoClockReset, "起算它的那件事");
}
#[test]
fn what_was_done_in_time_and_heard_of_too_late_was_not_missed() {
    let stopped = AccountabilityEvent::ClockStopped {
        clock: clock_id(FirstInspection, 1),
        by: StopReason::Withdrawn,
        at: due_in(71),
    };
    let missed = AccountabilityEvent::DeadlineMissed {
        clock: clock_id(FirstInspection, 1),
        due: due_in(72),
        unit: UnitCode::of(TOWNSHIP),
        person: None,
    };
    running()
        .hours_later(73)
        .record(CLOCKS, missed)
        .record(CLOCKS, stopped)
        .clock_started_as(CASE, (FirstInspection, 2), TOWNSHIP, 1)
        .holds(NoClockReset);
}
