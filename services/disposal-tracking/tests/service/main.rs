//! The service as others see it: a disposal from its safety plan to the closing, and everybody who is sent away on the way.

use disposal_domain::{Class, DisposalEvent, prescribed};
use disposal_tracking::Config;
use jiff::SignedDuration;
use jurisdiction::{Actor, CaseId, EvidenceId, Level, Role, UnitCode, Urgency, sample};
use mingcha_proto::common::{CommandReply, Party, Place};
use mingcha_proto::disposal::disposal_tracking_client::DisposalTrackingClient;
use mingcha_proto::disposal::{
    AnnounceDrawRequest, AnswerReferralRequest, ApproveSafetyPlanRequest, CancelDrawRequest,
    CompleteMeasureRequest, DrawSpotCheckRequest, GetDrawRequest, GetDrawResponse, ListDrawsRequest,
    ListExposuresRequest, MakeDrawRequest, PassRecheckRequest, PassReviewRequest, PassSpotCheckRequest,
    ProposeExposureRequest, PublishExposureRequest, ReferPartyRequest, ReportRelapseRequest,
    SubmitSafetyPlanRequest, WithdrawExposureRequest,
};
use platform::testkit::{Town, free_address, until};
use platform::{Calls, Context, connect_lazily, wait_for_port};
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Code, Response, Status};
use tonic_types::StatusExt;

struct Served {
    town: Town,
    calls: Calls,
    client: DisposalTrackingClient<Channel>,
    context: Context,
    service: JoinHandle<()>,
}

impl Served {
    async fn start() -> Self {
        let town = Town::start().await;
        let context = town.context().await;
        let config = Config {
            listen: free_address(),
        };
        let address = config.listen;
        let serving = disposal_tracking::serve(config, context.clone());
        let service = tokio::spawn(async move { serving.await.expect("a graceful end") });
        assert!(wait_for_port(address, std::time::Duration::from_secs(30)).await);
        let channel = connect_lazily(&format!("http://{address}")).expect("a channel");
        Self {
            calls: town.calls(),
            client: DisposalTrackingClient::new(channel),
            town,
            context,
            service,
        }
    }
    async fn stop(self) {
        self.context.shutdown.cancel();
        self.service.await.expect("no panic");
        self.town.stop().await;
    }
}

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

mod after_closing;

#[track_caller]
fn refused(answer: Result<Response<CommandReply>, Status>, code: Code, reason: &str) {
    let status = answer.expect_err("refused");
    let info = status.get_error_details().error_info().cloned();
    assert_eq!(
        (status.code(), info.map(|info| info.reason).unwrap_or_default()),
        (code, reason.to_owned())
    );
}

fn handler() -> Actor {
    sample::acting(Role::Handler, sample::TOWNSHIP)
}
fn county() -> Actor {
    sample::acting(Role::Leader, sample::COUNTY)
}

/// A township's disposal of class C, as the confirmed case orders it.
fn ordered() -> DisposalEvent {
    DisposalEvent::DisposalOrdered {
        class: Class::C,
        unit: UnitCode::of(sample::TOWNSHIP),
        measures: prescribed(Class::C).to_vec(),
        reviews: vec![Level::County],
        place: "胡集镇老砖瓦厂院内".to_owned(),
        summary: "无证生产".to_owned(),
        urgency: Urgency::Normal,
        against: jurisdiction::Against::default(),
    }
}

fn plan(case_id: &str) -> SubmitSafetyPlanRequest {
    SubmitSafetyPlanRequest {
        case_id: case_id.to_owned(),
        risks: "残留易燃溶剂".to_owned(),
        measures: "先通风置换，再由有资质的队伍拆除".to_owned(),
        responsible: "张三（副镇长）".to_owned(),
    }
}

fn measure(case_id: &str, name: &str, after: u8) -> CompleteMeasureRequest {
    CompleteMeasureRequest {
        case_id: case_id.to_owned(),
        measure: name.to_owned(),
        before: vec![EvidenceId::sample(1).to_string()],
        after: vec![EvidenceId::sample(after).to_string()],
        note: String::new(),
    }
}

