//! Every part and service is stopped for real and started again: what still works works, what does not says so.

use super::cast::{Cast, TOWNSHIP};
use super::steps;
use crate::city::City;
use crate::http::{Answer, Client};
use crate::mail::Mail;
use crate::people::{Staff, Tip};
use crate::wait::{PATIENCE, eventually};
use serde_json::{Value, json};
use uuid::Uuid;

/// NATS, Redis, mail and the event store.
pub async fn parts_go_down(city: &City) {
    let cast = Cast::of(&city.town).await;
    without_nats(city, &cast).await;
    without_redis(city).await;
    let cast = Cast::of(&city.town).await;
    without_mail(city, &cast).await;
    without_the_store(city, &cast).await;
}

/// Alive and silent is the worst way to be away: nobody refuses the connection, so only time limits help.
pub async fn parts_hang(city: &City) {
    let cast = Cast::of(&city.town).await;
    let citizen = city.town.citizen();
    city.pause("redis");
    let tip = reported(city).await;
    city.resume("redis");
    city.ready().await;
    city.pause("nats");
    cast.dispatcher.accepts(&tip.id, "消息系统卡住期间受理").await;
    city.resume("nats");
    steps::case_of(&cast.dispatcher, &citizen, &tip).await;
    for service in ["event-store", "tip-intake"] {
        city.pause(service);
        let key = Uuid::new_v4().to_string();
        let body = steps::plain_tip("卡住期间举报", &steps::new_place("卡住时的点位"));
        let answer = citizen.try_reports(&key, &body).await;
        says_so(&answer.expect("an answer before the browser gives up"));
        city.resume(service);
        let answer = retried(|| citizen.try_reports(&key, &body)).await;
        let tip = Tip::of(&answer.expect_ok());
        cast.dispatcher.accepts(&tip.id, "恢复后受理").await;
        steps::case_of(&cast.dispatcher, &citizen, &tip).await;
    }
}

/// Each service by itself.
pub async fn services_go_down(city: &City) {
    let cast = Cast::of(&city.town).await;
    let citizen = city.town.citizen();
    without_intake(city).await;
    // Reactors catch up with what happened while they were away.
    for service in ["event-relay", "case-assignment"] {
        city.stop(service).await;
        let tip = reported(city).await;
        cast.dispatcher.accepts(&tip.id, "服务停机期间受理").await;
        is_named_away(city, service).await;
        city.start_service(service).await;
        steps::case_of(&cast.dispatcher, &citizen, &tip).await;
    }
    without_reactors_of_the_case(city, &cast).await;
    without_views(city, &cast).await;
    without_directory(city).await;
    without_gateway(city, &cast).await;
    let leader = city.town.staff("leader-huji-village-1").await;
    let report = json!({ "unit": leader.unit, "stage": "acceptance" });
    let path = "/api/v1/reports/draft";
    command_away(city, "result-reporting", &leader, path, &report).await;
    leader.post(path, &report).await;
    city.stop("notification").await;
    a_missed_deadline_is_mailed(city, &cast, async || city.start_service("notification").await).await;
}

/// Whoever looks after the system is told, also of the one that nobody calls.
async fn is_named_away(city: &City, service: &str) {
    let client = Client::new(&city.town.base);
    eventually(&format!("{service} is named as away"), PATIENCE, || async {
        let away = client.try_get("/readyz").await.ok()?.json()["away"].clone();
        away.as_array()?.iter().any(|name| name == service).then_some(())
    })
    .await;
}

async fn reported(city: &City) -> Tip {
    let body = steps::plain_tip("夜里有气味", &steps::new_place("停机时的点位"));
    city.town.citizen().reports(&body).await
}

/// 503, in Chinese, and nothing else.
fn says_so(answer: &Answer) {
    let problem = answer.problem();
    assert_eq!(problem.status, 503, "{}", answer.text);
}

