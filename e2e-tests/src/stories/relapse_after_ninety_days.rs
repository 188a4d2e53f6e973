//! The watch after closing 回头看: nothing after thirty days, after ninety the works runs again.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::town::Town;

/// Plays it.
pub async fn relapse_after_ninety_days(town: &Town) {
    let cast = Cast::of(town).await;
    let (_, case) = steps::opened_case(town, &cast, &steps::new_place("废弃养殖场")).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.handler.acknowledges(&case).await;
    steps::confirmed(&cast, &case).await;
    steps::disposed(&cast, &case).await;

    let too_early = cast
        .county_handler
        .try_post(
            &format!("/api/v1/disposals/{case}/rechecks"),
            &serde_json::json!({ "after_days": 30, "note": "提前看过", "evidence": ["0".repeat(64)] }),
        )
        .await;
    assert!((400..500).contains(&too_early.status), "{}", too_early.text);
    cast.admin.advances_days(31).await;
    cast.county_handler.sees_work(&case, "recheck").await;
    cast.county_handler
        .passes_recheck(&case, 30, "断水断电封条完好，厂房空置。")
        .await;
    cast.county_handler.is_rid_of_work(&case, "recheck").await;
    cast.admin.advances_days(60).await;
    cast.county_handler.sees_work(&case, "recheck").await;
    let note = "养殖场内重新架设反应釜一台，夜间生产。";
    cast.county_handler.reports_relapse(&case, "site", note).await;
    let seen = cast
        .inspector
        .sees_case(&case, "the relapse is known and is a failure", |seen| {
            seen["relapses"].as_array().is_some_and(|cases| !cases.is_empty())
                && steps::has_failure(seen, "relapse")
        })
        .await;
    // Whoever heads the township, and whoever signed that all was done.
    let failures = seen["failures"].as_array().cloned().unwrap_or_default();
    let relapse = failures.iter().find(|failure| failure["kind"] == "relapse");
    let persons = relapse
        .map(|failure| failure["persons"].to_string())
        .unwrap_or_default();
    for person in ["leader-huji", "leader-shuyang"] {
        assert!(persons.contains(person), "{person} is not named: {persons}");
    }
    let back = seen["relapses"][0].as_str().unwrap_or_default().to_owned();
    let seen = cast
        .dispatcher
        .sees_case(&back, "the relapse opens a case", |_| true)
        .await;
    assert_eq!(seen["case"]["urgency"], "urgent", "{seen}");
    assert_eq!(seen["relapse_of"], case.as_str(), "{seen}");
    let history = cast.inspector.replays(&case).await;
    replay::is_whole(&history);
    let expected = [
        "disposal.closed.v1",
        "disposal.recheck_due.v1",
        "disposal.recheck_passed.v1",
        "disposal.recheck_due.v1",
        "disposal.relapse_found.v1",
    ];
    replay::happened_in_order(&history, &expected);
}
