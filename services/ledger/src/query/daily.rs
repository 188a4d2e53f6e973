//! What happens on a day: figures that have a time, counted day by day with the filter of the list behind each.

use super::Moment;
use super::conditions::{Conditions, instant, text};
use super::figures::{Filter, View};
use crate::book::BookError;
use crate::messages::rung_title;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Rung, UnitCode};
use mingcha_proto::ledger::{
    Figure, ListCasesRequest, ListEscalationsRequest, ListObligationsRequest, ListTipsRequest,
};
use platform::start_of;
use std::collections::HashMap;
use std::fmt::Write;
use tonic::Status;

/// Campaign time is ahead of UTC by so much, the whole year.
const AHEAD: SignedDuration = SignedDuration::from_hours(8);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A figure of a day.
pub(crate) struct Daily {
    pub(crate) code: String,
    pub(crate) title: String,
    filter: Filter,
    by: By,
}

/// Which of its times puts a row on a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// When it began, was reached or is due: `from` and `until` of its list.
    Begin,
    Screened,
    Closed,
}

impl Daily {
    fn new(code: &str, title: &str, filter: Filter, by: By) -> Self {
        Self {
            code: code.to_owned(),
            title: title.to_owned(),
            filter,
            by,
        }
    }
    /// The column with the time.
    fn time(&self) -> &'static str {
        match (self.filter.view(), self.by) {
            (View::Tips, By::Screened) => "screened_at",
            (View::Tips, _) => "received_at",
            (View::Cases, By::Closed) => "closed_at",
            (View::Cases, _) => "opened_at",
            (View::Escalations, _) => "reached",
            (View::Obligations, _) => "due",
            // No figure of a day counts reports: those that are on file say so.
            (View::Reports, _) => "filed_at",
        }
    }
    /// The figure of an area over some days, both included, and the list that it counts.
    pub(crate) fn figure(
        &self,
        (unit, moment): (&UnitCode, &Moment<'_>),
        (first, last): (Date, Date),
        value: u32,
    ) -> Figure {
        let (from, until) = (Some(first.to_string()), Some(last.to_string()));
        let filter = match (self.filter.clone(), self.by) {
            (Filter::Tips(mut list), By::Screened) => {
                (list.screened_from, list.screened_until) = (from, until);
                Filter::Tips(list)
            }
            (Filter::Tips(mut list), _) => {
                (list.from, list.until) = (from, until);
                Filter::Tips(list)
            }
            (Filter::Cases(mut list), By::Closed) => {
                (list.closed_from, list.closed_until) = (from, until);
                Filter::Cases(list)
            }
            (Filter::Cases(mut list), _) => {
                (list.from, list.until) = (from, until);
                Filter::Cases(list)
            }
            (Filter::Escalations(mut list), _) => {
                (list.from, list.until) = (from, until);
                Filter::Escalations(list)
            }
            (Filter::Obligations(mut list), _) => {
                (list.from, list.until) = (from, until);
                Filter::Obligations(list)
            }
            (reports @ Filter::Reports(_), _) => reports,
        };
        Figure {
            code: self.code.clone(),
            title: self.title.clone(),
            value,
            list: filter.list(unit.as_str(), moment),
        }
    }
}

