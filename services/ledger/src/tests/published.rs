//! What is published: the same for everybody, and nothing in it of what is about a unit or an official.

use super::{History, case_stream};
use crate::query::public;
use case_domain::{CaseEvent, ClosingReason};
use jurisdiction::sample::{CITY, COUNTY, OFFICE, OTHER_COUNTY, TOWNSHIP, VILLAGE, acting, suqian};
use jurisdiction::{Actor, CaseId, Role, TipId};
use mingcha_proto::ledger::{PublicFiguresRequest, PublicFiguresResponse};
use serde_json::json;

fn published(history: &History, actor: &Actor) -> PublicFiguresResponse {
    let answer = history
        .ledger()
        .ask(actor, &PublicFiguresRequest::default(), public::figures);
    answer.expect("numbers for everybody")
}
fn value(answer: &PublicFiguresResponse, area: &str, code: &str) -> Option<u32> {
    let name = suqian().unit_name(&area.parse().expect("a code"));
    let row = answer.areas.iter().find(|row| row.name == name).expect("a row");
    let figure = row.figures.iter().find(|figure| figure.code == code);
    figure.expect("a figure").value
}
/// Six cases here, seven there.
fn history() -> History {
    let mut history = History::new();
    for number in 10..16 {
        history.case(number, Some(VILLAGE), None);
    }
    for number in 20..27 {
        history.case(number, Some(OTHER_COUNTY), None);
    }
    history
}

#[test]
fn everybody_reads_the_numbers_of_the_city_and_its_counties() {
    let history = history();
    let answer = published(&history, &Actor::Citizen);
    assert_eq!(answer.areas[0].level, "city");
    assert!(answer.areas[1..].iter().all(|area| area.level == "county"));
    assert_eq!(value(&answer, CITY, "cases"), Some(13));
    assert_eq!(value(&answer, COUNTY, "cases"), Some(6));
    assert_eq!(value(&answer, OTHER_COUNTY, "cases"), Some(7));
    assert_eq!(value(&answer, CITY, "relapses"), None, "too few to be told");
    for staff in [acting(Role::Dispatcher, OFFICE), acting(Role::Leader, TOWNSHIP)] {
        assert_eq!(published(&history, &staff), answer, "nobody reads more in public");
    }
}

#[test]
fn only_sites_that_were_disposed_of_are_told_as_such() {
    let mut history = history();
    let nothing_found = CaseEvent::CaseClosed {
        reason: ClosingReason::FoundClean,
        tips: vec![],
        summary: String::new(),
    };
    for number in 10..16 {
        history.close(number);
    }
    for number in 20..26 {
        history.add(&case_stream(number), &nothing_found);
    }
    let answer = published(&history, &Actor::Citizen);
    assert_eq!(value(&answer, CITY, "cases_disposed"), Some(6));
}

#[test]
fn what_is_about_a_unit_is_in_no_published_number() {
    let without = published(&history(), &Actor::Citizen);
    let mut with = history();
    let mut received = super::goldens::golden_of("tip.received.v1");
    received["place"]["division"] = json!(VILLAGE);
    received["against"] = json!({ "units": [TOWNSHIP] });
    let mut opened = super::goldens::golden_of("case.opened.v1");
    opened["place"]["division"] = json!(VILLAGE);
    opened["against"] = json!({ "units": [TOWNSHIP] });
    for number in 1..8 {
        let tip = format!("tip-{}", TipId::sample(number));
        with.stored(&tip, "tip.received.v1", received.clone());
        let mut accepted = super::goldens::golden_of("tip.accepted.v1");
        accepted["place"]["division"] = json!(VILLAGE);
        accepted["case"] = json!(CaseId::sample(number));
        with.stored(&tip, "tip.accepted.v1", accepted);
        with.stored(&case_stream(number), "case.opened.v1", opened.clone());
    }
    let with = published(&with, &Actor::Citizen);
    assert_eq!(with.areas, without.areas);
}
