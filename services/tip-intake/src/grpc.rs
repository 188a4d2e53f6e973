//! The RPC of tip intake.

use crate::Vault;
use crate::inbound::{bounded, receive_command, sealing_failed, store_photos};
use crate::outbox::OutgoingSms;
use crate::receipt::Receipt;
use jurisdiction::{Actor, CaseId, EvidenceId, Obligation, Role, Urgency};
use mingcha_proto::common::CommandReply;
use mingcha_proto::intake::tip_intake_server::TipIntake;
use mingcha_proto::intake::{
    AcceptTipRequest, AddToTipRequest, DivertTipRequest, GetEvidenceRequest, GetEvidenceResponse,
    GetTipByReceiptRequest, GetTipByReceiptResponse, KnownEvidenceRequest, KnownEvidenceResponse,
    PutEvidenceRequest, PutEvidenceResponse, ReadTipContentRequest, ReadTipContentResponse,
    ReceiveTipRequest, ReceiveTipResponse, RejectTipRequest, ReporterMessage, ReporterReply,
    SendReplyRequest, Sms, TakeSmsRequest, TakeSmsResponse,
};
use platform::{Caller, Context, Desk, PlatformRefusal, invalid, refuse};
use std::sync::Arc;
use tip_domain::{
    AddEvidence, Compartment, Progress, Tip, TipCommand, TipEvent, TipRefusal, TipState, WriteAsReporter,
};
use tonic::{Request, Response, Status};

const LONGEST_MESSAGE: usize = 2000;

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

    /// The tip of a receipt. A wrong receipt and a missing tip look the same.
    async fn by_receipt(&self, receipt: &str) -> Result<(String, TipState), Status> {
        let unknown = || invalid("receipt", "没有找到对应的举报，请核对 16 位查询码。");
        let receipt = Receipt::parse(receipt).ok_or_else(unknown)?;
        let id = self.vault.receipts.tip(&receipt).to_string();
        let (state, _) = self.desk.state(&id).await?;
        if state.progress == Progress::Absent || state.receipt_hash != self.vault.receipts.hash(&receipt) {
            return Err(unknown());
        }
        Ok((id, state))
    }

    /// Those who screen may read the narrative; inspectors may read everything.
    fn may_read(&self, actor: &Actor, state: &TipState) -> Result<(), Status> {
        let jurisdiction = self.desk.context.directory.current();
        let Actor::Staff { unit, role, .. } = actor else {
            return Err(refuse(PlatformRefusal::WrongRole));
        };
        match role {
            Role::Inspector => Ok(()),
            Role::Operator | Role::Dispatcher => {
                let place = state
                    .place
                    .division
                    .as_ref()
                    .or(jurisdiction.city().map(|city| &city.code));
                let covered = place.is_some_and(|place| jurisdiction.covers(unit, place));
                if covered {
                    Ok(())
                } else {
                    Err(refuse(TipRefusal::OutsideSubtree))
                }
            }
            _ => Err(refuse(PlatformRefusal::WrongRole)),
        }
    }

    /// A reply by SMS, for a tip that came by SMS.
    fn answer_by_sms(&self, number: &str, receipt: &Receipt) {
        let text = format!(
            "【明察】您的举报已收到。查询码：{}。凭查询码可在网站查询进展或补充情况，请勿告诉他人。如遇火灾、爆炸、泄漏请立即拨打119。",
            receipt.grouped()
        );
        let sms = OutgoingSms {
            number: number.to_owned(),
            text,
        };
        if let Err(error) = self.vault.outbox.put(&sms) {
            tracing::error!(%error, "a receipt could not be put into the SMS outbox");
        }
    }
}

