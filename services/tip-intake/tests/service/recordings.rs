//! Recordings of calls: who keeps and hears them, that each hearing is on record, and that they go with the reporter's words.

use crate::desk::{Desk, a_report, code, photo};
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::intake::{
    AddRecordingRequest, Attachment, EraseByReceiptRequest, GetRecordingRequest, ReceiveTipRequest,
    ReceiveTipResponse,
};
use tonic::Status;

fn a_call(words: &str) -> Attachment {
    let data = format!("RIFF\u{24}\0\0\0WAVEfmt \u{10}\0\0\0\u{1}\0{words}").into_bytes();
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
    let refused = client.receive_tip(request).await.expect_err("refused");
    assert!(
        format!("{refused:?}").contains("只有电话举报可以附通话录音"),
        "{refused:?}"
    );
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
    let elsewhere = sample::acting(Role::Operator, sample::OTHER_COUNTY);
    let refused = add(&desk, &elsewhere, &tip, a_call("x")).await;
    assert_eq!(code(refused), "tip.outside_subtree");
    assert_eq!(kept(&desk), 1, "only what was taken");
    desk.close().await;
}

/// How many files lie in the folder of evidence.
fn kept(desk: &Desk) -> usize {
    let folder = desk.town.folder().join("intake/evidence");
    std::fs::read_dir(folder).expect("a folder").count()
}

#[tokio::test]
async fn nothing_is_kept_of_a_call_that_is_not_taken_down() {
    let desk = Desk::open().await;
    let mut report = ReceiveTipRequest {
        channel: "phone".into(),
        recordings: vec![a_call("x")],
        photos: vec![photo(5)],
        ..a_report()
    };
    if let Some(place) = &mut report.place {
        place.text = "老砖瓦厂旁，19900000077".into();
    }
    let (mut client, request) = desk.asks(&operator(), report.clone());
    assert_eq!(code(client.receive_tip(request).await), "tip.person_in_place");
    report.place = a_report().place;
    report.photos.push(Attachment {
        data: b"no picture".to_vec(),
    });
    let (mut client, request) = desk.asks(&operator(), report);
    assert_eq!(code(client.receive_tip(request).await), "platform.bad_shape");
    assert_eq!(kept(&desk), 0);
    desk.close().await;
}

#[tokio::test]
async fn another_recording_under_the_same_command_is_not_lost() {
    let desk = Desk::open().await;
    let tip = only_recorded(&desk).await.tip_id;
    for (words, facts) in [("second", 1), ("third", 1), ("second", 0)] {
        let message = AddRecordingRequest {
            tip_id: tip.clone(),
            recording: Some(a_call(words)),
        };
        let (mut client, request) = desk.repeats(&operator(), 77, message);
        let reply = client.add_recording(request).await.expect("kept").into_inner();
        assert_eq!(reply.facts, facts, "{words}");
    }
    let content = desk.read(&operator(), &tip).await.expect("read");
    assert_eq!(content.recordings.len(), 3);
    desk.close().await;
}

#[tokio::test]
async fn a_recording_goes_with_the_words_of_the_reporter() {
    let desk = Desk::open().await;
    let tip = only_recorded(&desk).await;
    let content = desk.read(&operator(), &tip.tip_id).await.expect("read");
    let files = || kept(&desk);
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
