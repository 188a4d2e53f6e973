//! Screening: accepted, rejected or diverted, exactly once, by a dispatcher of the subtree.

use crate::desk::{Desk, a_report, acceptance, code};
use case_domain::{CaseEvent, ClosingReason};
use jurisdiction::{Actor, Against, CaseId, Role, UnitCode, sample};
use mingcha_proto::intake::{
    AcceptTipRequest, DivertTipRequest, LinkTipRequest, ObjectToScreeningRequest, ReconsiderTipRequest,
    RejectTipRequest, UnlinkTipRequest,
};

fn rejection(tip: &str) -> RejectTipRequest {
    RejectTipRequest {
        tip_id: tip.to_owned(),
        reason: "not_chemical".into(),
        explanation: "现场为食品加工。".into(),
    }
}

fn diversion(tip: &str) -> DivertTipRequest {
    DivertTipRequest {
        tip_id: tip.to_owned(),
        authority: "市公安局".into(),
        explanation: "属于治安案件。".into(),
    }
}

#[tokio::test]
async fn an_accepted_tip_names_its_case_and_is_screened_once() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    let (mut client, request) = desk.repeats(&dispatcher, 11, acceptance(&tip.tip_id));
    let done = client.accept_tip(request).await.expect("accepted").into_inner();
    assert_eq!(done.facts, 1);
    let (mut client, request) = desk.repeats(&dispatcher, 11, acceptance(&tip.tip_id));
    let again = client.accept_tip(request).await.expect("recognised").into_inner();
    assert_eq!((again.facts, again.position), (0, done.position));

    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!(status.progress, "accepted");
    assert!(status.case_id.is_some() && status.screening_due.is_none());
    let refused = code(desk.accept(&dispatcher, &tip.tip_id).await);
    assert_eq!(refused, "tip.already_screened");
    let (mut client, request) = desk.asks(&dispatcher, rejection(&tip.tip_id));
    assert_eq!(code(client.reject_tip(request).await), "tip.already_screened");
    let (mut client, request) = desk.asks(&dispatcher, diversion(&tip.tip_id));
    assert_eq!(code(client.divert_tip(request).await), "tip.already_screened");
    desk.close().await;
}

#[tokio::test]
async fn a_second_tip_may_join_the_case_of_the_first() {
    let desk = Desk::open().await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    let first = desk.receive(a_report()).await;
    desk.accept(&dispatcher, &first.tip_id).await.expect("accepted");
    let case = desk.status(&first.receipt).await.expect("found").case_id;
    desk.case(case.as_deref().expect("a case"), Against::default(), &[])
        .await;
    let second = desk.receive(a_report()).await;
    let joining = AcceptTipRequest {
        case_id: case.clone(),
        ..acceptance(&second.tip_id)
    };
    let (mut client, request) = desk.asks(&dispatcher, joining);
    client.accept_tip(request).await.expect("accepted");
    assert_eq!(desk.status(&second.receipt).await.expect("found").case_id, case);
    let facts = desk.town.stream(&format!("tip-{}", second.tip_id)).await;
    assert_eq!(facts[1].data["opens_case"], false);
    desk.close().await;
}

#[tokio::test]
async fn the_reporter_reads_why_a_tip_was_not_taken_up() {
    let desk = Desk::open().await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    let tip = desk.receive(a_report()).await;
    let mute = RejectTipRequest {
        explanation: " ".into(),
        ..rejection(&tip.tip_id)
    };
    let (mut client, request) = desk.asks(&dispatcher, mute);
    assert_eq!(code(client.reject_tip(request).await), "tip.explanation_missing");
    let whim = RejectTipRequest {
        reason: "no_time".into(),
        ..rejection(&tip.tip_id)
    };
    let (mut client, request) = desk.asks(&dispatcher, whim);
    assert_eq!(code(client.reject_tip(request).await), "platform.bad_shape");
    let (mut client, request) = desk.asks(&dispatcher, rejection(&tip.tip_id));
    client.reject_tip(request).await.expect("rejected");
    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!(status.progress, "rejected");
    assert_eq!(status.told.as_deref(), Some("现场为食品加工。"));

    let other = desk.receive(a_report()).await;
    let unnamed = DivertTipRequest {
        authority: String::new(),
        ..diversion(&other.tip_id)
    };
    let (mut client, request) = desk.asks(&dispatcher, unnamed);
    assert_eq!(code(client.divert_tip(request).await), "tip.authority_missing");
    let (mut client, request) = desk.asks(&dispatcher, diversion(&other.tip_id));
    client.divert_tip(request).await.expect("diverted");
    let status = desk.status(&other.receipt).await.expect("found");
    assert_eq!(status.progress, "diverted");
    assert_eq!(status.authority.as_deref(), Some("市公安局"));
    desk.close().await;
}

