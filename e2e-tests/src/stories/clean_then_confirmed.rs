//! A site is found clean and reviewed; taken up again, it is a works after all: whoever looked away is named 瞒报.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::people::Inspection;
use crate::town::Town;
use serde_json::Value;

/// Plays it.
pub async fn clean_then_confirmed(town: &Town) {
    let cast = Cast::of(town).await;
    let (tip, case) = steps::opened_case(town, &cast, &steps::new_place("闲置厂房")).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.handler.acknowledges(&case).await;
    let nothing = Inspection {
        finding: "clean",
        premises: "idle_plant",
        note: "厂房空置，未见设备和原料。",
    };
    cast.handler.inspects(&case, &nothing).await;
    let own_level = cast
        .leader
        .try_post(
            &format!("/api/v1/cases/{case}/clean-review"),
            &serde_json::json!({ "agreed": true, "note": "属实" }),
        )
        .await;
    assert_eq!(
        own_level.status, 403,
        "nobody reviews own work: {}",
        own_level.text
    );
    cast.county_leader
        .reviews_clean_finding(&case, true, "照片与记录相符。")
        .await;
    let citizen = town.citizen();
    citizen
        .waits_for(
            &tip.receipt,
            "the reporter is told that nothing was found",
            |status| told(status).contains("未发现"),
        )
        .await;
    cast.dispatcher
        .reopens(&case, "又有群众反映夜间冒烟，请再次核查。")
        .await;
    cast.handler.acknowledges(&case).await;
    steps::confirmed(&cast, &case).await;
    let seen = cast
        .inspector
        .sees_case(&case, "looking away is recorded as concealment", |seen| {
            steps::has_failure(seen, "concealment")
        })
        .await;
    let failures = seen["failures"].as_array().cloned().unwrap_or_default();
    let named = failures.iter().any(|failure| {
        failure["kind"] == "concealment"
            && failure["persons"]
                .to_string()
                .contains(cast.handler.account.as_str())
    });
    assert!(named, "the handler who found nothing is named: {seen}");
    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    let expected = [
        "case.site_found_clean.v1",
        "case.clean_finding_reviewed.v1",
        "case.closed.v1",
        "case.reopened.v1",
        "case.confirmed.v1",
        "accountability.failure_recorded.v1",
    ];
    replay::happened_in_order(&history, &expected);
}

/// All that the reporter was told so far.
fn told(status: &Value) -> String {
    status["replies"].to_string()
}
