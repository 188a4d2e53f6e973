//! What may be asked of a disposal.

use crate::{Class, Measure, Party, Receiver, RelapseLink};
use jurisdiction::{Against, CaseId, EvidenceId, UnitCode, Urgency};
use serde::Deserialize;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum DisposalCommand {
    Order(OrderDisposal),
    NoteConflict(NoteConflict),
    SubmitSafetyPlan(SubmitSafetyPlan),
    ApproveSafetyPlan(ApproveSafetyPlan),
    RejectSafetyPlan(RejectSafetyPlan),
    CompleteMeasure(CompleteMeasure),
    ReferParty(ReferParty),
    AnswerReferral(AnswerReferral),
    PassReview(PassReview),
    FailReview(FailReview),
    DrawSpotCheck(DrawSpotCheck),
    PassSpotCheck(PassSpotCheck),
    FailSpotCheck(FailSpotCheck),
    Reopen(ReopenDisposal),
    RaiseRecheck(RaiseRecheck),
    PassRecheck(PassRecheck),
    ReportRelapse(ReportRelapse),
    ProposeExposure(ProposeExposure),
    PublishExposure(PublishExposure),
    WithdrawExposure(WithdrawExposure),
}

/// The case is confirmed; sent by a policy.
#[derive(Clone, Debug)]
pub struct OrderDisposal {
    pub class: Class,
    pub unit: UnitCode,
    pub place: String,
    pub summary: String,
    pub urgency: Urgency,
    pub against: Against,
}

/// A reporter sees that it is not fixed; sent by a policy.
#[derive(Clone, Debug)]
pub struct ReopenDisposal {
    pub reason: String,
}

/// The case is about somebody else as well; sent by a policy.
#[derive(Clone, Debug)]
pub struct NoteConflict {
    pub against: Against,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitSafetyPlan {
    pub risks: String,
    pub measures: String,
    pub responsible: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproveSafetyPlan {}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectSafetyPlan {
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompleteMeasure {
    pub measure: Measure,
    pub before: Vec<EvidenceId>,
    pub after: Vec<EvidenceId>,
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferParty {
    pub party: Party,
    pub to: Receiver,
    pub grounds: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerReferral {
    pub referral: u32,
    pub result: String,
}

/// Sign for one's own level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassReview {}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailReview {
    pub reason: String,
    /// What has to be done again; at least one.
    pub measures: Vec<Measure>,
}

/// By the policy that follows a public draw; by the supervision group only for what must not be on a public list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawSpotCheck {
    pub seed: String,
    pub round: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassSpotCheck {}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailSpotCheck {
    /// What has to be done again; at least one.
    pub measures: Vec<Measure>,
    pub finding: String,
}

/// So many days have passed since closing; sent by a policy.
#[derive(Clone, Debug)]
pub struct RaiseRecheck {
    pub after_days: u16,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassRecheck {
    pub after_days: u16,
    #[serde(default)]
    pub note: String,
    pub evidence: Vec<EvidenceId>,
}

/// It is back. The service fills in the id of the new case, so that a repetition names the same one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRelapse {
    pub new_case: CaseId,
    pub link: RelapseLink,
    pub note: String,
}

/// 警示曝光, to be approved by somebody else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposeExposure {
    pub enterprise: String,
    pub facts: String,
}

/// Approve what was proposed, as it was proposed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishExposure {}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawExposure {
    pub reason: String,
}
