//! What codes are called in Chinese, in one catalogue for pages, files and histories: two names for one thing are two things.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The file that the console reads as well. Within a list, codes stand in the order in which people choose from them.
pub const WORDS: &str = include_str!("../words.json");

/// What kind of thing a code stands for; the name of its list in `words.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    TipState,
    CaseState,
    DisposalState,
    ReportState,
    Channel,
    Authenticity,
    Seen,
    Rejection,
    Compartment,
    RevealState,
    RewardState,
    /// What a reporter was told.
    Told,
    Origin,
    RelapseLink,
    Closing,
    Method,
    Premises,
    Finding,
    CheckAnswer,
    PartyRole,
    Class,
    Measure,
    PlanStanding,
    Receiver,
    ExposureStanding,
    SpotCheck,
    DrawStanding,
    Obligation,
    StopReason,
    Rung,
    Explanation,
    Failure,
    FailureState,
    Accountable,
    FindingSource,
    Gravity,
    FindingState,
    TaskState,
    Stage,
    StageDuty,
    Urgency,
    Level,
    UnitKind,
    Department,
    Role,
    Lane,
    /// What a condition of a list is called.
    Condition,
    /// What only a condition can ask for, as `<condition>_<code>`.
    Choice,
}

type Lists = HashMap<List, HashMap<String, String>>;

static LISTS: LazyLock<Lists> = LazyLock::new(|| serde_json::from_str(WORDS).unwrap_or_default());

impl List {
    /// The word for a code, e.g. 待签收 for `assigned` of [`List::CaseState`]; `None` for a code that the list has not.
    pub fn word(self, code: &str) -> Option<&'static str> {
        Some(LISTS.get(&self)?.get(code)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_every_list_and_no_other() {
        let lists: Lists = serde_json::from_str(WORDS).expect("lists that are known, of words");
        assert_eq!(lists.len(), List::Choice as usize + 1, "List::Choice is the last");
        for (list, words) in &lists {
            assert!(!words.is_empty(), "{list:?}");
            for (code, word) in words {
                let is_code = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
                assert!(code.bytes().all(is_code), "{list:?}.{code}");
                assert!(!word.is_ascii() && word.trim() == word, "{list:?}.{code}: {word}");
            }
        }
    }
    #[test]
    fn a_code_is_said_by_the_list_that_it_is_of() {
        assert_eq!(List::TipState.word("accepted"), Some("已受理"));
        assert_eq!(List::ReportState.word("accepted"), Some("已验收"));
        assert_eq!(List::ReportState.word("unheard_of"), None);
    }
}
