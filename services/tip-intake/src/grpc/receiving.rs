//! What reporters send: new tips, and more to them.

use super::{Reply, TipIntakeService};
use crate::inbound::{self, bounded, sealing_failed, store_photos};
use crate::sms;
use mingcha_proto::intake::{
    AddToTipRequest, ObjectToScreeningRequest, ReceiveTipRequest, ReceiveTipResponse, SayNotFixedRequest,
};
use platform::{Caller, PlatformRefusal, invalid, refuse};
use tip_domain::{
    AddEvidence, Compartment, ObjectToScreening, SayNotFixed, Sealed, TipCommand, TipRefusal, WriteAsReporter,
};
use tonic::{Request, Response, Status};

const LONGEST_MESSAGE: usize = 2000;

impl TipIntakeService {
    pub(super) async fn receive(
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
        let report = inbound::read(&caller.actor, hash, request)?;
        let asked = TipCommand::Receive(report.command.clone());
        self.desk.allows(&caller, &tip_id, &asked).await?;
        let command = inbound::keep(&self.vault, &owner, report).await?;
        let done = self
            .desk
            .execute(caller, &tip_id, &TipCommand::Receive(command))
            .await?
            .into_inner();
        if let Some(number) = sms_number.filter(|_| done.facts > 0) {
            self.send_sms(number, sms::received(&receipt));
        }
        let receipt = receipt.as_str().to_owned();
        Ok(Response::new(ReceiveTipResponse {
            tip_id,
            receipt,
            position: done.position,
        }))
    }

    pub(super) async fn add(&self, request: Request<AddToTipRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let message = bounded("message", request.message.trim(), LONGEST_MESSAGE)?;
        let says_nothing = message.is_empty() && request.photos.is_empty();
        if says_nothing && !request.danger {
            return Err(invalid("message", "请写下要补充的情况，或者上传照片。"));
        }
        let (id, state) = self.by_receipt(&request.receipt).await?;
        if !says_nothing && state.is_erased(Compartment::Content) {
            return Err(refuse(TipRefusal::Erased));
        }
        let mut answer = None;
        if request.danger {
            // Before a photo that cannot be read, or anything else, holds up the alarm.
            answer = Some(self.alarm(&caller, &id).await?);
            if let Some(number) = request.answer_to {
                self.send_sms(number, sms::in_danger());
            }
        }
        let owner = format!("tip-{id}");
        let evidence = store_photos(&self.vault, &owner, request.photos).await?;
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
            let message = self.seal_message(&owner, &message)?;
            let command = TipCommand::WriteAsReporter(WriteAsReporter { message });
            answer = Some(self.desk.execute(caller, &id, &command).await?);
        }
        answer.ok_or_else(|| refuse(PlatformRefusal::BadShape))
    }

    async fn alarm(&self, caller: &Caller, id: &str) -> Reply {
        let raising = Caller {
            command_id: platform::derived_command(caller.command_id.0, "danger", 0),
            ..caller.clone()
        };
        self.desk.execute(raising, id, &TipCommand::RaiseDanger).await
    }

    pub(super) async fn not_fixed(&self, request: Request<SayNotFixedRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let SayNotFixedRequest { receipt, message } = request.into_inner();
        let (id, message) = self.said(&receipt, &message).await?;
        let command = TipCommand::SayNotFixed(SayNotFixed { message });
        self.desk.execute(caller, &id, &command).await
    }

    pub(super) async fn object(&self, request: Request<ObjectToScreeningRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let ObjectToScreeningRequest { receipt, message } = request.into_inner();
        let (id, message) = self.said(&receipt, &message).await?;
        let command = TipCommand::ObjectToScreening(ObjectToScreening { message });
        self.desk.execute(caller, &id, &command).await
    }

    /// The tip of a receipt, and what its reporter says now, sealed; nothing if nothing is said.
    async fn said(&self, receipt: &str, message: &str) -> Result<(String, Option<Sealed>), Status> {
        let message = bounded("message", message.trim(), LONGEST_MESSAGE)?;
        let (id, state) = self.by_receipt(receipt).await?;
        if !message.is_empty() && state.is_erased(Compartment::Content) {
            return Err(refuse(TipRefusal::Erased));
        }
        let message = (!message.is_empty())
            .then(|| self.seal_message(&format!("tip-{id}"), &message))
            .transpose()?;
        Ok((id, message))
    }

    fn seal_message(&self, owner: &str, message: &str) -> Result<Sealed, Status> {
        let sealed = self
            .vault
            .keyring
            .seal(owner, Compartment::Content, "message", message.as_bytes());
        sealed.map_err(sealing_failed)
    }
}