#[tokio::test]
async fn a_disposal_is_planned_carried_out_reviewed_and_closed() {
    let served = Served::start().await;
    let id = CaseId::sample(7).to_string();
    let unknown = ask!(served, &handler(), submit_safety_plan(plan(&id)));
    refused(unknown, Code::NotFound, "disposal.not_found");
    let stream = format!("disposal-{id}");
    served.town.record(&stream, &[ordered()]).await;
    let anonymous = served.client.clone().submit_safety_plan(plan(&id)).await;
    assert_eq!(anonymous.expect_err("refused").code(), Code::Unauthenticated);

    let cut_off = measure(&id, "cut_water_and_power", 2);
    ask!(served, &handler(), complete_measure(cut_off)).expect("cutting off does not wait");
    let clear = |after| measure(&id, "clear_premises", after);
    let unplanned = ask!(served, &handler(), complete_measure(clear(2)));
    refused(unplanned, Code::FailedPrecondition, "disposal.plan_not_approved");
    ask!(served, &handler(), submit_safety_plan(plan(&id))).expect("submitted");
    let approval = || ApproveSafetyPlanRequest { case_id: id.clone() };
    let own = ask!(served, &handler(), approve_safety_plan(approval()));
    refused(own, Code::PermissionDenied, "disposal.not_plan_approver");
    ask!(served, &county(), approve_safety_plan(approval())).expect("approved");

    let same_picture = ask!(served, &handler(), complete_measure(clear(1)));
    refused(same_picture, Code::InvalidArgument, "disposal.same_evidence");
    let rectified = measure(&id, "rectify", 2);
    let rectified = ask!(served, &handler(), complete_measure(rectified));
    assert_eq!(rectified.expect_err("refused").code(), Code::InvalidArgument);
    let review = || PassReviewRequest { case_id: id.clone() };
    let early = ask!(served, &county(), pass_review(review()));
    refused(early, Code::FailedPrecondition, "disposal.measures_open");
    let shown_before = ask!(served, &handler(), complete_measure(clear(2)));
    refused(shown_before, Code::InvalidArgument, "disposal.evidence_used");
    let names = ["dismantle_equipment", "clear_premises", "clear_materials"];
    for (name, picture) in names.into_iter().zip(3..) {
        ask!(served, &handler(), complete_measure(measure(&id, name, picture))).expect("done");
    }
    let own_work = ask!(served, &handler(), pass_review(review()));
    refused(own_work, Code::PermissionDenied, "disposal.not_reviewer");
    let closed = ask!(served, &county(), pass_review(review())).expect("reviewed");
    assert_eq!(closed.get_ref().facts, 2);
    let names = served.town.names(&stream).await;
    assert_eq!(names.last().map(String::as_str), Some("disposal.closed.v1"));
    served.stop().await;
}

#[tokio::test]
async fn a_relapse_is_reported_by_those_in_charge_and_a_repetition_names_the_same_new_case() {
    let served = Served::start().await;
    let id = CaseId::sample(8).to_string();
    let stream = format!("disposal-{id}");
    let closed = [ordered(), DisposalEvent::DisposalClosed {}];
    served.town.record(&stream, &closed).await;
    let relapse = || ReportRelapseRequest {
        case_id: id.clone(),
        link: "equipment".to_owned(),
        note: "设备转移至邻村继续生产".to_owned(),
        place: Some(Place {
            text: "邻村养殖场".to_owned(),
            coordinates: None,
            division: Some(sample::OTHER_TOWNSHIP.to_owned()),
        }),
        enterprise: None,
    };
    let nowhere = ReportRelapseRequest {
        place: None,
        ..relapse()
    };
    let nowhere = ask!(served, &county(), report_relapse(nowhere));
    refused(nowhere, Code::InvalidArgument, "disposal.place_missing");
    let elsewhere = sample::acting(Role::Handler, sample::OTHER_COUNTY);
    let foreign = ask!(served, &elsewhere, report_relapse(relapse()));
    refused(foreign, Code::PermissionDenied, "disposal.outside_subtree");
    let command_id = Some(jurisdiction::CommandId::sample(9));
    for facts in [1, 0] {
        let request = served.calls.request(&county(), command_id, relapse());
        let answer = served.client.clone().report_relapse(request).await;
        assert_eq!(answer.expect("reported").get_ref().facts, facts);
    }
    let names = served.town.names(&stream).await;
    assert_eq!(names.len(), 3, "{names:?}");
    served.stop().await;
}

fn supervisor() -> Actor {
    sample::acting(Role::Supervisor, sample::SUPERVISION)
}

/// A disposal that is closed; answers with the commit position of its closing.
async fn closed(town: &Town, case: CaseId) -> u64 {
    let facts = [ordered(), DisposalEvent::DisposalClosed {}];
    let recorded = town.record(&format!("disposal-{case}"), &facts).await;
    recorded.last().expect("a fact").position
}

