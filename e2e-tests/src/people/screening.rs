//! What operators and dispatchers do with tips.

use super::{Staff, Tip};
use serde_json::{Value, json};

impl Staff {
    /// Types what a caller says.
    pub async fn takes_call(&self, body: &Value) -> Tip {
        Tip::of(&self.post("/api/v1/staff/tips", body).await)
    }
    /// Opens a case for a tip.
    pub async fn accepts(&self, tip_id: &str, summary: &str) -> Value {
        let body = json!({ "summary": summary });
        self.post(&format!("/api/v1/tips/{tip_id}/accept"), &body).await
    }
    /// Joins a tip to a case.
    pub async fn joins(&self, tip_id: &str, case: &str, summary: &str) -> Value {
        let body = json!({ "summary": summary, "case_id": case });
        self.post(&format!("/api/v1/tips/{tip_id}/accept"), &body).await
    }
    pub async fn replies(&self, tip_id: &str, text: &str) -> Value {
        self.post(&format!("/api/v1/tips/{tip_id}/reply"), &json!({ "text": text }))
            .await
    }
    /// The words of the reporter, unsealed.
    pub async fn reads_content(&self, tip_id: &str) -> Value {
        // Read from the tip itself: there is no view to wait for.
        self.try_get(&format!("/api/v1/tips/{tip_id}/content"))
            .await
            .expect_ok()
    }
}
