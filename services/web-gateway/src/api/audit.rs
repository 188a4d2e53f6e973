//! Entries of audit-replay: histories, who read them, who could see what, the dossier, and the proof of order.

use crate::handling;
use crate::routes::{AnswerDoc, Entry, Section};
use crate::rpc;
use axum::response::Response;
use jurisdiction::Role;
use mingcha_proto::audit::{
    GetCaseSightRequest, GetTipSightRequest, GetVerificationProgressRequest, ListReadingsRequest,
    PrintDossierRequest, PrintDossierResponse, PrintThreadRequest, PrintThreadResponse, ReplayCaseRequest,
    ReplayStreamRequest, ReplayThreadRequest, SearchFactsRequest, VerifyChainRequest,
};

const REPLAYING: &[Role] = &[Role::Inspector, Role::Supervisor, Role::Leader, Role::Dispatcher];
const INSPECTING: &[Role] = &[Role::Inspector];
const VERIFYING: &[Role] = &[Role::Inspector, Role::Supervisor];

pub(crate) fn entries() -> Vec<Entry> {
    let audit = Section::staff("回放", REPLAYING);
    vec![
        audit
            .get("/api/v1/audit/cases/{case_id}", "回放案件全过程，可指定时刻 at")
            .calls(rpc!(audit.replay_case(ReplayCaseRequest))),
        audit
            .get(
                "/api/v1/audit/threads/{subject}",
                "回放线索、单位问责、抽签或案件的全过程，可指定时刻 at",
            )
            .calls(rpc!(audit.replay_thread(ReplayThreadRequest))),
        audit
            .get("/api/v1/audit/cases/{case_id}/dossier", "打印案卷（网页）")
            .calls_and_answers(
                rpc!(audit.print_dossier(PrintDossierRequest)),
                AnswerDoc::Page,
                dossier,
            ),
        audit
            .get(
                "/api/v1/audit/threads/{subject}/dossier",
                "打印线索、单位问责或抽签的案卷（网页）",
            )
            .calls_and_answers(
                rpc!(audit.print_thread(PrintThreadRequest)),
                AnswerDoc::Page,
                thread,
            ),
        audit
            .get(
                "/api/v1/audit/cases/{case_id}/sight",
                "某一时刻谁能看到案件、谁看过",
            )
            .roles(INSPECTING)
            .calls(rpc!(audit.get_case_sight(GetCaseSightRequest))),
        audit
            .get(
                "/api/v1/audit/tips/{tip_id}/sight",
                "某一时刻谁能看到线索、谁看过",
            )
            .roles(INSPECTING)
            .calls(rpc!(audit.get_tip_sight(GetTipSightRequest))),
        audit
            .get(
                "/api/v1/audit/facts",
                "按人员、单位、时间、种类查找记录，按 after 翻页",
            )
            .roles(VERIFYING)
            .calls(rpc!(audit.search_facts(SearchFactsRequest))),
        audit
            .get("/api/v1/audit/readings", "谁查阅过什么")
            .roles(INSPECTING)
            .calls(rpc!(audit.list_readings(ListReadingsRequest))),
        audit
            .get("/api/v1/audit/streams/{stream}", "回放一条记录流")
            .roles(INSPECTING)
            .calls(rpc!(audit.replay_stream(ReplayStreamRequest))),
        audit
            .get(
                "/api/v1/audit/verification",
                "核验历史是否连续、完整，各项不变规则是否成立",
            )
            .roles(VERIFYING)
            .calls(rpc!(audit.verify_chain(VerifyChainRequest))),
        audit
            .get("/api/v1/audit/verification/progress", "正在进行的核验的进度")
            .roles(VERIFYING)
            .calls(rpc!(
                audit.get_verification_progress(GetVerificationProgressRequest)
            )),
    ]
}

fn dossier(printed: PrintDossierResponse) -> Response {
    handling::document(printed.html)
}

fn thread(printed: PrintThreadResponse) -> Response {
    handling::document(printed.html)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Access;

    #[test]
    fn the_edge_lets_in_whom_the_service_answers() {
        for entry in entries() {
            let Access::Staff(roles) = entry.doc.access else {
                panic!("{} is open", entry.doc.path);
            };
            let expected = match entry.doc.path {
                "/api/v1/audit/verification"
                | "/api/v1/audit/verification/progress"
                | "/api/v1/audit/facts" => VERIFYING,
                "/api/v1/audit/cases/{case_id}/sight"
                | "/api/v1/audit/tips/{tip_id}/sight"
                | "/api/v1/audit/readings"
                | "/api/v1/audit/streams/{stream}" => INSPECTING,
                _ => REPLAYING,
            };
            assert_eq!(roles, expected, "{}", entry.doc.path);
        }
    }
}
