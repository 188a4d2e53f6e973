//! What an area report is drafted from: the list of its cases, the reports below, and the digest of both.

use super::conditions::text;
use super::{Moment, known_unit, signing};
use crate::area::IN_AREA;
use crate::book::BookError;
use crate::columns::time;
use crate::messages::state_title;
use crate::rows;
use jurisdiction::{Actor, Level, Role, StaffId, UnitCode, UnitKind};
use mingcha_proto::ledger::{
    DraftLine, DraftListRequest, DraftListResponse, LowerReport, LowerReportsRequest, LowerReportsResponse,
};
use platform::{PlatformRefusal, invalid, refuse};
use report_domain::{Digest, LowerReport as CanonicalLower, ReportId, ReportLine, canonical_list};
use rusqlite::OptionalExtension;
use sha2::{Digest as _, Sha256};
use tonic::Status;

pub(crate) fn draft(moment: &Moment<'_>, request: &DraftListRequest) -> Result<DraftListResponse, Status> {
    let unit = known_unit("unit", &request.unit, moment.jurisdiction)?;
    may_draft(moment.actor, &unit)?;
    let stage = known_stage(moment, &request.stage)?;
    // Those who will sign the report must not read in it what is about them.
    let mut conditions = moment.hidden_from_unit(&unit)?;
    conditions.and(IN_AREA, [text(unit.as_str())]);
    let cases = rows::cases(moment.transaction, &conditions, None)?;
    let mut list: Vec<ReportLine> = cases
        .into_iter()
        .filter_map(|case| {
            Some(ReportLine {
                case: case.id.parse().ok()?,
                state: case.state,
                class: case.class,
                place: case.place.text,
            })
        })
        .collect();
    list.sort_by_key(|line| line.case);
    let mut lower = lower_reports(moment, &unit, &stage)?;
    lower.retain(|report| report.digest.is_some());
    let canonical = canonical(moment, &unit, &stage, &list, &lower);
    Ok(DraftListResponse {
        lines: list.iter().map(line).collect(),
        lower,
        digest: hex::encode(Sha256::digest(&canonical)),
        canonical,
        list_position: moment.fact,
        unit: unit.to_string(),
        stage,
        position: moment.position,
    })
}

/// The bytes that are hashed, spelled by the domain itself. The position is that of the last fact in the views, so that
/// the digest changes only when something happened.
fn canonical(
    moment: &Moment<'_>,
    unit: &UnitCode,
    stage: &str,
    list: &[ReportLine],
    lower: &[LowerReport],
) -> String {
    let below: Vec<CanonicalLower> = lower
        .iter()
        .filter_map(|report| {
            Some(CanonicalLower {
                unit: report.unit.parse().ok()?,
                digest: Digest::parse(report.digest.as_deref()?)?,
                signed_by: report.signed_by.as_ref().and_then(|person| person.parse().ok()),
            })
        })
        .collect();
    let report = ReportId {
        unit: unit.clone(),
        stage: stage.to_owned(),
    };
    canonical_list(&report, moment.fact, list, &below)
}

pub(crate) fn line(line: &ReportLine) -> DraftLine {
    DraftLine {
        case_id: line.case.to_string(),
        state: line.state.clone(),
        class: line.class.clone(),
        place: line.place.clone(),
        state_title: state_title(&line.state).to_owned(),
    }
}

pub(crate) fn lower(
    moment: &Moment<'_>,
    request: &LowerReportsRequest,
) -> Result<LowerReportsResponse, Status> {
    let unit = known_unit("unit", &request.unit, moment.jurisdiction)?;
    if !moment.case_scope()?.sees_unit(&unit, moment.today) {
        return Err(refuse(PlatformRefusal::OutsideSubtree));
    }
    let stage = known_stage(moment, &request.stage)?;
    Ok(LowerReportsResponse {
        own: Some(report(moment, &unit, &stage)?),
        lower: lower_reports(moment, &unit, &stage)?,
        position: moment.position,
    })
}

/// The unit's own people, or the service that drafts.
fn may_draft(actor: &Actor, unit: &UnitCode) -> Result<(), Status> {
    let own = actor.unit() == Some(unit) && (actor.is(Role::Handler) || actor.is(Role::Leader));
    if actor.is_system() || own {
        return Ok(());
    }
    Err(refuse(match actor {
        Actor::Staff { .. } => PlatformRefusal::OutsideSubtree,
        _ => PlatformRefusal::WrongRole,
    }))
}

pub(crate) fn known_stage(moment: &Moment<'_>, stage: &str) -> Result<String, Status> {
    match moment.jurisdiction.stage(stage) {
        Some(stage) => Ok(stage.code.clone()),
        None => Err(invalid("stage", "没有这个阶段。")),
    }
}

/// One for every government directly below, by code.
fn lower_reports(moment: &Moment<'_>, unit: &UnitCode, stage: &str) -> Result<Vec<LowerReport>, Status> {
    let below = moment.jurisdiction.open_units().filter(|lower| {
        let reports = lower.kind == UnitKind::Government && lower.level != Level::City;
        reports && lower.parent.as_ref() == Some(unit)
    });
    below.map(|lower| report(moment, &lower.code, stage)).collect()
}

/// The report of one unit, as far as it goes.
pub(crate) fn report(moment: &Moment<'_>, unit: &UnitCode, stage: &str) -> Result<LowerReport, Status> {
    let sql = "SELECT * FROM reports WHERE unit = ?1 AND stage = ?2";
    let mut found = moment
        .transaction
        .query_row(sql, (unit.as_str(), stage), |row| {
            let signer: Option<String> = row.get("signer")?;
            Ok(LowerReport {
                unit: unit.to_string(),
                name: moment.jurisdiction.unit_name(unit),
                state: row.get("state")?,
                digest: row.get("digest")?,
                signed_by_name: signer.as_deref().and_then(|person| moment.person_name(person)),
                signed_by: signer.filter(|person| person.parse::<StaffId>().is_ok()),
                signed_at: time(row, "signed_at")?.map(|at| at.to_string()),
                drafted_position: row
                    .get::<_, Option<i64>>("drafted_position")?
                    .map(i64::cast_unsigned),
                lines: row.get("lines")?,
                contradictions: row.get("contradictions")?,
                due_at: time(row, "due_at")?.map(|at| at.to_string()),
                outdated: row.get("outdated")?,
                guarantee_due_at: time(row, "guarantee_due_at")?.map(|at| at.to_string()),
                guaranteed_at: time(row, "guaranteed_at")?.map(|at| at.to_string()),
                accepted_at: time(row, "accepted_at")?.map(|at| at.to_string()),
                returned_because: row.get("returned_because")?,
            })
        })
        .optional()
        .map_err(BookError::from)?;
    if let (Some(report), Some(seen)) = (&mut found, signing::counts(moment, unit.as_str(), stage)?) {
        report.lines = seen.lines;
        report.contradictions = seen.contradictions;
        report.outdated = seen.outdated;
    }
    Ok(found.unwrap_or_else(|| LowerReport {
        unit: unit.to_string(),
        name: moment.jurisdiction.unit_name(unit),
        state: "absent".to_owned(),
        ..LowerReport::default()
    }))
}
