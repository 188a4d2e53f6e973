//! What can happen to a tip, as stored.

use crate::{Compartment, Sealed};
use decider::StoredEvent;
use jiff::Timestamp;
use jurisdiction::{Against, CaseId, EvidenceId, UnitCode, Urgency};
use serde::{Deserialize, Serialize};

/// How a tip reached us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Web,
    Phone,
    Sms,
    Open311,
    Counter,
}

/// How sure we are of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authenticity {
    /// A carrier or partner signed the message.
    Signed,
    Unsigned,
    /// Typed by an operator who heard it.
    Operator,
}

/// What the reporter saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    Equipment,
    Barrels,
    Smell,
    WasteWater,
    NightWork,
    PrivateWiring,
    Other,
}

/// WGS 84, degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    pub latitude: f64,
    pub longitude: f64,
}

/// Where it is. At least one of the two ways is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    /// The division the reporter or operator chose, if any.
    #[serde(default)]
    pub division: Option<UnitCode>,
}

/// Why a tip was not taken up. Told to the reporter in plain words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// Nothing to find the place by, and no answer to our question.
    PlaceUnknown,
    /// Describes no chemical production or storage.
    NotChemical,
    /// Outside the city.
    OutsideCity,
    /// A test call, spam or an empty message.
    NoContent,
    /// A licensed enterprise within its licence, already verified.
    LicensedActivity,
}

impl RejectionReason {
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::PlaceUnknown => "无法确定地点",
            Self::NotChemical => "不涉及化工生产或储存",
            Self::OutsideCity => "不在本市范围",
            Self::NoContent => "没有可核查的内容",
            Self::LicensedActivity => "属于合法许可范围内的活动",
        }
    }
}

