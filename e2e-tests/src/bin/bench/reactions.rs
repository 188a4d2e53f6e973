//! Tips over HTTP until the receipt is shown, and how long the case takes that follows from an acceptance.

use crate::row;
use e2e_tests::{Citizen, City, Staff};
use futures::future::join_all;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const CALLERS: usize = 16;
const TIPS_EACH: usize = 100;
const REACTIONS: usize = 100;

/// One row each: the tips, how far the reactions were behind them, and reactions that have nothing before them.
pub async fn measured(city: &City) -> Vec<Value> {
    let citizen = city.town.citizen();
    let dispatcher = city.town.staff("dispatcher-city").await;
    let tips = tips(&citizen).await;
    // Every reactor still has the facts of those tips before it: what follows now waits for its turn.
    let behind = reactions(
        &citizen,
        &dispatcher,
        1,
        "acceptance until its case is open, behind 1,600 tips",
    )
    .await;
    let name = "acceptance until its case is open (NATS)";
    vec![
        tips,
        behind,
        reactions(&citizen, &dispatcher, REACTIONS, name).await,
    ]
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

async fn reactions(citizen: &Citizen, dispatcher: &Staff, times: usize, name: &str) -> Value {
    let begun = Instant::now();
    let mut took = Vec::new();
    for _ in 0..times {
        took.push(reaction(citizen, dispatcher).await);
    }
    row(name, 1, begun.elapsed(), took)
}

/// From the answer to an acceptance until the case that follows from it can be assigned.
async fn reaction(citizen: &Citizen, dispatcher: &Staff) -> Duration {
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
    let path = format!("/api/v1/cases/{case}/assign");
    let assignment = json!({ "to": "321322102" });
    while !dispatcher.try_post(&path, &assignment).await.is_success() {}
    accepted.elapsed()
}

fn a_tip() -> Value {
    json!({ "narrative": "夜里有刺鼻气味", "place": { "text": "老砖瓦厂", "division": "321322102" }, "seen": ["smell"] })
}
