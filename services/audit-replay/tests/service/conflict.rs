//! Conflict of interest: whom a case is about cannot tell it from a case that does not exist.

use crate::story::{CASE, TIP, audit, happens, received};
use crate::support::Town;
use case_domain::CaseEvent;
use decider::encode;
use jurisdiction::sample::{COUNTY, DISCIPLINE, OTHER_TOWNSHIP, SUPERVISION, TOWNSHIP, acting};
use jurisdiction::{Actor, Against, CaseId, Role, StaffId, TipId, UnitCode};
use mingcha_proto::audit::{ReplayCaseRequest, ReplayStreamRequest, VerifyChainRequest};
use platform::{Expected, Metadata, NewEvent, event_id};
use serde_json::json;
use tonic::{Code, Status};
use tonic_types::StatusExt;

async fn replay(town: &Town, actor: &Actor, case: CaseId) -> Result<usize, Status> {
    let request = ReplayCaseRequest {
        case_id: case.to_string(),
        at: None,
    };
    let answer = audit(town).await.replay_case(town.by(actor, request)).await;
    answer.map(|history| history.into_inner().events.len())
}

/// Answered as if there were no such thing, to the last word.
fn does_not_exist(refused: Status, unknown: Status) {
    assert_eq!(refused.code(), Code::NotFound);
    let info = |status: &Status| {
        let info = status.get_details_error_info().expect("a reason");
        (info.reason, info.domain, info.metadata)
    };
    assert_eq!(
        (refused.message(), info(&refused)),
        (unknown.message(), info(&unknown))
    );
}

