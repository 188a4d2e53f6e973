//! Entries of disposal tracking: safety plan, measures, referrals, reviews, checks, relapse.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::disposal::{
    AnswerReferralRequest, ApproveSafetyPlanRequest, CompleteMeasureRequest, DrawSpotCheckRequest,
    FailReviewRequest, FailSpotCheckRequest, PassRecheckRequest, PassReviewRequest, PassSpotCheckRequest,
    ReferPartyRequest, RejectSafetyPlanRequest, ReportRelapseRequest, SubmitSafetyPlanRequest,
};

const HANDLING: &[Role] = &[Role::Handler, Role::Leader];
const APPROVING: &[Role] = &[Role::Leader, Role::Dispatcher];
const ANSWERING: &[Role] = &[Role::Handler, Role::Leader, Role::Dispatcher];
const REVIEWING: &[Role] = &[Role::Leader, Role::Supervisor];
const CHECKING: &[Role] = &[Role::Supervisor];
const WATCHING: &[Role] = &[Role::Supervisor, Role::Handler, Role::Leader, Role::Dispatcher];

pub(crate) fn entries() -> Vec<Entry> {
    let disposals = Section::staff("处置", HANDLING);
    vec![
        disposals
            .post("/api/v1/disposals/{case_id}/safety-plan", "提交处置安全方案")
            .calls(rpc!(
                disposal_tracking.submit_safety_plan(SubmitSafetyPlanRequest)
            )),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/safety-plan/approve",
                "县区批准安全方案",
            )
            .roles(APPROVING)
            .calls(rpc!(
                disposal_tracking.approve_safety_plan(ApproveSafetyPlanRequest)
            )),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/safety-plan/reject",
                "县区退回安全方案",
            )
            .roles(APPROVING)
            .calls(rpc!(
                disposal_tracking.reject_safety_plan(RejectSafetyPlanRequest)
            )),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/measures",
                "登记一项措施完成，附前后照片",
            )
            .calls(rpc!(disposal_tracking.complete_measure(CompleteMeasureRequest))),
        disposals
            .post("/api/v1/disposals/{case_id}/referrals", "移送责任人")
            .calls(rpc!(disposal_tracking.refer_party(ReferPartyRequest))),
        disposals
            .post("/api/v1/disposals/{case_id}/referral-answers", "登记移送结果")
            .roles(ANSWERING)
            .calls(rpc!(disposal_tracking.answer_referral(AnswerReferralRequest))),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/review/pass",
                "复核通过并签字；末级复核即销号",
            )
            .roles(REVIEWING)
            .calls(rpc!(disposal_tracking.pass_review(PassReviewRequest))),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/review/fail",
                "复核不通过，指明须重做的措施",
            )
            .roles(REVIEWING)
            .calls(rpc!(disposal_tracking.fail_review(FailReviewRequest))),
        disposals
            .post("/api/v1/disposals/{case_id}/spot-check/draw", "抽查抽中")
            .roles(CHECKING)
            .calls(rpc!(disposal_tracking.draw_spot_check(DrawSpotCheckRequest))),
        disposals
            .post("/api/v1/disposals/{case_id}/spot-check/pass", "抽查合格")
            .roles(CHECKING)
            .calls(rpc!(disposal_tracking.pass_spot_check(PassSpotCheckRequest))),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/spot-check/fail",
                "抽查不合格，指明须重做的措施",
            )
            .roles(CHECKING)
            .calls(rpc!(disposal_tracking.fail_spot_check(FailSpotCheckRequest))),
        disposals
            .post("/api/v1/disposals/{case_id}/rechecks", "回头看未见反弹")
            .roles(WATCHING)
            .calls(rpc!(disposal_tracking.pass_recheck(PassRecheckRequest))),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/relapse",
                "发现死灰复燃，自动另立关联案件",
            )
            .roles(WATCHING)
            .calls(rpc!(disposal_tracking.report_relapse(ReportRelapseRequest))),
    ]
}
