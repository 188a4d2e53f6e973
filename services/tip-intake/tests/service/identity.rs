//! A reporter's identity over gRPC: two persons, on record before it is read, told to the reporter.

use crate::desk::{Desk, PHONE, a_report, code};
use jiff::SignedDuration;
use jurisdiction::{Actor, CommandId, Role, sample};
use mingcha_proto::intake::{
    ApproveRevealRequest, ReadCustodyRequest, ReadCustodyResponse, RefuseRevealRequest, RequestRevealRequest,
    RevealIdentityRequest, RevealIdentityResponse,
};
use tonic::{Response, Status};
use uuid::Uuid;

const REASON: &str = "核实举报人遭打击报复的情况";

fn inspector() -> Actor {
    sample::acting(Role::Inspector, sample::DISCIPLINE)
}
fn leader() -> Actor {
    sample::acting(Role::Leader, sample::OFFICE)
}

async fn ask(desk: &Desk, who: &Actor, tip: &str) -> Result<(), Status> {
    let message = RequestRevealRequest {
        tip_id: tip.into(),
        reason: REASON.into(),
    };
    let (mut client, request) = desk.asks(who, message);
    client.request_reveal(request).await.map(drop)
}
async fn agree(desk: &Desk, who: &Actor, tip: &str) -> Result<(), Status> {
    let (mut client, request) = desk.asks(who, ApproveRevealRequest { tip_id: tip.into() });
    client.approve_reveal(request).await.map(drop)
}
async fn open(desk: &Desk, who: &Actor, command: u64, tip: &str) -> Result<RevealIdentityResponse, Status> {
    let (mut client, request) = desk.repeats(who, command, RevealIdentityRequest { tip_id: tip.into() });
    client.reveal_identity(request).await.map(Response::into_inner)
}
async fn custody(desk: &Desk, who: &Actor, tip: &str) -> Result<ReadCustodyResponse, Status> {
    let (mut client, request) = desk.asks(who, ReadCustodyRequest { tip_id: tip.into() });
    client.read_custody(request).await.map(Response::into_inner)
}

#[tokio::test]
async fn two_persons_open_it_and_the_reporter_is_told() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    ask(&desk, &inspector(), &tip.tip_id).await.expect("asked");
    assert_eq!(
        code(open(&desk, &inspector(), 1, &tip.tip_id).await),
        "tip.reveal_not_approved"
    );
    assert_eq!(
        code(agree(&desk, &inspector(), &tip.tip_id).await),
        "tip.reveal_own_request"
    );
    let pending = custody(&desk, &leader(), &tip.tip_id).await.expect("read");
    assert_eq!(
        (
            pending.reveals[0].state.as_str(),
            pending.reveals[0].reason.as_str()
        ),
        ("open", REASON)
    );
    agree(&desk, &leader(), &tip.tip_id).await.expect("agreed");
    let opened = open(&desk, &inspector(), 2, &tip.tip_id).await.expect("opened");
    assert_eq!(opened.contact.expect("a contact").phone, PHONE);
    // The answer may get lost; the same command is answered again, another one is not.
    let again = open(&desk, &inspector(), 2, &tip.tip_id)
        .await
        .expect("answered again");
    assert_eq!(again.contact.expect("a contact").phone, PHONE);
    assert_eq!(
        code(open(&desk, &inspector(), 3, &tip.tip_id).await),
        "tip.reveal_not_approved"
    );
    let stream = format!("tip-{}", tip.tip_id);
    assert_eq!(
        desk.town.names(&stream).await,
        [
            "tip.received.v1",
            "tip.identity_reveal_requested.v1",
            "tip.identity_reveal_approved.v1",
            "tip.identity_revealed.v1"
        ]
    );
    let facts = desk.town.stream(&stream).await;
    assert!(facts.iter().all(|fact| !fact.data.to_string().contains(PHONE)));
    let status = desk.status(&tip.receipt).await.expect("found");
    let told = &status.reveals[0];
    assert_eq!(
        (told.office.as_str(), told.reason.as_str()),
        ("市纪委监委", REASON)
    );
    assert!(!told.at.is_empty() && status.has_contact);
    assert_eq!(
        custody(&desk, &leader(), &tip.tip_id)
            .await
            .expect("read")
            .reveals[0]
            .state,
        "opened"
    );
    desk.close().await;
}