/// Commands go on: the store is the truth, NATS only carries the news.
async fn without_nats(city: &City, cast: &Cast) {
    city.stop("nats").await;
    let tip = reported(city).await;
    cast.dispatcher.accepts(&tip.id, "消息系统停机期间受理").await;
    city.start_service("nats").await;
    steps::case_of(&cast.dispatcher, &city.town.citizen(), &tip).await;
}

/// Public intake goes on; nobody can sign in, and is told why.
async fn without_redis(city: &City) {
    city.stop("redis").await;
    let tip = reported(city).await;
    let status = city.town.citizen().status(&tip.receipt).await;
    assert_eq!(status["progress"], "received", "{status}");
    let client = city.town.citizen().client;
    let body = json!({ "account": "dispatcher-city", "password": city.town.password });
    says_so(&client.post("/api/v1/session", &body).await);
    city.start_service("redis").await;
    eventually("somebody can sign in again", PATIENCE, || async {
        let answer = client.post("/api/v1/session", &body).await;
        answer.is_success().then_some(())
    })
    .await;
}

/// What must be told is told once the mail is back.
async fn without_mail(city: &City, cast: &Cast) {
    city.stop("mail").await;
    a_missed_deadline_is_mailed(city, cast, async || city.start_service("mail").await).await;
}

async fn a_missed_deadline_is_mailed(city: &City, cast: &Cast, back: impl AsyncFn()) {
    let place = steps::new_place("无人签收处");
    let (_, case) = steps::opened_case(&city.town, cast, &place).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请签收。").await;
    cast.admin.advances_days(12).await;
    cast.inspector
        .sees_case(&case, "the reminder is issued", |seen| {
            seen["escalations"]
                .as_array()
                .is_some_and(|steps| !steps.is_empty())
        })
        .await;
    assert!(mail_about(city, &place).is_none(), "no mail can have arrived");
    back().await;
    eventually("the mail arrives after all", PATIENCE * 3, || async {
        mail_about(city, &place)
    })
    .await;
}

fn mail_about(city: &City, place: &str) -> Option<Mail> {
    let mut mails = city.town.mailbox.all().into_iter();
    mails.find(|mail| mail.text.contains(place) || mail.subject.contains(place))
}

/// Nothing can be promised without the truth; everything catches up afterwards.
async fn without_the_store(city: &City, cast: &Cast) {
    let tip = reported(city).await;
    city.stop("event-store").await;
    let citizen = city.town.citizen();
    let key = Uuid::new_v4().to_string();
    let body = steps::plain_tip("库停机", &steps::new_place("库停机时的点位"));
    let answer = citizen.try_reports(&key, &body).await.expect("an answer");
    says_so(&answer);
    let path = format!("/api/v1/tips/{}/accept", tip.id);
    let accept = json!({ "summary": "库停机期间受理" });
    says_so(&cast.dispatcher.try_post(&path, &accept).await);
    city.start_service("event-store").await;
    // The very same submission succeeds now.
    let answer = retried(|| citizen.try_reports(&key, &body)).await;
    let late = Tip::of(&answer.expect_ok());
    cast.dispatcher.accepts(&tip.id, "恢复后受理").await;
    cast.dispatcher.accepts(&late.id, "恢复后受理").await;
    steps::case_of(&cast.dispatcher, &citizen, &tip).await;
    steps::case_of(&cast.dispatcher, &citizen, &late).await;
}

/// Asks again until it is not told 503.
async fn retried<W: Future<Output = Option<Answer>>>(ask: impl Fn() -> W) -> Answer {
    eventually("the service answers again", PATIENCE, || async {
        ask().await.filter(|answer| answer.status != 503)
    })
    .await
}

async fn command_away(city: &City, service: &str, who: &Staff, path: &str, body: &Value) {
    city.stop(service).await;
    says_so(&who.try_post(path, body).await);
    city.start_service(service).await;
}

