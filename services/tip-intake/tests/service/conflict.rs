//! Tips about units and officials: for those they are about there is nothing, in no answer and no error.

use crate::desk::{Desk, NARRATIVE, a_report, acceptance, code, photo};
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::intake::{
    Concerned, DivertTipRequest, GetEvidenceRequest, NoteTipConflictRequest, ReceiveTipRequest,
    RejectTipRequest, SendReplyRequest, TellOutcomeRequest,
};
use tonic::{Code, Status};

const SAID: &str = "镇里有人给老板通风报信";

fn a_report_about(unit: &str) -> ReceiveTipRequest {
    ReceiveTipRequest {
        photos: vec![photo(7)],
        concerns: Some(Concerned {
            units: vec![unit.to_owned()],
            said: SAID.to_owned(),
            ..Concerned::default()
        }),
        ..a_report()
    }
}

/// All that an error shows.
fn shown<T: std::fmt::Debug>(outcome: Result<T, Status>) -> (Code, String, usize) {
    let status = outcome.expect_err("refused");
    (status.code(), status.message().to_owned(), status.details().len())
}

/// The errors of everything that somebody can try on a tip and its picture.
async fn everything(desk: &Desk, who: &Actor, tip: &str, picture: &str) -> Vec<(Code, String, usize)> {
    let tip_id = tip.to_owned();
    let mut errors = vec![
        shown(desk.accept(who, tip).await),
        shown(desk.read(who, tip).await),
    ];
    let reject = RejectTipRequest {
        tip_id: tip_id.clone(),
        reason: "not_chemical".into(),
        explanation: "现场为食品加工。".into(),
    };
    let (mut client, request) = desk.asks(who, reject);
    errors.push(shown(client.reject_tip(request).await));
    let divert = DivertTipRequest {
        tip_id: tip_id.clone(),
        authority: "市公安局".into(),
        explanation: "属于治安案件。".into(),
    };
    let (mut client, request) = desk.asks(who, divert);
    errors.push(shown(client.divert_tip(request).await));
    let text = "请问厂门朝哪个方向？".to_owned();
    let reply = SendReplyRequest {
        tip_id: tip_id.clone(),
        text: text.clone(),
    };
    let (mut client, request) = desk.asks(who, reply);
    errors.push(shown(client.send_reply(request).await));
    let outcome = TellOutcomeRequest {
        tip_id: tip_id.clone(),
        text,
    };
    let (mut client, request) = desk.asks(who, outcome);
    errors.push(shown(client.tell_outcome(request).await));
    let conflict = NoteTipConflictRequest {
        tip_id,
        units: vec![sample::VILLAGE.to_owned()],
        persons: vec![],
    };
    let (mut client, request) = desk.asks(who, conflict);
    errors.push(shown(client.note_tip_conflict(request).await));
    let evidence_id = picture.to_owned();
    let (mut client, request) = desk.asks(
        who,
        GetEvidenceRequest {
            evidence_id,
            small: false,
        },
    );
    errors.push(shown(client.get_evidence(request).await));
    errors
}

#[tokio::test]
async fn those_it_is_about_are_answered_as_if_there_were_no_tip() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report_about(sample::TOWNSHIP)).await;
    let inspector = sample::acting(Role::Inspector, sample::DISCIPLINE);
    let content = desk.read(&inspector, &tip.tip_id).await.expect("read");
    assert!(content.narrative.starts_with(NARRATIVE) && content.narrative.ends_with(SAID));
    let picture = &content.evidence[0];
    let (no_tip, no_picture) = ("00000000-0000-8000-8000-000000000000", "ab".repeat(32));
    for nosy in [
        sample::acting(Role::Dispatcher, sample::TOWNSHIP),
        sample::acting(Role::Leader, sample::TOWNSHIP),
        sample::acting(Role::Handler, sample::TOWNSHIP),
        sample::acting(Role::Dispatcher, sample::VILLAGE),
        sample::acting(Role::Leader, sample::VILLAGE),
    ] {
        let without = everything(&desk, &nosy, no_tip, &no_picture).await;
        let with = everything(&desk, &nosy, &tip.tip_id, picture).await;
        assert_eq!(without, with, "{nosy}");
    }
    let stored = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    let stored = format!("{:?}", stored.iter().map(|fact| &fact.data).collect::<Vec<_>>());
    assert!(!stored.contains("通风报信"), "names are sealed");
    desk.close().await;
}

