//! Entries of the directory: units, staff, dates, hotlines, the demonstration's clock, passwords.

use crate::edge::Edge;
use crate::handling::{self, Asked};
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{AnswerDoc, Entry, Section};
use crate::rpc;
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::Role;
use mingcha_proto::common::CommandReply;
use mingcha_proto::directory::{
    AdvanceClockRequest, ChangePasswordRequest, ExportTableRequest, ExportTableResponse, GetCampaignRequest,
    GetEntryHistoryRequest, HandOverRequest, ImportDirectoryRequest, ImportTableRequest,
    ListDeadLettersRequest, ListStaffRequest, ListUnitsRequest, MergeUnitRequest, OperationsRequest,
    PublishHotlineRequest, RegisterStaffRequest, RegisterUnitRequest, RetireStaffRequest,
    RetryDeadLetterRequest, SetCalendarYearRequest, SetCustodyRequest, SetLadderRequest, SetLimitsRequest,
    SetRecheckDaysRequest, SetRewardRulesRequest, SetStagesRequest, SetSupervisionRequest,
    WithdrawHotlineRequest,
};

const ADMIN: &[Role] = &[Role::Admin];
const LOOKING_BACK: &[Role] = &[Role::Admin, Role::Inspector];
/// Everybody; an administrator acts as such, because only then may the password be another's.
const ANYBODY: &[Role] = &[
    Role::Admin,
    Role::Operator,
    Role::Dispatcher,
    Role::Handler,
    Role::Leader,
    Role::Supervisor,
    Role::Inspector,
];
/// A city of some thousand villages.
const WHOLE_CITY: usize = 8 * 1024 * 1024;

