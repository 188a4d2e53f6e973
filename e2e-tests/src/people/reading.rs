//! What people read: lists, cases, histories; and waiting until it says what must follow.

use super::Staff;
use crate::wait::{PATIENCE, eventually};
use serde_json::Value;

impl Staff {
    /// The case as the ledger shows it, once it is there and says so.
    pub async fn sees_case(&self, case: &str, what: &str, says: impl Fn(&Value) -> bool) -> Value {
        let path = format!("/api/v1/cases/{case}");
        eventually(what, PATIENCE, || async {
            let answer = self.try_get(&path).await;
            assert!(
                answer.is_success() || answer.status == 404,
                "{} → {} {}",
                answer.asked,
                answer.status,
                answer.text
            );
            let seen = answer.json();
            (answer.is_success() && says(&seen)).then_some(seen)
        })
        .await
    }

    /// The item of one's own work that a case has brought, once it is there.
    pub async fn sees_work(&self, case: &str, obligation: &str) -> Value {
        let what = format!("{obligation} of the case is in the work of {}", self.account);
        eventually(&what, PATIENCE, || async {
            let work = self.get(&format!("/api/v1/work?text={case}&limit=200")).await;
            let mut items = work["items"].as_array().cloned().unwrap_or_default().into_iter();
            items.find(|item| item["case_id"] == case && item["obligation"] == obligation)
        })
        .await
    }

    /// Waits until that item has left one's own work, so that the next of its kind is not taken for it.
    pub async fn is_rid_of_work(&self, case: &str, obligation: &str) {
        let what = format!("{obligation} of the case has left the work of {}", self.account);
        eventually(&what, PATIENCE, || async {
            let work = self.get(&format!("/api/v1/work?text={case}&limit=200")).await;
            let items = work["items"].as_array().cloned().unwrap_or_default();
            let left = items
                .iter()
                .any(|item| item["case_id"] == case && item["obligation"] == obligation);
            (!left).then_some(())
        })
        .await;
    }

    /// The item of one's own work that a tip has brought, once it is there.
    pub async fn sees_tip_to_screen(&self, tip: &str) -> Value {
        let what = format!("the tip is in the work of {}", self.account);
        eventually(&what, PATIENCE, || async {
            let work = self.get(&format!("/api/v1/work?text={tip}")).await;
            work["items"].as_array().and_then(|items| items.first().cloned())
        })
        .await
    }

    /// The whole history of a case.
    pub async fn replays(&self, case: &str) -> Value {
        // Read from the streams themselves: there is no view to wait for.
        self.try_get(&format!("/api/v1/audit/cases/{case}"))
            .await
            .expect_ok()
    }

    /// The history of a case, once it says so.
    pub async fn replays_until(&self, case: &str, what: &str, says: impl Fn(&Value) -> bool) -> Value {
        let path = format!("/api/v1/audit/cases/{case}");
        eventually(what, PATIENCE, || async {
            let answer = self.try_get(&path).await;
            let seen = answer.json();
            (answer.is_success() && says(&seen)).then_some(seen)
        })
        .await
    }
}
