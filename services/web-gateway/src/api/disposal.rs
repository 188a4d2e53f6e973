//! Entries of disposal tracking: safety plan, measures, referrals, reviews, checks, relapse.

use crate::limits::Bucket;
use crate::routes::{Access, Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::disposal::{
    AnnounceDrawRequest, AnswerReferralRequest, ApproveSafetyPlanRequest, CancelDrawRequest,
    CompleteMeasureRequest, DrawSpotCheckRequest, FailReviewRequest, FailSpotCheckRequest, GetDrawRequest,
    ListDrawsRequest, ListExposuresRequest, MakeDrawRequest, PassRecheckRequest, PassReviewRequest,
    PassSpotCheckRequest, ProposeExposureRequest, PublishExposureRequest, ReclassifyRequest,
    ReferPartyRequest, RejectSafetyPlanRequest, ReportRelapseRequest, SubmitSafetyPlanRequest,
    WithdrawExposureRequest,
};

const HANDLING: &[Role] = &[Role::Handler, Role::Leader];
const APPROVING: &[Role] = &[Role::Leader];
const REVIEWING: &[Role] = &[Role::Leader, Role::Supervisor];
const CHECKING: &[Role] = &[Role::Supervisor];
const PROPOSING: &[Role] = &[Role::Handler, Role::Leader, Role::Supervisor];
const EXPOSING: &[Role] = &[Role::Leader];
const WATCHING: &[Role] = &[Role::Supervisor, Role::Handler, Role::Leader];
/// Dispatchers hear first of what is back.
const REPORTING: &[Role] = &[Role::Supervisor, Role::Handler, Role::Leader, Role::Dispatcher];
const CANCELLING: &[Role] = &[Role::Supervisor, Role::Leader];

pub(crate) fn entries() -> Vec<Entry> {
    let mut entries = of_the_disposals();
    entries.extend(of_the_draws());
    entries.extend(of_the_exposures());
    entries
}

/// Announced and made by the supervision group, read and done again by anybody.
fn of_the_draws() -> Vec<Entry> {
    let draws = Section::staff("抽签", CHECKING);
    let public = Section::of("抽签", Access::Citizen(Bucket::Lookups));
    vec![
        draws
            .post(
                "/api/v1/draws/{draw_id}/announce",
                "抽签公告：冻结已销号点位名单，写明将来的随机种子从哪里来、有几位数字",
            )
            .calls(rpc!(disposal_tracking.announce_draw(AnnounceDrawRequest))),
        draws
            .post(
                "/api/v1/draws/{draw_id}/make",
                "按公布的随机种子抽签：只写数字，位数和公告的相同",
            )
            .calls(rpc!(disposal_tracking.make_draw(MakeDrawRequest))),
        draws
            .post(
                "/api/v1/draws/{draw_id}/cancel",
                "撤销抽签，原因公开；到了公布种子的时间以后只能由市政府或者市安委办负责人撤销",
            )
            .roles(CANCELLING)
            .calls(rpc!(disposal_tracking.cancel_draw(CancelDrawRequest))),
        public
            .get("/api/v1/draws", "历次抽签（无需登录）")
            .calls(rpc!(disposal_tracking.list_draws(ListDrawsRequest))),
        public
            .get(
                "/api/v1/draws/{draw_id}",
                "一次抽签的名单、摘要、种子和结果，任何人都可以重抽验证（无需登录）",
            )
            .calls(rpc!(disposal_tracking.get_draw(GetDrawRequest))),
    ]
}

/// Proposed by who knows the site, published by the city, read by anybody.
fn of_the_exposures() -> Vec<Entry> {
    let exposures = Section::staff("警示曝光", REVIEWING);
    let public = Section::of("警示曝光", Access::Citizen(Bucket::Lookups));
    vec![
        exposures
            .post(
                "/api/v1/disposals/{case_id}/exposure",
                "提出警示曝光：不写个人姓名、电话和乡镇以下地址",
            )
            .roles(PROPOSING)
            .calls(rpc!(disposal_tracking.propose_exposure(ProposeExposureRequest))),
        exposures
            .post(
                "/api/v1/disposals/{case_id}/exposure/publish",
                "市安委办负责人批准曝光",
            )
            .roles(EXPOSING)
            .calls(rpc!(disposal_tracking.publish_exposure(PublishExposureRequest))),
        exposures
            .post("/api/v1/disposals/{case_id}/exposure/withdraw", "撤回曝光")
            .roles(EXPOSING)
            .calls(rpc!(disposal_tracking.withdraw_exposure(WithdrawExposureRequest))),
        public
            .get("/api/v1/exposures", "警示曝光名单（无需登录）")
            .calls(rpc!(disposal_tracking.list_exposures(ListExposuresRequest))),
    ]
}

fn of_the_disposals() -> Vec<Entry> {
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
            .post(
                "/api/v1/disposals/{case_id}/referral-answers",
                "接收部门登记移送结果",
            )
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
            .post(
                "/api/v1/disposals/{case_id}/class",
                "更正类别，写明依据；按新的类别重新下达措施，已完成且仍属规定的不重做",
            )
            .roles(REVIEWING)
            .calls(rpc!(disposal_tracking.reclassify(ReclassifyRequest))),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/spot-check/draw",
                "直接抽查：仅限须回避、不能列入公开名单的案件",
            )
            .roles(CHECKING)
            .calls(rpc!(disposal_tracking.draw_spot_check(DrawSpotCheckRequest))),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/spot-check/pass",
                "抽查合格，附现场照片和说明",
            )
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
            .post(
                "/api/v1/disposals/{case_id}/rechecks",
                "回头看未见反弹（不得由原处置单位自查）",
            )
            .roles(WATCHING)
            .calls(rpc!(disposal_tracking.pass_recheck(PassRecheckRequest))),
        disposals
            .post(
                "/api/v1/disposals/{case_id}/relapse",
                "发现死灰复燃，自动另立关联案件；不在原址的须写明现址",
            )
            .roles(REPORTING)
            .calls(rpc!(disposal_tracking.report_relapse(ReportRelapseRequest))),
    ]
}
