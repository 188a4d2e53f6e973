//! The service as others see it: a case from its opening to the county's word, and everybody who is sent away on the way.

mod support;

use accountability_domain::{AccountabilityEvent, ClockId};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, CaseId, EvidenceId, Obligation, Role, Subject, UnitCode, Urgency, sample};
use mingcha_proto::assignment::{
    AcknowledgeCaseRequest, Against, AssignCaseRequest, Check, ClassifySiteRequest, FiveChecks,
    GrantExtensionRequest, IdentifySiteRequest, MergeCaseRequest, OpenCaseRequest, Origin,
    RecordInspectionRequest, ReopenCaseRequest, RequestExtensionRequest, RequestIdentificationRequest,
    ReturnCaseRequest,
};
use mingcha_proto::common::{CommandReply, Coordinates, Place};
use platform::testkit::Town;
use support::Served;
use tonic::{Code, Response, Status};
use tonic_types::StatusExt;

/// Calls as somebody.
macro_rules! ask {
    ($served:expr, $who:expr, $call:ident($message:expr)) => {
        $served
            .client
            .clone()
            .$call($served.calls.request($who, None, $message))
            .await
    };
}

#[track_caller]
fn refused(answer: Result<Response<CommandReply>, Status>, code: Code, reason: &str) {
    let status = answer.expect_err("refused");
    let info = status.get_error_details().error_info().cloned();
    assert_eq!(
        (status.code(), info.map(|info| info.reason).unwrap_or_default()),
        (code, reason.to_owned())
    );
}

fn city() -> Actor {
    sample::acting(Role::Dispatcher, sample::OFFICE)
}
fn township() -> Actor {
    sample::acting(Role::Handler, sample::TOWNSHIP)
}
fn county() -> Actor {
    sample::acting(Role::Leader, sample::COUNTY)
}

fn opening(case_id: &str, kind: &str) -> OpenCaseRequest {
    OpenCaseRequest {
        case_id: case_id.to_owned(),
        origin: Some(Origin {
            kind: kind.to_owned(),
            method: (kind == "sweep").then(|| "night_raid".to_owned()),
            ..Origin::default()
        }),
        summary: "夜查发现反应釜".to_owned(),
        place: Some(Place {
            text: "胡集镇老砖瓦厂院内".to_owned(),
            coordinates: None,
            division: Some(sample::TOWNSHIP.to_owned()),
        }),
        ..OpenCaseRequest::default()
    }
}

fn assignment(case_id: &str, to: &str) -> AssignCaseRequest {
    AssignCaseRequest {
        case_id: case_id.to_owned(),
        to: to.to_owned(),
        ..AssignCaseRequest::default()
    }
}

fn check(answer: &str, note: &str) -> Option<Check> {
    Some(Check {
        answer: answer.to_owned(),
        note: note.to_owned(),
        evidence: vec![],
    })
}

fn inspection(case_id: &str, at: &str, note: &str) -> RecordInspectionRequest {
    RecordInspectionRequest {
        case_id: case_id.to_owned(),
        went: vec!["张三（安监办）".to_owned()],
        inspected_at: at.to_owned(),
        method: "night_raid".to_owned(),
        premises: "brick_kiln".to_owned(),
        five: Some(FiveChecks {
            missed_enterprise: check("no", note),
            changed_scope: check("not_applicable", ""),
            borrowed_name: check("not_applicable", ""),
            idle_premises: check("not_applicable", ""),
            hidden_workshop: check("yes", ""),
        }),
        coordinates: Some(Coordinates {
            latitude: 34.1312,
            longitude: 118.7735,
        }),
        finding: "suspected".to_owned(),
        evidence: vec![EvidenceId::sample(1).to_string()],
        ..RecordInspectionRequest::default()
    }
}

