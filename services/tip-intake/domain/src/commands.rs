//! What may be asked of a tip.

use crate::{Authenticity, Channel, Compartment, Place, RejectionReason, Sealed, Seen, SiteStanding};
use jurisdiction::{Against, CaseId, EvidenceId, StaffId, UnitCode, Urgency};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum TipCommand {
    Receive(ReceiveTip),
    AddEvidence(AddEvidence),
    WriteAsReporter(WriteAsReporter),
    SendReply(SendReply),
    Accept(AcceptTip),
    Reject(RejectTip),
    Divert(DivertTip),
    TellOutcome(TellOutcome),
    /// The reporter, of a tip that was not taken up.
    ObjectToScreening(ObjectToScreening),
    Reconsider(ReconsiderTip),
    NoteConflict(NoteConflict),
    SayNotFixed(SayNotFixed),
    Link(LinkTip),
    Move(MoveTip),
    Unlink(UnlinkTip),
    AddRecording(AddRecording),
    RecordTranscript(RecordTranscript),
    Place(PlaceTip),
    RequestReveal(RequestReveal),
    ApproveReveal,
    RefuseReveal(RefuseReveal),
    /// Recorded before anything is unsealed.
    RevealIdentity,
    EraseReporter(EraseReporter),
    ProposeReward(ProposeReward),
    ApproveReward(ApproveReward),
    RefuseReward(RefuseReward),
    RecordRewardPaid,
    /// There is danger at the site now: the duty contacts are alarmed, once for a tip.
    RaiseDanger,
}

/// A new tip; reporter data is already sealed.
#[derive(Clone, Debug)]
pub struct ReceiveTip {
    pub channel: Channel,
    pub line: Option<String>,
    pub authenticity: Authenticity,
    pub place: Place,
    pub seen: Vec<Seen>,
    pub seen_when: String,
    pub evidence: Vec<EvidenceId>,
    /// Recordings of the call; already sealed and kept.
    pub recordings: Vec<EvidenceId>,
    /// Somebody took down what was said; a name typed beside a recording is not that.
    pub in_words: bool,
    pub confidential: bool,
    pub wants_answer: bool,
    pub danger: bool,
    pub receipt_hash: String,
    pub identity: Option<Sealed>,
    pub content: Option<Sealed>,
    /// Whom it is about, if it is about a unit or an official; empty if the reporter does not say which.
    pub against: Option<Against>,
}

#[derive(Clone, Debug)]
pub struct AddEvidence {
    pub evidence: Vec<EvidenceId>,
}

/// The reporter writes again, against the receipt.
#[derive(Clone, Debug)]
pub struct WriteAsReporter {
    pub message: Sealed,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendReply {
    pub text: String,
}

/// Take the tip up: as a new case, or as another tip of an existing one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptTip {
    pub case: CaseId,
    pub opens_case: bool,
    pub summary: String,
    #[serde(default)]
    pub enterprise: Option<String>,
    /// Corrects the reporter's place; the tip's own if absent.
    #[serde(default)]
    pub place: Option<Place>,
    #[serde(default)]
    pub urgency: Urgency,
    /// What there is under the id of a case that the tip is to join. Filled in by the service.
    #[serde(skip)]
    pub found: FoundCase,
}

/// A case that a tip is of or is to join, as the one who acts sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FoundCase {
    /// There is none, or none that this person may know of.
    #[default]
    Nothing,
    Open,
    Closed,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectTip {
    pub reason: RejectionReason,
    pub explanation: String,
}

/// Not ours: name who is competent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DivertTip {
    pub authority: String,
    pub explanation: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellOutcome {
    pub text: String,
    /// The case whose outcome it is: nobody is told that of one that the tip has left. Filled in by a policy.
    #[serde(skip)]
    pub of: Option<CaseId>,
    /// What was verified, while the disposal is under way. Filled in by a policy.
    #[serde(skip)]
    pub interim: bool,
    /// How far the case is that the tip is of now. Filled in by the service; policies know it from what they follow.
    #[serde(skip)]
    pub case: FoundCase,
}

/// The tip turns out to be about a unit or an official 回避.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteConflict {
    #[serde(default)]
    pub units: BTreeSet<UnitCode>,
    #[serde(default)]
    pub persons: BTreeSet<StaffId>,
}

/// The outcome is not what the reporter sees at the site.
#[derive(Clone, Debug)]
pub struct SayNotFixed {
    pub message: Option<Sealed>,
}

/// The tip should have been taken up, says the reporter.
#[derive(Clone, Debug)]
pub struct ObjectToScreening {
    pub message: Option<Sealed>,
}

/// The level above screens again what was not taken up 复核甄审.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReconsiderTip {
    pub reason: String,
}

/// Join a tip that is of no case to one that exists.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkTip {
    #[serde(rename = "case_id")]
    pub case: CaseId,
    /// What there is under that id. Filled in by the service.
    #[serde(skip)]
    pub found: FoundCase,
}

/// Cases were merged or taken apart, and the tip goes along; sent by a policy.
#[derive(Clone, Debug)]
pub struct MoveTip {
    pub from: CaseId,
    pub to: CaseId,
}

/// The tip is of another site than its case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlinkTip {
    pub reason: String,
}

/// A recording of the call, exported from the exchange; already sealed and kept.
#[derive(Clone, Debug)]
pub struct AddRecording {
    pub recording: EvidenceId,
}

/// What was said in a recorded call; already sealed.
#[derive(Clone, Debug)]
pub struct RecordTranscript {
    pub content: Sealed,
}

/// Where it is, in the words of whoever read or heard the tip.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceTip {
    pub place: Place,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestReveal {
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseReveal {
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EraseReporter {
    pub compartments: Vec<Compartment>,
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposeReward {
    pub fine_fen: u64,
    #[serde(default)]
    pub insider: bool,
    /// Whether an insider is rewarded, sealed; filled in by the service, absent if the key is destroyed.
    #[serde(skip)]
    pub standing: Option<Sealed>,
    /// What is known of the site; filled in by the service.
    #[serde(skip)]
    pub site: Option<SiteStanding>,
}

/// Agree to the proposed reward.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApproveReward {
    /// What is known of the site by now: cases may have been merged since; filled in by the service.
    pub site: Option<SiteStanding>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseReward {
    pub reason: String,
}
