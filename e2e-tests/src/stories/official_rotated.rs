//! The township's head is replaced in the middle of a case: the old one stays named for what he did, the new one answers.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::people::Staff;
use crate::town::Town;
use crate::wait::{PATIENCE, eventually, soon};
use serde_json::Value;
use std::time::Duration;

const SUCCESSOR: &str = "leader-huji-2";
const MOST_DAYS: usize = 20;

/// Plays it.
pub async fn official_rotated(town: &Town) {
    let cast = Cast::of(town).await;
    let (_, case) = steps::opened_case(town, &cast, &steps::new_place("老粮站")).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.leader.acknowledges(&case).await;
    let clock = running(&cast.inspector, &case, "first_inspection").await;
    assert_eq!(clock["person"], cast.leader.account.as_str(), "{clock}");

    cast.admin
        .registers_leader(SUCCESSOR, "演示·胡集镇新任镇长", TOWNSHIP, &town.password)
        .await;
    cast.admin
        .hands_over(TOWNSHIP, SUCCESSOR, "演示任字〔2020〕1号")
        .await;
    cast.admin.retires(&cast.leader.account, "调任").await;
    let moved = eventually("the clock names the successor", PATIENCE, || async {
        let clock = running(&cast.inspector, &case, "first_inspection").await;
        (clock["person"] == SUCCESSOR).then_some(clock)
    })
    .await;
    assert_eq!(moved["due"], clock["due"], "rotation gives no more time");
    assert_eq!(moved["started"], clock["started"], "nor a new start");
    eventually("whoever has left is signed out", PATIENCE, || async {
        let answer = cast.leader.try_get("/api/v1/work").await;
        (answer.status == 401).then_some(())
    })
    .await;

    let escalation = the_deadline_passes(&cast, &case).await;
    assert_eq!(escalation["to_person"], SUCCESSOR, "{escalation}");
    let address = format!("{SUCCESSOR}@mingcha.example");
    eventually("the order is mailed to the successor", PATIENCE, || async {
        let mails = town.mailbox.to(&address);
        mails
            .iter()
            .any(|mail| mail.subject.contains("督办"))
            .then_some(())
    })
    .await;
    let successor = town.staff(SUCCESSOR).await;
    let clock = crate::people::Clock(escalation["clock"].as_str().unwrap_or_default().to_owned());
    successor
        .explains(
            &case,
            &clock,
            "supervision_order",
            "到任后发现未核查，已安排今日到场。",
        )
        .await;
    steps::confirmed(&cast, &case).await;

    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    let acknowledged = replay::first(&history, "case.acknowledged.v1");
    let who = acknowledged["actor"]["text"].as_str().unwrap_or_default();
    assert!(who.contains(&cast.leader.name), "the old head stays named: {who}");
    let explained = replay::first(&history, "accountability.explanation_submitted.v1");
    let who = explained["actor"]["text"].as_str().unwrap_or_default();
    assert!(who.contains("新任镇长"), "the new head answers: {who}");
}

/// The running clock of a case.
async fn running(reader: &Staff, case: &str, obligation: &str) -> Value {
    let seen = reader
        .sees_case(case, "the clock runs", |seen| {
            clock_of(seen, obligation).is_some()
        })
        .await;
    clock_of(&seen, obligation).unwrap_or_default()
}

fn clock_of(seen: &Value, obligation: &str) -> Option<Value> {
    let clocks = seen["clocks"].as_array()?;
    let mut running = clocks
        .iter()
        .filter(|clock| clock["obligation"] == obligation && clock["stopped_at"].is_null());
    running.next().cloned()
}

async fn the_deadline_passes(cast: &Cast, case: &str) -> Value {
    let path = format!("/api/v1/cases/{case}");
    let ordered = async || {
        let seen = cast.inspector.get(&path).await;
        let steps = seen["escalations"].as_array().cloned().unwrap_or_default();
        steps
            .into_iter()
            .find(|step| step["rung"] == "supervision_order" && step["obligation"] == "first_inspection")
    };
    for _ in 0..MOST_DAYS {
        if let Some(step) = soon(Duration::from_secs(2), &ordered).await {
            return step;
        }
        cast.admin.advances_days(1).await;
    }
    panic!("no supervision order within {MOST_DAYS} days");
}
