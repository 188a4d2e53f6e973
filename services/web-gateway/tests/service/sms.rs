//! The carrier's webhook.

use crate::city::{City, HOOK_SECRET};
use crate::fakes::{ERASED, RECEIPT, REJECTED};
use crate::visitor::{Answer, Visitor};
use jurisdiction::Actor;
use serde_json::{Value, json};

async fn push(city: &City, secret: &str, messages: Value) -> Answer {
    Visitor::default()
        .post(city, &format!("/hooks/sms/{secret}"), messages)
        .await
}

fn sms(content: &str, sequence: Value) -> Value {
    json!({
        "phone_number": "19900000000", "content": content, "send_time": "2020-06-01 02:03:04",
        "sequence_id": sequence, "dest_code": "12350", "sign_name": "宿迁",
    })
}

#[tokio::test]
async fn a_message_becomes_one_tip_however_often_it_is_pushed() {
    let city = City::start().await;
    for id in [json!(7), json!("7")] {
        let answer = push(&city, HOOK_SECRET, json!([sms("桥北砖瓦厂半夜生产", id)])).await;
        assert_eq!(answer.json(), json!({"code": 0, "msg": "接收成功"}));
    }
    let tips = city.intake.tips.lock().expect("lock");
    assert_eq!(tips.len(), 1);
    let (_, actor, tip) = &tips[0];
    assert_eq!(
        (actor, tip.channel.as_str(), tip.line.as_deref()),
        (&Actor::Citizen, "sms", Some("12350"))
    );
    assert_eq!(
        tip.contact.as_ref().map(|contact| contact.phone.as_str()),
        Some("19900000000")
    );
}

#[tokio::test]
async fn without_the_secret_there_is_nothing_here() {
    let city = City::start().await;
    let answer = push(&city, "guess", json!([sms("x", json!(1))])).await;
    assert_eq!(answer.problem(), (404, "gateway.not_found".to_owned()));
    let city = City::start_with(|config| config.sms_hook_secret = None).await;
    assert_eq!(push(&city, "", json!([])).await.status, 404);
    assert_eq!(push(&city, HOOK_SECRET, json!([])).await.status, 404);
}

#[tokio::test]
async fn received_is_said_only_when_all_is_committed() {
    let city = City::start().await;
    *city.intake.fails.lock().expect("lock") = true;
    let both = json!([sms("第一条", json!(1)), sms("第二条", json!(2))]);
    let answer = push(&city, HOOK_SECRET, both.clone()).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (503, &json!(1)));
    assert_eq!(push(&city, HOOK_SECRET, both).await.json()["code"], 0);
    assert_eq!(city.intake.tips.lock().expect("lock").len(), 2);
}

#[tokio::test]
async fn a_receipt_adds_to_its_tip_and_a_wrong_one_loses_no_words() {
    let city = City::start().await;
    let messages = json!([
        sms(&format!("{RECEIPT} 还没有解决"), json!(1)),
        sms("9999999999999999 院子在桥北", json!(2)),
        sms(RECEIPT, json!(3)),
    ]);
    assert_eq!(push(&city, HOOK_SECRET, messages).await.json()["code"], 0);
    let additions = city.intake.additions.lock().expect("lock");
    assert_eq!(
        (additions.len(), additions[0].message.as_str()),
        (1, "还没有解决")
    );
    let tips = city.intake.tips.lock().expect("lock");
    assert_eq!(
        (tips.len(), tips[0].2.narrative.as_str()),
        (1, "9999999999999999 院子在桥北")
    );
}

#[tokio::test]
async fn a_receipt_and_that_it_is_not_fixed_says_so_once_and_loses_no_words() {
    let city = City::start().await;
    for number in [1, 2] {
        let messages = json!([sms(&format!("{RECEIPT} 没解决"), json!(number))]);
        assert_eq!(push(&city, HOOK_SECRET, messages).await.json()["code"], 0);
    }
    let said = city.intake.not_fixed.lock().expect("lock");
    assert_eq!((said.len(), said[0].message.as_str()), (1, "没解决"));
    let additions = city.intake.additions.lock().expect("lock");
    assert_eq!((additions.len(), additions[0].message.as_str()), (1, "没解决"));
}

#[tokio::test]
async fn words_for_a_tip_that_is_destroyed_become_a_tip_of_their_own() {
    let city = City::start().await;
    let message = json!([sms(&format!("{ERASED} 又在生产了"), json!(1))]);
    assert_eq!(push(&city, HOOK_SECRET, message).await.json()["code"], 0);
    assert_eq!(city.intake.tips.lock().expect("lock").len(), 1);
}

#[tokio::test]
async fn words_of_danger_for_an_existing_tip_raise_the_alarm_as_those_of_a_new_one_do() {
    let city = City::start().await;
    let messages = json!([
        sms(&format!("{RECEIPT} 厂里着火了，快来人"), json!(1)),
        sms(&format!("{RECEIPT} 怕会爆炸"), json!(2)),
    ]);
    assert_eq!(push(&city, HOOK_SECRET, messages).await.json()["code"], 0);
    let additions = city.intake.additions.lock().expect("lock");
    let danger: Vec<bool> = additions.iter().map(|addition| addition.danger).collect();
    assert_eq!(danger, [true, false], "a worry is not an alarm");
    assert_eq!(additions[0].answer_to.as_deref(), Some("19900000000"));
}

#[tokio::test]
async fn whoever_does_not_agree_that_a_tip_was_not_taken_up_says_so_by_sms() {
    let city = City::start().await;
    let messages = json!([sms(&format!("{REJECTED} 不同意"), json!(1))]);
    assert_eq!(push(&city, HOOK_SECRET, messages).await.json()["code"], 0);
    let objections = city.intake.objections.lock().expect("lock");
    assert_eq!((objections.len(), objections[0].message.as_str()), (1, "不同意"));
    assert!(city.intake.additions.lock().expect("lock").is_empty());
}

#[tokio::test]
async fn a_receipt_alone_is_answered_to_its_number_until_it_asks_too_often() {
    let city = City::start_with(|config| config.limits.wrong_receipts.most = 2).await;
    let ask = |receipt: &str, number: i64| json!([sms(receipt, json!(number))]);
    for (number, receipt) in [(1, RECEIPT), (2, "9999 9999 9999 9999"), (3, "9999999999999998")] {
        assert_eq!(
            push(&city, HOOK_SECRET, ask(receipt, number)).await.json()["code"],
            0
        );
    }
    let asked = || city.intake.enquiries.lock().expect("lock").clone();
    let (first, wrong) = (asked()[0].clone(), asked()[1].clone());
    assert_eq!(
        (first.receipt.as_str(), first.number.as_str()),
        (RECEIPT, "19900000000")
    );
    assert_eq!(wrong.receipt, "9999999999999999");
    // Two were wrong: whoever tries receipts out learns nothing more, not even from a right one.
    assert_eq!(push(&city, HOOK_SECRET, ask(RECEIPT, 4)).await.json()["code"], 0);
    assert_eq!(asked().len(), 3);
    assert!(city.intake.tips.lock().expect("lock").is_empty());
}
