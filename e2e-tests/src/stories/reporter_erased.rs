//! A reporter has everything destroyed: the content is gone from the city's disk, the history is whole, work goes on.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::city::City;
use crate::grep::{Needle, search};
use crate::photo::Photo;
use serde_json::json;
use std::fs;

const NARRATIVE: &str = "青石磨坊后院第三口染缸下埋着铁桶";
const MESSAGE: &str = "看门人每逢初七换班";
const PHONE: &str = "19900000066";

/// Plays it, stops the city and looks for what was destroyed in every file.
pub async fn reporter_erased(city: &City) {
    let town = &city.town;
    let cast = Cast::of(town).await;
    let citizen = town.citizen();
    town.narrator.chapter("举报人凭查询码销毁自己留下的信息");
    let place = steps::new_place("青石磨坊");
    let mut body = steps::plain_tip(NARRATIVE, &place);
    body["contact"] = json!({ "phone": PHONE });
    body["photos"] = json!([{ "data": Photo::new().base64() }]);
    let tip = citizen.reports(&body).await;
    citizen.adds(&tip.receipt, MESSAGE, &[Photo::new()]).await;
    cast.dispatcher
        .accepts(&tip.id, "磨坊后院疑似埋有化工原料桶")
        .await;
    let case = steps::case_of(&cast.dispatcher, &citizen, &tip).await;
    let before = cast.dispatcher.reads_content(&tip.id).await;
    assert_eq!(before["narrative"], NARRATIVE, "{before}");
    let photo = before["evidence"][0].as_str().unwrap_or_default().to_owned();

    let page = citizen.status_page(&tip.receipt).await;
    assert!(page.contains("销毁后不能恢复"), "a clear warning: {page}");
    let wrong = json!({ "receipt": "0000000000000000", "compartments": ["identity", "content"] });
    let refused = citizen.client.post("/api/v1/tips/erase", &wrong).await;
    assert_eq!(refused.problem().code, "tip.receipt_unknown", "{}", refused.text);
    let wish = json!({ "receipt": tip.receipt, "compartments": ["identity", "content"] });
    citizen.client.post("/api/v1/tips/erase", &wish).await.expect_ok();
    town.narrator.does("举报人", "看过提示，凭查询码销毁身份和内容");

    let after = cast.dispatcher.reads_content(&tip.id).await;
    assert_eq!(
        (&after["narrative"], &after["has_contact"]),
        (&json!(""), &json!(false)),
        "{after}"
    );
    let notice = after["notice"].as_str().unwrap_or_default();
    assert!(notice.contains("已按规定销毁"), "{after}");
    town.narrator.does(&cast.dispatcher.name, "再读原文，看到：");
    town.narrator.sees(notice);
    let gone = cast
        .dispatcher
        .try_get(&format!("/api/v1/evidence/{photo}"))
        .await;
    assert_eq!(gone.status, 404, "{}", gone.text);
    let page = citizen.status_page(&tip.receipt).await;
    assert!(
        page.contains("举报内容已经销毁") && page.contains("已受理"),
        "{page}"
    );

    // The case goes on without the words.
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.handler.acknowledges(&case).await;
    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    replay::happened_in_order(
        &history,
        &[
            "tip.received.v1",
            "tip.reporter_erased.v1",
            "case.acknowledged.v1",
        ],
    );
    city.has_a_whole_history().await;
    city.stop_all().await;
    let needles = [NARRATIVE, MESSAGE, PHONE].map(Needle::new);
    let mut findings = search(&city.folder().join("data"), &needles);
    findings.extend(search(&city.folder().join("log"), &needles));
    assert!(findings.is_empty(), "what was destroyed is there: {findings:#?}");
    let evidence = city.folder().join("data/tip-intake/evidence");
    let left = fs::read_dir(&evidence).expect("the folder of evidence").count();
    assert_eq!(
        left,
        0,
        "photos of the reporter are left in {}",
        evidence.display()
    );
    let found = search(&city.folder().join("data"), &[Needle::new(&place)]);
    assert!(
        !found.is_empty(),
        "the place is in the store, so the search works"
    );
}
