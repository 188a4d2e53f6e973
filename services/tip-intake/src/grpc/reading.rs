//! Who may look into the content compartment, and at evidence.

use super::TipIntakeService;
use crate::inbound::{sealing_failed, store_photos};
use jurisdiction::{Actor, EvidenceId, Role};
use mingcha_proto::intake::{
    GetEvidenceRequest, GetEvidenceResponse, KnownEvidenceRequest, KnownEvidenceResponse, PutEvidenceRequest,
    PutEvidenceResponse, ReadTipContentRequest, ReadTipContentResponse, ReporterMessage,
};
use platform::{Caller, PlatformRefusal, invalid, refuse};
use tip_domain::{Progress, TipEvent, TipRefusal, TipState};
use tonic::{Request, Response, Status};

impl TipIntakeService {
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

    pub(super) async fn keep_evidence(
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

    pub(super) fn look_up_evidence(
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

    pub(super) async fn show_evidence(
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
}
