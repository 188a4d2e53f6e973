//! The county × township table. A figure is counted with the very filter that opens its list, so the two cannot differ.

use super::escalations;
use super::{Moment, cases, known_unit, query_string, tips};
use crate::area::{Scope, case_area, is_within, tip_area};
use crate::book::BookError;
use crate::messages::{obligation_title, rung_title};
use crate::rows::{self, CaseFacts, EscalationFacts, TipFacts};
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Level, Obligation, Rung, Unit, UnitCode, UnitKind, campaign_time};
use mingcha_proto::ledger::{
    Figure, ListCasesRequest, ListEscalationsRequest, ListTipsRequest, ReportRequest, ReportResponse,
    ReportRow,
};
use platform::{PlatformRefusal, invalid, refuse};
use std::collections::{HashMap, HashSet};
use tonic::Status;

/// Everything that counts for one area.
#[derive(Default)]
struct Counted<'f> {
    tips: Vec<&'f TipFacts>,
    cases: Vec<&'f CaseFacts>,
    escalations: Vec<&'f EscalationFacts>,
    /// States of the reports of the area's governments.
    reports: Vec<&'f str>,
}

/// What a figure counts.
#[derive(Clone)]
enum Filter {
    Tips(ListTipsRequest),
    Cases(ListCasesRequest),
    Escalations(ListEscalationsRequest),
}

pub(crate) fn report(moment: &Moment<'_>, request: &ReportRequest) -> Result<ReportResponse, Status> {
    let root = root(moment, request)?;
    let stage = stage(moment, request)?;
    let areas = areas(&root, moment.jurisdiction);
    let (tips, cases) = (rows::tips(moment.transaction)?, rows::cases(moment.transaction)?);
    let escalations = escalations::visible(moment)?;
    let reports = reports(moment, &stage)?;
    let mut counted: HashMap<&UnitCode, Counted<'_>> = HashMap::new();
    // Everything counts for its own area and for all above it.
    let shown: HashSet<&UnitCode> = areas.iter().map(|area| &area.code).collect();
    let above = |unit: &UnitCode| -> Vec<&UnitCode> {
        let lineage = moment.jurisdiction.lineage(unit).map(|area| &area.code);
        lineage.filter_map(|area| shown.get(area).copied()).collect()
    };
    for tip in &tips {
        for area in above(&tip_area(tip, moment.jurisdiction)) {
            counted.entry(area).or_default().tips.push(tip);
        }
    }
    for case in &cases {
        for area in above(&case_area(case, moment.jurisdiction)) {
            counted.entry(area).or_default().cases.push(case);
        }
    }
    for (step, unit) in escalations.iter().filter_map(|step| Some((step, step.unit()?))) {
        for area in above(&unit) {
            counted.entry(area).or_default().escalations.push(step);
        }
    }
    for (unit, state) in &reports {
        for area in above(unit) {
            counted.entry(area).or_default().reports.push(state);
        }
    }
    let filters = filters();
    let nothing = Counted::default();
    let rows = areas.iter().map(|area| {
        let counted = counted.get(&area.code).unwrap_or(&nothing);
        row(area, counted, &filters, &stage, moment)
    });
    Ok(ReportResponse {
        rows: rows.collect(),
        at: moment.now.to_string(),
        position: moment.position,
        stage,
    })
}

