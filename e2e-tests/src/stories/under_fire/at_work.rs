//! Other work under the same fire: cases go from the tip to the ordered disposal, danger is alarmed, people sign in and read histories.

use super::super::cast::TOWNSHIP;
use super::super::steps;
use super::{CATCH_UP, Promise, accept, acknowledged};
use crate::city::City;
use crate::http::Client;
use crate::people::{Citizen, Inspection, Staff, Tip, inspection_body};
use crate::photo::Photo;
use crate::wait::eventually;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// What came of it.
#[derive(Default)]
pub(super) struct Worked {
    pub(super) promises: Vec<Promise>,
    /// Confirmed, so that each has a disposal.
    cases: Vec<String>,
    alarms: usize,
}

/// Handles one case after the other; whatever gets no answer is submitted again under the same key.
pub(super) async fn handles_until(city: &City, over: &AtomicBool) -> Worked {
    let citizen = city.town.citizen();
    let dispatcher = city.town.staff("dispatcher-city").await;
    let handler = city.town.staff("handler-huji").await;
    let mut worked = Worked::default();
    while !over.load(Ordering::Relaxed) {
        let danger = worked.cases.len().is_multiple_of(2);
        let mut body = steps::plain_tip("夜里有罐车进出", &steps::new_place("窑厂"));
        body["danger"] = json!(danger);
        let tip = acknowledged(&citizen, &Uuid::new_v4().to_string(), &body).await;
        accept(&dispatcher, &tip).await;
        let case = case_of(&citizen, &tip).await;
        worked.promises.push(Promise { tip, accepted: true });
        worked.alarms += usize::from(danger);
        confirmed(&dispatcher, &handler, &case).await;
        worked.cases.push(case);
    }
    worked
}

async fn case_of(citizen: &Citizen, tip: &Tip) -> String {
    let body = json!({ "receipt": tip.receipt });
    eventually("the status names the case", CATCH_UP, || async {
        let request = citizen.client.request(Method::POST, "/api/v1/tips/status");
        let answer = citizen.client.send(request.json(&body)).await.ok()?;
        let status = answer.is_success().then(|| answer.json())?;
        status["case_id"].as_str().map(str::to_owned)
    })
    .await
}

async fn confirmed(dispatcher: &Staff, handler: &Staff, case: &str) {
    let of_case = |verb: &str| format!("/api/v1/cases/{case}/{verb}");
    let assigned = json!({ "to": TOWNSHIP, "instructions": "请核查。", "co_handlers": [] });
    step(dispatcher, &of_case("assign"), &assigned).await;
    step(handler, &of_case("acknowledge"), &json!({})).await;
    let photo = json!({ "photo": { "data": Photo::new().base64() } });
    let photo = step(handler, "/api/v1/evidence", &photo).await;
    let found = Inspection {
        finding: "confirmed_activity",
        premises: "idle_plant",
        note: "两台反应釜正在生产，无任何证照。",
    };
    let photo = photo["evidence_id"].as_str().unwrap_or_default();
    let inspected = inspection_body(&Timestamp::now().to_string(), &found, photo);
    step(handler, &of_case("inspections"), &inspected).await;
    let class = json!({ "class": "c", "basis": "无证无照生产化工产品。" });
    step(handler, &of_case("classification"), &class).await;
}

/// Until it is acknowledged. What another service has to do first is not there yet; who is dead says so.
pub(super) async fn step(staff: &Staff, path: &str, body: &Value) -> Value {
    let key = Uuid::new_v4().to_string();
    eventually("the step is acknowledged", CATCH_UP, || async {
        let answer = staff.try_post_as(&key, path, body).await?;
        assert!(
            answer.is_success() || [404, 503].contains(&answer.status),
            "{path}: {} {}",
            answer.status,
            answer.text
        );
        answer.is_success().then(|| answer.json())
    })
    .await
}

/// Signs in and reads histories, each time as somebody new; answers with how often both were answered.
pub(super) async fn reads_until(city: &City, over: &AtomicBool) -> (usize, usize) {
    let (mut signed_in, mut read) = (0, 0);
    let account = json!({ "account": "inspector", "password": city.town.password });
    while !over.load(Ordering::Relaxed) {
        let client = Client::new(&city.town.base);
        let request = client.request(Method::POST, "/api/v1/session").json(&account);
        signed_in += usize::from(is_answered(&client, request).await);
        let request = client.request(Method::GET, "/api/v1/audit/facts?limit=5");
        read += usize::from(is_answered(&client, request).await);
    }
    (signed_in, read)
}

/// Whether it was done; if not, because somebody is away or nobody is signed in, and never by a fault.
async fn is_answered(client: &Client, request: reqwest::RequestBuilder) -> bool {
    let Ok(answer) = client.send(request).await else {
        return false;
    };
    assert!(
        answer.is_success() || [401, 503].contains(&answer.status),
        "{} → {} {}",
        answer.asked,
        answer.status,
        answer.text
    );
    answer.is_success()
}

/// Each case has its one disposal, and whoever is on duty was told of each danger.
pub(super) async fn came_to_its_end(city: &City, worked: &Worked) {
    assert!(worked.cases.len() > 1, "the work was no work");
    let handler = city.town.staff("handler-huji").await;
    for case in &worked.cases {
        let path = format!("/api/v1/cases/{case}");
        eventually("the confirmed case has its disposal", CATCH_UP, || async {
            let answer = handler.try_get(&path).await;
            let seen = answer.is_success().then(|| answer.json())?;
            seen["disposal"].is_object().then_some(())
        })
        .await;
    }
    eventually("every danger was alarmed", CATCH_UP, || async {
        let mails = city.town.mailbox.to("dispatcher-city@").into_iter();
        let alarms = mails.filter(|mail| mail.subject.contains("举报现场有即时危险"));
        (alarms.count() >= worked.alarms).then_some(())
    })
    .await;
}
