//! Staff: sign-in, its throttle, CSRF, roles, commands, evidence, and life without Redis.

use crate::city::City;
use crate::fakes::PASSWORD;
use crate::visitor::Visitor;
use jurisdiction::Role;
use serde_json::json;

const DISPATCHER: &str = "dispatcher-321300-AWB";
const ACCEPT: &str = "/api/v1/tips/5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11/accept";

#[tokio::test]
async fn a_session_begins_tells_who_i_am_and_ends() {
    let city = City::start().await;
    let answer = Visitor::default().sign_in(&city, DISPATCHER, PASSWORD).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let me = visitor.get(&city, "/api/v1/session").await.json();
    assert_eq!(me["unit_name"], "市安委办");
    assert_eq!(me["roles"][0], json!({"code": "dispatcher", "name": "派单员"}));
    assert_eq!(visitor.delete(&city, "/api/v1/session").await.status, 204);
    let after = visitor.get(&city, "/api/v1/session").await.problem();
    assert_eq!(after, (401, "gateway.session_ended".to_owned()));
    let nobody = Visitor::default().get(&city, "/api/v1/session").await.problem();
    assert_eq!(nobody, (401, "gateway.not_signed_in".to_owned()));
}

#[tokio::test]
async fn wrong_passwords_make_the_next_attempt_wait() {
    let city = City::start().await;
    let visitor = Visitor::default();
    let mut last = visitor.sign_in(&city, DISPATCHER, "wrong").await;
    assert_eq!(last.problem(), (401, "gateway.wrong_password".to_owned()));
    for _ in 0..5 {
        last = visitor.sign_in(&city, DISPATCHER, "wrong").await;
    }
    assert_eq!(last.problem(), (429, "gateway.too_many_attempts".to_owned()));
    assert!(!last.header("retry-after").is_empty());
    // Not even the right password is looked at now; other accounts are not concerned.
    assert_eq!(visitor.sign_in(&city, DISPATCHER, PASSWORD).await.status, 429);
    assert_eq!(
        visitor.sign_in(&city, "admin-321300-AWB", PASSWORD).await.status,
        200
    );
}

#[tokio::test]
async fn a_command_needs_token_and_role_and_is_recognised_when_repeated() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let body = || json!({"summary": "砖瓦厂内疑似生产"});
    let forged = Visitor {
        csrf: String::new(),
        ..visitor.clone()
    };
    assert_eq!(
        forged.post(&city, ACCEPT, body()).await.problem().1,
        "gateway.csrf_token"
    );
    let keyed = visitor
        .clone()
        .with("idempotency-key", "6f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11");
    for _ in 0..2 {
        let answer = keyed.post(&city, ACCEPT, body()).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["position"]),
            (200, &json!(42))
        );
    }
    {
        let accepted = city.intake.accepted.lock().expect("lock");
        assert_eq!(accepted[0].0, accepted[1].0, "the same command");
        assert!(accepted[0].1.is(Role::Dispatcher));
        assert_eq!(accepted[0].2.tip_id, "5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11");
    }
    let handler = Visitor::signed_in(&city, "handler-321322102").await;
    assert_eq!(
        handler.post(&city, ACCEPT, body()).await.problem(),
        (403, "gateway.wrong_role".to_owned())
    );
}

#[tokio::test]
async fn a_bad_request_names_the_field() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let answer = visitor.post(&city, ACCEPT, json!({"sumary": "x"})).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["field"]),
        (422, &json!("sumary"))
    );
    let answer = visitor.post(&city, ACCEPT, json!({"tip_id": "another"})).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["field"]),
        (422, &json!("tip_id"))
    );
    let answer = visitor.post_query(&city, ACCEPT, "summary=x").await;
    assert_eq!(answer.problem().0, 415);
    let admin = Visitor::signed_in(&city, "admin-321300-AWB").await;
    let year = admin
        .post(&city, "/api/v1/admin/calendars/2020", json!({"holidays": []}))
        .await;
    assert_eq!(year.json()["id"], "2020");
}

#[tokio::test]
async fn whoever_is_retired_is_out_at_once() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    city.directory.retire(DISPATCHER);
    let answer = visitor.get(&city, "/api/v1/session").await;
    assert_eq!(answer.problem(), (401, "gateway.account_retired".to_owned()));
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_old() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let path = format!("/api/v1/staff/{DISPATCHER}/password");
    let answer = visitor
        .post(
            &city,
            &path,
            json!({"current": PASSWORD, "new": "another-password"}),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(visitor.get(&city, "/api/v1/session").await.status, 401);
    Visitor::signed_in(&city, DISPATCHER).await;
}

