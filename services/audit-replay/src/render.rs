//! A history as text for the terminal, aligned by the width that Chinese characters take there.

use crate::durations::beijing;
use crate::speech::NOTHING;
use jiff::Timestamp;
use mingcha_proto::audit::{ReplayCaseResponse, ReplayChange, ReplayEvent, ReplayHolder};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const LANE_WIDTH: usize = 10;
const TITLE_WIDTH: usize = 22;
const VALUE_WIDTH: usize = 56;
const UNIT_WIDTH: usize = 22;
const LABEL_WIDTH: usize = 6;
const INDENT: &str = "      ";
/// A fact that fills a whole state changes more than anybody reads; JSON has it all.
const MOST_CHANGES: usize = 12;

/// The history of a case: a head, one block for each fact, and who held the case how long.
pub fn render_text(history: &ReplayCaseResponse) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "案件 {}", history.case_id);
    for (label, value) in [("案情", &history.summary), ("地点", &history.place)] {
        if !value.is_empty() {
            let _ = writeln!(text, "{label} {}", plain(value));
        }
    }
    let _ = writeln!(text, "截至 {}（北京时间）", time(&history.at));
    for event in &history.events {
        text.push('\n');
        block(&mut text, event);
    }
    if !history.holders.is_empty() {
        text.push_str("\n经手单位\n");
        history.holders.iter().for_each(|holder| held(&mut text, holder));
    }
    text
}

fn block(text: &mut String, event: &ReplayEvent) {
    let elapsed = event.since_previous.as_ref().map(|since| format!("+{since}"));
    let head = format!(
        "{:>4}  {}  {}  {}  {}",
        event.step,
        time(&event.at),
        pad(&event.lane_title, LANE_WIDTH),
        pad(&plain(&event.title), TITLE_WIDTH),
        elapsed.unwrap_or_default()
    );
    let _ = writeln!(text, "{}", head.trim_end());
    line(text, "出处", &format!("{}@{}", event.stream, event.revision));
    let actor = event.actor.as_ref().map(|actor| actor.text.as_str());
    line(text, "办理人", actor.unwrap_or("不详"));
    if let (Some(unit), Some(held)) = (&event.held_by_name, &event.held_for) {
        line(text, "在手", &format!("{unit}，已 {held}"));
    }
    if let Some(cause) = &event.cause
        && let (Some(title), Some(at)) = (&cause.title, &cause.at)
    {
        line(text, "起因", &format!("{title}（{at}）"));
    }
    for (index, change) in event.changes.iter().take(MOST_CHANGES).enumerate() {
        let label = if index == 0 { "变化" } else { "" };
        line(text, label, &changed(change));
    }
    if event.changes.len() > MOST_CHANGES {
        let rest = event.changes.len() - MOST_CHANGES;
        line(text, "", &format!("另有 {rest} 处变化"));
    }
}

fn changed(change: &ReplayChange) -> String {
    let field = &change.title;
    let value = |said: &Option<String>| shorten(said.as_deref().unwrap_or(NOTHING), VALUE_WIDTH);
    match change.before_said.as_deref() {
        None | Some(NOTHING) => format!("{field}：{}", value(&change.after_said)),
        Some(_) => format!(
            "{field}：{} → {}",
            value(&change.before_said),
            value(&change.after_said)
        ),
    }
}

fn held(text: &mut String, holder: &ReplayHolder) {
    let until = holder.until.as_deref().map_or("至今".to_owned(), time);
    let _ = writeln!(
        text,
        "{INDENT}{}  {} — {}  {} 个工作日（{}）",
        pad(&plain(&holder.unit_name), UNIT_WIDTH),
        time(&holder.from),
        pad(&until, 19),
        holder.working_days,
        holder.held_for
    );
    for person in &holder.persons {
        let until = person.until.as_deref().map_or("至今".to_owned(), time);
        let _ = writeln!(
            text,
            "{INDENT}  {}  {} — {}  {}（{}）",
            pad(&plain(&person.name), UNIT_WIDTH - 2),
            time(&person.from),
            pad(&until, 19),
            kind(&person.kind),
            person.held_for
        );
    }
}

/// In what quality somebody had to do with a case.
pub(crate) fn kind(code: &str) -> &'static str {
    match code {
        "responsible" => "第一责任人",
        _ => "经办人",
    }
}

fn line(text: &mut String, label: &str, value: &str) {
    let _ = writeln!(text, "{INDENT}{}  {}", pad(label, LABEL_WIDTH), plain(value));
}

/// Words that people typed must not command the terminal, nor begin a line that looks like one of ours.
fn plain(text: &str) -> String {
    let visible = |character: char| if character.is_control() { '�' } else { character };
    text.chars().map(visible).collect()
}

/// Beijing time of an RFC 3339 text; the text itself if it is none.
fn time(text: &str) -> String {
    text.parse::<Timestamp>()
        .map_or_else(|_| text.to_owned(), beijing)
}

/// Fills up with blanks to a width in terminal columns.
fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// Cuts to a width in terminal columns.
fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut left = width.saturating_sub(1);
    for character in text.chars() {
        let Some(rest) = left.checked_sub(character.width().unwrap_or(0)) else {
            break;
        };
        left = rest;
        cut.push(character);
    }
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_do_not_command_the_terminal() {
        let history = ReplayCaseResponse {
            summary: "一\u{1b}[2J\n二\u{9b}31m".to_owned(),
            ..ReplayCaseResponse::default()
        };
        let text = render_text(&history);
        assert!(text.contains("一�[2J�二�31m"), "{text}");
    }
    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(pad("签收", 6), "签收  ");
        assert_eq!(shorten("一二三四五", 7), "一二三…");
        assert_eq!(shorten("一二三", 6), "一二三");
    }
}