#[tokio::test]
async fn nobody_else_screens() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    assert_eq!(
        code(desk.accept(&leader, &tip.tip_id).await),
        "tip.not_dispatcher"
    );
    let inspector = sample::acting(Role::Inspector, sample::DISCIPLINE);
    assert_eq!(
        code(desk.accept(&inspector, &tip.tip_id).await),
        "tip.not_dispatcher"
    );
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    assert_eq!(
        code(desk.accept(&elsewhere, &tip.tip_id).await),
        "tip.outside_subtree"
    );
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    let unknown = "00000000-0000-8000-8000-000000000000";
    assert_eq!(code(desk.accept(&dispatcher, unknown).await), "tip.not_found");
    assert_eq!(code(desk.accept(&dispatcher, "no-tip").await), "tip.not_found");
    assert_eq!(
        desk.town.names(&format!("tip-{}", tip.tip_id)).await,
        ["tip.received.v1"]
    );
    desk.close().await;
}

/// A tip that names a case which would not take it must not be lost between the two.
#[tokio::test]
async fn a_tip_does_not_join_a_case_that_is_closed_hidden_or_none() {
    let desk = Desk::open().await;
    let township = sample::acting(Role::Dispatcher, sample::TOWNSHIP);
    let tip = desk.receive(a_report()).await;
    let [unknown, closed, hidden] = [1, 2, 3].map(|number| CaseId::sample(number).to_string());
    let end = CaseEvent::CaseClosed {
        reason: ClosingReason::FoundClean,
        tips: vec![],
        summary: String::new(),
    };
    desk.case(&closed, Against::default(), &[end]).await;
    desk.case(&hidden, Against::unit(UnitCode::of(sample::TOWNSHIP)), &[])
        .await;
    let join = async |who, case: &str| {
        let joining = AcceptTipRequest {
            case_id: Some(case.to_owned()),
            ..acceptance(&tip.tip_id)
        };
        let (mut client, request) = desk.asks(who, joining);
        client.accept_tip(request).await
    };
    assert_eq!(code(join(&township, &closed).await), "tip.case_closed");
    let refused = join(&township, &unknown).await.expect_err("refused");
    let refused_alike = join(&township, &hidden).await.expect_err("refused");
    assert_eq!(
        (refused.code(), refused.message(), refused.details().len()),
        (
            refused_alike.code(),
            refused_alike.message(),
            refused_alike.details().len()
        )
    );
    assert_eq!(code::<()>(Err(refused)), "tip.no_such_case");
    assert_eq!(
        desk.status(&tip.receipt).await.expect("found").progress,
        "received"
    );
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    join(&county, &hidden).await.expect("the level above may");
    desk.close().await;
}

/// Otherwise a county could park its tips with another one's case.
#[tokio::test]
async fn a_tip_joins_no_case_of_an_area_that_is_not_the_dispatchers() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let elsewhere = CaseId::sample(4).to_string();
    desk.case_in(sample::OTHER_COUNTY, &elsewhere, Against::default(), &[])
        .await;
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let joining = AcceptTipRequest {
        case_id: Some(elsewhere.clone()),
        ..acceptance(&tip.tip_id)
    };
    let (mut client, request) = desk.asks(&county, joining.clone());
    assert_eq!(code(client.accept_tip(request).await), "tip.no_such_case");
    let linking = LinkTipRequest {
        tip_id: tip.tip_id.clone(),
        case_id: elsewhere,
    };
    let (mut client, request) = desk.asks(&county, linking);
    assert_eq!(code(client.link_tip(request).await), "tip.no_such_case");
    let city = sample::acting(Role::Dispatcher, sample::OFFICE);
    let (mut client, request) = desk.asks(&city, joining);
    client.accept_tip(request).await.expect("the city sees both");
    desk.close().await;
}

