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

/// What the code of a condition means; days, numbers and what has no word stay as they are.
pub(super) fn value<'a>(name: &str, code: &'a str) -> &'a str {
    let lists: &[List] = match name {
        "explanation" => &[List::Explanation],
        "progress" => &[List::TipState],
        "channel" => &[List::Channel],
        "origin" => &[List::Origin],
        "class" => &[List::Class],
        "closed_as" => &[List::Closing],
        "spot_check" => &[List::SpotCheck],
        "gravity" => &[List::Gravity],
        "rung" => &[List::Rung],
        "obligation" => &[List::Obligation],
        "urgency" => &[List::Urgency],
        "stage" => &[List::Stage],
        "state" => &[List::CaseState, List::ReportState, List::FindingState],
        _ => &[],
    };
    let lower = code.to_ascii_lowercase();
    let word = List::Choice
        .word(&format!("{name}_{code}"))
        .or_else(|| lists.iter().find_map(|list| list.word(&lower)));
    word.unwrap_or(code)
}

/// What a condition is about.
pub(super) fn condition(name: &str) -> &str {
    List::Condition.word(name).unwrap_or(name)
}
