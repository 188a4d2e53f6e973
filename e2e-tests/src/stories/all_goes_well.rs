//! A tip from the web form ends in a closed case, a filed report and an answer to the reporter.

use super::cast::{COUNTY, Cast, TOWNSHIP};
use super::{area_report, replay, steps};
use crate::city::City;
use crate::narrator::in_beijing;
use crate::people::{Citizen, Inspection, Tip};
use crate::photo::Photo;
use crate::town::Town;
use serde_json::{Value, json};

/// The facts that must be in the history, in this order.
const EXPECTED: [&str; 15] = [
    "tip.received.v1",
    "tip.accepted.v1",
    "case.opened.v1",
    "case.assigned.v1",
    "case.acknowledged.v1",
    "case.inspection_recorded.v1",
    "case.identification_requested.v1",
    "case.site_identified.v1",
    "disposal.ordered.v1",
    "disposal.safety_plan_submitted.v1",
    "disposal.safety_plan_approved.v1",
    "disposal.measure_completed.v1",
    "disposal.review_passed.v1",
    "disposal.closed.v1",
    "case.closed.v1",
];

/// Plays it; answers with the id of the case.
pub async fn all_goes_well(town: &Town) -> String {
    let cast = Cast::of(town).await;
    let citizen = town.citizen();
    let place = steps::new_place("老砖瓦厂院内");
    town.narrator.chapter("一、群众举报");
    let (tip, status) = a_citizen_reports(town, &citizen, &place).await;
    assert_eq!(status["progress"], "received", "{status}");
    town.narrator.chapter("二、甄审、交办、签收、核查");
    let case = the_case_opens(town, &cast, &citizen, &tip, &place).await;
    the_township_inspects(town, &cast, &case).await;
    town.narrator.chapter("三、处置、复核、销号");
    the_site_is_disposed_of(town, &cast, &case).await;
    the_reporter_is_told(town, &citizen, &tip).await;
    town.narrator.chapter("四、结果上报");
    area_report::signed_sealed_and_filed(town, &cast, COUNTY, "acceptance").await;
    town.narrator.chapter("五、纪委监委回放");
    the_inspector_replays(town, &cast, &case).await;
    case
}

async fn a_citizen_reports(town: &Town, citizen: &Citizen, place: &str) -> (Tip, Value) {
    let narrative = "停产的砖瓦厂夜里有机器声和刺鼻气味，半夜有货车拉蓝色桶进出，院墙后面私拉了电线。";
    let receipt = citizen
        .reports_on_the_web_form(narrative, place, &Photo::new())
        .await;
    town.narrator.does("群众", "用手机网页举报，附一张照片，不留姓名");
    town.narrator.sees(&format!("查询码 {receipt}"));
    let page = citizen.status_page(&receipt).await;
    assert!(
        !page.contains("已受理") && page.contains("收到"),
        "an honest page: {page}"
    );
    let status = citizen.status(&receipt).await;
    assert_eq!(status["photos"], 1, "{status}");
    let due = status["screening_due"].as_str().unwrap_or_default();
    town.narrator
        .sees(&format!("进展：已收到，{} 前甄审", in_beijing(due)));
    let id = status["tip_id"].as_str().unwrap_or_default().to_owned();
    (Tip { id, receipt }, status)
}

async fn the_case_opens(town: &Town, cast: &Cast, citizen: &Citizen, tip: &Tip, place: &str) -> String {
    let content = cast.dispatcher.reads_content(&tip.id).await;
    assert!(
        content["narrative"]
            .as_str()
            .is_some_and(|text| text.contains("蓝色桶")),
        "{content}"
    );
    let body = json!({
        "summary": "停产砖瓦厂疑似夜间生产化工产品，有原料桶进出、私拉电线",
        "place": { "text": place, "division": TOWNSHIP, "coordinates": { "latitude": 34.1312, "longitude": 118.7735 } },
    });
    cast.dispatcher
        .post(&format!("/api/v1/tips/{}/accept", tip.id), &body)
        .await;
    let case = steps::case_of(&cast.dispatcher, citizen, tip).await;
    town.narrator
        .does(&cast.dispatcher.name, "读原文，写案情摘要，受理；系统立案");
    cast.dispatcher
        .assigns(&case, TOWNSHIP, "请三日内现场核查，注意翻墙三查。")
        .await;
    town.narrator.does(&cast.dispatcher.name, "交办胡集镇");
    cast.handler.acknowledges(&case).await;
    let item = cast.handler.sees_work(&case, "first_inspection").await;
    town.narrator.does(&cast.handler.name, "签收；待办里出现：");
    town.narrator.sees(&format!(
        "{}　期限 {}",
        item["title"].as_str().unwrap_or_default(),
        in_beijing(item["due"].as_str().unwrap_or_default())
    ));
    case
}

