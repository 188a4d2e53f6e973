//! Cases, read together with their disposals and clocks.

use super::{ClockFacts, Place, Which, clocks};
use crate::book::BookError;
use crate::columns::{At, parsed, time};
use jiff::Timestamp;
use jurisdiction::UnitCode;
use rusqlite::{Row, Transaction};
use std::collections::HashMap;

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
}

/// What they say of its disposal.
#[derive(Clone, Debug)]
pub(crate) struct DisposalFacts {
    pub(crate) measures: u32,
    pub(crate) measures_done: u32,
    pub(crate) spot_check: Option<String>,
    pub(crate) relapsed: bool,
}

impl CaseFacts {
    pub(crate) fn is_open(&self) -> bool {
        self.state != "closed"
    }
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.clocks.iter().any(|clock| clock.is_overdue(now))
    }
    /// Some deadline was missed, made up for since or not.
    pub(crate) fn is_missed(&self, now: Timestamp) -> bool {
        self.clocks.iter().any(|clock| clock.is_missed(now))
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

const SELECT: &str = "SELECT cases.*, measures, measures_done, spot_check, relapsed, \
    (SELECT count(*) FROM case_tips WHERE case_tips.case_id = cases.case_id) AS tips \
    FROM cases LEFT JOIN disposals USING (case_id)";

/// All cases, newest first. A campaign has thousands of them, not millions: lists and figures share this one reading, so
/// that a number and the list behind it cannot differ.
pub(crate) fn cases(transaction: &Transaction<'_>) -> Result<Vec<CaseFacts>, BookError> {
    let mut select = transaction.prepare(&format!("{SELECT} ORDER BY opened_at DESC, case_id"))?;
    let mut cases = select.query_map((), read)?.collect::<Result<Vec<_>, _>>()?;
    let mut clocks_of: HashMap<String, Vec<ClockFacts>> = HashMap::new();
    for clock in clocks(transaction, Which::All)? {
        if let Some(case) = clock.subject.strip_prefix("case-") {
            clocks_of.entry(case.to_owned()).or_default().push(clock);
        }
    }
    let mut helpers: HashMap<String, Vec<UnitCode>> = HashMap::new();
    let mut select = transaction.prepare("SELECT case_id, unit FROM co_handlers ORDER BY case_id, unit")?;
    let mut rows = select.query(())?;
    while let Some(row) = rows.next()? {
        let list = helpers.entry(row.get("case_id")?).or_default();
        list.extend(parsed::<UnitCode>(row, "unit")?);
    }
    for case in &mut cases {
        case.clocks = clocks_of.remove(&case.id).unwrap_or_default();
        case.co_handlers = helpers.remove(&case.id).unwrap_or_default();
    }
    Ok(cases)
}

/// One case.
pub(crate) fn case(transaction: &Transaction<'_>, id: &str) -> Result<Option<CaseFacts>, BookError> {
    let mut select = transaction.prepare(&format!("{SELECT} WHERE case_id = ?1"))?;
    let Some(mut case) = select.query_map([id], read)?.next().transpose()? else {
        return Ok(None);
    };
    case.clocks = clocks(transaction, Which::Of(&format!("case-{id}")))?;
    let mut select = transaction.prepare("SELECT unit FROM co_handlers WHERE case_id = ?1 ORDER BY unit")?;
    let units = select.query_map([id], |row| parsed::<UnitCode>(row, "unit"))?;
    case.co_handlers = units.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    Ok(Some(case))
}

fn read(row: &Row<'_>) -> rusqlite::Result<CaseFacts> {
    let At(opened_at) = row.get("opened_at")?;
    let measures: Option<u32> = row.get("measures")?;
    let disposal = match measures {
        None => None,
        Some(measures) => Some(DisposalFacts {
            measures,
            measures_done: row.get("measures_done")?,
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
    })
}
