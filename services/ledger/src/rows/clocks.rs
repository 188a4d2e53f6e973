//! Clocks, rungs and failures, read.

use crate::book::BookError;
use crate::columns::{At, parsed, time};
use crate::query::conditions::Conditions;
use jiff::Timestamp;
use jurisdiction::{Obligation, StaffId};
use mingcha_proto::ledger::AnswerRow;
use rusqlite::{Row, Transaction};
use std::sync::LazyLock;

/// One obligation of one unit.
#[derive(Clone, Debug)]
pub(crate) struct ClockFacts {
    pub(crate) stream: String,
    pub(crate) clock: String,
    pub(crate) subject: String,
    pub(crate) obligation: String,
    pub(crate) unit: String,
    pub(crate) person: Option<StaffId>,
    pub(crate) urgent: bool,
    pub(crate) started: Timestamp,
    pub(crate) due: Timestamp,
    pub(crate) what: String,
    pub(crate) stopped_at: Option<Timestamp>,
    pub(crate) stopped_by: Option<String>,
    pub(crate) missed_at: Option<Timestamp>,
    late: bool,
    pub(crate) rung: Option<String>,
    pub(crate) moved_from: Option<Timestamp>,
    pub(crate) moved_by: Option<String>,
}

impl ClockFacts {
    pub(crate) fn is_running(&self) -> bool {
        self.stopped_at.is_none()
    }
    /// Past its date and not done, whether or not the miss has been recorded yet.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_running() && self.due < now
    }
    /// Missed, made up for since or not.
    pub(crate) fn is_missed(&self, now: Timestamp) -> bool {
        self.late || self.is_overdue(now)
    }
    /// By its unit, not by whoever checks afterwards.
    pub(crate) fn is_of_handling(&self) -> bool {
        let known = Obligation::ALL.into_iter();
        let mut own = known.filter(|obligation| obligation.code() == self.obligation);
        own.any(Obligation::is_of_handling)
    }
}

/// The codes of what handling is made of, for behind `IN`.
pub(crate) static OF_HANDLING: LazyLock<String> = LazyLock::new(|| {
    let obligations = Obligation::ALL.into_iter();
    let codes = obligations.filter(|obligation| obligation.is_of_handling());
    let quoted = codes.map(|obligation| format!("'{}'", obligation.code()));
    quoted.collect::<Vec<_>>().join(", ")
});

/// One rung reached.
#[derive(Clone, Debug)]
pub(crate) struct EscalationFacts {
    pub(crate) stream: String,
    pub(crate) number: i64,
    pub(crate) clock: String,
    pub(crate) subject: String,
    pub(crate) obligation: String,
    pub(crate) what: String,
    pub(crate) rung: String,
    pub(crate) repetition: u32,
    pub(crate) deadline: Timestamp,
    pub(crate) reached: Timestamp,
    pub(crate) to: Named,
    pub(crate) about: Named,
    pub(crate) answerer_unit: String,
    pub(crate) answerer_person: Option<String>,
    pub(crate) answer_due: Timestamp,
    pub(crate) explanation: String,
    pub(crate) explanation_text: Option<String>,
    pub(crate) explained_at: Option<Timestamp>,
    pub(crate) judgement_note: Option<String>,
    pub(crate) issued: Timestamp,
    /// See [`TO_CONSIDER`].
    pub(crate) to_consider: bool,
}

/// A unit and a person, named as of then.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) unit: String,
    pub(crate) person: Option<String>,
    pub(crate) name: Option<String>,
}

