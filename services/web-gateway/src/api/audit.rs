//! Entries of audit-replay: the history of a case or a stream, and its proof of order.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::audit::{
    GetVerificationProgressRequest, ReplayCaseRequest, ReplayStreamRequest, VerifyChainRequest,
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
