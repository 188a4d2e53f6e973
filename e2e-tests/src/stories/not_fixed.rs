//! A reporter who was told that all is done sees lorries again and says so: the work is taken up anew, with new deadlines, and
//! the reporter is told a second time.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::town::Town;
use serde_json::json;

/// Plays it.
pub async fn not_fixed(town: &Town) {
    let cast = Cast::of(town).await;
    let citizen = town.citizen();
    let (tip, case) = steps::opened_case(town, &cast, &steps::new_place("旧轮窑")).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.handler.acknowledges(&case).await;
    let objection = json!({ "receipt": tip.receipt, "message": "昨夜又有两辆货车进出。" });
    let early = citizen.client.post("/api/v1/tips/not-fixed", &objection).await;
    assert_eq!(
        early.problem().code,
        "tip.outcome_not_told",
        "nothing was said to be fixed yet"
    );
    steps::confirmed(&cast, &case).await;
    steps::disposed(&cast, &case).await;
    citizen
        .waits_for(&tip.receipt, "the outcome is told", |status| {
            status["replies"].to_string().contains("依法处置完毕")
                && status["replies"].as_array().map(Vec::len) == Some(2)
        })
        .await;

    let said = citizen.client.post("/api/v1/tips/not-fixed", &objection).await;
    said.expect_ok();
    let again = citizen.client.post("/api/v1/tips/not-fixed", &objection).await;
    assert_eq!(
        again.problem().code,
        "tip.already_said_not_fixed",
        "once is enough"
    );
    let seen = cast
        .handler
        .sees_case(&case, "the case is open again", |seen| {
            seen["case"]["state"] == "confirmed" && seen["disposal"]["state"] != "closed"
        })
        .await;
    assert!(
        !seen.to_string().contains("货车进出。"),
        "the reporter's words stay sealed"
    );
    cast.handler.sees_work(&case, "remaining_measures").await;
    citizen
        .waits_for(&tip.receipt, "the status is honest", |status| {
            status["state"] != "closed"
        })
        .await;
    let history = cast
        .inspector
        .replays_until(&case, "the works are taken up again", |history| {
            let said = history.to_string();
            said.contains("disposal.reopened.v1") && said.contains("case.reopened.v1")
        })
        .await;
    replay::is_whole(&history);
    let expected = [
        "disposal.closed.v1",
        "tip.not_fixed_said.v1",
        "disposal.reopened.v1",
        "case.reopened.v1",
    ];
    replay::happened_in_order(&history, &expected);
}