#[tokio::test]
async fn the_level_above_reads_it_screens_it_and_passes_the_conflict_on() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report_about(sample::TOWNSHIP)).await;
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    desk.read(&county, &tip.tip_id).await.expect("read");
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    assert_eq!(
        code(desk.read(&elsewhere, &tip.tip_id).await),
        "tip.outside_subtree"
    );
    desk.accept(&county, &tip.tip_id).await.expect("accepted");
    let facts = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert_eq!(facts[1].data["against"]["units"][0], sample::TOWNSHIP);
    desk.close().await;
}

#[tokio::test]
async fn a_conflict_noticed_by_a_dispatcher_takes_the_tip_from_that_desk() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let note = NoteTipConflictRequest {
        tip_id: tip.tip_id.clone(),
        units: vec![],
        persons: vec![format!("leader-{}", sample::COUNTY)],
    };
    let (mut client, request) = desk.asks(&county, note);
    client.note_tip_conflict(request).await.expect("noted");
    assert_eq!(code(desk.accept(&county, &tip.tip_id).await), "tip.not_found");
    let city = sample::acting(Role::Dispatcher, sample::OFFICE);
    let (mut client, request) = desk.asks(&city, acceptance(&tip.tip_id));
    client.accept_tip(request).await.expect("accepted above");
    desk.close().await;
}

#[tokio::test]
async fn who_is_meant_is_checked_before_it_is_kept() {
    let desk = Desk::open().await;
    let unknown = a_report_about("329999");
    let (mut client, request) = desk.asks(&Actor::Citizen, unknown);
    assert_eq!(code(client.receive_tip(request).await), "tip.unknown_subject");
    let mut by_account = a_report_about(sample::TOWNSHIP);
    let account = format!("leader-{}", sample::TOWNSHIP);
    by_account.concerns.as_mut().expect("concerned").persons = vec![account];
    // The public must not find out which accounts there are.
    let (mut client, request) = desk.asks(&Actor::Citizen, by_account.clone());
    assert_eq!(code(client.receive_tip(request).await), "platform.bad_shape");
    by_account.channel = "phone".into();
    let operator = sample::acting(Role::Operator, sample::OFFICE);
    let (mut client, request) = desk.asks(&operator, by_account);
    client.receive_tip(request).await.expect("received");
    let mut endless = a_report_about(sample::TOWNSHIP);
    endless.concerns.as_mut().expect("concerned").said = "长".repeat(501);
    let (mut client, request) = desk.asks(&Actor::Citizen, endless);
    assert_eq!(code(client.receive_tip(request).await), "platform.bad_shape");
    desk.close().await;
}

#[tokio::test]
async fn a_dispatcher_tells_the_outcome_that_no_closing_tells() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let tell = TellOutcomeRequest {
        tip_id: tip.tip_id.clone(),
        text: "已依法取缔。".into(),
    };
    let (mut client, request) = desk.asks(&county, tell.clone());
    assert_eq!(code(client.tell_outcome(request).await), "tip.not_screened");
    desk.accept(&county, &tip.tip_id).await.expect("accepted");
    let (mut client, request) = desk.asks(&county, tell.clone());
    assert_eq!(code(client.tell_outcome(request).await), "tip.case_still_open");
    desk.case_is_over(&tip.receipt).await;
    let (mut client, request) = desk.asks(&county, tell);
    client.tell_outcome(request).await.expect("told");
    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!(status.replies[0].text, "已依法取缔。");
    desk.close().await;
}
