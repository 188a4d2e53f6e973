//! The area report: drafted from the ledger, signed in person, sealed, filed.

use super::Staff;
use crate::http::Answer;
use serde_json::{Value, json};

impl Staff {
    pub async fn tries_draft(&self, unit: &str, stage: &str) -> Answer {
        self.try_post("/api/v1/reports/draft", &json!({ "unit": unit, "stage": stage }))
            .await
    }
    pub async fn signs_report(&self, unit: &str, stage: &str, digest: &str) -> Value {
        self.of_report(unit, stage, "sign", &json!({ "digest": digest }))
            .await
    }
    pub async fn seals_report(&self, unit: &str, stage: &str, digest: &str) -> Value {
        self.of_report(unit, stage, "seal", &json!({ "digest": digest }))
            .await
    }
    pub async fn files_report(&self, unit: &str, stage: &str, number: &str) -> Value {
        self.of_report(unit, stage, "file", &json!({ "number": number }))
            .await
    }

    async fn of_report(&self, unit: &str, stage: &str, verb: &str, body: &Value) -> Value {
        self.post(&format!("/api/v1/reports/{unit}-{stage}/{verb}"), body)
            .await
    }
}