async fn without_intake(city: &City) {
    city.stop("tip-intake").await;
    let citizen = city.town.citizen();
    let body = steps::plain_tip("受理停机", &steps::new_place("受理停机时的点位"));
    let key = Uuid::new_v4().to_string();
    let answer = citizen.try_reports(&key, &body).await.expect("an answer");
    says_so(&answer);
    let page = citizen.client.get("/").await;
    assert!(page.is_success(), "the public page stays: {}", page.text);
    city.start_service("tip-intake").await;
    let answer = retried(|| citizen.try_reports(&key, &body)).await;
    Tip::of(&answer.expect_ok());
}

/// Case, disposal and accountability: their commands say so, their reactions catch up.
async fn without_reactors_of_the_case(city: &City, cast: &Cast) {
    let (_, case) = steps::opened_case(&city.town, cast, &steps::new_place("逐个停机处")).await;
    let assign = json!({ "to": TOWNSHIP, "instructions": "请核查。" });
    let path = format!("/api/v1/cases/{case}/assign");
    command_away(city, "case-assignment", &cast.dispatcher, &path, &assign).await;
    city.stop("accountability-escalation").await;
    is_named_away(city, "accountability-escalation").await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    city.start_service("accountability-escalation").await;
    cast.inspector
        .sees_case(&case, "the clock of the assignment runs after all", |seen| {
            let clocks = seen["clocks"].as_array().into_iter().flatten();
            clocks
                .into_iter()
                .any(|clock| clock["obligation"] == "acknowledge")
        })
        .await;
    cast.handler.acknowledges(&case).await;
    city.stop("disposal-tracking").await;
    steps::inspected_and_classified(cast, &case).await;
    let plan = format!("/api/v1/disposals/{case}/safety-plan");
    let words = json!({ "risks": "甲", "measures": "乙", "responsible": "丙" });
    says_so(&cast.handler.try_post(&plan, &words).await);
    city.start_service("disposal-tracking").await;
    steps::disposal_ordered(&cast.handler, &case).await;
}

/// Without the ledger lists are away, commands are not; without the audit nobody replays, and all else goes on.
async fn without_views(city: &City, cast: &Cast) {
    city.stop("ledger").await;
    says_so(&cast.dispatcher.try_get("/api/v1/tips").await);
    let tip = reported(city).await;
    cast.dispatcher.accepts(&tip.id, "台账停机期间受理").await;
    city.start_service("ledger").await;
    let case = steps::case_of(&cast.dispatcher, &city.town.citizen(), &tip).await;
    city.stop("audit-replay").await;
    let path = format!("/api/v1/audit/cases/{case}");
    says_so(&cast.inspector.try_get(&path).await);
    city.start_service("audit-replay").await;
    cast.inspector
        .replays_until(&case, "the history can be read again", |history| {
            history["events"]
                .as_array()
                .is_some_and(|events| !events.is_empty())
        })
        .await;
}

/// Nobody new can sign in; whoever is signed in works on.
async fn without_directory(city: &City) {
    let dispatcher = city.town.staff("dispatcher-city").await;
    city.stop("directory").await;
    let tip = reported(city).await;
    dispatcher.accepts(&tip.id, "名录停机期间受理").await;
    let body = json!({ "account": "handler-huji", "password": city.town.password });
    says_so(&city.town.citizen().client.post("/api/v1/session", &body).await);
    city.start_service("directory").await;
    city.town.staff("handler-huji").await;
}

/// The edge is only the way in: what is under way goes on without it, and whoever was signed in still is.
async fn without_gateway(city: &City, cast: &Cast) {
    let place = steps::new_place("入口停机处");
    let (_, case) = steps::opened_case(&city.town, cast, &place).await;
    // Held up until the edge is gone, so that what follows can only have happened without it.
    city.stop("event-relay").await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    city.stop("web-gateway").await;
    let outside = Client::new(&city.town.base);
    assert!(outside.try_get("/").await.is_err(), "somebody was let in");
    assert!(mail_about(city, &place).is_none(), "no mail can have arrived");
    city.launch("event-relay");
    eventually(
        "the township is written to without the edge",
        PATIENCE,
        || async { mail_about(city, &place) },
    )
    .await;
    city.start_service("web-gateway").await;
    cast.handler.acknowledges(&case).await;
}
