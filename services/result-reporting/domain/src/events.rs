//! What can happen to an area report, as stored.

use decider::StoredEvent;
use jiff::Timestamp;
use jurisdiction::{CaseId, Level, StaffId, UnitCode};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::{fmt, str::FromStr};

/// Which report: `<unit>-<stage>`, as in the name of its stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReportId {
    pub unit: UnitCode,
    /// Code of the campaign stage; has no hyphen.
    pub stage: String,
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.unit, self.stage)
    }
}

impl FromStr for ReportId {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (unit, stage) = text.rsplit_once('-').ok_or("报告编号应写作 单位代码-阶段")?;
        if stage.is_empty() {
            return Err("报告编号缺少阶段");
        }
        Ok(Self {
            unit: unit.parse()?,
            stage: stage.to_owned(),
        })
    }
}

/// SHA-256 of a list, hexadecimal.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// Accepts 64 lower-case hexadecimal digits, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let hexadecimal = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        (text.len() == 64 && hexadecimal).then(|| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// A readable digest for tests and samples.
    pub fn sample(number: u8) -> Self {
        Self(format!("{number:064x}"))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("摘要应为 64 位十六进制小写字符"))
    }
}

/// One site in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    pub case: CaseId,
    /// Where its handling stands, as the ledger codes it.
    pub state: String,
    /// Legal class A, B or C; `None` before classification or if clean.
    pub class: Option<String>,
    pub place: String,
}

impl ReportLine {
    /// Whether it says that there is nothing: closed, and never of a class.
    pub fn denies(&self) -> bool {
        self.state == "closed" && self.class.is_none()
    }
}

/// The report of a unit directly below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowerReport {
    pub unit: UnitCode,
    pub digest: Digest,
    /// Who signed it; `None` if nobody has yet.
    pub signed_by: Option<StaffId>,
}

/// Facts of the stream `report-<unit>-<stage>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum ReportEvent {
    #[serde(rename = "report.guarantee_given.v1")]
    GuaranteeGiven { report: ReportId, text: String },
    #[serde(rename = "report.drafted.v1")]
    ReportDrafted {
        report: ReportId,
        position: u64,
        digest: Digest,
        list: Vec<ReportLine>,
        lower: Vec<LowerReport>,
    },
    #[serde(rename = "report.signed.v1")]
    ReportSigned {
        digest: Digest,
        signed_by: StaffId,
        level: Level,
    },
    #[serde(rename = "report.returned.v1")]
    ReportReturned { reason: String },
    #[serde(rename = "report.sealed.v1")]
    ReportSealed { digest: Digest },
    #[serde(rename = "report.filed.v1")]
    ReportFiled { number: String },
    /// 底数不清: a site came to light that this signed report left out.
    #[serde(rename = "report.contradicted.v1")]
    ReportContradicted {
        case: CaseId,
        place: String,
        signed_by: StaffId,
    },
    /// A site was confirmed that the draft leaves out; until it is drawn anew nobody signs it.
    #[serde(rename = "report.draft_outdated.v1")]
    DraftOutdated { case: CaseId, place: String },
    /// The end of the stage has come to this area: its report is asked for.
    #[serde(rename = "report.due.v1")]
    ReportDue { report: ReportId, since: Timestamp },
    /// The guarantee is asked for.
    #[serde(rename = "report.guarantee_due.v1")]
    GuaranteeDue { report: ReportId, since: Timestamp },
    /// 验收通过.
    #[serde(rename = "report.accepted.v1")]
    ReportAccepted { note: String },
    /// 验收不通过: to be drafted anew.
    #[serde(rename = "report.acceptance_refused.v1")]
    AcceptanceRefused { reason: String },
}

impl StoredEvent for ReportEvent {}

/// One of each, for golden files and property tests.
#[cfg(test)]
pub(crate) fn samples() -> Vec<ReportEvent> {
    let report: ReportId = "321322102-sweep".parse().expect("a report");
    let signer = StaffId::of("leader-321322102");
    vec![
        ReportEvent::GuaranteeGiven {
            report: report.clone(),
            text: "保证彻底排查不留死角".into(),
        },
        ReportEvent::ReportDrafted {
            report: report.clone(),
            position: 4711,
            digest: Digest::sample(1),
            list: vec![ReportLine {
                case: CaseId::sample(7),
                state: "confirmed".into(),
                class: Some("C".into()),
                place: "胡集镇老砖瓦厂院内".into(),
            }],
            lower: vec![LowerReport {
                unit: UnitCode::of("321322102201"),
                digest: Digest::sample(2),
                signed_by: Some(StaffId::of("leader-321322102201")),
            }],
        },
        ReportEvent::ReportSigned {
            digest: Digest::sample(1),
            signed_by: signer.clone(),
            level: Level::Township,
        },
        ReportEvent::ReportReturned {
            reason: "示范二村的底数与供电清单不符".into(),
        },
        ReportEvent::ReportSealed {
            digest: Digest::sample(1),
        },
        ReportEvent::ReportFiled {
            number: "宿安备〔2020〕3号".into(),
        },
        ReportEvent::ReportContradicted {
            case: CaseId::sample(8),
            place: "胡集镇废弃养殖场".into(),
            signed_by: signer,
        },
        ReportEvent::DraftOutdated {
            case: CaseId::sample(9),
            place: "胡集镇闲置厂房".into(),
        },
        ReportEvent::ReportDue {
            report: report.clone(),
            since: "2020-06-29T16:00:00Z".parse().expect("a timestamp"),
        },
        ReportEvent::GuaranteeDue {
            report,
            since: "2020-05-19T16:00:00Z".parse().expect("a timestamp"),
        },
        ReportEvent::ReportAccepted {
            note: "抽查二十处，均已处置到位".into(),
        },
        ReportEvent::AcceptanceRefused {
            reason: "抽查的三处点位没有清理到位".into(),
        },
    ]
}