#[tokio::test]
async fn a_tip_of_another_site_leaves_its_case_and_joins_the_right_one() {
    let desk = Desk::open().await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    let tip = desk.receive(a_report()).await;
    let right = CaseId::sample(1).to_string();
    desk.case(&right, Against::default(), &[]).await;
    let link = |case: &str| LinkTipRequest {
        tip_id: tip.tip_id.clone(),
        case_id: case.to_owned(),
    };
    desk.accept(&dispatcher, &tip.tip_id).await.expect("accepted");
    let (mut client, request) = desk.asks(&dispatcher, link(&right));
    assert_eq!(code(client.link_tip(request).await), "tip.already_linked");
    let unlink = UnlinkTipRequest {
        tip_id: tip.tip_id.clone(),
        reason: "是河对岸的另一处厂房。".into(),
    };
    let (mut client, request) = desk.asks(&dispatcher, unlink.clone());
    client.unlink_tip(request).await.expect("unlinked");
    let (mut client, request) = desk.asks(&dispatcher, unlink);
    assert_eq!(code(client.unlink_tip(request).await), "tip.not_linked");
    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!((status.progress.as_str(), status.case_id), ("received", None));
    let (mut client, request) = desk.asks(&dispatcher, link(&CaseId::sample(2).to_string()));
    assert_eq!(code(client.link_tip(request).await), "tip.no_such_case");
    let (mut client, request) = desk.asks(&dispatcher, link(&right));
    client.link_tip(request).await.expect("linked");
    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!(status.case_id, Some(right));
    desk.close().await;
}

#[tokio::test]
async fn a_reporter_who_does_not_agree_is_looked_at_by_the_level_above() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let (mut client, request) = desk.asks(&county, rejection(&tip.tip_id));
    client.reject_tip(request).await.expect("rejected");
    assert!(desk.status(&tip.receipt).await.expect("found").may_object);
    let objection = ObjectToScreeningRequest {
        receipt: tip.receipt.clone(),
        message: "食品厂是前院，后院才是。".into(),
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, objection.clone());
    client.object_to_screening(request).await.expect("objected");
    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!((status.progress.as_str(), status.may_object), ("received", false));
    let review = status.review.expect("a review");
    assert_eq!((review.office.as_str(), review.by_reporter), ("市安委办", true));
    assert_eq!(review.told, "现场为食品加工。");
    let (mut client, request) = desk.asks(&Actor::Citizen, objection);
    assert_eq!(
        code(client.object_to_screening(request).await),
        "tip.already_objected"
    );
    assert_eq!(code(desk.accept(&county, &tip.tip_id).await), "tip.under_review");
    let city = sample::acting(Role::Dispatcher, sample::OFFICE);
    let content = desk.read(&city, &tip.tip_id).await.expect("read");
    assert_eq!(content.messages[0].text, "食品厂是前院，后院才是。");
    desk.accept(&city, &tip.tip_id).await.expect("accepted");
    desk.close().await;
}

#[tokio::test]
async fn what_was_turned_down_is_taken_up_from_above() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let city = sample::acting(Role::Dispatcher, sample::OFFICE);
    let reconsider = ReconsiderTipRequest {
        tip_id: tip.tip_id.clone(),
        reason: "照片里有反应釜".into(),
    };
    let (mut client, request) = desk.asks(&city, diversion(&tip.tip_id));
    client.divert_tip(request).await.expect("diverted");
    let (mut client, request) = desk.asks(&city, reconsider.clone());
    assert_eq!(code(client.reconsider_tip(request).await), "tip.not_reviewer");
    let inspector = sample::acting(Role::Inspector, sample::DISCIPLINE);
    let (mut client, request) = desk.asks(&inspector, reconsider);
    client.reconsider_tip(request).await.expect("reconsidered");
    let status = desk.status(&tip.receipt).await.expect("found");
    assert!(status.screening_due.is_some() && !status.review.expect("a review").by_reporter);
    desk.accept(&inspector, &tip.tip_id).await.expect("accepted");
    desk.close().await;
}
