//! The ledger against a real store, over gRPC, with minted identities.

mod support;

use case_domain::CaseEvent;
use jurisdiction::sample::{COUNTY, DISCIPLINE, OFFICE, OTHER_COUNTY, TOWNSHIP, acting};
use jurisdiction::{Actor, CaseId, Role, UnitCode};
use ledger::Config;
use mingcha_proto::ledger::ledger_client::LedgerClient;
use mingcha_proto::ledger::{
    ExportRequest, GetCaseRequest, ListCasesRequest, PublicProgressRequest, ReportRequest,
};
use support::Town;
use tonic::transport::Channel;
use tonic::{Code, Request};

fn opened() -> CaseEvent {
    let mut samples = case_domain::samples();
    samples.remove(0)
}
fn assigned(to: &str) -> CaseEvent {
    CaseEvent::CaseAssigned {
        to: UnitCode::of(to),
        instructions: "请于今夜突击检查".into(),
        co_handlers: vec![],
    }
}

async fn ledger(town: &Town) -> LedgerClient<Channel> {
    let database_file = town.folder.path().join("ledger.sqlite");
    let channel = town
        .run(|listen, context| {
            ledger::serve(
                Config {
                    listen,
                    database_file,
                },
                context,
            )
        })
        .await;
    LedgerClient::new(channel)
}