#[tokio::test]
async fn a_known_command_id_opens_nothing_that_it_did_not_open() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let stream = format!("tip-{}", tip.tip_id);
    ask(&desk, &inspector(), &tip.tip_id).await.expect("asked");
    let facts = desk.town.stream(&stream).await;
    let of_the_request = CommandId(facts[1].metadata.command_id);
    agree(&desk, &leader(), &tip.tip_id).await.expect("agreed");
    // A repetition by its id, but of something else: nothing is on record as opened, so nothing is.
    for (who, id) in [
        (inspector(), of_the_request),
        (leader(), of_the_request),
        (Actor::Citizen, of_the_request),
    ] {
        let message = RevealIdentityRequest {
            tip_id: tip.tip_id.clone(),
        };
        let (mut client, request) = desk.under(&who, id, message);
        let refused = client.reveal_identity(request).await;
        assert_eq!(code(refused.map(drop)), "tip.reveal_not_approved", "{who}");
    }
    open(&desk, &inspector(), 7, &tip.tip_id).await.expect("opened");
    // Somebody else with the id of the opening.
    assert_eq!(
        code(open(&desk, &leader(), 7, &tip.tip_id).await),
        "tip.reveal_not_approved"
    );
    let opening = desk.town.stream(&stream).await.pop().expect("facts");
    assert_eq!(opening.metadata.command_id, Uuid::from_u128(7));
    // Nor is it a key for ever.
    let later = desk.town.now() + SignedDuration::from_hours(25);
    desk.town.advance_to(later).await;
    platform::testkit::until("the approval has run out", async || {
        open(&desk, &inspector(), 7, &tip.tip_id).await.is_err()
    })
    .await;
    desk.close().await;
}

#[tokio::test]
async fn whoever_is_no_custodian_neither_opens_nor_sees_who_asked() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    assert_eq!(code(ask(&desk, &county, &tip.tip_id).await), "tip.not_custodian");
    ask(&desk, &inspector(), &tip.tip_id).await.expect("asked");
    let seen = custody(&desk, &county, &tip.tip_id).await.expect("read");
    assert!(seen.reveals.is_empty());
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    assert_eq!(
        code(custody(&desk, &handler, &tip.tip_id).await),
        "platform.wrong_role"
    );
    assert_eq!(
        code(custody(&desk, &Actor::Citizen, &tip.tip_id).await),
        "platform.wrong_role"
    );
    let unknown = "00000000-0000-8000-8000-000000000000";
    assert_eq!(code(custody(&desk, &leader(), unknown).await), "tip.not_found");
    let decline = RefuseRevealRequest {
        tip_id: tip.tip_id.clone(),
        reason: "可以凭查询码联系".into(),
    };
    let (mut client, request) = desk.asks(&leader(), decline);
    client
        .refuse_reveal(request)
        .await
        .expect("refused by a custodian");
    assert_eq!(
        code(open(&desk, &inspector(), 1, &tip.tip_id).await),
        "tip.reveal_not_approved"
    );
    let status = desk.status(&tip.receipt).await.expect("found");
    assert!(status.reveals.is_empty(), "nothing was opened");
    desk.close().await;
}

#[tokio::test]
async fn whoever_may_ask_is_told_that_there_is_nothing_to_ask_for() {
    let desk = Desk::open().await;
    let named = desk.receive(a_report()).await;
    let of_named = custody(&desk, &inspector(), &named.tip_id).await.expect("read");
    assert_eq!(of_named.no_reveal, None);
    let mut anonymous = a_report();
    anonymous.contact = None;
    let anonymous = desk.receive(anonymous).await;
    let of_anonymous = custody(&desk, &inspector(), &anonymous.tip_id)
        .await
        .expect("read");
    assert!(
        of_anonymous
            .no_reveal
            .is_some_and(|why| why.starts_with("举报人没有留下身份信息")),
        "in words"
    );
    // Others learn nothing of whether somebody left a name.
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    for other in [county, leader()] {
        let seen = custody(&desk, &other, &anonymous.tip_id).await.expect("read");
        assert_eq!(seen.no_reveal, None, "{other}");
    }
    assert_eq!(
        code(ask(&desk, &inspector(), &anonymous.tip_id).await),
        "tip.no_identity"
    );
}
