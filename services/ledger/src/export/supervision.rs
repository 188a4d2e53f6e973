//! Findings, tasks of the joint conference and special supervision on paper.

use super::{Sheet, most, numbered, words, written, written_if};
use crate::query::{Moment, failures, supervision};
use mingcha_proto::ledger::{
    AnswerRow, ListFailuresRequest, ListFindingsRequest, ListInquiriesRequest, ListSpecialSupervisionRequest,
    ListTasksRequest, SupervisionFigures,
};
use tonic::Status;
use vocabulary::List;

pub(super) fn findings(moment: &Moment<'_>, request: &ListFindingsRequest) -> Result<Sheet, Status> {
    let rows = numbered(supervision::all_findings(moment, request)?, |row| {
        vec![
            format!("{}-{}", row.unit, row.finding).into(),
            row.unit_name.clone().into(),
            written(&row.at).into(),
            words::word(List::FindingSource, &row.source).into(),
            words::word(List::Gravity, &row.gravity).into(),
            row.text.clone().into(),
            words::word(List::FindingState, &row.state).into(),
            written(&row.due).into(),
            words::yes(row.overdue).into(),
            answers(&row.answers).into(),
        ]
    })?;
    let header = [
        "序号",
        "编号",
        "责任单位",
        "发现时间",
        "谁发现的",
        "程度",
        "问题",
        "整改状态",
        "整改时限",
        "是否超期",
        "整改答复",
    ];
    Ok(Sheet::new("督导问题台账", &header, rows))
}

pub(super) fn failures(moment: &Moment<'_>, request: &ListFailuresRequest) -> Result<Sheet, Status> {
    let rows = numbered(failures::all(moment, request, most())?, |row| {
        vec![
            format!("{}-{}", words::number(&row.subject), row.failure).into(),
            row.title.clone().into(),
            row.unit_name.clone().into(),
            row.person_names.join("、").into(),
            written(&row.at).into(),
            row.note.clone().into(),
            words::word(List::FailureState, &row.state).into(),
            written_if(row.due.as_ref()),
            words::yes(row.overdue).into(),
            answers(&row.explanations).into(),
        ]
    })?;
    let header = [
        "序号",
        "编号",
        "问责事项",
        "责任单位",
        "责任人",
        "记录时间",
        "情况",
        "说明状态",
        "说明时限",
        "是否超期",
        "说明和审核",
    ];
    Ok(Sheet::new("问责事项台账", &header, rows))
}

pub(super) fn inquiries(moment: &Moment<'_>, request: &ListInquiriesRequest) -> Result<Sheet, Status> {
    let rows = numbered(failures::all_inquiries(moment, request)?, |(_, row)| {
        let decided = row.decisions.iter();
        let decisions = decided.map(|decision| {
            let at = written(&decision.at);
            format!(
                "{at} {}：{}（依据：{}）",
                decision.name, decision.decision, decision.basis
            )
        });
        vec![
            format!("{}-{}", words::number(&row.subject), row.inquiry).into(),
            written(&row.opened_at).into(),
            row.reason.clone().into(),
            decisions.collect::<Vec<_>>().join("\n").into(),
            written_if(row.due.as_ref()),
            words::yes(row.overdue).into(),
            written_if(row.closed_at.as_ref()),
        ]
    })?;
    let header = [
        "序号",
        "编号",
        "立案时间",
        "立案理由",
        "处理决定",
        "办理时限",
        "是否超期",
        "结案时间",
    ];
    Ok(Sheet::new("问责调查台账", &header, rows))
}

pub(super) fn tasks(moment: &Moment<'_>, request: &ListTasksRequest) -> Result<Sheet, Status> {
    let rows = numbered(supervision::all_tasks(moment, request)?, task)?;
    Ok(Sheet::new("联席会议任务台账", &TASK_COLUMNS, rows))
}

pub(super) const TASK_COLUMNS: [&str; 10] = [
    "序号",
    "编号",
    "责任单位",
    "会议",
    "交办时间",
    "任务",
    "办理状态",
    "时限",
    "是否超期",
    "办理情况",
];

pub(super) fn task(row: &mingcha_proto::ledger::TaskRow) -> Vec<sheets::Cell> {
    vec![
        format!("{}-{}", row.unit, row.task).into(),
        row.unit_name.clone().into(),
        row.meeting.clone().into(),
        written(&row.at).into(),
        row.text.clone().into(),
        words::word(List::TaskState, &row.state).into(),
        written(&row.due).into(),
        words::yes(row.overdue).into(),
        answers(&row.reports).into(),
    ]
}

pub(super) fn special(moment: &Moment<'_>, request: &ListSpecialSupervisionRequest) -> Result<Sheet, Status> {
    let rows = numbered(supervision::all_special(moment, request)?, supervised)?;
    Ok(Sheet::new("专项督查台账", &SPECIAL_COLUMNS, rows))
}

pub(super) const SPECIAL_COLUMNS: [&str; 9] = [
    "序号",
    "编号",
    "单位",
    "启动时间",
    "启动时数量",
    "启动标准",
    "解除时间",
    "解除时数量",
    "解除说明",
];

pub(super) fn supervised(row: &mingcha_proto::ledger::SpecialSupervisionRow) -> Vec<sheets::Cell> {
    vec![
        format!("{}-{}", row.unit, row.supervision).into(),
        row.unit_name.clone().into(),
        written(&row.opened_at).into(),
        figures(row.opened_with.as_ref()).into(),
        figures(row.thresholds.as_ref()).into(),
        written_if(row.closed_at.as_ref()),
        figures(row.closed_with.as_ref()).into(),
        row.note.clone().into(),
    ]
}

fn figures(numbers: Option<&SupervisionFigures>) -> Option<String> {
    numbers.map(|numbers| {
        format!(
            "未整改的督导问题 {}，突出问题 {}，问责事项 {}，超期事项 {}",
            numbers.open_findings, numbers.grave_findings, numbers.failures, numbers.overdue
        )
    })
}

/// One line each, oldest first.
fn answers(answers: &[AnswerRow]) -> String {
    let lines = answers.iter().map(|answer| {
        let judged = match (answer.accepted, &answer.note) {
            (None, _) => "待认定".to_owned(),
            (Some(true), note) => format!("已认可 {}", note.as_deref().unwrap_or_default()),
            (Some(false), note) => format!("未认可 {}", note.as_deref().unwrap_or_default()),
        };
        format!("{} {}（{}）", written(&answer.at), answer.text, judged.trim())
    });
    lines.collect::<Vec<_>>().join("\n")
}
