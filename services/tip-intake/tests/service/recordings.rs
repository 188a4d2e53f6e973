//! Recordings of calls: who keeps and hears them, that each hearing is on record, and that they go with the reporter's words.

use crate::desk::{Desk, a_report, code};
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::intake::{
    AddRecordingRequest, Attachment, EraseByReceiptRequest, GetRecordingRequest, ReceiveTipRequest,
    ReceiveTipResponse,
};
use tonic::Status;

fn a_call(words: &str) -> Attachment {
    let data = format!("RIFF\u{24}\0\0\0WAVEfmt {words}").into_bytes();
    Attachment { data }
}

fn operator() -> Actor {
    sample::acting(Role::Operator, sample::OFFICE)
}

/// A call that nobody had time to type.
async fn only_recorded(desk: &Desk) -> ReceiveTipResponse {
    let report = ReceiveTipRequest {
        channel: "phone".into(),
        narrative: String::new(),
        recordings: vec![a_call("first")],
        ..a_report()
    };
    let (mut client, request) = desk.asks(&operator(), report);
    client.receive_tip(request).await.expect("received").into_inner()
}

async fn add(desk: &Desk, who: &Actor, tip: &str, recording: Attachment) -> Result<u32, Status> {
    let message = AddRecordingRequest {
        tip_id: tip.into(),
        recording: Some(recording),
    };
    let (mut client, request) = desk.asks(who, message);
    let reply = client.add_recording(request).await?;
    Ok(reply.into_inner().facts)
}

async fn hear(desk: &Desk, who: &Actor, tip: &str, id: &str) -> Result<(Vec<u8>, String), Status> {
    let message = GetRecordingRequest {
        tip_id: tip.into(),
        recording_id: id.into(),
    };
    let (mut client, request) = desk.asks(who, message);
    let heard = client.get_recording(request).await?.into_inner();
    Ok((heard.data, heard.content_type))
}

#[tokio::test]
async fn a_recorded_call_is_heard_by_those_who_screen_and_each_hearing_is_on_record() {
    let desk = Desk::open().await;
    let tip = only_recorded(&desk).await.tip_id;
    assert_eq!(
        add(&desk, &operator(), &tip, a_call("second"))
            .await
            .expect("kept"),
        1
    );
    assert_eq!(
        add(&desk, &operator(), &tip, a_call("second"))
            .await
            .expect("kept"),
        0,
        "kept once"
    );
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    let content = desk.read(&dispatcher, &tip).await.expect("read");
    assert_eq!(content.recordings.len(), 2);
    let readings = async || desk.town.stream(&format!("reading-tip-{tip}")).await.len();
    let before = readings().await;
    for who in [&dispatcher, &operator()] {
        let (data, content_type) = hear(&desk, who, &tip, &content.recordings[0])
            .await
            .expect("heard");
        assert_eq!((data, content_type.as_str()), (a_call("first").data, "audio/wav"));
    }
    assert_eq!(readings().await, before + 2);
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    for (who, why) in [
        (&handler, "platform.wrong_role"),
        (&Actor::Citizen, "platform.wrong_role"),
        (&elsewhere, "tip.outside_subtree"),
    ] {
        let refused = hear(&desk, who, &tip, &content.recordings[0]).await;
        assert_eq!(code(refused), why, "{who}");
    }
    let other = only_recorded(&desk).await.tip_id;
    let refused = hear(&desk, &dispatcher, &other, &content.recordings[0]).await;
    assert_eq!(code(refused), "platform.not_found", "of another tip");
    desk.close().await;
}

#[tokio::test]
async fn what_is_no_recording_or_of_no_call_is_refused_at_its_field() {
    let desk = Desk::open().await;
    let tip = only_recorded(&desk).await.tip_id;
    let picture = Attachment {
        data: b"\x89PNG\r\n\x1a\n picture".to_vec(),
    };
    let refused = add(&desk, &operator(), &tip, picture.clone()).await;
    assert_eq!(code(refused), "platform.bad_shape");
    let written = desk.receive(a_report()).await.tip_id;
    let refused = add(&desk, &operator(), &written, a_call("x")).await;
    assert_eq!(code(refused), "tip.not_a_call");
    let report = ReceiveTipRequest {
        recordings: vec![a_call("x")],
        ..a_report()
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, report);
    assert_eq!(code(client.receive_tip(request).await), "tip.not_a_call");
    let report = ReceiveTipRequest {
        channel: "phone".into(),
        recordings: vec![a_call("x"), picture],
        ..a_report()
    };
    let (mut client, request) = desk.asks(&operator(), report);
    let refused = client.receive_tip(request).await.expect_err("refused");
    assert!(format!("{refused:?}").contains("recordings[1]"), "{refused:?}");
    let nowhere = "00000000-0000-8000-8000-000000000000";
    let refused = add(&desk, &operator(), nowhere, a_call("x")).await;
    assert_eq!(code(refused), "tip.not_found");
    desk.close().await;
}

#[tokio::test]
async fn a_recording_goes_with_the_words_of_the_reporter() {
    let desk = Desk::open().await;
    let tip = only_recorded(&desk).await;
    let content = desk.read(&operator(), &tip.tip_id).await.expect("read");
    let folder = desk.town.folder().join("intake/evidence");
    let files = || std::fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(files(), 1);
    let message = EraseByReceiptRequest {
        receipt: tip.receipt.clone(),
        compartments: vec!["content".into()],
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, message);
    client.erase_by_receipt(request).await.expect("erased");
    assert_eq!(files(), 0);
    let refused = hear(&desk, &operator(), &tip.tip_id, &content.recordings[0]).await;
    assert_eq!(code(refused), "platform.not_found");
    let refused = add(&desk, &operator(), &tip.tip_id, a_call("again")).await;
    assert_eq!(code(refused), "tip.erased");
    assert_eq!(files(), 0);
    desk.close().await;
}