async fn conflicted(against: Against) -> Town {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let noted = CaseEvent::ConflictNoted { against };
    let policy = Actor::system("case-assignment/conflict");
    town.add(&format!("case-{CASE}"), &[noted], &policy).await;
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn those_whom_a_case_is_about_cannot_tell_that_there_is_one() {
    let town = conflicted(Against::unit(UnitCode::of(TOWNSHIP))).await;
    for role in [Role::Leader, Role::Dispatcher] {
        let concerned = acting(role, TOWNSHIP);
        let hidden = replay(&town, &concerned, CASE).await.expect_err("refused");
        let unknown = replay(&town, &concerned, CaseId::sample(1))
            .await
            .expect_err("refused");
        does_not_exist(hidden, unknown);
    }
    // A role that replays nothing hears so whatever it asks for.
    let handler = acting(Role::Handler, TOWNSHIP);
    for case in [CASE, CaseId::sample(1)] {
        let refused = replay(&town, &handler, case).await.expect_err("refused");
        assert_eq!(refused.code(), Code::PermissionDenied);
    }
    for actor in [acting(Role::Leader, COUNTY), acting(Role::Inspector, DISCIPLINE)] {
        assert!(replay(&town, &actor, CASE).await.is_ok(), "{actor}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_before_the_conflict_was_known_is_hidden_as_well() {
    let town = conflicted(Against::unit(UnitCode::of(TOWNSHIP))).await;
    let request = ReplayCaseRequest {
        case_id: CASE.to_string(),
        at: Some("2020-06-01T02:00:00Z".to_owned()),
    };
    let leader = acting(Role::Leader, TOWNSHIP);
    let refused = audit(&town).await.replay_case(town.by(&leader, request)).await;
    assert_eq!(refused.expect_err("refused").code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn supervisors_and_inspectors_do_not_read_what_is_about_themselves() {
    let town = conflicted(Against::unit(UnitCode::of(SUPERVISION))).await;
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let hidden = replay(&town, &supervisor, CASE).await.expect_err("refused");
    assert_eq!(hidden.code(), Code::NotFound);

    let inspector = acting(Role::Inspector, DISCIPLINE);
    let account = inspector.person().expect("a person").clone();
    let about = Against {
        persons: [account].into(),
        ..Against::default()
    };
    let town = conflicted(about).await;
    let hidden = replay(&town, &inspector, CASE).await.expect_err("refused");
    let unknown = replay(&town, &inspector, CaseId::sample(1))
        .await
        .expect_err("refused");
    does_not_exist(hidden, unknown);
    let mut audit = audit(&town).await;
    for stream in ["case", "disposal", "accountability"].map(|kind| format!("{kind}-{CASE}")) {
        for (stream, code) in [(stream, Code::NotFound), (format!("tip-{TIP}"), Code::NotFound)] {
            let request = ReplayStreamRequest { stream };
            let refused = audit.replay_stream(town.by(&inspector, request)).await;
            assert_eq!(refused.expect_err("refused").code(), code);
        }
    }
    let of_the_case = VerifyChainRequest {
        case_id: Some(CASE.to_string()),
        stream: None,
    };
    let refused = audit.verify_chain(town.by(&inspector, of_the_case)).await;
    assert_eq!(refused.expect_err("refused").code(), Code::NotFound);
    let of_a_stream = VerifyChainRequest {
        case_id: None,
        stream: Some(format!("case-{CASE}")),
    };
    let refused = audit.verify_chain(town.by(&inspector, of_a_stream)).await;
    assert_eq!(refused.expect_err("refused").code(), Code::NotFound);
    let other = Actor::staff(StaffId::of("another"), UnitCode::of(DISCIPLINE), Role::Inspector);
    assert!(replay(&town, &other, CASE).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn verification_of_everything_says_nothing_of_what_is_about_whoever_asks() {
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let account = inspector.person().expect("a person").clone();
    let about = Against {
        persons: [account].into(),
        ..Against::default()
    };
    let mut town = conflicted(about).await;
    // Against the rule that the owner is no co-handler.
    let helps_itself = CaseEvent::CoHandlerAdded {
        unit: UnitCode::of(TOWNSHIP),
    };
    let stranger = acting(Role::Handler, OTHER_TOWNSHIP);
    town.add(&format!("case-{CASE}"), &[helps_itself], &stranger)
        .await;
    let other = Actor::staff(StaffId::of("another"), UnitCode::of(DISCIPLINE), Role::Inspector);
    for (actor, found) in [(&inspector, 0), (&other, 1)] {
        let request = town.by(actor, VerifyChainRequest::default());
        let answer = audit(&town)
            .await
            .verify_chain(request)
            .await
            .expect("an answer")
            .into_inner();
        assert_eq!((answer.findings.len(), answer.whole), (found, found == 0));
        let counted: u32 = answer.invariants.iter().map(|invariant| invariant.findings).sum();
        assert_eq!(counted as usize, found);
    }
}

/// A tip that says for itself whom it is about, as its later versions do.
async fn tip_about(town: &Town, tip: TipId, against: &Against) {
    let (name, mut data) = encode(&received());
    data["against"] = json!(against);
    let (at, command_id) = (town.context.clock.now(), uuid::Uuid::from_u128(0x7199));
    let metadata = Metadata {
        correlation: command_id,
        causation: command_id,
        command_id,
        at,
        actor: Actor::Citizen,
        traceparent: None,
        previous: None,
    };
    let id = event_id(at, command_id, 0);
    let event = NewEvent {
        id,
        name,
        data,
        metadata,
    };
    let stream = format!("tip-{tip}");
    let appended = town
        .context
        .store
        .append(&stream, Expected::NoStream, vec![event])
        .await;
    appended.expect("committed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_tip_hides_the_case_from_whom_it_is_about() {
    let mut town = Town::start().await;
    happens(&mut town).await;
    let leader = acting(Role::Leader, TOWNSHIP);
    assert!(replay(&town, &leader, CASE).await.is_ok());
    let tip = TipId::sample(0x72);
    tip_about(&town, tip, &Against::unit(UnitCode::of(TOWNSHIP))).await;
    let linked = CaseEvent::TipLinked { tip };
    let dispatcher = acting(Role::Dispatcher, jurisdiction::sample::OFFICE);
    town.add(&format!("case-{CASE}"), &[linked], &dispatcher).await;
    let hidden = replay(&town, &leader, CASE).await.expect_err("refused");
    let unknown = replay(&town, &leader, CaseId::sample(1))
        .await
        .expect_err("refused");
    does_not_exist(hidden, unknown);
}
