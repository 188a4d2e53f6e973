//! Conditions of a question as SQL, built once: the list, its total and the figures all ask with the same ones.

use crate::search::Phrases;
use jiff::Timestamp;
use jurisdiction::Jurisdiction;
use platform::{day, invalid, start_of, time};
use rusqlite::types::Value;
use tonic::Status;

/// What a row must meet, with the values bound in this order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions {
    clauses: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// One more that must hold; a `?` for each of the values.
    pub(crate) fn and<const N: usize>(&mut self, clause: &str, values: [Value; N]) -> &mut Self {
        self.clauses.push(clause.to_owned());
        self.values.extend(values);
        self
    }
    /// A column must have this value, if one is wanted.
    pub(crate) fn is(&mut self, column: &str, wanted: Option<&String>) -> &mut Self {
        if let Some(wanted) = wanted {
            self.and(&format!("{column} = ?"), [text(wanted)]);
        }
        self
    }
    /// A condition must hold or must not, if that is asked.
    pub(crate) fn holds<const N: usize>(
        &mut self,
        wanted: Option<bool>,
        clause: &str,
        values: [Value; N],
    ) -> &mut Self {
        match wanted {
            Some(true) => self.and(clause, values),
            Some(false) => self.and(&format!("NOT ({clause})"), values),
            None => self,
        }
    }
    /// All of the other's as well.
    pub(crate) fn and_all(&mut self, other: Self) -> &mut Self {
        self.clauses.extend(other.clauses);
        self.values.extend(other.values);
        self
    }
    /// One condition that holds if one of the alternatives does.
    pub(crate) fn and_any(&mut self, alternatives: Vec<Self>) -> &mut Self {
        let clauses: Vec<String> = alternatives
            .iter()
            .map(|one| format!("({})", one.sql()))
            .collect();
        // Without any there is nothing that could hold.
        self.clauses.push(if clauses.is_empty() {
            "0".to_owned()
        } else {
            clauses.join(" OR ")
        });
        for alternative in alternatives {
            self.values.extend(alternative.values);
        }
        self
    }
    /// Values of a clause that was written with another's conditions inside.
    pub(crate) fn bind(&mut self, other: &Self) -> &mut Self {
        self.values.extend(other.values.iter().cloned());
        self
    }
    /// For behind `WHERE`.
    pub(crate) fn sql(&self) -> String {
        if self.clauses.is_empty() {
            return "1".to_owned();
        }
        let clauses: Vec<String> = self.clauses.iter().map(|clause| format!("({clause})")).collect();
        clauses.join(" AND ")
    }
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter()
    }
}

pub(crate) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// As [`crate::columns::At`] stores it.
pub(crate) fn instant(at: Timestamp) -> Value {
    Value::Integer(i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX))
}

/// When something has to have begun to be in the list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Period<'a> {
    /// First day, `2020-06-01`, or an instant.
    pub(crate) from: Option<&'a String>,
    /// Last day, included; or an instant, excluded.
    pub(crate) until: Option<&'a String>,
    /// Within the days of this stage of the campaign.
    pub(crate) stage: Option<&'a String>,
}

impl Period<'_> {
    /// The conditions on the column with the beginning.
    ///
    /// # Errors
    /// `InvalidArgument` for what is no date and for unknown stages.
    pub(crate) fn conditions(self, column: &str, jurisdiction: &Jurisdiction) -> Result<Conditions, Status> {
        let span = self.span(jurisdiction)?;
        let mut conditions = Conditions::default();
        if let Some(from) = span.from {
            conditions.and(&format!("{column} >= ?"), [instant(from)]);
        }
        if let Some(until) = span.until {
            conditions.and(&format!("{column} < ?"), [instant(until)]);
        }
        Ok(conditions)
    }

    /// The instants that it amounts to.
    ///
    /// # Errors
    /// As [`Period::conditions`].
    pub(crate) fn span(self, jurisdiction: &Jurisdiction) -> Result<Span, Status> {
        let from = self.from.map(|from| begin("from", from, false)).transpose()?;
        let until = self.until.map(|until| begin("until", until, true)).transpose()?;
        let Some(code) = self.stage else {
            return Ok(Span { from, until });
        };
        let stage = jurisdiction.stage(code);
        let stage = stage.ok_or_else(|| invalid("stage", "没有这个阶段。"))?;
        let ends = stage.to.and_then(|to| to.tomorrow().ok()).and_then(start_of);
        Ok(Span {
            from: from.max(start_of(stage.from)),
            until: until.into_iter().chain(ends).min(),
        })
    }
}

/// From an instant to another one, itself excluded.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Span {
    pub(crate) fn holds(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from) && self.until.is_none_or(|until| at < until)
    }
}

/// The beginning of a day in Suqian, of the following one for the last day of a period; an instant is taken as it is.
fn begin(field: &str, given: &str, last: bool) -> Result<Timestamp, Status> {
    let begun = match day(given) {
        Some(date) if last => date.tomorrow().ok().and_then(start_of),
        Some(date) => start_of(date),
        None => time(given),
    };
    begun.ok_or_else(|| invalid(field, "请写成日期，例如 2020-06-01，或带时区的时间。"))
}

/// The words looked for, in all that is shown of a subject; or the beginning of its number. Words that stand in `place` are
/// looked for only where `place_is_shown` holds.
pub(crate) fn words(looked_for: &str, id: &str, place_is_shown: &str) -> Conditions {
    let mut conditions = Conditions::default();
    if looked_for.trim().is_empty() {
        return conditions;
    }
    let phrases = Phrases::of(looked_for);
    let mut alternatives = Vec::new();
    if let Some(query) = phrases.anywhere() {
        let mut found = Conditions::default();
        found.and(place_is_shown, []);
        found.and(FOUND, [Value::Text(query)]);
        alternatives.push(found);
    }
    if let Some(query) = phrases.without_place() {
        let mut found = Conditions::default();
        found.and(FOUND, [Value::Text(query)]);
        alternatives.push(found);
    }
    let number = looked_for.trim().to_lowercase();
    if number.len() >= SHORTEST_NUMBER && number.chars().all(|c| c.is_ascii_hexdigit() || c == '-') {
        let mut found = Conditions::default();
        found.and(
            &format!("{id} >= ? AND {id} < ?"),
            [text(&number), text(&format!("{number}~"))],
        );
        alternatives.push(found);
    }
    if alternatives.is_empty() {
        conditions.and("0", []);
    } else {
        conditions.and_any(alternatives);
    }
    conditions
}

const FOUND: &str = "subject IN (SELECT subject FROM search WHERE search MATCH ?)";
/// Fewer characters of a number say nothing.
const SHORTEST_NUMBER: usize = 4;
