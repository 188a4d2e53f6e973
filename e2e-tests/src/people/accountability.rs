//! What is done about missed deadlines and failures: explained, judged, inquired into.

use super::Staff;
use serde_json::{Value, json};

/// A clock of a subject, as the histories name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock(pub String);

impl Staff {
    pub async fn explains(&self, subject: &str, clock: &Clock, rung: &str, text: &str) -> Value {
        let body = json!({ "clock": clock.0, "rung": rung, "text": text });
        self.of_accountability(subject, "explanations", &body).await
    }
    pub async fn judges(
        &self,
        subject: &str,
        clock: &Clock,
        rung: &str,
        accepted: bool,
        note: &str,
    ) -> Value {
        let body = json!({ "clock": clock.0, "rung": rung, "accepted": accepted, "note": note });
        self.of_accountability(subject, "judgements", &body).await
    }
    pub async fn opens_inquiry(&self, subject: &str, clock: &Clock, reason: &str) -> Value {
        let body = json!({ "clock": clock.0, "reason": reason });
        self.of_accountability(subject, "inquiries", &body).await
    }
    pub async fn decides_inquiry(&self, subject: &str, decision: &Value) -> Value {
        self.of_accountability(subject, "inquiry-decisions", decision)
            .await
    }
    pub async fn closes_inquiry(&self, subject: &str, inquiry: u32, note: &str) -> Value {
        let body = json!({ "inquiry": inquiry, "note": note });
        self.of_accountability(subject, "inquiry-closings", &body).await
    }

    async fn of_accountability(&self, subject: &str, verb: &str, body: &Value) -> Value {
        self.post(&format!("/api/v1/accountability/{subject}/{verb}"), body)
            .await
    }
}
