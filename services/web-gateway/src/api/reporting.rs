//! Entries of result reporting: guarantee, draft, signature, seal, filing. A report is named `<unit>-<stage>`. What is signed is
//! read from the ledger: the very list that was drafted.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::ledger::{DraftListRequest, GetReportRequest, LowerReportsRequest};
use mingcha_proto::reporting::{
    DraftReportRequest, FileReportRequest, GiveGuaranteeRequest, ReturnReportRequest, SealReportRequest,
    SignReportRequest,
};

const DRAFTING: &[Role] = &[Role::Handler, Role::Leader, Role::Dispatcher];
/// In person: nobody signs for anybody else.
const SIGNING: &[Role] = &[Role::Leader];
const RECEIVING: &[Role] = &[Role::Leader, Role::Dispatcher];
/// Those of the unit and of everything above it; the ledger looks at which.
const READING: &[Role] = &[
    Role::Leader,
    Role::Handler,
    Role::Dispatcher,
    Role::Supervisor,
    Role::Inspector,
];
/// Who drafts may see beforehand what it would be.
const PREVIEWING: &[Role] = &[Role::Leader, Role::Handler];

pub(crate) fn entries() -> Vec<Entry> {
    let reports = Section::staff("结果上报", SIGNING);
    vec![
        reports
            .get(
                "/api/v1/reports/{unit}/{stage}",
                "一份结果报告：起草的清单及其摘要、签字、盖章、退回",
            )
            .roles(READING)
            .calls(rpc!(ledger.get_report(GetReportRequest))),
        reports
            .get(
                "/api/v1/reports/{unit}/{stage}/preview",
                "如果现在起草，清单和摘要会是什么",
            )
            .roles(PREVIEWING)
            .calls(rpc!(ledger.draft_list(DraftListRequest))),
        reports
            .get(
                "/api/v1/reports/{unit}/{stage}/lower",
                "本单位和直接下级的报告到了哪一步",
            )
            .roles(READING)
            .calls(rpc!(ledger.lower_reports(LowerReportsRequest))),
        reports
            .post("/api/v1/reports/guarantee", "向上一级作出保证")
            .calls(rpc!(result_reporting.give_guarantee(GiveGuaranteeRequest))),
        reports
            .post("/api/v1/reports/draft", "依台账生成报告草稿")
            .roles(DRAFTING)
            .calls(rpc!(result_reporting.draft_report(DraftReportRequest))),
        reports
            .post(
                "/api/v1/reports/{report_id}/sign",
                "第一责任人签字：签的是所读清单的摘要",
            )
            .calls(rpc!(result_reporting.sign_report(SignReportRequest))),
        reports
            .post("/api/v1/reports/{report_id}/return", "上级退回，须说明理由")
            .calls(rpc!(result_reporting.return_report(ReturnReportRequest))),
        reports
            .post("/api/v1/reports/{report_id}/seal", "县区盖章")
            .calls(rpc!(result_reporting.seal_report(SealReportRequest))),
        reports
            .post("/api/v1/reports/{report_id}/file", "报市备案")
            .roles(RECEIVING)
            .calls(rpc!(result_reporting.file_report(FileReportRequest))),
    ]
}
