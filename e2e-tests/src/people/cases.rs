//! What is done with a case: assigned, taken on, inspected, identified, classified.

use super::Staff;
use crate::photo::Photo;
use serde_json::{Value, json};

/// What an inspection found.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// suspected | clean | confirmed_activity
    pub finding: &'static str,
    /// active_enterprise | stopped_enterprise | idle_plant | …
    pub premises: &'static str,
    pub note: &'static str,
}

impl Staff {
    pub async fn assigns(&self, case: &str, to: &str, instructions: &str) -> Value {
        let body = json!({ "to": to, "instructions": instructions, "co_handlers": [] });
        self.of_case(case, "assign", &body).await
    }
    pub async fn acknowledges(&self, case: &str) -> Value {
        self.of_case(case, "acknowledge", &json!({})).await
    }
    pub async fn returns(&self, case: &str, reason: &str) -> Value {
        self.of_case(case, "return", &json!({ "reason": reason })).await
    }
    /// Ends a dispute about whose case it is.
    pub async fn designates(&self, case: &str, to: &str, reason: &str) -> Value {
        let body = json!({ "to": to, "reason": reason });
        self.of_case(case, "designate", &body).await
    }
    /// Says whether the level above believes that there is nothing.
    pub async fn reviews_clean_finding(&self, case: &str, agreed: bool, note: &str) -> Value {
        let body = json!({ "agreed": agreed, "note": note });
        self.of_case(case, "clean-review", &body).await
    }
    pub async fn reopens(&self, case: &str, reason: &str) -> Value {
        self.of_case(case, "reopen", &json!({ "reason": reason })).await
    }
    /// Five checks, three checks over the wall, and a photo.
    pub async fn inspects(&self, case: &str, inspection: &Inspection) -> Value {
        let photo = self.uploads(&Photo::new()).await;
        let body = inspection_body(&self.now().await, inspection, &photo);
        self.of_case(case, "inspections", &body).await
    }
    pub async fn asks_for_identification(&self, case: &str, doubt: &str) -> Value {
        self.of_case(case, "identification-request", &json!({ "doubt": doubt }))
            .await
    }
    /// The county's word, with the class.
    pub async fn identifies(&self, case: &str, class: &str, basis: &str) -> Value {
        let body = json!({ "small_chemical": true, "class": class, "basis": basis });
        self.of_case(case, "identification", &body).await
    }
    pub async fn classifies(&self, case: &str, class: &str, basis: &str) -> Value {
        self.of_case(case, "classification", &json!({ "class": class, "basis": basis }))
            .await
    }

    async fn of_case(&self, case: &str, verb: &str, body: &Value) -> Value {
        self.post(&format!("/api/v1/cases/{case}/{verb}"), body).await
    }
}

pub(crate) fn inspection_body(now: &str, inspection: &Inspection, photo: &str) -> Value {
    let answer = |answer: &str, note: &str| json!({ "answer": answer, "note": note, "evidence": [] });
    let found = |note: &str| match inspection.finding {
        "clean" => answer("no", "进院查看，未见生产痕迹。"),
        _ => json!({ "answer": "yes", "note": note, "evidence": [photo] }),
    };
    json!({
        "went": ["演示·镇安监办甲", "演示·派出所乙"],
        "inspected_at": now,
        "coordinates": { "latitude": 34.1312, "longitude": 118.7735 },
        "method": "tip_verification",
        "premises": inspection.premises,
        "five": {
            "missed_enterprise": answer("no", "2017 年名单内无此点位，市监底册亦无登记。"),
            "changed_scope": answer("not_applicable", ""),
            "borrowed_name": answer("no", "未见挂靠牌匾，房东称未转租。"),
            "idle_premises": found("停产砖瓦厂内有反应釜。"),
            "hidden_workshop": answer("no", "周边 500 米逐户查看，未见其他作坊。"),
        },
        "three": {
            "equipment": found("反应釜两台。"),
            "materials": found("原料桶约 40 只。"),
            "private_lines": found("自窑体后侧私拉动力线一条。"),
        },
        "parties": [
            { "role": "operator", "name": "演示·经营者" },
            { "role": "landlord", "name": "演示·出租人" },
        ],
        "finding": inspection.finding,
        "note": inspection.note,
        "evidence": [photo],
    })
}
