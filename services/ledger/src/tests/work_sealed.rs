//! The work list of those who keep what is sealed: identities to open, rewards to agree to and to pay, calls to write down.

use super::History;
use crate::query::work;
use jurisdiction::sample::{CITY, COUNTY, DISCIPLINE, OFFICE, SUPERVISION, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, Role, StaffId, TipId, UnitCode};
use mingcha_proto::ledger::{WorkItem, WorkListRequest};
use serde_json::json;

fn of_kind(history: &History, actor: &Actor, kind: &str) -> Vec<WorkItem> {
    let request = WorkListRequest {
        kind: Some(kind.to_owned()),
        ..WorkListRequest::default()
    };
    let answer = history.ledger().ask(actor, &request, work::list);
    answer.expect("a work list").items
}
fn happened(history: &mut History, name: &str) {
    let mut fact = super::goldens::golden_of(name);
    if name == "tip.received.v1" {
        fact["place"]["division"] = json!(VILLAGE);
        fact["channel"] = json!("phone");
        // Nothing but a recording.
        fact["content"] = json!(null);
    }
    let stream = format!("tip-{}", TipId::sample(1));
    history.later(1).stored(&stream, name, fact);
}
/// Facts of the history are by the dispatcher of the office.
fn asker() -> Actor {
    acting(Role::Dispatcher, OFFICE)
}
fn second_inspector() -> Actor {
    Actor::staff(
        StaffId::of("inspector-2"),
        UnitCode::of(DISCIPLINE),
        Role::Inspector,
    )
}

#[test]
fn a_request_for_an_identity_waits_for_a_second_custodian_and_then_for_the_first() {
    let mut history = History::new();
    happened(&mut history, "tip.received.v1");
    happened(&mut history, "tip.identity_reveal_requested.v1");
    let to_approve = |history: &History, actor: &Actor| of_kind(history, actor, "reveal_to_approve");
    for custodian in [
        acting(Role::Leader, CITY),
        acting(Role::Leader, OFFICE),
        acting(Role::Inspector, DISCIPLINE),
        second_inspector(),
    ] {
        let items = to_approve(&history, &custodian);
        assert_eq!(items.len(), 1, "{custodian}");
        assert_eq!(items[0].what, "核实举报人遭打击报复的情况");
        assert_eq!(items[0].tip_id, Some(TipId::sample(1).to_string()));
    }
    for other in [
        asker(),
        acting(Role::Leader, COUNTY),
        acting(Role::Supervisor, SUPERVISION),
        acting(Role::Handler, TOWNSHIP),
        acting(Role::Operator, OFFICE),
    ] {
        assert!(to_approve(&history, &other).is_empty(), "{other}");
    }
    let to_open = |history: &History| of_kind(history, &asker(), "identity_to_open");
    assert!(to_open(&history).is_empty());
    happened(&mut history, "tip.identity_reveal_approved.v1");
    assert!(to_approve(&history, &acting(Role::Leader, CITY)).is_empty());
    let opens = to_open(&history);
    assert_eq!(opens[0].due.as_deref(), Some("2020-06-02T01:00:00Z"));
    assert!(of_kind(&history, &second_inspector(), "identity_to_open").is_empty());
    let mut expired = History::new();
    happened(&mut expired, "tip.received.v1");
    happened(&mut expired, "tip.identity_reveal_requested.v1");
    happened(&mut expired, "tip.identity_reveal_approved.v1");
    expired.later(48);
    assert!(to_open(&expired).is_empty(), "the agreement has lapsed");
    happened(&mut history, "tip.identity_revealed.v1");
    assert!(to_open(&history).is_empty());
}

#[test]
fn a_refused_request_and_an_erased_reporter_wait_for_nobody() {
    for end in ["tip.identity_reveal_refused.v1", "tip.reporter_erased.v1"] {
        let mut history = History::new();
        happened(&mut history, "tip.received.v1");
        happened(&mut history, "tip.identity_reveal_requested.v1");
        happened(&mut history, end);
        let city = acting(Role::Leader, CITY);
        assert!(of_kind(&history, &city, "reveal_to_approve").is_empty(), "{end}");
    }
}

#[test]
fn a_reward_waits_for_a_leader_of_the_city_and_then_to_be_paid() {
    let mut history = History::new();
    happened(&mut history, "tip.received.v1");
    happened(&mut history, "tip.reward_proposed.v1");
    let to_approve = |history: &History, actor: &Actor| of_kind(history, actor, "reward_to_approve");
    let items = to_approve(&history, &acting(Role::Leader, CITY));
    assert_eq!(items[0].what, "奖励 15000.00 元");
    assert!(to_approve(&history, &acting(Role::Leader, COUNTY)).is_empty());
    assert!(to_approve(&history, &asker()).is_empty());
    happened(&mut history, "tip.reward_approved.v1");
    assert!(to_approve(&history, &acting(Role::Leader, CITY)).is_empty());
    assert_eq!(of_kind(&history, &asker(), "reward_to_pay").len(), 1);
    let handler = acting(Role::Handler, TOWNSHIP);
    assert!(of_kind(&history, &handler, "reward_to_pay").is_empty());
    happened(&mut history, "tip.reward_paid.v1");
    assert!(of_kind(&history, &asker(), "reward_to_pay").is_empty());
}

#[test]
fn a_recorded_call_waits_for_an_operator_to_write_it_down() {
    let mut history = History::new();
    happened(&mut history, "tip.received.v1");
    let to_write = |history: &History, role| of_kind(history, &acting(role, OFFICE), "transcript_to_record");
    assert_eq!(to_write(&history, Role::Operator).len(), 1);
    assert!(to_write(&history, Role::Leader).is_empty());
    happened(&mut history, "tip.transcript_recorded.v1");
    assert!(to_write(&history, Role::Operator).is_empty());
}

#[test]
fn a_call_that_was_only_recorded_waits_for_an_operator_as_well() {
    let mut history = History::new();
    happened(&mut history, "tip.received.v1");
    happened(&mut history, "tip.transcript_recorded.v1");
    happened(&mut history, "tip.recording_added.v1");
    let items = of_kind(&history, &acting(Role::Operator, OFFICE), "transcript_to_record");
    assert_eq!(
        (items[0].title.as_str(), items[0].what.as_str()),
        ("整理来电内容", "来电没有文字，请听录音后写成文字")
    );
    happened(&mut history, "tip.transcript_recorded.v1");
    let operator = acting(Role::Operator, OFFICE);
    assert!(of_kind(&history, &operator, "transcript_to_record").is_empty());
}

#[test]
fn an_exposure_waits_for_somebody_else_who_leads_the_city() {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), Some(TOWNSHIP));
    let case = jurisdiction::CaseId::sample(1).to_string();
    let mut tell = |name: &str| {
        let fact = super::goldens::golden_of(name);
        history.later(1).stored(&format!("disposal-{case}"), name, fact);
        let waiting = |actor: Actor| {
            let items = of_kind(&history, &actor, "exposure_to_publish");
            items
                .into_iter()
                .filter_map(|item| item.case_id)
                .collect::<Vec<_>>()
        };
        [
            acting(Role::Leader, CITY),
            acting(Role::Leader, OFFICE),
            acting(Role::Leader, COUNTY),
        ]
        .map(waiting)
    };
    tell("disposal.ordered.v1");
    let [city, office, county] = tell("disposal.exposure_proposed.v1");
    assert_eq!((city, office), (vec![case.clone()], vec![case.clone()]));
    assert!(
        county.is_empty(),
        "what the whole city reads the city answers for"
    );
    assert!(tell("disposal.exposure_published.v1").iter().all(Vec::is_empty));
}
