//! The RPC of disposal tracking.

use disposal_domain::{Disposal, DisposalCommand};
use mingcha_proto::common::CommandReply;
use mingcha_proto::disposal::disposal_tracking_server::DisposalTracking;
use mingcha_proto::disposal::{
    AnswerReferralRequest, ApproveSafetyPlanRequest, CompleteMeasureRequest, DrawSpotCheckRequest,
    FailReviewRequest, FailSpotCheckRequest, PassRecheckRequest, PassReviewRequest, PassSpotCheckRequest,
    ReferPartyRequest, RejectSafetyPlanRequest, ReportRelapseRequest, SubmitSafetyPlanRequest,
};
use platform::{Caller, Context, Desk, derived_command};
use tonic::{Request, Response, Status};

pub struct DisposalTrackingService {
    desk: Desk<Disposal>,
}

type Reply = Result<Response<CommandReply>, Status>;

impl DisposalTrackingService {
    pub(crate) fn new(context: Context) -> Self {
        Self {
            desk: Desk::new(context, "case_id"),
        }
    }
}

#[tonic::async_trait]
impl DisposalTracking for DisposalTrackingService {
    async fn submit_safety_plan(&self, request: Request<SubmitSafetyPlanRequest>) -> Reply {
        self.desk
            .command(request, DisposalCommand::SubmitSafetyPlan)
            .await
    }
    async fn approve_safety_plan(&self, request: Request<ApproveSafetyPlanRequest>) -> Reply {
        self.desk
            .command(request, DisposalCommand::ApproveSafetyPlan)
            .await
    }
    async fn reject_safety_plan(&self, request: Request<RejectSafetyPlanRequest>) -> Reply {
        self.desk
            .command(request, DisposalCommand::RejectSafetyPlan)
            .await
    }
    async fn complete_measure(&self, request: Request<CompleteMeasureRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::CompleteMeasure).await
    }
    async fn refer_party(&self, request: Request<ReferPartyRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::ReferParty).await
    }
    async fn answer_referral(&self, request: Request<AnswerReferralRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::AnswerReferral).await
    }
    async fn pass_review(&self, request: Request<PassReviewRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::PassReview).await
    }
    async fn fail_review(&self, request: Request<FailReviewRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::FailReview).await
    }
    async fn draw_spot_check(&self, request: Request<DrawSpotCheckRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::DrawSpotCheck).await
    }
    async fn pass_spot_check(&self, request: Request<PassSpotCheckRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::PassSpotCheck).await
    }
    async fn fail_spot_check(&self, request: Request<FailSpotCheckRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::FailSpotCheck).await
    }
    async fn pass_recheck(&self, request: Request<PassRecheckRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::PassRecheck).await
    }
    async fn report_relapse(&self, request: Request<ReportRelapseRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let ReportRelapseRequest { case_id, link, note } = request.into_inner();
        // A repetition must name the same case, so the new case's id follows from the command's.
        let new_case = derived_command(caller.command_id.0, "relapse-opens-case", 0);
        let command = serde_json::json!({ "new_case": new_case, "link": link, "note": note });
        let command = DisposalCommand::ReportRelapse(platform::read_value(&command)?);
        self.desk.execute(caller, &case_id, &command).await
    }
}
