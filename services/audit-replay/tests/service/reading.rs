//! Reading is a fact: recorded before it is answered, and seen by inspectors only.

use crate::story::{CASE, TIP, audit, happens};
use crate::support::Town;
use jurisdiction::sample::{COUNTY, DISCIPLINE, SUPERVISION, TOWNSHIP, acting};
use jurisdiction::{Actor, Role, StaffId, UnitCode};
use mingcha_proto::audit::{
    ListReadingsRequest, RecordedReading, ReplayCaseRequest, ReplayCaseResponse, ReplayStreamRequest,
    SearchFactsRequest, VerifyChainRequest,
};
use tonic::Code;

async fn replay(town: &Town, actor: &Actor, at: Option<&str>) -> Result<ReplayCaseResponse, Code> {
    let request = ReplayCaseRequest {
        case_id: CASE.to_string(),
        at: at.map(str::to_owned),
    };
    let answer = audit(town).await.replay_case(town.by(actor, request)).await;
    answer
        .map(tonic::Response::into_inner)
        .map_err(|status| status.code())
}

async fn readings(town: &Town, actor: &Actor, request: ListReadingsRequest) -> Vec<RecordedReading> {
    let listed = audit(town).await.list_readings(town.by(actor, request)).await;
    listed.expect("a list").into_inner().readings
}

