//! Whatever could point at a reporter is found nowhere in what the city has written to its disk or told of itself.

use super::cast::Cast;
use super::steps;
use crate::city::City;
use crate::collector::Collector;
use crate::grep::{Needle, search, search_bytes};
use crate::photo::Photo;
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::json;
use std::path::Path;

/// Texts that occur nowhere else.
const NARRATIVE: &str = "黄鹂啭鸣玄关旁的赭石巷";
const MESSAGE: &str = "紫藤架下第七根立柱的缝隙";
const NAME: &str = "欧阳测试麒麟";
const PHONE: &str = "19900000077";
const MAIL: &str = "qilin-0777@reporter.example";
const ADDRESS: &str = "琥珀里八十八弄顶楼";
const VOICE: &str = "voice-of-Ouyang-0777";
const CAMERA: &str = "EXIF-owner-Ouyang-0777";
const AGENT: &str = "ReporterBrowser-Ouyang-0777";
const FORWARDED: &str = "203.0.113.177";
const WRONG_ACCOUNT: &str = "ouyang-typed-password-here-0777";

/// Plays it, stops the city and looks into every file, every span and every measurement.
pub async fn no_personal_data_in_clear(city: &City, collector: &Collector) {
    let cast = Cast::of(&city.town).await;
    let place = steps::new_place("赭石巷口旧厂");
    // Whoever has a receipt reads what was answered and writes in the reporter's name: it is as good as the name.
    let by_form = a_tip_full_of_marks(city, &cast, &place).await;
    let by_sms = an_sms_with_marks(city).await;
    a_recorded_call(city).await;
    mistyped(city).await;
    city.stop_all().await;
    let receipts = [&by_form, &by_sms].map(|receipt| [receipt.clone(), grouped(receipt)]);
    let marks = [
        NARRATIVE,
        MESSAGE,
        NAME,
        PHONE,
        MAIL,
        ADDRESS,
        VOICE,
        CAMERA,
        AGENT,
        FORWARDED,
        WRONG_ACCOUNT,
    ];
    let receipts = receipts.iter().flatten().map(String::as_str);
    let needles: Vec<_> = marks.into_iter().chain(receipts).map(Needle::new).collect();
    let mut findings = search(&city.folder().join("data"), &needles);
    findings.extend(search(&city.folder().join("log"), &needles));
    let told = collector.everything();
    findings.extend(search_bytes(Path::new("telemetry"), &told, &needles));
    assert!(findings.is_empty(), "personal data in the clear: {findings:#?}");
    // The search itself must be able to find something: the place is no secret.
    let found = search(&city.folder().join("data"), &[Needle::new(&place)]);
    assert!(
        !found.is_empty(),
        "the place of the case is in the store, so the search works"
    );
    let spans = search_bytes(Path::new("telemetry"), &told, &[Needle::new("tip.accepted.v1")]);
    assert!(
        !spans.is_empty(),
        "events are named in spans, so that search works too"
    );
}

/// As receipts are printed and read out.
fn grouped(receipt: &str) -> String {
    let digits: Vec<char> = receipt.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(String::from_iter).collect();
    groups.join(" ")
}

/// Answers with the receipt.
async fn a_tip_full_of_marks(city: &City, cast: &Cast, place: &str) -> String {
    let citizen = city.town.citizen();
    let mut body = steps::plain_tip(NARRATIVE, place);
    body["photos"] = json!([{ "data": Photo::with_exif(CAMERA).base64() }]);
    body["confidential"] = json!(true);
    body["wants_answer"] = json!(true);
    body["contact"] = json!({ "name": NAME, "phone": PHONE, "email": MAIL, "address": ADDRESS });
    let request = citizen.client.request(Method::POST, "/api/v1/tips");
    let request = request
        .header("User-Agent", AGENT)
        .header("X-Forwarded-For", FORWARDED)
        .header("Forwarded", format!("for={FORWARDED}"))
        .header("X-Real-IP", FORWARDED);
    let answer = citizen.client.send(request.json(&body)).await.expect("an answer");
    let tip = crate::people::Tip::of(&answer.expect_ok());
    citizen
        .adds(&tip.receipt, MESSAGE, &[Photo::with_exif(CAMERA)])
        .await;
    // Somebody reads it, and the case goes its way: reactions, views and mails must not carry it either.
    cast.dispatcher.reads_content(&tip.id).await;
    cast.dispatcher.replies(&tip.id, "感谢举报，正在核实。").await;
    cast.dispatcher.accepts(&tip.id, "旧厂疑似违法生产化工产品").await;
    let case = steps::case_of(&cast.dispatcher, &citizen, &tip).await;
    cast.dispatcher
        .assigns(&case, super::cast::TOWNSHIP, "请核查。")
        .await;
    cast.handler.acknowledges(&case).await;
    cast.inspector.replays(&case).await;
    cast.admin.advances_days(12).await;
    cast.inspector
        .sees_case(&case, "a deadline is missed and mailed", |seen| {
            seen["escalations"]
                .as_array()
                .is_some_and(|steps| !steps.is_empty())
        })
        .await;
    tip.receipt
}

/// Answers with the receipt, as the carrier's adapter takes it out of the outbox.
async fn an_sms_with_marks(city: &City) -> String {
    let citizen = city.town.citizen();
    let secret = city.town.hook_secret.as_deref().unwrap_or_default();
    let mut message = json!([{
        "phone_number": PHONE,
        "send_time": "2026-11-23 22:00:00",
        "content": format!("老河口船厂 {NARRATIVE}"),
        "sign_name": "明察",
        "dest_code": "19900000001",
        "sequence_id": "7211004",
    }]);
    citizen
        .client
        .post(&format!("/hooks/sms/{secret}"), &message)
        .await
        .expect_ok();
    let receipt = steps::receipt_by_sms(city, PHONE).await;
    // Whoever sends the receipt alone is told how it stands.
    message[0]["content"] = json!(receipt);
    message[0]["sequence_id"] = json!("7211005");
    citizen
        .client
        .post(&format!("/hooks/sms/{secret}"), &message)
        .await
        .expect_ok();
    receipt
}

async fn a_recorded_call(city: &City) {
    let operator = city.town.staff("operator-city").await;
    let recording = format!("RIFF\u{24}\0\0\0WAVEfmt \u{10}\0\0\0\u{1}\0{VOICE}");
    let body = json!({
        "channel": "phone",
        "place": { "text": steps::new_place("旧渡口"), "division": super::cast::TOWNSHIP },
        "recordings": [{ "data": STANDARD.encode(recording) }],
    });
    let tip = operator.takes_call(&body).await;
    let content = operator.reads_content(&tip.id).await;
    let id = content["recordings"][0].as_str().unwrap_or_default();
    let heard = operator
        .try_get(&format!("/api/v1/tips/{}/recordings/{id}", tip.id))
        .await;
    assert!(heard.text.contains(VOICE), "{}", heard.text);
}

/// People type things into the wrong box; what is refused must not be kept either.
async fn mistyped(city: &City) {
    let client = city.town.citizen().client;
    let wrong = json!({ "account": WRONG_ACCOUNT, "password": NAME });
    assert_eq!(client.post("/api/v1/session", &wrong).await.status, 401);
    let unknown = json!({ "narrative": NARRATIVE, "contact": { "nmae": NAME } });
    let refused = client.post("/api/v1/tips", &unknown).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text);
    let receipt = json!({ "receipt": PHONE });
    let refused = client.post("/api/v1/tips/status", &receipt).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text);
}
