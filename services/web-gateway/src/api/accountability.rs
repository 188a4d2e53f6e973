//! Entries of accountability: explanations, their judgement, inquiries.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::accountability::{
    CloseInquiryRequest, DecideInquiryRequest, JudgeExplanationRequest, OpenInquiryRequest,
    SubmitExplanationRequest,
};

/// The person addressed may hold any of these roles.
const EXPLAINING: &[Role] = &[Role::Leader, Role::Dispatcher, Role::Handler, Role::Supervisor];
const JUDGING: &[Role] = &[Role::Leader, Role::Supervisor, Role::Inspector];
const INQUIRING: &[Role] = &[Role::Inspector];

pub(crate) fn entries() -> Vec<Entry> {
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
