//! The tip: state, decisions, evolution.

mod answering;
mod conflict;
mod danger;
mod erasure;
mod evolution;
mod identity;
mod linking;
mod placing;
mod receiving;
mod review;
mod reward;
mod rights;
mod screening;
mod transcribing;

use crate::{Channel, Place, TipCommand, TipEvent, TipRefusal};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Actor, Against, CaseId, EvidenceId, names_somebody};
use serde::Serialize;

pub use erasure::Erased;
pub use identity::{Reveal, RevealAnswer, kept as identity_is_kept};
pub use review::Review;
pub use reward::{Reward, RewardProgress, SiteStanding, eligible as may_be_rewarded};

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
    /// Since when it waits to be screened, the last time that it did.
    pub waits_since: Option<Timestamp>,
    /// When it was taken up or turned down, the last time that it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screened_at: Option<Timestamp>,
    pub channel: Option<Channel>,
    pub place: Place,
    /// The reporter named no area; whoever takes calls may.
    #[serde(skip)]
    pub unplaced: bool,
    /// Somebody spoke of danger.
    pub urgent: bool,
    /// And not at once, but when the tip was here already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub danger_came_later: bool,
    pub confidential: bool,
    pub wants_answer: bool,
    /// Whom it is about; for them it does not exist.
    pub against: Against,
    pub receipt_hash: String,
    pub evidence: Vec<EvidenceId>,
    /// Recordings of the call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recordings: Vec<EvidenceId>,
    /// The tip says something in words: the narrative, or a call that was written down.
    #[serde(skip)]
    pub in_words: bool,
    /// When the reporter wrote after filing, oldest first; the texts are sealed.
    pub reporter_wrote: Vec<Timestamp>,
    /// What the reporter was told, oldest first.
    pub replies: Vec<Reply>,
    pub outcome_told: bool,
    /// Who turned it down, if anybody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turned_down_by: Option<Actor>,
    /// The last time that it was to be screened again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The reporter said once that it should have been taken up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub objected: bool,
    /// The reporter said so, and has not been told a new outcome since.
    pub not_fixed: bool,
    /// Whether the reporter left a way to be reached; the way itself is sealed.
    pub has_identity: bool,
    /// Every request to open the identity, oldest first.
    pub reveals: Vec<Reveal>,
    pub erased: Erased,
    /// Every proposed reward, oldest first.
    pub rewards: Vec<Reward>,
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
        // Whom it is about learns no more than of a tip that does not exist.
        if state.progress == Progress::Absent || state.against.hides_from(given.by, given.jurisdiction) {
            return Err(TipRefusal::NotReceived);
        }
        match command {
            TipCommand::Receive(_) => Err(TipRefusal::AlreadyReceived),
            TipCommand::AddEvidence(command) => receiving::add_evidence(state, command),
            TipCommand::WriteAsReporter(command) => answering::write_as_reporter(state, command),
            TipCommand::SendReply(command) => answering::send_reply(state, command, given),
            TipCommand::Accept(command) => screening::accept(state, command, given),
            TipCommand::Reject(command) => screening::reject(state, command, given),
            TipCommand::Divert(command) => screening::divert(state, command, given),
            TipCommand::TellOutcome(command) => answering::tell_outcome(state, command, given),
            TipCommand::NoteConflict(command) => conflict::note(state, command, given),
            TipCommand::SayNotFixed(command) => answering::say_not_fixed(state, command),
            TipCommand::ObjectToScreening(command) => review::object(state, command, given),
            TipCommand::Reconsider(command) => review::reconsider(state, command, given),
            TipCommand::Link(command) => linking::link(state, command, given),
            TipCommand::Move(command) => linking::go_along(state, command, given),
            TipCommand::Unlink(command) => linking::unlink(state, command, given),
            TipCommand::AddRecording(command) => transcribing::add_recording(state, command, given),
            TipCommand::RecordTranscript(command) => transcribing::record(state, command, given),
            TipCommand::Place(command) => placing::place(state, command, given),
            TipCommand::RequestReveal(command) => identity::request(state, command, given),
            TipCommand::ApproveReveal => identity::approve(state, given),
            TipCommand::RefuseReveal(command) => identity::refuse(state, command, given),
            TipCommand::RevealIdentity => identity::open(state, given),
            TipCommand::EraseReporter(command) => erasure::erase(state, command, given),
            TipCommand::ProposeReward(command) => reward::propose(state, command, given),
            TipCommand::ApproveReward(command) => reward::approve(state, command, given),
            TipCommand::RefuseReward(command) => reward::refuse(state, command, given),
            TipCommand::RecordRewardPaid => reward::pay(state, given),
            TipCommand::RaiseDanger => danger::raise(state, given),
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

/// Words that stay in the history in clear: nothing in them may lead to anybody, however the digits were typed.
fn open_words(text: &str, missing: TipRefusal, personal: TipRefusal) -> Result<String, TipRefusal> {
    let text = words(text, missing)?;
    no_person_in(&text, personal)?;
    Ok(text)
}

/// Old phones type full-width digits.
fn no_person_in(text: &str, personal: TipRefusal) -> Result<(), TipRefusal> {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    let text: String = text.chars().map(narrow).collect();
    if names_somebody(&text) {
        Err(personal)
    } else {
        Ok(())
    }
}

/// Words about a reporter that stay in the history in clear: nothing in them may lead to the reporter.
fn plain_reason(text: &str, missing: TipRefusal) -> Result<String, TipRefusal> {
    const SHORTEST_NUMBER: usize = 7;
    let text = words(text, missing)?;
    let mut runs = text.split(|c: char| !(c.is_ascii_digit() || ('０'..='９').contains(&c)));
    if text.contains(['@', '＠']) || runs.any(|run| run.chars().count() >= SHORTEST_NUMBER) {
        return Err(TipRefusal::NumbersInReason);
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
