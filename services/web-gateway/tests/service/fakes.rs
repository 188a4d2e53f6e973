//! Services that only remember what they were told.

use jurisdiction::{Actor, CommandId};
use mingcha_proto::common::CommandReply;
use mingcha_proto::intake::tip_intake_server::TipIntake;
use mingcha_proto::intake::{
    AcceptTipRequest, AddRecordingRequest, AddToTipRequest, AnswerEnquiryRequest, AnswerEnquiryResponse,
    ApproveRevealRequest, ApproveRewardRequest, Contact, DivertTipRequest, EraseByReceiptRequest,
    EraseReporterRequest, GetEvidenceRequest, GetEvidenceResponse, GetRecordingRequest, GetRecordingResponse,
    GetTipByReceiptRequest, GetTipByReceiptResponse, KnownEvidenceRequest, KnownEvidenceResponse,
    LinkTipRequest, NoteTipConflictRequest, ObjectToScreeningRequest, PlaceTipRequest, ProposeRewardRequest,
    PutEvidenceRequest, PutEvidenceResponse, RaiseDangerRequest, ReadCustodyRequest, ReadCustodyResponse,
    ReadTipContentRequest, ReadTipContentResponse, ReceiveTipRequest, ReceiveTipResponse,
    ReconsiderTipRequest, RecordRewardPaidRequest, RecordTranscriptRequest, RefuseRevealRequest,
    RefuseRewardRequest, RejectTipRequest, ReporterReply, RequestRevealRequest, RevealIdentityRequest,
    RevealIdentityResponse, RevealNotice, SayNotFixedRequest, SendReplyRequest, TakeSmsRequest,
    TakeSmsResponse, TellOutcomeRequest, UnlinkTipRequest,
};
use platform::{Caller, PlatformRefusal, invalid, refuse};
use std::sync::{Arc, Mutex};
use tip_domain::TipRefusal;
use tonic::{Request, Response, Status};

pub const RECEIPT: &str = "1234567890123456";
/// The receipt of a tip whose content is destroyed.
pub const ERASED: &str = "1111222233334444";
/// The receipt of a tip that was not taken up.
pub const REJECTED: &str = "5555666677778888";
pub const PASSWORD: &str = "a-good-password";

pub type Answer<T> = Result<Response<T>, Status>;

/// What tip-intake was told, in order.
#[derive(Clone, Default)]
pub struct FakeIntake {
    pub tips: Arc<Mutex<Vec<(CommandId, Actor, ReceiveTipRequest)>>>,
    pub additions: Arc<Mutex<Vec<AddToTipRequest>>>,
    pub not_fixed: Arc<Mutex<Vec<SayNotFixedRequest>>>,
    pub enquiries: Arc<Mutex<Vec<AnswerEnquiryRequest>>>,
    pub objections: Arc<Mutex<Vec<ObjectToScreeningRequest>>>,
    pub erasures: Arc<Mutex<Vec<EraseByReceiptRequest>>>,
    pub accepted: Arc<Mutex<Vec<(CommandId, Actor, AcceptTipRequest)>>>,
    /// The next call finds the store away.
    pub fails: Arc<Mutex<bool>>,
}

pub fn reply(id: &str) -> CommandReply {
    CommandReply {
        id: id.to_owned(),
        stream: format!("tip-{id}"),
        revision: 1,
        position: 42,
        facts: 1,
    }
}

impl FakeIntake {
    fn check_store(&self) -> Result<(), Status> {
        if std::mem::take(&mut *self.fails.lock().expect("lock")) {
            return Err(Status::unavailable("tcp connect 10.9.8.7: refused"));
        }
        Ok(())
    }
}