#[tonic::async_trait]
impl TipIntake for TipIntakeService {
    async fn receive_tip(
        &self,
        request: Request<ReceiveTipRequest>,
    ) -> Result<Response<ReceiveTipResponse>, Status> {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let receipt = self.vault.receipts.issue(caller.command_id);
        let tip_id = self.vault.receipts.tip(&receipt).to_string();
        let sms_number = (request.channel == "sms")
            .then(|| request.contact.as_ref().map(|c| c.phone.clone()))
            .flatten();
        let hash = self.vault.receipts.hash(&receipt);
        let owner = format!("tip-{tip_id}");
        let command = receive_command(&self.vault, &caller.actor, &owner, hash, request).await?;
        let done = self
            .desk
            .execute(caller, &tip_id, &TipCommand::Receive(command))
            .await?
            .into_inner();
        if let Some(number) = sms_number.filter(|_| done.facts > 0) {
            self.answer_by_sms(&number, &receipt);
        }
        let receipt = receipt.as_str().to_owned();
        Ok(Response::new(ReceiveTipResponse {
            tip_id,
            receipt,
            position: done.position,
        }))
    }

    async fn add_to_tip(&self, request: Request<AddToTipRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let message = bounded("message", request.message.trim(), LONGEST_MESSAGE)?;
        if message.is_empty() && request.photos.is_empty() {
            return Err(invalid("message", "请写下要补充的情况，或者上传照片。"));
        }
        let (id, _) = self.by_receipt(&request.receipt).await?;
        let owner = format!("tip-{id}");
        let evidence = store_photos(&self.vault, &owner, request.photos).await?;
        let mut answer = None;
        if !evidence.is_empty() {
            // Two commands under one request need two ids, or the second would look like a repetition.
            let command_id = platform::derived_command(caller.command_id.0, "evidence", 0);
            let with_evidence = Caller {
                command_id,
                ..caller.clone()
            };
            answer = Some(
                self.desk
                    .execute(
                        with_evidence,
                        &id,
                        &TipCommand::AddEvidence(AddEvidence { evidence }),
                    )
                    .await?,
            );
        }
        if !message.is_empty() {
            let sealed = self
                .vault
                .keyring
                .seal(&owner, Compartment::Content, "message", message.as_bytes());
            let message = sealed.map_err(sealing_failed)?;
            let command = TipCommand::WriteAsReporter(WriteAsReporter { message });
            answer = Some(self.desk.execute(caller, &id, &command).await?);
        }
        answer.ok_or_else(|| refuse(PlatformRefusal::BadShape))
    }

    async fn get_tip_by_receipt(
        &self,
        request: Request<GetTipByReceiptRequest>,
    ) -> Result<Response<GetTipByReceiptResponse>, Status> {
        let (tip_id, state) = self.by_receipt(&request.get_ref().receipt).await?;
        let urgency = if state.urgent {
            Urgency::Urgent
        } else {
            Urgency::Normal
        };
        let jurisdiction = self.desk.context.directory.current();
        let screening_due = (state.progress == Progress::Received)
            .then(|| {
                state
                    .received_at
                    .map(|at| jurisdiction.due(Obligation::ScreenTip, urgency, at).to_string())
            })
            .flatten();
        let (progress, case_id, told, authority) = match state.progress {
            Progress::Accepted { case } => ("accepted", Some(case.to_string()), None, None),
            Progress::Rejected { told } => ("rejected", None, Some(told), None),
            Progress::Diverted { authority, told } => ("diverted", None, Some(told), Some(authority)),
            Progress::Absent | Progress::Received => ("received", None, None, None),
        };
        let reply = |reply: tip_domain::Reply| ReporterReply {
            at: reply.at.to_string(),
            text: reply.text,
        };
        Ok(Response::new(GetTipByReceiptResponse {
            tip_id,
            progress: progress.to_owned(),
            received_at: state.received_at.map(|at| at.to_string()).unwrap_or_default(),
            screening_due,
            case_id,
            told,
            authority,
            replies: state.replies.into_iter().map(reply).collect(),
            urgent: state.urgent,
            photos: state.evidence.len() as u32,
            messages: state.reporter_messages as u32,
            place_text: state.place.text,
        }))
    }