fn list(wait_for_position: u64) -> ListCasesRequest {
    ListCasesRequest {
        wait_for_position: Some(wait_for_position),
        ..ListCasesRequest::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_read_back_at_its_position() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let stream = format!("case-{}", CaseId::sample(1));
    town.add(&stream, &[opened()], &dispatcher).await;
    let mut ledger = ledger(&town).await;
    // The service runs already: this one comes over the live subscription.
    let position = town.add(&stream, &[assigned(TOWNSHIP)], &dispatcher).await;
    let answer = ledger.list_cases(town.by(&dispatcher, list(position))).await;
    let answer = answer.expect("a list").into_inner();
    assert!(answer.position >= position);
    assert_eq!(answer.total, 1);
    let case = &answer.cases[0];
    assert_eq!(case.owner.as_deref(), Some(TOWNSHIP));
    assert_eq!(case.owner_name.as_deref(), Some("胡集镇"));
    assert_eq!(
        (case.state.as_str(), case.state_title.as_str()),
        ("assigned", "待签收")
    );
    assert_eq!(case.county_name.as_deref(), Some("沭阳县"));
    let get = GetCaseRequest {
        case_id: case.case_id.clone(),
        ..GetCaseRequest::default()
    };
    let handler = acting(Role::Handler, TOWNSHIP);
    let whole = ledger.get_case(town.by(&handler, get.clone())).await;
    let whole = whole.expect("the case").into_inner();
    let state: serde_json::Value = serde_json::from_str(&whole.state_json).expect("JSON");
    assert_eq!(state["holders"][0]["unit"], TOWNSHIP);
    let outsider = acting(Role::Leader, OTHER_COUNTY);
    let refused = ledger
        .get_case(town.by(&outsider, get))
        .await
        .expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_without_an_identity_is_answered_and_citizens_only_about_progress() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let case = CaseId::sample(1).to_string();
    let position = town.add(&format!("case-{case}"), &[opened()], &dispatcher).await;
    let mut ledger = ledger(&town).await;
    let nobody = ledger.list_cases(Request::new(list(position))).await;
    assert_eq!(nobody.expect_err("refused").code(), Code::Unauthenticated);
    let citizen = ledger.list_cases(town.by(&Actor::Citizen, list(position))).await;
    assert_eq!(citizen.expect_err("refused").code(), Code::PermissionDenied);
    let progress = PublicProgressRequest {
        case_id: case,
        wait_for_position: Some(position),
    };
    let answer = ledger.public_progress(town.by(&Actor::Citizen, progress)).await;
    assert_eq!(answer.expect("progress").into_inner().state, "opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_that_does_not_come_is_told_as_such() {
    let town = Town::start().await;
    let mut ledger = ledger(&town).await;
    let leader = acting(Role::Leader, COUNTY);
    let answer = ledger.list_cases(town.by(&leader, list(u64::MAX / 2))).await;
    let refused = answer.expect_err("refused");
    assert_eq!(refused.code(), Code::Unavailable);
    assert!(
        refused.message().contains("操作本身已经生效"),
        "{}",
        refused.message()
    );
    let now = ledger.report(town.by(&leader, ReportRequest::default())).await;
    assert_eq!(now.expect("a table").into_inner().rows[0].unit, COUNTY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_ledger_built_from_nothing_says_the_same() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let mut position = 0;
    // More than one batch, so that the catching up is cut somewhere.
    for number in 0..260 {
        let stream = format!("case-{}", CaseId::sample(number));
        position = town
            .add(&stream, &[opened(), assigned(TOWNSHIP)], &dispatcher)
            .await;
    }
    let mut first = ledger(&town).await;
    let request = ListCasesRequest {
        limit: 200,
        ..list(position)
    };
    let told = first.list_cases(town.by(&dispatcher, request.clone())).await;
    let told = told.expect("a list").into_inner();
    assert_eq!((told.total, told.cases.len()), (260, 200));
    let database_file = town.folder.path().join("another.sqlite");
    let channel = town
        .run(|listen, context| {
            ledger::serve(
                Config {
                    listen,
                    database_file,
                },
                context,
            )
        })
        .await;
    let again = LedgerClient::new(channel)
        .list_cases(town.by(&dispatcher, request))
        .await;
    assert_eq!(again.expect("a list").into_inner().cases, told.cases);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_answered_as_it_stood_and_what_has_not_been_is_refused() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let stream = format!("case-{}", CaseId::sample(1));
    town.add(&stream, &[opened()], &dispatcher).await;
    town.later(60);
    let position = town.add(&stream, &[assigned(TOWNSHIP)], &dispatcher).await;
    let mut ledger = ledger(&town).await;
    let mut ask = async |as_of: &str| {
        let request = ListCasesRequest {
            as_of: Some(as_of.to_owned()),
            ..list(position)
        };
        let answer = ledger.list_cases(town.by(&dispatcher, request)).await;
        answer.map(tonic::Response::into_inner)
    };
    let then = ask("2020-06-01T01:30:00Z").await.expect("a list");
    assert_eq!((then.total, then.cases[0].state.as_str()), (1, "opened"));
    assert!(then.position < position, "it reflects no more than was there");
    let later = ask("2020-06-01").await.expect("a list");
    assert_eq!(later.cases[0].state, "assigned", "the end of that day");
    for wrong in ["2020-05-31", "2999-01-01", "今天上午"] {
        let refused = ask(wrong).await.expect_err(wrong);
        assert_eq!(refused.code(), Code::InvalidArgument, "{wrong}");
        assert!(!refused.message().is_ascii(), "{wrong}");
    }
}

/// Who opened which page of a case is a fact, once for a page that refreshes itself; browsing a list is none.
#[tokio::test(flavor = "multi_thread")]
async fn who_reads_a_case_stands_on_record() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let case = CaseId::sample(1).to_string();
    let position = town.add(&format!("case-{case}"), &[opened()], &dispatcher).await;
    let mut ledger = ledger(&town).await;
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let read_by = async |stream: String| {
        let facts = town.context.store.read_stream(&stream).await.expect("a stream");
        let readers = facts.iter().map(|fact| fact.metadata.actor.to_string());
        readers.collect::<Vec<_>>()
    };
    ledger
        .list_cases(town.by(&inspector, list(position)))
        .await
        .expect("a list");
    let get = GetCaseRequest {
        case_id: case.clone(),
        ..GetCaseRequest::default()
    };
    for _ in 0..2 {
        ledger
            .get_case(town.by(&inspector, get.clone()))
            .await
            .expect("the case");
    }
    let reading = format!("reading-case-{case}");
    assert_eq!(read_by(reading.clone()).await, [inspector.to_string()]);
    let leader = acting(Role::Leader, COUNTY);
    ledger.get_case(town.by(&leader, get)).await.expect("the case");
    let recorded = async {
        while read_by(reading.clone()).await.len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), recorded)
        .await
        .expect("the leader's reading as well");
    let export = ExportRequest {
        list: "cases".to_owned(),
        format: "csv".to_owned(),
        unit: Some(COUNTY.to_owned()),
        ..ExportRequest::default()
    };
    ledger.export(town.by(&inspector, export)).await.expect("a file");
    assert_eq!(
        read_by(format!("reading-unit-{COUNTY}")).await,
        [inspector.to_string()]
    );
}
