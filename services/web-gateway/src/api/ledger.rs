//! Entries of the ledger: work lists, tips, cases, escalations, the statistical table.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::ledger::{
    GetCaseRequest, GetTipRequest, ListCasesRequest, ListEscalationsRequest, ListFindingsRequest,
    ListSpecialSupervisionRequest, ListTasksRequest, ListTipsRequest, ReportRequest, WorkListRequest,
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
            .get("/api/v1/statistics", "县区、乡镇统计表")
            .calls(rpc!(ledger.report(ReportRequest))),
    ]
}
