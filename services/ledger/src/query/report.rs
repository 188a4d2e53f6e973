//! The county × township table. A figure is counted with the very filter that opens its list, so the two cannot differ.

use super::conditions::{Conditions, text};
use super::figures::{Column, View, columns};
use super::{Moment, known_unit};
use crate::area::{Scope, is_within};
use crate::book::BookError;
use jurisdiction::{Jurisdiction, Level, Unit, UnitCode, UnitKind, campaign_time};
use mingcha_proto::ledger::{Figure, ReportRequest, ReportResponse, ReportRow};
use platform::{PlatformRefusal, invalid, refuse};
use std::collections::HashMap;
use std::fmt::Write;
use tonic::Status;

/// The values of all columns in each area, by the area's code.
pub(super) type Counts = HashMap<String, Vec<u32>>;

pub(crate) fn report(moment: &Moment<'_>, request: &ReportRequest) -> Result<ReportResponse, Status> {
    let root = root(moment, request.unit.as_deref())?;
    let stage = stage(moment, request)?;
    let areas = areas(&root, moment.jurisdiction);
    let columns = columns(&stage);
    let codes: Vec<&str> = areas.iter().map(|area| area.code.as_str()).collect();
    let counts = count(moment, &columns, &codes)?;
    let nothing = vec![0; columns.len()];
    let rows = areas.iter().map(|area| {
        let values = counts.get(area.code.as_str()).unwrap_or(&nothing);
        row(area, &columns, values, moment)
    });
    Ok(ReportResponse {
        rows: rows.collect(),
        at: moment.now.to_string(),
        position: moment.position,
        stage,
    })
}

/// The figures of one area.
pub(crate) fn figures(
    moment: &Moment<'_>,
    unit: &UnitCode,
    columns: &[Column],
) -> Result<Vec<Figure>, Status> {
    let counts = count(moment, columns, &[unit.as_str()])?;
    let nothing = vec![0; columns.len()];
    let values = counts.get(unit.as_str()).unwrap_or(&nothing);
    let figures = columns.iter().zip(values);
    Ok(figures
        .map(|(column, value)| column.figure(unit.as_str(), *value, moment))
        .collect())
}

/// Everything counts for its own area and for all above it. One pass over each view counts all columns that it has.
pub(super) fn count(moment: &Moment<'_>, columns: &[Column], areas: &[&str]) -> Result<Counts, Status> {
    let areas = text(&serde_json::to_string(areas).map_err(BookError::from)?);
    let mut counts = Counts::new();
    for view in View::ALL {
        let mut amounts = Conditions::default();
        let (mut inner, mut outer) = (String::new(), String::new());
        let own = || (0..).zip(columns).filter(|(_, column)| column.view() == view);
        for (index, column) in own() {
            let conditions = column.conditions(moment)?;
            let amount = column.amount();
            let _ = write!(
                inner,
                ", sum(CASE WHEN {} THEN {amount} END) AS amount{index}",
                conditions.sql()
            );
            let _ = write!(outer, ", sum(amount{index})");
            amounts.bind(&conditions);
        }
        let (from, area) = view.source();
        let visible = view.visible(moment)?;
        amounts.bind(&visible);
        let sql = format!(
            "SELECT within.area{outer} FROM (SELECT {area} AS lies{inner} FROM {from} WHERE {} GROUP BY lies) \
             JOIN within ON within.unit = lies WHERE within.area IN (SELECT value FROM json_each(?)) \
             GROUP BY within.area",
            visible.sql()
        );
        let mut read = || {
            let mut select = moment.transaction.prepare_cached(&sql)?;
            let mut rows = select.query(rusqlite::params_from_iter(amounts.values().chain([&areas])))?;
            while let Some(row) = rows.next()? {
                let values = counts
                    .entry(row.get(0)?)
                    .or_insert_with(|| vec![0; columns.len()]);
                for (place, (index, _)) in own().enumerate() {
                    values[index] = row.get::<_, Option<u32>>(place + 1)?.unwrap_or_default();
                }
            }
            Ok::<_, rusqlite::Error>(())
        };
        read().map_err(BookError::from)?;
    }
    Ok(counts)
}

