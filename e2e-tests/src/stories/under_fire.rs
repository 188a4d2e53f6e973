//! Services are killed again and again while tips pour in, cases are handled and results are reported; what was acknowledged is
//! there, once.

mod at_work;
mod reporting;

use super::steps;
use crate::city::City;
use crate::people::{Citizen, Staff, Tip};
use crate::wait::eventually;
use futures::future::join_all;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// Each is killed in turn, the store most often: everything rests on it.
const VICTIMS: [&str; 16] = [
    "event-store",
    "tip-intake",
    "event-relay",
    "event-store",
    "case-assignment",
    "nats",
    "event-store",
    "ledger",
    "accountability-escalation",
    "event-store",
    "notification",
    "web-gateway",
    "directory",
    "disposal-tracking",
    "result-reporting",
    "audit-replay",
];
const REPORTERS: usize = 4;
const CATCH_UP: Duration = Duration::from_secs(180);

/// What one reporter was promised.
struct Promise {
    tip: Tip,
    accepted: bool,
}

/// Plays at least `cycles` kills.
pub async fn kill_nine(city: &City, cycles: usize) {
    reporting::can_be_drafted(city).await;
    let over = AtomicBool::new(false);
    let dispatcher = city.town.staff("dispatcher-city").await;
    let reporters = (0..REPORTERS).map(|number| reports_until(city, &dispatcher, number, &over));
    let (promises, worked, drafted, answered, ()) = futures::join!(
        join_all(reporters),
        at_work::handles_until(city, &over),
        reporting::drafts_until(city, &over),
        at_work::reads_until(city, &over),
        async {
            for cycle in 0..cycles {
                let victim = VICTIMS[cycle % VICTIMS.len()];
                println!("cycle {cycle}: kill -9 {victim}");
                city.kill(victim);
                city.start_service(victim).await;
            }
            over.store(true, Ordering::Relaxed);
        }
    );
    city.ready().await;
    assert!(
        answered.0 > 0 && answered.1 > 0,
        "nobody was answered: {answered:?}"
    );
    at_work::came_to_its_end(city, &worked).await;
    reporting::is_written_down(city, &drafted).await;
    let reported = promises.into_iter().flatten();
    let promises: Vec<_> = reported.chain(worked.promises).collect();
    println!(
        "{} tips and {} drafts of a report were acknowledged under fire",
        promises.len(),
        drafted.len()
    );
    assert!(promises.len() >= cycles, "the load was no load");
    every_promise_is_kept(city, &promises).await;
}

/// Reports one tip after the other; whatever gets no answer is sent again under the same key.
async fn reports_until(city: &City, dispatcher: &Staff, number: usize, over: &AtomicBool) -> Vec<Promise> {
    let citizen = city.town.citizen();
    let mut promises = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let key = Uuid::new_v4().to_string();
        let place = steps::new_place("点位");
        let body = steps::plain_tip(&format!("第 {number} 名群众的举报 {key}"), &place);
        let tip = acknowledged(&citizen, &key, &body).await;
        // Every third tip is accepted, so that reactions have work while their services die.
        let accepted = promises.len() % 3 == 0;
        if accepted {
            accept(dispatcher, &tip).await;
        }
        promises.push(Promise { tip, accepted });
    }
    promises
}

async fn acknowledged(citizen: &Citizen, key: &str, body: &Value) -> Tip {
    eventually("the report is acknowledged", CATCH_UP, || async {
        let answer = citizen.try_reports(key, body).await?;
        assert!(
            answer.is_success() || answer.status == 503,
            "{} {}",
            answer.status,
            answer.text
        );
        answer.is_success().then(|| Tip::of(&answer.json()))
    })
    .await
}

async fn accept(dispatcher: &Staff, tip: &Tip) {
    let key = Uuid::new_v4().to_string();
    let path = format!("/api/v1/tips/{}/accept", tip.id);
    let body = json!({ "summary": "疑似小化工，请核查" });
    eventually("the acceptance is acknowledged", CATCH_UP, || async {
        let answer = dispatcher.try_post_as(&key, &path, &body).await?;
        assert!(
            answer.is_success() || answer.status == 503,
            "{} {}",
            answer.status,
            answer.text
        );
        answer.is_success().then_some(())
    })
    .await;
}

async fn every_promise_is_kept(city: &City, promises: &[Promise]) {
    let citizen = city.town.citizen();
    let dispatcher = city.town.staff("dispatcher-city").await;
    for promise in promises {
        let status = citizen.status(&promise.tip.receipt).await;
        assert_eq!(
            status["tip_id"],
            promise.tip.id.as_str(),
            "the tip of its receipt: {status}"
        );
        let expected = if promise.accepted { "accepted" } else { "received" };
        assert_eq!(status["progress"], expected, "{status}");
    }
    let accepted = promises.iter().filter(|promise| promise.accepted).count() as u64;
    let expected = (promises.len() as u64, accepted);
    eventually("the ledger counts every tip and case once", CATCH_UP, || async {
        let tips = total(&dispatcher, "/api/v1/tips?limit=1").await?;
        let cases = total(&dispatcher, "/api/v1/cases?limit=1").await?;
        assert!(
            tips <= expected.0 && cases <= expected.1,
            "doubled: {tips} tips, {cases} cases; {expected:?} were promised"
        );
        ((tips, cases) == expected).then_some(())
    })
    .await;
}

async fn total(reader: &Staff, path: &str) -> Option<u64> {
    let answer = reader.try_get(path).await;
    answer.json()["total"].as_u64().filter(|_| answer.is_success())
}
