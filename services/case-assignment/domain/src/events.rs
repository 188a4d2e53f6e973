//! What can happen to a case, as stored.

use crate::{
    Class, Classification, Coordinates, Finding, FiveChecks, Method, Party, Place, Premises, ThreeChecks,
};
use decider::StoredEvent;
use jiff::Timestamp;
use jurisdiction::{Against, CaseId, EvidenceId, Obligation, TipId, UnitCode, Urgency};
use serde::{Deserialize, Serialize};

/// How the site came to our knowledge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    Tip {
        tip: TipId,
    },
    /// 死灰复燃: names the old case.
    Relapse {
        of: CaseId,
        link: RelapseLink,
        note: String,
    },
    Sweep {
        method: Method,
    },
    /// 夜间用电量排查
    NightLoad {
        /// What the load looked like, as shown to the inspectors.
        note: String,
    },
    /// 排查底数: a market entity, closed enterprise or power user on a list.
    ListMatching {
        list: String,
        entry: String,
    },
    SupervisionFinding {
        note: String,
    },
    /// 省督导
    ProvincialSupervision {
        note: String,
    },
    DepartmentTransfer {
        from: String,
        note: String,
    },
}

/// What ties a relapse to the old case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelapseLink {
    Site,
    Person,
    Landlord,
    Product,
    Equipment,
}

/// Who is competent for what else is wrong at a site: a unit of the directory, or somebody beyond it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Competent {
    Unit { unit: UnitCode, name: String },
    Beyond(String),
}

impl Competent {
    /// As people say it.
    pub fn name(&self) -> &str {
        match self {
            Self::Unit { name, .. } | Self::Beyond(name) => name,
        }
    }
    pub fn unit(&self) -> Option<&UnitCode> {
        match self {
            Self::Unit { unit, .. } => Some(unit),
            Self::Beyond(_) => None,
        }
    }
}

/// Why a case is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClosingReason {
    /// 处置完毕、逐级复核销号
    Disposed,
    /// 经核查未发现，上级复核同意
    FoundClean,
    /// 不属于小化工
    NotSmallChemical {
        /// The department competent for what else is wrong there, if anything.
        #[serde(default)]
        refer_to: Option<Competent>,
    },
    /// 并案: goes on in another case of the same site.
    Merged { into: CaseId },
}

