//! Verification: a whole history is said to be whole, and what is not is named.

use crate::story::{CASE, audit, happens};
use crate::support::Town;
use case_domain::CaseEvent;
use decider::encode;
use directory_domain::DirectoryEvent;
use jiff::SignedDuration;
use jurisdiction::sample::{DISCIPLINE, OFFICE, OTHER_TOWNSHIP, SUPERVISION, TOWNSHIP, acting};
use jurisdiction::{Actor, Role, StaffId, TipId, UnitCode};
use mingcha_proto::audit::{GetVerificationProgressRequest, VerifyChainRequest, VerifyChainResponse};
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
    assert_eq!((chain.events, chain.streams), (12, 6));
    let held: Vec<_> = chain
        .invariants
        .iter()
        .map(|invariant| (invariant.code.as_str(), invariant.findings, invariant.pending))
        .collect();
    assert_eq!(
        held,
        invariants::Invariant::ALL.map(|invariant| (invariant.code(), 0, 0))
    );
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
        previous: None,
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
    let expected = [
        "incomplete_metadata",
        "id_mismatch",
        "time_backwards",
        "every_event_has_actor_and_cause",
    ];
    assert_eq!(codes, expected);
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

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_breaks_a_rule_is_not_whole_and_the_rule_is_named() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    // The owner is made a co-handler, by somebody who has nothing to do with the case.
    let helps_itself = CaseEvent::CoHandlerAdded {
        unit: UnitCode::of(TOWNSHIP),
    };
    let stranger = acting(Role::Handler, OTHER_TOWNSHIP);
    town.add(&format!("case-{CASE}"), &[helps_itself], &stranger)
        .await;
    for request in [of_the_case(), VerifyChainRequest::default()] {
        let answer = verify(&town, request).await;
        assert!(!answer.whole);
        let found: Vec<_> = answer
            .findings
            .iter()
            .map(|finding| {
                (
                    finding.code.as_str(),
                    finding.invariant.as_deref(),
                    finding.revision,
                )
            })
            .collect();
        assert_eq!(found, [("one_owner", Some("责任单位唯一"), 3)]);
        let told = answer
            .invariants
            .iter()
            .find(|invariant| invariant.code == "one_owner");
        assert_eq!(
            told.map(|invariant| (invariant.findings, invariant.pending)),
            Some((1, 0))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_yet_come_is_shown_and_not_counted() {
    let mut town = Town::start().await;
    let tip = TipId::sample(0x99);
    let received = || crate::story::received();
    // A tip of just now, and nobody's clock runs for it yet; the grace of a minute is over.
    let now = town.context.clock.now();
    let ago = |minutes| now - SignedDuration::from_mins(minutes);
    town.at(ago(5));
    town.add(&format!("tip-{tip}"), &[received()], &Actor::Citizen)
        .await;
    let young = verify(&town, VerifyChainRequest::default()).await;
    assert!(young.whole, "{:?}", young.findings);
    let pending: Vec<_> = young
        .findings
        .iter()
        .map(|found| (found.code.as_str(), found.pending))
        .collect();
    assert_eq!(pending, [("no_tip_vanishes", true)]);
    // Of one that has lain there since yesterday nobody will say that it is under way.
    let tip = TipId::sample(0x98);
    town.at(ago(24 * 60));
    town.add(&format!("tip-{tip}"), &[received()], &Actor::Citizen)
        .await;
    let old = verify(&town, VerifyChainRequest::default()).await;
    assert!(!old.whole);
    let counted: Vec<_> = old.findings.iter().filter(|found| !found.pending).collect();
    assert_eq!(counted.len(), 1, "{counted:?}");
    assert_eq!(counted[0].stream, format!("tip-{tip}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_over_of_office_is_part_of_a_whole_history() {
    let mut town = Town::start().await;
    let unit = UnitCode::of(TOWNSHIP);
    let handed = DirectoryEvent::HandedOver {
        unit: unit.clone(),
        from: None,
        to: StaffId::of(&format!("leader-{TOWNSHIP}")),
        reason: "新任".into(),
    };
    town.add(
        &format!("unit-{unit}"),
        &[handed],
        &Actor::system("directory/test"),
    )
    .await;
    let answer = verify(&town, VerifyChainRequest::default()).await;
    assert!(answer.whole, "{:?}", answer.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_verify_sees_what_is_under_way() {
    let town = Town::start().await;
    let mut audit = audit(&town).await;
    for actor in [
        acting(Role::Inspector, DISCIPLINE),
        acting(Role::Supervisor, SUPERVISION),
    ] {
        let request = town.by(&actor, GetVerificationProgressRequest {});
        let answer = audit.get_verification_progress(request).await.expect("an answer");
        assert!(answer.into_inner().under_way.is_empty());
    }
    let leader = acting(Role::Leader, TOWNSHIP);
    let request = town.by(&leader, GetVerificationProgressRequest {});
    let refused = audit
        .get_verification_progress(request)
        .await
        .expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
}
