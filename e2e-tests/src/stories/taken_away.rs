//! The office takes its numbers away: the table and the cases as files, the weekly bulletin to be read and printed; who took
//! what stands on record.

use super::cast::{Cast, TOWNSHIP};
use super::steps;
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};

/// Plays it.
pub async fn lists_are_taken_away(town: &Town) {
    let cast = Cast::of(town).await;
    let place = steps::new_place("停用冷库");
    let (_, case) = steps::opened_case(town, &cast, &place).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;

    let table = cast
        .county_leader
        .try_get("/api/v1/exports/cases?format=csv&state=open")
        .await;
    assert!(table.is_success(), "{} {}", table.status, table.text);
    assert!(
        table.text.starts_with('\u{feff}'),
        "Excel reads UTF-8 only if it is told"
    );
    assert!(
        table.text.contains(&place) && table.text.contains("序号"),
        "{}",
        table.text
    );
    let unknown = cast
        .county_leader
        .try_get("/api/v1/exports/cases?format=csv&rung=reminder")
        .await;
    assert_eq!(
        unknown.status, 422,
        "a condition that the list does not know: {}",
        unknown.text
    );
    for list in ["statistics", "tips", "obligations", "failures"] {
        let book = cast
            .county_leader
            .try_get(&format!("/api/v1/exports/{list}?format=xlsx"))
            .await;
        assert!(book.is_success(), "{list} → {}", book.status);
        assert!(book.text.starts_with("PK"), "{list} is a workbook");
    }
    let bulletin = cast.county_leader.try_get("/api/v1/bulletin?format=html").await;
    assert!(bulletin.is_success(), "{}", bulletin.status);
    assert!(bulletin.text.contains("周报"), "{}", bulletin.text);
    let elsewhere = town.staff("handler-huji").await;
    let theirs = elsewhere.try_get("/api/v1/exports/work?format=csv").await;
    assert!(theirs.is_success(), "{}", theirs.text);

    eventually(
        "it stands on record who took the cases away",
        PATIENCE,
        || async {
            let readings = cast
                .inspector
                .try_get("/api/v1/audit/readings?limit=100")
                .await
                .json();
            let said = readings.to_string();
            (said.contains("reading.list_exported.v1") && said.contains(&cast.county_leader.account))
                .then_some(())
        },
    )
    .await;
    let curious = cast.county_leader.try_get("/api/v1/audit/readings").await;
    assert_eq!(curious.status, 403, "only inspectors see who read what");
}