/// The area asked for, or the caller's own.
fn root(moment: &Moment<'_>, request: &ReportRequest) -> Result<UnitCode, Status> {
    let scope = moment.case_scope()?;
    let own = match &scope {
        Scope::Everything => moment.jurisdiction.city().map(|city| city.code.clone()),
        Scope::Area(area) => Some(area.clone()),
        Scope::Unit(_) => None,
    };
    let own = own.ok_or_else(|| refuse(PlatformRefusal::WrongRole))?;
    let Some(unit) = &request.unit else {
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
    if !is_within(&unit, &own, moment.jurisdiction) {
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

fn descend<'j>(code: &UnitCode, deepest: Level, jurisdiction: &'j Jurisdiction, areas: &mut Vec<&'j Unit>) {
    let Some(unit) = jurisdiction.unit(code) else {
        return;
    };
    areas.push(unit);
    let below = jurisdiction.units.values().filter(|lower| {
        lower.parent.as_ref() == Some(code)
            && lower.kind == UnitKind::Government
            && lower.level > unit.level
            && lower.level <= deepest
    });
    for lower in below {
        descend(&lower.code, deepest, jurisdiction, areas);
    }
}

fn reports(moment: &Moment<'_>, stage: &str) -> Result<Vec<(UnitCode, String)>, Status> {
    let read = || {
        let mut select = moment
            .transaction
            .prepare("SELECT unit, state FROM reports WHERE stage = ?1")?;
        let rows = select.query_map([stage], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.collect::<Result<Vec<(String, String)>, _>>()
    };
    let rows = read().map_err(BookError::from)?;
    Ok(rows
        .into_iter()
        .filter_map(|(unit, state)| Some((unit.parse().ok()?, state)))
        .collect())
}

fn row(
    area: &Unit,
    counted: &Counted<'_>,
    filters: &[(String, String, Filter)],
    stage: &str,
    moment: &Moment<'_>,
) -> ReportRow {
    let unit = area.code.to_string();
    let mut figures: Vec<Figure> = filters
        .iter()
        .map(|(code, title, filter)| figure(code, title, filter.clone(), &unit, counted, moment))
        .collect();
    figures.extend(sums(&unit, stage, counted));
    ReportRow {
        name: area.name.clone(),
        level: crate::columns::code(&area.level),
        parent: area.parent.as_ref().map(ToString::to_string),
        on_time_rate: on_time_rate(&counted.cases, moment.now),
        figures,
        unit,
    }
}

/// Closed without a missed deadline ÷ (closed + open with a missed deadline). An open case that missed one stays in the
/// denominator even if the obligation has been made up for or taken from the unit since: neither leaving it lie nor passing
/// it on makes the rate better, only closing in time does.
fn on_time_rate(cases: &[&CaseFacts], now: Timestamp) -> Option<f64> {
    let closed = cases.iter().filter(|case| !case.is_open());
    let (closed, in_time) = closed.fold((0u32, 0u32), |(closed, in_time), case| {
        (closed + 1, in_time + u32::from(!case.is_missed(now)))
    });
    let late = cases
        .iter()
        .filter(|case| case.is_open() && case.is_missed(now))
        .count();
    let all = closed + u32::try_from(late).unwrap_or(u32::MAX);
    (all > 0).then(|| f64::from(in_time) / f64::from(all))
}

fn figure(
    code: &str,
    title: &str,
    filter: Filter,
    unit: &str,
    counted: &Counted<'_>,
    moment: &Moment<'_>,
) -> Figure {
    let (jurisdiction, now) = (moment.jurisdiction, moment.now);
    let area = Some(unit.to_owned());
    let (value, list) = match filter {
        Filter::Tips(filter) => {
            let fits = |tip: &&&TipFacts| tips::matches(tip, &filter, true, jurisdiction, now);
            let value = counted.tips.iter().filter(fits).count();
            let list = ListTipsRequest {
                unit: area,
                ..filter.clone()
            };
            (value, query_string("tips", &list))
        }
        Filter::Cases(filter) => {
            let fits = |case: &&&CaseFacts| cases::has(case, &filter, now);
            let value = counted.cases.iter().filter(fits).count();
            let list = ListCasesRequest {
                unit: area,
                ..filter.clone()
            };
            (value, query_string("cases", &list))
        }
        Filter::Escalations(filter) => {
            let fits = |step: &&&EscalationFacts| escalations::matches(step, &filter, jurisdiction);
            let value = counted.escalations.iter().filter(fits).count();
            let list = ListEscalationsRequest {
                unit: area,
                ..filter.clone()
            };
            (value, query_string("escalations", &list))
        }
    };
    Figure {
        code: code.to_owned(),
        title: title.to_owned(),
        value: u32::try_from(value).unwrap_or(u32::MAX),
        list,
    }
}

/// Figures that count something other than the rows of their list.
fn sums(unit: &str, stage: &str, counted: &Counted<'_>) -> [Figure; 4] {
    let disposals = counted.cases.iter().filter_map(|case| case.disposal.as_ref());
    let (prescribed, done) = disposals.fold((0, 0), |(prescribed, done), disposal| {
        (prescribed + disposal.measures, done + disposal.measures_done)
    });
    let signed = |state: &&&str| matches!(**state, "signed" | "sealed" | "filed");
    let signed = counted.reports.iter().filter(signed).count() as u32;
    let filed = counted.reports.iter().filter(|state| **state == "filed").count() as u32;
    let reports = format!("reports?stage={stage}&unit={unit}");
    [
        (
            "measures_prescribed",
            "应采取处置措施（项）",
            prescribed,
            format!("cases?measures=ordered&unit={unit}"),
        ),
        (
            "measures_done",
            "已完成处置措施（项）",
            done,
            format!("cases?measures=some_done&unit={unit}"),
        ),
        ("reports_signed", "已签字上报", signed, reports.clone()),
        ("reports_filed", "已备案", filed, reports),
    ]
    .map(|(code, title, value, list)| Figure {
        code: code.to_owned(),
        title: title.to_owned(),
        value,
        list,
    })
}

/// The figures of a row, in the order of the bulletin.
fn filters() -> Vec<(String, String, Filter)> {
    let mut filters = tip_filters();
    filters.extend(case_filters());
    // What a unit owes as such has lists of its own.
    for obligation in Obligation::ALL
        .into_iter()
        .filter(|obligation| !obligation.is_of_a_unit())
    {
        let code = obligation.code();
        let of = |overdue| {
            Filter::Cases(ListCasesRequest {
                obligation: Some(code.to_owned()),
                overdue,
                ..ListCasesRequest::default()
            })
        };
        let title = obligation_title(code);
        filters.push((format!("running_{code}"), format!("在办：{title}"), of(None)));
        filters.push((
            format!("overdue_{code}"),
            format!("超期：{title}"),
            of(Some(true)),
        ));
    }
    for rung in Rung::ALL {
        let filter = ListEscalationsRequest {
            rung: Some(rung.code().to_owned()),
            ..ListEscalationsRequest::default()
        };
        let title = rung_title(rung.code()).to_owned();
        filters.push((
            format!("rung_{}", rung.code()),
            title,
            Filter::Escalations(filter),
        ));
    }
    filters
}

fn tip_filters() -> Vec<(String, String, Filter)> {
    let any = ListTipsRequest::default;
    let mut filters = vec![("tips".to_owned(), "收到线索".to_owned(), Filter::Tips(any()))];
    let titles = ["网站", "电话", "短信", "开放接口", "窗口"];
    for (channel, title) in tips::CHANNELS.into_iter().zip(titles) {
        let filter = ListTipsRequest {
            channel: Some(channel.to_owned()),
            ..any()
        };
        filters.push((
            format!("tips_{channel}"),
            format!("线索：{title}"),
            Filter::Tips(filter),
        ));
    }
    let screened = |screened| ListTipsRequest {
        screened: Some(screened),
        ..any()
    };
    let overdue = ListTipsRequest {
        overdue: Some(true),
        ..any()
    };
    filters.extend(
        [
            ("tips_screened", "已甄审", screened(true)),
            ("tips_waiting", "待甄审", screened(false)),
            ("tips_overdue", "线索办理超期", overdue),
        ]
        .map(|(code, title, filter)| (code.to_owned(), title.to_owned(), Filter::Tips(filter))),
    );
    filters
}

fn case_filters() -> Vec<(String, String, Filter)> {
    let any = ListCasesRequest::default;
    let yes = |text: &str| Some(text.to_owned());
    let in_state = |state: &str| ListCasesRequest {
        state: Some(state.to_owned()),
        ..any()
    };
    let (open, closed) = (in_state("open"), in_state("closed"));
    let overdue = Some(true);
    let missed = Some(true);
    #[rustfmt::skip]
    let rows = [
        ("cases", "案件总数", any()),
        ("cases_open", "在办案件", open.clone()),
        ("cases_overdue", "超期在办", ListCasesRequest { overdue, ..open.clone() }),
        ("cases_missed", "在办且有过超期", ListCasesRequest { missed, ..open }),
        ("cases_closed", "已销号", closed.clone()),
        ("cases_closed_in_time", "按期销号", ListCasesRequest { missed: Some(false), ..closed.clone() }),
        ("cases_closed_late", "逾期销号", ListCasesRequest { missed, ..closed }),
        ("class_a", "A 类：漏列化工企业", ListCasesRequest { class: yes("A"), ..any() }),
        ("class_b", "B 类：超范围生产化工", ListCasesRequest { class: yes("B"), ..any() }),
        ("class_c", "C 类：无证无照及非法储存", ListCasesRequest { class: yes("C"), ..any() }),
        ("disposals_ordered", "已下达处置", ListCasesRequest { measures: yes("ordered"), ..any() }),
        ("disposals_done", "措施全部完成", ListCasesRequest { measures: yes("all_done"), ..any() }),
        ("spot_checks_pending", "抽查待查", ListCasesRequest { spot_check: yes("pending"), ..any() }),
        ("spot_checks_passed", "抽查合格", ListCasesRequest { spot_check: yes("passed"), ..any() }),
        ("spot_checks_failed", "抽查不合格", ListCasesRequest { spot_check: yes("failed"), ..any() }),
        ("relapses", "死灰复燃", ListCasesRequest { relapsed: Some(true), ..any() }),
    ];
    rows.map(|(code, title, filter)| (code.to_owned(), title.to_owned(), Filter::Cases(filter)))
        .to_vec()
}
