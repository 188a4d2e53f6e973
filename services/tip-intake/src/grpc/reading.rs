//! Who may look into the content compartment, and at evidence.

use super::TipIntakeService;
use super::identity::erased_codes;
use crate::evidence::{EvidenceError, thumbnail};
use crate::inbound::{sealing_failed, store_photos};
use crate::viewing;
use jurisdiction::{Actor, EvidenceId, Role, TipId};
use mingcha_proto::intake::{
    GetEvidenceRequest, GetEvidenceResponse, KnownEvidenceRequest, KnownEvidenceResponse, PutEvidenceRequest,
    PutEvidenceResponse, ReadTipContentRequest, ReadTipContentResponse, ReporterMessage,
};
use platform::{Caller, PlatformRefusal, invalid, refuse};
use reading_domain::{ReadingCommand, ReadingEvent, RecordReading};
use tip_domain::{Channel, Compartment, Progress, TipEvent, TipRefusal, TipState};
use tonic::{Request, Response, Status};

/// Said in place of what is gone.
const DESTROYED: &str = "举报内容已按规定销毁，只保留办理记录。";

/// The index is at fault, not the caller.
fn evidence_failed(error: EvidenceError) -> Status {
    tracing::error!(%error, "the index of evidence cannot be read or written");
    platform::away("照片库暂时不可用。", "请稍后再试。")
}

impl TipIntakeService {
    pub(super) fn identified(tip: &str) -> Result<TipId, Status> {
        tip.parse().map_err(|_| refuse(PlatformRefusal::BadIdentifier))
    }

    /// Takes down that somebody is about to be shown something. What cannot be recorded is not shown.
    pub(super) async fn record(&self, caller: Caller, reading: ReadingEvent) -> Result<(), Status> {
        let subject = reading.subject();
        let command = ReadingCommand::Record(RecordReading { reading });
        let recorded = self.readings.execute(caller, &subject, &command).await;
        recorded.map(drop)
    }

