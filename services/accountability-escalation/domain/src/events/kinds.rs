//! The kinds that facts of accountability distinguish: of failures, of those held to account, of findings.

use serde::{Deserialize, Serialize};

/// A failure that starts accountability without a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// 验收抽查发现问题
    SpotCheckFailed,
    /// 死灰复燃
    Relapse,
    /// 瞒报: a site that was found clean is later confirmed.
    Concealment,
    /// 底数不清: a site that a signed report left out.
    ContradictedReport,
    /// 二次退回
    SecondReturn,
    /// 核查走过场: the level above has refused a second time to believe that there is nothing (the order, 五(二)).
    CleanRefusedAgain,
    /// 省级专项督查发现问题
    ProvincialFinding,
    /// 验收不通过
    AcceptanceRefused,
}

impl FailureKind {
    pub const ALL: [Self; 8] = [
        Self::SpotCheckFailed,
        Self::Relapse,
        Self::Concealment,
        Self::ContradictedReport,
        Self::SecondReturn,
        Self::CleanRefusedAgain,
        Self::ProvincialFinding,
        Self::AcceptanceRefused,
    ];
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::SpotCheckFailed => "抽查不合格",
            Self::Relapse => "死灰复燃",
            Self::Concealment => "瞒报漏报",
            Self::ContradictedReport => "底数不清",
            Self::SecondReturn => "二次退回",
            Self::CleanRefusedAgain => "核查走过场",
            Self::ProvincialFinding => "省级督查发现问题",
            Self::AcceptanceRefused => "验收不通过",
        }
    }
}

/// In what quality somebody is held to account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accountable {
    /// 经营者
    Operator,
    /// 出租人
    Landlord,
    /// 法定代表人
    LegalRepresentative,
    /// 公职人员
    Official,
}

/// Whose supervision found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingSource {
    /// 市安全生产督导组
    City,
    /// 县级派驻督导组
    County,
    /// 省级专项督查: a failure at once.
    Province,
}

impl FindingSource {
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::City => "市督导组",
            Self::County => "县区督导组",
            Self::Province => "省级督查",
        }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// 一般问题
    Ordinary,
    /// 突出问题: needs evidence, is to be answered within the urgent limit.
    Grave,
}
