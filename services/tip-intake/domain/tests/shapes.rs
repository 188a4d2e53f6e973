//! What a dispatcher writes is neither blank nor endless, and names places that exist.

use decider::scenario::Scenario;
use jurisdiction::{EvidenceId, Role, sample};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tip_domain::{AddEvidence, Tip, TipCommand, TipEvent, TipRefusal};

/// A tip as it was first stored; whatever is added to the event later, this stays readable.
fn received() -> Scenario<Tip> {
    let stored = include_str!("golden/tip.received.v1.json");
    let data = serde_json::from_str(stored).expect("JSON");
    let event: TipEvent = decider::decode("tip.received.v1", data).expect("a stored tip");
    Scenario::new()
        .given([event])
        .by(sample::acting(Role::Dispatcher, sample::OFFICE))
}

fn command<C: DeserializeOwned>(fields: Value) -> C {
    serde_json::from_value(fields).expect("a command")
}

fn accept(changed: Value) -> TipCommand {
    let mut fields =
        json!({"case": uuid::Uuid::from_u128(7), "opens_case": true, "summary": "疑似生产化工产品"});
    if let (Some(fields), Value::Object(changed)) = (fields.as_object_mut(), changed) {
        fields.extend(changed);
    }
    TipCommand::Accept(command(fields))
}

#[test]
fn the_place_of_an_accepted_tip_is_short_and_known() {
    let long = accept(json!({"place": {"text": "桥".repeat(201)}}));
    received().when(&long).then_refused(TipRefusal::PlaceTooLong);
    let unknown = accept(json!({"place": {"text": "桥北", "division": "329999"}}));
    received()
        .when(&unknown)
        .then_refused(TipRefusal::UnknownDivision);
}

#[test]
fn an_accepted_tip_has_a_summary() {
    received()
        .when(&accept(json!({"summary": " "})))
        .then_refused(TipRefusal::SummaryMissing);
}

#[test]
fn a_diverted_tip_names_who_is_competent() {
    let diverted = json!({"authority": " ", "explanation": "属于治安案件"});
    received()
        .when(&TipCommand::Divert(command(diverted)))
        .then_refused(TipRefusal::AuthorityMissing);
}

#[test]
fn a_reply_says_something_and_not_too_much() {
    let reply = |text: &str| TipCommand::SendReply(command(json!({ "text": text })));
    received()
        .when(&reply("  "))
        .then_refused(TipRefusal::TextMissing);
    received()
        .when(&reply(&"长".repeat(2001)))
        .then_refused(TipRefusal::TextTooLong);
}

#[test]
fn a_tip_has_no_more_than_fifty_files() {
    let evidence = (100..151).map(EvidenceId::sample).collect();
    received()
        .when(&TipCommand::AddEvidence(AddEvidence { evidence }))
        .then_refused(TipRefusal::TooMuchEvidence);
}