/// Facts of the stream `case-<id>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum CaseEvent {
    #[serde(rename = "case.opened.v1")]
    CaseOpened {
        origin: Origin,
        /// 案情摘要, in the dispatcher's words.
        summary: String,
        enterprise: Option<String>,
        place: Place,
        urgency: Urgency,
        confidential: bool,
        /// Whom it is about: they must not learn of it.
        #[serde(default, skip_serializing_if = "Against::is_empty")]
        against: Against,
    },
    /// One more report of the same site.
    #[serde(rename = "case.tip_linked.v1")]
    TipLinked { tip: TipId },
    /// The link was a mistake: the tip is about another site after all.
    #[serde(rename = "case.tip_unlinked.v1")]
    TipUnlinked { tip: TipId },
    /// It turned out to be about these units or officials as well, who must not learn of it from now on.
    #[serde(rename = "case.conflict_noted.v1")]
    ConflictNoted { against: Against },
    /// What one of its tips or an absorbed case asked for: handlers see the summary only.
    #[serde(rename = "case.made_confidential.v1")]
    MadeConfidential {},
    /// One of its tips or an absorbed case is urgent, or whoever assigns it says so: what begins from now on has the urgent limit.
    #[serde(rename = "case.made_urgent.v1")]
    MadeUrgent {},
    /// 并案: this case is the same site as `into`, where its tips go; undone by reopening.
    #[serde(rename = "case.merged.v1")]
    CasesMerged { into: CaseId, reason: String },
    /// 交办: `to` is the owner from now on, by the dispatcher or by the owner before, who passes it down.
    #[serde(rename = "case.assigned.v1")]
    CaseAssigned {
        to: UnitCode,
        instructions: String,
        co_handlers: Vec<UnitCode>,
    },
    #[serde(rename = "case.co_handler_added.v1")]
    CoHandlerAdded { unit: UnitCode },
    #[serde(rename = "case.co_handler_removed.v1")]
    CoHandlerRemoved { unit: UnitCode, reason: String },
    /// 签收 by the owner.
    #[serde(rename = "case.acknowledged.v1")]
    CaseAcknowledged {},
    /// 退回: `to` holds the case until it is assigned anew, so that there is always exactly one owner.
    #[serde(rename = "case.returned.v1")]
    CaseReturned { to: UnitCode, reason: String },
    /// 指定管辖: ends the bouncing, cannot be returned.
    #[serde(rename = "case.designated.v1")]
    CaseDesignated { to: UnitCode, reason: String },
    /// A level above the owner gives the case to somebody else.
    #[serde(rename = "case.reassigned.v1")]
    CaseReassigned { to: UnitCode, reason: String },
    /// 申请延期, before `due`, by the unit whose clock it is.
    #[serde(rename = "case.extension_requested.v1")]
    ExtensionRequested {
        /// The clock of accountability that is to move, and no other.
        clock: String,
        obligation: Obligation,
        unit: UnitCode,
        due: Timestamp,
        to: Timestamp,
        /// Shown to the reporter as well.
        reason: String,
    },
    /// 同意延期 by the level above: that clock moves to `to`.
    #[serde(rename = "case.extension_granted.v1")]
    ExtensionGranted {
        clock: String,
        obligation: Obligation,
        due: Timestamp,
        to: Timestamp,
        /// The one of the request.
        reason: String,
    },
    #[serde(rename = "case.extension_refused.v1")]
    ExtensionRefused {
        clock: String,
        obligation: Obligation,
        reason: String,
    },
    /// 现场核查
    #[serde(rename = "case.inspection_recorded.v1")]
    InspectionRecorded {
        /// Who went, by name and office.
        went: Vec<String>,
        inspected_at: Timestamp,
        coordinates: Option<Coordinates>,
        /// Why there are none, if there are none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        no_coordinates: String,
        method: Method,
        premises: Premises,
        five: FiveChecks,
        three: Option<ThreeChecks>,
        parties: Vec<Party>,
        finding: Finding,
        note: String,
        evidence: Vec<EvidenceId>,
    },
    /// A doubtful site goes to the county.
    #[serde(rename = "case.identification_requested.v1")]
    IdentificationRequested { doubt: String },
    /// 甄别确认 by the county. Without a class, the doubt is gone and the class still to be fixed.
    #[serde(rename = "case.site_identified.v1")]
    SiteIdentified {
        small_chemical: bool,
        class: Option<Class>,
        basis: String,
        /// Who is competent for what else is wrong there, if it is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refer_to: Option<Competent>,
    },
    /// 定性分类
    #[serde(rename = "case.site_classified.v1")]
    SiteClassified {
        class: Classification,
        basis: String,
        /// Who is competent for what else is wrong there, if it is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refer_to: Option<Competent>,
    },
    /// 更正类别: its disposal was reclassified by who reviews it.
    #[serde(rename = "case.class_corrected.v1")]
    ClassCorrected { class: Class, basis: String },
    /// The owner found nothing, or it was just said to be none of ours although somebody found it at work; the level above
    /// has to look at that.
    #[serde(rename = "case.site_found_clean.v1")]
    SiteFoundClean {},
    #[serde(rename = "case.clean_finding_reviewed.v1")]
    CleanFindingReviewed { agreed: bool, note: String },
    /// A small chemical works it is. Carries all that ordering the disposal takes.
    #[serde(rename = "case.confirmed.v1")]
    CaseConfirmed {
        class: Class,
        owner: UnitCode,
        place: Place,
        summary: String,
        urgency: Urgency,
    },
    #[serde(rename = "case.closed.v1")]
    CaseClosed {
        reason: ClosingReason,
        /// The tips whose reporters must be told.
        tips: Vec<TipId>,
        /// What came of it, in plain words that a reporter may read.
        summary: String,
    },
    /// Back to the owner; or back into disposal, if it was closed as disposed of.
    #[serde(rename = "case.reopened.v1")]
    CaseReopened { reason: String },
}

impl StoredEvent for CaseEvent {}

/// Every picture that an inspection shows, of the whole and of what was checked; of other facts none.
pub fn pictures_of(event: &CaseEvent) -> Vec<&EvidenceId> {
    let CaseEvent::InspectionRecorded {
        evidence,
        five,
        three,
        ..
    } = event
    else {
        return vec![];
    };
    let three = three.iter().flat_map(ThreeChecks::all);
    let checks = five.all().into_iter().chain(three);
    evidence
        .iter()
        .chain(checks.flat_map(|check| &check.evidence))
        .collect()
}
