//! What an inspector demands of a history: in order, without gaps, every fact with actor, cause, state and time.

use crate::narrator::{Narrator, in_beijing};
use serde_json::Value;

/// The names of all facts, in order.
pub(super) fn names(history: &Value) -> Vec<String> {
    events(history)
        .iter()
        .map(|event| text(event, "name").to_owned())
        .collect()
}

/// Checks every fact by itself and their order.
///
/// # Panics
/// If one is not as it must be.
pub(super) fn is_whole(history: &Value) {
    let events = events(history);
    assert!(!events.is_empty(), "an empty history: {history}");
    let mut before = 0;
    for (index, event) in events.iter().enumerate() {
        assert_eq!(
            event["step"].as_u64(),
            Some(index as u64 + 1),
            "steps without a gap: {event}"
        );
        let position = event["position"].as_u64().unwrap_or_default();
        assert!(position > before, "by commit position: {event}");
        before = position;
        for key in [
            "name",
            "title",
            "stream",
            "event_id",
            "at",
            "state_json",
            "data_json",
        ] {
            assert!(!text(event, key).is_empty(), "{key} of {event}");
        }
        assert!(!text(&event["actor"], "text").is_empty(), "who did it: {event}");
        assert!(
            !text(&event["cause"], "command_id").is_empty(),
            "what led to it: {event}"
        );
        assert!(
            index == 0 || event["since_previous"].is_string(),
            "time elapsed: {event}"
        );
        serde_json::from_str::<Value>(text(event, "state_json")).expect("a state in JSON");
    }
}

/// Whether `wanted` happened in this order, with anything in between.
///
/// # Panics
/// At the first that did not.
pub(super) fn happened_in_order(history: &Value, wanted: &[&str]) {
    let names = names(history);
    let mut rest = names.iter();
    for name in wanted {
        let found = rest.any(|happened| happened == name);
        assert!(found, "{name} is missing or too early in {names:#?}");
    }
}

/// The unit that held the case after each assignment.
pub(super) fn held_after_assignment(history: &Value, unit: &str) {
    let assigned = events(history)
        .iter()
        .position(|event| text(event, "name") == "case.assigned.v1");
    let assigned = assigned.expect("the case was assigned");
    for event in &events(history)[assigned..] {
        let held = event["held_by"].as_str();
        assert_eq!(held, Some(unit), "who held the case then: {event}");
    }
}

/// The first fact of that name.
pub(super) fn first<'a>(history: &'a Value, name: &str) -> &'a Value {
    let found = events(history).iter().find(|event| text(event, "name") == name);
    found.unwrap_or_else(|| panic!("no {name} in {:#?}", names(history)))
}

/// A line a fact, as an inspector reads it.
pub(super) fn told(history: &Value, narrator: &Narrator) {
    for event in events(history) {
        narrator.sees(&format!(
            "{:>3}  {}  {}  {}  {}",
            event["step"].as_u64().unwrap_or_default(),
            in_beijing(text(event, "at")),
            text(event, "title"),
            text(&event["actor"], "text"),
            text(event, "held_by_name"),
        ));
    }
}

fn events(history: &Value) -> &[Value] {
    history["events"].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
