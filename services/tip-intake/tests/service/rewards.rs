//! Rewards over gRPC: the service knows which tip of a site came first, and whether the site was confirmed.

use crate::desk::{Desk, a_report, acceptance, code};
use case_domain::{CaseEvent, Origin};
use jurisdiction::{Actor, Against, Role, Urgency, sample};
use mingcha_proto::intake::{
    AcceptTipRequest, ApproveRewardRequest, ProposeRewardRequest, ReadCustodyRequest,
    RecordRewardPaidRequest, RefuseRewardRequest, UnlinkTipRequest,
};
use tonic::Status;

fn dispatcher() -> Actor {
    sample::acting(Role::Dispatcher, sample::OFFICE)
}
fn leader() -> Actor {
    sample::acting(Role::Leader, sample::CITY)
}

async fn propose(desk: &Desk, tip: &str, insider: bool) -> Result<(), Status> {
    let message = ProposeRewardRequest {
        tip_id: tip.into(),
        fine_fen: 10_000_000,
        insider,
    };
    let (mut client, request) = desk.asks(&dispatcher(), message);
    client.propose_reward(request).await.map(drop)
}

async fn no_reward(desk: &Desk, tip: &str) -> Option<String> {
    let (mut client, request) = desk.asks(&dispatcher(), ReadCustodyRequest { tip_id: tip.into() });
    let seen = client.read_custody(request).await.expect("read");
    seen.into_inner().no_reward
}

#[tokio::test]
async fn the_first_tip_of_a_confirmed_site_is_rewarded() {
    let desk = Desk::open().await;
    let first = desk.receive(a_report()).await;
    let second = desk.receive(a_report()).await;
    // The later one is accepted first: what counts is who came first.
    assert_eq!(
        code(propose(&desk, &second.tip_id, false).await),
        "tip.reward_not_accepted"
    );
    desk.accept(&dispatcher(), &second.tip_id)
        .await
        .expect("accepted");
    let case = desk.status(&second.receipt).await.expect("found").case_id;
    let joining = AcceptTipRequest {
        case_id: case.clone(),
        ..acceptance(&first.tip_id)
    };
    let case = format!("case-{}", case.expect("a case"));
    let opened = CaseEvent::CaseOpened {
        origin: Origin::Tip {
            tip: second.tip_id.parse().expect("an id"),
        },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: case_domain::Place::default(),
        urgency: Urgency::Normal,
        confidential: false,
        against: Against::default(),
    };
    desk.town.record(&case, &[opened]).await;
    let (mut client, request) = desk.asks(&dispatcher(), joining);
    client.accept_tip(request).await.expect("accepted");
    let linked = CaseEvent::TipLinked {
        tip: first.tip_id.parse().expect("an id"),
    };
    desk.town.record(&case, &[linked]).await;
    assert_eq!(
        code(propose(&desk, &first.tip_id, false).await),
        "tip.reward_not_confirmed"
    );
    // Whoever looks is told before they try.
    let why = no_reward(&desk, &first.tip_id).await.expect("a reason");
    assert!(why.starts_with("举报的点位还没有查实"), "{why}");
    let golden = include_str!("../../../case-assignment/domain/tests/golden/case.confirmed.v1.json");
    let data = serde_json::from_str(golden).expect("JSON");
    let confirmed: CaseEvent = decider::decode("case.confirmed.v1", data).expect("a fact");
    desk.town.record(&case, &[confirmed]).await;
    assert_eq!(
        code(propose(&desk, &second.tip_id, false).await),
        "tip.reward_not_first"
    );
    assert_eq!(no_reward(&desk, &first.tip_id).await, None);
    propose(&desk, &first.tip_id, true).await.expect("proposed");
    assert!(
        no_reward(&desk, &first.tip_id).await.is_some(),
        "it waits for an answer"
    );

    let stream = desk.town.stream(&format!("tip-{}", first.tip_id)).await;
    let stored = stream.last().expect("facts").data.to_string();
    assert!(
        stored.contains("1800000") && !stored.contains("insider"),
        "{stored}"
    );
    let tip_id = first.tip_id.clone();
    let (mut client, request) = desk.asks(&dispatcher(), ApproveRewardRequest { tip_id });
    assert_eq!(
        code(client.approve_reward(request).await),
        "tip.not_reward_approver"
    );
    let told = desk
        .status(&first.receipt)
        .await
        .expect("found")
        .reward
        .expect("a reward");
    assert_eq!((told.state.as_str(), told.amount_fen), ("proposed", None));
    let decline = RefuseRewardRequest {
        tip_id: first.tip_id.clone(),
        reason: "罚款决定尚未生效".into(),
    };
    let (mut client, request) = desk.asks(&leader(), decline);
    client.refuse_reward(request).await.expect("refused");
    let told = desk
        .status(&first.receipt)
        .await
        .expect("found")
        .reward
        .expect("a reward");
    assert_eq!(told.reason.as_deref(), Some("罚款决定尚未生效"));
    propose(&desk, &first.tip_id, false).await.expect("proposed anew");
    let tip_id = first.tip_id.clone();
    let (mut client, request) = desk.asks(&leader(), ApproveRewardRequest { tip_id });
    client.approve_reward(request).await.expect("approved");
    let tip_id = first.tip_id.clone();
    let (mut client, request) = desk.asks(&dispatcher(), RecordRewardPaidRequest { tip_id });
    client.record_reward_paid(request).await.expect("paid");
    let told = desk
        .status(&first.receipt)
        .await
        .expect("found")
        .reward
        .expect("a reward");
    assert_eq!((told.state.as_str(), told.amount_fen), ("paid", Some(1_500_000)));
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let tip_id = first.tip_id.clone();
    let (mut client, request) = desk.asks(&county, ReadCustodyRequest { tip_id });
    let seen = client.read_custody(request).await.expect("read").into_inner();
    let states: Vec<_> = seen.rewards.iter().map(|reward| reward.state.as_str()).collect();
    assert_eq!(states, ["refused", "paid"]);
    // Whichever tip of the site is the first now: it is rewarded already.
    let unlink = UnlinkTipRequest {
        tip_id: first.tip_id.clone(),
        reason: "是河对岸的另一处厂房".into(),
    };
    let (mut client, request) = desk.asks(&dispatcher(), unlink);
    assert_eq!(code(client.unlink_tip(request).await), "tip.rewarded_stays");
    let gone = CaseEvent::TipUnlinked {
        tip: first.tip_id.parse().expect("an id"),
    };
    desk.town.record(&case, &[gone]).await;
    assert_eq!(
        code(propose(&desk, &second.tip_id, false).await),
        "tip.reward_given_for_site"
    );
    desk.close().await;
}