    async fn accept_tip(&self, request: Request<AcceptTipRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let mut request = request.into_inner();
        let opens_case = request.case_id.is_none();
        // A repetition must name the same case, so a new case's id follows from the command's.
        let new_case = CaseId(platform::derived_command(caller.command_id.0, "opens-case", 0).0);
        let case = request.case_id.take().unwrap_or_else(|| new_case.to_string());
        let command = serde_json::json!({
            "case": case, "opens_case": opens_case, "summary": request.summary,
            "enterprise": request.enterprise, "place": request.place,
            "urgency": request.urgency,
        });
        let command = TipCommand::Accept(platform::read_value(&command)?);
        self.desk.execute(caller, &request.tip_id, &command).await
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
        let caller = Caller::of(&request)?;
        let tip_id = request.into_inner().tip_id;
        let (state, _) = self.desk.state(&tip_id).await?;
        if state.progress == Progress::Absent {
            return Err(refuse(TipRefusal::NotReceived));
        }
        self.may_read(&caller.actor, &state)?;
        let owner = format!("tip-{tip_id}");
        let mut content = ReadTipContentResponse {
            tip_id,
            ..ReadTipContentResponse::default()
        };
        content.evidence = state.evidence.iter().map(ToString::to_string).collect();
        for recorded in self.desk.context.store.read_stream(&owner).await? {
            let unseal = |sealed| {
                let bytes = self
                    .vault
                    .keyring
                    .open_sealed(&owner, sealed)
                    .map_err(sealing_failed)?;
                Ok::<_, Status>(String::from_utf8_lossy(&bytes).into_owned())
            };
            match decider::decode::<TipEvent>(&recorded.name, recorded.data.clone()) {
                Ok(TipEvent::TipReceived {
                    content: narrative,
                    identity,
                    ..
                }) => {
                    content.narrative = narrative.as_ref().map(unseal).transpose()?.unwrap_or_default();
                    content.has_contact = identity.is_some();
                }
                Ok(TipEvent::ReporterWrote { message }) => {
                    let at = recorded.metadata.at.to_string();
                    content.messages.push(ReporterMessage {
                        at,
                        text: unseal(&message)?,
                    });
                }
                _ => {}
            }
        }
        Ok(Response::new(content))
    }

    async fn put_evidence(
        &self,
        request: Request<PutEvidenceRequest>,
    ) -> Result<Response<PutEvidenceResponse>, Status> {
        let caller = Caller::of(&request)?;
        let Some(person) = caller.actor.person() else {
            return Err(refuse(PlatformRefusal::WrongRole));
        };
        let photo = request
            .into_inner()
            .photo
            .ok_or_else(|| invalid("photo", "请选择要上传的图片。"))?;
        let ids = store_photos(&self.vault, &format!("staff-{person}"), vec![photo]).await?;
        let evidence_id = ids.first().map(ToString::to_string).unwrap_or_default();
        Ok(Response::new(PutEvidenceResponse { evidence_id }))
    }

    async fn known_evidence(
        &self,
        request: Request<KnownEvidenceRequest>,
    ) -> Result<Response<KnownEvidenceResponse>, Status> {
        // Whoever knows an id has seen the picture, or its hash; citizens ask for nothing here.
        if Caller::of(&request)?.actor.person().is_none() {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let mut unknown = Vec::new();
        for id in request.into_inner().evidence_ids {
            let owner = match EvidenceId::parse(&id) {
                Some(known) => self.vault.evidence.owner(&known),
                None => Ok(None),
            };
            if owner.map_err(|e| Status::internal(e.to_string()))?.is_none() {
                unknown.push(id);
            }
        }
        Ok(Response::new(KnownEvidenceResponse { unknown }))
    }

    async fn get_evidence(
        &self,
        request: Request<GetEvidenceRequest>,
    ) -> Result<Response<GetEvidenceResponse>, Status> {
        let caller = Caller::of(&request)?;
        let missing = || refuse(PlatformRefusal::NotFound);
        let id = EvidenceId::parse(&request.get_ref().evidence_id).ok_or_else(missing)?;
        let owner = self
            .vault
            .evidence
            .owner(&id)
            .map_err(|e| Status::internal(e.to_string()))?
            .ok_or_else(missing)?;
        if let Some(tip_id) = owner.strip_prefix("tip-") {
            let (state, _) = self.desk.state(tip_id).await?;
            if state.confidential || caller.actor.person().is_none() {
                self.may_read(&caller.actor, &state)?;
            }
        } else if caller.actor.person().is_none() {
            return Err(missing());
        }
        let data = self.vault.evidence.rendition(&id).ok_or_else(missing)?;
        Ok(Response::new(GetEvidenceResponse {
            data,
            content_type: "image/jpeg".to_owned(),
        }))
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
