//! What a reporter sees against the receipt.

use super::TipIntakeService;
use super::identity::told_of_the_sealed_side;
use crate::outbox::OutgoingSms;
use crate::receipt::Receipt;
use crate::sms;
use jiff::Timestamp;
use jurisdiction::{Actor, Obligation, Urgency};
use mingcha_proto::intake::{
    AnswerEnquiryRequest, AnswerEnquiryResponse, GetTipByReceiptRequest, GetTipByReceiptResponse,
    ReporterReply, ReviewNotice,
};
use platform::{Caller, PlatformRefusal, invalid, refuse};
use tip_domain::{Progress, TipRefusal, TipState};
use tonic::{Code, Request, Response, Status};

impl TipIntakeService {
    /// The tip of a receipt. A wrong receipt and a missing tip look the same.
    pub(super) async fn by_receipt(&self, receipt: &str) -> Result<(String, TipState), Status> {
        let unknown = || refuse(TipRefusal::ReceiptUnknown);
        let receipt = Receipt::parse(receipt).ok_or_else(unknown)?;
        let id = self.vault.receipts.tip(&receipt).to_string();
        let (state, _) = self.desk.state(&id).await?;
        if state.progress == Progress::Absent || state.receipt_hash != self.vault.receipts.hash(&receipt) {
            return Err(unknown());
        }
        Ok((id, state))
    }

    /// Until when it is to be screened, while it waits for that.
    fn screening_due(&self, state: &TipState) -> Option<Timestamp> {
        let urgency = match state.urgent {
            true => Urgency::Urgent,
            false => Urgency::Normal,
        };
        let since = state
            .waits_since
            .filter(|_| state.progress == Progress::Received)?;
        let jurisdiction = self.desk.context.directory.current();
        Some(jurisdiction.due(Obligation::ScreenTip, urgency, since))
    }

    /// An answer to whoever sent a receipt alone. A number is a claim: it learns no more than the receipt is worth.
    pub(super) async fn enquire(
        &self,
        request: Request<AnswerEnquiryRequest>,
    ) -> Result<Response<AnswerEnquiryResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        if actor != Actor::Citizen && !actor.is_system() {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let AnswerEnquiryRequest { receipt, number } = request.into_inner();
        if number.trim().is_empty() {
            return Err(invalid("number", "没有写明回复到哪个号码。"));
        }
        let (found, says) = match self.by_receipt(&receipt).await {
            Ok((_, state)) => (true, sms::standing(&state, self.screening_due(&state))),
            Err(status) if status.code() == Code::NotFound => (false, sms::unknown()),
            Err(status) => return Err(status),
        };
        self.send_sms(number, says);
        Ok(Response::new(AnswerEnquiryResponse { found }))
    }

    pub(super) fn send_sms(&self, number: String, text: String) {
        if let Err(error) = self.vault.outbox.put(&OutgoingSms { number, text }) {
            tracing::error!(%error, "an answer could not be put into the SMS outbox");
        }
    }

    pub(super) async fn status(
        &self,
        request: Request<GetTipByReceiptRequest>,
    ) -> Result<Response<GetTipByReceiptResponse>, Status> {
        let (tip_id, state) = self.by_receipt(&request.get_ref().receipt).await?;
        let jurisdiction = self.desk.context.directory.current();
        let screening_due = self.screening_due(&state).map(|due| due.to_string());
        let turned_down = matches!(
            state.progress,
            Progress::Rejected { .. } | Progress::Diverted { .. }
        );
        let may_object = turned_down && !state.objected;
        let review = state.review.as_ref().map(|review| ReviewNotice {
            at: review.since.to_string(),
            office: jurisdiction.unit_name(&review.to),
            by_reporter: review.by_reporter,
            told: review.told.clone(),
        });
        let may_say_not_fixed =
            state.outcome_told && !state.not_fixed && matches!(state.progress, Progress::Accepted { .. });
        let sealed_side = told_of_the_sealed_side(&state, &jurisdiction);
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
            may_say_not_fixed,
            may_object,
            review,
            tip_id,
            progress: progress.to_owned(),
            received_at: state.received_at.map(|at| at.to_string()).unwrap_or_default(),
            screening_due,
            screened_at: state.screened_at.map(|at| at.to_string()),
            case_id,
            told,
            authority,
            replies: state.replies.into_iter().map(reply).collect(),
            urgent: state.urgent,
            photos: state.evidence.len() as u32,
            messages: state.reporter_wrote.len() as u32,
            wrote_at: state.reporter_wrote.iter().map(ToString::to_string).collect(),
            place_text: state.place.text,
            ..sealed_side
        }))
    }
}
