//! Recorded calls: kept sealed, heard by those who screen, written down by operators.

use super::{Reply, TipIntakeService};
use crate::inbound::{bounded, file_refused, sealing_failed};
use jurisdiction::{Actor, EvidenceId};
use mingcha_proto::intake::{
    AddRecordingRequest, GetRecordingRequest, GetRecordingResponse, RecordTranscriptRequest,
};
use platform::{Caller, PlatformRefusal, invalid, refuse};
use reading_domain::ReadingEvent;
use std::sync::Arc;
use tip_domain::{AddRecording, Compartment, Progress, RecordTranscript, TipCommand, TipRefusal};
use tonic::{Request, Response, Status};

const LONGEST_TRANSCRIPT: usize = 10_000;

impl TipIntakeService {
    pub(super) async fn transcribe(&self, request: Request<RecordTranscriptRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let RecordTranscriptRequest { tip_id, text } = request.into_inner();
        let text = bounded("text", text.trim(), LONGEST_TRANSCRIPT)?;
        if text.is_empty() {
            return Err(refuse(TipRefusal::TextMissing));
        }
        self.exists_for(&caller.actor, &tip_id).await?;
        let owner = format!("tip-{tip_id}");
        let sealed = self
            .vault
            .keyring
            .seal(&owner, Compartment::Content, "transcript", text.as_bytes());
        let content = sealed.map_err(sealing_failed)?;
        let command = TipCommand::RecordTranscript(RecordTranscript { content });
        self.desk.execute(caller, &tip_id, &command).await
    }

    pub(super) async fn keep_recording(&self, request: Request<AddRecordingRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let AddRecordingRequest { tip_id, recording } = request.into_inner();
        let recording = recording.ok_or_else(|| invalid("recording", "请选择要上传的录音。"))?;
        self.exists_for(&caller.actor, &tip_id).await?;
        let (vault, owner) = (Arc::clone(&self.vault), format!("tip-{tip_id}"));
        let keep = move || vault.evidence.keep_recording(&owner, &recording.data);
        let keeping = tokio::task::spawn_blocking(keep).await;
        let kept = keeping.map_err(|error| Status::internal(error.to_string()))?;
        let recording = kept.map_err(|error| file_refused("recording", error))?;
        let command = TipCommand::AddRecording(AddRecording { recording });
        self.desk.execute(caller, &tip_id, &command).await
    }

    pub(super) async fn play_recording(
        &self,
        request: Request<GetRecordingRequest>,
    ) -> Result<Response<GetRecordingResponse>, Status> {
        let caller = Caller::of(&request)?;
        let GetRecordingRequest { tip_id, recording_id } = request.into_inner();
        let missing = || refuse(PlatformRefusal::NotFound);
        let id = EvidenceId::parse(&recording_id).ok_or_else(missing)?;
        let (state, _) = self.desk.state(&tip_id).await?;
        if state.progress == Progress::Absent {
            return Err(refuse(TipRefusal::NotReceived));
        }
        self.may_read(&caller.actor, &state)?;
        if !state.recordings.contains(&id) {
            return Err(missing());
        }
        let (vault, owner) = (Arc::clone(&self.vault), format!("tip-{tip_id}"));
        let opening = tokio::task::spawn_blocking(move || vault.evidence.recording(&owner, &id)).await;
        let opened = opening.map_err(|error| Status::internal(error.to_string()))?;
        let recording = opened
            .map_err(|error| file_refused("recording_id", error))?
            .ok_or_else(missing)?;
        let tip = Self::identified(&tip_id)?;
        self.record(caller, ReadingEvent::ContentOpened { tip }).await?;
        Ok(Response::new(GetRecordingResponse {
            data: recording.data,
            content_type: recording.content_type.to_owned(),
        }))
    }

    /// No key is made for a tip that is none, and whom it is about learns nothing of it.
    async fn exists_for(&self, actor: &Actor, tip_id: &str) -> Result<(), Status> {
        let (state, _) = self.desk.state(tip_id).await?;
        let jurisdiction = self.desk.context.directory.current();
        if state.progress == Progress::Absent || state.against.hides_from(actor, &jurisdiction) {
            return Err(refuse(TipRefusal::NotReceived));
        }
        Ok(())
    }
}
