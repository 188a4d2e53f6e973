//! Somebody of the staff, signed in: every verb is one request, and its position is remembered for the next reading.

use crate::http::{Answer, Client};
use crate::photo::Photo;
use crate::town::Town;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A person with a session.
#[derive(Clone, Debug)]
pub struct Staff {
    pub account: String,
    /// As the system calls this person.
    pub name: String,
    pub unit: String,
    pub client: Client,
    csrf: String,
    /// The latest position that a command of this person was answered with.
    position: Arc<AtomicU64>,
}

impl Staff {
    pub(crate) async fn sign_in(town: &Town, account: &str) -> Self {
        let client = Client::new(&town.base);
        let body = json!({ "account": account, "password": town.password });
        let session = client.post("/api/v1/session", &body).await.expect_ok();
        let text = |key: &str| session[key].as_str().unwrap_or_default().to_owned();
        Self {
            account: account.to_owned(),
            name: text("name"),
            unit: text("unit"),
            client,
            csrf: text("csrf_token"),
            position: Arc::default(),
        }
    }

    /// A request with everything that a submission of the staff carries.
    pub fn submission(&self, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(Method::POST, path)
            .header("X-CSRF-Token", &self.csrf)
    }

    /// Submits and answers with whatever came back.
    pub async fn try_post(&self, path: &str, body: &Value) -> Answer {
        let answer = self.client.send(self.submission(path).json(body)).await;
        answer.unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Submits under a key by which a repetition is recognised; `None` if nobody answers.
    pub async fn try_post_as(&self, key: &str, path: &str, body: &Value) -> Option<Answer> {
        let request = self.submission(path).header("Idempotency-Key", key).json(body);
        self.client.send(request).await.ok()
    }

    /// Submits for a revision that was seen, and for no other.
    pub async fn try_post_at(&self, revision: u64, path: &str, body: &Value) -> Answer {
        let request = self
            .submission(path)
            .header("If-Match", format!("\"{revision}\""));
        let answer = self.client.send(request.json(body)).await;
        answer.unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Submits what must be accepted.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn post(&self, path: &str, body: &Value) -> Value {
        let answer = self.try_post(path, body).await;
        assert!(answer.is_success(), "{}: {}", self.account, told(&answer, body));
        let reply = answer.json();
        if let Some(position) = reply["position"].as_u64() {
            self.position.fetch_max(position, Ordering::Relaxed);
        }
        reply
    }

    /// Reads what must be readable, at least as of this person's own latest command.
    pub async fn get(&self, path: &str) -> Value {
        self.client.get(&self.after_own_writes(path)).await.expect_ok()
    }

    /// Reads, if it is there to be read.
    pub async fn try_get(&self, path: &str) -> Answer {
        self.client.get(path).await
    }

    /// Uploads a photo; answers with its id.
    pub async fn uploads(&self, photo: &Photo) -> String {
        let body = json!({ "photo": { "data": photo.base64() } });
        let reply = self.post("/api/v1/evidence", &body).await;
        reply["evidence_id"].as_str().unwrap_or_default().to_owned()
    }

    /// The time in the city.
    pub async fn now(&self) -> String {
        let session = self.client.get("/api/v1/session").await.expect_ok();
        session["now"].as_str().unwrap_or_default().to_owned()
    }

    /// The commit position of the latest own command.
    pub fn latest_position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }

    fn after_own_writes(&self, path: &str) -> String {
        let position = self.position.load(Ordering::Relaxed);
        if position == 0 {
            return path.to_owned();
        }
        let separator = if path.contains('?') { '&' } else { '?' };
        format!("{path}{separator}wait_for_position={position}")
    }
}

fn told(answer: &Answer, body: &Value) -> String {
    let sent = body.to_string();
    let sent: String = sent.chars().take(600).collect();
    format!("{} {sent} → {} {}", answer.asked, answer.status, answer.text)
}
