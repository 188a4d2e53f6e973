//! The RPC of accountability escalation: what people say. What time says needs no request.

use accountability_domain::{Accountability, AccountabilityCommand};
use mingcha_proto::accountability::accountability_server::Accountability as Rpc;
use mingcha_proto::accountability::{
    CloseInquiryRequest, DecideInquiryRequest, JudgeExplanationRequest, OpenInquiryRequest,
    SubmitExplanationRequest,
};
use mingcha_proto::common::CommandReply;
use platform::{Context, Desk};
use tonic::{Request, Response, Status};

pub struct AccountabilityService {
    desk: Desk<Accountability>,
}

type Reply = Result<Response<CommandReply>, Status>;

impl AccountabilityService {
    pub(crate) fn new(context: Context) -> Self {
        Self {
            desk: Desk::new(context, "subject_id"),
        }
    }
}

#[tonic::async_trait]
impl Rpc for AccountabilityService {
    async fn submit_explanation(&self, request: Request<SubmitExplanationRequest>) -> Reply {
        self.desk
            .command(request, AccountabilityCommand::SubmitExplanation)
            .await
    }
    async fn judge_explanation(&self, request: Request<JudgeExplanationRequest>) -> Reply {
        self.desk
            .command(request, AccountabilityCommand::JudgeExplanation)
            .await
    }
    async fn open_inquiry(&self, request: Request<OpenInquiryRequest>) -> Reply {
        self.desk
            .command(request, AccountabilityCommand::OpenInquiry)
            .await
    }
    async fn decide_inquiry(&self, request: Request<DecideInquiryRequest>) -> Reply {
        self.desk
            .command(request, AccountabilityCommand::DecideInquiry)
            .await
    }
    async fn close_inquiry(&self, request: Request<CloseInquiryRequest>) -> Reply {
        self.desk
            .command(request, AccountabilityCommand::CloseInquiry)
            .await
    }
}
