//! The trend: what happened day by day.

use super::daily::{count, dailies, days, further};
use super::{Moment, report};
use jiff::ToSpan;
use jiff::civil::Date;
use jurisdiction::campaign_time;
use mingcha_proto::ledger::{TrendDay, TrendRequest, TrendResponse};
use platform::{day, invalid};
use tonic::Status;

/// More days are asked for in several parts.
const MOST_DAYS: usize = 366;
/// Without a beginning.
const USUAL_DAYS: i64 = 30;

pub(crate) fn trend(moment: &Moment<'_>, request: &TrendRequest) -> Result<TrendResponse, Status> {
    let unit = report::root(moment, request.unit.as_deref())?;
    let today = campaign_time(moment.now).date();
    let last = given("until", request.until.as_deref())?.unwrap_or(today);
    let usual = last.checked_sub((USUAL_DAYS - 1).days()).unwrap_or(last);
    let first = given("from", request.from.as_deref())?.unwrap_or(usual);
    if first > last {
        return Err(invalid("until", "结束日期不能早于开始日期。"));
    }
    let days = days((first, last), MOST_DAYS)
        .ok_or_else(|| invalid("from", &format!("一次最多查 {MOST_DAYS} 天，请缩短时间段。")))?;
    let mut dailies = dailies();
    dailies.extend(further());
    let values = count(moment, &unit, &dailies, &days)?;
    let told = days.iter().zip(values).map(|(day, values)| TrendDay {
        day: day.to_string(),
        figures: dailies
            .iter()
            .zip(values)
            .map(|(daily, value)| daily.figure((&unit, moment), (*day, *day), value))
            .collect(),
    });
    Ok(TrendResponse {
        days: told.collect(),
        unit: unit.to_string(),
        at: moment.now.to_string(),
        position: moment.position,
    })
}

fn given(field: &str, text: Option<&str>) -> Result<Option<Date>, Status> {
    text.map(|text| day(text).ok_or_else(|| invalid(field, "请写成日期，例如 2020-06-01。")))
        .transpose()
}
