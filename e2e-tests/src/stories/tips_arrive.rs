//! Tips arrive by program, by SMS and by telephone; each is one tip, each reporter holds a receipt.

use super::steps;
use crate::city::City;
use crate::http::Answer;
use crate::people::{Citizen, Staff};
use crate::photo::Photo;
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};

/// Plays it. Needs the whole city: the SMS outbox is opened with the city's own keys.
pub async fn tips_arrive_on_every_channel(city: &City) {
    let town = &city.town;
    let citizen = town.citizen();
    let dispatcher = town.staff("dispatcher-city").await;
    by_program(&citizen, &dispatcher).await;
    by_sms(city, &citizen, &dispatcher).await;
    by_telephone(town, &citizen, &dispatcher).await;
    by_a_recorded_call(town, &dispatcher).await;
}

async fn by_program(citizen: &Citizen, dispatcher: &Staff) {
    let place = steps::new_place("加油站后院");
    let mut body = steps::plain_tip("院内有刺鼻气味，地上有不明液体。", &place);
    body["photos"] = json!([{ "data": Photo::new().base64() }]);
    let tip = citizen.reports(&body).await;
    citizen
        .adds(&tip.receipt, "今晚又来了一辆罐车。", &[Photo::new()])
        .await;
    let status = citizen.status(&tip.receipt).await;
    assert_eq!(
        (&status["photos"], &status["messages"]),
        (&json!(2), &json!(1)),
        "{status}"
    );
    let content = dispatcher.reads_content(&tip.id).await;
    assert_eq!(
        content["messages"][0]["text"], "今晚又来了一辆罐车。",
        "{content}"
    );
    let photo = content["evidence"][0].as_str().unwrap_or_default();
    let picture = dispatcher.try_get(&format!("/api/v1/evidence/{photo}")).await;
    assert_eq!(picture.content_type, "image/jpeg", "{}", picture.text);
    dispatcher.replies(&tip.id, "请问罐车车牌是否看清？").await;
    let status = citizen.status(&tip.receipt).await;
    assert_eq!(status["replies"][0]["text"], "请问罐车车牌是否看清？", "{status}");
    in_the_list(dispatcher, &tip.id, "web").await;
}

async fn by_sms(city: &City, citizen: &Citizen, dispatcher: &Staff) {
    let town = &city.town;
    let content = format!("{}夜里有化工气味", steps::new_place("老粮站"));
    let message = json!([{
        "phone_number": "19900000017",
        "send_time": "2026-11-23 21:10:05",
        "content": content,
        "sign_name": "明察",
        "dest_code": "19900000001",
        "sequence_id": 7_211_003,
    }]);
    let before = sms_tips(dispatcher).await;
    for _ in 0..2 {
        let answer = webhook(town, citizen, &message).await;
        assert_eq!(answer.json()["code"], 0, "{}", answer.text);
    }
    let outbox = eventually("the receipt waits in the SMS outbox", PATIENCE, || async {
        let taken = city.run(&["sms-outbox"], &[]).await;
        taken.contains("19900000017").then_some(taken)
    })
    .await;
    assert_eq!(outbox.matches("19900000017").count(), 1, "one receipt: {outbox}");
    let again = city.run(&["sms-outbox"], &[]).await;
    assert!(!again.contains("19900000017"), "taken once: {again}");
    let receipt = steps::receipt_in(&outbox);
    let status = citizen.status(&receipt).await;
    assert_eq!(status["progress"], "received", "{status}");
    let id = status["tip_id"].as_str().unwrap_or_default();
    in_the_list(dispatcher, id, "sms").await;
    assert_eq!(
        sms_tips(dispatcher).await,
        before + 1,
        "a repetition is no second tip"
    );
    an_operator_says_where(town, id).await;
    let mut enquiry = message.clone();
    enquiry[0]["content"] = json!(receipt);
    enquiry[0]["sequence_id"] = json!(7_211_004);
    webhook(town, citizen, &enquiry).await;
    let answer = city.run(&["sms-outbox"], &[]).await;
    assert!(
        answer.contains("19900000017") && answer.contains("正在核对"),
        "whoever sends the receipt alone is told how it stands: {answer}"
    );
}

/// The message tells it in words; until somebody has read them it lies with the city alone and is compared with nothing.
async fn an_operator_says_where(town: &Town, tip: &str) {
    let operator = town.staff("operator-city").await;
    let county = town.staff("dispatcher-shuyang").await;
    let waits = async || {
        let work = operator.get("/api/v1/work?kind=place_to_record&limit=200").await;
        let mut items = work["items"].as_array().cloned().unwrap_or_default().into_iter();
        items.find(|item| item["tip_id"] == tip)
    };
    eventually("the SMS waits to be placed", PATIENCE, &waits).await;
    let seen_by_the_county = async || {
        let answer = county.try_get(&format!("/api/v1/tips?text={tip}")).await;
        answer.json()["total"].as_u64() == Some(1)
    };
    assert!(!seen_by_the_county().await, "it lies nowhere yet");
    let place = json!({ "place": { "text": steps::new_place("短信里的窑厂"), "division": "321322102" } });
    operator.post(&format!("/api/v1/tips/{tip}/place"), &place).await;
    eventually("it waits no longer, and its county sees it", PATIENCE, || async {
        (waits().await.is_none() && seen_by_the_county().await).then_some(())
    })
    .await;
}

