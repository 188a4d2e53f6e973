//! Verification: a whole history is said to be whole, and what is not is named.

use crate::story::{CASE, audit, happens};
use crate::support::Town;
use case_domain::CaseEvent;
use decider::encode;
use jurisdiction::Role;
use jurisdiction::sample::{DISCIPLINE, OFFICE, TOWNSHIP, acting};
use mingcha_proto::audit::{VerifyChainRequest, VerifyChainResponse};
use platform::{Expected, Metadata, NewEvent};
use tonic::Code;
use uuid::Uuid;

async fn verify(town: &Town, request: VerifyChainRequest) -> VerifyChainResponse {
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let answer = audit(town).await.verify_chain(town.by(&inspector, request)).await;
    answer.expect("an answer").into_inner()
}
fn of_the_case() -> VerifyChainRequest {
    VerifyChainRequest {
        case_id: Some(CASE.to_string()),
        stream: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_nobody_touched_is_whole() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let chain = verify(&town, of_the_case()).await;
    assert!(chain.whole, "{:?}", chain.findings);
    // The report's draft is read to verify its stream, though it is not part of the case.
    assert_eq!((chain.events, chain.streams), (11, 6));
    let everything = verify(&town, VerifyChainRequest::default()).await;
    assert!(everything.whole, "{:?}", everything.findings);
    assert!(
        everything.events > chain.events + 20,
        "the directory is part of everything"
    );
    let admin = acting(Role::Admin, OFFICE);
    let refused = audit(&town)
        .await
        .verify_chain(town.by(&admin, of_the_case()))
        .await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
}

/// A fact slipped in past the write services, dated a day before.
async fn slip_in(town: &Town, name: &str) {
    let stream = format!("case-{CASE}");
    let history = town.context.store.read_stream(&stream).await.expect("the case");
    let last = history.last().expect("a fact");
    let (_, data) = encode(&CaseEvent::CaseAcknowledged {});
    let metadata = Metadata {
        correlation: last.metadata.correlation,
        causation: Uuid::nil(),
        command_id: Uuid::from_u128(0xbad),
        at: "2020-05-31T01:00:00Z".parse().expect("a timestamp"),
        actor: acting(Role::Handler, TOWNSHIP),
        traceparent: None,
    };
    let event = NewEvent {
        id: Uuid::from_u128(0xbad),
        name: name.to_owned(),
        data,
        metadata,
    };
    let expected = Expected::Revision(last.revision);
    let slipped = town.context.store.append(&stream, expected, vec![event]).await;
    slipped.expect("committed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_back_dated_fact_without_a_cause_is_found() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    slip_in(&town, "case.acknowledged.v1").await;
    let answer = verify(&town, of_the_case()).await;
    assert!(!answer.whole);
    let codes: Vec<&str> = answer
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(codes, ["incomplete_metadata", "id_mismatch", "time_backwards"]);
    assert!(
        answer
            .findings
            .iter()
            .all(|finding| finding.stream == format!("case-{CASE}") && finding.revision == 3)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_that_names_no_actor_is_found_though_it_cannot_be_read() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let anonymous = event_store::Proposed {
        id: Uuid::from_u128(0xbad),
        kind: "case.acknowledged.v1".to_owned(),
        json: true,
        metadata: b"{}".as_slice().into(),
        data: b"{}".as_slice().into(),
    };
    let stream = format!("case-{CASE}");
    let expected = event_store::Expected::StreamExists;
    let put = town
        .engine
        .append(stream.as_str().into(), expected, vec![anonymous]);
    put.await.expect("committed");
    let answer = verify(&town, of_the_case()).await;
    let found: Vec<_> = answer
        .findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.stream.as_str(), finding.revision))
        .collect();
    assert_eq!(found, [("incomplete_metadata", stream.as_str(), 3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_that_nobody_knows_is_found_and_does_not_stop_the_replay() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    slip_in(&town, "case.forgiven.v1").await;
    let stream = VerifyChainRequest {
        case_id: None,
        stream: Some(format!("case-{CASE}")),
    };
    let answer = verify(&town, stream).await;
    assert!(
        answer
            .findings
            .iter()
            .any(|finding| finding.code == "unknown_event")
    );
}
