//! Facts by person, unit, time and kind, and the dossier.

use crate::story::{CASE, audit, happens};
use crate::support::Town;
use case_domain::CaseEvent;
use jurisdiction::sample::{COUNTY, DISCIPLINE, OFFICE, OTHER_TOWNSHIP, SUPERVISION, TOWNSHIP, acting};
use jurisdiction::{Actor, Against, Role, UnitCode};
use mingcha_proto::audit::{PrintDossierRequest, SearchFactsRequest, SearchFactsResponse};
use notification_domain::NotificationEvent;
use tonic::{Code, Status};

const AFTER: &str = "2020-06-03T00:00:00Z";

fn inspector() -> Actor {
    acting(Role::Inspector, DISCIPLINE)
}

async fn search(
    town: &Town,
    actor: &Actor,
    request: SearchFactsRequest,
) -> Result<SearchFactsResponse, Status> {
    let found = audit(town).await.search_facts(town.by(actor, request)).await;
    found.map(tonic::Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_found_by_person_unit_time_and_kind_page_by_page() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let by_handler = SearchFactsRequest {
        person: Some(format!("handler-{TOWNSHIP}")),
        ..SearchFactsRequest::default()
    };
    let found = search(&town, &inspector(), by_handler).await.expect("facts");
    assert_eq!(found.facts.len(), 1);
    assert_eq!(
        (found.facts[0].title.as_str(), found.facts[0].revision),
        ("签收", 2)
    );
    assert_eq!(
        found.facts[0].place.as_deref(),
        Some("胡集镇老砖瓦厂院内"),
        "people know a case by its place"
    );
    let of_the_township = |named| SearchFactsRequest {
        unit: Some(TOWNSHIP.to_owned()),
        kind: Some("case".to_owned()),
        named,
        ..SearchFactsRequest::default()
    };
    let found = search(&town, &inspector(), of_the_township(false)).await;
    assert_eq!(found.expect("facts").facts.len(), 1, "what it did");
    let found = search(&town, &inspector(), of_the_township(true)).await;
    let names: Vec<String> = found
        .expect("facts")
        .facts
        .into_iter()
        .map(|fact| fact.name)
        .collect();
    assert_eq!(
        names,
        ["case.assigned.v1", "case.acknowledged.v1"],
        "and what was given to it"
    );
    let latest = SearchFactsRequest {
        newest_first: true,
        limit: Some(1),
        ..of_the_township(true)
    };
    let first = search(&town, &inspector(), latest.clone()).await.expect("facts");
    assert_eq!(first.facts[0].name, "case.acknowledged.v1", "the latest first");
    let earlier = SearchFactsRequest {
        after: first.next,
        ..latest
    };
    let second = search(&town, &inspector(), earlier).await.expect("facts");
    assert_eq!(
        (second.facts[0].name.as_str(), second.next),
        ("case.assigned.v1", None)
    );
    let in_county = SearchFactsRequest {
        unit: Some(COUNTY.to_owned()),
        kind: Some("case".to_owned()),
        ..SearchFactsRequest::default()
    };
    let found = search(&town, &inspector(), in_county).await.expect("facts");
    assert_eq!(found.facts.len(), 1, "the township lies in it");
    let page = |after| SearchFactsRequest {
        from: Some("2020-06-01T01:00:00Z".to_owned()),
        until: Some("2020-06-01T01:20:00Z".to_owned()),
        kind: Some("case".to_owned()),
        after,
        limit: Some(1),
        ..SearchFactsRequest::default()
    };
    let first = search(&town, &inspector(), page(None)).await.expect("facts");
    assert_eq!(first.facts[0].name, "case.opened.v1");
    let second = search(&town, &inspector(), page(first.next))
        .await
        .expect("facts");
    assert_eq!(second.facts[0].name, "case.assigned.v1");
    assert_eq!(second.next, None);
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let tips = SearchFactsRequest {
        kind: Some("tip.received".to_owned()),
        ..SearchFactsRequest::default()
    };
    let masked = search(&town, &supervisor, tips).await.expect("facts");
    assert!(
        !masked.facts[0].data_json.contains("c2VhbGVk"),
        "sealed stays sealed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_only_whoever_sees_the_whole_city_is_told() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let by_handler = SearchFactsRequest {
        person: Some(format!("handler-{TOWNSHIP}")),
        ..SearchFactsRequest::default()
    };
    for (unit, place) in [(SUPERVISION, Some("胡集镇老砖瓦厂院内")), (COUNTY, None)] {
        let found = search(&town, &acting(Role::Supervisor, unit), by_handler.clone()).await;
        let facts = found.expect("facts").facts;
        assert_eq!(facts.len(), 1, "{unit} finds what was done in its area");
        assert_eq!(facts[0].place.as_deref(), place, "{unit}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_became_of_a_letter_says_to_whom_it_went_and_what_about() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let sent = NotificationEvent::NotificationSent {
        attempt: 1,
        provider_id: Some("250 stored".into()),
    };
    let mail = SearchFactsRequest {
        kind: Some("mail".to_owned()),
        ..SearchFactsRequest::default()
    };
    let asked_for = search(&town, &inspector(), mail.clone()).await.expect("facts");
    let request = &asked_for.facts[0];
    assert_eq!(request.letter_json, None, "its own body says it");
    town.add(
        &request.stream,
        &[sent],
        &Actor::system("notification/mail-is-sent"),
    )
    .await;
    let only_sent = SearchFactsRequest {
        kind: Some("notification.sent".to_owned()),
        ..mail
    };
    let found = search(&town, &inspector(), only_sent).await.expect("facts");
    let letter = found.facts[0].letter_json.as_deref();
    assert_eq!(letter, Some(request.data_json.as_str()));
    assert!(request.data_json.contains("催办"), "{}", request.data_json);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_makes_no_sense_is_told_what_is_wrong() {
    let town = Town::start().await;
    let wrong = [
        SearchFactsRequest {
            unit: Some("999999".to_owned()),
            ..SearchFactsRequest::default()
        },
        SearchFactsRequest {
            kind: Some("weather".to_owned()),
            ..SearchFactsRequest::default()
        },
        SearchFactsRequest {
            from: Some("2020-06-02T00:00:00Z".to_owned()),
            until: Some("2020-06-01T00:00:00Z".to_owned()),
            ..SearchFactsRequest::default()
        },
        SearchFactsRequest {
            limit: Some(1000),
            ..SearchFactsRequest::default()
        },
    ];
    for request in wrong {
        let refused = search(&town, &inspector(), request).await.expect_err("refused");
        assert_eq!(refused.code(), Code::InvalidArgument);
    }
    let leader = acting(Role::Leader, COUNTY);
    let refused = search(&town, &leader, SearchFactsRequest::default()).await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_whoever_searches_is_not_found() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let about = Against {
        persons: [inspector().person().expect("a person").clone()].into(),
        ..Against::default()
    };
    let noted = CaseEvent::ConflictNoted { against: about };
    town.add(&format!("case-{CASE}"), &[noted], &Actor::system("conflict"))
        .await;
    for kind in ["case", "tip", "disposal", "accountability", "mail"] {
        let request = SearchFactsRequest {
            kind: Some(kind.to_owned()),
            ..SearchFactsRequest::default()
        };
        let found = search(&town, &inspector(), request.clone()).await.expect("facts");
        assert!(found.facts.is_empty(), "{kind}: {:?}", found.facts);
        let others = search(&town, &acting(Role::Supervisor, SUPERVISION), request).await;
        assert!(!others.expect("facts").facts.is_empty(), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_of_the_dossier_cites_its_event() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let request = PrintDossierRequest {
        case_id: CASE.to_string(),
        at: Some(AFTER.to_owned()),
    };
    let leader = acting(Role::Leader, COUNTY);
    let printed = audit(&town)
        .await
        .print_dossier(town.by(&leader, request.clone()))
        .await;
    let html = printed.expect("a dossier").into_inner().html;
    if let Some(place) = std::env::var_os("DOSSIER") {
        std::fs::write(place, &html).expect("a file");
    }
    assert!(html.starts_with("<!doctype html>") && html.contains("<h1>案卷</h1>"));
    for rows in html.split("<tr>").skip(1).filter(|row| row.starts_with("<td")) {
        let row = rows.split("</tr>").next().unwrap_or_default();
        assert!(
            row.contains('@') || row.contains(" 处</td>"),
            "cites nothing: {row}"
        );
    }
    let case = format!("case-{CASE}@1");
    assert!(html.contains(&case) && html.contains("历史核验：完整"));
    for outside in ["http:", "https:", "<script", "src=", "c2VhbGVk"] {
        assert!(!html.contains(outside), "{outside}");
    }
    let handler = acting(Role::Handler, TOWNSHIP);
    let refused = audit(&town).await.print_dossier(town.by(&handler, request)).await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_typed_does_not_become_markup_in_the_dossier() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let returned = CaseEvent::CaseReassigned {
        to: UnitCode::of(OTHER_TOWNSHIP),
        reason: "<script>alert(1)</script>".into(),
    };
    town.add(
        &format!("case-{CASE}"),
        &[returned],
        &acting(Role::Dispatcher, OFFICE),
    )
    .await;
    let assigned = CaseEvent::CaseAssigned {
        to: UnitCode::of(OTHER_TOWNSHIP),
        instructions: "<img src=x onerror=alert(1)>".into(),
        co_handlers: vec![],
    };
    town.add(
        &format!("case-{CASE}"),
        &[assigned],
        &acting(Role::Dispatcher, OFFICE),
    )
    .await;
    let request = PrintDossierRequest {
        case_id: CASE.to_string(),
        at: None,
    };
    let printed = audit(&town)
        .await
        .print_dossier(town.by(&inspector(), request))
        .await;
    let html = printed.expect("a dossier").into_inner().html;
    assert!(!html.contains("<script") && !html.contains("<img"));
    assert!(
        html.contains("&#60;img") || html.contains("&lt;img"),
        "shown as typed"
    );
}
