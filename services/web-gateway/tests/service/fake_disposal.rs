//! Disposals as far as the public reads of them: what is exposed, and what lots are drawn.

use crate::fakes::Answer;
use mingcha_proto::common::CommandReply;
use mingcha_proto::disposal::disposal_tracking_server::DisposalTracking;
use mingcha_proto::disposal::*;
use tonic::{Request, Response, Status};

#[derive(Clone, Default)]
pub struct FakeDisposal;

/// Everything else it was not built for.
macro_rules! nothing_else {
    ($($name:ident($request:ty) -> $answer:ty;)+) => {
        #[tonic::async_trait]
        impl DisposalTracking for FakeDisposal {
            async fn list_exposures(
                &self,
                _: Request<ListExposuresRequest>,
            ) -> Answer<ListExposuresResponse> {
                let exposure = |enterprise: &str, area_name: &str, facts: &str| PublishedExposure {
                    enterprise: enterprise.to_owned(),
                    area: "321322102".to_owned(),
                    area_name: area_name.to_owned(),
                    facts: facts.to_owned(),
                    published_at: "2020-08-10T02:00:00Z".to_owned(),
                };
                let first = "无证生产胶粘剂，原料桶堆放在居民住宅内。设备已拆除，原料已清运，负责人移送公安机关。";
                let second = "停产企业厂房出租，非法储存溶剂 23 桶。已断水断电、清理厂房，出租人已立案追究。";
                Ok(Response::new(ListExposuresResponse {
                    exposures: vec![
                        exposure("桥北无名作坊（演示）", "沭阳县胡集镇", first),
                        exposure("某停产建材厂（演示）", "泗阳县", second),
                    ],
                }))
            }
            async fn list_draws(&self, _: Request<ListDrawsRequest>) -> Answer<ListDrawsResponse> {
                Ok(Response::new(ListDrawsResponse {
                    draws: vec![DrawSummary {
                        draw_id: "5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11".to_owned(),
                        round: 1,
                        announced_at: "2020-08-02T01:00:00Z".to_owned(),
                        source: "8 月 3 日双色球开奖号码".to_owned(),
                        seed_at: "2020-08-03T13:30:00Z".to_owned(),
                        seed: Some("03 07 12".to_owned()),
                        listed: 23,
                        chosen: 4,
                        cancelled_because: None,
                    }],
                }))
            }
            async fn get_draw(&self, request: Request<GetDrawRequest>) -> Answer<GetDrawResponse> {
                let stratum = |many: usize| DrawStratum {
                    county: "321322".to_owned(),
                    case_ids: (0..many).map(|n| format!("{n:08}-0000-0000-0000-000000000000")).collect(),
                };
                Ok(Response::new(GetDrawResponse {
                    draw_id: request.into_inner().draw_id,
                    round: 1,
                    announced_at: "2020-08-02T01:00:00Z".to_owned(),
                    list: vec![stratum(23)],
                    digest: "ab".repeat(32),
                    percent: 15,
                    at_least: 1,
                    source: "8 月 3 日双色球开奖号码".to_owned(),
                    digits: Some(6),
                    seed_at: "2020-08-03T13:30:00Z".to_owned(),
                    seed: Some("030712".to_owned()),
                    made_at: Some("2020-08-03T13:40:00Z".to_owned()),
                    chosen: vec![stratum(4)],
                    ..GetDrawResponse::default()
                }))
            }
            $(async fn $name(&self, _: Request<$request>) -> Answer<$answer> {
                Err(Status::unimplemented("fake"))
            })+
        }
    };
}

nothing_else! {
    submit_safety_plan(SubmitSafetyPlanRequest) -> CommandReply;
    approve_safety_plan(ApproveSafetyPlanRequest) -> CommandReply;
    reject_safety_plan(RejectSafetyPlanRequest) -> CommandReply;
    complete_measure(CompleteMeasureRequest) -> CommandReply;
    refer_party(ReferPartyRequest) -> CommandReply;
    answer_referral(AnswerReferralRequest) -> CommandReply;
    pass_review(PassReviewRequest) -> CommandReply;
    fail_review(FailReviewRequest) -> CommandReply;
    reclassify(ReclassifyRequest) -> CommandReply;
    announce_draw(AnnounceDrawRequest) -> CommandReply;
    cancel_draw(CancelDrawRequest) -> CommandReply;
    make_draw(MakeDrawRequest) -> CommandReply;
    draw_spot_check(DrawSpotCheckRequest) -> CommandReply;
    pass_spot_check(PassSpotCheckRequest) -> CommandReply;
    fail_spot_check(FailSpotCheckRequest) -> CommandReply;
    propose_exposure(ProposeExposureRequest) -> CommandReply;
    publish_exposure(PublishExposureRequest) -> CommandReply;
    withdraw_exposure(WithdrawExposureRequest) -> CommandReply;
    pass_recheck(PassRecheckRequest) -> CommandReply;
    report_relapse(ReportRelapseRequest) -> CommandReply;
}
