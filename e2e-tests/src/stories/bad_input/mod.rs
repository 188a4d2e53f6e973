//! Everything that people and programs get wrong: each is told in Chinese, with a stable code, and never a 500.

mod again;
mod identities;
mod people;

use super::cast::Cast;
use super::steps;
use crate::city::City;
use crate::http::{Answer, Client, Problem};
use crate::people::Citizen;
use reqwest::Method;
use serde_json::{Value, json};

/// Plays all of it; every surprise is reported, not just the first.
pub async fn bad_input(city: &City) {
    let cast = Cast::of(&city.town).await;
    let citizen = city.town.citizen();
    let (tip, case) = steps::opened_case(&city.town, &cast, &steps::new_place("老窑厂")).await;
    let mut table = Table::default();
    table.messages(&citizen).await;
    table.requests(&citizen).await;
    table.sessions(&cast, &citizen, &case).await;
    table.roles_and_rules(&cast, &tip, &case).await;
    table.receipts(&citizen).await;
    assert!(table.surprises.is_empty(), "{:#?}", table.surprises);
    again::repeated_submissions(&cast, &citizen).await;
    again::an_outdated_view(city, &cast).await;
    again::sessions_end(city).await;
    identities::nobody_without_one_is_answered(city).await;
}

/// What was sent, and what of the answers was not as it should be.
#[derive(Default)]
struct Table {
    surprises: Vec<String>,
}

impl Table {
    /// Judges one answer: a problem with this status and this code.
    fn expects(&mut self, what: &str, answer: &Answer, status: u16, code: &str) {
        let judged = std::panic::catch_unwind(|| answer.problem());
        let told = format!("{what}: {} → {} {}", answer.asked, answer.status, answer.text);
        match judged {
            Err(_) => self.surprises.push(format!("not a proper problem: {told}")),
            Ok(Problem {
                status: got,
                code: is,
                ..
            }) => {
                if got != status || code != is {
                    self.surprises.push(format!("expected {status} {code}: {told}"));
                }
            }
        }
    }

    async fn messages(&mut self, citizen: &Citizen) {
        let place = json!({ "text": "某处" });
        let far = json!({ "text": "某处", "coordinates": { "latitude": 340.0, "longitude": 118.0 } });
        let long = "字".repeat(5001);
        let cases: [(&str, Value, u16, &str); 11] = [
            (
                "unknown field",
                json!({"narrative": "x", "place": place, "colour": "red"}),
                422,
                "gateway.invalid",
            ),
            (
                "unknown field within",
                json!({"narrative": "x", "place": {"text": "y", "zip": 1}}),
                422,
                "gateway.invalid",
            ),
            (
                "wrong type",
                json!({"narrative": 7, "place": place}),
                422,
                "gateway.invalid",
            ),
            (
                "wrong type of a list",
                json!({"narrative": "x", "place": place, "seen": "smell"}),
                422,
                "gateway.invalid",
            ),
            (
                "unknown kind",
                json!({"narrative": "x", "place": place, "seen": ["ghosts"]}),
                422,
                "platform.bad_shape",
            ),
            (
                "nothing said",
                json!({"place": place}),
                422,
                "tip.nothing_reported",
            ),
            ("no place", json!({"narrative": "气味"}), 422, "tip.place_missing"),
            (
                "too long",
                json!({"narrative": long, "place": place}),
                422,
                "platform.bad_shape",
            ),
            (
                "off the globe",
                json!({"narrative": "x", "place": far}),
                422,
                "tip.coordinates_out_of_range",
            ),
            (
                "unknown division",
                json!({"narrative": "x", "place": {"text": "y", "division": "999999"}}),
                422,
                "tip.unknown_division",
            ),
            (
                "not base64",
                json!({"narrative": "x", "place": place, "photos": [{"data": "§§"}]}),
                422,
                "gateway.invalid",
            ),
        ];
        for (what, body, status, code) in cases {
            let answer = citizen.client.post("/api/v1/tips", &body).await;
            self.expects(what, &answer, status, code);
        }
        let no_picture = json!({ "narrative": "x", "place": place, "photos": [{ "data": "aGVsbG8=" }] });
        let answer = citizen.client.post("/api/v1/tips", &no_picture).await;
        self.expects("not a picture", &answer, 422, "platform.bad_shape");
    }

    async fn requests(&mut self, citizen: &Citizen) {
        let client = &citizen.client;
        let raw = async |method: Method, path: &str, kind: &str, body: Vec<u8>| {
            let request = client
                .request(method, path)
                .header("Content-Type", kind)
                .body(body);
            client.send(request).await.expect("an answer")
        };
        let json_kind = "application/json";
        let post = |body: &str| raw(Method::POST, "/api/v1/tips", json_kind, body.as_bytes().to_vec());
        self.expects(
            "malformed JSON",
            &post("{\"narrative\": ").await,
            400,
            "gateway.malformed",
        );
        self.expects("JSON, but a list", &post("[1]").await, 400, "gateway.malformed");
        self.expects(
            "not UTF-8",
            &raw(Method::POST, "/api/v1/tips", json_kind, vec![b'"', 0xff]).await,
            400,
            "gateway.malformed",
        );
        self.expects(
            "deep JSON",
            &post(&"[".repeat(100_000)).await,
            400,
            "gateway.malformed",
        );
        let text = raw(Method::POST, "/api/v1/tips", "text/plain", b"hello".to_vec()).await;
        self.expects("wrong media type", &text, 415, "gateway.unsupported_media_type");
        let huge = format!("{{\"receipt\": \"{}\"}}", "1".repeat(2 * 1024 * 1024));
        // The server hangs up on whoever sends too much, so this is a browser of its own.
        let alone = Client::new(&client.base);
        let request = alone
            .request(Method::POST, "/api/v1/tips/status")
            .header("Content-Type", json_kind)
            .body(huge);
        let huge = alone.send(request).await.expect("an answer");
        self.expects("oversize body", &huge, 413, "gateway.too_large");
        self.expects(
            "unknown path",
            &client.get("/api/v1/nothing").await,
            404,
            "gateway.not_found",
        );
        let put = raw(Method::PUT, "/api/v1/tips", json_kind, b"{}".to_vec()).await;
        self.expects("wrong method", &put, 405, "gateway.method_not_allowed");
        let keyed = client
            .request(Method::POST, "/api/v1/tips")
            .header("Idempotency-Key", "again")
            .json(&json!({}));
        let keyed = client.send(keyed).await.expect("an answer");
        self.expects("a key that is no UUID", &keyed, 400, "gateway.malformed");
        let hook = raw(
            Method::POST,
            "/hooks/sms/wrongWrongWrongWrongWrong",
            json_kind,
            b"[]".to_vec(),
        )
        .await;
        self.expects("wrong webhook secret", &hook, 404, "gateway.not_found");
    }

    async fn receipts(&mut self, citizen: &Citizen) {
        for receipt in ["0000000000000000", "12", "", "abcd-efgh"] {
            let body = json!({ "receipt": receipt });
            let answer = citizen.client.post("/api/v1/tips/status", &body).await;
            self.expects(
                &format!("wrong receipt {receipt:?}"),
                &answer,
                404,
                "tip.receipt_unknown",
            );
        }
    }
}
