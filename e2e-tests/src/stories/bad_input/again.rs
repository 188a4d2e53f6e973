//! The same submission twice, two at once, and one after the session is gone.

use super::super::cast::{Cast, TOWNSHIP};
use super::super::steps;
use crate::city::City;
use crate::http::Client;
use crate::people::{Citizen, Tip};
use crate::photo::Photo;
use crate::wait::{PATIENCE, eventually};
use serde_json::json;
use uuid::Uuid;

/// The same key twice is the same submission: the same answer, one fact. Two keys at once are one fact and one refusal.
pub(super) async fn repeated_submissions(cast: &Cast, citizen: &Citizen) {
    let key = Uuid::new_v4().to_string();
    let mut body = steps::plain_tip("重复提交", &steps::new_place("重复提交处"));
    body["photos"] = json!([{ "data": Photo::new().base64() }]);
    let mut answers = Vec::new();
    for _ in 0..2 {
        let answer = citizen.try_reports(&key, &body).await.expect("an answer");
        answers.push(answer.expect_ok());
    }
    assert_eq!(answers[0], answers[1], "the same answer");
    let tip = Tip::of(&answers[0]);
    let path = format!("/api/v1/tips/{}/accept", tip.id);
    let accept = json!({ "summary": "一次受理" });
    let key = Uuid::new_v4().to_string();
    let twice = futures::join!(
        cast.dispatcher.try_post_as(&key, &path, &accept),
        cast.dispatcher.try_post_as(&key, &path, &accept)
    );
    let both = [twice.0.expect("an answer"), twice.1.expect("an answer")];
    let positions = both.map(|answer| answer.expect_ok()["position"].clone());
    assert_eq!(positions[0], positions[1], "one fact");
    let case = steps::case_of(&cast.dispatcher, citizen, &tip).await;
    let assign = format!("/api/v1/cases/{case}/assign");
    let to = [json!({ "to": TOWNSHIP }), json!({ "to": "321322103" })];
    let rivals = futures::join!(
        cast.dispatcher.try_post(&assign, &to[0]),
        cast.dispatcher.try_post(&assign, &to[1])
    );
    let mut statuses = [rivals.0.status, rivals.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", rivals.0.text, rivals.1.text);
}

/// Two people look at a case; the second acts on what the first has changed meanwhile. Nothing happens, and the answer says
/// so and names the revision to look at.
pub(super) async fn an_outdated_view(city: &City, cast: &Cast) {
    let (_, case) = steps::opened_case(&city.town, cast, &steps::new_place("两人同看处")).await;
    let seen = cast.dispatcher.sees_case(&case, "the case", |_| true).await;
    let revision = seen["revision"].as_u64().expect("a revision");
    let (assign, add) = (
        format!("/api/v1/cases/{case}/assign"),
        format!("/api/v1/cases/{case}/co-handlers"),
    );
    let first = cast
        .dispatcher
        .try_post_at(revision, &assign, &json!({ "to": TOWNSHIP }))
        .await;
    let newer = first.expect_ok()["revision"].as_u64().expect("a revision");
    assert!(newer > revision);
    let helper = json!({ "unit": "321322-YJ" });
    let second = cast.dispatcher.try_post_at(revision, &add, &helper).await;
    assert_eq!(second.status, 412, "{}", second.text);
    assert_eq!(second.problem().code, "platform.outdated_view");
    assert_eq!(second.json()["revision"], newer, "{}", second.text);
    // Having looked again, the same is accepted.
    let again = cast.dispatcher.try_post_at(newer, &add, &helper).await;
    assert_eq!(again.expect_ok()["revision"], newer + 1);
}

/// Sessions are kept in Redis: without it everybody is signed out, and told so.
pub(super) async fn sessions_end(city: &City) {
    let handler = city.town.staff("handler-huji").await;
    city.kill("redis");
    city.start_service("redis").await;
    let client: &Client = &handler.client;
    let answer = eventually("the lost session is told", PATIENCE, || async {
        let answer = client.get("/api/v1/work").await;
        (answer.status != 503).then_some(answer)
    })
    .await;
    assert_eq!(answer.problem().code, "gateway.session_ended", "{}", answer.text);
}
