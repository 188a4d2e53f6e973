//! What is counted: every figure of the table with the filter of the list behind it, so that the two cannot differ.

use super::conditions::{Conditions, text};
use super::{Moment, cases, escalations, query_string, tips};
use crate::messages::{obligation_title, rung_title};
use jurisdiction::{Obligation, Rung};
use mingcha_proto::ledger::{ListCasesRequest, ListEscalationsRequest, ListTipsRequest};
use tonic::Status;

/// A figure: a number of rows, or a sum over them.
#[derive(Clone)]
pub(crate) struct Column {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) filter: Filter,
    /// Added up instead of counting rows.
    sum: Option<&'static str>,
}

/// Which rows.
#[derive(Clone)]
pub(crate) enum Filter {
    Tips(ListTipsRequest),
    Cases(ListCasesRequest),
    Escalations(ListEscalationsRequest),
    /// Area reports of a stage in one of these states, as SQL writes them.
    Reports {
        stage: String,
        states: &'static str,
    },
}

/// Where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Tips,
    Cases,
    Escalations,
    Reports,
}

impl View {
    pub(crate) const ALL: [Self; 4] = [Self::Tips, Self::Cases, Self::Escalations, Self::Reports];

    /// The view, and the column with the unit for which a row counts.
    pub(crate) fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::Tips => ("placed_tips", "area"),
            Self::Cases => ("placed_cases", "area"),
            Self::Escalations => ("escalations", "about_unit"),
            Self::Reports => ("reports", "unit"),
        }
    }
}

impl Column {
    pub(crate) fn view(&self) -> View {
        match self.filter {
            Filter::Tips(_) => View::Tips,
            Filter::Cases(_) => View::Cases,
            Filter::Escalations(_) => View::Escalations,
            Filter::Reports { .. } => View::Reports,
        }
    }
    pub(crate) fn amount(&self) -> &'static str {
        self.sum.unwrap_or("1")
    }
    /// What must hold of the rows of the view.
    pub(crate) fn conditions(&self, moment: &Moment<'_>) -> Result<Conditions, Status> {
        match &self.filter {
            Filter::Tips(filter) => tips::filter(moment, filter),
            Filter::Cases(filter) => cases::filter(moment, filter),
            Filter::Escalations(filter) => escalations::filter(moment, filter),
            Filter::Reports { stage, states } => {
                let mut conditions = Conditions::default();
                conditions.and(&format!("stage = ? AND state IN ({states})"), [text(stage)]);
                Ok(conditions)
            }
        }
    }
}

impl Filter {
    /// The list that the figure of an area counts.
    pub(crate) fn list(&self, unit: &str) -> String {
        let area = Some(unit.to_owned());
        match self.clone() {
            Self::Tips(filter) => query_string("tips", &ListTipsRequest { unit: area, ..filter }),
            Self::Cases(filter) => query_string("cases", &ListCasesRequest { unit: area, ..filter }),
            Self::Escalations(filter) => {
                query_string("escalations", &ListEscalationsRequest { unit: area, ..filter })
            }
            Self::Reports { stage, .. } => format!("reports?stage={stage}&unit={unit}"),
        }
    }
}

/// The figures of a row, in the order of the bulletin.
pub(crate) fn columns(stage: &str) -> Vec<Column> {
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
    let sums = ["measures", "measures_done"].map(Some);
    let titles = ["应采取处置措施（项）", "已完成处置措施（项）"];
    let codes = ["measures_prescribed", "measures_done"];
    let lists = ["ordered", "some_done"];
    let mut columns: Vec<Column> = filters
        .into_iter()
        .map(|(code, title, filter)| Column {
            code,
            title,
            filter,
            sum: None,
        })
        .collect();
    for (((sum, title), code), measures) in sums.into_iter().zip(titles).zip(codes).zip(lists) {
        let filter = ListCasesRequest {
            measures: Some(measures.to_owned()),
            ..ListCasesRequest::default()
        };
        columns.push(Column {
            code: code.to_owned(),
            title: title.to_owned(),
            filter: Filter::Cases(filter),
            sum,
        });
    }
    for (code, title, states) in [
        ("reports_signed", "已签字上报", "'signed', 'sealed', 'filed'"),
        ("reports_filed", "已备案", "'filed'"),
    ] {
        columns.push(Column {
            code: code.to_owned(),
            title: title.to_owned(),
            filter: Filter::Reports {
                stage: stage.to_owned(),
                states,
            },
            sum: None,
        });
    }
    columns
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