#[tonic::async_trait]
impl TipIntake for FakeIntake {
    async fn receive_tip(&self, request: Request<ReceiveTipRequest>) -> Answer<ReceiveTipResponse> {
        self.check_store()?;
        let caller = Caller::of(&request)?;
        let tip = request.into_inner();
        if tip.seen_when.chars().count() > 100 {
            return Err(invalid("seen_when", "最多 100 个字。"));
        }
        let mut tips = self.tips.lock().expect("lock");
        if !tips.iter().any(|(id, ..)| *id == caller.command_id) {
            tips.push((caller.command_id, caller.actor, tip));
        }
        Ok(Response::new(ReceiveTipResponse {
            tip_id: "t1".to_owned(),
            receipt: RECEIPT.to_owned(),
            position: 41,
        }))
    }
    async fn add_to_tip(&self, request: Request<AddToTipRequest>) -> Answer<CommandReply> {
        let addition = request.into_inner();
        if addition.receipt == ERASED {
            return Err(refuse(TipRefusal::Erased));
        }
        if addition.receipt != RECEIPT {
            return Err(refuse(TipRefusal::ReceiptUnknown));
        }
        self.additions.lock().expect("lock").push(addition);
        Ok(Response::new(reply("t1")))
    }
    async fn answer_enquiry(&self, request: Request<AnswerEnquiryRequest>) -> Answer<AnswerEnquiryResponse> {
        let enquiry = request.into_inner();
        let found = enquiry.receipt == RECEIPT;
        self.enquiries.lock().expect("lock").push(enquiry);
        Ok(Response::new(AnswerEnquiryResponse { found }))
    }
    async fn get_tip_by_receipt(
        &self,
        request: Request<GetTipByReceiptRequest>,
    ) -> Answer<GetTipByReceiptResponse> {
        if request.get_ref().receipt == ERASED {
            return Ok(Response::new(GetTipByReceiptResponse {
                tip_id: "t2".to_owned(),
                progress: "accepted".to_owned(),
                received_at: "2020-06-01T02:05:00Z".to_owned(),
                erased: vec!["identity".to_owned(), "content".to_owned()],
                erased_at: Some("2020-06-04T01:00:00Z".to_owned()),
                ..GetTipByReceiptResponse::default()
            }));
        }
        if request.get_ref().receipt == REJECTED {
            return Ok(Response::new(GetTipByReceiptResponse {
                tip_id: "t3".to_owned(),
                progress: "rejected".to_owned(),
                received_at: "2020-06-01T02:05:00Z".to_owned(),
                may_object: true,
                ..GetTipByReceiptResponse::default()
            }));
        }
        if request.get_ref().receipt != RECEIPT {
            return Err(refuse(TipRefusal::ReceiptUnknown));
        }
        let said = ReporterReply {
            at: "2020-06-01T03:00:00Z".to_owned(),
            text: "请问厂门朝哪个方向？夜里几点开工？".to_owned(),
        };
        Ok(Response::new(GetTipByReceiptResponse {
            tip_id: "t1".to_owned(),
            progress: "received".to_owned(),
            received_at: "2020-06-01T02:05:00Z".to_owned(),
            screening_due: Some("2020-06-02T15:59:59Z".to_owned()),
            place_text: "胡集镇桥北老砖瓦厂院内".to_owned(),
            replies: vec![said],
            photos: 2,
            has_contact: true,
            reveals: vec![RevealNotice {
                at: "2020-06-03T01:00:00Z".to_owned(),
                office: "市纪委监委".to_owned(),
                reason: "核实打击报复情况".to_owned(),
            }],
            ..GetTipByReceiptResponse::default()
        }))
    }
    async fn accept_tip(&self, request: Request<AcceptTipRequest>) -> Answer<CommandReply> {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let answer = reply(&request.tip_id);
        let mut accepted = self.accepted.lock().expect("lock");
        accepted.push((caller.command_id, caller.actor, request));
        Ok(Response::new(answer))
    }
    async fn put_evidence(&self, request: Request<PutEvidenceRequest>) -> Answer<PutEvidenceResponse> {
        let photo = request.into_inner().photo.unwrap_or_default();
        Ok(Response::new(PutEvidenceResponse {
            evidence_id: format!("{:064x}", photo.data.len()),
        }))
    }
    /// What somebody put there has an id that begins with zeros; a reporter's goes on with a one.
    async fn known_evidence(&self, request: Request<KnownEvidenceRequest>) -> Answer<KnownEvidenceResponse> {
        let ids = request.into_inner().evidence_ids.into_iter();
        let (known, unknown): (Vec<_>, _) = ids.partition(|id| id.starts_with("0000"));
        let only_reporters = known.into_iter().filter(|id| id.starts_with("00001")).collect();
        Ok(Response::new(KnownEvidenceResponse {
            unknown,
            only_reporters,
        }))
    }
    async fn get_evidence(&self, _: Request<GetEvidenceRequest>) -> Answer<GetEvidenceResponse> {
        Ok(Response::new(GetEvidenceResponse {
            data: vec![0xff, 0xd8],
            content_type: "image/jpeg".to_owned(),
        }))
    }
    async fn reject_tip(&self, _: Request<RejectTipRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn divert_tip(&self, _: Request<DivertTipRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn say_not_fixed(&self, request: Request<SayNotFixedRequest>) -> Answer<CommandReply> {
        let said = request.into_inner();
        if said.receipt != RECEIPT {
            return Err(refuse(PlatformRefusal::NotFound));
        }
        let mut not_fixed = self.not_fixed.lock().expect("lock");
        if !not_fixed.is_empty() {
            return Err(Status::failed_precondition("您已经反映没有解决，正在重新办理。"));
        }
        not_fixed.push(said);
        Ok(Response::new(reply("t1")))
    }
    async fn object_to_screening(&self, request: Request<ObjectToScreeningRequest>) -> Answer<CommandReply> {
        let objection = request.into_inner();
        if objection.receipt != REJECTED {
            return Err(refuse(TipRefusal::NotTurnedDown));
        }
        self.objections.lock().expect("lock").push(objection);
        Ok(Response::new(reply("t3")))
    }
    async fn reconsider_tip(&self, _: Request<ReconsiderTipRequest>) -> Answer<CommandReply> {
        Err(refuse(TipRefusal::NotReviewer))
    }
    async fn link_tip(&self, _: Request<LinkTipRequest>) -> Answer<CommandReply> {
        Err(refuse(PlatformRefusal::NotFound))
    }
    async fn unlink_tip(&self, _: Request<UnlinkTipRequest>) -> Answer<CommandReply> {
        Err(refuse(PlatformRefusal::NotFound))
    }
    async fn note_tip_conflict(&self, _: Request<NoteTipConflictRequest>) -> Answer<CommandReply> {
        Err(refuse(PlatformRefusal::NotFound))
    }
    async fn tell_outcome(&self, _: Request<TellOutcomeRequest>) -> Answer<CommandReply> {
        Err(refuse(PlatformRefusal::NotFound))
    }
    async fn send_reply(&self, _: Request<SendReplyRequest>) -> Answer<CommandReply> {
        panic!("a fault that nobody foresaw")
    }
    async fn read_tip_content(&self, _: Request<ReadTipContentRequest>) -> Answer<ReadTipContentResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn raise_danger(&self, _: Request<RaiseDangerRequest>) -> Answer<CommandReply> {
        Err(refuse(TipRefusal::NotDangerRaiser))
    }
    async fn record_transcript(&self, _: Request<RecordTranscriptRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn place_tip(&self, _: Request<PlaceTipRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn add_recording(&self, request: Request<AddRecordingRequest>) -> Answer<CommandReply> {
        let AddRecordingRequest { tip_id, recording } = request.into_inner();
        assert_eq!(recording.map(|one| one.data), Some(b"a call".to_vec()));
        Ok(Response::new(reply(&tip_id)))
    }
    async fn get_recording(&self, request: Request<GetRecordingRequest>) -> Answer<GetRecordingResponse> {
        Ok(Response::new(GetRecordingResponse {
            data: request.into_inner().recording_id.into_bytes(),
            content_type: "audio/mpeg".to_owned(),
        }))
    }
    async fn request_reveal(&self, request: Request<RequestRevealRequest>) -> Answer<CommandReply> {
        Ok(Response::new(reply(&request.get_ref().tip_id)))
    }
    async fn approve_reveal(&self, request: Request<ApproveRevealRequest>) -> Answer<CommandReply> {
        Ok(Response::new(reply(&request.get_ref().tip_id)))
    }
    async fn refuse_reveal(&self, _: Request<RefuseRevealRequest>) -> Answer<CommandReply> {
        Err(refuse(TipRefusal::NoRevealPending))
    }
    async fn reveal_identity(
        &self,
        request: Request<RevealIdentityRequest>,
    ) -> Answer<RevealIdentityResponse> {
        Ok(Response::new(RevealIdentityResponse {
            tip_id: request.into_inner().tip_id,
            contact: Some(Contact {
                name: "SECRET-NAME".to_owned(),
                ..Contact::default()
            }),
            position: 43,
        }))
    }
    async fn erase_reporter(&self, _: Request<EraseReporterRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn erase_by_receipt(&self, request: Request<EraseByReceiptRequest>) -> Answer<CommandReply> {
        let erasure = request.into_inner();
        if erasure.receipt != RECEIPT {
            return Err(refuse(TipRefusal::ReceiptUnknown));
        }
        self.erasures.lock().expect("lock").push(erasure);
        Ok(Response::new(reply("t1")))
    }
    async fn propose_reward(&self, _: Request<ProposeRewardRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn approve_reward(&self, _: Request<ApproveRewardRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn refuse_reward(&self, _: Request<RefuseRewardRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn record_reward_paid(&self, _: Request<RecordRewardPaidRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn read_custody(&self, _: Request<ReadCustodyRequest>) -> Answer<ReadCustodyResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn take_sms(&self, _: Request<TakeSmsRequest>) -> Answer<TakeSmsResponse> {
        Err(Status::unimplemented("fake"))
    }
}