pub(crate) fn entries() -> Vec<Entry> {
    let admin = Section::staff("系统管理", ADMIN);
    vec![
        admin
            .post("/api/v1/admin/units", "登记或修改单位")
            .calls(rpc!(directory.register_unit(RegisterUnitRequest))),
        admin
            .get(
                "/api/v1/admin/operations",
                "运行情况：记录库、消息队列和各服务处理到哪里",
            )
            .calls(rpc!(directory.operations(OperationsRequest))),
        admin
            .get("/api/v1/admin/dead-letters", "多次处理失败而搁置的消息")
            .calls(rpc!(directory.list_dead_letters(ListDeadLettersRequest))),
        admin
            .post(
                "/api/v1/admin/dead-letters/{letter}/retry",
                "把搁置的消息交回原服务重试",
            )
            .calls(rpc!(directory.retry_dead_letter(RetryDeadLetterRequest))),
        admin
            .post(
                "/api/v1/admin/units/{unit}/merge",
                "撤并单位：并入另一个同级、同类单位，在办案件由上一级改派",
            )
            .calls(rpc!(directory.merge_unit(MergeUnitRequest))),
        admin
            .post("/api/v1/admin/staff", "登记或修改人员")
            .calls(rpc!(directory.register_staff(RegisterStaffRequest))),
        admin
            .post("/api/v1/admin/staff/{account}/retire", "人员离任")
            .calls(rpc!(directory.retire_staff(RetireStaffRequest))),
        admin
            .post("/api/v1/admin/units/{unit}/hand-over", "第一责任人交接")
            .calls(rpc!(directory.hand_over(HandOverRequest))),
        admin
            .post("/api/v1/admin/limits", "设定各项义务的时限")
            .calls(rpc!(directory.set_limits(SetLimitsRequest))),
        admin
            .post("/api/v1/admin/ladder", "设定督促阶梯")
            .calls(rpc!(directory.set_ladder(SetLadderRequest))),
        admin
            .post("/api/v1/admin/supervision", "设定督查线")
            .calls(rpc!(directory.set_supervision(SetSupervisionRequest))),
        admin
            .post("/api/v1/admin/recheck-days", "设定销号后第几天回头看")
            .calls(rpc!(directory.set_recheck_days(SetRecheckDaysRequest))),
        admin
            .post("/api/v1/admin/reward-rules", "设定举报奖励标准的各个版本")
            .calls(rpc!(directory.set_reward_rules(SetRewardRulesRequest))),
        admin
            .post("/api/v1/admin/custody", "设定查看举报人身份的批准在几小时内有效")
            .calls(rpc!(directory.set_custody(SetCustodyRequest))),
        admin
            .get(
                "/api/v1/admin/history/{entry}",
                "一个单位、人员或一项设置的全部变动",
            )
            .roles(LOOKING_BACK)
            .calls(rpc!(directory.get_entry_history(GetEntryHistoryRequest))),
        admin
            .get("/api/v1/units", "单位名录")
            .roles(ANYBODY)
            .calls(rpc!(directory.list_units(ListUnitsRequest))),
        admin
            .get("/api/v1/staff", "人员名录")
            .roles(ANYBODY)
            .calls(rpc!(directory.list_staff(ListStaffRequest))),
        admin
            .get("/api/v1/campaign", "行动阶段、时限、督促阶梯、举报电话和工作日历")
            .roles(ANYBODY)
            .calls(rpc!(directory.get_campaign(GetCampaignRequest))),
        admin
            .post("/api/v1/admin/stages", "设定专项行动各阶段日期")
            .calls(rpc!(directory.set_stages(SetStagesRequest))),
        admin
            .post("/api/v1/admin/calendars/{year}", "设定一年的节假日和调休上班日")
            .calls(rpc!(directory.set_calendar_year(SetCalendarYearRequest))),
        admin
            .post("/api/v1/admin/hotlines", "公布举报电话")
            .calls(rpc!(directory.publish_hotline(PublishHotlineRequest))),
        admin
            .post("/api/v1/admin/hotlines/{number}/withdraw", "撤下举报电话，须说明理由；唯一的一个不能撤")
            .calls(rpc!(directory.withdraw_hotline(WithdrawHotlineRequest))),
        admin
            .post("/api/v1/admin/import", "批量导入机构、人员、日期")
            .largest_body(WHOLE_CITY)
            .calls(rpc!(directory.import_directory(ImportDirectoryRequest))),
        admin
            .post(
                "/api/v1/admin/tables/{table}",
                "从 CSV 或 XLSX 导入单位（units）或人员（staff）：JSON（base64）或表单（字段 file）；only_check=true 只检查",
            )
            .takes_file("file")
            .largest_body(WHOLE_CITY)
            .calls(rpc!(directory.import_table(ImportTableRequest))),
        admin
            .get("/api/v1/admin/tables/{table}", "导出单位或人员，format 为 csv 或 xlsx")
            .calls_and_answers(
                rpc!(directory.export_table(ExportTableRequest)),
                AnswerDoc::File,
                exported,
            ),
        admin
            .post("/api/v1/admin/clock/advance", "把演示时钟向前拨")
            .calls(rpc!(directory.advance_clock(AdvanceClockRequest))),
        admin
            .post(
                "/api/v1/staff/{account}/password",
                "修改密码；改后该账号须重新登录",
            )
            .roles(ANYBODY)
            .works(
                AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<CommandReply>())),
                change_password,
            ),
    ]
}

fn exported(reply: ExportTableResponse) -> Response {
    handling::file(&reply.content_type, &reply.file_name, reply.data)
}

/// Whoever knew the old password must not stay signed in with it, and whoever found a session open must not guess it.
async fn change_password(edge: Edge, asked: Asked<ChangePasswordRequest>) -> Result<Response, Problem> {
    let person = asked.actor.person().map(ToString::to_string).unwrap_or_default();
    edge.attempts.begin(&person, &asked.source).await?;
    let account = asked.message.account.clone();
    let request = edge.calls.request(&asked.actor, asked.command_id, asked.message);
    let reply = edge.services.directory().change_password(request).await?;
    edge.attempts.take_back(&person, &asked.source).await;
    if edge.sessions.end_all_of(&account).await.is_err() {
        tracing::warn!("sessions could not be ended after a change of password");
    }
    Ok(handling::json(StatusCode::OK, &reply.into_inner()))
}
