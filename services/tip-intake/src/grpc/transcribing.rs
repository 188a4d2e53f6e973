//! Recorded calls: kept sealed, heard by those who screen, written down by operators.

use super::{Reply, TipIntakeService};
use crate::evidence::EvidenceError;
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

/// Whoever wants to listen has submitted nothing.
fn not_played(error: EvidenceError) -> Status {
    tracing::error!(%error, "a recording cannot be read");
    platform::away("录音暂时无法播放。", "请稍后再试；仍不行的，请告诉系统管理员。")
}

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
        let refused = |error| file_refused("recording", error);
        let owner = format!("tip-{tip_id}");
        let id = self.vault.evidence.recording_id(&owner, &recording.data);
        let id = id.map_err(refused)?;
        // Another recording under the same command is another command: it must not be taken for a repetition and lost.
        let caller = Caller {
            command_id: platform::derived_command(caller.command_id.0, id.as_str(), 0),
            ..caller
        };
        let command = TipCommand::AddRecording(AddRecording { recording: id });
        self.desk.allows(&caller, &tip_id, &command).await?;
        let vault = Arc::clone(&self.vault);
        let keep = move || vault.evidence.keep_recording(&owner, &recording.data);
        let keeping = tokio::task::spawn_blocking(keep).await;
        keeping
            .map_err(|error| Status::internal(error.to_string()))?
            .map_err(refused)?;
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
        let wanted = id.clone();
        let open = move || vault.evidence.recording(&owner, &wanted);
        let opening = tokio::task::spawn_blocking(open).await;
        let opened = opening.map_err(|error| Status::internal(error.to_string()))?;
        let recording = opened.map_err(not_played)?.ok_or_else(missing)?;
        let tip = Self::identified(&tip_id)?;
        let heard = ReadingEvent::RecordingHeard { tip, recording: id };
        self.record(caller, heard).await?;
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
