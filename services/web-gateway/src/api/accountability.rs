//! Entries of accountability: explanations, their judgement, inquiries; findings and special supervision; conference tasks; previews.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::accountability::{
    AcceptTaskRequest, AnswerFindingRequest, AssignTaskRequest, CloseInquiryRequest,
    CloseSpecialSupervisionRequest, DecideInquiryRequest, ExplainFailureRequest, JudgeExplanationRequest,
    JudgeFailureRequest, JudgeFindingRequest, ListSupervisionNumbersRequest, OpenInquiryRequest,
    PreviewCalendarYearRequest, PreviewStagesRequest, PreviewSupervisionRequest, RecordFindingRequest,
    ReportTaskRequest, ReturnTaskRequest, SubmitExplanationRequest,
};

/// The person addressed may hold any of these roles.
const EXPLAINING: &[Role] = &[Role::Leader, Role::Dispatcher, Role::Handler, Role::Supervisor];
const JUDGING: &[Role] = &[Role::Leader, Role::Supervisor, Role::Inspector];
const INQUIRING: &[Role] = &[Role::Inspector];
/// Of the whole city, of an area, of the own unit.
const READING: &[Role] = &[
    Role::Supervisor,
    Role::Inspector,
    Role::Leader,
    Role::Dispatcher,
    Role::Handler,
];
const SUPERVISING: &[Role] = &[Role::Supervisor];
const ANSWERING: &[Role] = &[Role::Leader];
/// Of the joint conference's office.
const CONFERRING: &[Role] = &[Role::Leader, Role::Dispatcher];
const WORKING: &[Role] = &[Role::Leader, Role::Handler];
const SETTING: &[Role] = &[Role::Admin];

pub(crate) fn entries() -> Vec<Entry> {
    let mut entries = of_clocks();
    entries.extend(of_supervision());
    entries.extend(of_the_conference());
    entries.extend(of_what_would_be());
    entries
}

/// What a setting would move, before anybody sets it.
fn of_what_would_be() -> Vec<Entry> {
    let admin = Section::staff("系统管理", SETTING);
    vec![
        admin
            .post(
                "/api/v1/admin/calendars/{year}/preview",
                "这样改工作日历会移动哪些正在走的时限（不作任何改动）",
            )
            .calls(rpc!(
                accountability.preview_calendar_year(PreviewCalendarYearRequest)
            )),
        admin
            .post(
                "/api/v1/admin/stages/preview",
                "这样改工作阶段会移动哪些正在走的时限（不作任何改动）",
            )
            .calls(rpc!(accountability.preview_stages(PreviewStagesRequest))),
        admin
            .post(
                "/api/v1/admin/supervision/preview",
                "按这样的标准现在会启动哪些单位的专项督查（不作任何改动）",
            )
            .calls(rpc!(
                accountability.preview_supervision(PreviewSupervisionRequest)
            )),
    ]
}

/// Findings and special supervision, of a unit.
fn of_supervision() -> Vec<Entry> {
    let supervision = Section::staff("督导", SUPERVISING);
    vec![
        supervision
            .get(
                "/api/v1/supervision/numbers",
                "各县区、乡镇今天离督查线有多近，最近的在前",
            )
            .roles(READING)
            .calls(rpc!(
                accountability.list_supervision_numbers(ListSupervisionNumbersRequest)
            )),
        supervision
            .post("/api/v1/supervision/{unit}/findings", "督导组记录发现的问题")
            .calls(rpc!(accountability.record_finding(RecordFindingRequest))),
        supervision
            .post(
                "/api/v1/supervision/{unit}/finding-answers",
                "被督导单位答复整改情况",
            )
            .roles(ANSWERING)
            .calls(rpc!(accountability.answer_finding(AnswerFindingRequest))),
        supervision
            .post(
                "/api/v1/supervision/{unit}/finding-judgements",
                "督导组认定整改答复",
            )
            .calls(rpc!(accountability.judge_finding(JudgeFindingRequest))),
        supervision
            .post(
                "/api/v1/supervision/{unit}/special-supervision-closing",
                "问题数量降到标准以下后，督导组结束专项督查",
            )
            .calls(rpc!(
                accountability.close_special_supervision(CloseSpecialSupervisionRequest)
            )),
    ]
}

/// Tasks of the joint conference, of a unit.
fn of_the_conference() -> Vec<Entry> {
    let conference = Section::staff("联席会议任务", CONFERRING);
    vec![
        conference
            .post("/api/v1/conference/{unit}/tasks", "联席会议办公室交办任务")
            .calls(rpc!(accountability.assign_task(AssignTaskRequest))),
        conference
            .post(
                "/api/v1/conference/{unit}/task-reports",
                "承担单位报告任务完成情况",
            )
            .roles(WORKING)
            .calls(rpc!(accountability.report_task(ReportTaskRequest))),
        conference
            .post("/api/v1/conference/{unit}/task-acceptances", "认定任务完成")
            .calls(rpc!(accountability.accept_task(AcceptTaskRequest))),
        conference
            .post(
                "/api/v1/conference/{unit}/task-returns",
                "任务没有完成，退回继续办理",
            )
            .calls(rpc!(accountability.return_task(ReturnTaskRequest))),
    ]
}

fn of_clocks() -> Vec<Entry> {
    let accountability = Section::staff("问责", INQUIRING);
    vec![
        accountability
            .post(
                "/api/v1/accountability/{subject_id}/explanations",
                "就催办、督办等作出说明",
            )
            .roles(EXPLAINING)
            .calls(rpc!(accountability.submit_explanation(SubmitExplanationRequest))),
        accountability
            .post(
                "/api/v1/accountability/{subject_id}/judgements",
                "上级认定说明是否成立",
            )
            .roles(JUDGING)
            .calls(rpc!(accountability.judge_explanation(JudgeExplanationRequest))),
        accountability
            .post(
                "/api/v1/accountability/{subject_id}/failure-explanations",
                "责任单位第一责任人就问责事项作出说明",
            )
            .roles(ANSWERING)
            .calls(rpc!(accountability.explain_failure(ExplainFailureRequest))),
        accountability
            .post(
                "/api/v1/accountability/{subject_id}/failure-judgements",
                "上级认定问责事项的说明是否成立",
            )
            .roles(JUDGING)
            .calls(rpc!(accountability.judge_failure(JudgeFailureRequest))),
        accountability
            .post("/api/v1/accountability/{subject_id}/inquiries", "立案调查")
            .calls(rpc!(accountability.open_inquiry(OpenInquiryRequest))),
        accountability
            .post(
                "/api/v1/accountability/{subject_id}/inquiry-decisions",
                "作出问责决定",
            )
            .calls(rpc!(accountability.decide_inquiry(DecideInquiryRequest))),
        accountability
            .post("/api/v1/accountability/{subject_id}/inquiry-closings", "结案")
            .calls(rpc!(accountability.close_inquiry(CloseInquiryRequest))),
    ]
}
