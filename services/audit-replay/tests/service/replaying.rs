//! Replays: the whole chain in order, by the right people, at any instant.

use crate::story::{CASE, RELAPSE, TIP, audit, happens, relapses};
use crate::support::Town;
use jurisdiction::sample::{COUNTY, DISCIPLINE, OFFICE, OTHER_COUNTY, SUPERVISION, TOWNSHIP, acting};
use jurisdiction::{Actor, CaseId, Role};
use mingcha_proto::audit::{ReplayCaseRequest, ReplayCaseResponse, ReplayStreamRequest};
use tonic::Code;

/// After everything in the story; in terms of the demonstration's time.
const AFTER: &str = "2020-06-03T00:00:00Z";

async fn replay(town: &Town, actor: &Actor, at: &str) -> Result<ReplayCaseResponse, Code> {
    replay_of(town, CASE, actor, at).await
}

async fn replay_of(town: &Town, case: CaseId, actor: &Actor, at: &str) -> Result<ReplayCaseResponse, Code> {
    let request = ReplayCaseRequest {
        case_id: case.to_string(),
        at: Some(at.to_owned()),
    };
    let answer = audit(town).await.replay_case(town.by(actor, request)).await;
    answer
        .map(tonic::Response::into_inner)
        .map_err(|status| status.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_of_a_case_is_printed_as_it_happened() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let history = replay(&town, &inspector, AFTER).await.expect("a history");
    let positions: Vec<u64> = history.events.iter().map(|event| event.position).collect();
    assert!(positions.is_sorted(), "{positions:?}");
    let lanes: Vec<&str> = history.events.iter().map(|event| event.lane.as_str()).collect();
    let expected = [
        "tip",
        "tip",
        "case",
        "case",
        "accountability",
        "accountability",
        "case",
        "accountability",
        "mail",
        "disposal",
        "report",
    ];
    assert_eq!(lanes, expected);
    insta::assert_snapshot!(audit_replay::render_text(&history));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relapse_and_the_case_before_it_each_have_their_own_letters() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    relapses(&mut town).await;
    let inspector = acting(Role::Inspector, DISCIPLINE);
    for (case, letters) in [(RELAPSE, 1), (CASE, 2)] {
        let history = replay_of(&town, case, &inspector, AFTER)
            .await
            .expect("a history");
        let mail = history.events.iter().filter(|event| event.lane == "mail");
        assert_eq!(mail.count(), letters, "{case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_an_earlier_instant_nothing_later_is_known() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let early = replay(&town, &inspector, "2020-06-01T09:15:00+08:00").await;
    let early = early.expect("a history");
    let names: Vec<&str> = early.events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["tip.received.v1", "tip.accepted.v1", "case.opened.v1"]);
    assert!(early.holders.is_empty());
    let case = early.states.iter().find(|state| state.lane == "case");
    assert!(
        case.expect("the case")
            .state_json
            .contains("\"progress\":\"opened\"")
    );
    let late = replay(&town, &inspector, AFTER).await.expect("a history");
    let held: Vec<_> = late
        .holders
        .iter()
        .map(|held| (held.unit.as_str(), held.until.as_deref(), held.working_days))
        .collect();
    assert_eq!(held, [(TOWNSHIP, None, 2)]);
    let opened = &late.events[2];
    let cause = opened.cause.as_ref().expect("a cause");
    assert_eq!(cause.title.as_deref(), Some("线索受理"));
    assert_eq!(cause.at, Some(format!("tip-{TIP}@1")));
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_direct_the_area_see_nothing_sealed_and_others_nothing() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    for actor in [
        acting(Role::Leader, COUNTY),
        acting(Role::Dispatcher, OFFICE),
        acting(Role::Supervisor, SUPERVISION),
    ] {
        let history = replay(&town, &actor, AFTER).await.expect("a history");
        let told = serde_json::to_string(&history).expect("JSON");
        assert!(
            !told.contains("c2VhbGVk") && !told.contains(&"ab".repeat(32)),
            "{actor}"
        );
        assert!(told.contains("密封"), "what is left out is said to be");
    }
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let whole = replay(&town, &inspector, AFTER).await.expect("a history");
    assert!(whole.events[0].data_json.contains("c2VhbGVk"));
    for actor in [
        acting(Role::Leader, OTHER_COUNTY),
        acting(Role::Handler, TOWNSHIP),
        acting(Role::Admin, OFFICE),
        Actor::Citizen,
    ] {
        assert_eq!(
            replay(&town, &actor, AFTER).await.err(),
            Some(Code::PermissionDenied),
            "{actor}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_stream_is_the_inspectors() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let mut audit = audit(&town).await;
    let request = |stream: &str| ReplayStreamRequest {
        stream: stream.to_owned(),
    };
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let whole = audit
        .replay_stream(town.by(&inspector, request("report-321322102201-sweep")))
        .await;
    let whole = whole.expect("a stream").into_inner();
    assert_eq!(whole.events.len(), 2, "the draft as well");
    let missing = audit
        .replay_stream(town.by(&inspector, request("case-none")))
        .await;
    assert_eq!(missing.expect_err("refused").code(), Code::NotFound);
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let refused = audit
        .replay_stream(town.by(&supervisor, request("staff-x")))
        .await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
}
