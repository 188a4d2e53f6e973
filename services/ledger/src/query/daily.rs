//! What happens on a day: figures that have a time, counted day by day with the filter of the list behind each.

use super::Moment;
use super::cases::DONE;
use super::conditions::{Conditions, instant, text};
use super::figures::{Filter, View};
use super::reports::reached_at;
use super::tips;
use crate::book::BookError;
use crate::messages::{obligation_title, rung_title};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Obligation, Rung, UnitCode};
use mingcha_proto::ledger::{
    Figure, ListCasesRequest, ListEscalationsRequest, ListObligationsRequest, ListReportsRequest,
    ListTipsRequest,
};
use platform::start_of;
use std::collections::HashMap;
use tonic::Status;

/// Campaign time is ahead of UTC by so much, the whole year.
const AHEAD: SignedDuration = SignedDuration::from_hours(8);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The place of the classification in [`DONE`].
const CLASSIFIED: usize = 3;

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
    /// When it was signed, sealed or filed, as its filter says.
    Reached,
    /// When something was done about it, by its place in [`DONE`].
    Done(usize),
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
            (View::Cases, By::Done(_)) => "done.at",
            (View::Cases, _) => "opened_at",
            (View::Escalations, _) => "reached",
            (View::Obligations, _) => "due",
            (View::Reports, _) => match &self.filter {
                Filter::Reports(filter) => reached_at(filter.reached.as_deref()),
                _ => reached_at(None),
            },
        }
    }
    /// Where its rows are, each as often as it was done to it.
    fn source(&self) -> String {
        let (view, _) = self.filter.view().source();
        let By::Done(index) = self.by else {
            return view.to_owned();
        };
        let (_, stream, name) = DONE[index];
        format!(
            "{view} JOIN main.facts AS done ON done.stream = '{stream}' || {view}.case_id AND done.name = '{name}'"
        )
    }
    /// Counts the rows that meet a condition: a case with three measures on a day is one.
    fn amount(&self, condition: &str) -> String {
        match self.by {
            By::Done(_) => format!(", count(DISTINCT CASE WHEN {condition} THEN case_id END)"),
            _ => format!(", sum(CASE WHEN {condition} THEN 1 ELSE 0 END)"),
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
            (Filter::Cases(mut list), By::Done(index)) => {
                list.did = Some(DONE[index].0.to_owned());
                (list.did_from, list.did_until) = (from, until);
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
            (Filter::Reports(mut list), _) => {
                (list.reached_from, list.reached_until) = (from, until);
                Filter::Reports(list)
            }
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
            "当天新超期",
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

/// What a trend tells besides, in this order: the figures of the table that have a time.
pub(crate) fn further() -> Vec<Daily> {
    let channel = |(code, title): (&str, &str)| {
        let list = ListTipsRequest {
            channel: Some(code.to_owned()),
            ..ListTipsRequest::default()
        };
        Daily::new(
            &format!("tips_{code}"),
            &format!("线索：{title}"),
            Filter::Tips(list),
            By::Begin,
        )
    };
    let mut further: Vec<Daily> = tips::channels().map(channel).collect();
    for class in ["A", "B", "C"] {
        let list = ListCasesRequest {
            class: Some(class.to_owned()),
            ..ListCasesRequest::default()
        };
        let title = format!("定性为 {class} 类");
        let by = By::Done(CLASSIFIED);
        further.push(Daily::new(
            &format!("class_{class}"),
            &title,
            Filter::Cases(list),
            by,
        ));
    }
    for (index, title) in ["完成处置措施的案件", "抽查合格", "抽查不合格"]
        .into_iter()
        .enumerate()
    {
        let list = Filter::Cases(ListCasesRequest::default());
        further.push(Daily::new(DONE[index].0, title, list, By::Done(index)));
    }
    for (reached, title) in [
        ("signed", "报告签字"),
        ("sealed", "报告盖章"),
        ("filed", "报告备案"),
    ] {
        let list = ListReportsRequest {
            reached: Some(reached.to_owned()),
            ..ListReportsRequest::default()
        };
        further.push(Daily::new(
            &format!("reports_{reached}"),
            title,
            Filter::Reports(list),
            By::Reached,
        ));
    }
    further.extend(
        Obligation::ALL
            .into_iter()
            .filter(|owed| *owed != Obligation::Inquiry)
            .map(|owed| {
                let list = ListObligationsRequest {
                    missed: Some(true),
                    obligation: Some(owed.code().to_owned()),
                    ..ListObligationsRequest::default()
                };
                let title = format!("{}超期", obligation_title(owed.code()));
                Daily::new(
                    &format!("missed_{}", owed.code()),
                    &title,
                    Filter::Obligations(list),
                    By::Begin,
                )
            }),
    );
    further
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
    let pass_of = |daily: &Daily| (daily.filter.view(), daily.source(), daily.time());
    let mut passes: Vec<(View, String, &'static str)> = Vec::new();
    for daily in dailies {
        let pass = pass_of(daily);
        if !passes.contains(&pass) {
            passes.push(pass);
        }
    }
    for pass in passes {
        let own: Vec<usize> = (0..dailies.len())
            .filter(|index| pass_of(&dailies[*index]) == pass)
            .collect();
        let (view, from, time) = pass;
        let (mut amounts, mut asked) = (String::new(), Conditions::default());
        for index in &own {
            let conditions = dailies[*index].filter.conditions(moment)?;
            amounts.push_str(&dailies[*index].amount(&conditions.sql()));
            asked.bind(&conditions);
        }
        let (_, area) = view.source();
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
