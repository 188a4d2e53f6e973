//! What a reporter sees against the receipt.

use super::TipIntakeService;
use super::identity::told_of_the_sealed_side;
use crate::receipt::Receipt;
use jurisdiction::{Obligation, Urgency};
use mingcha_proto::intake::{GetTipByReceiptRequest, GetTipByReceiptResponse, ReporterReply};
use platform::refuse;
use tip_domain::{Progress, TipRefusal, TipState};
use tonic::{Request, Response, Status};

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

    pub(super) async fn status(
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
            ..sealed_side
        }))
    }
}
