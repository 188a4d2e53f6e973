//! HTTP as a browser or a program of the staff speaks it.

use reqwest::Method;
use serde_json::Value;
use std::time::Duration;

/// Longer than the longest wait of the server itself.
const TIME_LIMIT: Duration = Duration::from_secs(45);

/// One browser: it keeps its cookies.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    pub(crate) base: String,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub asked: String,
    pub status: u16,
    pub content_type: String,
    pub text: String,
}

/// An error as the API tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub status: u16,
    pub code: String,
    pub detail: String,
    pub field: Option<String>,
}

impl Client {
    pub fn new(base: &str) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .timeout(TIME_LIMIT)
            .build()
            .expect("an HTTP client");
        Self {
            http,
            base: base.to_owned(),
        }
    }

    /// A request yet to be completed.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Sends it; fails only if there is no answer at all.
    ///
    /// # Errors
    /// If nobody answers.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Result<Answer, reqwest::Error> {
        let request = request.build()?;
        let asked = format!("{} {}", request.method(), request.url().path());
        let response = self.http.execute(request).await?;
        let status = response.status().as_u16();
        let content_type = response.headers().get(reqwest::header::CONTENT_TYPE);
        let content_type = content_type
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let bytes = response.bytes().await?;
        Ok(Answer {
            asked,
            status,
            content_type,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    /// # Errors
    /// If nobody answers.
    pub async fn try_get(&self, path: &str) -> Result<Answer, reqwest::Error> {
        self.send(self.request(Method::GET, path)).await
    }

    /// # Panics
    /// If nobody answers.
    pub async fn get(&self, path: &str) -> Answer {
        let answer = self.try_get(path).await;
        answer.unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// # Panics
    /// If nobody answers.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let answer = self.send(self.request(Method::POST, path).json(body)).await;
        answer.unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
    /// The body of a success.
    ///
    /// # Panics
    /// If it was none; says what was asked and what came back.
    pub fn expect_ok(&self) -> Value {
        assert!(
            self.is_success(),
            "{} → {} {}",
            self.asked,
            self.status,
            self.text
        );
        self.json()
    }
    /// The problem of a refusal.
    ///
    /// # Panics
    /// If it is not one: another media type, no code, no Chinese sentence.
    pub fn problem(&self) -> Problem {
        let told = || {
            format!(
                "{} → {} {} {}",
                self.asked, self.status, self.content_type, self.text
            )
        };
        assert!(
            self.content_type.starts_with("application/problem+json"),
            "not a problem: {}",
            told()
        );
        let body = self.json();
        let text = |key: &str| body[key].as_str().map(str::to_owned);
        let problem = Problem {
            status: self.status,
            code: text("code").unwrap_or_default(),
            detail: text("detail").unwrap_or_default(),
            field: text("field"),
        };
        assert!(problem.code.contains('.'), "no stable code: {}", told());
        assert!(is_chinese(&problem.detail), "no Chinese sentence: {}", told());
        assert_eq!(
            body["status"].as_u64(),
            Some(u64::from(self.status)),
            "two statuses: {}",
            told()
        );
        problem
    }
}

/// Whether a sentence has Chinese characters and ends as one does.
pub(crate) fn is_chinese(sentence: &str) -> bool {
    sentence.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && sentence.ends_with(['。', '！', '？'])
}
