//! Conflict of interest: what does not exist for the caller, because it is about the caller or the caller's unit.

use super::conditions::Conditions;
use crate::book::BookError;
use jurisdiction::{Actor, Against, Jurisdiction, UnitCode};
use rusqlite::Transaction;
use rusqlite::types::Value;

/// As the tips say and as the case says: a merged case has tips of its own and those that came with it.
const TIPS_OF_CASE: &str = "SELECT 'tip-' || tip FROM main.tips WHERE case_id = ?1 \
    UNION SELECT 'tip-' || tip FROM main.case_tips WHERE case_id = ?1";

/// Subjects (`tip-<id>`, `case-<id>`) that are in no list and no figure of the caller, and are answered like unknown ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hidden(Vec<String>);

impl Hidden {
    /// What is hidden from somebody. Asked of the views as they are now, also for answers about the past: who is in conflict
    /// today does not read what was written before that was known.
    pub(crate) fn from(
        transaction: &Transaction<'_>,
        actor: &Actor,
        jurisdiction: &Jurisdiction,
    ) -> Result<Self, BookError> {
        Self::those(transaction, |against| against.hides_from(actor, jurisdiction))
    }

    /// What may not stand in the report of a unit, whoever drafts it: the unit's people are going to read and sign it.
    pub(crate) fn from_unit(
        transaction: &Transaction<'_>,
        unit: &UnitCode,
        jurisdiction: &Jurisdiction,
    ) -> Result<Self, BookError> {
        Self::those(transaction, |against| against.holds_unit(unit, jurisdiction))
    }

    /// Everything that is about anybody: what may not be in anything that is published.
    pub(crate) fn from_everybody(transaction: &Transaction<'_>) -> Result<Self, BookError> {
        Self::those(transaction, |against| !against.is_empty())
    }

    fn those(transaction: &Transaction<'_>, hides: impl Fn(&Against) -> bool) -> Result<Self, BookError> {
        let mut hidden = Vec::new();
        let mut select = transaction.prepare_cached("SELECT subject, against FROM main.against")?;
        let mut tips_of = transaction.prepare_cached(TIPS_OF_CASE)?;
        let mut rows = select.query(())?;
        while let Some(row) = rows.next()? {
            let (subject, against): (String, String) = (row.get(0)?, row.get(1)?);
            if hides(&serde_json::from_str(&against)?) {
                // Whoever may not know of a case cannot know of the tips that led to it.
                let tips = tips_of.query_map([subject.trim_start_matches("case-")], |row| {
                    row.get::<_, String>(0)
                })?;
                hidden.extend(tips.collect::<Result<Vec<_>, _>>()?);
                hidden.push(subject);
            }
        }
        hidden.sort_unstable();
        hidden.dedup();
        Ok(Self(hidden))
    }

    /// The same, and the tips that led to a hidden case at the past instant that this transaction reads.
    pub(crate) fn with_tips_of_then(mut self, transaction: &Transaction<'_>) -> Result<Self, BookError> {
        let mut tips_of = transaction.prepare_cached(TIPS_OF_CASE)?;
        let mut further = Vec::new();
        for case in self.0.iter().filter_map(|subject| subject.strip_prefix("case-")) {
            let tips = tips_of.query_map([case], |row| row.get::<_, String>(0))?;
            further.extend(tips.collect::<Result<Vec<_>, _>>()?);
        }
        self.0.extend(further);
        self.0.sort_unstable();
        self.0.dedup();
        Ok(self)
    }

    /// Takes it out of everything that this transaction reads.
    pub(crate) fn apply(&self, transaction: &Transaction<'_>) -> Result<(), BookError> {
        let mut hide = transaction.prepare_cached("INSERT INTO temp.hidden VALUES (?1)")?;
        for subject in &self.0 {
            hide.execute([subject])?;
        }
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn holds(&self, subject: &str) -> bool {
        self.0
            .binary_search_by(|hidden| hidden.as_str().cmp(subject))
            .is_ok()
    }

    /// For rows with a column `subject`.
    pub(crate) fn conditions(&self) -> Conditions {
        let mut conditions = Conditions::default();
        if !self.0.is_empty() {
            let subjects = serde_json::to_string(&self.0).unwrap_or_default();
            conditions.and(
                "subject NOT IN (SELECT value FROM json_each(?))",
                [Value::Text(subjects)],
            );
        }
        conditions
    }
}
