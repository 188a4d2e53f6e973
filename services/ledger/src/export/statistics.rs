//! The table, the trend and the bulletin on paper.

use super::others::{RUNG_COLUMNS, rung};
use super::supervision::{SPECIAL_COLUMNS, TASK_COLUMNS, supervised, task};
use super::{Sheet, numbered};
use crate::query::{Moment, bulletin as weekly, report, trend as daily};
use mingcha_proto::ledger::{
    BulletinRequest, BulletinResponse, Figure, ReportRequest, ReportRow, TrendRequest,
};
use sheets::Cell;
use tonic::Status;

pub(super) fn table(moment: &Moment<'_>, request: &ReportRequest) -> Result<Sheet, Status> {
    sheet(&report::report(moment, request)?.rows)
}

fn sheet(rows: &[ReportRow]) -> Result<Sheet, Status> {
    let mut header = vec!["序号", "代码", "单位", "按期销号率"];
    let first = rows.first();
    let titles = first.into_iter().flat_map(|row| &row.figures);
    header.extend(titles.map(|figure| figure.title.as_str()));
    let rows = numbered(rows.iter().collect(), |row| {
        let mut cells = vec![
            row.unit.clone().into(),
            row.name.clone().into(),
            Cell::from(percent(row.on_time_rate)),
        ];
        cells.extend(row.figures.iter().map(value));
        cells
    })?;
    Ok(Sheet::new("统计表", &header, rows))
}

pub(super) fn trend(moment: &Moment<'_>, request: &TrendRequest) -> Result<Sheet, Status> {
    let days = daily::trend(moment, request)?.days;
    let mut header = vec!["序号", "日期"];
    let titles = days.first().into_iter().flat_map(|day| &day.figures);
    let titles: Vec<String> = titles.map(|figure| figure.title.clone()).collect();
    header.extend(titles.iter().map(String::as_str));
    let rows = numbered(days, |day| {
        let mut cells = vec![Cell::from(day.day.clone())];
        cells.extend(day.figures.iter().map(value));
        cells
    })?;
    Ok(Sheet::new("每日动态", &header, rows))
}

/// The parts of the bulletin, a sheet each.
pub(super) fn bulletin(moment: &Moment<'_>, request: &BulletinRequest) -> Result<Vec<Sheet>, Status> {
    let told = weekly::bulletin(moment, request)?;
    Ok(vec![
        changes(&told)?,
        sheet(&told.rows)?,
        ranking(&told)?,
        Sheet::new("本周通报批评", &RUNG_COLUMNS, numbered(told.criticised, rung)?),
        Sheet::new(
            "专项督查中的单位",
            &SPECIAL_COLUMNS,
            numbered(told.special_supervision, supervised)?,
        ),
        Sheet::new("未完成的联席会议任务", &TASK_COLUMNS, numbered(told.tasks, task)?),
    ])
}

fn changes(told: &BulletinResponse) -> Result<Sheet, Status> {
    let rows = numbered(told.changes.iter().collect(), |change| {
        let of = |figure: Option<&Figure>| figure.map_or(Cell::Empty, value);
        vec![
            change.title.clone().into(),
            of(change.this_week.as_ref()),
            of(change.week_before.as_ref()),
        ]
    })?;
    Ok(Sheet::new("周报", &["序号", "事项", "本周", "上周"], rows))
}

fn ranking(told: &BulletinResponse) -> Result<Sheet, Status> {
    let mut header = vec!["序号", "名次", "单位", "按期销号率"];
    let first = told.ranking.first();
    let titles = first.into_iter().flat_map(|row| &row.figures);
    header.extend(titles.map(|figure| figure.title.as_str()));
    let rows = numbered(told.ranking.iter().collect(), |row| {
        let mut cells = vec![
            row.rank.map_or(Cell::Empty, Cell::from),
            row.name.clone().into(),
            Cell::from(percent(row.on_time_rate)),
        ];
        cells.extend(row.figures.iter().map(value));
        cells
    })?;
    Ok(Sheet::new("按期销号率排名", &header, rows))
}

fn value(figure: &Figure) -> Cell {
    figure.value.into()
}

fn percent(rate: Option<f64>) -> Option<String> {
    rate.map(|rate| format!("{:.1}%", rate * 100.0))
}
