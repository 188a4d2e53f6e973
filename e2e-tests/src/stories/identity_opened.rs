//! A reporter's identity is opened by two persons; the reporter reads of it, and the inspector's replay shows each step.

use super::cast::Cast;
use super::{replay, steps};
use crate::city::City;
use crate::grep::{Needle, search};
use serde_json::json;

const NAME: &str = "上官测试青鸾";
const PHONE: &str = "19900000055";
const REASON: &str = "举报人反映遭到打击报复，需要当面核实";

/// Plays it, stops the city and looks for the identity in every file.
pub async fn identity_opened(city: &City) {
    let town = &city.town;
    let cast = Cast::of(town).await;
    let citizen = town.citizen();
    town.narrator.chapter("查看举报人身份：两个岗位，先记录后解密");
    let mut body = steps::plain_tip(
        "夜里有货车运蓝色桶进出，还有人上门威胁我。",
        &steps::new_place("老粮站"),
    );
    body["contact"] = json!({ "name": NAME, "phone": PHONE });
    let tip = citizen.reports(&body).await;
    cast.dispatcher
        .accepts(&tip.id, "老粮站疑似夜间生产化工产品")
        .await;
    let case = steps::case_of(&cast.dispatcher, &citizen, &tip).await;
    let path = |step: &str| format!("/api/v1/tips/{}/reveal{step}", tip.id);

    let refused = cast.county_leader.try_post(&path("/approve"), &json!({})).await;
    assert_eq!(
        refused.problem().code,
        "tip.not_second_custodian",
        "{}",
        refused.text
    );
    cast.inspector.post(&path(""), &json!({ "reason": REASON })).await;
    town.narrator
        .does(&cast.inspector.name, "写明理由，申请查看举报人身份");
    let early = cast.inspector.try_post(&path("/open"), &json!({})).await;
    assert_eq!(early.problem().code, "tip.reveal_not_approved", "{}", early.text);
    town.narrator.sees(&early.problem().detail);
    let alone = cast.inspector.try_post(&path("/approve"), &json!({})).await;
    assert_eq!(alone.problem().code, "tip.reveal_own_request", "{}", alone.text);
    cast.city_leader.post(&path("/approve"), &json!({})).await;
    town.narrator.does(&cast.city_leader.name, "另一岗位批准");
    let opened = cast.inspector.post(&path("/open"), &json!({})).await;
    assert_eq!(opened["contact"]["phone"], PHONE, "{opened}");
    let again = cast.inspector.try_post(&path("/open"), &json!({})).await;
    assert_eq!(again.problem().code, "tip.reveal_not_approved", "{}", again.text);

    let page = citizen.status_page(&tip.receipt).await;
    assert!(
        page.contains("谁查看过您的身份") && page.contains(REASON),
        "{page}"
    );
    assert!(page.contains("纪委监委") && !page.contains(PHONE), "{page}");
    town.narrator
        .does("举报人", "凭查询码看到：谁的单位、什么时候、为什么查看过身份");

    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    replay::happened_in_order(
        &history,
        &[
            "tip.identity_reveal_requested.v1",
            "tip.identity_reveal_approved.v1",
            "tip.identity_revealed.v1",
        ],
    );
    let fact = replay::first(&history, "tip.identity_revealed.v1");
    assert_eq!(fact["actor"]["account"], cast.inspector.account, "{fact}");
    let of_the_county = cast.county_leader.replays(&case).await;
    assert!(
        replay::names(&of_the_county)
            .iter()
            .all(|name| !name.starts_with("tip.identity_")),
        "the area does not see who asks for identities"
    );
    city.has_a_whole_history().await;
    city.stop_all().await;
    let needles = [NAME, PHONE].map(Needle::new);
    let mut findings = search(&city.folder().join("data"), &needles);
    findings.extend(search(&city.folder().join("log"), &needles));
    assert!(findings.is_empty(), "an identity in the clear: {findings:#?}");
}
