//! The ledger's stream of changes, and the rebuilding beside it: against a real store, over gRPC.

mod support;

use case_domain::CaseEvent;
use jurisdiction::sample::{COUNTY, OFFICE, TOWNSHIP, acting};
use jurisdiction::{Actor, CaseId, Role, UnitCode};
use ledger::{Comparison, Config, Rebuild};
use mingcha_proto::ledger::ledger_client::LedgerClient;
use mingcha_proto::ledger::{WatchWorkRequest, WatchWorkResponse, WorkListRequest};
use std::path::PathBuf;
use std::time::Duration;
use support::Town;
use tonic::transport::Channel;
use tonic::{Code, Streaming};

/// Longer than anything here takes; nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(60);

fn opened() -> CaseEvent {
    case_domain::samples().remove(0)
}
fn assigned(to: &str) -> CaseEvent {
    CaseEvent::CaseAssigned {
        to: UnitCode::of(to),
        instructions: "请于今夜突击检查".into(),
        co_handlers: vec![],
    }
}
fn case(number: u128) -> String {
    format!("case-{}", CaseId::sample(number))
}

async fn ledger(town: &Town) -> (LedgerClient<Channel>, PathBuf) {
    let database_file = town.folder.path().join("ledger.sqlite");
    let config = |listen| Config {
        listen,
        database_file: database_file.clone(),
    };
    let channel = town
        .run(|listen, context| ledger::serve(config(listen), context))
        .await;
    (LedgerClient::new(channel), database_file)
}

async fn watched(
    ledger: &mut LedgerClient<Channel>,
    town: &Town,
    actor: &Actor,
) -> Streaming<WatchWorkResponse> {
    let watching = ledger.watch_work(town.by(actor, WatchWorkRequest {})).await;
    watching.expect("a stream").into_inner()
}
async fn next(stream: &mut Streaming<WatchWorkResponse>) -> WatchWorkResponse {
    let next = tokio::time::timeout(PATIENCE, stream.message()).await;
    next.expect("in time").expect("no fault").expect("not the end")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_told_at_once_and_whenever_it_has_changed() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let (mut ledger, _) = ledger(&town).await;
    let mut stream = watched(&mut ledger, &town, &dispatcher).await;
    assert_eq!(
        next(&mut stream).await.total,
        0,
        "how it stands, before anything happens"
    );
    let position = town.add(&case(1), &[opened()], &dispatcher).await;
    let changed = next(&mut stream).await;
    assert_eq!(changed.total, 1);
    assert!(changed.position >= position);
    let list = WorkListRequest {
        wait_for_position: Some(changed.position),
        ..WorkListRequest::default()
    };
    let list = ledger.work_list(town.by(&dispatcher, list)).await;
    assert_eq!(list.expect("a list").into_inner().items.len(), 1);
    town.add(&case(1), &[assigned(TOWNSHIP)], &dispatcher).await;
    assert_eq!(next(&mut stream).await.total, 0, "it is the township's now");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_concerns_others_only_is_not_told() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let (mut ledger, _) = ledger(&town).await;
    let mut other = watched(&mut ledger, &town, &acting(Role::Handler, COUNTY)).await;
    let mut stream = watched(&mut ledger, &town, &dispatcher).await;
    next(&mut other).await;
    assert_eq!(next(&mut stream).await.total, 0);
    for number in 1..=3 {
        town.add(&case(number), &[opened()], &dispatcher).await;
    }
    while next(&mut stream).await.total < 3 {}
    // All of it has been looked at for the dispatcher; the end comes next for the county, and no event.
    town.context.shutdown.cancel();
    let end = tokio::time::timeout(PATIENCE, other.message())
        .await
        .expect("in time");
    assert_eq!(end.expect_err("the service stops").code(), Code::Unavailable);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_work_is_refused_before_the_stream_begins() {
    let town = Town::start().await;
    let (mut ledger, _) = ledger(&town).await;
    for actor in [Actor::Citizen, acting(Role::Admin, OFFICE)] {
        let refused = ledger.watch_work(town.by(&actor, WatchWorkRequest {})).await;
        assert_eq!(
            refused.expect_err("refused").code(),
            Code::PermissionDenied,
            "{actor}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_outlives_the_time_limit_of_calls() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    let database_file = town.folder.path().join("ledger.sqlite");
    let limit = Duration::from_millis(300);
    let channel = town
        .run_limited(limit, |listen, context| {
            ledger::serve(
                Config {
                    listen,
                    database_file,
                },
                context,
            )
        })
        .await;
    let mut ledger = LedgerClient::new(channel);
    let mut stream = watched(&mut ledger, &town, &dispatcher).await;
    assert_eq!(next(&mut stream).await.total, 0);
    // It is the passing of time that is tried here.
    tokio::time::sleep(limit * 3).await;
    town.add(&case(1), &[opened()], &dispatcher).await;
    assert_eq!(next(&mut stream).await.total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_rebuilt_beside_the_one_in_use_is_equal_and_a_tampered_one_is_found() {
    let mut town = Town::start().await;
    let dispatcher = acting(Role::Dispatcher, OFFICE);
    for number in 0..300 {
        town.add(&case(number), &[opened(), assigned(TOWNSHIP)], &dispatcher)
            .await;
    }
    let (mut ledger, live) = ledger(&town).await;
    let file = town.folder.path().join("rebuilt.sqlite");
    let mut rebuild = Rebuild::begin(&town.context.store, &file).expect("a new file");
    let mut told = Vec::new();
    rebuild
        .take_everything(|position| told.push(position))
        .await
        .expect("taken in");
    assert!(told.is_sorted() && told.len() > 1, "{told:?}");
    let head = town.context.store.head().await.expect("a head");
    assert_eq!(told.last(), Some(&head));
    assert_eq!(rebuild.facts().expect("a count"), 600);
    // The ledger in use goes on meanwhile.
    let position = town.add(&case(0), &[opened()], &dispatcher).await;
    let wait = WorkListRequest {
        wait_for_position: Some(position),
        ..WorkListRequest::default()
    };
    ledger
        .work_list(town.by(&dispatcher, wait))
        .await
        .expect("a list");
    let equal = rebuild.compare(&live).await.expect("compared");
    assert!(
        matches!(equal, Comparison::Equal { rows, .. } if rows > 600),
        "{equal:?}"
    );
    assert_eq!(rebuild.facts().expect("a count"), 601);
    let tampered = rusqlite::Connection::open(&live).expect("a database");
    tampered
        .execute(
            "UPDATE cases SET summary = 'x' WHERE case_id = ?1",
            [CaseId::sample(7).to_string()],
        )
        .expect("changed");
    drop(tampered);
    let Comparison::Different(difference) = rebuild.compare(&live).await.expect("compared") else {
        panic!("nobody noticed");
    };
    assert_eq!(difference.table, "cases");
    drop(rebuild);
    let again = ledger::compare(&live, &file).expect("compared");
    assert!(matches!(again, Comparison::Different(_)), "{again:?}");
}