#[tokio::test]
async fn a_case_is_opened_assigned_inspected_and_decided_by_the_county() {
    let served = Served::start().await;
    let id = CaseId::sample(7).to_string();
    let opened = ask!(served, &city(), open_case(opening(&id, "sweep"))).expect("opened");
    assert_eq!(
        (opened.get_ref().id.as_str(), opened.get_ref().facts),
        (id.as_str(), 1)
    );
    ask!(served, &city(), assign_case(assignment(&id, sample::TOWNSHIP))).expect("assigned");
    let take_on = AcknowledgeCaseRequest { case_id: id.clone() };
    ask!(served, &township(), acknowledge_case(take_on)).expect("acknowledged");

    let at = served.town.now().to_string();
    let bare_no = ask!(served, &township(), record_inspection(inspection(&id, &at, "")));
    refused(bare_no, Code::InvalidArgument, "case.bare_no");
    let long_ago = inspection(&id, "2019-06-01T00:00:00Z", "不在名单企业范围");
    let long_ago = ask!(served, &township(), record_inspection(long_ago));
    refused(long_ago, Code::InvalidArgument, "case.inspected_before_opened");
    let nowhere = RecordInspectionRequest {
        coordinates: None,
        ..inspection(&id, &at, "不在名单企业范围")
    };
    let nowhere = ask!(served, &township(), record_inspection(nowhere));
    refused(nowhere, Code::InvalidArgument, "case.coordinates_missing");
    let known = inspection(&id, &at, "不在名单企业范围");
    ask!(served, &township(), record_inspection(known)).expect("inspected");
    let class = ClassifySiteRequest {
        case_id: id.clone(),
        class: "c".to_owned(),
        basis: "无证无照".to_owned(),
        refer_to: None,
    };
    let alone = ask!(served, &township(), classify_site(class));
    refused(alone, Code::PermissionDenied, "case.doubtful_goes_to_county");
    let doubt = RequestIdentificationRequest {
        case_id: id.clone(),
        doubt: "无法界定是否属于化工生产".to_owned(),
    };
    ask!(served, &township(), request_identification(doubt)).expect("requested");
    let word = || IdentifySiteRequest {
        case_id: id.clone(),
        small_chemical: true,
        class: Some("c".to_owned()),
        basis: "现场检测结论".to_owned(),
        refer_to: None,
    };
    let below = ask!(served, &township(), identify_site(word()));
    refused(below, Code::PermissionDenied, "case.not_county");
    ask!(served, &county(), identify_site(word())).expect("identified");
    assert_eq!(
        served.town.names(&format!("case-{id}")).await,
        [
            "case.opened.v1",
            "case.assigned.v1",
            "case.acknowledged.v1",
            "case.inspection_recorded.v1",
            "case.identification_requested.v1",
            "case.site_identified.v1",
            "case.confirmed.v1",
        ]
    );
    served.stop().await;
}

#[tokio::test]
async fn strangers_wrong_origins_and_unknown_cases_are_sent_away_with_a_reason() {
    let served = Served::start().await;
    let id = CaseId::sample(8).to_string();
    let anonymous = served.client.clone().open_case(opening(&id, "sweep")).await;
    assert_eq!(anonymous.expect_err("refused").code(), Code::Unauthenticated);
    let tip = ask!(served, &city(), open_case(opening(&id, "tip")));
    assert_eq!(tip.expect_err("refused").code(), Code::InvalidArgument);
    let handler = ask!(served, &township(), open_case(opening(&id, "sweep")));
    refused(handler, Code::PermissionDenied, "case.not_opener");
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    let foreign = ask!(served, &elsewhere, open_case(opening(&id, "sweep")));
    refused(foreign, Code::PermissionDenied, "case.outside_subtree");
    let unknown = ask!(served, &city(), assign_case(assignment(&id, sample::TOWNSHIP)));
    refused(unknown, Code::NotFound, "case.not_found");
    let malformed = ask!(served, &city(), open_case(opening("7", "sweep")));
    assert_eq!(malformed.expect_err("refused").code(), Code::InvalidArgument);

    ask!(served, &city(), open_case(opening(&id, "sweep"))).expect("opened");
    ask!(served, &city(), assign_case(assignment(&id, sample::TOWNSHIP))).expect("assigned");
    let back = |reason: &str| ReturnCaseRequest {
        case_id: id.clone(),
        reason: reason.to_owned(),
    };
    let mute = ask!(served, &township(), return_case(back(" ")));
    refused(mute, Code::InvalidArgument, "case.reason_missing");
    ask!(served, &township(), return_case(back("位于邻镇地界"))).expect("returned");
    ask!(served, &city(), assign_case(assignment(&id, sample::TOWNSHIP))).expect("assigned again");
    let again = ask!(served, &township(), return_case(back("还是邻镇的")));
    refused(again, Code::FailedPrecondition, "case.returned_before");
    assert_eq!(served.town.names(&format!("case-{id}")).await.len(), 4);
    served.stop().await;
}

