//! Levels, kinds, departments and roles as people write them in tables, and as they are spelled everywhere else.

use crate::reading::word;
use jurisdiction::{Department, Level, Role, UnitKind};
use platform::invalid;
use tonic::Status;
use vocabulary::List;

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
    const LIST: List;

    fn in_words(self) -> &'static str {
        Self::LIST.word(&word(&self)).unwrap_or_default()
    }
}

impl Worded for Level {
    const LIST: List = List::Level;
}
impl Worded for UnitKind {
    const LIST: List = List::UnitKind;
}
impl Worded for Department {
    const LIST: List = List::Department;
}

/// Words of tables that were written before there was one catalogue, and may still come in.
const EARLIER: [(&str, &str); 3] = [
    ("乡镇（街道）", "township"),
    ("村居（社区）", "village"),
    ("政府（村居委员会）", "government"),
];

pub(crate) fn code_of<W: Worded>(field: &str, text: &str, all: &[W]) -> Result<String, Status> {
    let earlier = EARLIER.iter().find(|(said, _)| *said == text);
    let text = earlier.map_or(text, |(_, code)| code);
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
