//! What each class prescribes: small works are closed, never rectified 只关不整.

use serde::{Deserialize, Serialize};

/// The legal class of a small chemical works (the order, 二(三)).
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

/// A measure 处置措施. There is none called rectification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 依法立即关闭
    Close,
    /// 责令立即停产
    StopProduction,
    /// 拆除非法化工生产装置
    DismantleUnits,
    /// 彻底断水断电
    CutWaterAndPower,
    /// 彻底拆除生产设备
    DismantleEquipment,
    /// 彻底清理厂房
    ClearPremises,
    /// 彻底清理生产原材料和产品
    ClearMaterials,
}

impl Measure {
    pub const ALL: [Self; 7] = [
        Self::Close,
        Self::StopProduction,
        Self::DismantleUnits,
        Self::CutWaterAndPower,
        Self::DismantleEquipment,
        Self::ClearPremises,
        Self::ClearMaterials,
    ];
    /// Dismantling and clearing can set things on fire: 严防次生事故. Closing and cutting off cannot wait for a plan.
    pub fn needs_safety_plan(self) -> bool {
        match self {
            Self::Close | Self::StopProduction | Self::CutWaterAndPower => false,
            Self::DismantleUnits | Self::DismantleEquipment | Self::ClearPremises | Self::ClearMaterials => {
                true
            }
        }
    }
    /// Whether it has the short limit of an immediate measure (domain.md §5).
    pub fn is_immediate(self) -> bool {
        !self.needs_safety_plan()
    }
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Close => "依法关闭",
            Self::StopProduction => "责令停产",
            Self::DismantleUnits => "拆除非法化工生产装置",
            Self::CutWaterAndPower => "彻底断水断电",
            Self::DismantleEquipment => "彻底拆除生产设备",
            Self::ClearPremises => "彻底清理厂房",
            Self::ClearMaterials => "彻底清理生产原材料和产品",
        }
    }
}

/// The measures of a class, in the order in which the city's order lists them.
pub fn prescribed(class: Class) -> &'static [Measure] {
    match class {
        Class::A => &[Measure::Close],
        Class::B => &[Measure::StopProduction, Measure::DismantleUnits],
        Class::C => &[
            Measure::CutWaterAndPower,
            Measure::DismantleEquipment,
            Measure::ClearPremises,
            Measure::ClearMaterials,
        ],
    }
}
