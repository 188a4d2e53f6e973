//! A history as a timeline for the terminal.

use crate::words;
use jiff::Timestamp;
use mingcha_proto::audit::{ReplayCaseResponse, ReplayEvent};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

const TITLE_COLUMNS: usize = 24;
const LONGEST_VALUE: usize = 60;

/// One block per fact: when, lane, what, who, since the step before, with whom the case was, what changed.
pub fn render_text(history: &ReplayCaseResponse) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "案件 {}", history.case_id);
    let _ = writeln!(text, "案情 {}", history.summary);
    let _ = writeln!(text, "地点 {}", history.place);
    let _ = writeln!(
        text,
        "截至 {}（北京时间），共 {} 条记录\n",
        moment(&history.at),
        history.events.len()
    );
    for event in &history.events {
        step(&mut text, event);
    }
    if !history.holders.is_empty() {
        text.push_str("由谁承办\n");
    }
    for holder in &history.holders {
        let until = holder.until.as_deref().map_or_else(|| "至今".to_owned(), moment);
        let _ = writeln!(
            text,
            "  {} {} → {until}  {}（{} 个工作日）",
            padded(&holder.unit_name, 20),
            moment(&holder.from),
            holder.held_for,
            holder.working_days
        );
    }
    text
}

fn step(text: &mut String, event: &ReplayEvent) {
    let since = event
        .since_previous
        .as_ref()
        .map(|since| format!("+{since}"))
        .unwrap_or_default();
    let _ = writeln!(
        text,
        "{:>3} {}  [{}] {} {since}",
        event.step,
        moment(&event.at),
        event.lane_title,
        padded(&event.title, TITLE_COLUMNS)
    );
    let who = event
        .actor
        .as_ref()
        .map(|actor| actor.text.as_str())
        .unwrap_or_default();
    let _ = writeln!(text, "      {who}");
    if let Some(cause) = event
        .cause
        .as_ref()
        .and_then(|cause| Some((cause.title.as_ref()?, cause.at.as_ref()?)))
    {
        let _ = writeln!(text, "      起因：{}（{}）", cause.0, cause.1);
    }
    if let (Some(unit), Some(held)) = (&event.held_by_name, &event.held_for) {
        let _ = writeln!(text, "      承办：{unit}，已 {held}");
    }
    for change in &event.changes {
        let value = |value: &Option<String>| value.as_deref().map_or_else(|| "无".to_owned(), shortened);
        let _ = writeln!(
            text,
            "      {}：{} → {}",
            change.path,
            value(&change.before),
            value(&change.after)
        );
    }
    let _ = writeln!(
        text,
        "      {}@{} #{}\n",
        event.stream, event.revision, event.position
    );
}

fn moment(rfc_3339: &str) -> String {
    rfc_3339
        .parse::<Timestamp>()
        .map_or_else(|_| rfc_3339.to_owned(), words::moment)
}

/// Chinese characters take two columns.
fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

fn shortened(value: &str) -> String {
    if value.chars().count() <= LONGEST_VALUE {
        return value.to_owned();
    }
    let kept: String = value.chars().take(LONGEST_VALUE).collect();
    format!("{kept}…")
}
