//! The RPC of tip intake.

mod erasure;
mod identity;
mod reading;
mod receiving;
mod reward;
mod screening;
mod status;
mod transcribing;

use crate::Vault;
use crate::inbound::sealing_failed;
use jurisdiction::Actor;
use mingcha_proto::common::CommandReply;
use mingcha_proto::intake::tip_intake_server::TipIntake;
use mingcha_proto::intake::{
    AcceptTipRequest, AddRecordingRequest, AddToTipRequest, AnswerEnquiryRequest, AnswerEnquiryResponse,
    ApproveRevealRequest, ApproveRewardRequest, DivertTipRequest, EraseByReceiptRequest,
    EraseReporterRequest, GetEvidenceRequest, GetEvidenceResponse, GetRecordingRequest, GetRecordingResponse,
    GetTipByReceiptRequest, GetTipByReceiptResponse, KnownEvidenceRequest, KnownEvidenceResponse,
    LinkTipRequest, NoteTipConflictRequest, ObjectToScreeningRequest, PlaceTipRequest, ProposeRewardRequest,
    PutEvidenceRequest, PutEvidenceResponse, RaiseDangerRequest, ReadCustodyRequest, ReadCustodyResponse,
    ReadTipContentRequest, ReadTipContentResponse, ReceiveTipRequest, ReceiveTipResponse,
    ReconsiderTipRequest, RecordRewardPaidRequest, RecordTranscriptRequest, RefuseRevealRequest,
    RefuseRewardRequest, RejectTipRequest, RequestRevealRequest, RevealIdentityRequest,
    RevealIdentityResponse, SayNotFixedRequest, SendReplyRequest, Sms, TakeSmsRequest, TakeSmsResponse,
    TellOutcomeRequest, UnlinkTipRequest,
};
use platform::{Caller, Context, Desk, PlatformRefusal, refuse};
use reading_domain::Reading;
use std::sync::Arc;
use tip_domain::{Tip, TipCommand};
use tonic::{Request, Response, Status};

pub struct TipIntakeService {
    desk: Desk<Tip>,
    readings: Desk<Reading>,
    vault: Arc<Vault>,
}

type Reply = Result<Response<CommandReply>, Status>;

impl TipIntakeService {
    pub(crate) fn new(context: Context, vault: Arc<Vault>) -> Self {
        Self {
            readings: Desk::new(context.clone(), "subject"),
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

    async fn say_not_fixed(&self, request: Request<SayNotFixedRequest>) -> Reply {
        self.not_fixed(request).await
    }

    async fn object_to_screening(&self, request: Request<ObjectToScreeningRequest>) -> Reply {
        self.object(request).await
    }

    async fn reconsider_tip(&self, request: Request<ReconsiderTipRequest>) -> Reply {
        self.desk.command(request, TipCommand::Reconsider).await
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

    async fn note_tip_conflict(&self, request: Request<NoteTipConflictRequest>) -> Reply {
        self.desk.command(request, TipCommand::NoteConflict).await
    }

    async fn link_tip(&self, request: Request<LinkTipRequest>) -> Reply {
        self.link(request).await
    }

    async fn unlink_tip(&self, request: Request<UnlinkTipRequest>) -> Reply {
        self.desk.command(request, TipCommand::Unlink).await
    }

    async fn tell_outcome(&self, request: Request<TellOutcomeRequest>) -> Reply {
        self.tell(request).await
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

    async fn raise_danger(&self, request: Request<RaiseDangerRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        // A citizen proves the right to it by the receipt, and not by knowing a number.
        if matches!(caller.actor, Actor::Citizen) {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let tip_id = &request.get_ref().tip_id;
        self.desk.execute(caller, tip_id, &TipCommand::RaiseDanger).await
    }

    async fn record_transcript(&self, request: Request<RecordTranscriptRequest>) -> Reply {
        self.transcribe(request).await
    }

    async fn place_tip(&self, request: Request<PlaceTipRequest>) -> Reply {
        self.desk.command(request, TipCommand::Place).await
    }

    async fn add_recording(&self, request: Request<AddRecordingRequest>) -> Reply {
        self.keep_recording(request).await
    }

    async fn get_recording(
        &self,
        request: Request<GetRecordingRequest>,
    ) -> Result<Response<GetRecordingResponse>, Status> {
        self.play_recording(request).await
    }

    async fn request_reveal(&self, request: Request<RequestRevealRequest>) -> Reply {
        self.desk.command(request, TipCommand::RequestReveal).await
    }

    async fn approve_reveal(&self, request: Request<ApproveRevealRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let tip_id = &request.get_ref().tip_id;
        self.desk
            .execute(caller, tip_id, &TipCommand::ApproveReveal)
            .await
    }

    async fn refuse_reveal(&self, request: Request<RefuseRevealRequest>) -> Reply {
        self.desk.command(request, TipCommand::RefuseReveal).await
    }

    async fn reveal_identity(
        &self,
        request: Request<RevealIdentityRequest>,
    ) -> Result<Response<RevealIdentityResponse>, Status> {
        self.reveal(request).await
    }

    async fn erase_reporter(&self, request: Request<EraseReporterRequest>) -> Reply {
        self.erase(request).await
    }

    async fn erase_by_receipt(&self, request: Request<EraseByReceiptRequest>) -> Reply {
        self.erase_own(request).await
    }

    async fn propose_reward(&self, request: Request<ProposeRewardRequest>) -> Reply {
        self.propose(request).await
    }

    async fn approve_reward(&self, request: Request<ApproveRewardRequest>) -> Reply {
        self.approve(request).await
    }

    async fn refuse_reward(&self, request: Request<RefuseRewardRequest>) -> Reply {
        self.desk.command(request, TipCommand::RefuseReward).await
    }

    async fn record_reward_paid(&self, request: Request<RecordRewardPaidRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let tip_id = &request.get_ref().tip_id;
        self.desk
            .execute(caller, tip_id, &TipCommand::RecordRewardPaid)
            .await
    }

    async fn read_custody(
        &self,
        request: Request<ReadCustodyRequest>,
    ) -> Result<Response<ReadCustodyResponse>, Status> {
        self.custody(request).await
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

    async fn answer_enquiry(
        &self,
        request: Request<AnswerEnquiryRequest>,
    ) -> Result<Response<AnswerEnquiryResponse>, Status> {
        self.enquire(request).await
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
