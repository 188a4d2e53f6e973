//! What may be asked of a disposal.

use crate::{Class, Measure, Party, Place, Receiver, RelapseLink};
use jurisdiction::{Against, CaseId, EvidenceId, UnitCode, Urgency};
use serde::Deserialize;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum DisposalCommand {
    Order(OrderDisposal),
    NoteConflict(NoteConflict),
    HandOver(HandOver),
    Merge(MergeDisposal),
    TakeApart(TakeApart),
    Absorb(AbsorbDisposal),
    MakeUrgent(MakeUrgent),
    Reclassify(Reclassify),
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
    ConfirmRelapse(ConfirmRelapse),
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

/// The case has another owner; sent by a policy.
#[derive(Clone, Debug)]
pub struct HandOver {
    pub to: UnitCode,
    pub reason: String,
}

/// The case goes on in another one, whose disposal prescribes the same; sent by a policy.
#[derive(Clone, Debug)]
pub struct MergeDisposal {
    pub into: CaseId,
}

/// The cases were taken apart again; sent by a policy.
#[derive(Clone, Debug)]
pub struct TakeApart {}

/// Another case goes on in this one, with so much undone; sent by a policy.
#[derive(Clone, Debug)]
pub struct AbsorbDisposal {
    pub from: CaseId,
    pub measures: Vec<Measure>,
}

/// The case became urgent; sent by a policy.
#[derive(Clone, Debug)]
pub struct MakeUrgent {}

/// The new case of a relapse was confirmed; sent by a policy.
#[derive(Clone, Debug)]
pub struct ConfirmRelapse {
    pub new_case: CaseId,
}

/// Put a wrong class right, as a level that reviews.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reclassify {
    pub class: Class,
    pub basis: String,
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
    /// Those pictures of it that were shown elsewhere, filled in by the service.
    #[serde(skip)]
    pub elsewhere: Vec<EvidenceId>,
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
pub struct PassSpotCheck {
    /// What was looked at.
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub evidence: Vec<EvidenceId>,
    /// Those pictures of it that were shown elsewhere, filled in by the service.
    #[serde(skip)]
    pub elsewhere: Vec<EvidenceId>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailSpotCheck {
    /// What has to be done again; at least one.
    pub measures: Vec<Measure>,
    pub finding: String,
    /// Pictures of what was found.
    #[serde(default)]
    pub evidence: Vec<EvidenceId>,
    /// Those pictures of it that were shown elsewhere, filled in by the service.
    #[serde(skip)]
    pub elsewhere: Vec<EvidenceId>,
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
    /// Those pictures of it that were shown elsewhere, filled in by the service.
    #[serde(skip)]
    pub elsewhere: Vec<EvidenceId>,
}

/// It is back. The service fills in the id of the new case, so that a repetition names the same one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRelapse {
    pub new_case: CaseId,
    pub link: RelapseLink,
    pub note: String,
    /// Where it is now; needed unless it is the old site.
    #[serde(default)]
    pub place: Option<Place>,
    /// By what name it goes now.
    #[serde(default)]
    pub enterprise: Option<String>,
}

/// 警示曝光, to be approved by somebody else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposeExposure {
    pub enterprise: String,
    pub facts: String,
    /// Whom the inspections of the case met, filled in by the service.
    #[serde(skip)]
    pub parties: Vec<String>,
}

/// Approve what was proposed, as it was proposed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishExposure {
    /// Whom the inspections of the case met, filled in by the service.
    #[serde(skip)]
    pub parties: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawExposure {
    pub reason: String,
}
