//! What can be said of a site: where it is, what was checked there, whom one met, what it turned out to be.

use jurisdiction::{EvidenceId, UnitCode};
use serde::{Deserialize, Serialize};

/// WGS 84, degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    pub latitude: f64,
    pub longitude: f64,
}

/// Mean radius.
pub const EARTH_RADIUS_METRES: f64 = 6_371_000.0;

impl Coordinates {
    /// Great-circle distance by the haversine formula.
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let (here, there) = (self.latitude.to_radians(), other.latitude.to_radians());
        let across = here.cos() * there.cos() * half(self.longitude, other.longitude);
        let chord = half(self.latitude, other.latitude) + across;
        2.0 * EARTH_RADIUS_METRES * chord.sqrt().min(1.0).asin()
    }
}

/// Where the site is. At least one of text and coordinates is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    /// The division it lies in, as far down as known.
    #[serde(default)]
    pub division: Option<UnitCode>,
}

/// How a site was looked for or looked at (the order, 二(二)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// 全面普查
    GeneralSurvey,
    /// 明察暗访
    OpenAndCovert,
    /// 突击夜查
    NightRaid,
    /// 回头检查
    LookBack,
    /// 交叉互查
    CrossCheck,
    /// 根据群众举报线索核查
    TipVerification,
}

impl Method {
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::GeneralSurvey => "全面普查",
            Self::OpenAndCovert => "明察暗访",
            Self::NightRaid => "突击夜查",
            Self::LookBack => "回头检查",
            Self::CrossCheck => "交叉互查",
            Self::TipVerification => "举报核查",
        }
    }
}

/// What kind of premises the inspectors stood in front of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Premises {
    /// 在产企业
    ActiveEnterprise,
    /// 停产企业
    StoppedEnterprise,
    /// 闲置厂房
    IdlePlant,
    /// 居民住房
    Dwelling,
    /// 养殖场、废弃农房
    Farm,
    /// 砖瓦厂
    BrickKiln,
    /// 其他
    Other,
}

impl Premises {
    /// Walls are to be climbed where nobody opens: 停产企业和闲置厂房“翻墙三查”.
    pub fn calls_for_the_three_checks(self) -> bool {
        matches!(self, Self::StoppedEnterprise | Self::IdlePlant)
    }
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::ActiveEnterprise => "在产企业",
            Self::StoppedEnterprise => "停产企业",
            Self::IdlePlant => "闲置厂房",
            Self::Dwelling => "居民住房",
            Self::Farm => "养殖场、废弃农房",
            Self::BrickKiln => "砖瓦厂",
            Self::Other => "其他场所",
        }
    }
}

/// The answer to a check: is there 有, is there not 没有, or does the question not arise 不适用.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Yes,
    No,
    NotApplicable,
}

/// One check and what the answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub answer: Answer,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub evidence: Vec<EvidenceId>,
}

impl Check {
    /// A “no” that nothing stands behind is a rubber stamp.
    pub fn is_bare_no(&self) -> bool {
        self.answer == Answer::No && self.note.trim().is_empty() && self.evidence.is_empty()
    }
}

/// 五个有没有 (the order, 二(二)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiveChecks {
    /// A chemical enterprise that the 2017 四个一批 list missed.
    pub missed_enterprise: Check,
    /// An enterprise that changed its scope without leave.
    pub changed_scope: Check,
    /// Under another's name, by lease, or as a factory within a factory 厂中厂.
    pub borrowed_name: Check,
    /// In idle, abandoned or closed plants, or in dwellings.
    pub idle_premises: Check,
    /// Hidden, mobile workshops in remote places, abandoned farms, brick kilns.
    pub hidden_workshop: Check,
}

impl FiveChecks {
    pub fn all(&self) -> [&Check; 5] {
        [
            &self.missed_enterprise,
            &self.changed_scope,
            &self.borrowed_name,
            &self.idle_premises,
            &self.hidden_workshop,
        ]
    }
}

/// 翻墙三查 (the order, 二(二)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreeChecks {
    /// 有无生产设备
    pub equipment: Check,
    /// 有无堆放化工原料
    pub materials: Check,
    /// 有无私拉乱接电线或水管
    pub private_lines: Check,
}

impl ThreeChecks {
    pub fn all(&self) -> [&Check; 3] {
        [&self.equipment, &self.materials, &self.private_lines]
    }
}

/// In which capacity somebody was met at the site.
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

/// A person or enterprise answerable for the site. Never the reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub role: PartyRole,
    pub name: String,
}

/// What the inspectors concluded on the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// 疑似: doubtful, so only the county may say what it is.
    Suspected,
    /// 未发现: the level above must agree.
    Clean,
    /// 确有: chemical production or storage beyond doubt.
    ConfirmedActivity,
}

/// The legal class of a small chemical works; it fixes the measures (the order, 二(三)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 应列未列 “四个一批” 名单的化工生产企业
    A,
    /// 非化工企业超经营范围从事化工生产
    B,
    /// 无证无照、证照不全，以及停产企业、闲置厂房非法储存
    C,
}

impl Class {
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::A => "漏列“四个一批”名单的化工生产企业",
            Self::B => "超经营范围从事化工生产的非化工企业",
            Self::C => "无证无照或证照不全的“小化工”，或停产企业、闲置厂房非法储存化工物料",
        }
    }
}

/// The outcome of a classification 定性分类: a class, or not a small chemical works at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    A,
    B,
    C,
    NotSmallChemical,
}

impl Classification {
    pub fn class(self) -> Option<Class> {
        match self {
            Self::A => Some(Class::A),
            Self::B => Some(Class::B),
            Self::C => Some(Class::C),
            Self::NotSmallChemical => None,
        }
    }
}
