//! What may be asked of a case.

use crate::{
    Class, Classification, Coordinates, Finding, FiveChecks, Method, Origin, Party, Place, Premises,
    ThreeChecks,
};
use jiff::Timestamp;
use jurisdiction::{EvidenceId, TipId, UnitCode, Urgency};
use serde::Deserialize;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum CaseCommand {
    Open(OpenCase),
    LinkTip(LinkTip),
    Assign(AssignCase),
    AddCoHandler(AddCoHandler),
    Acknowledge(AcknowledgeCase),
    Return(ReturnCase),
    Designate(DesignateCase),
    Reassign(ReassignCase),
    RecordInspection(RecordInspection),
    RequestIdentification(RequestIdentification),
    Identify(IdentifySite),
    Classify(ClassifySite),
    ReviewCleanFinding(ReviewCleanFinding),
    CloseDisposed(CloseDisposed),
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
}

/// Another accepted tip of the same site; sent by a policy.
#[derive(Clone, Debug)]
pub struct LinkTip {
    pub tip: TipId,
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
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddCoHandler {
    pub unit: UnitCode,
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

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordInspection {
    pub went: Vec<String>,
    pub inspected_at: Timestamp,
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
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
    /// Only for what is not a small chemical works: the department competent for it.
    #[serde(default)]
    pub refer_to: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassifySite {
    pub class: Classification,
    pub basis: String,
    /// Only for what is not a small chemical works: the department competent for it.
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
