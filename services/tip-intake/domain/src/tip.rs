//! The tip: state, decisions, evolution.

mod answering;
mod evolution;
mod receiving;
mod rights;
mod screening;

use crate::{Channel, Place, TipCommand, TipEvent, TipRefusal};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{CaseId, EvidenceId};
use serde::Serialize;

const LONGEST_TEXT: usize = 2000;

/// Where the screening of a tip stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing happened yet: the stream is empty.
    #[default]
    Absent,
    Received,
    Accepted {
        case: CaseId,
    },
    Rejected {
        told: String,
    },
    Diverted {
        authority: String,
        told: String,
    },
}

/// What a tip amounts to so far.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TipState {
    pub progress: Progress,
    pub received_at: Option<Timestamp>,
    pub channel: Option<Channel>,
    pub place: Place,
    pub urgent: bool,
    pub confidential: bool,
    pub wants_answer: bool,
    pub receipt_hash: String,
    pub evidence: Vec<EvidenceId>,
    /// Messages by the reporter after filing; the texts are sealed.
    pub reporter_messages: usize,
    /// What the reporter was told, oldest first.
    pub replies: Vec<Reply>,
    pub outcome_told: bool,
}

/// Something said to the reporter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reply {
    pub at: Timestamp,
    pub text: String,
}

type Decision = Result<Vec<TipEvent>, TipRefusal>;

/// The aggregate.
#[derive(Debug)]
pub struct Tip;

impl Decider for Tip {
    const CATEGORY: &'static str = "tip";
    type State = TipState;
    type Command = TipCommand;
    type Event = TipEvent;
    type Refusal = TipRefusal;

    fn decide(state: &TipState, command: &TipCommand, given: Given<'_>) -> Decision {
        if let TipCommand::Receive(command) = command {
            return receiving::receive(state, command, given);
        }
        if state.progress == Progress::Absent {
            return Err(TipRefusal::NotReceived);
        }
        match command {
            TipCommand::Receive(_) => Err(TipRefusal::AlreadyReceived),
            TipCommand::AddEvidence(command) => receiving::add_evidence(state, command),
            TipCommand::WriteAsReporter(command) => answering::write_as_reporter(command),
            TipCommand::SendReply(command) => answering::send_reply(state, command, given),
            TipCommand::Accept(command) => screening::accept(state, command, given),
            TipCommand::Reject(command) => screening::reject(state, command, given),
            TipCommand::Divert(command) => screening::divert(state, command, given),
            TipCommand::TellOutcome(command) => answering::tell_outcome(state, command, given),
        }
    }

    fn evolve(state: &mut TipState, event: &TipEvent, stamp: &Stamp) {
        evolution::evolve(state, event, stamp);
    }
}

/// Words that somebody will read: not blank, not endless.
fn words(text: &str, missing: TipRefusal) -> Result<String, TipRefusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > LONGEST_TEXT => Err(TipRefusal::TextTooLong),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
