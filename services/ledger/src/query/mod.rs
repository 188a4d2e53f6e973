//! The questions, each answered at one consistent moment.

pub(crate) mod board;
pub(crate) mod bulletin;
pub(crate) mod cases;
pub(crate) mod conditions;
mod daily;
pub(crate) mod drafts;
pub(crate) mod escalations;
pub(crate) mod failures;
mod figures;
pub(crate) mod hidden;
mod likeness;
mod names;
pub(crate) mod obligations;
pub(crate) mod progress;
pub(crate) mod public;
pub(crate) mod report;
pub(crate) mod reports;
pub(crate) mod signing;
mod similar;
pub(crate) mod supervision;
pub(crate) mod tips;
pub(crate) mod trend;
pub(crate) mod work;

use crate::area::Scope;
use crate::rows;
use conditions::{Conditions, instant, text};
use hidden::Hidden;
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, StaffId, UnitCode};
use platform::invalid;
use rusqlite::Transaction;
use std::cmp::Reverse;
use tonic::Status;

const DEFAULT_LIMIT: u32 = 50;
const LARGEST_LIMIT: u32 = 200;

/// Who asks, when, and what the views say just then.
pub(crate) struct Moment<'a> {
    pub(crate) transaction: &'a Transaction<'a>,
    /// The directory as it is, or was at the instant asked for.
    pub(crate) jurisdiction: &'a Jurisdiction,
    /// The directory as it is: what somebody may see is a matter of today.
    pub(crate) today: &'a Jurisdiction,
    pub(crate) actor: &'a Actor,
    pub(crate) now: Timestamp,
    /// When it was asked, whatever instant for.
    pub(crate) asked_at: Timestamp,
    /// The same as `now`, if it is a past one.
    pub(crate) as_of: Option<Timestamp>,
    /// The position that the answer reflects.
    pub(crate) position: u64,
    /// The last fact that it reflects.
    pub(crate) fact: u64,
    /// What does not exist for the caller.
    pub(crate) hidden: Hidden,
}

impl Moment<'_> {
    /// What the caller may look at, tips included.
    pub(crate) fn scope(&self) -> Result<Scope, Status> {
        Scope::of(self.actor, self.today)
    }
    /// What the caller may look at of cases.
    pub(crate) fn case_scope(&self) -> Result<Scope, Status> {
        Scope::of_cases(self.actor, self.today)
    }
    /// What must hold of `placed_tips` that the caller sees.
    pub(crate) fn visible_tips(&self) -> Result<Conditions, Status> {
        Ok(self.scope()?.tips())
    }
    /// What must hold of `placed_cases` that the caller sees.
    pub(crate) fn visible_cases(&self) -> Result<Conditions, Status> {
        Ok(self.case_scope()?.cases())
    }
    /// What must hold of `escalations` that the caller sees: those that concern the caller's units.
    pub(crate) fn visible_escalations(&self) -> Result<Conditions, Status> {
        Ok(self.case_scope()?.units(&["about_unit", "to_unit"]))
    }
    /// What must hold of something that is one `unit`'s own: its reports, its obligations.
    pub(crate) fn visible_units(&self) -> Result<Conditions, Status> {
        Ok(self.case_scope()?.units(&["unit"]))
    }
    /// The past instant as the lists behind a figure are asked for it.
    pub(crate) fn as_of(&self) -> Option<String> {
        self.as_of.map(|at| at.to_string())
    }
    /// The same moment without anything about the unit that a list is made for.
    pub(crate) fn hidden_from_unit(&self, unit: &UnitCode) -> Result<Conditions, Status> {
        Ok(Hidden::from_unit(self.transaction, unit, self.jurisdiction)?.conditions())
    }
    /// Whole working days by the calendar of then; negative for what is past.
    pub(crate) fn working_days_until(&self, due: Timestamp) -> i64 {
        self.jurisdiction.calendar.working_days_between(self.now, due)
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

/// What is asked of the clocks of a tip or case.
pub(crate) struct Clocks<'a> {
    /// One of these is running.
    pub(crate) obligation: Option<&'a String>,
    /// One is running and past its date. Asked for together, it has to be the one of that obligation.
    pub(crate) overdue: Option<bool>,
    /// One of those that handling is made of was not done by its date, made up for or not.
    pub(crate) missed: Option<bool>,
    /// What has been missed besides, of those that were joined to it.
    pub(crate) came_late: Option<String>,
}

