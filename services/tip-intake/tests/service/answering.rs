//! Reading what was sealed, asking the reporter, and being answered against the receipt.

use crate::desk::{Desk, NARRATIVE, a_report, code, photo};
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::intake::{
    AddToTipRequest, RaiseDangerRequest, SayNotFixedRequest, SendReplyRequest, TellOutcomeRequest,
};

#[tokio::test]
async fn those_who_screen_read_the_narrative_and_nobody_else() {
    let mut desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    for reader in [
        sample::acting(Role::Dispatcher, sample::OFFICE),
        sample::acting(Role::Dispatcher, sample::COUNTY),
        sample::acting(Role::Inspector, sample::DISCIPLINE),
    ] {
        let content = desk.read(&reader, &tip.tip_id).await.expect("read");
        assert_eq!(content.narrative, NARRATIVE);
        assert!(content.has_contact);
    }
    for (nosy, reason) in [
        (
            sample::acting(Role::Handler, sample::TOWNSHIP),
            "platform.wrong_role",
        ),
        (
            sample::acting(Role::Leader, sample::COUNTY),
            "platform.wrong_role",
        ),
        (sample::acting(Role::Admin, sample::OFFICE), "platform.wrong_role"),
        // Only calls are written down at the call desk; this one came over the web.
        (
            sample::acting(Role::Operator, sample::OFFICE),
            "platform.wrong_role",
        ),
        (Actor::Citizen, "platform.wrong_role"),
        (
            sample::acting(Role::Dispatcher, sample::OTHER_COUNTY),
            "tip.outside_subtree",
        ),
    ] {
        assert_eq!(code(desk.read(&nosy, &tip.tip_id).await), reason, "{nosy}");
    }
    let dispatcher = sample::acting(Role::Dispatcher, sample::OFFICE);
    let unknown = "00000000-0000-8000-8000-000000000000";
    assert_eq!(code(desk.read(&dispatcher, unknown).await), "tip.not_found");

    desk.restart().await;
    let content = desk
        .read(&dispatcher, &tip.tip_id)
        .await
        .expect("read after a restart");
    assert_eq!(content.narrative, NARRATIVE);
    assert_eq!(
        desk.status(&tip.receipt).await.expect("still found").tip_id,
        tip.tip_id
    );
    desk.close().await;
}

#[tokio::test]
async fn a_question_is_answered_with_words_and_photos() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let question = SendReplyRequest {
        tip_id: tip.tip_id.clone(),
        text: "请问厂门朝哪个方向？".into(),
    };
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let (mut client, request) = desk.asks(&handler, question.clone());
    assert_eq!(code(client.send_reply(request).await), "tip.not_dispatcher");
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    let (mut client, request) = desk.asks(&dispatcher, question);
    client.send_reply(request).await.expect("asked");
    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!(status.replies[0].text, "请问厂门朝哪个方向？");

    let answer = AddToTipRequest {
        receipt: tip.receipt.clone(),
        message: "厂门朝东，临河。".into(),
        photos: vec![photo(1), photo(2)],
        ..AddToTipRequest::default()
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, answer.clone());
    client.add_to_tip(request).await.expect("added");
    let stolen = AddToTipRequest {
        receipt: "0000000000000000".into(),
        ..answer.clone()
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, stolen);
    // Not a mistake in the form: the gateway counts wrong receipts by this.
    assert_eq!(code(client.add_to_tip(request).await), "tip.receipt_unknown");
    let empty = AddToTipRequest {
        receipt: answer.receipt,
        ..AddToTipRequest::default()
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, empty);
    assert_eq!(code(client.add_to_tip(request).await), "platform.bad_shape");

    let content = desk.read(&dispatcher, &tip.tip_id).await.expect("read");
    assert_eq!(content.messages[0].text, "厂门朝东，临河。");
    assert_eq!(content.evidence.len(), 2);
    let status = desk.status(&tip.receipt).await.expect("found");
    assert_eq!((status.messages, status.photos), (1, 2));
    let stream = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert!(stream.iter().all(|fact| !fact.data.to_string().contains("临河")));
    desk.close().await;
}