/// Facts of the stream `tip-<id>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum TipEvent {
    #[serde(rename = "tip.received.v1")]
    TipReceived {
        channel: Channel,
        /// The published number that was called or written to.
        line: Option<String>,
        authenticity: Authenticity,
        place: Place,
        seen: Vec<Seen>,
        /// When it was seen, in the reporter's words chosen from the form, e.g. `每天夜里`.
        seen_when: String,
        evidence: Vec<EvidenceId>,
        confidential: bool,
        wants_answer: bool,
        danger: bool,
        /// Keyed hash of the receipt 查询码; the receipt itself is stored nowhere.
        receipt_hash: String,
        identity: Option<Sealed>,
        content: Option<Sealed>,
        /// Whom it is about, if it is about a unit or an official.
        #[serde(default, skip_serializing_if = "Against::is_empty")]
        against: Against,
    },
    /// Whom it is about, all together, after something new of that was learnt.
    #[serde(rename = "tip.conflict_noted.v1")]
    ConflictNoted { against: Against },
    /// Immediate danger: duty contacts are to be alarmed at once.
    #[serde(rename = "tip.danger_raised.v1")]
    DangerRaised {},
    #[serde(rename = "tip.evidence_added.v1")]
    EvidenceAdded { evidence: Vec<EvidenceId> },
    #[serde(rename = "tip.reporter_wrote.v1")]
    ReporterWrote { message: Sealed },
    /// A question or notice to the reporter, shown against the receipt.
    #[serde(rename = "tip.reply_sent.v1")]
    ReplySent { text: String },
    #[serde(rename = "tip.accepted.v1")]
    TipAccepted {
        case: CaseId,
        /// False if the case existed before.
        opens_case: bool,
        /// 案情摘要 by the dispatcher; what handlers of a confidential tip see instead of the narrative.
        summary: String,
        enterprise: Option<String>,
        place: Place,
        urgency: Urgency,
        /// The reporter asked for it; the case inherits it.
        confidential: bool,
        /// The case inherits that as well.
        #[serde(default, skip_serializing_if = "Against::is_empty")]
        against: Against,
    },
    #[serde(rename = "tip.rejected.v1")]
    TipRejected {
        reason: RejectionReason,
        explanation: String,
    },
    #[serde(rename = "tip.diverted.v1")]
    TipDiverted { authority: String, explanation: String },
    #[serde(rename = "tip.outcome_told.v1")]
    OutcomeTold {
        text: String,
        /// What was verified, while the disposal is under way: there is nothing yet that could not be fixed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        interim: bool,
    },
    /// The reporter says that the outcome is not what the site looks like.
    #[serde(rename = "tip.not_fixed_said.v1")]
    NotFixedSaid {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Sealed>,
    },
    /// The reporter says that the tip should have been taken up: the unit named screens it again.
    #[serde(rename = "tip.screening_objected.v1")]
    ScreeningObjected {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Sealed>,
        to: UnitCode,
    },
    /// 复核甄审: the level above found that it was turned down too soon; the unit named screens it again.
    #[serde(rename = "tip.screening_reconsidered.v1")]
    ScreeningReconsidered { reason: String, to: UnitCode },
    /// From now on another tip of that case: a dispatcher joined it, or its cases were merged or taken apart.
    #[serde(rename = "tip.linked_to_case.v1")]
    LinkedToCase { case: CaseId },
    /// Not of that case after all: to be screened again.
    #[serde(rename = "tip.unlinked.v1")]
    Unlinked { case: CaseId, reason: String },
    /// A recording of the call is kept, sealed: a voice gives its owner away.
    #[serde(rename = "tip.recording_added.v1")]
    RecordingAdded {
        recording: EvidenceId,
        /// Nothing of the call is in words yet: somebody has to listen and write it down.
        to_transcribe: bool,
    },
    /// What was said in a recorded call, written down.
    #[serde(rename = "tip.transcript_recorded.v1")]
    TranscriptRecorded { content: Sealed },
    /// Where it is that an SMS or a recorded call tells of, by those who take calls; before it is screened.
    #[serde(rename = "tip.placed.v1")]
    TipPlaced { place: Place },
    /// A custodian asks to open the reporter's identity. The reporter reads the reason once it is opened.
    #[serde(rename = "tip.identity_reveal_requested.v1")]
    IdentityRevealRequested {
        /// Counts from 1.
        request: u32,
        reason: String,
    },
    #[serde(rename = "tip.identity_reveal_approved.v1")]
    IdentityRevealApproved {
        request: u32,
        /// Not to be opened any more from then on.
        until: Timestamp,
    },
    #[serde(rename = "tip.identity_reveal_refused.v1")]
    IdentityRevealRefused { request: u32, reason: String },
    /// Recorded before anything is unsealed.
    #[serde(rename = "tip.identity_revealed.v1")]
    IdentityRevealed { request: u32, reason: String },
    /// The keys of these compartments are destroyed; whoever hears of it finishes that.
    #[serde(rename = "tip.reporter_erased.v1")]
    ReporterErased {
        compartments: Vec<Compartment>,
        reason: String,
    },
    /// Amounts are public money and stay legible; whether an insider is rewarded is sealed with the identity.
    #[serde(rename = "tip.reward_proposed.v1")]
    RewardProposed {
        /// Version of the rules of the day on which the tip came in.
        rules: String,
        fine_fen: u64,
        amount_fen: u64,
        standing: Sealed,
    },
    #[serde(rename = "tip.reward_approved.v1")]
    RewardApproved { amount_fen: u64 },
    #[serde(rename = "tip.reward_refused.v1")]
    RewardRefused { reason: String },
    #[serde(rename = "tip.reward_paid.v1")]
    RewardPaid { amount_fen: u64 },
}

impl StoredEvent for TipEvent {}