fn inspector() -> Actor {
    acting(Role::Inspector, DISCIPLINE)
}
/// Another inspector of the same unit.
fn colleague() -> Actor {
    Actor::staff(StaffId::of("another"), UnitCode::of(DISCIPLINE), Role::Inspector)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_replay_is_recorded_with_reader_and_instant() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let at = "2020-06-02T00:00:00Z";
    replay(&town, &acting(Role::Supervisor, SUPERVISION), Some(at))
        .await
        .expect("a history");
    replay(&town, &acting(Role::Leader, COUNTY), None)
        .await
        .expect("a history");
    let listed = readings(&town, &inspector(), ListReadingsRequest::default()).await;
    let told: Vec<_> = listed
        .iter()
        .map(|reading| {
            let account = reading.actor.as_ref().and_then(|actor| actor.account.clone());
            (
                reading.title.clone(),
                account.unwrap_or_default(),
                reading.instant.clone(),
            )
        })
        .collect();
    let expected = [
        (
            "回放案件全过程",
            format!("supervisor-{SUPERVISION}"),
            Some(at.to_owned()),
        ),
        ("回放案件全过程", format!("leader-{COUNTY}"), None),
    ];
    assert_eq!(told, expected.map(|(title, who, at)| (title.to_owned(), who, at)));
    assert!(
        listed
            .iter()
            .all(|reading| reading.subject == format!("case-{CASE}")
                && reading.place.as_deref() == Some("胡集镇老砖瓦厂院内"))
    );
    let of_the_leader = ListReadingsRequest {
        person: Some(format!("leader-{COUNTY}")),
        limit: Some(1),
        ..ListReadingsRequest::default()
    };
    assert_eq!(readings(&town, &inspector(), of_the_leader).await.len(), 1);
    let of_another_case = ListReadingsRequest {
        subject: Some("case-none".to_owned()),
        ..ListReadingsRequest::default()
    };
    assert!(readings(&town, &inspector(), of_another_case).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_inspectors_see_who_read() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let leader = acting(Role::Leader, COUNTY);
    for reader in [&supervisor, &leader, &inspector()] {
        replay(&town, reader, None).await.expect("a history");
    }
    let lanes = |history: &ReplayCaseResponse| {
        let readings = history.events.iter().filter(|event| event.lane == "reading");
        let states = history.states.iter().filter(|state| state.lane == "reading");
        (readings.count(), states.count())
    };
    let seen = replay(&town, &inspector(), None).await.expect("a history");
    assert_eq!(lanes(&seen), (3, 1));
    let lane = seen
        .events
        .iter()
        .find(|event| event.lane == "reading")
        .expect("a reading");
    assert_eq!(lane.lane_title, "查阅");
    for other in [&supervisor, &leader] {
        let seen = replay(&town, other, None).await.expect("a history");
        assert_eq!(lanes(&seen), (0, 0), "{other}");
        let refused = audit(&town)
            .await
            .list_readings(town.by(other, ListReadingsRequest::default()))
            .await;
        assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
    }
    // Not even their number shows: to supervisors the whole history has as many facts as before.
    let counted = async |actor: &Actor| {
        let request = town.by(actor, VerifyChainRequest::default());
        let answer = audit(&town)
            .await
            .verify_chain(request)
            .await
            .expect("an answer")
            .into_inner();
        assert!(answer.whole, "{:?}", answer.findings);
        answer.events
    };
    assert_eq!(counted(&inspector()).await - counted(&supervisor).await, 6);
    let reading = VerifyChainRequest {
        case_id: None,
        stream: Some(format!("reading-case-{CASE}")),
    };
    let refused = audit(&town)
        .await
        .verify_chain(town.by(&supervisor, reading))
        .await;
    assert_eq!(refused.expect_err("refused").code(), Code::NotFound);
    let search = town.by(&supervisor, SearchFactsRequest::default());
    let found = audit(&town)
        .await
        .search_facts(search)
        .await
        .expect("an answer")
        .into_inner();
    assert!(found.facts.iter().all(|fact| fact.lane != "reading"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_does_not_see_who_looked_into_them() {
    let town = Town::start().await;
    let own = format!("staff-inspector-{DISCIPLINE}");
    let request = ReplayStreamRequest { stream: own.clone() };
    let looked = audit(&town)
        .await
        .replay_stream(town.by(&colleague(), request))
        .await;
    looked.expect("a stream");
    let search = SearchFactsRequest {
        person: Some(format!("inspector-{DISCIPLINE}")),
        ..SearchFactsRequest::default()
    };
    let searched = audit(&town)
        .await
        .search_facts(town.by(&colleague(), search))
        .await;
    searched.expect("facts");
    assert!(
        readings(&town, &inspector(), ListReadingsRequest::default())
            .await
            .is_empty()
    );
    let listed = readings(&town, &colleague(), ListReadingsRequest::default()).await;
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|reading| reading.subject == own));
    let around = ReplayStreamRequest {
        stream: format!("reading-{own}"),
    };
    let refused = audit(&town)
        .await
        .replay_stream(town.by(&inspector(), around))
        .await;
    assert_eq!(refused.expect_err("refused").code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_was_not_read() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let handler = acting(Role::Handler, TOWNSHIP);
    assert_eq!(
        replay(&town, &handler, None).await.err(),
        Some(Code::PermissionDenied)
    );
    // Of an instant to come there is nothing to be read.
    let future = replay(&town, &inspector(), Some("2999-01-01T00:00:00Z")).await;
    assert_eq!(future.err(), Some(Code::InvalidArgument));
    assert!(
        readings(&town, &inspector(), ListReadingsRequest::default())
            .await
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_read_that_cannot_be_recorded() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    // The record of readings cannot be read any more, so nothing can be added to it.
    let broken = event_store::Proposed {
        id: uuid::Uuid::from_u128(0xbad),
        kind: "reading.case_replayed.v1".to_owned(),
        json: true,
        metadata: b"{}".as_slice().into(),
        data: b"{}".as_slice().into(),
    };
    let stream = format!("reading-case-{CASE}");
    let put = town.engine.append(
        stream.as_str().into(),
        event_store::Expected::NoStream,
        vec![broken],
    );
    put.await.expect("committed");
    let leader = acting(Role::Leader, COUNTY);
    let refused = replay(&town, &leader, None).await.err();
    assert!(
        matches!(refused, Some(Code::Internal | Code::Unavailable)),
        "{refused:?}"
    );
}

/// How many there were on each page, and where they stand.
async fn paged_through(town: &Town, newest_first: bool) -> (Vec<usize>, Vec<u64>) {
    let (mut pages, mut positions, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let request = ListReadingsRequest {
            after,
            limit: Some(2),
            newest_first,
            ..ListReadingsRequest::default()
        };
        let listed = audit(town)
            .await
            .list_readings(town.by(&inspector(), request))
            .await;
        let listed = listed.expect("a page").into_inner();
        pages.push(listed.readings.len());
        positions.extend(listed.readings.iter().map(|reading| reading.position));
        after = listed.next;
        if after.is_none() {
            return (pages, positions);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readings_are_paged() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    for _ in 0..3 {
        replay(&town, &acting(Role::Leader, COUNTY), None)
            .await
            .expect("a history");
    }
    let mut orders = Vec::new();
    for newest_first in [false, true] {
        let (pages, positions) = paged_through(&town, newest_first).await;
        assert_eq!(pages, [2, 1]);
        orders.push(positions);
    }
    orders[1].reverse();
    assert_eq!(orders[0], orders[1]);
    assert!(orders[0].is_sorted());
    let none = ListReadingsRequest {
        limit: Some(0),
        ..ListReadingsRequest::default()
    };
    let refused = audit(&town)
        .await
        .list_readings(town.by(&inspector(), none))
        .await;
    assert_eq!(refused.expect_err("refused").code(), Code::InvalidArgument);
    let tip = ListReadingsRequest {
        subject: Some(format!("tip-{TIP}")),
        ..ListReadingsRequest::default()
    };
    assert!(readings(&town, &inspector(), tip).await.is_empty());
}
