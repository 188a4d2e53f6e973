//! The wrong person, at the wrong time, about the wrong thing.

use super::super::cast::{Cast, TOWNSHIP};
use super::Table;
use crate::people::{Citizen, Inspection, Tip, inspection_body};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

impl Table {
    pub(super) async fn sessions(&mut self, cast: &Cast, citizen: &Citizen, case: &str) {
        let path = format!("/api/v1/cases/{case}/assign");
        let body = json!({ "to": TOWNSHIP });
        let nobody = citizen.client.post(&path, &body).await;
        self.expects("no session", &nobody, 401, "gateway.not_signed_in");
        let forged = citizen
            .client
            .request(Method::GET, "/api/v1/work")
            .header("Cookie", format!("mingcha_session={}", "a".repeat(43)));
        let forged = citizen.client.send(forged).await.expect("an answer");
        self.expects("a session that is none", &forged, 401, "gateway.session_ended");
        let bare = cast.dispatcher.client.post(&path, &body).await;
        self.expects("no CSRF token", &bare, 403, "gateway.csrf_token");
        let wrong = json!({ "account": "dispatcher-city", "password": "not the password" });
        let wrong = citizen.client.post("/api/v1/session", &wrong).await;
        self.expects("wrong password", &wrong, 401, "gateway.wrong_password");
        let nobody = json!({ "account": "no-such-account", "password": "not the password" });
        let nobody = citizen.client.post("/api/v1/session", &nobody).await;
        self.expects("wrong account", &nobody, 401, "gateway.wrong_password");
        let role = cast
            .dispatcher
            .submission(&path)
            .header("X-Mingcha-Role", "inspector")
            .json(&body);
        let role = cast.dispatcher.client.send(role).await.expect("an answer");
        self.expects("a role not held", &role, 403, "gateway.wrong_role");
    }

    pub(super) async fn roles_and_rules(&mut self, cast: &Cast, tip: &Tip, case: &str) {
        let of_case = |verb: &str| format!("/api/v1/cases/{case}/{verb}");
        let of_disposal = |verb: &str| format!("/api/v1/disposals/{case}/{verb}");
        let accept = format!("/api/v1/tips/{}/accept", tip.id);
        let to = |unit: &str| json!({ "to": unit });
        let advance = json!({ "seconds": 60 });
        let plan = json!({ "reason": "" });
        let (dispatcher, handler) = (&cast.dispatcher, &cast.handler);
        let rows = [
            (
                "wrong role",
                handler,
                accept.clone(),
                json!({"summary": "x"}),
                403,
                "gateway.wrong_role",
            ),
            (
                "wrong role for the clock",
                handler,
                "/api/v1/admin/clock/advance".into(),
                advance,
                403,
                "gateway.wrong_role",
            ),
            (
                "accepted twice",
                dispatcher,
                accept,
                json!({"summary": "再受理一次"}),
                409,
                "tip.already_screened",
            ),
            (
                "unknown unit",
                dispatcher,
                of_case("assign"),
                to("321322999"),
                422,
                "case.unknown_unit",
            ),
            (
                "a code that is none",
                dispatcher,
                of_case("assign"),
                to("32 13"),
                422,
                "platform.bad_shape",
            ),
            (
                "an office handles nothing",
                dispatcher,
                of_case("assign"),
                to("321300-JW"),
                422,
                "case.not_a_handling_unit",
            ),
            (
                "not assigned yet",
                handler,
                of_case("acknowledge"),
                json!({}),
                409,
                "case.not_assigned",
            ),
            (
                "no such case",
                dispatcher,
                format!("/api/v1/cases/{}/assign", Uuid::new_v4()),
                to(TOWNSHIP),
                404,
                "case.not_found",
            ),
            (
                "an id that is none",
                dispatcher,
                "/api/v1/cases/7/assign".into(),
                to(TOWNSHIP),
                404,
                "case.not_found",
            ),
            (
                "a case under an id that is none",
                dispatcher,
                "/api/v1/cases".into(),
                sweep("7"),
                422,
                "platform.bad_shape",
            ),
            (
                "a case of a citizen's tip, by hand",
                dispatcher,
                "/api/v1/cases".into(),
                from_a_tip(),
                422,
                "gateway.invalid",
            ),
            (
                "two ids",
                dispatcher,
                of_case("assign"),
                json!({"case_id": "7", "to": TOWNSHIP}),
                422,
                "gateway.invalid",
            ),
            (
                "no disposal yet",
                handler,
                of_disposal("review/pass"),
                json!({}),
                403,
                "gateway.wrong_role",
            ),
            (
                "no plan yet",
                &cast.county_leader,
                of_disposal("safety-plan/reject"),
                plan,
                404,
                "disposal.not_found",
            ),
            (
                "a photo that nobody brought",
                handler,
                of_case("inspections"),
                suspected(&nobodys_photo()),
                422,
                "gateway.unknown_evidence",
            ),
            (
                "a bad date",
                handler,
                of_case("inspections"),
                bad_date(),
                422,
                "platform.bad_shape",
            ),
        ];
        for (what, who, path, body, status, code) in rows {
            let answer = who.try_post(&path, &body).await;
            self.expects(what, &answer, status, code);
        }
        let elsewhere = dispatcher.try_get("/api/v1/audit/cases/7").await;
        self.expects(
            "reading an id that is none",
            &elsewhere,
            422,
            "platform.bad_identifier",
        );
        let date = dispatcher
            .try_get(&format!("/api/v1/audit/cases/{case}?at=yesterday"))
            .await;
        self.expects("a bad instant", &date, 422, "platform.bad_shape");
        let filter = dispatcher.try_get("/api/v1/cases?colour=red").await;
        self.expects("an unknown filter", &filter, 422, "gateway.invalid");
        self.other_subtree(cast, case).await;
    }

