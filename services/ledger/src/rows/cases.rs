//! Cases, read together with their disposals and clocks.

use super::{ClockFacts, OF_HANDLING, Place, clocks_of};
use crate::book::BookError;
use crate::columns::{At, parsed, time};
use crate::query::conditions::Conditions;
use jiff::Timestamp;
use jurisdiction::UnitCode;
use rusqlite::{Row, Transaction};

/// What lists, figures and work lists say of a case.
#[derive(Clone, Debug)]
pub(crate) struct CaseFacts {
    pub(crate) id: String,
    pub(crate) opened_at: Timestamp,
    pub(crate) origin: String,
    pub(crate) relapse_of: Option<String>,
    pub(crate) summary: String,
    pub(crate) enterprise: Option<String>,
    pub(crate) place: Place,
    /// The area it counts for.
    pub(crate) area: Option<UnitCode>,
    pub(crate) urgency: String,
    pub(crate) confidential: bool,
    pub(crate) owner: Option<UnitCode>,
    pub(crate) co_handlers: Vec<UnitCode>,
    pub(crate) state: String,
    pub(crate) class: Option<String>,
    pub(crate) returns: u32,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) closed_as: Option<String>,
    pub(crate) tips: u32,
    pub(crate) disposal: Option<DisposalFacts>,
    pub(crate) clocks: Vec<ClockFacts>,
    /// A case that was merged into it had missed a deadline of its handling.
    pub(crate) came_late: bool,
}

/// What they say of its disposal.
#[derive(Clone, Debug)]
pub(crate) struct DisposalFacts {
    pub(crate) measures: u32,
    pub(crate) measures_done: u32,
    /// Levels whose review passed and still stands, lowest first.
    pub(crate) reviews: Vec<String>,
    pub(crate) spot_check: Option<String>,
    pub(crate) relapsed: bool,
}

impl CaseFacts {
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.clocks.iter().any(|clock| clock.is_overdue(now))
    }
    /// Some deadline of its handling was missed, made up for since or not, here or before it was merged.
    pub(crate) fn is_missed(&self, now: Timestamp) -> bool {
        let mut missed = self.clocks.iter().filter(|clock| clock.is_missed(now));
        self.came_late || missed.any(|clock| clock.is_of_handling())
    }
    /// The running clock that ends, or ended, first.
    pub(crate) fn next_clock(&self) -> Option<&ClockFacts> {
        let running = self.clocks.iter().filter(|clock| clock.is_running());
        running.min_by_key(|clock| clock.due)
    }
    pub(crate) fn is_relapsed(&self) -> bool {
        self.disposal.as_ref().is_some_and(|disposal| disposal.relapsed)
    }
}

/// Whether a case that a row of `placed_cases` goes on for had missed a deadline: joined to a fresh one, it would be in no rate.
pub(crate) fn came_late() -> String {
    format!(
        "EXISTS (WITH RECURSIVE joined (case_id) AS (\
         SELECT cases.case_id FROM cases WHERE cases.merged_into = placed_cases.case_id \
         UNION SELECT cases.case_id FROM cases JOIN joined ON cases.merged_into = joined.case_id) \
         SELECT 1 FROM joined JOIN clocks ON clocks.subject = 'case-' || joined.case_id \
         WHERE clocks.late AND clocks.obligation IN ({}))",
        *OF_HANDLING
    )
}

/// Cases that meet the conditions, newest first, at most so many.
pub(crate) fn cases(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
    limit: Option<u32>,
) -> Result<Vec<CaseFacts>, BookError> {
    cases_in_order(transaction, conditions, ("opened_at DESC, case_id", limit))
}

/// By the next deadline; what has none comes last.
pub(crate) const MOST_PRESSING_FIRST: &str = "(SELECT min(due) FROM clocks \
    WHERE clocks.subject = placed_cases.subject AND stopped_at IS NULL) NULLS LAST, case_id";

/// Likewise in another order.
pub(crate) fn cases_in_order(
    transaction: &Transaction<'_>,
    conditions: &Conditions,
    order: (&str, Option<u32>),
) -> Result<Vec<CaseFacts>, BookError> {
    let from = format!(
        "*, (SELECT count(*) FROM case_tips WHERE case_tips.case_id = placed_cases.case_id) AS tips, \
         {} AS came_late FROM placed_cases",
        came_late()
    );
    let mut cases = super::select(transaction, &from, conditions, order, read)?;
    let mut helpers =
        transaction.prepare_cached("SELECT unit FROM co_handlers WHERE case_id = ?1 ORDER BY unit")?;
    for case in &mut cases {
        case.clocks = clocks_of(transaction, &format!("case-{}", case.id))?;
        let units = helpers.query_map([&case.id], |row| parsed::<UnitCode>(row, "unit"))?;
        case.co_handlers = units.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    }
    Ok(cases)
}

fn read(row: &Row<'_>) -> rusqlite::Result<CaseFacts> {
    let At(opened_at) = row.get("opened_at")?;
    let measures: Option<u32> = row.get("measures")?;
    let disposal = match measures {
        None => None,
        Some(measures) => Some(DisposalFacts {
            measures,
            measures_done: row.get("measures_done")?,
            reviews: serde_json::from_str(&row.get::<_, String>("reviews")?).unwrap_or_default(),
            spot_check: row.get("spot_check")?,
            relapsed: row.get("relapsed")?,
        }),
    };
    Ok(CaseFacts {
        id: row.get("case_id")?,
        opened_at,
        origin: row.get("origin")?,
        relapse_of: row.get("relapse_of")?,
        summary: row.get("summary")?,
        enterprise: row.get("enterprise")?,
        place: Place::read(row)?,
        area: parsed(row, "area")?,
        urgency: row.get("urgency")?,
        confidential: row.get("confidential")?,
        owner: parsed(row, "owner")?,
        co_handlers: Vec::new(),
        state: row.get("state")?,
        class: row.get("class")?,
        returns: row.get("returns")?,
        closed_at: time(row, "closed_at")?,
        closed_as: row.get("closed_as")?,
        tips: row.get("tips")?,
        disposal,
        clocks: Vec::new(),
        came_late: row.get("came_late")?,
    })
}
