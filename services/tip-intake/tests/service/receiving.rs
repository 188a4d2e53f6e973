//! Receiving: the receipt, the two sealed compartments, repetition, and what is refused.

use crate::desk::{Desk, NARRATIVE, PHONE, a_report, code, photo};
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::common::{Coordinates, Place};
use mingcha_proto::intake::{
    AddToTipRequest, AnswerEnquiryRequest, Attachment, ReceiveTipRequest, Sms, TakeSmsRequest,
};
use tonic::Code;

#[tokio::test]
async fn a_report_is_sealed_and_found_by_its_receipt_only() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    assert!(tip.receipt.len() == 16 && tip.receipt.bytes().all(|digit| digit.is_ascii_digit()));

    let stream = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert_eq!(stream.len(), 1);
    let stored = stream[0].data.to_string();
    for betraying in [NARRATIVE, "刺鼻", PHONE, tip.receipt.as_str()] {
        assert!(!stored.contains(betraying), "the history holds {betraying}");
    }
    assert!(
        stored.contains("胡集镇"),
        "the place is for everybody who handles it"
    );

    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!(
        (status.progress.as_str(), status.tip_id.as_str()),
        ("received", tip.tip_id.as_str())
    );
    assert!(status.screening_due.is_some() && !status.urgent);
    let as_read_out = format!("{} {}", &tip.receipt[..8], &tip.receipt[8..]);
    assert_eq!(desk.status(&as_read_out).await.expect("found").tip_id, tip.tip_id);
    let unknown = desk
        .status("0000000000000000")
        .await
        .expect_err("no such receipt");
    let malformed = desk.status("12").await.expect_err("not a receipt");
    // The gateway counts those who try out receipts by this status.
    assert_eq!(unknown.code(), Code::NotFound);
    assert_eq!(
        (unknown.code(), unknown.message()),
        (malformed.code(), malformed.message())
    );
    assert_eq!(code::<()>(Err(unknown)), "tip.receipt_unknown");
    desk.close().await;
}

#[tokio::test]
async fn danger_is_a_fact_of_its_own() {
    let desk = Desk::open().await;
    let report = ReceiveTipRequest {
        danger: true,
        ..a_report()
    };
    let tip = desk.receive(report).await;
    let names = desk.town.names(&format!("tip-{}", tip.tip_id)).await;
    assert_eq!(names, ["tip.received.v1", "tip.danger_raised.v1"]);
    assert!(desk.status(&tip.receipt).await.expect("found").urgent);
    desk.close().await;
}

#[tokio::test]
async fn a_repetition_is_answered_alike_and_makes_no_second_tip() {
    let desk = Desk::open().await;
    let (mut client, request) = desk.repeats(&Actor::Citizen, 7, a_report());
    let first = client.receive_tip(request).await.expect("received").into_inner();
    let (mut client, request) = desk.repeats(&Actor::Citizen, 7, a_report());
    let again = client
        .receive_tip(request)
        .await
        .expect("recognised")
        .into_inner();
    assert_eq!((&first.tip_id, &first.receipt), (&again.tip_id, &again.receipt));
    assert_eq!(desk.town.stream(&format!("tip-{}", first.tip_id)).await.len(), 1);
    let (mut client, request) = desk.repeats(&Actor::Citizen, 8, a_report());
    let other = client.receive_tip(request).await.expect("received").into_inner();
    assert_ne!(first.tip_id, other.tip_id);
    desk.close().await;
}

#[tokio::test]
async fn what_cannot_be_handled_is_refused_and_leaves_nothing() {
    let desk = Desk::open().await;
    let anonymous = desk.stranger().receive_tip(a_report()).await;
    assert_eq!(anonymous.expect_err("refused").code(), Code::Unauthenticated);

    let refused = async |report: ReceiveTipRequest| {
        let (mut client, request) = desk.asks(&Actor::Citizen, report);
        code(client.receive_tip(request).await)
    };
    let silent = ReceiveTipRequest {
        narrative: " ".into(),
        ..a_report()
    };
    assert_eq!(refused(silent).await, "tip.nothing_reported");
    let nowhere = ReceiveTipRequest {
        place: None,
        ..a_report()
    };
    assert_eq!(refused(nowhere).await, "tip.place_missing");
    let place = |change: fn(&mut Place)| {
        let mut report = a_report();
        change(report.place.as_mut().expect("a place"));
        report
    };
    let off_the_map = place(|place| {
        place.coordinates = Some(Coordinates {
            latitude: 133.0,
            longitude: 33.0,
        });
    });
    assert_eq!(refused(off_the_map).await, "tip.coordinates_out_of_range");
    let elsewhere = place(|place| place.division = Some("110000".into()));
    assert_eq!(refused(elsewhere).await, "tip.unknown_division");
    let endless = place(|place| place.text = "村".repeat(201));
    assert_eq!(refused(endless).await, "tip.place_too_long");
    let telling = place(|place| place.text = "我家隔壁，19900000001".into());
    assert_eq!(refused(telling).await, "tip.person_in_place");
    let chatty = ReceiveTipRequest {
        narrative: "长".repeat(5001),
        ..a_report()
    };
    assert_eq!(refused(chatty).await, "platform.bad_shape");
    let impostor = ReceiveTipRequest {
        channel: "phone".into(),
        ..a_report()
    };
    assert_eq!(refused(impostor).await, "platform.bad_shape");
    let no_picture = ReceiveTipRequest {
        photos: vec![Attachment {
            data: b"<script>".to_vec(),
        }],
        ..a_report()
    };
    assert_eq!(refused(no_picture).await, "platform.bad_shape");
    let too_many = ReceiveTipRequest {
        photos: (0..11).map(photo).collect(),
        ..a_report()
    };
    assert_eq!(refused(too_many).await, "platform.bad_shape");
    desk.close().await;
}

