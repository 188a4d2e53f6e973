//! Citizens: JSON and pages, limits, kept words, and what must not be logged.

use crate::city::City;
use crate::fakes::{ERASED, RECEIPT, REJECTED};
use crate::visitor::Visitor;
use jurisdiction::Actor;
use serde_json::json;
use std::io;
use std::sync::{Arc, Mutex};
use web_gateway::Window;

const KEY: &str = "6f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11";

#[tokio::test]
async fn a_tip_in_json_is_received_once_as_a_citizens() {
    let city = City::start().await;
    let visitor = Visitor::default().with("idempotency-key", KEY);
    let tip = json!({"channel": "phone", "narrative": "夜里有气味", "place": {"text": "桥北"}, "photos": [{"data": "MTIz"}]});
    for _ in 0..2 {
        let answer = visitor.post(&city, "/api/v1/tips", tip.clone()).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let receipt = answer.json();
        assert_eq!(receipt["receipt_grouped"], "1234 5678 9012 3456");
        assert_eq!(
            (&receipt["receipt"], &receipt["position"]),
            (&json!(RECEIPT), &json!(41))
        );
    }
    let tips = city.intake.tips.lock().expect("lock");
    assert_eq!(tips.len(), 1);
    assert_eq!((&tips[0].1, tips[0].2.channel.as_str()), (&Actor::Citizen, "web"));
}

#[tokio::test]
async fn a_receipt_tells_the_state_and_takes_additions() {
    let city = City::start().await;
    let visitor = Visitor::default();
    let state = visitor
        .post(
            &city,
            "/api/v1/tips/status",
            json!({"receipt": "1234 5678-90123456"}),
        )
        .await;
    assert_eq!(state.json()["progress"], "received");
    let added = visitor
        .post(
            &city,
            "/api/v1/tips/add",
            json!({"receipt": RECEIPT, "message": "还有", "answer_to": "19900000000"}),
        )
        .await;
    assert_eq!(added.status, 200);
    // Nobody has somebody else's phone rung by this page.
    assert_eq!(city.intake.additions.lock().expect("lock")[0].answer_to, None);
    let wrong = visitor
        .post(
            &city,
            "/api/v1/tips/status",
            json!({"receipt": "0000000000000000"}),
        )
        .await;
    assert_eq!(wrong.problem(), (404, "tip.receipt_unknown".to_owned()));
    assert_eq!(wrong.json()["field"], "receipt");
}

#[tokio::test]
async fn trying_out_receipts_ends_soon_but_not_for_others() {
    let city =
        City::start_with(|config| config.limits.wrong_receipts = Window { most: 2, seconds: 60 }).await;
    let visitor = Visitor::default();
    let ask = async |visitor: &Visitor, receipt: &str| {
        visitor
            .post(&city, "/api/v1/tips/status", json!({"receipt": receipt}))
            .await
            .status
            .as_u16()
    };
    assert_eq!(ask(&visitor, "0000000000000001").await, 404);
    assert_eq!(ask(&visitor, "0000000000000002").await, 404);
    assert_eq!(ask(&visitor, RECEIPT).await, 429);
    // The proxy header of a stranger changes nothing.
    let pretending = Visitor::default().with("x-forwarded-for", "203.0.113.1");
    assert_eq!(ask(&pretending, RECEIPT).await, 429);
}

#[tokio::test]
async fn too_many_reports_are_told_to_telephone() {
    let city = City::start_with(|config| config.limits.reports = Window { most: 1, seconds: 60 }).await;
    let tip = json!({"narrative": "x", "place": {"text": "y"}});
    let visitor = Visitor::default();
    assert_eq!(visitor.post(&city, "/api/v1/tips", tip.clone()).await.status, 201);
    let answer = visitor.post(&city, "/api/v1/tips", tip).await;
    assert_eq!(answer.problem(), (429, "gateway.too_often".to_owned()));
    assert!(!answer.header("retry-after").is_empty());
    assert!(
        answer.json()["remedy"]
            .as_str()
            .is_some_and(|text| text.contains("举报电话"))
    );
    // On the page nothing typed is lost.
    let fields = [("place", "桥北砖瓦厂"), ("narrative", "半夜开工")];
    let page = Visitor::browser().post_form(&city, "/report", &fields).await;
    assert_eq!(page.status, 429);
    assert!(page.text().contains("半夜开工") && page.text().contains("举报电话"));
}