/// One of each, for golden files and property tests.
#[cfg(test)]
pub(crate) fn samples() -> Vec<TipEvent> {
    let place = Place {
        text: "胡集镇老砖瓦厂院内".into(),
        coordinates: Some(Coordinates {
            latitude: 34.1,
            longitude: 118.7,
        }),
        division: Some(UnitCode::of("321322102")),
    };
    vec![
        TipEvent::TipReceived {
            channel: Channel::Web,
            line: Some("0527-12350".into()),
            authenticity: Authenticity::Unsigned,
            place: place.clone(),
            seen: vec![Seen::Barrels, Seen::Smell],
            seen_when: "每天夜里".into(),
            evidence: vec![EvidenceId::sample(1)],
            confidential: true,
            wants_answer: true,
            danger: true,
            receipt_hash: "ab".repeat(32),
            identity: Some(Sealed::sample(Compartment::Identity, "contact")),
            content: Some(Sealed::sample(Compartment::Content, "narrative")),
            against: Against::default(),
        },
        TipEvent::ConflictNoted {
            against: Against::unit(UnitCode::of("321322102")),
        },
        TipEvent::DangerRaised {},
        TipEvent::EvidenceAdded {
            evidence: vec![EvidenceId::sample(2)],
        },
        TipEvent::ReporterWrote {
            message: Sealed::sample(Compartment::Content, "message"),
        },
        TipEvent::ReplySent {
            text: "请问厂门朝哪个方向？".into(),
        },
        TipEvent::TipAccepted {
            case: CaseId::sample(7),
            opens_case: true,
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: Some("某建材厂".into()),
            place,
            urgency: Urgency::Urgent,
            confidential: true,
            against: Against::default(),
        },
        TipEvent::TipRejected {
            reason: RejectionReason::NotChemical,
            explanation: "现场为食品加工".into(),
        },
        TipEvent::TipDiverted {
            authority: "市公安局".into(),
            explanation: "属于治安案件".into(),
        },
        TipEvent::OutcomeTold {
            text: "已依法取缔并清理完毕。".into(),
            interim: false,
        },
        TipEvent::NotFixedSaid {
            message: Some(Sealed::sample(Compartment::Content, "message")),
        },
        TipEvent::ScreeningObjected {
            message: Some(Sealed::sample(Compartment::Content, "message")),
            to: UnitCode::of("321300-AWB"),
        },
        TipEvent::ScreeningReconsidered {
            reason: "照片里有反应釜，应当受理".into(),
            to: UnitCode::of("321300-AWB"),
        },
        TipEvent::LinkedToCase {
            case: CaseId::sample(8),
        },
        TipEvent::Unlinked {
            case: CaseId::sample(7),
            reason: "是河对岸的另一处厂房".into(),
        },
        TipEvent::RecordingAdded {
            recording: EvidenceId::sample(3),
            to_transcribe: true,
        },
        TipEvent::TranscriptRecorded {
            content: Sealed::sample(Compartment::Content, "transcript"),
        },
        TipEvent::TipPlaced {
            place: Place {
                text: "胡集镇老砖瓦厂院内".into(),
                coordinates: None,
                division: Some(UnitCode::of("321322102")),
            },
        },
        TipEvent::IdentityRevealRequested {
            request: 1,
            reason: "核实举报人遭打击报复的情况".into(),
        },
        TipEvent::IdentityRevealApproved {
            request: 1,
            until: "2020-06-02T01:00:00Z".parse().expect("a timestamp"),
        },
        TipEvent::IdentityRevealRefused {
            request: 1,
            reason: "可以凭查询码联系，不必查看身份".into(),
        },
        TipEvent::IdentityRevealed {
            request: 1,
            reason: "核实举报人遭打击报复的情况".into(),
        },
        TipEvent::ReporterErased {
            compartments: vec![Compartment::Identity, Compartment::Content],
            reason: "举报人凭查询码要求销毁".into(),
        },
        TipEvent::RewardProposed {
            rules: "2018".into(),
            fine_fen: 10_000_000,
            amount_fen: 1_500_000,
            standing: Sealed::sample(Compartment::Identity, "standing"),
        },
        TipEvent::RewardApproved {
            amount_fen: 1_500_000,
        },
        TipEvent::RewardRefused {
            reason: "罚款决定尚未生效".into(),
        },
        TipEvent::RewardPaid {
            amount_fen: 1_500_000,
        },
    ]
}
