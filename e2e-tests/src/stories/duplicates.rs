//! Two tips of one site, two cases; merged, and taken apart again because they were two sites after all. The reporters are
//! always of the case in which their site is handled, and a tip can leave its case and come back.

use super::cast::{COUNTY, Cast};
use super::steps;
use crate::people::{Citizen, Staff, Tip};
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use serde_json::{Value, json};

/// Plays it.
pub async fn duplicates_merged_and_unmerged(town: &Town) {
    let cast = Cast::of(town).await;
    let citizen = town.citizen();
    let place = steps::new_place("老砖瓦厂");
    let (first, one) = steps::opened_case(town, &cast, &place).await;
    let (second, other) = steps::opened_case(town, &cast, &place).await;
    suggested(&cast.dispatcher, &second, &one).await;

    let body = json!({ "into": one, "reason": "同一处砖瓦厂。" });
    let merge = format!("/api/v1/cases/{other}/merge");
    cast.dispatcher.post(&merge, &body).await;
    is_of(&citizen, &second, &one).await;
    tips_of(&cast.dispatcher, &one, 2).await;

    let body = json!({ "reason": "经实地查看是相邻的两处厂房，分别办理。" });
    cast.dispatcher
        .post(&format!("/api/v1/cases/{other}/reopen"), &body)
        .await;
    is_of(&citizen, &second, &other).await;
    is_of(&citizen, &first, &one).await;
    tips_of(&cast.dispatcher, &one, 1).await;

    leaves_and_comes_back(&cast.dispatcher, &citizen, &first, &one).await;
    assert_eq!(cast.county_leader.unit, COUNTY);
}

/// The desk is told that there is a case of that place already, and why it thinks so.
async fn suggested(dispatcher: &Staff, tip: &Tip, case: &str) {
    let path = format!("/api/v1/tips/{}", tip.id);
    eventually("the case of the same place is suggested", PATIENCE, || async {
        let seen = dispatcher.get(&path).await;
        let similar = seen["similar"].as_array().cloned().unwrap_or_default();
        let found = similar
            .iter()
            .any(|one| one["id"] == case && one["why"].is_string());
        found.then_some(())
    })
    .await;
}

async fn is_of(citizen: &Citizen, tip: &Tip, case: &str) {
    citizen
        .waits_for(&tip.receipt, "the tip is of the case", |status: &Value| {
            status["case_id"] == case
        })
        .await;
}

async fn tips_of(dispatcher: &Staff, case: &str, count: usize) {
    dispatcher
        .sees_case(case, "the case has its tips", |seen| {
            seen["tips"].as_array().is_some_and(|tips| tips.len() == count)
        })
        .await;
}

async fn leaves_and_comes_back(dispatcher: &Staff, citizen: &Citizen, tip: &Tip, case: &str) {
    let unlink = format!("/api/v1/tips/{}/unlink", tip.id);
    dispatcher
        .post(&unlink, &json!({ "reason": "似乎是另一处。" }))
        .await;
    let status = citizen.status(&tip.receipt).await;
    assert_eq!(
        (&status["progress"], &status["case_id"]),
        (&json!("received"), &Value::Null),
        "{status}"
    );
    tips_of(dispatcher, case, 0).await;
    let link = format!("/api/v1/tips/{}/link", tip.id);
    dispatcher.post(&link, &json!({ "case_id": case })).await;
    is_of(citizen, tip, case).await;
    tips_of(dispatcher, case, 1).await;
    let again = dispatcher.try_post(&link, &json!({ "case_id": case })).await;
    assert_eq!(again.json()["code"], "tip.already_linked", "{}", again.text);
}
