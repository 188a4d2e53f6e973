//! The RPC of tip intake.

mod reading;
mod receiving;
mod screening;
mod status;

use crate::Vault;
use crate::inbound::sealing_failed;
use mingcha_proto::common::CommandReply;
use mingcha_proto::intake::tip_intake_server::TipIntake;
use mingcha_proto::intake::{
    AcceptTipRequest, AddToTipRequest, DivertTipRequest, GetEvidenceRequest, GetEvidenceResponse,
    GetTipByReceiptRequest, GetTipByReceiptResponse, KnownEvidenceRequest, KnownEvidenceResponse,
    PutEvidenceRequest, PutEvidenceResponse, ReadTipContentRequest, ReadTipContentResponse,
    ReceiveTipRequest, ReceiveTipResponse, RejectTipRequest, SendReplyRequest, Sms, TakeSmsRequest,
    TakeSmsResponse,
};
use platform::{Caller, Context, Desk, PlatformRefusal, refuse};
use std::sync::Arc;
use tip_domain::{Tip, TipCommand};
use tonic::{Request, Response, Status};

pub struct TipIntakeService {
    desk: Desk<Tip>,
    vault: Arc<Vault>,
}

type Reply = Result<Response<CommandReply>, Status>;

impl TipIntakeService {
    pub(crate) fn new(context: Context, vault: Arc<Vault>) -> Self {
        Self {
            desk: Desk::new(context, "tip_id"),
            vault,
        }
    }
}

#[tonic::async_trait]
impl TipIntake for TipIntakeService {
    async fn receive_tip(
        &self,
        request: Request<ReceiveTipRequest>,
    ) -> Result<Response<ReceiveTipResponse>, Status> {
        self.receive(request).await
    }

    async fn add_to_tip(&self, request: Request<AddToTipRequest>) -> Reply {
        self.add(request).await
    }

    async fn get_tip_by_receipt(
        &self,
        request: Request<GetTipByReceiptRequest>,
    ) -> Result<Response<GetTipByReceiptResponse>, Status> {
        self.status(request).await
    }

    async fn accept_tip(&self, request: Request<AcceptTipRequest>) -> Reply {
        self.accept(request).await
    }

    async fn reject_tip(&self, request: Request<RejectTipRequest>) -> Reply {
        self.desk.command(request, TipCommand::Reject).await
    }

    async fn divert_tip(&self, request: Request<DivertTipRequest>) -> Reply {
        self.desk.command(request, TipCommand::Divert).await
    }

    async fn send_reply(&self, request: Request<SendReplyRequest>) -> Reply {
        self.desk.command(request, TipCommand::SendReply).await
    }

    async fn read_tip_content(
        &self,
        request: Request<ReadTipContentRequest>,
    ) -> Result<Response<ReadTipContentResponse>, Status> {
        self.read_content(request).await
    }

    async fn put_evidence(
        &self,
        request: Request<PutEvidenceRequest>,
    ) -> Result<Response<PutEvidenceResponse>, Status> {
        self.keep_evidence(request).await
    }

    async fn known_evidence(
        &self,
        request: Request<KnownEvidenceRequest>,
    ) -> Result<Response<KnownEvidenceResponse>, Status> {
        self.look_up_evidence(request)
    }

    async fn get_evidence(
        &self,
        request: Request<GetEvidenceRequest>,
    ) -> Result<Response<GetEvidenceResponse>, Status> {
        self.show_evidence(request).await
    }

    async fn take_sms(&self, request: Request<TakeSmsRequest>) -> Result<Response<TakeSmsResponse>, Status> {
        if !Caller::of(&request)?.actor.is_system() {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let taken = self
            .vault
            .outbox
            .take(request.get_ref().most.clamp(1, 1000))
            .map_err(sealing_failed)?;
        let messages = taken
            .into_iter()
            .map(|sms| Sms {
                number: sms.number,
                text: sms.text,
            })
            .collect();
        Ok(Response::new(TakeSmsResponse { messages }))
    }
}