/// The clock of the first inspection, as accountability starts it.
async fn inspection_due(town: &Town, case: CaseId, due: Timestamp) {
    let started = AccountabilityEvent::ClockStarted {
        clock: ClockId::new(Obligation::FirstInspection, 1),
        subject: Subject::Case(case),
        obligation: Obligation::FirstInspection,
        unit: UnitCode::of(sample::TOWNSHIP),
        person: None,
        urgency: Urgency::Normal,
        started: town.now(),
        limit: None,
        due,
        what: "首次现场核查".to_owned(),
        ladder: None,
    };
    town.record(&format!("accountability-{case}"), &[started]).await;
}

#[tokio::test]
async fn more_time_is_asked_for_before_the_clock_runs_out_and_granted_from_above() {
    let served = Served::start().await;
    let case = CaseId::sample(9);
    let id = case.to_string();
    ask!(served, &city(), open_case(opening(&id, "sweep"))).expect("opened");
    ask!(served, &city(), assign_case(assignment(&id, sample::TOWNSHIP))).expect("assigned");
    let due = served.town.now() + SignedDuration::from_hours(10);
    let asking = || RequestExtensionRequest {
        case_id: id.clone(),
        obligation: "first_inspection".to_owned(),
        to: (due + SignedDuration::from_hours(5)).to_string(),
        reason: "连日暴雨，道路中断".to_owned(),
    };
    let no_clock = ask!(served, &township(), request_extension(asking()));
    refused(no_clock, Code::FailedPrecondition, "case.no_such_deadline");
    inspection_due(&served.town, case, due).await;
    let strange = ask!(served, &county(), request_extension(asking()));
    refused(strange, Code::PermissionDenied, "case.not_deadline_unit");
    ask!(served, &township(), request_extension(asking())).expect("asked for");
    let granting = || GrantExtensionRequest {
        case_id: id.clone(),
        obligation: "first_inspection".to_owned(),
    };
    let own = sample::acting(Role::Leader, sample::TOWNSHIP);
    let own = ask!(served, &own, grant_extension(granting()));
    refused(own, Code::PermissionDenied, "case.not_extension_approver");
    served.town.advance_to(due + SignedDuration::from_secs(1)).await;
    platform::testkit::until("the service has the new time", async || {
        served.context.clock.now() > due
    })
    .await;
    let late = ask!(served, &county(), grant_extension(granting()));
    refused(late, Code::FailedPrecondition, "case.deadline_expired");
    served.stop().await;
}

#[tokio::test]
async fn cases_of_one_site_are_merged_and_taken_apart_again() {
    let served = Served::start().await;
    let (absorbed, survivor) = (CaseId::sample(10).to_string(), CaseId::sample(11).to_string());
    for id in [&survivor, &absorbed] {
        ask!(served, &city(), open_case(opening(id, "sweep"))).expect("opened");
    }
    let merging = |into: &str| MergeCaseRequest {
        case_id: absorbed.clone(),
        into: into.to_owned(),
        reason: "同一砖瓦厂".to_owned(),
    };
    for nowhere in [absorbed.as_str(), &CaseId::sample(12).to_string()] {
        let answer = ask!(served, &city(), merge_case(merging(nowhere)));
        refused(answer, Code::InvalidArgument, "case.no_such_survivor");
    }
    let younger = MergeCaseRequest {
        case_id: survivor.clone(),
        ..merging(&absorbed)
    };
    let answer = ask!(served, &city(), merge_case(younger));
    refused(answer, Code::FailedPrecondition, "case.older_case_goes_on");
    ask!(served, &city(), merge_case(merging(&survivor))).expect("merged");
    let over = ask!(
        served,
        &city(),
        assign_case(assignment(&absorbed, sample::TOWNSHIP))
    );
    refused(over, Code::FailedPrecondition, "case.already_closed");
    let apart = ReopenCaseRequest {
        case_id: absorbed.clone(),
        reason: "经核实是两处".to_owned(),
    };
    ask!(served, &city(), reopen_case(apart)).expect("taken apart");
    ask!(
        served,
        &city(),
        assign_case(assignment(&absorbed, sample::TOWNSHIP))
    )
    .expect("goes on");
    served.stop().await;
}

