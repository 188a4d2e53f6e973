//! Two townships send a case back and forth; the second return is a failure and ends in a designation.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::town::Town;
use serde_json::json;

/// 钱集镇
const NEIGHBOUR: &str = "321322103";

/// Plays it.
pub async fn returned_twice(town: &Town) {
    let cast = Cast::of(town).await;
    let neighbour = town.staff("leader-321322103").await;
    let (_, case) = steps::opened_case(town, &cast, &steps::new_place("界河边厂房")).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.handler.returns(&case, "点位在界河对岸，属钱集镇。").await;
    cast.dispatcher
        .assigns(&case, NEIGHBOUR, "胡集镇称属你镇。")
        .await;
    neighbour.returns(&case, "土地权属在胡集镇。").await;
    let seen = cast
        .inspector
        .sees_case(&case, "the second return is recorded as a failure", |seen| {
            steps::has_failure(seen, "second_return")
        })
        .await;
    assert_eq!(seen["case"]["state"], "awaiting_designation", "{seen}");
    nobody_goes_on_by_himself(&cast, &case).await;
    cast.dispatcher
        .designates(&case, TOWNSHIP, "以土地权属为准，指定胡集镇管辖。")
        .await;
    let path = format!("/api/v1/cases/{case}/return");
    let again = cast
        .handler
        .try_post(&path, &json!({ "reason": "仍认为不属我镇" }))
        .await
        .problem();
    assert_eq!(again.code, "case.designated_cannot_return", "{again:?}");
    cast.handler.acknowledges(&case).await;
    steps::confirmed(&cast, &case).await;
    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    let expected = [
        "case.returned.v1",
        "case.assigned.v1",
        "case.returned.v1",
        "case.designated.v1",
        "case.acknowledged.v1",
        "case.confirmed.v1",
    ];
    replay::happened_in_order(&history, &expected);
}

/// While it is disputed, it can be neither passed on nor taken on: only designated.
async fn nobody_goes_on_by_himself(cast: &Cast, case: &str) {
    let path = |verb: &str| format!("/api/v1/cases/{case}/{verb}");
    let assigned = json!({ "to": TOWNSHIP, "instructions": "", "co_handlers": [] });
    let assigned = cast
        .dispatcher
        .try_post(&path("assign"), &assigned)
        .await
        .problem();
    assert_eq!(assigned.code, "case.designation_needed", "{assigned:?}");
    let designated = json!({ "to": TOWNSHIP, "reason": "自行指定" });
    let designated = cast.handler.try_post(&path("designate"), &designated).await;
    assert_eq!(designated.status, 403, "{}", designated.text);
}