/// All clocks of `case-<id>` or `tip-<id>`, in the order in which they started.
pub(crate) fn clocks_of(transaction: &Transaction<'_>, subject: &str) -> Result<Vec<ClockFacts>, BookError> {
    let sql = "SELECT * FROM clocks WHERE subject = ?1 ORDER BY started, clock";
    let mut select = transaction.prepare_cached(sql)?;
    let rows = select.query_map([subject], clock)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Running clocks that meet the conditions; first what is due first.
pub(crate) fn running_clocks(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
) -> Result<Vec<ClockFacts>, BookError> {
    let mut running = Conditions::default();
    running.and("stopped_at IS NULL", []).and_all(conditions.clone());
    super::select(
        transaction,
        "* FROM clocks",
        &running,
        ("due, stream, clock", None),
        clock,
    )
}

/// Clocks that meet the conditions; first what is due first, at most so many.
pub(crate) fn clocks(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
    limit: Option<u32>,
) -> Result<Vec<ClockFacts>, BookError> {
    let order = ("due, stream || ' ' || clock", limit);
    super::select(transaction, "* FROM clocks", conditions, order, clock)
}

/// A referral that nobody has explained, while no inquiry into the same goes on, or was opened since.
macro_rules! to_consider {
    () => {
        "rung = 'referral' AND (explanation IN ('awaited', 'not_accepted') \
         OR explanation = 'not_owed' AND EXISTS (SELECT 1 FROM clocks WHERE clocks.stream = escalations.stream \
         AND clocks.clock = escalations.clock AND stopped_at IS NULL)) \
         AND NOT EXISTS (SELECT 1 FROM clocks WHERE clocks.subject = escalations.subject \
         AND clocks.obligation = 'inquiry' AND (stopped_at IS NULL OR started >= escalations.reached))"
    };
}

/// What of `escalations` waits for the inspectors.
pub(crate) const TO_CONSIDER: &str = to_consider!();

/// Rungs with what their clocks are about.
const WITH_CLOCK: &str = concat!(
    "*, coalesce((SELECT clocks.what FROM clocks WHERE clocks.stream = escalations.stream \
     AND clocks.clock = escalations.clock), '') AS what, (",
    to_consider!(),
    ") AS to_consider FROM escalations"
);

/// Rungs that meet the conditions, newest first, at most so many.
pub(crate) fn escalations(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
    limit: Option<u32>,
) -> Result<Vec<EscalationFacts>, BookError> {
    let order = ("reached DESC, stream, number", limit);
    super::select(transaction, WITH_CLOCK, conditions, order, escalation)
}

fn clock(row: &Row<'_>) -> rusqlite::Result<ClockFacts> {
    let (At(started), At(due)) = (row.get("started")?, row.get("due")?);
    Ok(ClockFacts {
        stream: row.get("stream")?,
        clock: row.get("clock")?,
        subject: row.get("subject")?,
        obligation: row.get("obligation")?,
        unit: row.get("unit")?,
        person: parsed(row, "person")?,
        urgent: row.get::<_, String>("urgency")? == "urgent",
        started,
        due,
        what: row.get("what")?,
        stopped_at: time(row, "stopped_at")?,
        stopped_by: row.get("stopped_by")?,
        missed_at: time(row, "missed_at")?,
        late: row.get("late")?,
        rung: row.get("rung")?,
        moved_from: time(row, "moved_from")?,
        moved_by: row.get("moved_by")?,
    })
}

fn escalation(row: &Row<'_>) -> rusqlite::Result<EscalationFacts> {
    let (At(deadline), At(reached)) = (row.get("deadline")?, row.get("reached")?);
    let (At(answer_due), At(issued)) = (row.get("answer_due")?, row.get("issued")?);
    Ok(EscalationFacts {
        stream: row.get("stream")?,
        number: row.get("number")?,
        clock: row.get("clock")?,
        subject: row.get("subject")?,
        obligation: row.get("obligation")?,
        what: row.get("what")?,
        rung: row.get("rung")?,
        repetition: row.get("repetition")?,
        deadline,
        reached,
        to: Named {
            unit: row.get("to_unit")?,
            person: row.get("to_person")?,
            name: row.get("to_name")?,
        },
        about: Named {
            unit: row.get("about_unit")?,
            person: row.get("about_person")?,
            name: row.get("about_name")?,
        },
        answerer_unit: row.get("answerer_unit")?,
        answerer_person: row.get("answerer_person")?,
        answer_due,
        explanation: row.get("explanation")?,
        explanation_text: row.get("explanation_text")?,
        explained_at: time(row, "explained_at")?,
        judgement_note: row.get("judgement_note")?,
        issued,
        to_consider: row.get("to_consider")?,
    })
}

/// A failure that needs no clock, with what was said about it.
#[derive(Clone, Debug)]
pub(crate) struct FailureFacts {
    pub(crate) stream: String,
    pub(crate) number: u32,
    pub(crate) at: Timestamp,
    pub(crate) subject: String,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) unit: String,
    pub(crate) persons: Vec<String>,
    pub(crate) note: String,
    pub(crate) state: String,
    pub(crate) due: Option<Timestamp>,
    pub(crate) running: bool,
    pub(crate) answers: Vec<AnswerRow>,
}

/// Failures that meet the conditions, newest first, at most so many.
pub(crate) fn failures(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
    limit: Option<u32>,
) -> Result<Vec<FailureFacts>, BookError> {
    let order = ("at DESC, stream, number", limit);
    super::select(transaction, "* FROM failures", conditions, order, failure)
}

fn failure(row: &Row<'_>) -> rusqlite::Result<FailureFacts> {
    let At(at) = row.get("at")?;
    let (persons, answers): (String, String) = (row.get("persons")?, row.get("answers")?);
    Ok(FailureFacts {
        stream: row.get("stream")?,
        number: row.get("number")?,
        at,
        subject: row.get("subject")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        unit: row.get("unit")?,
        persons: serde_json::from_str(&persons).unwrap_or_default(),
        note: row.get("note")?,
        state: row.get("state")?,
        due: time(row, "due")?,
        running: row.get("running")?,
        answers: serde_json::from_str(&answers).unwrap_or_default(),
    })
}