#[tokio::test]
async fn operators_type_calls_and_handlers_type_nothing() {
    let desk = Desk::open().await;
    let call = ReceiveTipRequest {
        channel: "phone".into(),
        line: Some("0527-12350".into()),
        ..a_report()
    };
    let operator = sample::acting(Role::Operator, sample::OFFICE);
    let (mut client, request) = desk.asks(&operator, call.clone());
    let tip = client.receive_tip(request).await.expect("typed").into_inner();
    let stored = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert_eq!(stored[0].data["authenticity"], "operator");
    assert_eq!(stored[0].data["line"], "0527-12350");

    let (mut client, request) = desk.asks(&operator, a_report());
    assert_eq!(code(client.receive_tip(request).await), "platform.bad_shape");
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let (mut client, request) = desk.asks(&handler, call);
    assert_eq!(code(client.receive_tip(request).await), "tip.not_for_operators");
    desk.close().await;
}

#[tokio::test]
async fn a_tip_by_sms_is_answered_by_sms_once() {
    let desk = Desk::open().await;
    let sms = ReceiveTipRequest {
        channel: "sms".into(),
        ..a_report()
    };
    let tip = desk.receive(sms).await;
    let taken = taken_by_the_carrier(&desk).await;
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].number, PHONE);
    assert!(taken[0].text.replace(' ', "").contains(&tip.receipt));
    assert!(taken_by_the_carrier(&desk).await.is_empty());
    let admin = sample::acting(Role::Admin, sample::OFFICE);
    let (mut client, request) = desk.asks(&admin, TakeSmsRequest { most: 10 });
    assert_eq!(code(client.take_sms(request).await), "platform.wrong_role");
    desk.close().await;
}

#[tokio::test]
async fn whoever_sends_the_receipt_by_sms_is_told_how_it_stands_and_anybody_else_nothing() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let asks = async |by: &Actor, receipt: &str| {
        let enquiry = AnswerEnquiryRequest {
            receipt: receipt.to_owned(),
            number: PHONE.to_owned(),
        };
        let (mut client, request) = desk.asks(by, enquiry);
        client.answer_enquiry(request).await
    };
    let found = asks(&Actor::Citizen, &tip.receipt).await.expect("answered");
    assert!(found.into_inner().found);
    let wrong = asks(&Actor::Citizen, "9999999999999999").await.expect("answered");
    assert!(!wrong.into_inner().found);
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    assert_eq!(code(asks(&dispatcher, &tip.receipt).await), "platform.wrong_role");
    let taken = taken_by_the_carrier(&desk).await;
    let texts: Vec<&str> = taken.iter().map(|sms| sms.text.as_str()).collect();
    assert_eq!(texts.len(), 2);
    assert!(
        texts[0].contains("正在核对") && texts[1].contains("没有查到"),
        "{texts:?}"
    );
    assert!(taken.iter().all(|sms| sms.number == PHONE));
    desk.close().await;
}

#[tokio::test]
async fn words_of_danger_by_sms_are_answered_at_once() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let danger = AddToTipRequest {
        receipt: tip.receipt.clone(),
        message: "厂里着火了".into(),
        danger: true,
        answer_to: Some(PHONE.to_owned()),
        ..AddToTipRequest::default()
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, danger);
    client.add_to_tip(request).await.expect("added");
    let taken = taken_by_the_carrier(&desk).await;
    assert!(taken.len() == 1 && taken[0].text.contains("119"), "{taken:?}");
    let stream = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert!(stream.iter().all(|fact| !fact.data.to_string().contains(PHONE)));
    desk.close().await;
}

async fn taken_by_the_carrier(desk: &Desk) -> Vec<Sms> {
    let carrier = Actor::system("sms-carrier");
    let (mut client, request) = desk.asks(&carrier, TakeSmsRequest { most: 10 });
    let taken = client.take_sms(request).await.expect("taken");
    taken.into_inner().messages
}
