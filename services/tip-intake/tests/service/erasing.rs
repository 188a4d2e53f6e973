//! What a reporter left is destroyed on disk, the rest of the tip goes on, and nothing is made anew under the old keys.

use crate::desk::{Desk, NARRATIVE, PHONE, a_report, code, photo};
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::intake::{
    AddToTipRequest, EraseByReceiptRequest, EraseReporterRequest, GetEvidenceRequest, ReadTipContentRequest,
    ReceiveTipRequest, RecordTranscriptRequest, TakeSmsRequest,
};
use std::fs;
use std::path::Path;
use tonic::Status;

const WORDS: &str = "接线员记录：来电人称夜里十二点以后有货车";

fn both() -> Vec<String> {
    vec!["identity".into(), "content".into()]
}

async fn erase_own(desk: &Desk, receipt: &str, compartments: Vec<String>) -> Result<u32, Status> {
    let message = EraseByReceiptRequest {
        receipt: receipt.into(),
        compartments,
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, message);
    client
        .erase_by_receipt(request)
        .await
        .map(|reply| reply.into_inner().facts)
}

/// All bytes of every file below a folder.
fn bytes_below(folder: &Path) -> Vec<u8> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => bytes_below(&path),
            path => fs::read(path).expect("bytes"),
        })
        .collect()
}

fn holds(hay: &[u8], needle: &[u8]) -> bool {
    // The store's files are large; a byte is compared faster than a window.
    let starts = hay.iter().enumerate().filter(|(_, byte)| **byte == needle[0]);
    starts.into_iter().any(|(at, _)| hay[at..].starts_with(needle))
}

#[tokio::test]
async fn a_reporter_destroys_everything_and_the_history_stays() {
    let mut desk = Desk::open().await;
    let report = ReceiveTipRequest {
        channel: "sms".into(),
        photos: vec![photo(9)],
        ..a_report()
    };
    let tip = desk.receive(report).await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    desk.accept(&dispatcher, &tip.tip_id).await.expect("accepted");
    let before = desk.read(&dispatcher, &tip.tip_id).await.expect("read");
    assert_eq!(before.narrative, NARRATIVE);
    let photo_id = before.evidence[0].clone();
    let facts_before = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;

    assert_eq!(
        code(erase_own(&desk, "0000000000000000", both()).await),
        "tip.receipt_unknown"
    );
    assert_eq!(
        code(erase_own(&desk, &tip.receipt, vec![]).await),
        "tip.nothing_to_erase"
    );
    assert_eq!(
        code(erase_own(&desk, &tip.receipt, vec!["all".into()]).await),
        "platform.bad_shape"
    );
    assert_eq!(erase_own(&desk, &tip.receipt, both()).await.expect("erased"), 1);
    assert_eq!(erase_own(&desk, &tip.receipt, both()).await.expect("is so"), 0);

    for round in 0..2 {
        let after = desk.read(&dispatcher, &tip.tip_id).await.expect("no 404");
        assert!(after.narrative.is_empty() && after.evidence.is_empty() && !after.has_contact);
        assert!(
            after.notice.is_some_and(|notice| notice.contains("已按规定销毁")),
            "{round}"
        );
        assert_eq!(after.erased, both());
        let evidence_id = photo_id.clone();
        let (mut client, request) = desk.asks(
            &dispatcher,
            GetEvidenceRequest {
                evidence_id,
                small: false,
            },
        );
        assert_eq!(code(client.get_evidence(request).await), "platform.not_found");
        let more = AddToTipRequest {
            receipt: tip.receipt.clone(),
            message: "还有".into(),
            photos: vec![photo(8)],
            ..AddToTipRequest::default()
        };
        let (mut client, request) = desk.asks(&Actor::Citizen, more);
        assert_eq!(code(client.add_to_tip(request).await), "tip.erased");
        desk.restart().await;
    }
    let status = desk.status(&tip.receipt).await.expect("still found");
    assert_eq!((status.progress.as_str(), status.erased.len()), ("accepted", 2));
    let carrier = Actor::system("sms");
    let (mut client, request) = desk.asks(&carrier, TakeSmsRequest { most: 10 });
    let waiting = client.take_sms(request).await.expect("taken").into_inner();
    assert!(
        waiting.messages.is_empty(),
        "what waited for the number is taken back"
    );

    let facts = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert_eq!(facts.len(), facts_before.len() + 1);
    for (before, after) in facts_before.iter().zip(&facts) {
        assert_eq!((before.id, &before.data), (after.id, &after.data));
    }
    let files = bytes_below(desk.town.folder());
    assert!(
        holds(&files, "胡集镇老砖瓦厂".as_bytes()),
        "the search finds what is there"
    );
    for gone in [NARRATIVE, PHONE, &format!("{photo_id}.jpg")] {
        assert!(!holds(&files, gone.as_bytes()), "{gone} is on disk");
    }
    let evidence = desk.town.folder().join("intake/evidence");
    assert_eq!(fs::read_dir(evidence).expect("a folder").count(), 0);
    desk.close().await;
}

