//! The table is honest: numbers are their lists, and no hiding of overdue work makes a rate better.

use super::History;
use crate::query::{cases, escalations, report, tips};
use accountability_domain::StopReason;
use jurisdiction::sample::{CITY, COUNTY, OFFICE, OTHER_COUNTY, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Obligation, Role, UnitCode};
use mingcha_proto::ledger::{
    Figure, ListCasesRequest, ListEscalationsRequest, ListTipsRequest, ReportRequest, ReportRow,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

const DUTY: Obligation = Obligation::FirstInspection;

fn table(history: &History) -> Vec<ReportRow> {
    let leader = acting(Role::Leader, CITY);
    let answer = history
        .ledger()
        .ask(&leader, &ReportRequest::default(), report::report);
    answer.expect("a table").rows
}
fn city(history: &History) -> ReportRow {
    table(history).remove(0)
}
fn value(row: &ReportRow, code: &str) -> u32 {
    let figure = row.figures.iter().find(|figure| figure.code == code);
    figure.unwrap_or_else(|| panic!("no figure {code}")).value
}
fn rate(history: &History) -> f64 {
    city(history).on_time_rate.expect("a rate")
}

/// One case closed in time, one open whose deadline has passed.
fn half() -> History {
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
    // Only closing more in time does.
    let mut history = half();
    history.case(3, Some(TOWNSHIP), Some(TOWNSHIP)).close(3);
    assert!(rate(&history) > honest);
}

#[test]
fn without_closed_or_late_cases_there_is_no_rate() {
    let mut history = History::new();
    history.case(1, Some(TOWNSHIP), None);
    assert_eq!(city(&history).on_time_rate, None);
}

#[test]
fn a_county_holds_its_townships_and_the_city_everything() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(VILLAGE))
        .case(2, Some(COUNTY), None);
    history.case(3, Some(OTHER_COUNTY), None).case(4, None, None);
    // A code that the directory does not know is the city's to sort out, not nobody's.
    history.case(5, Some("999999"), None);
    let rows = table(&history);
    let cases: Vec<(&str, u32)> = rows
        .iter()
        .map(|row| (row.unit.as_str(), value(row, "cases")))
        .collect();
    let expected = [
        (CITY, 5),
        (OTHER_COUNTY, 1),
        (COUNTY, 2),
        (TOWNSHIP, 1),
        (OTHER_TOWNSHIP, 0),
    ];
    assert_eq!(cases, expected);
}

/// The request that the query string of a figure says.
fn request<R: DeserializeOwned>(figure: &Figure) -> R {
    let (_, query) = figure.list.split_once('?').expect("a query string");
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let fields: Map<String, Value> = pairs
        .map(|(name, value)| {
            let value = match value {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                text => Value::String(text.to_owned()),
            };
            (name.to_owned(), value)
        })
        .collect();
    serde_json::from_value(Value::Object(fields)).expect("a request")
}

#[test]
fn every_number_opens_a_list_of_just_so_many() {
    let mut history = half();
    history.case(3, Some(OTHER_COUNTY), None).case(4, None, None);
    // All there is, so that every figure has something to count.
    for (name, data) in super::goldens::golden() {
        history.stored(&super::goldens::stream(&name, 7), &name, data);
    }
    let ledger = history.ledger();
    for actor in [acting(Role::Leader, COUNTY), acting(Role::Dispatcher, OFFICE)] {
        let answer = ledger.ask(&actor, &ReportRequest::default(), report::report);
        let mut counted = 0;
        for figure in answer.expect("a table").rows.iter().flat_map(|row| &row.figures) {
            let total = match figure.list.split('?').next() {
                _ if figure.code.starts_with("measures_") => continue,
                Some("cases") => {
                    let request: ListCasesRequest = request(figure);
                    ledger.ask(&actor, &request, cases::list).expect("cases").total
                }
                Some("tips") => {
                    let request: ListTipsRequest = request(figure);
                    ledger.ask(&actor, &request, tips::list).expect("tips").total
                }
                Some("escalations") => {
                    let request: ListEscalationsRequest = request(figure);
                    let list = ledger.ask(&actor, &request, escalations::list);
                    list.expect("escalations").total
                }
                _ => continue,
            };
            assert_eq!(figure.value, total, "{} {}", figure.code, figure.list);
            counted += total;
        }
        assert!(counted > 20, "only {counted} things counted");
    }
}
