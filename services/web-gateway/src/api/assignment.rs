//! Entries of case assignment: from opening over inspection to classification.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::assignment::{
    AcknowledgeCaseRequest, AddCoHandlerRequest, AssignCaseRequest, ClassifySiteRequest,
    DesignateCaseRequest, GrantExtensionRequest, IdentifySiteRequest, MergeCaseRequest, OpenCaseRequest,
    ReassignCaseRequest, RecordInspectionRequest, RefuseExtensionRequest, RemoveCoHandlerRequest,
    ReopenCaseRequest, RequestExtensionRequest, RequestIdentificationRequest, ReturnCaseRequest,
    ReviewCleanFindingRequest,
};

const OPENING: &[Role] = &[Role::Dispatcher, Role::Supervisor];
/// Dispatchers assign; a handler or leader passes a case on to a unit below; inspectors assign what is about the desk.
const ASSIGNING: &[Role] = &[Role::Dispatcher, Role::Leader, Role::Handler, Role::Inspector];
const HANDLING: &[Role] = &[Role::Handler, Role::Leader, Role::Dispatcher];
/// The desk sends people to the site; it neither goes there nor judges it.
const JUDGING: &[Role] = &[Role::Handler, Role::Leader];
const DIRECTING: &[Role] = &[Role::Dispatcher, Role::Inspector];
const APPROVING: &[Role] = &[Role::Leader];
const REOPENING: &[Role] = &[Role::Dispatcher, Role::Leader, Role::Supervisor];

pub(crate) fn entries() -> Vec<Entry> {
    let cases = Section::staff("案件", HANDLING);
    let mut entries = of_the_handling(&cases);
    entries.extend(of_the_extensions(&cases));
    entries
}

fn of_the_extensions(cases: &Section) -> Vec<Entry> {
    vec![
        cases
            .post(
                "/api/v1/cases/{case_id}/extensions",
                "申请延期：期限届满前，每项期限一次，理由举报人可见",
            )
            .calls(rpc!(case_assignment.request_extension(RequestExtensionRequest))),
        cases
            .post("/api/v1/cases/{case_id}/extensions/grant", "上一级同意延期")
            .roles(APPROVING)
            .calls(rpc!(case_assignment.grant_extension(GrantExtensionRequest))),
        cases
            .post("/api/v1/cases/{case_id}/extensions/refuse", "上一级不同意延期")
            .roles(APPROVING)
            .calls(rpc!(case_assignment.refuse_extension(RefuseExtensionRequest))),
        cases
            .post(
                "/api/v1/cases/{case_id}/merge",
                "并案：同一点位并入另一案件；重新办理即撤销并案",
            )
            .roles(DIRECTING)
            .calls(rpc!(case_assignment.merge_case(MergeCaseRequest))),
        cases
            .post("/api/v1/cases/{case_id}/co-handlers/remove", "撤销协办单位")
            .roles(ASSIGNING)
            .calls(rpc!(case_assignment.remove_co_handler(RemoveCoHandlerRequest))),
    ]
}

fn of_the_handling(cases: &Section) -> Vec<Entry> {
    vec![
        cases
            .post("/api/v1/cases", "立案：排查、移交、督导发现等来源")
            .roles(OPENING)
            .calls(rpc!(case_assignment.open_case(OpenCaseRequest))),
        cases
            .post("/api/v1/cases/{case_id}/assign", "交办")
            .roles(ASSIGNING)
            .calls(rpc!(case_assignment.assign_case(AssignCaseRequest))),
        cases
            .post("/api/v1/cases/{case_id}/co-handlers", "增加协办单位")
            .roles(ASSIGNING)
            .calls(rpc!(case_assignment.add_co_handler(AddCoHandlerRequest))),
        cases
            .post("/api/v1/cases/{case_id}/acknowledge", "签收")
            .calls(rpc!(case_assignment.acknowledge_case(AcknowledgeCaseRequest))),
        cases
            .post("/api/v1/cases/{case_id}/return", "退回（仅一次，须说明理由）")
            .calls(rpc!(case_assignment.return_case(ReturnCaseRequest))),
        cases
            .post("/api/v1/cases/{case_id}/designate", "上级指定管辖，不得再退回")
            .roles(DIRECTING)
            .calls(rpc!(case_assignment.designate_case(DesignateCaseRequest))),
        cases
            .post("/api/v1/cases/{case_id}/reassign", "上级改派")
            .roles(DIRECTING)
            .calls(rpc!(case_assignment.reassign_case(ReassignCaseRequest))),
        cases
            .post(
                "/api/v1/cases/{case_id}/inspections",
                "登记现场核查：五个有没有、翻墙三查",
            )
            .roles(JUDGING)
            .calls(rpc!(case_assignment.record_inspection(RecordInspectionRequest))),
        cases
            .post("/api/v1/cases/{case_id}/identification-request", "提请县区甄别")
            .calls(rpc!(
                case_assignment.request_identification(RequestIdentificationRequest)
            )),
        cases
            .post("/api/v1/cases/{case_id}/identification", "县区甄别确认")
            .roles(JUDGING)
            .calls(rpc!(case_assignment.identify_site(IdentifySiteRequest))),
        cases
            .post("/api/v1/cases/{case_id}/classification", "定性分类")
            .roles(JUDGING)
            .calls(rpc!(case_assignment.classify_site(ClassifySiteRequest))),
        cases
            .post("/api/v1/cases/{case_id}/clean-review", "上级复核“未发现”结论")
            .roles(APPROVING)
            .calls(rpc!(
                case_assignment.review_clean_finding(ReviewCleanFindingRequest)
            )),
        cases
            .post("/api/v1/cases/{case_id}/reopen", "重新办理")
            .roles(REOPENING)
            .calls(rpc!(case_assignment.reopen_case(ReopenCaseRequest))),
    ]
}
