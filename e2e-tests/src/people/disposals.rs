//! What is done about a confirmed site: safety plan, measures, reviews, spot check, relapse.

use super::Staff;
use crate::http::Answer;
use crate::photo::Photo;
use serde_json::{Value, json};

impl Staff {
    pub async fn submits_safety_plan(&self, case: &str) -> Value {
        let body = json!({
            "risks": "反应釜内残液易燃、有腐蚀性；拆除动火有爆炸风险；原料桶可能泄漏。",
            "measures": "先断电断水，再由有资质单位抽空残液、氮气置换后拆除；划定警戒区，消防车到场；原料按危废转运。",
            "responsible": "演示·胡集镇分管负责人",
        });
        self.of_disposal(case, "safety-plan", &body).await
    }
    pub async fn approves_safety_plan(&self, case: &str) -> Value {
        self.of_disposal(case, "safety-plan/approve", &json!({})).await
    }
    /// With a photo from before and one from after.
    pub async fn completes(&self, case: &str, measure: &str, note: &str) -> Value {
        let body = json!({
            "measure": measure,
            "before": [self.uploads(&Photo::new()).await],
            "after": [self.uploads(&Photo::new()).await],
            "note": note,
        });
        self.of_disposal(case, "measures", &body).await
    }
    pub async fn passes_review(&self, case: &str) -> Value {
        self.of_disposal(case, "review/pass", &json!({})).await
    }
    /// Freezes the list of everything that is closed by then; every site is to be chosen.
    pub async fn announces_draw(&self, draw: &str, seed_at: &str, from_position: u64) -> Value {
        let body = json!({
            "percent": 100,
            "at_least": 1,
            "source": "双色球下一期开奖号码（演示）",
            "digits": 14,
            "seed_at": seed_at,
            "from_position": from_position,
        });
        self.post(&format!("/api/v1/draws/{draw}/announce"), &body).await
    }
    /// It may be too early.
    pub async fn tries_draw(&self, draw: &str, seed: &str) -> Answer {
        let body = json!({ "seed": seed });
        self.try_post(&format!("/api/v1/draws/{draw}/make"), &body).await
    }
    pub async fn fails_spot_check(&self, case: &str, measures: &[&str], finding: &str) -> Value {
        let body = json!({ "measures": measures, "finding": finding });
        self.of_disposal(case, "spot-check/fail", &body).await
    }
    /// Looked again so many days after closing 回头看, and found nothing.
    pub async fn passes_recheck(&self, case: &str, after_days: u32, note: &str) -> Value {
        let body = json!({
            "after_days": after_days,
            "note": note,
            "evidence": [self.uploads(&Photo::new()).await],
        });
        self.of_disposal(case, "rechecks", &body).await
    }
    /// It is back; `link` says what ties it to the old case.
    pub async fn reports_relapse(&self, case: &str, link: &str, note: &str) -> Value {
        let mut body = json!({ "link": link, "note": note });
        if link != "site" {
            body["place"] = json!({ "text": "演示·邻村仓库", "division": "321322102" });
        }
        self.of_disposal(case, "relapse", &body).await
    }

    async fn of_disposal(&self, case: &str, verb: &str, body: &Value) -> Value {
        self.post(&format!("/api/v1/disposals/{case}/{verb}"), body).await
    }
}