#[tokio::test]
async fn against_the_receipt_the_reporter_says_that_it_is_not_fixed() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let dispatcher = sample::acting(Role::Dispatcher, sample::COUNTY);
    let say = |receipt: &str| SayNotFixedRequest {
        receipt: receipt.to_owned(),
        message: "夜里又开工了。".into(),
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, say("0000000000000000"));
    assert_eq!(code(client.say_not_fixed(request).await), "tip.receipt_unknown");
    desk.accept(&dispatcher, &tip.tip_id).await.expect("accepted");
    let (mut client, request) = desk.asks(&Actor::Citizen, say(&tip.receipt));
    assert_eq!(code(client.say_not_fixed(request).await), "tip.outcome_not_told");
    assert!(!desk.status(&tip.receipt).await.expect("found").may_say_not_fixed);
    let tell = TellOutcomeRequest {
        tip_id: tip.tip_id.clone(),
        text: "已依法取缔。".into(),
    };
    desk.case_is_over(&tip.receipt).await;
    let (mut client, request) = desk.asks(&dispatcher, tell);
    client.tell_outcome(request).await.expect("told");
    assert!(desk.status(&tip.receipt).await.expect("found").may_say_not_fixed);
    let (mut client, request) = desk.asks(&Actor::Citizen, say(&tip.receipt));
    client.say_not_fixed(request).await.expect("said");
    let (mut client, request) = desk.asks(&Actor::Citizen, say(&tip.receipt));
    assert_eq!(
        code(client.say_not_fixed(request).await),
        "tip.already_said_not_fixed"
    );
    let content = desk.read(&dispatcher, &tip.tip_id).await.expect("read");
    assert_eq!(content.messages[0].text, "夜里又开工了。");
    let stream = desk.town.stream(&format!("tip-{}", tip.tip_id)).await;
    assert!(stream.iter().all(|fact| !fact.data.to_string().contains("开工")));
    desk.close().await;
}

#[tokio::test]
async fn danger_that_is_added_later_is_a_fact_of_its_own_once() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let stream = format!("tip-{}", tip.tip_id);
    let add = |message: &str, photos| AddToTipRequest {
        receipt: tip.receipt.clone(),
        message: message.to_owned(),
        photos,
        danger: true,
        answer_to: None,
    };
    let broken = mingcha_proto::intake::Attachment {
        data: b"<script>".to_vec(),
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, add("", vec![broken]));
    assert_eq!(code(client.add_to_tip(request).await), "platform.bad_shape");
    assert_eq!(
        desk.town.names(&stream).await,
        ["tip.received.v1", "tip.danger_raised.v1"],
        "no photo holds up an alarm"
    );
    let (mut client, request) = desk.asks(&Actor::Citizen, add("着火了", vec![]));
    client.add_to_tip(request).await.expect("added");
    let (mut client, request) = desk.asks(&Actor::Citizen, add("", vec![]));
    client.add_to_tip(request).await.expect("danger alone is enough");
    assert_eq!(
        desk.town.names(&stream).await[1..],
        ["tip.danger_raised.v1", "tip.reporter_wrote.v1"]
    );
    assert!(desk.status(&tip.receipt).await.expect("found").urgent);
    desk.close().await;
}

#[tokio::test]
async fn danger_that_the_desk_hears_of_is_raised_by_the_desk() {
    let desk = Desk::open().await;
    let tip = desk.receive(a_report()).await;
    let raise = RaiseDangerRequest {
        tip_id: tip.tip_id.clone(),
    };
    let (mut client, request) = desk.asks(&Actor::Citizen, raise.clone());
    assert_eq!(code(client.raise_danger(request).await), "platform.wrong_role");
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let (mut client, request) = desk.asks(&handler, raise.clone());
    assert_eq!(code(client.raise_danger(request).await), "tip.not_danger_raiser");
    let operator = sample::acting(Role::Operator, sample::OFFICE);
    let (mut client, request) = desk.asks(&operator, raise);
    client.raise_danger(request).await.expect("raised");
    assert!(desk.status(&tip.receipt).await.expect("found").urgent);
    desk.close().await;
}
