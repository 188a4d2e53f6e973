//! Cases and tips as the offices keep them.

use super::{Sheet, minute, most, numbered, words};
use crate::messages::{case_row, obligation_title, tip_row};
use crate::query::{Moment, cases as case_list, tips as tip_list};
use crate::rows::{self, CaseFacts};
use jurisdiction::UnitCode;
use mingcha_proto::ledger::{ListCasesRequest, ListTipsRequest};
use sheets::Cell;
use tonic::Status;
use vocabulary::List;

const CASE_COLUMNS: [&str; 22] = [
    "序号",
    "编号",
    "点位",
    "属地（县区）",
    "属地（乡镇）",
    "来源",
    "企业（个人）名称",
    "情况摘要",
    "类别",
    "责任单位",
    "责任人",
    "协办单位",
    "立案时间",
    "下一时限",
    "时限事项",
    "是否超期",
    "状态",
    "督办",
    "处置措施完成",
    "复核/签字",
    "销号时间",
    "备注",
];

pub(super) fn cases(moment: &Moment<'_>, request: &ListCasesRequest) -> Result<Sheet, Status> {
    let mut conditions = moment.visible_cases()?;
    conditions.and_all(case_list::filter(moment, request)?);
    let cases = rows::cases(moment.transaction, &conditions, most())?;
    let rows = numbered(cases, |case| cells(case, moment))?;
    Ok(Sheet::new("案件清单台账", &CASE_COLUMNS, rows))
}

fn cells(case: &CaseFacts, moment: &Moment<'_>) -> Vec<Cell> {
    let row = case_row(case, moment);
    let next = case.next_clock();
    let helpers: Vec<String> = case
        .co_handlers
        .iter()
        .map(|unit| moment.unit_name(unit.as_str()))
        .collect();
    let rung = row.rung.as_deref().map(crate::messages::rung_title);
    vec![
        row.case_id.clone().into(),
        case.place.text.clone().into(),
        row.county_name.clone().into(),
        row.township_name.clone().into(),
        words::word(List::Origin, &case.origin).into(),
        row.enterprise.clone().into(),
        row.summary.clone().into(),
        words::class(row.class.as_deref()).into(),
        row.owner_name.clone().into(),
        responsible(case, moment).into(),
        helpers.join("、").into(),
        minute(case.opened_at).into(),
        next.map(|clock| minute(clock.due)).into(),
        next.map(|clock| obligation_title(&clock.obligation).to_owned())
            .into(),
        words::yes(row.overdue).into(),
        row.state_title.clone().into(),
        rung.unwrap_or_default().into(),
        measures(case).into(),
        reviews(case).into(),
        case.closed_at.map(minute).into(),
        remarks(case).into(),
    ]
}

/// Whoever the next deadline names; else the first responsible person of the unit that has the case.
fn responsible(case: &CaseFacts, moment: &Moment<'_>) -> Option<String> {
    let named = case.next_clock().and_then(|clock| clock.person.as_ref());
    let named = named.and_then(|person| moment.person_name(person.as_str()));
    named.or_else(|| {
        let owner: &UnitCode = case.owner.as_ref()?;
        let first = moment.jurisdiction.first_responsible(owner)?;
        Some(first.name.clone())
    })
}

fn measures(case: &CaseFacts) -> String {
    case.disposal.as_ref().map_or_else(String::new, |disposal| {
        format!("{}/{}", disposal.measures_done, disposal.measures)
    })
}

/// The levels that have put their names under it, and the spot check.
fn reviews(case: &CaseFacts) -> String {
    let Some(disposal) = &case.disposal else {
        return String::new();
    };
    let mut parts: Vec<String> = disposal
        .reviews
        .iter()
        .map(|level| format!("{}已签", words::word(List::Level, level)))
        .collect();
    if let Some(check) = &disposal.spot_check {
        parts.push(words::word(List::SpotCheck, check).to_owned());
    }
    parts.join("，")
}

fn remarks(case: &CaseFacts) -> String {
    let mut parts = Vec::new();
    if let Some(reason) = &case.closed_as {
        parts.push(words::word(List::Closing, reason).to_owned());
    }
    if case.urgency == "urgent" {
        parts.push("紧急".to_owned());
    }
    if case.returns > 0 {
        parts.push(format!("退回 {} 次", case.returns));
    }
    if case.is_relapsed() {
        parts.push("死灰复燃".to_owned());
    }
    if let Some(of) = &case.relapse_of {
        parts.push(format!("系 {of} 死灰复燃"));
    }
    if case.tips > 0 {
        parts.push(format!("关联线索 {} 条", case.tips));
    }
    parts.join("；")
}

const TIP_COLUMNS: [&str; 17] = [
    "序号",
    "编号",
    "收到时间",
    "渠道",
    "点位",
    "属地（县区）",
    "属地（乡镇）",
    "企业（个人）名称",
    "案情摘要",
    "办理情况",
    "甄审时间",
    "甄审时限",
    "是否超期",
    "关联案件",
    "照片（张）",
    "答复举报人时间",
    "备注",
];

pub(super) fn tips(moment: &Moment<'_>, request: &ListTipsRequest) -> Result<Sheet, Status> {
    let mut conditions = moment.visible_tips()?;
    conditions.and_all(tip_list::filter(moment, request)?);
    let tips = rows::tips(moment.transaction, &conditions, most())?;
    let in_full = tip_list::in_full(moment.actor);
    let name = |code: Option<&String>| Cell::from(code.map(|code| moment.unit_name(code)));
    let rows = numbered(tips, |tip| {
        // Nothing that the list does not show: a confidential tip stays one on paper.
        let row = tip_row(tip, in_full, moment);
        let mut remarks = Vec::new();
        for (holds, says) in [
            (row.urgent, "紧急"),
            (row.danger, "有现实危险"),
            (row.confidential, "要求保密"),
            (row.wants_answer, "要求答复"),
        ] {
            if holds {
                remarks.push(says);
            }
        }
        vec![
            row.tip_id.clone().into(),
            minute(tip.received_at).into(),
            words::word(List::Channel, &row.channel).into(),
            row.place.map(|place| place.text).into(),
            name(row.county.as_ref()),
            name(row.township.as_ref()),
            row.enterprise.clone().into(),
            row.summary.clone().into(),
            words::word(List::TipState, &row.progress).into(),
            super::written_if(row.screened_at.as_ref()),
            super::written_if(row.screening_due.as_ref()),
            words::yes(row.overdue).into(),
            row.case_id.clone().into(),
            row.photos.into(),
            super::written_if(row.outcome_told_at.as_ref()),
            remarks.join("，").into(),
        ]
    })?;
    Ok(Sheet::new("线索台账", &TIP_COLUMNS, rows))
}
