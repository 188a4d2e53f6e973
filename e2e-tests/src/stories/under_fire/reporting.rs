//! A township draws its result report anew all the while, from a list that grows under its hands.

use super::super::area_report::signed_below;
use super::super::cast::{Cast, TOWNSHIP};
use super::CATCH_UP;
use super::at_work::step;
use crate::city::City;
use crate::wait::eventually;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};

const STAGE: &str = "acceptance";

/// Everybody below has signed, so that the township can draw its own.
pub(super) async fn can_be_drafted(city: &City) {
    let cast = Cast::of(&city.town).await;
    signed_below(&city.town, &cast, TOWNSHIP, STAGE).await;
}

/// Draws one after the other; whatever gets no answer is submitted again under the same key. Answers with the digests told.
pub(super) async fn drafts_until(city: &City, over: &AtomicBool) -> Vec<String> {
    let handler = city.town.staff("handler-huji").await;
    let report = json!({ "unit": TOWNSHIP, "stage": STAGE });
    let mut told = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let drafted = step(&handler, "/api/v1/reports/draft", &report).await;
        let digest = drafted["digest"].as_str().unwrap_or_default().to_owned();
        assert_eq!(digest.len(), 64, "a digest to sign: {drafted}");
        told.push(digest);
    }
    // Nothing had happened since the draft before.
    told.dedup();
    told
}

/// What was told is what was written down, in that order, once.
pub(super) async fn is_written_down(city: &City, told: &[String]) {
    assert!(told.len() > 1, "the reporting was no work");
    let inspector = city.town.staff("inspector").await;
    let path = format!("/api/v1/audit/streams/report-{TOWNSHIP}-{STAGE}");
    let written = eventually("the report's history is read", CATCH_UP, || async {
        let answer = inspector.try_get(&path).await;
        answer.is_success().then(|| digests(&answer.json()))
    })
    .await;
    assert_eq!(written, told);
}

fn digests(history: &Value) -> Vec<String> {
    let events = history["events"].as_array().into_iter().flatten();
    let drafted = events.filter(|event| event["name"] == "report.drafted.v1");
    let data = drafted.filter_map(|event| serde_json::from_str::<Value>(event["data_json"].as_str()?).ok());
    data.map(|data| data["digest"].as_str().unwrap_or_default().to_owned())
        .collect()
}
