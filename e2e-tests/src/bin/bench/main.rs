//! Measures a whole city: tips over HTTP until the receipt is shown, how long a reaction takes to follow its cause, and every
//! list and report of two thousand cases.

mod lists;

use e2e_tests::{Citizen, City, Staff};
use futures::future::join_all;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const CALLERS: usize = 16;
const TIPS_EACH: usize = 100;
const REACTIONS: usize = 100;
const CASES: usize = 2_000;

#[tokio::main]
async fn main() {
    let city = City::start().await;
    let citizen = city.town.citizen();
    let dispatcher = city.town.staff("dispatcher-city").await;
    let mut rows = vec![tips(&citizen).await, reactions(&citizen, &dispatcher).await];
    drop(city);
    let city = City::start_whole().await;
    rows.extend(lists::lists(&city, CASES).await);
    println!("{}", serde_json::to_string(&rows).expect("JSON"));
}

/// Many citizens at once, each waiting for the receipt before sending the next tip.
async fn tips(citizen: &Citizen) -> Value {
    let begun = Instant::now();
    let one = async || {
        let mut took = Vec::new();
        for _ in 0..TIPS_EACH {
            let sent = Instant::now();
            citizen.client.post("/api/v1/tips", &a_tip()).await.expect_ok();
            took.push(sent.elapsed());
        }
        took
    };
    let took = join_all((0..CALLERS).map(|_| one())).await.concat();
    row("tip over HTTP until receipt", CALLERS, begun.elapsed(), took)
}

/// From the answer to an acceptance until the case that follows from it can be assigned.
async fn reactions(citizen: &Citizen, dispatcher: &Staff) -> Value {
    let begun = Instant::now();
    let mut took = Vec::new();
    for _ in 0..REACTIONS {
        let tip = citizen.client.post("/api/v1/tips", &a_tip()).await.expect_ok();
        let id = tip["tip_id"].as_str().expect("an id").to_owned();
        dispatcher.accepts(&id, "疑似夜间生产").await;
        let accepted = Instant::now();
        let state = json!({ "receipt": tip["receipt"] });
        let state = citizen
            .client
            .post("/api/v1/tips/status", &state)
            .await
            .expect_ok();
        let case = state["case_id"].as_str().expect("a case").to_owned();
        let assignment = json!({ "to": "321322102" });
        while !dispatcher
            .try_post(&format!("/api/v1/cases/{case}/assign"), &assignment)
            .await
            .is_success()
        {}
        took.push(accepted.elapsed());
    }
    row(
        "acceptance until its case is open (NATS)",
        1,
        begun.elapsed(),
        took,
    )
}

fn a_tip() -> Value {
    json!({ "narrative": "夜里有刺鼻气味", "place": { "text": "老砖瓦厂", "division": "321322102" }, "seen": ["smell"] })
}

fn row(name: &str, callers: usize, whole: Duration, mut took: Vec<Duration>) -> Value {
    took.sort_unstable();
    let quantile =
        |share: f64| took[((took.len() as f64 * share) as usize).min(took.len() - 1)].as_secs_f64() * 1000.0;
    json!({
        "name": name,
        "callers": callers,
        "per_second": took.len() as f64 / whole.as_secs_f64(),
        "p50_ms": quantile(0.50),
        "p99_ms": quantile(0.99),
    })
}
