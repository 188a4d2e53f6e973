//! Erasing what a reporter left: the fact first, the destruction at once after it.

use super::{Reply, TipIntakeService};
use crate::erasing;
use jurisdiction::Actor;
use mingcha_proto::intake::{EraseByReceiptRequest, EraseReporterRequest};
use platform::{Caller, PlatformRefusal, read_value, refuse};
use serde_json::json;
use tip_domain::{EraseReporter, TipCommand};
use tonic::Request;

/// On record as the reporter's own wish; who that is stays unknown.
const OWN_WISH: &str = "举报人凭查询码要求销毁";

impl TipIntakeService {
    pub(super) async fn erase(&self, request: Request<EraseReporterRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        // A citizen proves the right to it by the receipt, and not by knowing a number.
        if !matches!(caller.actor, Actor::Staff { .. }) {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let EraseReporterRequest {
            tip_id,
            compartments,
            reason,
        } = request.into_inner();
        let command = read_value(&json!({ "compartments": compartments, "reason": reason }))?;
        self.erased(caller, &tip_id, command).await
    }

    pub(super) async fn erase_own(&self, request: Request<EraseByReceiptRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        if !matches!(caller.actor, Actor::Citizen) {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let request = request.into_inner();
        let command = read_value(&json!({ "compartments": request.compartments, "reason": OWN_WISH }))?;
        let (tip_id, _) = self.by_receipt(&request.receipt).await?;
        self.erased(caller, &tip_id, command).await
    }

    async fn erased(&self, caller: Caller, tip_id: &str, command: EraseReporter) -> Reply {
        let command = TipCommand::EraseReporter(command);
        let answer = self.desk.execute(caller, tip_id, &command).await?;
        // It is on record: should it fail now, the reaction to the fact finishes it.
        if let Err(error) = erasing::finish(&self.desk.context.store, &self.vault, tip_id).await {
            tracing::error!(%error, "an erasure is not finished yet");
        }
        Ok(answer)
    }
}
