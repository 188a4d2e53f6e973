//! What is counted: every figure of the table with the filter of the list behind it, so that the two cannot differ.

use super::conditions::Conditions;
use super::{Moment, cases, escalations, obligations, query_string, reports, tips};
use crate::messages::{obligation_title, rung_title};
use jurisdiction::{Obligation, Rung};
use mingcha_proto::ledger::{
    Figure, ListCasesRequest, ListEscalationsRequest, ListObligationsRequest, ListReportsRequest,
    ListTipsRequest,
};
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
    Reports(ListReportsRequest),
    Obligations(ListObligationsRequest),
}

/// Where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Tips,
    Cases,
    Escalations,
    Reports,
    Obligations,
}

impl View {
    pub(crate) const ALL: [Self; 5] = [
        Self::Tips,
        Self::Cases,
        Self::Escalations,
        Self::Reports,
        Self::Obligations,
    ];

    /// The view, and the column with the unit for which a row counts.
    pub(crate) fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::Tips => ("placed_tips", "area"),
            Self::Cases => ("placed_cases", "area"),
            Self::Escalations => ("escalations", "about_unit"),
            Self::Reports => ("reports", "unit"),
            Self::Obligations => ("clocks", "unit"),
        }
    }
    /// What must hold of its rows beside lying in the area asked for, which is one that the caller sees: but what is about
    /// others may be nobody's business, and units may have moved since then.
    pub(crate) fn visible(self, moment: &Moment<'_>) -> Result<Conditions, Status> {
        match self {
            Self::Escalations => moment.visible_escalations(),
            _ if moment.as_of.is_none() => Ok(Conditions::default()),
            Self::Tips => moment.visible_tips(),
            Self::Cases => moment.visible_cases(),
            Self::Reports | Self::Obligations => moment.visible_units(),
        }
    }
}

impl Column {
    /// A number of rows.
    pub(crate) fn of(code: &str, title: &str, filter: Filter) -> Self {
        Self {
            code: code.to_owned(),
            title: title.to_owned(),
            filter,
            sum: None,
        }
    }
    pub(crate) fn view(&self) -> View {
        self.filter.view()
    }
    pub(crate) fn amount(&self) -> &'static str {
        self.sum.unwrap_or("1")
    }
    /// What must hold of the rows of the view.
    pub(crate) fn conditions(&self, moment: &Moment<'_>) -> Result<Conditions, Status> {
        self.filter.conditions(moment)
    }
    /// The value of an area with the list that it counts.
    pub(crate) fn figure(&self, unit: &str, value: u32, moment: &Moment<'_>) -> Figure {
        Figure {
            code: self.code.clone(),
            title: self.title.clone(),
            value,
            list: self.filter.list(unit, moment),
        }
    }
}

impl Filter {
    pub(crate) fn view(&self) -> View {
        match self {
            Self::Tips(_) => View::Tips,
            Self::Cases(_) => View::Cases,
            Self::Escalations(_) => View::Escalations,
            Self::Reports(_) => View::Reports,
            Self::Obligations(_) => View::Obligations,
        }
    }
    /// What must hold of the rows of the view.
    pub(crate) fn conditions(&self, moment: &Moment<'_>) -> Result<Conditions, Status> {
        match self {
            Self::Tips(filter) => tips::filter(moment, filter),
            Self::Cases(filter) => cases::filter(moment, filter),
            Self::Escalations(filter) => escalations::filter(moment, filter),
            Self::Reports(filter) => reports::filter(moment, filter),
            Self::Obligations(filter) => obligations::filter(moment, filter),
        }
    }
    /// The list that the figure of an area counts, as of the same instant.
    pub(crate) fn list(&self, unit: &str, moment: &Moment<'_>) -> String {
        let (unit, as_of) = (Some(unit.to_owned()), moment.as_of());
        match self.clone() {
            Self::Tips(filter) => query_string(
                "tips",
                &ListTipsRequest {
                    unit,
                    as_of,
                    ..filter
                },
            ),
            Self::Cases(filter) => query_string(
                "cases",
                &ListCasesRequest {
                    unit,
                    as_of,
                    ..filter
                },
            ),
            Self::Escalations(filter) => {
                let filter = ListEscalationsRequest {
                    unit,
                    as_of,
                    ..filter
                };
                query_string("escalations", &filter)
            }
            Self::Reports(filter) => query_string(
                "reports",
                &ListReportsRequest {
                    unit,
                    as_of,
                    ..filter
                },
            ),
            Self::Obligations(filter) => {
                let filter = ListObligationsRequest {
                    unit,
                    as_of,
                    ..filter
                };
                query_string("obligations", &filter)
            }
        }
    }
}