#[tokio::test]
async fn without_redis_reports_go_on_and_are_still_counted() {
    let mut city = City::start_with(|config| config.limits.reports = Window { most: 2, seconds: 60 }).await;
    let tip = json!({"narrative": "x", "place": {"text": "y"}});
    let visitor = Visitor::default();
    // What was counted in Redis is forgotten with it: nobody is turned away for what cannot be known.
    assert_eq!(visitor.post(&city, "/api/v1/tips", tip.clone()).await.status, 201);
    city.redis = None;
    for _ in 0..2 {
        assert_eq!(visitor.post(&city, "/api/v1/tips", tip.clone()).await.status, 201);
    }
    let answer = visitor.post(&city, "/api/v1/tips", tip).await;
    assert_eq!(answer.problem(), (429, "gateway.too_often".to_owned()));
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn the_form_keeps_what_was_typed_and_gives_a_receipt_once() {
    let city = City::start().await;
    let browser = Visitor::browser();
    let challenge = browser.challenge(&city).await;
    let challenge = challenge.as_str();
    let missing = browser
        .post_form(
            &city,
            "/report",
            &[("challenge", challenge), ("narrative", "半夜开工")],
        )
        .await;
    assert_eq!(missing.status, 422);
    assert!(missing.text().contains("半夜开工") && missing.text().contains("place-mistake"));
    assert!(missing.text().contains(challenge), "the same form");
    let long = "夜".repeat(101);
    let fields = [
        ("challenge", challenge),
        ("place", "桥北"),
        ("narrative", "半夜开工"),
        ("seen_when", &long),
        ("photos", "JPEG"),
    ];
    let refused = browser.post_form(&city, "/report", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("id=\"seen_when-mistake\"") && refused.text().contains("重新选择照片"));
    *city.intake.fails.lock().expect("lock") = true;
    let fields = [
        ("challenge", challenge),
        ("place", "桥北"),
        ("narrative", "半夜开工"),
        ("danger", "yes"),
    ];
    let away = browser.post_form(&city, "/report", &fields).await;
    assert_eq!(away.status, 503);
    assert!(away.text().contains("半夜开工") && !away.text().contains("10.9.8.7"));
    for _ in 0..2 {
        let done = browser.post_form(&city, "/report", &fields).await;
        assert_eq!(done.status, 200);
        assert!(done.text().contains("<b>1234 5678</b> <b>9012 3456</b>") && done.text().contains("tel:119"));
        assert_eq!(done.header("cache-control"), "no-store");
    }
    let tips = city.intake.tips.lock().expect("lock");
    assert_eq!(tips.len(), 1, "sent twice, received once");
    assert!(tips[0].2.danger && tips[0].2.contact.is_none());
}

#[tokio::test]
async fn the_status_page_answers_by_form_only() {
    let city = City::start().await;
    let browser = Visitor::browser();
    let page = browser
        .post_query(&city, "/status", "receipt=1234+5678+9012+3456")
        .await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("2020年6月2日 23:59") && page.text().contains("请问厂门朝哪个方向"));
    let wrong = browser
        .post_query(&city, "/status", "receipt=0000000000000000")
        .await;
    assert_eq!(wrong.status, 404);
    assert!(wrong.text().contains("没有查到这个查询码"));
    let fields = [("receipt", RECEIPT), ("message", "厂门朝北")];
    let added = browser.post_form(&city, "/status/add", &fields).await;
    assert!(added.text().contains("补充的内容已收到"));
    let objects = [("receipt", REJECTED), ("objects", "yes"), ("message", "后院才是")];
    assert_eq!(
        browser.post_form(&city, "/status/add", &objects).await.status,
        200
    );
    assert_eq!(
        city.intake.objections.lock().expect("lock")[0].message,
        "后院才是"
    );
    let danger = [("receipt", RECEIPT), ("danger", "yes")];
    assert_eq!(browser.post_form(&city, "/status/add", &danger).await.status, 200);
    assert!(city.intake.additions.lock().expect("lock")[1].danger);
    let empty = browser
        .post_form(&city, "/status/add", &[("receipt", RECEIPT)])
        .await;
    assert_eq!(empty.status, 422);
    let ignored = browser.get(&city, &format!("/status?receipt={RECEIPT}")).await;
    assert!(!ignored.text().contains("2020年"));
}