/// The area asked for, or the caller's own.
pub(crate) fn root(moment: &Moment<'_>, unit: Option<&str>) -> Result<UnitCode, Status> {
    let scope = moment.case_scope()?;
    let own = match &scope {
        Scope::Everything => moment.today.city().map(|city| city.code.clone()),
        Scope::Area(area) => Some(area.clone()),
        Scope::Unit(_) => None,
    };
    let own = own.ok_or_else(|| refuse(PlatformRefusal::WrongRole))?;
    let Some(unit) = unit else {
        return Ok(own);
    };
    let unit = known_unit("unit", unit, moment.jurisdiction)?;
    let kind = moment.jurisdiction.unit(&unit).map(|unit| unit.kind);
    if kind != Some(UnitKind::Government) {
        return Err(invalid(
            "unit",
            "统计表按行政区划汇总，请选择市、县区、乡镇或村居。",
        ));
    }
    if !is_within(&unit, &own, moment.today) {
        return Err(refuse(PlatformRefusal::OutsideSubtree));
    }
    Ok(unit)
}

/// The stage asked for, or that of today, or the last one that began.
fn stage(moment: &Moment<'_>, request: &ReportRequest) -> Result<String, Status> {
    let stages = &moment.jurisdiction.stages;
    if let Some(stage) = &request.stage {
        let known = stages.iter().any(|known| known.code == *stage);
        return known
            .then(|| stage.clone())
            .ok_or_else(|| invalid("stage", "没有这个阶段。"));
    }
    let today = campaign_time(moment.now).date();
    let begun = stages.iter().filter(|stage| stage.from <= today);
    Ok(begun
        .max_by_key(|stage| stage.from)
        .map(|stage| stage.code.clone())
        .unwrap_or_default())
}

/// The area itself, its counties and townships, in the order of the tree; below a township its villages.
fn areas<'j>(root: &UnitCode, jurisdiction: &'j Jurisdiction) -> Vec<&'j Unit> {
    let deepest = match jurisdiction.level(root) {
        Some(Level::City | Level::County) => Level::Township,
        _ => Level::Village,
    };
    let mut areas = Vec::new();
    descend(root, deepest, jurisdiction, &mut areas);
    areas
}

pub(super) fn descend<'j>(
    code: &UnitCode,
    deepest: Level,
    jurisdiction: &'j Jurisdiction,
    areas: &mut Vec<&'j Unit>,
) {
    let Some(unit) = jurisdiction.unit(code) else {
        return;
    };
    areas.push(unit);
    let below = jurisdiction.open_units().filter(|lower| {
        lower.parent.as_ref() == Some(code)
            && lower.kind == UnitKind::Government
            && lower.level > unit.level
            && lower.level <= deepest
    });
    for lower in below {
        descend(&lower.code, deepest, jurisdiction, areas);
    }
}

fn row(area: &Unit, columns: &[Column], values: &[u32], moment: &Moment<'_>) -> ReportRow {
    let unit = area.code.to_string();
    let columns = columns.iter().zip(values);
    let figures: Vec<Figure> = columns
        .map(|(column, value)| column.figure(&unit, *value, moment))
        .collect();
    ReportRow {
        name: area.name.clone(),
        level: crate::columns::code(&area.level),
        parent: area.parent.as_ref().map(ToString::to_string),
        on_time_rate: on_time_rate(&figures),
        figures,
        unit,
    }
}

/// Closed without a missed deadline ÷ (closed + open with a missed deadline). An open case that missed one stays in the
/// denominator even if the obligation has been made up for or taken from the unit since: neither leaving it lie nor passing
/// it on makes the rate better, only closing in time does.
pub(crate) fn on_time_rate(figures: &[Figure]) -> Option<f64> {
    let value = |code: &str| {
        let figure = figures.iter().find(|figure| figure.code == code);
        figure.map_or(0, |figure| figure.value)
    };
    let all = value("cases_closed") + value("cases_missed");
    (all > 0).then(|| f64::from(value("cases_closed_in_time")) / f64::from(all))
}
