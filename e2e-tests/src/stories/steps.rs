//! Steps that several stories share: a case opened, a site confirmed, measures carried out, reviewed and closed.

use super::cast::{Cast, TOWNSHIP};
use crate::city::City;
use crate::mail::Mail;
use crate::people::{Citizen, Inspection, Staff, Tip};
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use serde_json::{Value, json};

/// 四个彻底, without the first, which needs no safety plan.
pub(super) const AFTER_THE_PLAN: [&str; 3] = ["dismantle_equipment", "clear_premises", "clear_materials"];

/// A place that no other run of a story has.
pub(super) fn new_place(what: &str) -> String {
    // Letters only: letters to staff hide whatever could be somebody's number.
    let number = uuid::Uuid::new_v4().into_bytes();
    let letters: String = number
        .iter()
        .take(8)
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    format!("胡集镇{what}（{letters}）")
}

/// A tip as somebody without much time would send it.
pub(super) fn plain_tip(narrative: &str, place: &str) -> Value {
    json!({
        "narrative": narrative,
        "place": { "text": place, "division": TOWNSHIP },
        "seen": ["smell", "night_work"],
    })
}

/// The case of an accepted tip, once the ledger shows it.
pub(super) async fn case_of(reader: &Staff, citizen: &Citizen, tip: &Tip) -> String {
    let status = citizen
        .waits_for(&tip.receipt, "the tip names its case", |status| {
            status["case_id"].is_string()
        })
        .await;
    let case = status["case_id"].as_str().unwrap_or_default().to_owned();
    reader
        .sees_case(&case, "the accepted tip opens its case", |_| true)
        .await;
    case
}

/// A tip is reported and accepted; answers with it and its case.
pub(super) async fn opened_case(town: &Town, cast: &Cast, place: &str) -> (Tip, String) {
    let citizen = town.citizen();
    let tip = citizen
        .reports(&plain_tip("夜里十一点后有刺鼻气味，有货车运蓝色桶进出。", place))
        .await;
    cast.dispatcher
        .accepts(&tip.id, "停产砖瓦厂疑似夜间生产化工产品")
        .await;
    let case = case_of(&cast.dispatcher, &citizen, &tip).await;
    (tip, case)
}

/// The township finds a small chemical works and says so; the disposal is ordered.
pub(super) async fn confirmed(cast: &Cast, case: &str) {
    inspected_and_classified(cast, case).await;
    disposal_ordered(&cast.handler, case).await;
}

pub(super) async fn inspected_and_classified(cast: &Cast, case: &str) {
    let found = Inspection {
        finding: "confirmed_activity",
        premises: "idle_plant",
        note: "停产砖瓦厂内两台反应釜正在生产，无任何证照。",
    };
    cast.handler.inspects(case, &found).await;
    cast.handler
        .classifies(case, "c", "无证无照，利用停产厂房生产、储存化工产品。")
        .await;
}

pub(super) async fn disposal_ordered(reader: &Staff, case: &str) -> Value {
    reader
        .sees_case(case, "the confirmed case orders its disposal", |seen| {
            seen["disposal"].is_object()
        })
        .await
}

/// Everything that class C prescribes, in the order that safety prescribes.
pub(super) async fn disposed(cast: &Cast, case: &str) {
    cast.handler
        .completes(case, "cut_water_and_power", "供电所拉闸、供水阀拆除，已贴封条。")
        .await;
    cast.handler.submits_safety_plan(case).await;
    cast.county_leader.approves_safety_plan(case).await;
    for measure in AFTER_THE_PLAN {
        cast.handler
            .completes(case, measure, "已完成，前后照片附后。")
            .await;
    }
    closed(cast, case).await;
}

/// Every level that has to review does, lowest first; the last one closes.
pub(super) async fn closed(cast: &Cast, case: &str) {
    let seen = cast.handler.get(&format!("/api/v1/cases/{case}")).await;
    let required = seen["disposal"]["reviews_required"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert!(!required.is_empty(), "nobody has to review: {seen}");
    for level in required {
        let reviewer = cast.reviewer(level.as_str().unwrap_or_default());
        reviewer.passes_review(case).await;
    }
    cast.handler
        .sees_case(case, "the last review closes the case", |seen| {
            seen["case"]["state"] == "closed"
        })
        .await;
}

/// Whether accountability has recorded such a failure.
pub(super) fn has_failure(seen: &Value, kind: &str) -> bool {
    let failures = seen["failures"].as_array();
    failures.is_some_and(|failures| failures.iter().any(|failure| failure["kind"] == kind))
}

/// The receipt that waits in the SMS outbox for a telephone; takes everything out of the outbox.
pub(super) async fn receipt_by_sms(city: &City, phone: &str) -> String {
    let outbox = eventually("the receipt waits in the SMS outbox", PATIENCE, || async {
        let taken = city.run(&["sms-outbox"], &[]).await;
        taken.contains(phone).then_some(taken)
    })
    .await;
    receipt_in(&outbox)
}

/// The sixteen digits in the text of an SMS.
pub(super) fn receipt_in(text: &str) -> String {
    let after = text.split("查询码").nth(1).unwrap_or_default();
    after.chars().filter(char::is_ascii_digit).take(16).collect()
}

/// A mail to an address with these words in it.
pub(super) async fn mail_arrives(town: &Town, address: &str, about: &str, title: &str) -> Mail {
    let what = format!("{title} about {about} arrives at {address}");
    eventually(&what, PATIENCE, || async {
        let mut mails = town.mailbox.to(address).into_iter();
        mails.find(|mail| {
            let all = format!("{}\n{}", mail.subject, mail.text);
            all.contains(about) && all.contains(title)
        })
    })
    .await
}
