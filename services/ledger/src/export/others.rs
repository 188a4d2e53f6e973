//! Work lists, escalations, obligations and area reports on paper.

use super::{Sheet, minute, most, numbered, words, written, written_if};
use crate::messages::{obligation_title, rung_title};
use crate::query::{
    Moment, escalations as rungs, obligations as owed, reports as area_reports, work as todo,
};
use crate::rows;
use mingcha_proto::ledger::{
    EscalationRow, ListEscalationsRequest, ListObligationsRequest, ListReportsRequest, WorkListRequest,
};
use sheets::Cell;
use tonic::Status;
use vocabulary::List;

pub(super) fn work(moment: &Moment<'_>, request: &WorkListRequest) -> Result<Sheet, Status> {
    let items = todo::all(moment, request)?;
    let rows = numbered(items, |item| {
        let left = item.working_days_left.map(|days| days.to_string());
        vec![
            item.title.clone().into(),
            item.case_id.clone().or_else(|| item.tip_id.clone()).into(),
            item.place.clone().into(),
            item.enterprise.clone().into(),
            item.what.clone().into(),
            item.unit_name.clone().into(),
            written_if(item.due.as_ref()),
            left.into(),
            words::yes(item.overdue).into(),
            words::yes(item.urgent).into(),
        ]
    })?;
    let header = [
        "序号",
        "事项",
        "编号",
        "点位",
        "企业（个人）名称",
        "内容",
        "责任单位",
        "时限",
        "剩余工作日",
        "是否超期",
        "是否紧急",
    ];
    Ok(Sheet::new("待办事项清单", &header, rows))
}

pub(super) fn escalations(moment: &Moment<'_>, request: &ListEscalationsRequest) -> Result<Sheet, Status> {
    let rows = numbered(rungs::all(moment, request, most())?, rung)?;
    Ok(Sheet::new("催办督办台账", &RUNG_COLUMNS, rows))
}

pub(super) const RUNG_COLUMNS: [&str; 17] = [
    "序号",
    "层级",
    "编号",
    "错过的事项",
    "内容",
    "责任单位",
    "责任人",
    "原时限",
    "应发时间",
    "实际发出",
    "送达单位",
    "送达人",
    "第几次",
    "说明时限",
    "说明情况",
    "说明内容",
    "审核意见",
];

pub(super) fn rung(row: &EscalationRow) -> Vec<sheets::Cell> {
    vec![
        row.title.clone().into(),
        words::number(&row.subject).into(),
        crate::messages::obligation_title(&row.obligation).into(),
        row.what.clone().into(),
        row.about_unit_name.clone().into(),
        row.about_name.clone().into(),
        written(&row.deadline).into(),
        written(&row.reached).into(),
        written(&row.issued).into(),
        row.to_unit_name.clone().into(),
        row.to_name.clone().into(),
        (row.repetition + 1).into(),
        written(&row.answer_due).into(),
        words::word(List::Explanation, &row.explanation).into(),
        row.explanation_text.clone().into(),
        row.judgement_note.clone().into(),
    ]
}

pub(super) fn obligations(moment: &Moment<'_>, request: &ListObligationsRequest) -> Result<Sheet, Status> {
    let mut conditions = moment.visible_units()?;
    conditions.and_all(owed::filter(moment, request)?);
    let clocks = rows::clocks(moment.transaction, &conditions, most())?;
    // From the facts themselves: there are tens of thousands, and a row of a screen says more than a line of the file.
    let rows = numbered(clocks, |clock| {
        let person = clock.person.as_ref();
        let rung = clock.rung.as_deref().map(rung_title);
        vec![
            obligation_title(&clock.obligation).into(),
            words::number(&clock.subject).into(),
            clock.what.clone().into(),
            moment.unit_name(&clock.unit).into(),
            person
                .and_then(|person| moment.person_name(person.as_str()))
                .into(),
            minute(clock.started).into(),
            minute(clock.due).into(),
            clock.stopped_at.map(minute).into(),
            words::stopped_by(clock.stopped_by.as_deref()).into(),
            words::yes(clock.is_missed(moment.now)).into(),
            rung.unwrap_or_default().into(),
        ]
    })?;
    let header = [
        "序号",
        "事项",
        "编号",
        "内容",
        "责任单位",
        "责任人",
        "起算时间",
        "时限",
        "停止时间",
        "办理结果",
        "是否错过时限",
        "督办",
    ];
    Ok(Sheet::new("办理时限台账", &header, rows))
}

pub(super) fn reports(moment: &Moment<'_>, request: &ListReportsRequest) -> Result<Sheet, Status> {
    let mut conditions = moment.visible_units()?;
    conditions.and_all(area_reports::filter(moment, request)?);
    let reports = area_reports::reports(moment, &conditions, most())?;
    let rows = numbered(reports, |row| {
        let position = row.drafted_position.map(|position| position.to_string());
        vec![
            row.unit_name.clone().into(),
            row.stage_name.clone().into(),
            row.state_title.clone().into(),
            written_if(row.guaranteed_at.as_ref()),
            row.lines.into(),
            Cell::from(position),
            row.digest.clone().into(),
            row.signed_by_name.clone().into(),
            written_if(row.signed_at.as_ref()),
            written_if(row.sealed_at.as_ref()),
            written_if(row.filed_at.as_ref()),
            row.number.clone().into(),
            row.contradictions.into(),
        ]
    })?;
    let header = [
        "序号",
        "单位",
        "阶段",
        "状态",
        "保证时间",
        "点位数",
        "记录位置",
        "清单摘要（SHA-256）",
        "签字人",
        "签字时间",
        "盖章时间",
        "备案时间",
        "备案号",
        "事后推翻（次）",
    ];
    Ok(Sheet::new("结果上报台账", &header, rows))
}
