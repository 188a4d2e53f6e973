//! A message that is heard again, at once or after weeks, stops no clock that has started since, and starts none again.

use super::*;

const TUESDAY: &str = "2020-06-02T01:00:00Z";
/// Long after the deadline.
const LATE: &str = "2020-06-10T01:00:00Z";

fn fact(number: u128) -> Uuid {
    Uuid::from_u128(number)
}
fn named(fact: Uuid) -> ClockId {
    ClockId::new(Obligation::FirstInspection, fact)
}
/// What a fact stops.
fn stopping(number: u128, by: StopReason, instant: &str) -> AccountabilityCommand {
    let which = Which::Of {
        obligation: Obligation::FirstInspection,
        unit: None,
    };
    AccountabilityCommand::StopClock(StopClock {
        which,
        by,
        at: at(instant),
        fact: fact(number),
    })
}
/// What a fact starts.
fn starting(number: u128, unit: UnitCode, instant: &str) -> AccountabilityCommand {
    start(StartClock {
        clock: named(fact(number)),
        unit: Some(unit),
        started: at(instant),
        ..an_inspection()
    })
}
fn begun() -> Scenario<Accountability> {
    let story = Scenario::<Accountability>::new().by(policy());
    story.when(&starting(1, township(), MONDAY)).then_done()
}

#[test]
fn a_fact_that_stops_and_starts_does_not_stop_what_it_started() {
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story
        .when(&stopping(1, StopReason::Fulfilled, MONDAY))
        .then_nothing();
    let story = story.when(&starting(1, township(), MONDAY)).then_done();
    // The same message, after a crash before its acknowledgement.
    let story = story
        .when(&stopping(1, StopReason::Fulfilled, MONDAY))
        .then_nothing();
    // Another fact of the same instant, and a later one, stop it all the same.
    story
        .when(&stopping(2, StopReason::Fulfilled, MONDAY))
        .then([AccountabilityEvent::ClockStopped {
            clock: named(fact(1)),
            by: StopReason::Fulfilled,
            at: at(MONDAY),
        }]);
    let stopped = begun().at(TUESDAY);
    let stopped = stopped
        .when(&stopping(2, StopReason::Fulfilled, TUESDAY))
        .then_done();
    assert_eq!(next_due(&stopped), None);
}

#[test]
fn an_old_message_stops_no_clock_of_today() {
    let story = Scenario::<Accountability>::new().by(policy()).at(TUESDAY);
    let story = story.when(&starting(2, township(), TUESDAY)).then_done();
    story.when(&stopping(1, StopReason::Ended, MONDAY)).then_nothing();
}

#[test]
fn what_came_back_after_it_was_missed_is_not_taken_away_again_by_an_old_message() {
    let withdrawn = begun()
        .at(LATE)
        .when(&stopping(2, StopReason::Withdrawn, LATE))
        .then_done();
    let later = "2020-06-11T01:00:00Z";
    let back = withdrawn
        .at(later)
        .when(&starting(3, other_township(), later))
        .then_done();
    let clock = back.state().clock(&named(fact(1))).expect("the clock").clone();
    let expected = Again {
        clock: named(fact(3)),
        at: at(later),
    };
    assert_eq!((clock.is_running(), clock.again), (true, Some(expected)));
    let back = back
        .when(&stopping(2, StopReason::Withdrawn, LATE))
        .then_nothing();
    let back = back
        .when(&stopping(3, StopReason::Withdrawn, later))
        .then_nothing();
    let done = back.when(&stopping(4, StopReason::Fulfilled, later)).then_done();
    assert_eq!(
        done.state().clock(&named(fact(1))).map(Clock::is_running),
        Some(false)
    );
}

#[test]
fn an_old_start_does_not_bring_back_what_was_taken_away_since() {
    // While the clock ran, a second fact would have started the same: nothing was recorded by which to know it again.
    let story = begun().at(TUESDAY);
    let story = story.when(&starting(2, township(), TUESDAY)).then_nothing();
    let missed = story
        .at(LATE)
        .when(&stopping(3, StopReason::Withdrawn, LATE))
        .then_done();
    missed.when(&starting(2, township(), TUESDAY)).then_nothing();
}

#[test]
fn what_is_owed_from_a_day_to_come_may_be_done_before_it() {
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&starting(1, township(), TUESDAY)).then_done();
    let named = AccountabilityCommand::StopClock(StopClock {
        which: Which::Clock(named(fact(1))),
        by: StopReason::Fulfilled,
        at: at(MONDAY),
        fact: fact(2),
    });
    let story = story.when(&named).then_done();
    assert_eq!(story.state().running_clocks().count(), 0);
}