    async fn other_subtree(&mut self, cast: &Cast, case: &str) {
        cast.dispatcher.assigns(case, TOWNSHIP, "请核查。").await;
        let again = json!({ "to": "321322103" });
        let answer = cast
            .dispatcher
            .try_post(&format!("/api/v1/cases/{case}/assign"), &again)
            .await;
        self.expects("assigned twice", &answer, 409, "case.already_assigned");
        let wrong_owner = cast
            .county_handler
            .try_post(&format!("/api/v1/cases/{case}/acknowledge"), &json!({}))
            .await;
        self.expects("not the owner", &wrong_owner, 403, "case.not_owner");
        let no_photo = json!({ "photo": { "data": "aGVsbG8=" } });
        let answer = cast.handler.try_post("/api/v1/evidence", &no_photo).await;
        self.expects("evidence that is no picture", &answer, 422, "platform.bad_shape");
    }
}

fn sweep(id: &str) -> Value {
    json!({
        "case_id": id,
        "origin": { "kind": "sweep", "method": "night_raid" },
        "summary": "突击夜查发现",
        "place": { "text": "某处" },
    })
}

fn from_a_tip() -> Value {
    let mut body = sweep(&Uuid::new_v4().to_string());
    body["origin"] = json!({ "kind": "tip", "tip": Uuid::new_v4() });
    body
}

fn nobodys_photo() -> String {
    "0".repeat(64)
}

fn suspected(photo: &str) -> Value {
    let inspection = Inspection {
        finding: "suspected",
        premises: "idle_plant",
        note: "",
    };
    inspection_body("2020-06-01T10:00:00Z", &inspection, photo)
}

/// Without evidence, which is looked up before the service reads the date.
fn bad_date() -> Value {
    let photo = nobodys_photo();
    let body = suspected(&photo).to_string();
    let body = body.replace(&format!("[\"{photo}\"]"), "[]");
    let mut body: Value = serde_json::from_str(&body).unwrap_or_default();
    body["inspected_at"] = json!("昨天下午");
    body
}
