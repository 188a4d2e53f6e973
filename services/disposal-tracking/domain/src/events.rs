//! What can happen to a disposal, as stored.

use crate::{Class, Measure};
use decider::StoredEvent;
use jurisdiction::{Against, CaseId, EvidenceId, Level, UnitCode, Urgency};
use serde::{Deserialize, Serialize};

/// In which capacity a party is answerable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    /// 经营者、实际控制人
    Operator,
    /// 法定代表人
    LegalRepresentative,
    /// 出租人
    Landlord,
}

/// A person or enterprise answerable for the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub role: PartyRole,
    pub name: String,
}

/// Who is to pursue a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// 公安机关: a suspected crime.
    PublicSecurity,
    /// 市场监管部门: confiscation and fines.
    MarketSupervision,
    /// 追究出租人责任
    LandlordLiability,
}

/// WGS 84, degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    pub latitude: f64,
    pub longitude: f64,
}

/// Where something turned up again. At least one of text and coordinates is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    #[serde(default)]
    pub division: Option<UnitCode>,
}

/// What ties a relapse 死灰复燃 to this case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelapseLink {
    Site,
    Person,
    Landlord,
    Product,
    Equipment,
}

/// Facts of the stream `disposal-<case id>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum DisposalEvent {
    #[serde(rename = "disposal.ordered.v1")]
    DisposalOrdered {
        class: Class,
        /// The owner of the case, who carries the measures out.
        unit: UnitCode,
        measures: Vec<Measure>,
        /// The levels that have to review before it can be closed, lowest first.
        reviews: Vec<Level>,
        /// Where it is, in words.
        place: String,
        summary: String,
        urgency: Urgency,
        /// Whom the case is about: they must not learn of it.
        #[serde(default, skip_serializing_if = "Against::is_empty")]
        against: Against,
    },
    /// The case turned out to be about these units or officials as well.
    #[serde(rename = "disposal.conflict_noted.v1")]
    ConflictNoted { against: Against },
    /// 改派: `to` carries on; who has to review follows from who has worked on it.
    #[serde(rename = "disposal.handed_over.v1")]
    DisposalHandedOver {
        to: UnitCode,
        /// The levels that have to review from now on, lowest first; all of them anew.
        reviews: Vec<Level>,
        reason: String,
    },
    /// 并案: the same measures are carried out and reviewed in the disposal of the case `into`.
    #[serde(rename = "disposal.merged.v1")]
    DisposalMerged { into: CaseId },
    /// 撤销并案: it goes on where it stood.
    #[serde(rename = "disposal.unmerged.v1")]
    DisposalUnmerged {},
    /// The case `from` was merged into this one: what is still undone there is undone here.
    #[serde(rename = "disposal.absorbed.v1")]
    DisposalAbsorbed { from: CaseId, measures: Vec<Measure> },
    /// 更正类别: the right class prescribes these measures; what is done of them stays done.
    #[serde(rename = "disposal.reclassified.v1")]
    DisposalReclassified {
        class: Class,
        measures: Vec<Measure>,
        basis: String,
    },
    /// The case became urgent: what begins from now on has the short limits.
    #[serde(rename = "disposal.made_urgent.v1")]
    MadeUrgent {},
    /// 处置安全方案
    #[serde(rename = "disposal.safety_plan_submitted.v1")]
    SafetyPlanSubmitted {
        risks: String,
        measures: String,
        responsible: String,
    },
    #[serde(rename = "disposal.safety_plan_approved.v1")]
    SafetyPlanApproved {},
    #[serde(rename = "disposal.safety_plan_rejected.v1")]
    SafetyPlanRejected { reason: String },
    #[serde(rename = "disposal.measure_completed.v1")]
    MeasureCompleted {
        measure: Measure,
        before: Vec<EvidenceId>,
        after: Vec<EvidenceId>,
        note: String,
    },
    /// Always together with the failed review or spot check, the reopening, or the merged case that reopened it.
    #[serde(rename = "disposal.measure_reopened.v1")]
    MeasureReopened { measure: Measure, reason: String },
    /// 移送
    #[serde(rename = "disposal.party_referred.v1")]
    PartyReferred {
        /// 1 for the first referral of this disposal.
        referral: u32,
        party: Party,
        to: Receiver,
        /// The department that has to answer; absent in referrals that were recorded before it was looked up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receiver: Option<UnitCode>,
        grounds: String,
    },
    #[serde(rename = "disposal.referral_answered.v1")]
    ReferralAnswered { referral: u32, result: String },
    /// 复核 and 签字背书 by one level.
    #[serde(rename = "disposal.review_passed.v1")]
    ReviewPassed { level: Level },
    /// All levels review anew once the reopened measures are done.
    #[serde(rename = "disposal.review_failed.v1")]
    ReviewFailed {
        level: Level,
        reason: String,
        measures: Vec<Measure>,
    },
    /// 销号; again after what was reopened has been put right.
    #[serde(rename = "disposal.closed.v1")]
    DisposalClosed {},
    /// 抽查: drawn by a published random seed.
    #[serde(rename = "disposal.spot_check_drawn.v1")]
    SpotCheckDrawn { seed: String, round: u32 },
    #[serde(rename = "disposal.spot_check_passed.v1")]
    SpotCheckPassed {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<EvidenceId>,
    },
    #[serde(rename = "disposal.spot_check_failed.v1")]
    SpotCheckFailed {
        measures: Vec<Measure>,
        finding: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<EvidenceId>,
    },
    /// A reporter sees that it is not fixed: everything prescribed is to be done and looked at again.
    #[serde(rename = "disposal.reopened.v1")]
    DisposalReopened { reason: String, measures: Vec<Measure> },
    /// 回头看 falls due, so many days after closing.
    #[serde(rename = "disposal.recheck_due.v1")]
    RecheckDue { after_days: u16 },
    #[serde(rename = "disposal.recheck_passed.v1")]
    RecheckPassed {
        after_days: u16,
        note: String,
        evidence: Vec<EvidenceId>,
    },
    #[serde(rename = "disposal.relapse_found.v1")]
    RelapseFound {
        /// The case that is to be opened for it.
        new_case: CaseId,
        link: RelapseLink,
        note: String,
        /// Where it is now; the old place if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Place>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        enterprise: Option<String>,
    },
    /// The new case of a relapse was confirmed: if it is the same site, that is watched from now on.
    #[serde(rename = "disposal.relapse_confirmed.v1")]
    RelapseConfirmed { new_case: CaseId },
    /// 警示曝光 is asked for; nothing is public yet.
    #[serde(rename = "disposal.exposure_proposed.v1")]
    ExposureProposed {
        /// Name of the enterprise or works; never of a private person.
        enterprise: String,
        /// What was done there and what became of it, in words that may be public.
        facts: String,
    },
    /// 警示曝光 by a second person: public from now on.
    #[serde(rename = "disposal.exposure_published.v1")]
    ExposurePublished {
        enterprise: String,
        /// The township, or the county if no township has it: no closer.
        area: UnitCode,
        facts: String,
    },
    #[serde(rename = "disposal.exposure_withdrawn.v1")]
    ExposureWithdrawn { reason: String },
}

impl StoredEvent for DisposalEvent {}
