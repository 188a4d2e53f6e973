//! A citizen: reports, keeps the receipt, asks how it stands, adds to it.

use super::form::Form;
use crate::http::{Answer, Client};
use crate::photo::Photo;
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use reqwest::Method;
use reqwest::multipart::Part;
use serde_json::{Value, json};

/// Somebody with a browser, or with a program of their own.
#[derive(Clone, Debug)]
pub struct Citizen {
    pub client: Client,
}

/// What a reporter holds in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    pub id: String,
    pub receipt: String,
}

impl Citizen {
    pub(crate) fn new(town: &Town) -> Self {
        Self {
            client: Client::new(&town.base),
        }
    }

    /// Fills in the web form as a browser without scripts would; answers with the receipt on the page that follows.
    pub async fn reports_on_the_web_form(&self, narrative: &str, place: &str, photo: &Photo) -> String {
        let page = self.client.get("/report").await;
        assert!(page.is_success(), "GET /report → {} {}", page.status, page.text);
        let mut form = Form::read(&page.text, |form| form.has("narrative"));
        form.fill("narrative", narrative);
        form.fill("place", place);
        let part = Part::bytes(photo.0.clone()).file_name("IMG_0001.jpg");
        let part = part.mime_str("image/jpeg").expect("a media type");
        let request = self
            .client
            .request(Method::POST, &form.action_or("/report"))
            .multipart(form.multipart(part));
        let answer = self.client.send(request).await.expect("an answer to the form");
        assert!(
            answer.is_success(),
            "POST /report → {} {}",
            answer.status,
            answer.text
        );
        receipt_on(&answer.text).unwrap_or_else(|| panic!("no receipt on the page: {}", answer.text))
    }

    /// The page that shows how a tip stands.
    pub async fn status_page(&self, receipt: &str) -> String {
        let page = self.client.get("/status").await;
        let mut form = Form::read(&page.text, |form| form.has("receipt"));
        form.fill("receipt", receipt);
        let request = self
            .client
            .request(Method::POST, &form.action_or("/status"))
            .form(&form.pairs());
        let answer = self.client.send(request).await.expect("an answer");
        assert!(
            answer.is_success(),
            "POST /status → {} {}",
            answer.status,
            answer.text
        );
        answer.text
    }

    /// Reports by the JSON API.
    pub async fn reports(&self, body: &Value) -> Tip {
        Tip::of(&self.client.post("/api/v1/tips", body).await.expect_ok())
    }

    /// The same with a key under which a repetition is recognised; fails only if nobody answers.
    pub async fn try_reports(&self, key: &str, body: &Value) -> Option<Answer> {
        let request = self.client.request(Method::POST, "/api/v1/tips");
        let request = request.header("Idempotency-Key", key).json(body);
        self.client.send(request).await.ok()
    }

    pub async fn status(&self, receipt: &str) -> Value {
        let body = json!({ "receipt": receipt });
        self.client.post("/api/v1/tips/status", &body).await.expect_ok()
    }

    pub async fn adds(&self, receipt: &str, message: &str, photos: &[Photo]) -> Value {
        let photos: Vec<_> = photos
            .iter()
            .map(|photo| json!({ "data": photo.base64() }))
            .collect();
        let body = json!({ "receipt": receipt, "message": message, "photos": photos });
        self.client.post("/api/v1/tips/add", &body).await.expect_ok()
    }

    /// Looks at the status again and again until it says so.
    pub async fn waits_for(&self, receipt: &str, what: &str, says: impl Fn(&Value) -> bool) -> Value {
        eventually(what, PATIENCE, || async {
            let status = self.status(receipt).await;
            says(&status).then_some(status)
        })
        .await
    }
}

impl Tip {
    /// From the answer to a report.
    pub fn of(answer: &Value) -> Self {
        let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
        let tip = Self {
            id: text("tip_id"),
            receipt: text("receipt"),
        };
        assert_eq!(tip.receipt.len(), 16, "a receipt has 16 digits: {answer}");
        tip
    }
}

/// What is read on a page: everything but the tags.
fn words_of(page: &str) -> String {
    let pieces = page
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect()
}

/// Sixteen digits, in groups of four or in one piece, between other things.
fn receipt_on(page: &str) -> Option<String> {
    let mut digits = String::new();
    for c in words_of(page).chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if digits.len() == 16 {
            return Some(digits);
        } else if !(matches!(c, ' ' | '\u{a0}') && digits.len().is_multiple_of(4)) {
            digits.clear();
        }
    }
    (digits.len() == 16).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::receipt_on;

    #[test]
    fn a_receipt_is_found_on_a_page() {
        let found = receipt_on("<p>2026-11-23 查询码 <b>1234 5678</b> <b>9012 3456</b>");
        assert_eq!(found.as_deref(), Some("1234567890123456"));
        assert_eq!(receipt_on("0527-12350 19900000001 2026"), None);
    }
}