#[tokio::test]
async fn a_draw_is_announced_with_a_number_to_come_and_done_again_by_a_stranger() {
    let served = Served::start().await;
    let mut closed_at = 0;
    for number in 1..=5 {
        closed_at = closed(&served.town, CaseId::sample(number)).await;
    }
    // Somebody else has written since: the newest position is none of a disposal.
    let passed = served.town.now() + SignedDuration::from_secs(1);
    served.town.advance_to(passed).await;
    assert!(served.context.store.head().await.expect("a position") > closed_at);
    let position = served.context.store.head().await.expect("a position");
    let id = CaseId::sample(100).to_string();
    let seed_at = served.town.now() + SignedDuration::from_hours(24);
    let announcing = |id: &str, at: jiff::Timestamp| AnnounceDrawRequest {
        draw_id: id.to_owned(),
        percent: 40,
        at_least: 1,
        source: "次日双色球开奖号码".to_owned(),
        digits: 14,
        seed_at: at.to_string(),
        from_position: position,
    };
    let known = ask!(
        served,
        &supervisor(),
        announce_draw(announcing(&id, served.town.now()))
    );
    refused(known, Code::InvalidArgument, "draw.seed_not_in_future");
    let stranger = ask!(served, &county(), announce_draw(announcing(&id, seed_at)));
    refused(stranger, Code::PermissionDenied, "draw.not_drawer");
    ask!(served, &supervisor(), announce_draw(announcing(&id, seed_at))).expect("announced");
    let second = CaseId::sample(101).to_string();
    until("the board knows of the open draw", async || {
        let listed = ask!(served, &Actor::Citizen, list_draws(ListDrawsRequest::default())).expect("a list");
        !listed.get_ref().draws.is_empty()
    })
    .await;
    let nicer = ask!(served, &supervisor(), announce_draw(announcing(&second, seed_at)));
    refused(nicer, Code::FailedPrecondition, "draw.another_is_open");
    let by_hand = DrawSpotCheckRequest {
        case_id: CaseId::sample(1).to_string(),
        seed: "就查这一家".to_owned(),
        round: 1,
    };
    let by_hand = ask!(served, &supervisor(), draw_spot_check(by_hand));
    refused(by_hand, Code::PermissionDenied, "disposal.drawn_by_lot");

    let making = || MakeDrawRequest {
        draw_id: id.clone(),
        seed: "03071219223005".to_owned(),
    };
    let early = ask!(served, &supervisor(), make_draw(making()));
    refused(early, Code::FailedPrecondition, "draw.too_early");
    served.town.advance_to(seed_at).await;
    until("the service has the new time", async || {
        served.context.clock.now() >= seed_at
    })
    .await;
    let otherwise = MakeDrawRequest {
        seed: "03 07 12 19 22 30 05".to_owned(),
        ..making()
    };
    let otherwise = ask!(served, &supervisor(), make_draw(otherwise));
    refused(otherwise, Code::InvalidArgument, "draw.seed_malformed");
    let made = ask!(served, &supervisor(), make_draw(making())).expect("made");
    let asking = GetDrawRequest { draw_id: id.clone() };
    let published = ask!(served, &Actor::Citizen, get_draw(asking))
        .expect("public")
        .into_inner();
    let again = disposal_tracking::redraw(&published).expect("a draw");
    assert!(again.is_equal());
    assert_eq!(again.chosen.values().map(|cases| cases.len()).sum::<usize>(), 2);
    let mut tampered: GetDrawResponse = published;
    tampered.list[0].case_ids.pop();
    assert!(!disposal_tracking::redraw(&tampered).expect("a draw").is_equal());
    tampered.seed = Some("03 07 12 19 22 30 05".to_owned());
    assert!(disposal_tracking::redraw(&tampered).is_err());
    let unknown = GetDrawRequest {
        draw_id: second.clone(),
    };
    let unknown = ask!(served, &Actor::Citizen, get_draw(unknown));
    assert_eq!(unknown.expect_err("refused").code(), Code::NotFound);

    let later = seed_at + SignedDuration::from_hours(24);
    let next = AnnounceDrawRequest {
        from_position: made.get_ref().position,
        ..announcing(&second, later)
    };
    ask!(served, &supervisor(), announce_draw(next)).expect("the next one");
    let cancelling = || CancelDrawRequest {
        draw_id: second.clone(),
        reason: "该期停售".to_owned(),
    };
    let stranger = ask!(served, &county(), cancel_draw(cancelling()));
    refused(stranger, Code::PermissionDenied, "draw.not_canceller");
    ask!(served, &supervisor(), cancel_draw(cancelling())).expect("called off");
    let asking = GetDrawRequest { draw_id: second };
    let published = ask!(served, &Actor::Citizen, get_draw(asking)).expect("public");
    assert_eq!(published.get_ref().cancelled_because.as_deref(), Some("该期停售"));
    served.stop().await;
}

#[tokio::test]
async fn rechecks_are_raised_on_their_days_once_and_after_a_restart_as_well() {
    let served = Served::start().await;
    let case = CaseId::sample(30);
    let stream = format!("disposal-{case}");
    closed(&served.town, case).await;
    let closed_at = served.town.now();
    let raised = async |count: usize| {
        let names = served.town.names(&stream).await;
        names
            .iter()
            .filter(|name| *name == "disposal.recheck_due.v1")
            .count()
            == count
    };
    let days = |days: i64| closed_at + SignedDuration::from_hours(24 * days);
    served.town.advance_to(days(31)).await;
    until("the first re-check is raised", async || raised(1).await).await;
    // Another replica, or the same after a restart, finds that it has been raised, and raises what came due meanwhile.
    served.town.advance_to(days(91)).await;
    let second = served.town.context().await;
    let config = Config {
        listen: free_address(),
    };
    let serving = disposal_tracking::serve(config, second.clone());
    let replica = tokio::spawn(async move { serving.await.expect("a graceful end") });
    until("the second re-check is raised", async || raised(2).await).await;
    served.town.advance_to(days(181)).await;
    until("the third re-check is raised", async || raised(3).await).await;
    second.shutdown.cancel();
    replica.await.expect("no panic");
    assert!(raised(3).await);
    served.stop().await;
}
