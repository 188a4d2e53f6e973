//! Recorded calls, written down by operators.

use super::{Reply, TipIntakeService};
use crate::inbound::{bounded, sealing_failed};
use mingcha_proto::intake::RecordTranscriptRequest;
use platform::{Caller, refuse};
use tip_domain::{Compartment, Progress, RecordTranscript, TipCommand, TipRefusal};
use tonic::Request;

const LONGEST_TRANSCRIPT: usize = 10_000;

impl TipIntakeService {
    pub(super) async fn transcribe(&self, request: Request<RecordTranscriptRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let RecordTranscriptRequest { tip_id, text } = request.into_inner();
        let text = bounded("text", text.trim(), LONGEST_TRANSCRIPT)?;
        if text.is_empty() {
            return Err(refuse(TipRefusal::TextMissing));
        }
        let (state, _) = self.desk.state(&tip_id).await?;
        // No key is made for a tip that is none, and whom it is about learns nothing of it.
        let jurisdiction = self.desk.context.directory.current();
        let hidden = state.against.hides_from(&caller.actor, &jurisdiction);
        if state.progress == Progress::Absent || hidden {
            return Err(refuse(TipRefusal::NotReceived));
        }
        let owner = format!("tip-{tip_id}");
        let sealed = self
            .vault
            .keyring
            .seal(&owner, Compartment::Content, "transcript", text.as_bytes());
        let content = sealed.map_err(sealing_failed)?;
        let command = TipCommand::RecordTranscript(RecordTranscript { content });
        self.desk.execute(caller, &tip_id, &command).await
    }
}