async fn webhook(town: &Town, citizen: &Citizen, message: &Value) -> Answer {
    let secret = town.hook_secret.as_deref().unwrap_or_default();
    let request = citizen
        .client
        .request(Method::POST, &format!("/hooks/sms/{secret}"))
        .json(message);
    let answer = citizen.client.send(request).await.expect("an answer");
    assert!(answer.is_success(), "{} {}", answer.status, answer.text);
    answer
}

async fn by_telephone(town: &Town, citizen: &Citizen, dispatcher: &Staff) {
    let operator = town.staff("operator-city").await;
    let body = json!({
        "channel": "phone",
        "line": "0527-12350",
        "narrative": "来电人称邻村养鸡场半夜冒白烟，有酸味。",
        "place": { "text": steps::new_place("养鸡场"), "division": "321322102" },
        "seen": ["smell"],
        "danger": true,
        "contact": { "name": "来电人", "phone": "19900000018" },
    });
    let tip = operator.takes_call(&body).await;
    let status = citizen.status(&tip.receipt).await;
    assert_eq!(status["urgent"], true, "danger makes it urgent: {status}");
    in_the_list(dispatcher, &tip.id, "phone").await;
    // Whoever is on duty hears of it at once: for the city, and for the county in which it lies.
    for on_duty in ["dispatcher-city@", "dispatcher-shuyang@"] {
        eventually("the alarm is in the mail", PATIENCE, || async {
            let mails = town.mailbox.to(on_duty).into_iter();
            mails
                .filter(|mail| mail.subject.contains("举报现场有即时危险"))
                .find(|mail| !mail.text.contains("19900000018"))
        })
        .await;
    }
}

/// A call that nobody had time to type: its recording is the tip, until somebody has listened and written it down.
async fn by_a_recorded_call(town: &Town, dispatcher: &Staff) {
    let operator = town.staff("operator-city").await;
    let call = json!({ "data": STANDARD.encode("RIFF\u{24}\0\0\0WAVEfmt \u{10}\0\0\0\u{1}\0来电录音") });
    let body = json!({
        "channel": "phone",
        "place": { "text": steps::new_place("旧码头"), "division": "321322102" },
        "recordings": [call],
    });
    let tip = operator.takes_call(&body).await;
    let waits = async || {
        let work = operator
            .get("/api/v1/work?kind=transcript_to_record&limit=200")
            .await;
        let mut items = work["items"].as_array().cloned().unwrap_or_default().into_iter();
        items.find(|item| item["tip_id"] == tip.id.as_str())
    };
    let item = eventually("the call waits to be written down", PATIENCE, &waits).await;
    assert_eq!(item["what"], "来电没有文字，请听录音后写成文字", "{item}");
    let later = json!({ "recording": { "data": STANDARD.encode("RIFF\u{24}\0\0\0WAVEfmt \u{10}\0\0\0\u{1}\0第二通") } });
    operator
        .post(&format!("/api/v1/tips/{}/recordings", tip.id), &later)
        .await;
    let recordings = dispatcher.reads_content(&tip.id).await["recordings"].clone();
    assert_eq!(recordings.as_array().map(Vec::len), Some(2), "{recordings}");
    let first = recordings[0].as_str().unwrap_or_default();
    let path = format!("/api/v1/tips/{}/recordings/{first}", tip.id);
    let heard = operator.try_get(&path).await;
    assert_eq!(heard.content_type, "audio/wav", "{}", heard.text);
    assert!(heard.text.ends_with("来电录音"), "{}", heard.text);
    let words = json!({ "text": "来电人称旧码头夜里卸桶，有刺鼻气味。" });
    operator
        .post(&format!("/api/v1/tips/{}/transcript", tip.id), &words)
        .await;
    eventually("it waits no longer", PATIENCE, || async {
        waits().await.is_none().then_some(())
    })
    .await;
    let content = dispatcher.reads_content(&tip.id).await;
    assert_eq!(content["transcripts"][0]["text"], words["text"], "{content}");
}

async fn in_the_list(dispatcher: &Staff, tip: &str, channel: &str) {
    let path = format!("/api/v1/tips/{tip}");
    let seen = eventually("the ledger shows the tip", PATIENCE, || async {
        let answer = dispatcher.try_get(&path).await;
        answer.is_success().then(|| answer.json())
    })
    .await;
    assert_eq!(seen["tip"]["channel"], channel, "{seen}");
}

async fn sms_tips(dispatcher: &Staff) -> u64 {
    let list = dispatcher.get("/api/v1/tips?channel=sms").await;
    list["total"].as_u64().unwrap_or_default()
}