#[tokio::test]
async fn an_identity_is_destroyed_and_the_words_stay() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let inspector = sample::acting(Role::Inspector, sample::DISCIPLINE);
    let erase = |reason: &str| EraseReporterRequest {
        tip_id: tip.tip_id.clone(),
        compartments: vec!["identity".into()],
        reason: reason.into(),
    };
    for (who, refusal) in [
        (sample::acting(Role::Dispatcher, sample::OFFICE), "tip.not_eraser"),
        (sample::acting(Role::Admin, sample::OFFICE), "tip.not_eraser"),
        (Actor::Citizen, "platform.wrong_role"),
    ] {
        let (mut client, request) = desk.asks(&who, erase("无关"));
        assert_eq!(code(client.erase_reporter(request).await), refusal, "{who}");
    }
    let own = EraseByReceiptRequest {
        receipt: tip.receipt.clone(),
        compartments: vec!["identity".into()],
    };
    let (mut client, request) = desk.asks(&inspector, own);
    assert_eq!(
        code(client.erase_by_receipt(request).await),
        "platform.wrong_role"
    );
    let (mut client, request) = desk.asks(&inspector, erase(" "));
    assert_eq!(
        code(client.erase_reporter(request).await),
        "tip.erase_reason_missing"
    );
    let (mut client, request) = desk.asks(&inspector, erase("举报人书面申请"));
    client.erase_reporter(request).await.expect("erased");
    let content = desk.read(&inspector, &tip.tip_id).await.expect("read");
    assert_eq!(content.narrative, NARRATIVE);
    assert!(!content.has_contact && content.notice.is_none());
    assert_eq!(content.erased, ["identity"]);
    assert!(!desk.status(&tip.receipt).await.expect("found").has_contact);
    desk.close().await;
}

#[tokio::test]
async fn a_recorded_call_is_written_down_and_sealed() {
    let desk = Desk::open().await;
    let operator = sample::acting(Role::Operator, sample::OFFICE);
    let call = ReceiveTipRequest {
        channel: "phone".into(),
        ..a_report()
    };
    let (mut client, request) = desk.asks(&operator, call);
    let tip = client.receive_tip(request).await.expect("received").into_inner();
    let read = |tip: &str| ReadTipContentRequest { tip_id: tip.into() };
    let (mut client, request) = desk.asks(&operator, read(&tip.tip_id));
    client
        .read_tip_content(request)
        .await
        .expect("what they have to write down");
    let written = desk.receive(a_report()).await;
    let (mut client, request) = desk.asks(&operator, read(&written.tip_id));
    assert_eq!(
        code(client.read_tip_content(request).await),
        "platform.wrong_role"
    );
    let words = |text: &str| RecordTranscriptRequest {
        tip_id: tip.tip_id.clone(),
        text: text.into(),
    };
    let (mut client, request) = desk.asks(&operator, words(" "));
    assert_eq!(code(client.record_transcript(request).await), "tip.text_missing");
    let (mut client, request) = desk.asks(&operator, words(&"长".repeat(10_001)));
    assert_eq!(
        code(client.record_transcript(request).await),
        "platform.bad_shape"
    );
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let (mut client, request) = desk.asks(&handler, words(WORDS));
    assert_eq!(
        code(client.record_transcript(request).await),
        "tip.not_transcriber"
    );
    let nowhere = RecordTranscriptRequest {
        tip_id: "00000000-0000-8000-8000-000000000000".into(),
        text: WORDS.into(),
    };
    let (mut client, request) = desk.asks(&operator, nowhere);
    assert_eq!(code(client.record_transcript(request).await), "tip.not_found");
    let (mut client, request) = desk.asks(&operator, words(WORDS));
    client.record_transcript(request).await.expect("recorded");
    let content = desk.read(&operator, &tip.tip_id).await.expect("read");
    assert_eq!(content.transcripts[0].text, WORDS);
    let facts = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert!(facts.iter().all(|fact| !fact.data.to_string().contains("货车")));
    erase_own(&desk, &tip.receipt, both()).await.expect("erased");
    let (mut client, request) = desk.asks(&operator, words(WORDS));
    assert_eq!(code(client.record_transcript(request).await), "tip.erased");
    let content = desk.read(&operator, &tip.tip_id).await.expect("read");
    assert!(content.transcripts.is_empty());
    desk.close().await;
}
