//! What the administrator of a demonstration can do with time.

use super::Staff;
use serde_json::json;

const DAY: i64 = 24 * 60 * 60;

impl Staff {
    pub async fn advances_days(&self, days: i64) {
        self.advances_seconds(days * DAY).await;
    }
    pub async fn advances_seconds(&self, seconds: i64) {
        self.post("/api/v1/admin/clock/advance", &json!({ "seconds": seconds }))
            .await;
    }
}