/// What is told of every day, in this order.
pub(crate) fn dailies() -> Vec<Daily> {
    let tips = || Filter::Tips(ListTipsRequest::default());
    let screened = ListTipsRequest {
        screened: Some(true),
        ..ListTipsRequest::default()
    };
    let any = ListCasesRequest::default;
    let closed = |missed| {
        Filter::Cases(ListCasesRequest {
            state: Some("closed".to_owned()),
            closed_as: Some("handled".to_owned()),
            missed,
            ..any()
        })
    };
    let relapses = ListCasesRequest {
        origin: Some("relapse".to_owned()),
        ..any()
    };
    let missed = ListObligationsRequest {
        missed: Some(true),
        ..ListObligationsRequest::default()
    };
    let mut dailies = vec![
        Daily::new("tips", "收到线索", tips(), By::Begin),
        Daily::new("tips_screened", "甄审线索", Filter::Tips(screened), By::Screened),
        Daily::new("cases_opened", "立案", Filter::Cases(any()), By::Begin),
        Daily::new("cases_closed", "销号", closed(None), By::Closed),
        Daily::new("cases_closed_late", "超期销号", closed(Some(true)), By::Closed),
        Daily::new("relapses", "死灰复燃立案", Filter::Cases(relapses), By::Begin),
        Daily::new(
            "deadlines_missed",
            "错过时限",
            Filter::Obligations(missed),
            By::Begin,
        ),
    ];
    dailies.extend(Rung::ALL.into_iter().map(|rung| {
        let filter = ListEscalationsRequest {
            rung: Some(rung.code().to_owned()),
            ..ListEscalationsRequest::default()
        };
        let code = format!("rung_{}", rung.code());
        Daily::new(
            &code,
            rung_title(rung.code()),
            Filter::Escalations(filter),
            By::Begin,
        )
    }));
    dailies
}

/// The days from the first to the last, at most so many; `None` if there are more or none.
pub(crate) fn days((first, last): (Date, Date), most: usize) -> Option<Vec<Date>> {
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        if days.len() == most {
            return None;
        }
        days.push(day);
        day = day.tomorrow().ok()?;
    }
    (!days.is_empty()).then_some(days)
}

/// For each of the days the values of all figures. One pass over each view and time counts all figures that hang on it.
pub(crate) fn count(
    moment: &Moment<'_>,
    unit: &UnitCode,
    dailies: &[Daily],
    days: &[Date],
) -> Result<Vec<Vec<u32>>, Status> {
    let begin = |day: Date| start_of(day).unwrap_or_default();
    let place: HashMap<i64, usize> = days.iter().map(|day| number(begin(*day))).zip(0..).collect();
    let mut values = vec![vec![0; dailies.len()]; days.len()];
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(values);
    };
    let mut passes: Vec<(View, &'static str)> = Vec::new();
    for daily in dailies {
        let pass = (daily.filter.view(), daily.time());
        if !passes.contains(&pass) {
            passes.push(pass);
        }
    }
    for (view, time) in passes {
        let own: Vec<usize> = (0..dailies.len())
            .filter(|index| (dailies[*index].filter.view(), dailies[*index].time()) == (view, time))
            .collect();
        let (mut amounts, mut asked) = (String::new(), Conditions::default());
        for index in &own {
            let conditions = dailies[*index].filter.conditions(moment)?;
            let _ = write!(amounts, ", sum(CASE WHEN {} THEN 1 ELSE 0 END)", conditions.sql());
            asked.bind(&conditions);
        }
        let (from, area) = view.source();
        let mut rows = view.visible(moment)?;
        let period = [instant(begin(*first)), instant(begin(*last) + DAY)];
        rows.and(&format!("{time} >= ? AND {time} < ?"), period).and(
            &format!("{area} IN (SELECT unit FROM within WHERE within.area = ?)"),
            [text(unit.as_str())],
        );
        asked.bind(&rows);
        let sql = format!(
            "SELECT ({time} + {}) / {} AS day{amounts} FROM {from} WHERE {} GROUP BY day",
            AHEAD.as_nanos(),
            DAY.as_nanos(),
            rows.sql()
        );
        let mut read = || {
            let mut select = moment.transaction.prepare_cached(&sql)?;
            let mut found = select.query(rusqlite::params_from_iter(asked.values()))?;
            while let Some(row) = found.next()? {
                let Some(day) = place.get(&row.get::<_, i64>(0)?) else {
                    continue;
                };
                for (column, index) in own.iter().enumerate() {
                    values[*day][*index] = row.get(column + 1)?;
                }
            }
            Ok::<_, rusqlite::Error>(())
        };
        read().map_err(BookError::from)?;
    }
    Ok(values)
}

/// Days since 1970 in campaign time.
fn number(begin: Timestamp) -> i64 {
    let nanoseconds = (begin.as_nanosecond() + AHEAD.as_nanos()).div_euclid(DAY.as_nanos());
    i64::try_from(nanoseconds).unwrap_or_default()
}
