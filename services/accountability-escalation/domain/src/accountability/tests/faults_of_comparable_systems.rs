//! Faults of comparable systems that the aggregate itself must not have; others are tested where they could happen.

use super::moves::october;
use super::*;

/// DIGIT measures from the last modification, so that any edit resets the clock.
#[test]
fn no_fact_about_the_same_obligation_gives_new_time() {
    let obligations = Obligation::ALL.into_iter();
    for obligation in obligations.filter(|obligation| *obligation != Obligation::Acknowledge) {
        let started = |number: u8, at_text: &str| {
            start(StartClock {
                clock: ClockId::new(obligation, number),
                obligation,
                started: at(at_text),
                ..an_inspection()
            })
        };
        let story = Scenario::<Accountability>::new().by(policy());
        let story = story.when(&started(1, MONDAY)).then_done();
        let before = story.state();
        // Told again, and by a later fact of the same kind.
        let story = story.when(&started(1, MONDAY)).then_nothing();
        let story = story.at("2020-06-02T01:00:00Z");
        let story = story.when(&started(2, "2020-06-02T01:00:00Z")).then_nothing();
        assert_eq!(story.state(), before, "{obligation:?}");
    }
}

/// Amsterdam Signals ignores holidays; a calendar that can only subtract them knows no make-up workdays 调休.
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

/// DIGIT goes silent at its top level.
#[test]
fn the_top_rung_repeats_every_week_for_years_until_it_is_answered() {
    let mut story = referred();
    for week in 1..=160u32 {
        story = story
            .later(SignedDuration::from_hours(7 * 24))
            .when(&fire())
            .then_done();
        assert_eq!(rungs(&story).last(), Some(&(Rung::Referral, week)));
    }
    assert_eq!(rungs(&story).len(), 5 + 160, "once a week, not oftener");
    assert!(next_due(&story).is_some());
}