#[tokio::test]
async fn photos_go_up_as_form_or_json_and_come_down_as_pictures() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, "handler-321322102").await;
    let form = visitor
        .post_form(&city, "/api/v1/evidence", &[("photo", "12345")])
        .await;
    assert_eq!(form.json()["evidence_id"], format!("{:064x}", 5));
    let json = visitor
        .post(&city, "/api/v1/evidence", json!({"photo": {"data": "MTIz"}}))
        .await;
    assert_eq!(json.json()["evidence_id"], format!("{:064x}", 3));
    let picture = visitor.get(&city, &format!("/api/v1/evidence/{:064x}", 5)).await;
    assert_eq!(
        (picture.header("content-type"), picture.body.as_slice()),
        ("image/jpeg", &[0xff, 0xd8][..])
    );
    assert_eq!(
        Visitor::default().get(&city, "/api/v1/evidence/x").await.status,
        401
    );
}

#[tokio::test]
async fn recordings_go_up_from_the_call_desk_and_come_down_to_be_played() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let form = visitor
        .post_form(&city, "/api/v1/tips/t1/recordings", &[("recording", "a call")])
        .await;
    assert_eq!(form.status, 200, "{}", form.text());
    let heard = visitor.get(&city, "/api/v1/tips/t1/recordings/abc").await;
    assert_eq!(
        (heard.header("content-type"), heard.body.as_slice()),
        ("audio/mpeg", &b"abc"[..])
    );
    assert_eq!(heard.header("cache-control"), "no-store");
    let handler = Visitor::signed_in(&city, "handler-321322102").await;
    let answer = handler.get(&city, "/api/v1/tips/t1/recordings/abc").await;
    assert_eq!(answer.status, 403, "{}", answer.text());
}

#[tokio::test]
async fn a_command_does_not_rest_on_evidence_that_nobody_brought() {
    let city = City::start_with(|config| {
        config.services.disposal_tracking = "http://127.0.0.1:1".to_owned();
    })
    .await;
    let visitor = Visitor::signed_in(&city, "handler-321322102").await;
    let path = "/api/v1/disposals/5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11/measures";
    let (brought, invented) = (format!("{:064x}", 5), "f".repeat(64));
    let measure = |after: &str| json!({"measure": "close", "before": [brought], "after": [after]});
    let answer = visitor.post(&city, path, measure(&invented)).await;
    assert_eq!(answer.problem(), (422, "gateway.unknown_evidence".to_owned()));
    assert_eq!(answer.json()["field"], json!("after"));
    let reporters = format!("00001{}", "0".repeat(59));
    let answer = visitor.post(&city, path, measure(&reporters)).await;
    assert_eq!(answer.problem(), (422, "gateway.reporters_evidence".to_owned()));
    assert_eq!(answer.json()["field"], json!("after"));
    // What is all there goes on, here to a service that is not there.
    let answer = visitor.post(&city, path, measure(&format!("{:064x}", 7))).await;
    assert_eq!(answer.problem(), (503, "gateway.service_away".to_owned()));
    let inspections = path
        .replace("disposals", "cases")
        .replace("measures", "inspections");
    let check = json!({"answer": "no", "note": "", "evidence": [invented]});
    let answer = visitor
        .post(&city, &inspections, json!({"five": {"hidden_workshop": check}}))
        .await;
    assert_eq!(answer.json()["field"], json!("five.hidden_workshop.evidence"));
}

#[tokio::test]
async fn without_redis_staff_are_told_and_the_public_goes_on() {
    let mut city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    city.redis = None;
    let answer = visitor.get(&city, "/api/v1/session").await;
    assert_eq!(answer.problem(), (503, "gateway.sessions_away".to_owned()));
    assert!(!answer.header("retry-after").is_empty());
    let answer = Visitor::default().sign_in(&city, DISPATCHER, PASSWORD).await;
    assert_eq!(answer.problem(), (503, "gateway.sign_in_away".to_owned()));
    let tip = json!({"narrative": "x", "place": {"text": "y"}});
    assert_eq!(
        Visitor::default().post(&city, "/api/v1/tips", tip).await.status,
        201
    );
    let ready = Visitor::default().get(&city, "/readyz").await;
    assert_eq!(ready.status, 200);
    assert!(
        ready.json()["away"]
            .as_array()
            .is_some_and(|away| away.contains(&json!("redis")))
    );
}

#[tokio::test]
async fn a_service_that_breaks_or_is_missing_gives_a_clean_problem() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let path = ACCEPT.replace("accept", "divert");
    assert_eq!(
        visitor.post(&city, &path, json!({})).await.problem(),
        (501, "gateway.not_enabled".to_owned())
    );
    let path = ACCEPT.replace("accept", "reply");
    let answer = visitor.post(&city, &path, json!({"text": "x"})).await;
    assert!(answer.status.is_server_error());
    assert!(!answer.text().contains("foresaw"), "{}", answer.text());
    assert!(
        !answer.json()["request_id"]
            .as_str()
            .unwrap_or_default()
            .is_empty()
    );
}
