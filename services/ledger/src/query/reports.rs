//! Area reports as a list: how far each has come, and what exactly was signed.

use super::conditions::{Conditions, Period, text};
use super::{Cut, Moment, known_unit, one_of, signing};
use crate::book::BookError;
use crate::columns::time;
use crate::messages::said;
use crate::rows;
use jiff::Timestamp;
use mingcha_proto::ledger::{AreaReportRow, ListReportsRequest, ListReportsResponse};
use platform::invalid;
use rusqlite::Row;
use tonic::Status;

const STATES: [&str; 7] = [
    "absent", "drafted", "signed", "returned", "sealed", "filed", "accepted",
];
/// A report that was filed has been sealed and signed as well.
const REACHED: [&str; 3] = ["signed", "sealed", "filed"];
/// Unit and stage as one text, in the order of the list.
const ID: &str = "unit || ' ' || stage";

pub(crate) fn list(moment: &Moment<'_>, request: &ListReportsRequest) -> Result<ListReportsResponse, Status> {
    let mut conditions = moment.visible_units()?;
    conditions.and_all(filter(moment, request)?);
    let cut = Cut::of(&request.after, request.limit)?;
    // Reports have no time of their own, so all count as of one and the name decides.
    let rest = cut.rest(&conditions, "0", ID);
    let mut reports = reports(moment, &rest, cut.fetch())?;
    let next = cut.finish(&mut reports, |row| {
        (Timestamp::UNIX_EPOCH, format!("{} {}", row.unit, row.stage))
    });
    Ok(ListReportsResponse {
        reports,
        total: rows::count(moment.transaction, "reports", &conditions)?,
        next,
        position: moment.position,
    })
}

/// What must hold of `reports`. Lists and figures ask this same question.
///
/// # Errors
/// `InvalidArgument` for a condition that nothing can meet.
pub(crate) fn filter(moment: &Moment<'_>, filter: &ListReportsRequest) -> Result<Conditions, Status> {
    one_of("state", filter.state.as_ref(), &STATES)?;
    one_of("reached", filter.reached.as_ref(), &REACHED)?;
    let mut conditions = Conditions::default();
    if let Some(unit) = &filter.unit {
        known_unit("unit", unit, moment.jurisdiction)?;
        conditions.and(IN_AREA, [text(unit)]);
    }
    if let Some(stage) = &filter.stage
        && moment.jurisdiction.stage(stage).is_none()
    {
        return Err(invalid("stage", "没有这个阶段。"));
    }
    for word in filter.text.split_whitespace() {
        conditions.and_all(names(moment, &word.to_lowercase()));
    }
    conditions
        .is("stage", filter.stage.as_ref())
        .is("state", filter.state.as_ref());
    match filter.reached.as_deref() {
        Some("signed") => conditions.and("state IN ('signed', 'sealed', 'filed', 'accepted')", []),
        Some("sealed") => conditions.and("state IN ('sealed', 'filed', 'accepted')", []),
        Some(_) => conditions.and("state IN ('filed', 'accepted')", []),
        None => &mut conditions,
    };
    let reached = Period {
        from: filter.reached_from.as_ref(),
        until: filter.reached_until.as_ref(),
        stage: None,
    };
    let when = reached_at(filter.reached.as_deref());
    conditions.and_all(reached.conditions(when, moment.jurisdiction)?);
    Ok(conditions)
}

/// The column with the time at which a report came so far; of those that are asked for as they are, the filing.
pub(crate) fn reached_at(reached: Option<&str>) -> &'static str {
    match reached {
        Some("signed") => "signed_at",
        Some("sealed") => "sealed_at",
        _ => "filed_at",
    }
}

/// What must hold for a word to stand in what a report is known by. Names are the directory's, of which there are few.
fn names(moment: &Moment<'_>, word: &str) -> Conditions {
    let jurisdiction = moment.jurisdiction;
    let has = |name: &str| name.to_lowercase().contains(word);
    let units = jurisdiction.units.iter().filter(|(_, unit)| has(&unit.name));
    let stages = jurisdiction.stages.iter().filter(|stage| has(&stage.name));
    let signers = jurisdiction.staff.iter().filter(|(_, member)| has(&member.name));
    let among = |codes: Vec<String>| text(&serde_json::Value::from(codes).to_string());
    let mut conditions = Conditions::default();
    conditions.and(
        "unit IN (SELECT value FROM json_each(?)) OR stage IN (SELECT value FROM json_each(?))
            OR signer IN (SELECT value FROM json_each(?)) OR instr(lower(number), ?) > 0",
        [
            among(units.map(|(code, _)| code.to_string()).collect()),
            among(stages.map(|stage| stage.code.clone()).collect()),
            among(signers.map(|(account, _)| account.to_string()).collect()),
            text(word),
        ],
    );
    conditions
}

const IN_AREA: &str = "unit IN (SELECT unit FROM within WHERE within.area = ?)";

/// Reports that meet the conditions, by unit and stage, at most so many.
pub(crate) fn reports(
    moment: &Moment<'_>,
    conditions: &Conditions,
    limit: Option<u32>,
) -> Result<Vec<AreaReportRow>, BookError> {
    let mut reports = rows::select(
        moment.transaction,
        "* FROM reports",
        conditions,
        (ID, limit),
        read,
    )?;
    for report in &mut reports {
        if let Some(seen) = signing::counts(moment, &report.unit, &report.stage)? {
            report.lines = seen.lines;
            report.contradictions = seen.contradictions;
        }
        report.unit_name = moment.unit_name(&report.unit);
        let stage = moment.jurisdiction.stage(&report.stage);
        report.stage_name = stage.map_or_else(|| report.stage.clone(), |stage| stage.name.clone());
        let signer = report.signed_by.as_deref();
        report.signed_by_name = signer.and_then(|person| moment.person_name(person));
    }
    Ok(reports)
}

fn read(row: &Row<'_>) -> rusqlite::Result<AreaReportRow> {
    let (unit, stage): (String, String) = (row.get("unit")?, row.get("stage")?);
    let state: String = row.get("state")?;
    let at = |column| Ok::<_, rusqlite::Error>(time(row, column)?.map(|at| at.to_string()));
    Ok(AreaReportRow {
        report: format!("{unit}-{stage}"),
        unit,
        unit_name: String::new(),
        stage,
        stage_name: String::new(),
        state_title: said(&state, report_domain::Progress::in_chinese).to_owned(),
        state,
        guaranteed_at: at("guaranteed_at")?,
        drafted_position: row
            .get::<_, Option<i64>>("drafted_position")?
            .map(i64::cast_unsigned),
        digest: row.get("digest")?,
        lines: row.get("lines")?,
        signed_by: row.get("signer")?,
        signed_by_name: None,
        signed_at: at("signed_at")?,
        sealed_at: at("sealed_at")?,
        filed_at: at("filed_at")?,
        number: row.get("number")?,
        contradictions: row.get("contradictions")?,
    })
}
