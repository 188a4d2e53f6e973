//! The weekly bulletin 周报 of the joint conference's office: the table, what changed, who is criticised and who
//! supervised, what was decided and is not done, and who works in time.

use super::daily::{count, dailies, days};
use super::{Moment, escalations, report, supervision};
use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jurisdiction::{Rung, campaign_time};
use mingcha_proto::ledger::{
    BulletinChange, BulletinRequest, BulletinResponse, ListEscalationsRequest, ListSpecialSupervisionRequest,
    ListTasksRequest, RankRow, ReportRequest, ReportRow,
};
use platform::{day, invalid, start_of};
use tonic::Status;

pub(crate) fn bulletin(moment: &Moment<'_>, request: &BulletinRequest) -> Result<BulletinResponse, Status> {
    let monday = match &request.week {
        Some(week) => monday_of(week).ok_or_else(|| {
            invalid(
                "week",
                "请写成周次，例如 2020-W23，或那一周的任何一天，例如 2020-06-03。",
            )
        })?,
        None => monday_before(campaign_time(moment.now).date()),
    };
    if start_of(monday).is_none_or(|begin| begin > moment.now) {
        return Err(invalid("week", "这一周还没有开始。"));
    }
    let unit = report::root(moment, request.unit.as_deref())?;
    let table = ReportRequest {
        unit: Some(unit.to_string()),
        ..ReportRequest::default()
    };
    let table = report::report(moment, &table)?;
    Ok(BulletinResponse {
        unit: unit.to_string(),
        unit_name: moment.jurisdiction.unit_name(&unit),
        week: name_of(monday),
        from: monday.to_string(),
        until: sunday_of(monday).to_string(),
        at: moment.now.to_string(),
        stage: table.stage,
        changes: changes(moment, &unit, monday)?,
        special_supervision: supervision::all_special(
            moment,
            &ListSpecialSupervisionRequest {
                unit: Some(unit.to_string()),
                open: true,
                ..ListSpecialSupervisionRequest::default()
            },
        )?,
        criticised: escalations::all(
            moment,
            &ListEscalationsRequest {
                unit: Some(unit.to_string()),
                rung: Some(Rung::Criticism.code().to_owned()),
                from: Some(monday.to_string()),
                until: Some(sunday_of(monday).to_string()),
                ..ListEscalationsRequest::default()
            },
            None,
        )?,
        tasks: open_tasks(moment, unit.as_str())?,
        ranking: ranking(&table.rows),
        rows: table.rows,
        position: moment.position,
    })
}

/// This week's figures beside those of the week before.
fn changes(
    moment: &Moment<'_>,
    unit: &jurisdiction::UnitCode,
    monday: Date,
) -> Result<Vec<BulletinChange>, Status> {
    let dailies = dailies();
    let before = before(monday);
    // Both in one pass: each takes every view of the ledger from one end to the other.
    let days = days((before, sunday_of(monday)), 14).unwrap_or_default();
    let values = count(moment, unit, &dailies, &days)?;
    let (week_before, this_week) = values.split_at(values.len().min(7));
    let figures = |monday: Date, week: &[Vec<u32>]| {
        let span = (monday, sunday_of(monday));
        let sum = |index: usize| week.iter().map(|day| day[index]).sum::<u32>();
        let figures = dailies.iter().enumerate();
        let figures = figures.map(|(index, daily)| daily.figure((unit, moment), span, sum(index)));
        figures.collect::<Vec<_>>()
    };
    let changes = figures(monday, this_week)
        .into_iter()
        .zip(figures(before, week_before));
    Ok(changes
        .map(|(this_week, week_before)| BulletinChange {
            code: this_week.code.clone(),
            title: this_week.title.clone(),
            this_week: Some(this_week),
            week_before: Some(week_before),
        })
        .collect())
}

/// What the conference decided and is not done, first what is due first.
fn open_tasks(moment: &Moment<'_>, unit: &str) -> Result<Vec<mingcha_proto::ledger::TaskRow>, Status> {
    let asked = ListTasksRequest {
        unit: Some(unit.to_owned()),
        ..ListTasksRequest::default()
    };
    let mut tasks = supervision::all_tasks(moment, &asked)?;
    tasks.retain(|task| task.state != "accepted");
    tasks.sort_by_key(|task| {
        let due: Timestamp = task.due.parse().unwrap_or_default();
        (due, task.unit.clone(), task.task)
    });
    Ok(tasks)
}

/// Within each level who closes most in time comes first; who has nothing to be measured by is named without a place.
fn ranking(rows: &[ReportRow]) -> Vec<RankRow> {
    let mut ranking = Vec::new();
    let mut levels: Vec<&str> = Vec::new();
    // The first row is the area itself.
    for row in rows.iter().skip(1) {
        if !levels.contains(&row.level.as_str()) {
            levels.push(&row.level);
        }
    }
    for level in levels {
        let mut own: Vec<&ReportRow> = rows.iter().skip(1).filter(|row| row.level == level).collect();
        let rate = |row: &ReportRow| row.on_time_rate.unwrap_or(-1.0);
        own.sort_by(|one, other| rate(other).total_cmp(&rate(one)).then(one.unit.cmp(&other.unit)));
        for row in &own {
            let better = |other: &&&ReportRow| rate(other) > rate(row);
            let place = own.iter().filter(better).count() as u32 + 1;
            ranking.push(RankRow {
                rank: row.on_time_rate.map(|_| place),
                unit: row.unit.clone(),
                name: row.name.clone(),
                level: row.level.clone(),
                on_time_rate: row.on_time_rate,
                figures: row
                    .figures
                    .iter()
                    .filter(|figure| MEASURED_BY.contains(&figure.code.as_str()))
                    .cloned()
                    .collect(),
            });
        }
    }
    ranking
}

/// What the rate is made of.
const MEASURED_BY: [&str; 3] = ["cases_missed", "cases_closed", "cases_closed_in_time"];

/// The instant that a bulletin without another is about: the end of its week, unless that is not over yet.
pub(crate) fn day_of(week: Option<&str>, now: Timestamp) -> Option<String> {
    let sunday = sunday_of(monday_of(week?)?);
    let over = sunday.tomorrow().ok().and_then(start_of)? <= now;
    over.then(|| sunday.to_string())
}

/// `2020-W23`, or any day of the week.
fn monday_of(week: &str) -> Option<Date> {
    if let Some((year, number)) = week.split_once("-W") {
        let (year, number) = (year.parse().ok()?, number.parse().ok()?);
        return ISOWeekDate::new(year, number, Weekday::Monday)
            .ok()
            .map(Date::from);
    }
    day(week).map(monday_before)
}

pub(super) fn monday_before(day: Date) -> Date {
    let week = day.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).map_or(day, Date::from)
}

fn sunday_of(monday: Date) -> Date {
    let week = monday.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), Weekday::Sunday).map_or(monday, Date::from)
}

fn before(monday: Date) -> Date {
    monday.yesterday().map_or(monday, monday_before)
}

fn name_of(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{}-W{:02}", week.year(), week.week())
}