    /// Those who screen may read the narrative; inspectors may read everything. For whom it is about there is nothing.
    pub(super) fn may_read(&self, actor: &Actor, state: &TipState) -> Result<(), Status> {
        let jurisdiction = self.desk.context.directory.current();
        let Actor::Staff { unit, role, .. } = actor else {
            return Err(refuse(PlatformRefusal::WrongRole));
        };
        if state.against.hides_from(actor, &jurisdiction) {
            return Err(refuse(TipRefusal::NotReceived));
        }
        match role {
            Role::Inspector => Ok(()),
            // The call desk writes down what was only recorded; what others wrote is not for it.
            Role::Operator if state.channel != Some(Channel::Phone) => {
                Err(refuse(PlatformRefusal::WrongRole))
            }
            Role::Operator | Role::Dispatcher => {
                let authority = state.against.authority(&jurisdiction).map(|unit| &unit.code);
                let place = authority
                    .or(state.place.division.as_ref())
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

    pub(super) async fn read_content(
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
        content.recordings = state.recordings.iter().map(ToString::to_string).collect();
        content.has_contact = state.has_identity && !state.is_erased(Compartment::Identity);
        content.erased = erased_codes(&state);
        content.erased_at = state.erased.at.map(|at| at.to_string());
        if state.is_erased(Compartment::Content) {
            content.notice = Some(DESTROYED.to_owned());
            return Ok(Response::new(content));
        }
        for recorded in self.desk.context.store.read_stream(&owner).await? {
            let unseal = |sealed| {
                let bytes = self
                    .vault
                    .keyring
                    .open_sealed(&owner, sealed)
                    .map_err(sealing_failed)?;
                Ok::<_, Status>(String::from_utf8_lossy(&bytes).into_owned())
            };
            let at = recorded.metadata.at.to_string();
            let said = |sealed| unseal(sealed).map(|text| ReporterMessage { at, text });
            match decider::decode::<TipEvent>(&recorded.name, recorded.data.clone()) {
                Ok(TipEvent::TipReceived {
                    content: Some(narrative),
                    ..
                }) => content.narrative = unseal(&narrative)?,
                Ok(
                    TipEvent::ReporterWrote { message }
                    | TipEvent::NotFixedSaid {
                        message: Some(message),
                    }
                    | TipEvent::ScreeningObjected {
                        message: Some(message),
                        ..
                    },
                ) => content.messages.push(said(&message)?),
                Ok(TipEvent::TranscriptRecorded { content: words }) => {
                    content.transcripts.push(said(&words)?);
                }
                _ => {}
            }
        }
        let tip = Self::identified(&content.tip_id)?;
        self.record(caller, ReadingEvent::ContentOpened { tip }).await?;
        Ok(Response::new(content))
    }

    pub(super) async fn keep_evidence(
        &self,
        request: Request<PutEvidenceRequest>,
    ) -> Result<Response<PutEvidenceResponse>, Status> {
        let caller = Caller::of(&request)?;
        let Actor::Staff { staff, unit, .. } = &caller.actor else {
            return Err(refuse(PlatformRefusal::WrongRole));
        };
        let owner = format!("staff-{staff}");
        let photo = request
            .into_inner()
            .photo
            .ok_or_else(|| invalid("photo", "请选择要上传的图片。"))?;
        let ids = store_photos(&self.vault, &owner, vec![photo]).await?;
        for id in &ids {
            let noted = self.vault.evidence.brought_at(id, &owner, unit);
            noted.map_err(evidence_failed)?;
        }
        let evidence_id = ids.first().map(ToString::to_string).unwrap_or_default();
        Ok(Response::new(PutEvidenceResponse { evidence_id }))
    }

    pub(super) fn look_up_evidence(
        &self,
        request: Request<KnownEvidenceRequest>,
    ) -> Result<Response<KnownEvidenceResponse>, Status> {
        // Whoever knows an id has seen the picture, or its hash; citizens ask for nothing here.
        if Caller::of(&request)?.actor.person().is_none() {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let (mut unknown, mut only_reporters) = (Vec::new(), Vec::new());
        for id in request.into_inner().evidence_ids {
            let owners = match EvidenceId::parse(&id) {
                Some(known) => self.vault.evidence.owners(&known),
                None => Ok(vec![]),
            };
            let owners = owners.map_err(|e| Status::internal(e.to_string()))?;
            if owners.is_empty() {
                unknown.push(id);
            } else if !owners.iter().any(|owner| owner.name.starts_with("staff-")) {
                only_reporters.push(id);
            }
        }
        Ok(Response::new(KnownEvidenceResponse {
            unknown,
            only_reporters,
        }))
    }

    pub(super) async fn show_evidence(
        &self,
        request: Request<GetEvidenceRequest>,
    ) -> Result<Response<GetEvidenceResponse>, Status> {
        let caller = Caller::of(&request)?;
        let missing = || refuse(PlatformRefusal::NotFound);
        let id = EvidenceId::parse(&request.get_ref().evidence_id).ok_or_else(missing)?;
        let owners = self.vault.evidence.owners(&id).map_err(evidence_failed)?;
        let mut seen = false;
        for owner in &owners {
            seen = seen || viewing::may_see(&self.desk.context, &caller.actor, owner).await?;
        }
        // What is there but not for the caller must not be told from what is not there.
        if !seen {
            return Err(missing());
        }
        let mut data = self.vault.evidence.rendition(&id).ok_or_else(missing)?;
        if request.get_ref().small {
            let shrinking = tokio::task::spawn_blocking(move || thumbnail(&data)).await;
            let shrunk = shrinking.map_err(|error| EvidenceError::Storage(error.to_string()));
            data = shrunk.and_then(|small| small).map_err(evidence_failed)?;
        }
        // Whoever else brought the same picture, it is a reporter's.
        if let Some(tip) = owners.iter().find_map(|owner| owner.name.strip_prefix("tip-")) {
            let tip = Self::identified(tip)?;
            let opened = ReadingEvent::EvidenceOpened { tip, evidence: id };
            self.record(caller, opened).await?;
        }
        Ok(Response::new(GetEvidenceResponse {
            data,
            content_type: "image/jpeg".to_owned(),
        }))
    }
}