async fn the_township_inspects(town: &Town, cast: &Cast, case: &str) {
    let doubtful = Inspection {
        finding: "suspected",
        premises: "idle_plant",
        note: "厂内有反应釜和原料桶，现场无人，性质难以判断。",
    };
    cast.handler.inspects(case, &doubtful).await;
    town.narrator.does(
        &cast.handler.name,
        "现场核查：五个有没有、翻墙三查逐项记录，附照片；疑似",
    );
    let decided = json!({ "class": "c", "basis": "镇里自己定" });
    let refused = cast
        .handler
        .try_post(&format!("/api/v1/cases/{case}/classification"), &decided)
        .await;
    assert_eq!(
        refused.problem().code,
        "case.doubtful_goes_to_county",
        "{}",
        refused.text
    );
    town.narrator.sees(&refused.problem().detail);
    cast.handler
        .asks_for_identification(case, "有反应釜和原料桶，是否属于小化工难以判断")
        .await;
    let basis = "取样检测为有机溶剂合成中间体，无证无照，利用停产厂房生产储存。";
    cast.county_handler.identifies(case, "c", basis).await;
    town.narrator
        .does(&cast.county_handler.name, "甄别确认：属小化工，C 类");
}

async fn the_site_is_disposed_of(town: &Town, cast: &Cast, case: &str) {
    let seen = steps::disposal_ordered(&cast.handler, case).await;
    let measures = seen["disposal"]["measures"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert_eq!(measures.len(), 4, "四个彻底: {seen}");
    for measure in &measures {
        town.narrator.sees(measure["title"].as_str().unwrap_or_default());
    }
    let early = json!({
        "measure": "dismantle_equipment",
        "before": [cast.handler.uploads(&Photo::new()).await],
        "after": [cast.handler.uploads(&Photo::new()).await],
        "note": "",
    });
    let refused = cast
        .handler
        .try_post(&format!("/api/v1/disposals/{case}/measures"), &early)
        .await;
    assert_eq!(
        refused.status, 409,
        "no dismantling without a plan: {}",
        refused.text
    );
    town.narrator.does(&cast.handler.name, "想先拆设备，系统不允许：");
    town.narrator.sees(&refused.problem().detail);
    steps::disposed(cast, case).await;
    town.narrator.does(
        &cast.handler.name,
        "断水断电；方案获县里批准后拆除、清理，每项附前后照片",
    );
    town.narrator.does(&cast.county_leader.name, "复核签字，案件销号");
}

async fn the_reporter_is_told(town: &Town, citizen: &Citizen, tip: &Tip) {
    let status = citizen
        .waits_for(&tip.receipt, "the reporter is told the outcome", |status| {
            status["replies"]
                .as_array()
                .is_some_and(|replies| replies.len() > 1)
        })
        .await;
    // First what was verified, then what came of it.
    let verified = status["replies"][0]["text"].as_str().unwrap_or_default();
    assert!(verified.contains("核查属实"), "{status}");
    let told = status["replies"][1]["text"].as_str().unwrap_or_default();
    assert!(told.contains("已依法处置"), "{status}");
    let page = citizen.status_page(&tip.receipt).await;
    assert!(page.contains("依法处置完毕"), "the page tells it too: {page}");
    town.narrator.does("群众", "凭查询码再查进展");
    town.narrator.sees(told);
}

async fn the_inspector_replays(town: &Town, cast: &Cast, case: &str) {
    let history = cast
        .inspector
        .replays_until(case, "the history is complete", |history| {
            replay::names(history).iter().any(|name| name == "case.closed.v1")
        })
        .await;
    replay::is_whole(&history);
    replay::happened_in_order(&history, &EXPECTED);
    replay::held_after_assignment(&history, TOWNSHIP);
    let opened = replay::first(&history, "case.opened.v1");
    assert_eq!(opened["actor"]["kind"], "system", "{opened}");
    assert_eq!(opened["cause"]["kind"], "event", "{opened}");
    let acknowledged = replay::first(&history, "case.acknowledged.v1");
    assert_eq!(acknowledged["actor"]["account"], "handler-huji", "{acknowledged}");
    town.narrator.does(&cast.inspector.name, "回放整个案件");
    replay::told(&history, &town.narrator);
}

/// The same history in a terminal: for programs, as a timeline, and as of an instant.
pub async fn replayed_in_a_terminal(city: &City, case: &str) {
    let history = as_json(&in_a_terminal(city, case, &["--format", "json"]).await);
    assert_eq!(history["case_id"], case, "{history}");
    replay::is_whole(&history);
    replay::happened_in_order(&history, &EXPECTED);
    let assigned = replay::first(&history, "case.assigned.v1");
    let (step, title) = (&assigned["step"], assigned["title"].as_str().unwrap_or_default());

    let timeline = in_a_terminal(city, case, &[]).await;
    assert!(timeline.starts_with(&format!("案件 {case}\n")), "{timeline}");
    let is_told = |line: &str| line.trim_start().starts_with(&format!("{step}  ")) && line.contains(title);
    assert!(timeline.lines().any(is_told), "{title} is missing in {timeline}");

    let at = assigned["at"].as_str().unwrap_or_default();
    let then = as_json(&in_a_terminal(city, case, &["--at", at, "--format", "json"]).await);
    let (known, all) = (replay::names(&then), replay::names(&history));
    assert!(known.len() < all.len(), "{known:#?} of {all:#?}");
    replay::happened_in_order(&then, &["case.opened.v1", "case.assigned.v1"]);
    let acknowledged = known.iter().any(|name| name == "case.acknowledged.v1");
    assert!(!acknowledged, "not yet at {at}: {known:#?}");
}

async fn in_a_terminal(city: &City, case: &str, more: &[&str]) -> String {
    let mut arguments = vec!["replay", case, "--server", city.town.base.as_str()];
    arguments.extend(more);
    let password = city.town.password.as_str();
    city.run(&arguments, &[("MINGCHA_PASSWORD", password)]).await
}

fn as_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
