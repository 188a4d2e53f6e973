//! Codes as officials write them: the words of the catalogue, and what only a file says.

use vocabulary::List;

/// The word for a code; nothing for a code without one, for nobody reads codes.
pub(super) fn word(list: List, code: &str) -> &'static str {
    list.word(code).unwrap_or_default()
}

pub(super) fn yes(holds: bool) -> &'static str {
    if holds { "是" } else { "" }
}

/// Of what has not been classified, nothing.
pub(super) fn class(code: Option<&str>) -> &'static str {
    word(List::Class, &code.unwrap_or_default().to_ascii_lowercase())
}

pub(super) fn stopped_by(code: Option<&str>) -> &'static str {
    code.map_or("在办", |code| word(List::StopReason, code))
}

/// The number of a tip or case, the code of a unit.
pub(super) fn number(subject: &str) -> String {
    let number = subject.split_once('-').map(|(_, number)| number);
    number.unwrap_or(subject).to_owned()
}

/// What the code of a condition of a list means; days, numbers and what has no word stay as they are.
pub(super) fn value<'a>(list: &str, name: &str, code: &'a str) -> &'a str {
    let words = match (list, name) {
        ("findings", "state") => Some(List::FindingState),
        ("tasks", "state") => Some(List::TaskState),
        ("failures", "state") => Some(List::FailureState),
        ("failures", "kind") => Some(List::Failure),
        ("reports", "state") => Some(List::ReportState),
        (_, "state") => Some(List::CaseState),
        (_, "explanation") => Some(List::Explanation),
        (_, "progress") => Some(List::TipState),
        (_, "channel") => Some(List::Channel),
        (_, "origin") => Some(List::Origin),
        (_, "class") => Some(List::Class),
        (_, "closed_as") => Some(List::Closing),
        (_, "spot_check") => Some(List::SpotCheck),
        (_, "gravity") => Some(List::Gravity),
        (_, "rung") => Some(List::Rung),
        (_, "obligation") => Some(List::Obligation),
        (_, "urgency") => Some(List::Urgency),
        (_, "stage") => Some(List::Stage),
        _ => None,
    };
    let word = words.and_then(|words| words.word(&code.to_ascii_lowercase()));
    // What only a condition can ask for is no state of anything.
    let word = word.or_else(|| List::Choice.word(&format!("{name}_{code}")));
    word.unwrap_or(code)
}

/// What a condition is about.
pub(super) fn condition(name: &str) -> &str {
    List::Condition.word(name).unwrap_or(name)
}
