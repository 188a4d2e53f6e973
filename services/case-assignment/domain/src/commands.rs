//! What may be asked of a case.

use crate::{
    CaseState, Class, Classification, Coordinates, Finding, FiveChecks, Method, Origin, Party, Place,
    Premises, ThreeChecks,
};
use jiff::Timestamp;
use jurisdiction::{Against, CaseId, EvidenceId, Obligation, TipId, UnitCode, Urgency};
use serde::Deserialize;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum CaseCommand {
    Open(OpenCase),
    LinkTip(LinkTip),
    /// More became known of a tip that is here. Heard again after the tip has left, it does not bring the tip back.
    LearnOfTip(LinkTip),
    UnlinkTip(UnlinkTip),
    Merge(MergeCase),
    Absorb(AbsorbCase),
    Assign(AssignCase),
    AddCoHandler(AddCoHandler),
    RemoveCoHandler(RemoveCoHandler),
    Acknowledge(AcknowledgeCase),
    Return(ReturnCase),
    Designate(DesignateCase),
    Reassign(ReassignCase),
    RequestExtension(RequestExtension),
    GrantExtension(GrantExtension),
    RefuseExtension(RefuseExtension),
    RecordInspection(RecordInspection),
    RequestIdentification(RequestIdentification),
    Identify(IdentifySite),
    Classify(ClassifySite),
    ReviewCleanFinding(ReviewCleanFinding),
    CloseDisposed(CloseDisposed),
    CorrectClass(CorrectClass),
    Reopen(ReopenCase),
}

/// By a policy for tips and relapses, by a dispatcher for everything else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    pub origin: Origin,
    pub summary: String,
    #[serde(default)]
    pub enterprise: Option<String>,
    pub place: Place,
    #[serde(default)]
    pub urgency: Urgency,
    #[serde(default)]
    pub confidential: bool,
    /// Whom it is about, as far as known.
    #[serde(default)]
    pub against: Against,
}

/// Another accepted tip of the same site; sent by a policy.
#[derive(Clone, Debug)]
pub struct LinkTip {
    pub tip: TipId,
    /// Whom the tip is about.
    pub against: Against,
    pub urgency: Urgency,
    pub confidential: bool,
}

/// The tip does not belong here; sent by a policy.
#[derive(Clone, Debug)]
pub struct UnlinkTip {
    pub tip: TipId,
}

/// This case and another are the same site: the other one goes on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeCase {
    pub into: CaseId,
    pub reason: String,
    /// The other case as it stands, filled in by the service; `None` if there is none, or it is this one.
    #[serde(skip)]
    pub survivor: Option<Box<CaseState>>,
}

/// Another case was merged into this one: what it knew must not be lost with it; sent by a policy.
#[derive(Clone, Debug)]
pub struct AbsorbCase {
    pub tips: Vec<TipId>,
    pub against: Against,
    pub urgency: Urgency,
    pub confidential: bool,
    /// Who worked on it, the owner included.
    pub co_handlers: Vec<UnitCode>,
}

/// Give the case to a unit below, or to a department of one's own level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignCase {
    pub to: UnitCode,
    #[serde(default)]
    pub instructions: String,
    #[serde(default)]
    pub co_handlers: Vec<UnitCode>,
    /// Makes it urgent; nobody takes the urgency from a case that has it.
    #[serde(default)]
    pub urgent: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddCoHandler {
    pub unit: UnitCode,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveCoHandler {
    pub unit: UnitCode,
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeCase {}

/// Not ours: back to who assigned it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnCase {
    pub reason: String,
}

/// Decide, as the level above, whose case it is once and for all.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DesignateCase {
    pub to: UnitCode,
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReassignCase {
    pub to: UnitCode,
    pub reason: String,
}

/// The running clock of an obligation, as accountability knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub clock: String,
    /// Whose obligation it is.
    pub unit: UnitCode,
    pub due: Timestamp,
}

/// More time for one obligation, asked for by the unit whose it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestExtension {
    pub obligation: Obligation,
    pub to: Timestamp,
    pub reason: String,
    /// Filled in by the service; `None` if no such clock runs.
    #[serde(skip)]
    pub deadline: Option<Deadline>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantExtension {
    pub obligation: Obligation,
    /// As the clock stands now, filled in by the service.
    #[serde(skip)]
    pub deadline: Option<Deadline>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseExtension {
    pub obligation: Obligation,
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordInspection {
    pub went: Vec<String>,
    pub inspected_at: Timestamp,
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    /// Why there are none, if there are none.
    #[serde(default)]
    pub no_coordinates: String,
    pub method: Method,
    pub premises: Premises,
    pub five: FiveChecks,
    #[serde(default)]
    pub three: Option<ThreeChecks>,
    #[serde(default)]
    pub parties: Vec<Party>,
    pub finding: Finding,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub evidence: Vec<EvidenceId>,
    /// Those of the pictures that another case rests on; filled in by the service.
    #[serde(skip)]
    pub elsewhere: Vec<EvidenceId>,
}

/// Say what is in doubt; the county decides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestIdentification {
    pub doubt: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentifySite {
    pub small_chemical: bool,
    /// Only for a small chemical works; may be left to the classification.
    #[serde(default)]
    pub class: Option<Class>,
    pub basis: String,
    /// Only for what is not a small chemical works: the department competent for it, by the code of its
    /// unit or, beyond the directory, by its name.
    #[serde(default)]
    pub refer_to: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassifySite {
    pub class: Classification,
    pub basis: String,
    /// Only for what is not a small chemical works: the department competent for it, by the code of its
    /// unit or, beyond the directory, by its name.
    #[serde(default)]
    pub refer_to: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewCleanFinding {
    pub agreed: bool,
    /// Needed if the review does not agree.
    #[serde(default)]
    pub note: String,
}

/// The disposal is closed; sent by a policy.
#[derive(Clone, Debug)]
pub struct CloseDisposed {}

/// By a person if it was closed without disposal; by a policy if a spot check overturned the disposal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReopenCase {
    pub reason: String,
}

/// Its disposal was reclassified; sent by a policy.
#[derive(Clone, Debug)]
pub struct CorrectClass {
    pub class: Class,
    pub basis: String,
}
