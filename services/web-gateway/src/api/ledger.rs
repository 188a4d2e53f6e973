//! Entries of the ledger: work lists, tips, cases, escalations, the statistical table.

use crate::edge::Edge;
use crate::handling::{self, Asked};
use crate::pages;
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{AnswerDoc, Entry, Section};
use crate::rpc;
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::Role;
use mingcha_proto::ledger::{
    BoardRequest, BulletinRequest, BulletinResponse, ExportRequest, ExportResponse, GetCaseRequest,
    GetTipRequest, ListCasesRequest, ListEscalationsRequest, ListFindingsRequest, ListObligationsRequest,
    ListReportsRequest, ListSpecialSupervisionRequest, ListTasksRequest, ListTipsRequest, ReportRequest,
    TrendRequest, WorkListRequest,
};

/// Everybody who works on tips and cases; the service narrows it to the subtree. Administrators see no content.
pub(super) const WORKING: &[Role] = &[
    Role::Dispatcher,
    Role::Handler,
    Role::Leader,
    Role::Supervisor,
    Role::Inspector,
    Role::Operator,
];

pub(crate) fn entries() -> Vec<Entry> {
    let ledger = Section::staff("台账", WORKING);
    vec![
        ledger
            .get("/api/v1/work", "我的待办，按剩余时间排列")
            .calls(rpc!(ledger.work_list(WorkListRequest))),
        ledger
            .get("/api/v1/tips", "线索列表")
            .calls(rpc!(ledger.list_tips(ListTipsRequest))),
        ledger
            .get("/api/v1/tips/{tip_id}", "一条线索")
            .calls(rpc!(ledger.get_tip(GetTipRequest))),
        ledger
            .get("/api/v1/cases", "案件列表")
            .calls(rpc!(ledger.list_cases(ListCasesRequest))),
        ledger
            .get("/api/v1/cases/{case_id}", "一个案件的全部情况")
            .calls(rpc!(ledger.get_case(GetCaseRequest))),
        ledger
            .get("/api/v1/escalations", "催办、督办、约谈、通报、移送")
            .calls(rpc!(ledger.list_escalations(ListEscalationsRequest))),
        ledger
            .get("/api/v1/findings", "督导组发现的问题与整改答复")
            .calls(rpc!(ledger.list_findings(ListFindingsRequest))),
        ledger
            .get("/api/v1/conference-tasks", "联席会议任务")
            .calls(rpc!(ledger.list_tasks(ListTasksRequest))),
        ledger
            .get("/api/v1/special-supervision", "专项督查：各单位的数量与标准")
            .calls(rpc!(
                ledger.list_special_supervision(ListSpecialSupervisionRequest)
            )),
        ledger
            .get("/api/v1/obligations", "各单位的办理义务和时限，先到期的在前")
            .calls(rpc!(ledger.list_obligations(ListObligationsRequest))),
        ledger
            .get("/api/v1/reports", "结果上报：各单位签字、盖章、备案情况")
            .calls(rpc!(ledger.list_reports(ListReportsRequest))),
        ledger
            .get("/api/v1/statistics", "县区、乡镇统计表")
            .calls(rpc!(ledger.report(ReportRequest))),
        ledger
            .get(
                "/api/v1/statistics/trend",
                "每日动态：每一天收到、甄审、立案、销号、错过时限、督办的数量",
            )
            .calls(rpc!(ledger.trend(TrendRequest))),
        ledger
            .get(
                "/api/v1/board",
                "阶段看板：各状态的案件和最紧迫的几件，各阶段到期的事项",
            )
            .calls(rpc!(ledger.board(BoardRequest))),
        ledger
            .get(
                "/api/v1/bulletin",
                "联席会议周报，format 为 json、html（供打印）或 xlsx",
            )
            .works(
                AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<BulletinResponse>())),
                bulletin,
            ),
        ledger
            .get(
                "/api/v1/exports/{list}",
                "导出清单台账，format 为 csv 或 xlsx，条件与清单相同",
            )
            .calls_and_answers(rpc!(ledger.export(ExportRequest)), AnswerDoc::File, exported),
    ]
}

fn exported(reply: ExportResponse) -> Response {
    handling::file(&reply.content_type, &reply.file_name, reply.data)
}

/// One bulletin: to be read by a program, printed, or taken away.
async fn bulletin(edge: Edge, asked: Asked<BulletinRequest>) -> Result<Response, Problem> {
    let message = asked.message;
    let mut ledger = edge.services.ledger();
    match message.format.as_deref() {
        None | Some("json" | "html") => {
            let is_page = message.format.as_deref() == Some("html");
            let request = edge.calls.request(&asked.actor, None, message);
            let told = ledger.bulletin(request).await?.into_inner();
            Ok(if is_page {
                pages::bulletin(told)
            } else {
                handling::json(StatusCode::OK, &told)
            })
        }
        Some("xlsx") => {
            let whole = ExportRequest {
                list: "bulletin".to_owned(),
                format: "xlsx".to_owned(),
                unit: message.unit,
                week: message.week,
                as_of: message.as_of,
                wait_for_position: message.wait_for_position,
                ..ExportRequest::default()
            };
            let request = edge.calls.request(&asked.actor, None, whole);
            Ok(exported(ledger.export(request).await?.into_inner()))
        }
        Some(_) => Err(Problem::invalid("format", "可选：json、html、xlsx。")),
    }
}
