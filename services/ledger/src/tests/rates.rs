//! The share of cases that were closed in time: no hiding of overdue work makes it better.

use super::History;
use super::figures::{city, table, value};
use accountability_domain::StopReason;
use jurisdiction::sample::{DISCIPLINE, OTHER_TOWNSHIP, SUPERVISION, TOWNSHIP, VILLAGE};
use jurisdiction::{CaseId, Obligation, UnitCode};

const DUTY: Obligation = Obligation::FirstInspection;

fn rate(history: &History) -> f64 {
    city(history).on_time_rate.expect("a rate")
}

/// One case closed in time, one open whose deadline has passed.
pub(super) fn half() -> History {
    let mut history = History::new();
    history
        .case(1, Some(TOWNSHIP), Some(TOWNSHIP))
        .clock(1, DUTY, TOWNSHIP, 48);
    history
        .case(2, Some(VILLAGE), Some(TOWNSHIP))
        .clock(2, DUTY, TOWNSHIP, 48);
    history.later(24).stop(1, DUTY, StopReason::Fulfilled).close(1);
    history.later(48);
    history
}

#[test]
fn an_open_overdue_case_counts_before_anybody_has_recorded_the_miss() {
    assert!((rate(&half()) - 0.5).abs() < 1e-9);
}

/// Fault of comparable systems: "closed on time ÷ closed" hides overdue work.
#[test]
fn hiding_overdue_work_never_improves_the_rate() {
    let honest = rate(&half());
    // Doing it late, without closing.
    let mut history = half();
    history.stop(2, DUTY, StopReason::Fulfilled);
    assert!(rate(&history) <= honest, "late work made the rate better");
    // Taking it from the unit, so that no clock runs.
    let mut history = half();
    history.stop(2, DUTY, StopReason::Withdrawn);
    assert!(rate(&history) <= honest, "withdrawn work made the rate better");
    assert_eq!(value(&city(&history), "cases_missed"), 1);
    // Closing it late.
    let mut history = half();
    history.stop(2, DUTY, StopReason::Ended).close(2);
    assert!(rate(&history) <= honest, "late closing made the rate better");
    // Handing it to another unit, with a new clock.
    let mut history = half();
    let to = UnitCode::of(OTHER_TOWNSHIP);
    let reason = "改派".into();
    history.add(
        &super::case_stream(2),
        &case_domain::CaseEvent::CaseReassigned { to, reason },
    );
    history
        .stop(2, DUTY, StopReason::Withdrawn)
        .clock(2, Obligation::Acknowledge, OTHER_TOWNSHIP, 24);
    assert!(rate(&history) <= honest, "passing it on made the rate better");
    let rows = table(&history);
    let other = rows.iter().find(|row| row.unit == OTHER_TOWNSHIP).expect("a row");
    assert_eq!(value(other, "cases"), 0, "the site did not move");
    // Opening duplicates and merging them is no work done.
    let mut history = half();
    history.case(4, Some(VILLAGE), Some(TOWNSHIP));
    history.add(&super::case_stream(4), &merged_into(2));
    assert!(
        rate(&history) <= honest,
        "merging a duplicate made the rate better"
    );
    // A late case that goes on in one of today is as late as before.
    let mut history = half();
    history.case(4, Some(VILLAGE), Some(TOWNSHIP));
    history.stop(2, DUTY, StopReason::Withdrawn);
    history.add(&super::case_stream(2), &merged_into(4));
    assert!(
        rate(&history) <= honest,
        "joining it to a fresh case made the rate better"
    );
    assert_eq!(value(&city(&history), "cases_missed"), 1);
    history.close(4);
    assert!(
        rate(&history) <= honest,
        "closing the fresh case made the rate better"
    );
    assert_eq!(value(&city(&history), "cases_closed_late"), 1);
    // Only closing more in time does.
    let mut history = half();
    history.case(3, Some(TOWNSHIP), Some(TOWNSHIP)).close(3);
    assert!(rate(&history) > honest);
}

fn merged_into(case: u128) -> case_domain::CaseEvent {
    case_domain::CaseEvent::CaseClosed {
        reason: case_domain::ClosingReason::Merged {
            into: CaseId::sample(case),
        },
        tips: vec![],
        summary: String::new(),
    }
}

/// The city's group comes too late to its spot check, the inspectors to their inquiry: the township was in time all the same.
#[test]
fn what_others_owe_after_closing_makes_nobody_s_closing_late() {
    let mut history = half();
    for (obligation, unit) in [
        (Obligation::SpotCheck, SUPERVISION),
        (Obligation::Inquiry, DISCIPLINE),
    ] {
        history.clock(1, obligation, unit, 24);
    }
    history.later(24 * 30);
    assert_eq!(value(&city(&history), "cases_closed_in_time"), 1);
    assert!((rate(&history) - 0.5).abs() < 1e-9);
}

#[test]
fn without_closed_or_late_cases_there_is_no_rate() {
    let mut history = History::new();
    history.case(1, Some(TOWNSHIP), None);
    assert_eq!(city(&history).on_time_rate, None);
}
