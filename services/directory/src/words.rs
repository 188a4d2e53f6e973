//! Levels, kinds, departments and roles as people write them in tables, and as they are spelled everywhere else.

use crate::reading::word;
use jurisdiction::{Department, Level, Role, UnitKind};
use platform::invalid;
use tonic::Status;

pub(crate) const LEVELS: [Level; 4] = [Level::City, Level::County, Level::Township, Level::Village];
pub(crate) const KINDS: [UnitKind; 6] = [
    UnitKind::Government,
    UnitKind::Department,
    UnitKind::Office,
    UnitKind::Supervision,
    UnitKind::Discipline,
    UnitKind::PoliticalLegal,
];
pub(crate) const DEPARTMENTS: [Department; 9] = [
    Department::Emergency,
    Department::PublicSecurity,
    Department::MarketSupervision,
    Department::Ecology,
    Department::Industry,
    Department::NaturalResources,
    Department::Agriculture,
    Department::Fire,
    Department::Power,
];

/// Codes that people know by a Chinese word; the tables show the word and take either.
pub(crate) trait Worded: serde::Serialize + Copy {
    fn in_words(self) -> &'static str;
}

impl Worded for Level {
    fn in_words(self) -> &'static str {
        self.in_chinese()
    }
}
impl Worded for UnitKind {
    fn in_words(self) -> &'static str {
        match self {
            Self::Government => "政府（村居委员会）",
            Self::Department => "部门",
            Self::Office => "安委办",
            Self::Supervision => "督导组",
            Self::Discipline => "纪委监委",
            Self::PoliticalLegal => "政法委",
        }
    }
}
impl Worded for Department {
    fn in_words(self) -> &'static str {
        match self {
            Self::Emergency => "应急",
            Self::PublicSecurity => "公安",
            Self::MarketSupervision => "市场监管",
            Self::Ecology => "生态环境",
            Self::Industry => "工信",
            Self::NaturalResources => "自然资源",
            Self::Agriculture => "农业农村",
            Self::Fire => "消防",
            Self::Power => "供电",
        }
    }
}

pub(crate) fn code_of<W: Worded>(field: &str, text: &str, all: &[W]) -> Result<String, Status> {
    let meant = all
        .iter()
        .find(|one| one.in_words() == text || word(*one) == text);
    meant.map(word).ok_or_else(|| {
        let choices: Vec<_> = all.iter().map(|one| one.in_words()).collect();
        invalid(
            field,
            &format!("“{text}”不是可选的值，可选：{}。", choices.join("、")),
        )
    })
}

pub(crate) fn role_of(text: &str) -> Result<String, Status> {
    let meant = Role::ALL
        .into_iter()
        .find(|role| role.in_chinese() == text || role.code() == text);
    meant.map(|role| role.code().to_owned()).ok_or_else(|| {
        let choices = Role::ALL.map(Role::in_chinese);
        invalid(
            "roles",
            &format!("“{text}”不是可选的角色，可选：{}。", choices.join("、")),
        )
    })
}
