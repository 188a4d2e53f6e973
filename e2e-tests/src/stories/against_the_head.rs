//! A citizen's tip about the head of a township: for the township and everybody below it there is no such tip, in no list,
//! no count, no id and no error; the county handles it.

use super::cast::TOWNSHIP;
use super::steps;
use crate::people::{Staff, Tip};
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use serde_json::{Value, json};

/// An id that nobody has.
const NOWHERE: &str = "00000000-0000-8000-8000-000000000000";

const LISTS: [&str; 8] = [
    "/api/v1/tips",
    "/api/v1/cases",
    "/api/v1/work",
    "/api/v1/escalations",
    "/api/v1/obligations",
    "/api/v1/accountability/failures",
    "/api/v1/reports",
    "/api/v1/board",
];

/// Plays it.
pub async fn against_the_head(town: &Town) {
    let citizen = town.citizen();
    let county = town.staff("dispatcher-shuyang").await;
    let city = town.staff("dispatcher-city").await;
    let nosy = [town.staff("leader-huji").await, town.staff("handler-huji").await];
    let open = citizen
        .reports(&steps::plain_tip("夜里有气味。", &steps::new_place("渡口")))
        .await;
    on_the_desk(&county, &open).await;
    eventually("the clock of the open tip runs", PATIENCE, || async {
        let owed = city.get("/api/v1/obligations?obligation=screen_tip").await;
        (owed["total"].as_u64() > Some(0)).then_some(())
    })
    .await;
    let mut before = Vec::new();
    for person in &nosy {
        before.push(all_lists(person).await);
    }

    let place = steps::new_place("镇政府后院");
    let mut body = steps::plain_tip("镇里有人给作坊通风报信，检查前就停工。", &place);
    body["concerns"] = json!({ "units": [TOWNSHIP], "said": "反映镇负责人" });
    let tip = citizen.reports(&body).await;
    on_the_desk(&county, &tip).await;
    nothing_to_see(&nosy, &before, &tip.id, "tips").await;
    nothing_to_do(&nosy, &tip).await;

    let content = county.reads_content(&tip.id).await;
    let narrative = content["narrative"].as_str().unwrap_or_default();
    assert!(narrative.contains("反映镇负责人"), "{content}");
    county
        .accepts(&tip.id, "疑似有人为停产砖瓦厂内的作坊通风报信")
        .await;
    let case = steps::case_of(&county, &citizen, &tip).await;
    let handler = town.staff("handler-shuyang-yj").await;
    let refused = county
        .try_post(
            &format!("/api/v1/cases/{case}/assign"),
            &json!({ "to": TOWNSHIP, "instructions": "请核查。", "co_handlers": [] }),
        )
        .await;
    assert_eq!(
        refused.json()["code"],
        "case.conflict_of_interest",
        "{}",
        refused.text
    );
    county
        .assigns(&case, &handler.unit, "请直接核查，不得通知乡镇。")
        .await;
    handler.acknowledges(&case).await;
    nothing_to_see(&nosy, &before, &case, "cases").await;
    nothing_to_answer(&nosy, &[&tip.id, &case]).await;
    nothing_to_see(&nosy, &before, &tip.id, "tips").await;
    no_letter(town, &nosy, &place);
}

/// Nor by mail.
fn no_letter(town: &Town, nosy: &[Staff], place: &str) {
    for person in nosy {
        for address in [&person.account, &person.unit] {
            let mails = town.mailbox.to(&format!("{address}@"));
            let told = mails.iter().find(|mail| mail.text.contains(place));
            assert!(told.is_none(), "{address}: {told:?}");
        }
    }
}

async fn on_the_desk(county: &Staff, tip: &Tip) {
    let path = format!("/api/v1/tips/{}", tip.id);
    eventually("the county's desk has the tip", PATIENCE, || async {
        county.try_get(&path).await.is_success().then_some(())
    })
    .await;
}

/// How much somebody sees without naming anything: the totals and lengths of every list. Times go on, counts must not.
async fn all_lists(person: &Staff) -> Vec<Value> {
    let mut lists = Vec::new();
    for path in LISTS {
        let answer = person.try_get(path).await;
        let list = answer.json();
        let fields = list.as_object().cloned().unwrap_or_default();
        let counted = fields.iter().filter_map(|(name, value)| match value {
            Value::Array(items) => Some((name.clone(), json!(items.len()))),
            Value::Number(_) if name == "total" => Some((name.clone(), value.clone())),
            _ => None,
        });
        let counted: serde_json::Map<_, _> = counted.collect();
        lists.push(json!({ "path": path, "status": answer.status, "counts": counted }));
    }
    lists
}

async fn nothing_to_see(nosy: &[Staff], before: &[Vec<Value>], id: &str, kind: &str) {
    for (person, before) in nosy.iter().zip(before) {
        let now = all_lists(person).await;
        assert_eq!(&now, before, "{} notices nothing", person.account);
        for path in LISTS {
            let text = person.try_get(path).await.text;
            assert!(!text.contains(id), "{} reads of it in {path}", person.account);
        }
        let named = person.try_get(&format!("/api/v1/{kind}/{id}")).await;
        let none = person.try_get(&format!("/api/v1/{kind}/{NOWHERE}")).await;
        alike(&named.json(), &none.json(), &person.account);
    }
}

/// Commands are answered as for a tip that there is not.
async fn nothing_to_do(nosy: &[Staff], tip: &Tip) {
    for person in nosy {
        for (verb, body) in [
            ("accept", json!({ "summary": "疑似" })),
            ("reply", json!({ "text": "请问" })),
            ("conflict", json!({ "units": [TOWNSHIP], "persons": [] })),
        ] {
            let path = |id: &str| format!("/api/v1/tips/{id}/{verb}");
            let named = person.try_post(&path(&tip.id), &body).await;
            let none = person.try_post(&path(NOWHERE), &body).await;
            alike(&named.json(), &none.json(), &person.account);
        }
    }
}

/// Nor is anything owed on it that they could explain or judge.
async fn nothing_to_answer(nosy: &[Staff], subjects: &[&str]) {
    let explained = json!({ "clock": "acknowledge#1", "rung": "reminder", "text": "道路不通。" });
    let judged = json!({ "clock": "acknowledge#1", "rung": "reminder", "accepted": true, "note": "属实。" });
    for person in nosy {
        for (verb, body) in [
            ("explanations", &explained),
            ("judgements", &judged),
            (
                "failure-explanations",
                &json!({ "failure": 1, "text": "已经整改。" }),
            ),
            (
                "failure-judgements",
                &json!({ "failure": 1, "accepted": true, "note": "属实。" }),
            ),
        ] {
            let path = |id: &str| format!("/api/v1/accountability/{id}/{verb}");
            let none = person.try_post(&path(NOWHERE), body).await;
            for id in subjects {
                let named = person.try_post(&path(id), body).await;
                alike(&named.json(), &none.json(), &person.account);
            }
        }
    }
}

fn alike(one: &Value, other: &Value, who: &str) {
    for field in ["status", "code", "title", "detail", "remedy", "field"] {
        assert_eq!(one[field], other[field], "{who}: {one} / {other}");
    }
}
