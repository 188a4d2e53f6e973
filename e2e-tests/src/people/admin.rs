//! What the administrator does: people and dates, and with time in a demonstration.

use super::Staff;
use jiff::Timestamp;
use serde_json::{Value, json};

const DAY: i64 = 24 * 60 * 60;

impl Staff {
    pub async fn advances_days(&self, days: i64) {
        self.advances_seconds(days * DAY).await;
    }
    pub async fn advances_seconds(&self, seconds: i64) {
        self.post("/api/v1/admin/clock/advance", &json!({ "seconds": seconds }))
            .await;
    }
    /// Time stands at that instant or a moment later; it never goes back.
    pub async fn advances_to(&self, at: Timestamp) {
        let now: Timestamp = self.now().await.parse().expect("a timestamp");
        let left = at.duration_since(now).as_secs();
        assert!(left >= 0, "{at} is over: it is {now}");
        self.advances_seconds(left + 1).await;
    }
    pub async fn sets_calendar(&self, year: i16, holidays: &[String], make_up_workdays: &[String]) -> Value {
        let basis = "国务院办公厅关于节假日安排的通知";
        let body = json!({ "holidays": holidays, "make_up_workdays": make_up_workdays, "basis": basis });
        self.post(&format!("/api/v1/admin/calendars/{year}"), &body).await
    }
    /// A leader who can sign in from now on.
    pub async fn registers_leader(&self, account: &str, name: &str, unit: &str, password: &str) -> Value {
        let body = json!({
            "account": account,
            "name": name,
            "unit": unit,
            "roles": ["leader"],
            "email": format!("{account}@mingcha.example"),
            "first_responsible": false,
            "password": password,
        });
        self.post("/api/v1/admin/staff", &body).await
    }
    pub async fn hands_over(&self, unit: &str, to: &str, reason: &str) -> Value {
        let body = json!({ "to": to, "reason": reason });
        self.post(&format!("/api/v1/admin/units/{unit}/hand-over"), &body)
            .await
    }
    pub async fn retires(&self, account: &str, reason: &str) -> Value {
        self.post(
            &format!("/api/v1/admin/staff/{account}/retire"),
            &json!({ "reason": reason }),
        )
        .await
    }
}
