//! A county does not take a tip up; its reporter does not agree, and the city's desk screens it again and opens a case.

use super::cast::Cast;
use super::{replay, steps};
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use serde_json::json;

/// Plays it.
pub async fn turned_down_and_taken_up_after_all(town: &Town) {
    let cast = Cast::of(town).await;
    let county = town.staff("dispatcher-shuyang").await;
    let citizen = town.citizen();
    let place = steps::new_place("豆制品厂后院");
    let tip = citizen
        .reports(&steps::plain_tip("后院夜里有酸味，堆着蓝色桶。", &place))
        .await;
    let rejection = json!({ "reason": "not_chemical", "explanation": "现场为豆制品加工。" });
    county
        .post(&format!("/api/v1/tips/{}/reject", tip.id), &rejection)
        .await;
    let page = citizen.status_page(&tip.receipt).await;
    assert!(page.contains("现场为豆制品加工。"), "{page}");
    assert!(
        page.contains("name=\"objects\""),
        "what the reporter can do: {page}"
    );

    let objection = json!({ "receipt": tip.receipt, "message": "豆制品厂在前院，我说的是后院。" });
    let objects = || citizen.client.post("/api/v1/tips/object", &objection);
    objects().await.expect_ok();
    assert_eq!(objects().await.problem().code, "tip.already_objected");
    let page = citizen.status_page(&tip.receipt).await;
    assert!(page.contains("市安委办复核"), "{page}");
    assert!(
        page.contains("等待复核") && !page.contains("name=\"objects\""),
        "{page}"
    );

    // Whoever turned it down has no say in that any more.
    let again = county
        .try_post(&format!("/api/v1/tips/{}/reject", tip.id), &rejection)
        .await;
    assert_eq!(again.problem().code, "tip.under_review", "{}", again.text);
    let item = cast.dispatcher.sees_tip_to_screen(&tip.id).await;
    assert_eq!(item["obligation"], "screen_tip", "{item}");
    let content = cast.dispatcher.reads_content(&tip.id).await;
    assert_eq!(content["messages"][0]["text"], "豆制品厂在前院，我说的是后院。");
    cast.dispatcher
        .accepts(&tip.id, "豆制品厂后院疑似储存化工原料")
        .await;
    let case = steps::case_of(&cast.dispatcher, &citizen, &tip).await;

    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    let expected = [
        "tip.received.v1",
        "tip.rejected.v1",
        "tip.screening_objected.v1",
        "tip.accepted.v1",
        "case.opened.v1",
    ];
    replay::happened_in_order(&history, &expected);
    assert!(
        !history.to_string().contains("我说的是后院"),
        "the reporter's words stay sealed"
    );
    // On paper everything has a name: no codes of ours.
    let dossier = eventually("the dossier is printed", PATIENCE, || async {
        let dossier = cast
            .inspector
            .try_get(&format!("/api/v1/audit/cases/{case}/dossier"))
            .await;
        dossier.is_success().then_some(dossier.text)
    })
    .await;
    for name in [
        "待甄审 → 不予受理",
        "举报人对甄审结果提出异议",
        "胡集镇（321322102）",
    ] {
        assert!(dossier.contains(name), "{name} in {dossier}");
    }
}
