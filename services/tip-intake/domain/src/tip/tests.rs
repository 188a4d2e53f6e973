//! Given/when/then of the tip.

mod answering;
mod conflict;
mod danger;
mod erasure;
mod identity;
mod linking;
mod open_words;
mod placing;
mod properties;
mod receiving;
mod review;
mod reward;
mod screening;
mod transcribing;

use super::*;
use crate::{
    AcceptTip, AddEvidence, Authenticity, Compartment, Coordinates, FoundCase, LinkTip, MoveTip,
    NoteConflict, ReceiveTip, RejectTip, RejectionReason, SayNotFixed, Sealed, SendReply, TellOutcome,
    UnlinkTip, WriteAsReporter,
};
use decider::scenario::Scenario;
use jurisdiction::{Actor, Role, UnitCode, Urgency, sample};

fn a_report() -> ReceiveTip {
    ReceiveTip {
        channel: Channel::Web,
        line: None,
        authenticity: Authenticity::Unsigned,
        place: Place {
            text: "胡集镇老砖瓦厂院内".into(),
            coordinates: None,
            division: Some(UnitCode::of(sample::TOWNSHIP)),
        },
        seen: vec![crate::Seen::Barrels, crate::Seen::Smell],
        seen_when: "每天夜里".into(),
        recordings: vec![],
        in_words: true,
        evidence: vec![EvidenceId::sample(1)],
        confidential: false,
        wants_answer: true,
        danger: false,
        receipt_hash: "ab".repeat(32),
        identity: None,
        content: Some(Sealed::sample(Compartment::Content, "narrative")),
        against: None,
    }
}

fn an_acceptance() -> AcceptTip {
    AcceptTip {
        case: CaseId::sample(7),
        opens_case: true,
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: None,
        urgency: Urgency::Normal,
        found: FoundCase::Nothing,
    }
}

fn received() -> Scenario<Tip> {
    Scenario::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(a_report()))
        .then_done()
}
fn dispatcher() -> Actor {
    sample::acting(Role::Dispatcher, sample::OFFICE)
}
