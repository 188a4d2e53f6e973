//! Evidence: whose it is, who sees it, and that the original is never handed out.

use crate::desk::{Desk, a_report, code, photo};
use case_domain::{CaseEvent, Origin};
use image::ImageFormat;
use jurisdiction::{Actor, Against, Role, UnitCode, Urgency, sample};
use mingcha_proto::intake::{
    GetEvidenceRequest, KnownEvidenceRequest, PutEvidenceRequest, ReceiveTipRequest,
};

async fn get(desk: &Desk, who: &Actor, evidence_id: &str) -> Result<Vec<u8>, tonic::Status> {
    let evidence_id = evidence_id.to_owned();
    let (mut client, request) = desk.asks(
        who,
        GetEvidenceRequest {
            evidence_id,
            small: false,
        },
    );
    client
        .get_evidence(request)
        .await
        .map(|reply| reply.into_inner().data)
}

async fn with_photo(desk: &Desk, confidential: bool) -> (String, String, String) {
    let report = ReceiveTipRequest {
        confidential,
        photos: vec![photo(if confidential { 3 } else { 4 })],
        ..a_report()
    };
    let tip = desk.receive(report).await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    let mut content = desk.read(&dispatcher, &tip.tip_id).await.expect("read");
    (tip.tip_id, tip.receipt, content.evidence.remove(0))
}

/// The tip is accepted, and the township has its case.
async fn handled(desk: &Desk, tip: &str, receipt: &str) {
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    desk.accept(&dispatcher, tip).await.expect("accepted");
    let case = desk.status(receipt).await.expect("found").case_id;
    let opened = CaseEvent::CaseOpened {
        origin: Origin::Tip {
            tip: tip.parse().expect("an id"),
        },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: case_domain::Place::default(),
        urgency: Urgency::Normal,
        confidential: false,
        against: Against::default(),
    };
    let assigned = CaseEvent::CaseAssigned {
        to: UnitCode::of(sample::TOWNSHIP),
        instructions: String::new(),
        co_handlers: vec![],
    };
    let stream = format!("case-{}", case.expect("a case"));
    desk.town.record(&stream, &[opened, assigned]).await;
}

#[tokio::test]
async fn a_photo_of_a_tip_is_for_those_who_screen_and_then_for_those_who_handle_it() {
    let desk = Desk::open().await;
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let (tip, receipt, open) = with_photo(&desk, false).await;
    assert_eq!(code(get(&desk, &handler, &open).await), "platform.not_found");
    handled(&desk, &tip, &receipt).await;
    let shown = get(&desk, &handler, &open).await.expect("shown");
    assert_eq!(image::guess_format(&shown).expect("a picture"), ImageFormat::Jpeg);
    let (tip, receipt, confidential) = with_photo(&desk, true).await;
    handled(&desk, &tip, &receipt).await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    assert!(get(&desk, &dispatcher, &confidential).await.is_ok());
    // Nobody learns from the answer whether there is such a photo.
    let unknown = get(&desk, &handler, &"0".repeat(64)).await.expect_err("no photo");
    let elsewhere = sample::acting(Role::Handler, sample::OTHER_COUNTY);
    let admin = sample::acting(Role::Admin, sample::OFFICE);
    for (who, photo) in [
        (&handler, &confidential),
        (&elsewhere, &open),
        (&admin, &open),
        (&Actor::Citizen, &open),
    ] {
        let refused = get(&desk, who, photo).await.expect_err("refused");
        assert_eq!(
            (refused.code(), refused.message()),
            (unknown.code(), unknown.message()),
            "{who}"
        );
    }
    desk.close().await;
}

#[tokio::test]
async fn whoever_opens_a_tip_or_its_photo_is_recorded_before_they_see_it() {
    let desk = Desk::open().await;
    let (tip, _, photo) = with_photo(&desk, true).await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    get(&desk, &dispatcher, &photo).await.expect("shown");
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    assert_eq!(code(get(&desk, &handler, &photo).await), "platform.not_found");
    let readings = desk.town.stream(&format!("reading-tip-{tip}")).await;
    let told: Vec<_> = readings
        .iter()
        .map(|fact| (fact.name.as_str(), fact.metadata.actor.clone()))
        .collect();
    let office = sample::acting(Role::Dispatcher, sample::OFFICE);
    let expected = [
        ("reading.content_opened.v1", office),
        ("reading.evidence_opened.v1", dispatcher),
    ];
    assert_eq!(told, expected);
    desk.close().await;
}

#[tokio::test]
async fn handlers_bring_photos_and_citizens_do_not() {
    let desk = Desk::open().await;
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let bring = PutEvidenceRequest {
        photo: Some(photo(5)),
    };
    let (mut client, request) = desk.asks(&handler, bring.clone());
    let id = client
        .put_evidence(request)
        .await
        .expect("stored")
        .into_inner()
        .evidence_id;
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    assert!(get(&desk, &leader, &id).await.is_ok());
    for stranger in [
        Actor::Citizen,
        sample::acting(Role::Handler, sample::OTHER_TOWNSHIP),
        sample::acting(Role::Leader, sample::OTHER_COUNTY),
        sample::acting(Role::Operator, sample::OFFICE),
    ] {
        assert_eq!(
            code(get(&desk, &stranger, &id).await),
            "platform.not_found",
            "{stranger}"
        );
    }
    let (mut client, request) = desk.asks(&Actor::Citizen, bring);
    assert_eq!(code(client.put_evidence(request).await), "platform.wrong_role");
    let (mut client, request) = desk.asks(&handler, PutEvidenceRequest { photo: None });
    assert_eq!(code(client.put_evidence(request).await), "platform.bad_shape");
    assert_eq!(
        code(get(&desk, &leader, &"0".repeat(64)).await),
        "platform.not_found"
    );
    assert_eq!(code(get(&desk, &leader, "x").await), "platform.not_found");
    desk.close().await;
}

#[tokio::test]
async fn what_nobody_brought_is_known_to_be_unknown() {
    let desk = Desk::open().await;
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let bring = PutEvidenceRequest {
        photo: Some(photo(6)),
    };
    let (mut client, request) = desk.asks(&handler, bring);
    let stored = client.put_evidence(request).await.expect("stored");
    let id = stored.into_inner().evidence_id;
    let (_, _, reporters) = with_photo(&desk, false).await;
    let invented = "f".repeat(64);
    let asking = KnownEvidenceRequest {
        evidence_ids: vec![id, reporters.clone(), invented.clone(), "x".to_owned()],
    };
    let (mut client, request) = desk.asks(&handler, asking.clone());
    let answer = client.known_evidence(request).await.expect("an answer");
    let answer = answer.into_inner();
    assert_eq!(answer.unknown, [invented, "x".to_owned()]);
    assert_eq!(answer.only_reporters, [reporters]);
    let (mut client, request) = desk.asks(&Actor::Citizen, asking);
    assert_eq!(code(client.known_evidence(request).await), "platform.wrong_role");
    desk.close().await;
}
