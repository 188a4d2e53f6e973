//! A doubtful site goes to the county, and the county says that it is none: only with its own pictures, only the county, and
//! what else is wrong there goes to whom it belongs. The reporter is told.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::people::Inspection;
use crate::town::Town;
use serde_json::json;

/// Plays it.
pub async fn none_after_all(town: &Town) {
    let cast = Cast::of(town).await;
    let (tip, case) = steps::opened_case(town, &cast, &steps::new_place("旧酒厂")).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.handler.acknowledges(&case).await;
    let doubtful = Inspection {
        finding: "suspected",
        premises: "idle_plant",
        note: "院内有不锈钢罐和管道，现场无人，性质难以判断。",
    };
    cast.handler.inspects(&case, &doubtful).await;
    let path = format!("/api/v1/cases/{case}/identification");
    let none = json!({ "small_chemical": false, "basis": "酿酒用的发酵罐和蒸馏器，取样检测为食用酒精。", "refer_to": "321322-SJ" });
    let by_the_township = cast.handler.try_post(&path, &none).await;
    assert_eq!(by_the_township.status, 403, "{}", by_the_township.text);
    town.narrator.sees(&by_the_township.problem().detail);
    cast.handler
        .asks_for_identification(&case, "像反应釜又像酒罐，请县里取样。")
        .await;
    cast.county_handler.sees_work(&case, "identify").await;
    cast.county_handler.post(&path, &none).await;
    town.narrator.does(
        &cast.county_handler.name,
        "取样检测：不属于小化工，无证酿酒移交市场监管",
    );
    let seen = cast
        .inspector
        .sees_case(&case, "the case is closed as none", |seen| {
            seen["case"]["state"] == "closed"
        })
        .await;
    assert_eq!(seen["case"]["closed_as"], "not_small_chemical", "{seen}");
    assert!(seen["disposal"].is_null(), "nothing is disposed of: {seen}");
    let told = town
        .citizen()
        .waits_for(&tip.receipt, "the reporter is told what it was", |status| {
            status["replies"].to_string().contains("市场监督管理局")
        })
        .await;
    town.narrator.sees(&told["replies"].to_string());
    let mail = steps::mail_arrives(town, "321322-sj@", "旧酒厂", "转办").await;
    town.narrator.sees(&format!("{}\n{}", mail.subject, mail.text));
    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    let expected = [
        "case.identification_requested.v1",
        "case.site_identified.v1",
        "case.closed.v1",
        "tip.outcome_told.v1",
    ];
    replay::happened_in_order(&history, &expected);
}
