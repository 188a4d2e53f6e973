//! A browser or program that asks the edge, in process.

use crate::city::City;
use crate::fakes::PASSWORD;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;
use tower::ServiceExt;

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("JSON: {}", self.text()))
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
    /// Status and stable code of a problem.
    pub fn problem(&self) -> (u16, String) {
        assert!(
            self.header("content-type")
                .starts_with("application/problem+json"),
            "{}",
            self.text()
        );
        let code = self.json()["code"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), code)
    }
}

/// A stream of events as a browser reads it.
pub struct Watching {
    pub status: StatusCode,
    headers: HeaderMap,
    body: Body,
    unread: String,
}

/// One event.
#[derive(Debug, Default)]
pub struct Event {
    pub name: String,
    pub id: String,
    pub data: String,
    pub retry: String,
}

impl Event {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap_or_else(|_| panic!("JSON: {self:?}"))
    }
}

impl Watching {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    /// The next event, comments passed over.
    pub async fn event(&mut self) -> Event {
        let reading = tokio::time::timeout(PATIENCE, self.try_event());
        reading.await.expect("an event in time").expect("not the end")
    }
    pub async fn is_over(&mut self) -> bool {
        let reading = tokio::time::timeout(PATIENCE, self.try_event());
        reading.await.expect("an end in time").is_none()
    }
    async fn try_event(&mut self) -> Option<Event> {
        loop {
            while let Some((block, rest)) = self.unread.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.unread = rest;
                let mut event = Event::default();
                for (field, value) in block.lines().filter_map(|line| line.split_once(':')) {
                    let value = value.trim_start();
                    match field {
                        "event" => value.clone_into(&mut event.name),
                        "id" => value.clone_into(&mut event.id),
                        "data" => event.data.push_str(value),
                        "retry" => value.clone_into(&mut event.retry),
                        _ => {}
                    }
                }
                if !event.data.is_empty() {
                    return Some(event);
                }
            }
            let frame = self.body.frame().await?.expect("a whole answer");
            let data = frame.into_data().unwrap_or_default();
            self.unread.push_str(&String::from_utf8_lossy(&data));
        }
    }
}

/// Longer than anything here takes; nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody with a cookie and a token, or without.
#[derive(Clone, Default)]
pub struct Visitor {
    pub cookie: String,
    pub csrf: String,
    pub headers: Vec<(&'static str, String)>,
}

impl Visitor {
    /// Somebody who looks at pages.
    pub fn browser() -> Self {
        Self::default().with("accept", "text/html,application/xhtml+xml")
    }
    pub async fn signed_in(city: &City, account: &str) -> Self {
        let answer = Self::default().sign_in(city, account, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
        Self {
            cookie: cookie.to_owned(),
            csrf: answer.json()["csrf_token"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            headers: Vec::new(),
        }
    }
    pub async fn sign_in(&self, city: &City, account: &str, password: &str) -> Answer {
        let body = serde_json::json!({"account": account, "password": password});
        self.post(city, "/api/v1/session", body).await
    }
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
    pub async fn get(&self, city: &City, path: &str) -> Answer {
        self.ask(city, Method::GET, path, "", Body::empty()).await
    }
    pub async fn delete(&self, city: &City, path: &str) -> Answer {
        self.ask(city, Method::DELETE, path, "", Body::empty()).await
    }
    pub async fn post(&self, city: &City, path: &str, body: Value) -> Answer {
        self.ask(
            city,
            Method::POST,
            path,
            "application/json",
            Body::from(body.to_string()),
        )
        .await
    }
    pub async fn post_form(&self, city: &City, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            let file = if ["photos", "photo", "part", "recording"].contains(name) {
                "; filename=\"a.jpg\""
            } else {
                ""
            };
            body.push_str(&format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str("--b--\r\n");
        self.ask(
            city,
            Method::POST,
            path,
            "multipart/form-data; boundary=b",
            Body::from(body),
        )
        .await
    }
    /// The challenge on a fresh report form.
    pub async fn challenge(&self, city: &City) -> String {
        let page = self.get(city, "/report").await.text();
        let value = page.split("name=\"challenge\" value=\"").nth(1);
        let value = value.and_then(|rest| rest.split('"').next());
        value.expect("a challenge").to_owned()
    }
    pub async fn post_query(&self, city: &City, path: &str, body: &str) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        self.ask(city, Method::POST, path, kind, Body::from(body.to_owned()))
            .await
    }

    /// Opens a stream of events.
    pub async fn watch(&self, city: &City, path: &str) -> Watching {
        let response = self.sent(city, Method::GET, path, "", Body::empty()).await;
        let (parts, body) = response.into_parts();
        Watching {
            status: parts.status,
            headers: parts.headers,
            body,
            unread: String::new(),
        }
    }

    async fn ask(&self, city: &City, method: Method, path: &str, kind: &str, body: Body) -> Answer {
        let (parts, body) = self.sent(city, method, path, kind, body).await.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.expect("body").to_vec(),
        }
    }

    async fn sent(&self, city: &City, method: Method, path: &str, kind: &str, body: Body) -> Response {
        let peer = ConnectInfo(SocketAddr::from(([198, 51, 100, 7], 4711)));
        let mut request = Request::builder().method(method).uri(path).extension(peer);
        for (name, value) in [
            (header::CONTENT_TYPE, kind),
            (header::COOKIE, &self.cookie),
            (header::HeaderName::from_static("x-csrf-token"), &self.csrf),
        ] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).expect("request");
        city.router.clone().oneshot(request).await.expect("an answer")
    }
}