/// The figures of a row, in the order of the bulletin.
pub(crate) fn columns(stage: &str) -> Vec<Column> {
    let mut filters = tip_filters();
    filters.extend(case_filters());
    for obligation in Obligation::ALL {
        let (code, title) = (obligation.code(), obligation_title(obligation.code()));
        let running = (format!("running_{code}"), format!("在办：{title}"));
        filters.push((running.0, running.1, owed(obligation, false)));
        let overdue = (format!("overdue_{code}"), format!("超期：{title}"));
        filters.push((overdue.0, overdue.1, owed(obligation, true)));
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
    let filters = filters.iter();
    let mut columns: Vec<Column> = filters
        .map(|(code, title, filter)| Column::of(code, title, filter.clone()))
        .collect();
    for (((sum, title), code), measures) in sums.into_iter().zip(titles).zip(codes).zip(lists) {
        let filter = ListCasesRequest {
            measures: Some(measures.to_owned()),
            ..ListCasesRequest::default()
        };
        columns.push(Column {
            sum,
            ..Column::of(code, title, Filter::Cases(filter))
        });
    }
    for (code, title, reached) in [
        ("reports_signed", "已签字上报", "signed"),
        ("reports_sealed", "已盖章", "sealed"),
        ("reports_filed", "已备案", "filed"),
    ] {
        let filter = ListReportsRequest {
            stage: Some(stage.to_owned()).filter(|stage| !stage.is_empty()),
            reached: Some(reached.to_owned()),
            ..ListReportsRequest::default()
        };
        columns.push(Column::of(code, title, Filter::Reports(filter)));
    }
    columns
}

/// What has a running clock of an obligation: tips where it is about a tip, cases where it is about a case; what a unit
/// owes as such is counted itself.
fn owed(obligation: Obligation, overdue: bool) -> Filter {
    let (obligation_code, overdue) = (Some(obligation.code().to_owned()), overdue.then_some(true));
    match obligation {
        Obligation::ScreenTip | Obligation::TellOutcome => Filter::Tips(ListTipsRequest {
            obligation: obligation_code,
            overdue,
            ..ListTipsRequest::default()
        }),
        // An escalation may be about anything.
        Obligation::AnswerEscalation | Obligation::JudgeAnswer => {
            Filter::Obligations(of_units(obligation_code, overdue))
        }
        _ if obligation.is_of_a_unit() => Filter::Obligations(of_units(obligation_code, overdue)),
        _ => Filter::Cases(ListCasesRequest {
            obligation: obligation_code,
            overdue,
            ..ListCasesRequest::default()
        }),
    }
}

fn of_units(obligation: Option<String>, overdue: Option<bool>) -> ListObligationsRequest {
    ListObligationsRequest {
        obligation,
        running: Some(true),
        overdue,
        ..ListObligationsRequest::default()
    }
}

fn tip_filters() -> Vec<(String, String, Filter)> {
    let any = ListTipsRequest::default;
    let mut filters = vec![("tips".to_owned(), "收到线索".to_owned(), Filter::Tips(any()))];
    for (channel, title) in tips::channels() {
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
    let open = in_state("open");
    let closed = ListCasesRequest {
        closed_as: yes("handled"),
        ..in_state("closed")
    };
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
        ("cases_closed_late", "超期销号", ListCasesRequest { missed, ..closed }),
        ("cases_disposed", "处置完成销号", ListCasesRequest { closed_as: yes("disposed"), ..in_state("closed") }),
        ("class_a", "A 类：漏列化工企业", ListCasesRequest { class: yes("A"), ..any() }),
        ("class_b", "B 类：超范围生产化工", ListCasesRequest { class: yes("B"), ..any() }),
        ("class_c", "C 类：无证无照及非法储存", ListCasesRequest { class: yes("C"), ..any() }),
        ("disposals_ordered", "已下达处置", ListCasesRequest { measures: yes("ordered"), ..any() }),
        ("disposals_done", "措施全部完成", ListCasesRequest { measures: yes("all_done"), ..any() }),
        ("spot_checks_pending", "待抽查", ListCasesRequest { spot_check: yes("pending"), ..any() }),
        ("spot_checks_passed", "抽查合格", ListCasesRequest { spot_check: yes("passed"), ..any() }),
        ("spot_checks_failed", "抽查不合格", ListCasesRequest { spot_check: yes("failed"), ..any() }),
        ("relapses", "死灰复燃", ListCasesRequest { relapsed: Some(true), ..any() }),
    ];
    rows.map(|(code, title, filter)| (code.to_owned(), title.to_owned(), Filter::Cases(filter)))
        .to_vec()
}
