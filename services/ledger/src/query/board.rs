//! The stage board: states as columns with what is most pressing in each, and what each stage still waits for.

use super::figures::{Column, Filter};
use super::{Moment, cases, report};
use crate::messages::{case_row, state_title};
use crate::rows;
use jurisdiction::{Stage, UnitCode, campaign_time};
use mingcha_proto::ledger::{
    BoardColumn, BoardRequest, BoardResponse, BoardStage, Figure, ListCasesRequest, ListObligationsRequest,
    ListReportsRequest,
};
use tonic::Status;

/// Cards of a column: more do not fit on a screen, and the list has them all.
const MOST_CARDS: u32 = 5;

pub(crate) fn board(moment: &Moment<'_>, request: &BoardRequest) -> Result<BoardResponse, Status> {
    let unit = report::root(moment, request.unit.as_deref())?;
    // The first of the codes stands for all that are open.
    let states = &cases::STATES[1..];
    let mut wanted = Vec::new();
    for state in states {
        wanted.push(Column::of(state, state_title(state), in_state(state, None)));
        wanted.push(Column::of(state, "超期", in_state(state, Some(true))));
    }
    let stages = &moment.jurisdiction.stages;
    for stage in stages {
        wanted.extend(waited_for(stage));
    }
    let mut figures = report::figures(moment, &unit, &wanted)?.into_iter();
    let mut columns = Vec::new();
    for state in states {
        columns.push(BoardColumn {
            state: (*state).to_owned(),
            title: state_title(state).to_owned(),
            count: figures.next(),
            overdue: figures.next(),
            cards: cards(moment, &unit, state)?,
        });
    }
    let today = campaign_time(moment.now).date();
    let mut told = Vec::new();
    for stage in stages {
        told.push(BoardStage {
            code: stage.code.clone(),
            name: stage.name.clone(),
            from: stage.from.to_string(),
            to: stage.to.map(|to| to.to_string()),
            current: stage.from <= today && stage.to.is_none_or(|to| today <= to),
            figures: figures
                .by_ref()
                .take(waited_for(stage).len())
                .collect::<Vec<Figure>>(),
        });
    }
    Ok(BoardResponse {
        columns,
        stages: told,
        unit: unit.to_string(),
        at: moment.now.to_string(),
        position: moment.position,
    })
}

fn in_state(state: &str, overdue: Option<bool>) -> Filter {
    Filter::Cases(ListCasesRequest {
        state: Some(state.to_owned()),
        overdue,
        ..ListCasesRequest::default()
    })
}

/// What falls due within a stage, what of it is late, and how far its reports have come.
fn waited_for(stage: &Stage) -> Vec<Column> {
    let code = || Some(stage.code.clone());
    let due = |overdue| {
        Filter::Obligations(ListObligationsRequest {
            stage: code(),
            running: Some(true),
            overdue,
            ..ListObligationsRequest::default()
        })
    };
    let opened = ListCasesRequest {
        stage: code(),
        ..ListCasesRequest::default()
    };
    let open = ListCasesRequest {
        state: Some("open".to_owned()),
        ..opened.clone()
    };
    let reports = |state: Option<&str>, reached: Option<&str>| {
        Filter::Reports(ListReportsRequest {
            stage: code(),
            state: state.map(str::to_owned),
            reached: reached.map(str::to_owned),
            ..ListReportsRequest::default()
        })
    };
    vec![
        Column::of("due", "本阶段到期的在办事项", due(None)),
        Column::of("overdue", "其中已超期", due(Some(true))),
        Column::of("cases_opened", "本阶段立案", Filter::Cases(opened)),
        Column::of("cases_open", "其中仍在办", Filter::Cases(open)),
        Column::of("reports_drafted", "报告待签字", reports(Some("drafted"), None)),
        Column::of("reports_returned", "报告已退回", reports(Some("returned"), None)),
        Column::of(
            "reports_signed",
            "报告已签字（含已盖章、备案）",
            reports(None, Some("signed")),
        ),
        Column::of(
            "reports_sealed",
            "报告已盖章（含已备案）",
            reports(None, Some("sealed")),
        ),
        Column::of("reports_filed", "报告已备案", reports(None, Some("filed"))),
    ]
}

/// The cases of a column whose next deadline is the nearest, or longest past; those without any last.
fn cards(
    moment: &Moment<'_>,
    unit: &UnitCode,
    state: &str,
) -> Result<Vec<mingcha_proto::ledger::CaseRow>, Status> {
    let filter = ListCasesRequest {
        unit: Some(unit.to_string()),
        state: Some(state.to_owned()),
        ..ListCasesRequest::default()
    };
    let mut conditions = moment.visible_cases()?;
    conditions.and_all(cases::filter(moment, &filter)?);
    let order = (rows::MOST_PRESSING_FIRST, Some(MOST_CARDS));
    let cards = rows::cases_in_order(moment.transaction, &conditions, order)?;
    Ok(cards.iter().map(|case| case_row(case, moment)).collect())
}
