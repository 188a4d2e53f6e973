//! Lists as files, whole: a 台账 with its title, what was asked for, as of when, and who printed it.

mod cases;
mod others;
mod statistics;
mod supervision;
mod words;

use crate::query::Moment;
use jiff::Timestamp;
use jurisdiction::{Actor, campaign_time};
use mingcha_proto::ledger::{ExportRequest, ExportResponse};
use platform::invalid;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sheets::{Cell, Format, Table};
use tonic::Status;

/// More rows than this are asked for area by area: nobody reads them, and the file has to stay small enough to be sent.
const MOST_ROWS: u32 = 50_000;
const LISTS: [&str; 14] = [
    "cases",
    "tips",
    "work",
    "escalations",
    "obligations",
    "findings",
    "tasks",
    "special-supervision",
    "reports",
    "statistics",
    "trend",
    "bulletin",
    "failures",
    "inquiries",
];
/// What is said of the file and not of the list.
const OF_THE_FILE: [&str; 4] = ["list", "format", "as_of", "wait_for_position"];

/// What a list amounts to on paper, before its notes.
pub(crate) struct Sheet {
    pub(crate) title: &'static str,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    pub(crate) fn new(title: &'static str, header: &[&str], rows: Vec<Vec<Cell>>) -> Self {
        Self {
            title,
            header: header.iter().map(|&name| name.to_owned()).collect(),
            rows,
        }
    }
}

pub(crate) fn export(moment: &Moment<'_>, request: &ExportRequest) -> Result<ExportResponse, Status> {
    let format = Format::of(&request.format).ok_or_else(|| invalid("format", "可选：csv、xlsx。"))?;
    let sheets = sheets_of(moment, request)?;
    let notes = notes(moment, request)?;
    let name = sheets.first().map_or("台账", |sheet| sheet.title);
    let file_name = format!(
        "{name}_{}.{}",
        campaign_time(moment.now).strftime("%Y%m%d"),
        format.extension()
    );
    let tables: Vec<(&str, Table)> = sheets
        .into_iter()
        .map(|sheet| {
            let table = Table {
                title: sheet.title.to_owned(),
                notes: notes.clone(),
                header: sheet.header,
                rows: sheet.rows,
            };
            (sheet.title, table)
        })
        .collect();
    let written = match (&*tables, format) {
        ([(_, table)], format) => sheets::write(table, format),
        (_, Format::Csv) => return Err(invalid("format", "周报由几张表组成，请选择 xlsx。")),
        (tables, Format::Xlsx) => sheets::write_book(tables),
    };
    Ok(ExportResponse {
        data: written.map_err(|error| Status::internal(error.to_string()))?,
        content_type: format.content_type().to_owned(),
        file_name,
    })
}

fn sheets_of(moment: &Moment<'_>, request: &ExportRequest) -> Result<Vec<Sheet>, Status> {
    let one = |sheet: Sheet| Ok(vec![sheet]);
    match request.list.as_str() {
        "cases" => one(cases::cases(moment, &asked(request)?)?),
        "tips" => one(cases::tips(moment, &asked(request)?)?),
        "work" => one(others::work(moment, &asked(request)?)?),
        "escalations" => one(others::escalations(moment, &asked(request)?)?),
        "obligations" => one(others::obligations(moment, &asked(request)?)?),
        "reports" => one(others::reports(moment, &asked(request)?)?),
        "findings" => one(supervision::findings(moment, &asked(request)?)?),
        "tasks" => one(supervision::tasks(moment, &asked(request)?)?),
        "special-supervision" => one(supervision::special(moment, &asked(request)?)?),
        "failures" => one(supervision::failures(moment, &asked(request)?)?),
        "inquiries" => one(supervision::inquiries(moment, &asked(request)?)?),
        "statistics" => one(statistics::table(moment, &asked(request)?)?),
        "trend" => one(statistics::trend(moment, &asked(request)?)?),
        "bulletin" => statistics::bulletin(moment, &asked(request)?),
        _ => Err(invalid("list", &format!("可选：{}。", LISTS.join("、")))),
    }
}

/// The conditions of the list itself; one that it does not know is refused and not passed over, or the file would hold more
/// than its reader believes.
fn asked<Q: DeserializeOwned>(request: &ExportRequest) -> Result<Q, Status> {
    let mut fields = serde_json::to_value(request).unwrap_or_default();
    if let Value::Object(fields) = &mut fields {
        fields.retain(|name, value| !value.is_null() && !OF_THE_FILE.contains(&name.as_str()));
    }
    serde_json::from_value(fields).map_err(|error| {
        let error = error.to_string();
        let field = error.split('`').nth(1).unwrap_or("list").to_owned();
        invalid(&field, &format!("这张表没有“{field}”这个条件，请去掉。"))
    })
}

/// One more than there may be, so that too many are noticed.
fn most() -> Option<u32> {
    Some(MOST_ROWS + 1)
}

/// The rows in their order, each with its number in front.
fn numbered<T>(items: Vec<T>, row: impl Fn(&T) -> Vec<Cell>) -> Result<Vec<Vec<Cell>>, Status> {
    if items.len() > MOST_ROWS as usize {
        return Err(invalid(
            "unit",
            &format!("超过 {MOST_ROWS} 行，请按单位、日期缩小范围后分几次导出。"),
        ));
    }
    let rows = (1u32..).zip(&items).map(|(number, item)| {
        let mut cells = vec![Cell::from(number)];
        cells.extend(row(item));
        cells
    });
    Ok(rows.collect())
}

/// What whoever holds the paper has to know of it.
fn notes(moment: &Moment<'_>, request: &ExportRequest) -> Result<Vec<String>, Status> {
    let area = match &request.unit {
        Some(unit) => moment.unit_name(unit),
        None => "本人可以查看的全部范围".to_owned(),
    };
    let printed_by = match moment.actor {
        Actor::Staff { staff, unit, role } => format!(
            "{}（{} {}，账号 {staff}）",
            moment
                .person_name(staff.as_str())
                .unwrap_or_else(|| staff.to_string()),
            moment.unit_name(unit.as_str()),
            role.in_chinese(),
        ),
        other => other.to_string(),
    };
    let mut conditions = serde_json::to_value(request).unwrap_or_default();
    if let Value::Object(fields) = &mut conditions {
        fields.retain(|name, value| {
            !value.is_null() && !OF_THE_FILE.contains(&name.as_str()) && name != "unit"
        });
    }
    let conditions: Vec<String> = conditions
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!(
                "{}：{}",
                words::condition(name),
                words::value(&request.list, name, text)
            ),
            None => format!(
                "{}：{}",
                words::condition(name),
                if value == &Value::Bool(true) { "是" } else { "否" }
            ),
        })
        .collect();
    let conditions = if conditions.is_empty() {
        "无".to_owned()
    } else {
        conditions.join("，")
    };
    Ok(vec![
        format!("范围：{area}；筛选条件：{conditions}"),
        format!("数据截至：{}（记录位置 {}）", minute(moment.now), moment.position),
        format!("导出人：{printed_by}；导出时间：{}", minute(moment.asked_at)),
    ])
}

/// As people write a time in Suqian.
pub(crate) fn minute(at: Timestamp) -> String {
    campaign_time(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A time of a message.
pub(crate) fn written(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), minute)
}

fn written_if(at: Option<&String>) -> Cell {
    at.map(|at| written(at)).into()
}