impl Clocks<'_> {
    /// What must hold of the rows of a view with a `subject`.
    pub(crate) fn of(&self, view: &str, now: Timestamp) -> Conditions {
        let now = || instant(now);
        let clock = |which: &str| {
            format!("EXISTS (SELECT 1 FROM clocks WHERE clocks.subject = {view}.subject AND {which})")
        };
        let mut conditions = Conditions::default();
        let own = clock(&format!(
            "(late OR (stopped_at IS NULL AND due < ?)) AND obligation IN ({})",
            *rows::OF_HANDLING
        ));
        let missed = match &self.came_late {
            Some(joined) => format!("{own} OR {joined}"),
            None => own,
        };
        conditions.holds(self.missed, &missed, [now()]);
        match (self.obligation, self.overdue) {
            (Some(obligation), None) => conditions.and(
                &clock("stopped_at IS NULL AND obligation = ?"),
                [text(obligation)],
            ),
            (Some(obligation), Some(overdue)) => {
                let due = if overdue { "due < ?" } else { "due >= ?" };
                conditions.and(
                    &clock(&format!("stopped_at IS NULL AND obligation = ? AND {due}")),
                    [text(obligation), now()],
                )
            }
            (None, overdue) => conditions.holds(overdue, &clock("stopped_at IS NULL AND due < ?"), [now()]),
        };
        conditions
    }
}

/// Where a page begins and how long it is.
pub(crate) struct Cut {
    after: Option<(Timestamp, String)>,
    limit: u32,
}

impl Cut {
    /// From the cursor, `next` of the page before, and the wanted length.
    ///
    /// # Errors
    /// `InvalidArgument` for a cursor that we did not give out.
    pub(crate) fn of(after: &str, limit: u32) -> Result<Self, Status> {
        let mistaken = || invalid("after", "翻页标记不对，请从第一页重新查询。");
        let after = match after {
            "" => None,
            text => Some(cursor(text).ok_or_else(mistaken)?),
        };
        let limit = page_length(limit) as u32;
        Ok(Self { after, limit })
    }
    /// What must hold of the rows of this page and all after it: newest first, then by `id`, an SQL expression.
    pub(crate) fn rest(&self, conditions: &Conditions, time: &str, id: &str) -> Conditions {
        self.beyond(conditions, (time, "<"), id)
    }
    /// Likewise where the oldest comes first.
    pub(crate) fn rest_oldest_first(&self, conditions: &Conditions, time: &str, id: &str) -> Conditions {
        self.beyond(conditions, (time, ">"), id)
    }
    fn beyond(&self, conditions: &Conditions, (time, is): (&str, &str), id: &str) -> Conditions {
        let mut rest = conditions.clone();
        if let Some((after, after_id)) = &self.after {
            rest.and(
                &format!("({time} {is} ? OR ({time} = ? AND {id} > ?))"),
                [instant(*after), instant(*after), text(after_id)],
            );
        }
        rest
    }
    /// The page of a list that is short enough to be made whole: its rows newest first, then by id. Answers with all that
    /// there are, and the cursor of the next page.
    pub(crate) fn page<T>(
        &self,
        rows: &mut Vec<T>,
        key: impl Fn(&T) -> (Timestamp, String),
    ) -> (u32, Option<String>) {
        let newest_first = |row: &T| {
            let (time, id) = key(row);
            (Reverse(time), id)
        };
        rows.sort_by_cached_key(newest_first);
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if let Some((time, id)) = &self.after {
            let after = (Reverse(*time), id.clone());
            rows.retain(|row| newest_first(row) > after);
        }
        (total, self.finish(rows, key))
    }
    /// One more than the page, to know whether there is another.
    pub(crate) fn fetch(&self) -> Option<u32> {
        Some(self.limit + 1)
    }
    /// Leaves out the pages before, of what was not asked for in SQL: newest first, then by id.
    pub(crate) fn skip<T>(&self, items: &mut Vec<T>, key: impl Fn(&T) -> (Timestamp, String)) {
        if let Some((after, after_id)) = &self.after {
            items.retain(|item| {
                let (time, id) = key(item);
                time < *after || (time == *after && id > *after_id)
            });
        }
    }
    /// Cuts what was fetched to the page; answers with the cursor of the next.
    pub(crate) fn finish<T>(
        &self,
        items: &mut Vec<T>,
        key: impl Fn(&T) -> (Timestamp, String),
    ) -> Option<String> {
        let more = items.len() > self.limit as usize;
        items.truncate(self.limit as usize);
        items.last().filter(|_| more).map(|item| {
            let (time, id) = key(item);
            format!("{}_{id}", time.as_nanosecond())
        })
    }
}

/// The wanted length, within what one answer may hold.
pub(crate) fn page_length(limit: u32) -> usize {
    match limit {
        0 => DEFAULT_LIMIT as usize,
        limit => limit.min(LARGEST_LIMIT) as usize,
    }
}

fn cursor(text: &str) -> Option<(Timestamp, String)> {
    let (time, id) = text.split_once('_')?;
    let time = Timestamp::from_nanosecond(time.parse().ok()?).ok()?;
    Some((time, id.to_owned()))
}

/// For [`conditions::words`] over rows with a `subject`: whoever may not read the place of a confidential tip must not find
/// it by its place either.
pub(crate) fn place_is_shown(actor: &Actor) -> &'static str {
    if tips::in_full(actor) {
        "1"
    } else {
        "subject NOT LIKE 'tip-%'"
    }
}

/// Whether all the words stand somewhere in the texts.
pub(crate) fn has_words(looked_for: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let looked_for = looked_for.to_lowercase();
    let mut words = looked_for.split_whitespace();
    words.all(|word| texts.iter().any(|text| text.contains(word)))
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