#[tokio::test]
async fn whom_a_case_is_about_is_told_that_there_is_none() {
    let served = Served::start().await;
    let id = CaseId::sample(13).to_string();
    let about_the_township = OpenCaseRequest {
        against: Some(Against {
            units: vec![sample::TOWNSHIP.to_owned()],
            persons: vec![],
        }),
        ..opening(&id, "sweep")
    };
    ask!(served, &city(), open_case(about_the_township)).expect("opened");
    let own = sample::acting(Role::Dispatcher, sample::TOWNSHIP);
    let hidden = ask!(served, &own, assign_case(assignment(&id, sample::VILLAGE)));
    let unknown_id = CaseId::sample(14).to_string();
    let unknown = ask!(
        served,
        &own,
        assign_case(assignment(&unknown_id, sample::VILLAGE))
    );
    let (hidden, unknown) = (hidden.expect_err("hidden"), unknown.expect_err("unknown"));
    // Field by field: how the fields of the details are ordered on the wire is anybody's guess.
    let said = |status: &Status| {
        let info = status
            .get_error_details()
            .error_info()
            .cloned()
            .expect("a reason");
        let message = status.message().to_owned();
        (status.code(), message, info.reason, info.domain, info.metadata)
    };
    assert_eq!(said(&hidden), said(&unknown));
    let to_itself = ask!(served, &city(), assign_case(assignment(&id, sample::TOWNSHIP)));
    refused(to_itself, Code::InvalidArgument, "case.conflict_of_interest");
    ask!(
        served,
        &city(),
        assign_case(assignment(&id, sample::COUNTY_ECOLOGY))
    )
    .expect("assigned");
    served.stop().await;
}

/// Against “clean” on a picture that was taken somewhere else.
#[tokio::test]
async fn a_clean_finding_rests_on_no_picture_of_another_case() {
    let served = Served::start().await;
    let clean = |id: &str, at: &str, picture: u8| {
        let mut visit = inspection(id, at, "不在名单企业范围");
        let five = visit.five.as_mut().expect("five checks");
        five.hidden_workshop = check("no", "逐间查看，没有");
        visit.finding = "clean".to_owned();
        visit.evidence = vec![EvidenceId::sample(picture).to_string()];
        visit
    };
    let ids = [7, 8].map(|number| CaseId::sample(number).to_string());
    for id in &ids {
        ask!(served, &city(), open_case(opening(id, "sweep"))).expect("opened");
        ask!(served, &city(), assign_case(assignment(id, sample::TOWNSHIP))).expect("assigned");
        let take_on = AcknowledgeCaseRequest { case_id: id.clone() };
        ask!(served, &township(), acknowledge_case(take_on)).expect("acknowledged");
    }
    let at = served.town.now().to_string();
    ask!(served, &township(), record_inspection(clean(&ids[0], &at, 1))).expect("inspected");
    // One that starts knows all pictures before it answers.
    let served = Served::on(served.ends().await).await;
    let again = ask!(served, &township(), record_inspection(clean(&ids[1], &at, 1)));
    refused(again, Code::InvalidArgument, "case.old_picture");
    let fresh = ask!(served, &township(), record_inspection(clean(&ids[1], &at, 2)));
    fresh.expect("inspected");
    served.stop().await;
}
