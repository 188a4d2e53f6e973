//! The questions, each answered at one consistent moment.

pub(crate) mod cases;
pub(crate) mod drafts;
pub(crate) mod escalations;
pub(crate) mod progress;
pub(crate) mod report;
mod similar;
pub(crate) mod supervision;
pub(crate) mod tips;
pub(crate) mod work;
mod work_reports;

use crate::area::Scope;
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, StaffId, UnitCode};
use platform::invalid;
use rusqlite::Transaction;
use tonic::Status;

const DEFAULT_LIMIT: u32 = 50;
const LARGEST_LIMIT: u32 = 200;

/// Who asks, when, and what the views say just then.
pub(crate) struct Moment<'a> {
    pub(crate) transaction: &'a Transaction<'a>,
    pub(crate) jurisdiction: &'a Jurisdiction,
    pub(crate) actor: &'a Actor,
    pub(crate) now: Timestamp,
    /// The position that the answer reflects.
    pub(crate) position: u64,
    /// The last fact that it reflects.
    pub(crate) fact: u64,
}

impl Moment<'_> {
    /// What the caller may look at, tips included.
    pub(crate) fn scope(&self) -> Result<Scope, Status> {
        Scope::of(self.actor, self.jurisdiction)
    }
    /// What the caller may look at of cases.
    pub(crate) fn case_scope(&self) -> Result<Scope, Status> {
        Scope::of_cases(self.actor, self.jurisdiction)
    }
    pub(crate) fn unit_name(&self, code: &str) -> String {
        let unit: Option<UnitCode> = code.parse().ok();
        unit.map_or_else(|| code.to_owned(), |unit| self.jurisdiction.unit_name(&unit))
    }
    pub(crate) fn person_name(&self, account: &str) -> Option<String> {
        let account: StaffId = account.parse().ok()?;
        self.jurisdiction
            .staff
            .get(&account)
            .map(|member| member.name.clone())
    }
}

/// A page of a list that stands in the order newest first, then by id.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) total: u32,
    pub(crate) next: Option<String>,
}

/// Cuts the page after the cursor `after`, which names time and id of the item before it.
pub(crate) fn page<T>(
    mut items: Vec<T>,
    key: impl Fn(&T) -> (Timestamp, String),
    after: &str,
    limit: u32,
) -> Result<Page<T>, Status> {
    let total = u32::try_from(items.len()).unwrap_or(u32::MAX);
    if !after.is_empty() {
        let (time, id) =
            cursor(after).ok_or_else(|| invalid("after", "翻页标记不对，请从第一页重新查询。"))?;
        items.retain(|item| {
            let (item_time, item_id) = key(item);
            item_time < time || (item_time == time && item_id > id)
        });
    }
    let limit = match limit {
        0 => DEFAULT_LIMIT,
        limit => limit.min(LARGEST_LIMIT),
    };
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|item| {
        let (time, id) = key(item);
        format!("{}_{id}", time.as_nanosecond())
    });
    Ok(Page { items, total, next })
}

fn cursor(text: &str) -> Option<(Timestamp, String)> {
    let (time, id) = text.split_once('_')?;
    let time = Timestamp::from_nanosecond(time.parse().ok()?).ok()?;
    Some((time, id.to_owned()))
}

/// A condition that must be one of a few codes, or is absent.
pub(crate) fn one_of(field: &str, value: Option<&String>, codes: &[&str]) -> Result<(), Status> {
    match value {
        Some(value) if !codes.contains(&value.as_str()) => {
            let rule = format!("“{value}”不是可选的值，可选：{}。", codes.join(", "));
            Err(invalid(field, &rule))
        }
        _ => Ok(()),
    }
}

/// A unit that must exist.
pub(crate) fn known_unit(field: &str, code: &str, jurisdiction: &Jurisdiction) -> Result<UnitCode, Status> {
    let unit: Option<UnitCode> = code.parse().ok();
    unit.filter(|unit| jurisdiction.unit(unit).is_some())
        .ok_or_else(|| invalid(field, "没有这个单位。"))
}

/// Whether one of the texts contains the words looked for, letters in any case.
pub(crate) fn contains(needle: &str, texts: &[&str]) -> bool {
    let needle = needle.trim().to_lowercase();
    needle.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&needle))
}

/// The conditions of a list that are set, as the query string that opens it.
pub(crate) fn query_string<R: serde::Serialize>(list: &str, filter: &R) -> String {
    let fields = serde_json::to_value(filter).unwrap_or_default();
    let mut pairs = Vec::new();
    for (name, value) in fields.as_object().into_iter().flatten() {
        let text = match value {
            serde_json::Value::String(text) if !text.is_empty() => text.clone(),
            serde_json::Value::Bool(flag) => flag.to_string(),
            _ => continue,
        };
        pairs.push(format!("{name}={text}"));
    }
    format!("{list}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition() {
        let at = |second| Timestamp::constant(second, 0);
        // Two of the same instant, as events of one command are.
        let items: Vec<(Timestamp, String)> = [(9, "a"), (9, "b"), (7, "c"), (3, "d")]
            .map(|(second, id)| (at(second), id.to_owned()))
            .to_vec();
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = page(items.clone(), Clone::clone, &after, 1).expect("a page");
            assert_eq!(page.total, 4);
            seen.extend(page.items);
            match page.next {
                Some(next) => after = next,
                None => break,
            }
        }
        assert_eq!(seen, items);
        assert!(page(items, Clone::clone, "garbage", 1).is_err());
    }
}