#[tokio::test]
async fn danger_is_told_from_an_address_that_has_used_up_its_share() {
    let city = City::start().await;
    let browser = Visitor::browser();
    let words = [("receipt", RECEIPT), ("message", "厂门朝北")];
    let mut last = 200;
    for _ in 0..40 {
        last = browser
            .post_form(&city, "/status/add", &words)
            .await
            .status
            .as_u16();
        if last != 200 {
            break;
        }
    }
    assert_eq!(last, 429, "there is a share");
    let danger = [("receipt", RECEIPT), ("danger", "yes"), ("message", "着火了")];
    assert_eq!(browser.post_form(&city, "/status/add", &danger).await.status, 200);
}

#[tokio::test]
async fn a_reporter_destroys_what_was_left_after_a_warning() {
    let city = City::start().await;
    let browser = Visitor::browser();
    let page = browser
        .post_query(&city, "/status", &format!("receipt={RECEIPT}"))
        .await
        .text();
    assert!(page.contains("不能恢复") && page.contains("市纪委监委"), "{page}");
    let erase = async |form: &str| browser.post_query(&city, "/status/erase", form).await;
    let hasty = erase(&format!("receipt={RECEIPT}&what=all")).await;
    assert_eq!(hasty.status, 422);
    assert!(hasty.text().contains("请先勾选") && !hasty.text().contains("还没有提交成功"));
    let undecided = erase(&format!("receipt={RECEIPT}&understood=yes")).await;
    assert_eq!(undecided.status, 422);
    assert!(city.intake.erasures.lock().expect("lock").is_empty());
    let done = erase("receipt=1234+5678+9012+3456&what=all&understood=yes").await;
    assert_eq!(done.status, 200, "{}", done.text());
    {
        let erasures = city.intake.erasures.lock().expect("lock");
        assert_eq!(erasures.len(), 1);
        assert_eq!(
            (erasures[0].receipt.as_str(), erasures[0].compartments.len()),
            (RECEIPT, 2)
        );
    }
    let wrong = erase("receipt=0000000000000000&what=all&understood=yes").await;
    assert_eq!(wrong.status, 404);
    let gone = browser
        .post_query(&city, "/status", &format!("receipt={ERASED}"))
        .await;
    assert!(gone.text().contains("举报内容已经销毁") && !gone.text().contains("/status/add"));
    let by_program = Visitor::default()
        .post(
            &city,
            "/api/v1/tips/erase",
            json!({"receipt": RECEIPT, "compartments": ["identity"]}),
        )
        .await;
    assert_eq!(by_program.status, 200);
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_hold_nothing_of_reporters() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || writer.clone())
        .finish();
    // For the whole process: what the other tests cause to be logged must hold nothing either.
    tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");
    let city = City::start().await;
    let visitor = Visitor::browser()
        .with("user-agent", "SECRET-AGENT")
        .with("cookie", "SECRET=COOKIE");
    let challenge = visitor.challenge(&city).await;
    let fields = [
        ("challenge", challenge.as_str()),
        ("place", "SECRET-PLACE"),
        ("narrative", "SECRET-WORDS"),
        ("phone", "19900000000"),
    ];
    visitor.post_form(&city, "/report?SECRET-QUERY=1", &fields).await;
    visitor
        .post_query(&city, "/status", &format!("receipt={RECEIPT}"))
        .await;
    visitor.get(&city, &format!("/{RECEIPT}")).await;
    *city.intake.fails.lock().expect("lock") = true;
    assert_eq!(visitor.post_form(&city, "/report", &fields).await.status, 503);
    let hook = format!("/hooks/sms/{}", crate::city::HOOK_SECRET);
    let sms = json!([{"phone_number": "19900000000", "content": "SECRET-WORDS", "sequence_id": 1}]);
    Visitor::default().post(&city, &hook, sms).await;
    let log = String::from_utf8_lossy(&lines.0.lock().expect("lock")).into_owned();
    assert!(
        log.contains("/report") && log.contains("milliseconds"),
        "the log is there: {log}"
    );
    for secret in [
        "SECRET",
        "19900000000",
        RECEIPT,
        "198.51.100.7",
        crate::city::HOOK_SECRET,
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
async fn anybody_may_read_why_things_are_refused() {
    let city = City::start().await;
    let answer = Visitor::default().get(&city, "/api/v1/refusals").await;
    assert_eq!(answer.status, 200);
    let catalogue = answer.json();
    let rows = catalogue["refusals"].as_array().expect("a list");
    let screened = rows.iter().find(|row| row["code"] == "tip.already_screened");
    let screened = screened.expect("a row");
    assert_eq!(screened["status"], 409);
    assert!(
        screened["source"]
            .as_str()
            .is_some_and(|source| source.contains("24号文"))
    );
    assert!(rows.len() > 200, "{} rows", rows.len());
}
