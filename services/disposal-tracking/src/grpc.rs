//! The RPC of disposal tracking.

use crate::watch::Watched;
use crate::{draws, exposures};
use case_domain::Case;
use disposal_domain::draw::{AnnounceDraw, Draw, DrawCommand};
use disposal_domain::{
    CompleteMeasure, Disposal, DisposalCommand, FailSpotCheck, PassRecheck, PassSpotCheck, ProposeExposure,
    PublishExposure,
};
use jiff::Timestamp;
use jurisdiction::{CaseId, EvidenceId};
use mingcha_proto::common::CommandReply;
use mingcha_proto::disposal::disposal_tracking_server::DisposalTracking;
use mingcha_proto::disposal::{
    AnnounceDrawRequest, AnswerReferralRequest, ApproveSafetyPlanRequest, CancelDrawRequest,
    CompleteMeasureRequest, DrawSpotCheckRequest, FailReviewRequest, FailSpotCheckRequest, GetDrawRequest,
    GetDrawResponse, ListDrawsRequest, ListDrawsResponse, ListExposuresRequest, ListExposuresResponse,
    MakeDrawRequest, PassRecheckRequest, PassReviewRequest, PassSpotCheckRequest, ProposeExposureRequest,
    PublishExposureRequest, ReclassifyRequest, ReferPartyRequest, RejectSafetyPlanRequest,
    ReportRelapseRequest, SubmitSafetyPlanRequest, WithdrawExposureRequest,
};
use platform::{
    Caller, Context, Desk, PlatformRefusal, away, derived_command, instant_of, invalid, load_state,
    read_shape, refuse,
};
use tonic::{Request, Response, Status};

pub struct DisposalTrackingService {
    desk: Desk<Disposal>,
    draws: Desk<Draw>,
    watched: Watched,
}

type Reply = Result<Response<CommandReply>, Status>;

impl DisposalTrackingService {
    pub(crate) fn new(context: Context, watched: Watched) -> Self {
        Self {
            desk: Desk::new(context.clone(), "case_id"),
            draws: Desk::new(context, "draw_id"),
            watched,
        }
    }

    /// Those of the pictures that were shown elsewhere: half of them known would let the other half pass.
    async fn elsewhere(&self, case: &str, pictures: &[EvidenceId]) -> Result<Vec<EvidenceId>, Status> {
        if !self.watched.is_complete().await {
            return Err(away(
                "系统刚启动，照片还没有核对完，您的操作还没有生效。",
                "请稍等几秒钟再试。",
            ));
        }
        Ok(self.watched.board().shown_elsewhere(case, pictures))
    }

    /// The past instant that is asked for; `None` is now.
    fn past(&self, as_of: Option<&str>) -> Result<Option<Timestamp>, Status> {
        let context = &self.desk.context;
        as_of.map_or(Ok(None), |as_of| {
            instant_of(as_of, context.clock.now(), context.directory.since())
        })
    }

    /// Whom the inspections of the case met: their names are not for the public either.
    async fn parties(&self, case: &str) -> Result<Vec<String>, Status> {
        let (state, _) = load_state::<Case>(&self.desk.context, case).await?;
        let met = state
            .inspections
            .into_iter()
            .flat_map(|inspection| inspection.parties);
        Ok(met.map(|party| party.name).collect())
    }
}

#[tonic::async_trait]
impl DisposalTracking for DisposalTrackingService {
    async fn submit_safety_plan(&self, request: Request<SubmitSafetyPlanRequest>) -> Reply {
        self.desk
            .command(request, DisposalCommand::SubmitSafetyPlan)
            .await
    }
    async fn approve_safety_plan(&self, request: Request<ApproveSafetyPlanRequest>) -> Reply {
        self.desk
            .command(request, DisposalCommand::ApproveSafetyPlan)
            .await
    }
    async fn reject_safety_plan(&self, request: Request<RejectSafetyPlanRequest>) -> Reply {
        self.desk
            .command(request, DisposalCommand::RejectSafetyPlan)
            .await
    }
    async fn complete_measure(&self, request: Request<CompleteMeasureRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, CompleteMeasure>(request.get_ref(), "case_id")?;
        command.elsewhere = self.elsewhere(&id, &command.after).await?;
        let command = DisposalCommand::CompleteMeasure(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn refer_party(&self, request: Request<ReferPartyRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::ReferParty).await
    }
    async fn answer_referral(&self, request: Request<AnswerReferralRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::AnswerReferral).await
    }
    async fn pass_review(&self, request: Request<PassReviewRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::PassReview).await
    }
    async fn fail_review(&self, request: Request<FailReviewRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::FailReview).await
    }
    async fn reclassify(&self, request: Request<ReclassifyRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::Reclassify).await
    }
    async fn draw_spot_check(&self, request: Request<DrawSpotCheckRequest>) -> Reply {
        self.desk.command(request, DisposalCommand::DrawSpotCheck).await
    }
    async fn announce_draw(&self, request: Request<AnnounceDrawRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, AnnounceDraw>(request.get_ref(), "draw_id")?;
        // A draw is nobody's case, but it is named in the same way.
        if id.parse::<CaseId>().is_err() {
            return Err(invalid("draw_id", "抽签编号应为 UUID。"));
        }
        let store = &self.draws.context.store;
        if !self.watched.reaches(command.from_position, store).await {
            return Err(away("名单还没有更新到最新。", "请稍等几秒钟再试。"));
        }
        command.frozen = self
            .watched
            .board()
            .frozen(&self.draws.context.directory.current());
        self.draws
            .execute(caller, &id, &DrawCommand::Announce(command))
            .await
    }
    async fn cancel_draw(&self, request: Request<CancelDrawRequest>) -> Reply {
        self.draws.command(request, DrawCommand::Cancel).await
    }
    async fn make_draw(&self, request: Request<MakeDrawRequest>) -> Reply {
        self.draws.command(request, DrawCommand::Make).await
    }
    async fn get_draw(&self, request: Request<GetDrawRequest>) -> Result<Response<GetDrawResponse>, Status> {
        let id = request.into_inner().draw_id;
        let (draw, facts) = self.draws.state(&id).await?;
        if facts == 0 {
            return Err(refuse(PlatformRefusal::NotFound));
        }
        Ok(Response::new(draws::published(&id, &draw)))
    }
    async fn list_draws(
        &self,
        request: Request<ListDrawsRequest>,
    ) -> Result<Response<ListDrawsResponse>, Status> {
        let past = self.past(request.get_ref().as_of.as_deref())?;
        let draws = self.watched.board().draws().into_iter();
        let draws = draws.filter_map(|(id, draw)| match past {
            Some(at) => draw.as_of(at).map(|draw| draws::summary(&id, &draw)),
            None => Some(draws::summary(&id, &draw)),
        });
        let draws = draws.collect();
        Ok(Response::new(ListDrawsResponse { draws }))
    }
    async fn propose_exposure(&self, request: Request<ProposeExposureRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, ProposeExposure>(request.get_ref(), "case_id")?;
        command.parties = self.parties(&id).await?;
        let command = DisposalCommand::ProposeExposure(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn publish_exposure(&self, request: Request<PublishExposureRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, PublishExposure>(request.get_ref(), "case_id")?;
        command.parties = self.parties(&id).await?;
        let command = DisposalCommand::PublishExposure(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn withdraw_exposure(&self, request: Request<WithdrawExposureRequest>) -> Reply {
        self.desk
            .command(request, DisposalCommand::WithdrawExposure)
            .await
    }
    async fn list_exposures(
        &self,
        request: Request<ListExposuresRequest>,
    ) -> Result<Response<ListExposuresResponse>, Status> {
        let jurisdiction = match self.past(request.get_ref().as_of.as_deref())? {
            // What was withdrawn is read again by those who look into it, not by everybody.
            Some(_) if Caller::of(&request)?.actor.role().is_none() => {
                return Err(refuse(PlatformRefusal::WrongRole));
            }
            Some(at) => {
                let cases = self.watched.board().ever_exposed();
                let exposures = exposures::of_then(&self.desk.context, cases, at).await?;
                return Ok(Response::new(ListExposuresResponse { exposures }));
            }
            None => self.desk.context.directory.current(),
        };
        let board = self.watched.board();
        let exposures = board.exposures().into_iter();
        let exposures = exposures.map(|exposed| exposures::published(exposed, &jurisdiction));
        let exposures = exposures.collect();
        Ok(Response::new(ListExposuresResponse { exposures }))
    }
    async fn pass_spot_check(&self, request: Request<PassSpotCheckRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, PassSpotCheck>(request.get_ref(), "case_id")?;
        command.elsewhere = self.elsewhere(&id, &command.evidence).await?;
        let command = DisposalCommand::PassSpotCheck(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn fail_spot_check(&self, request: Request<FailSpotCheckRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, FailSpotCheck>(request.get_ref(), "case_id")?;
        command.elsewhere = self.elsewhere(&id, &command.evidence).await?;
        let command = DisposalCommand::FailSpotCheck(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn pass_recheck(&self, request: Request<PassRecheckRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, PassRecheck>(request.get_ref(), "case_id")?;
        command.elsewhere = self.elsewhere(&id, &command.evidence).await?;
        let command = DisposalCommand::PassRecheck(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn report_relapse(&self, request: Request<ReportRelapseRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let ReportRelapseRequest {
            case_id,
            link,
            note,
            place,
            enterprise,
        } = request.into_inner();
        // A repetition must name the same case, so the new case's id follows from the command's.
        let new_case = derived_command(caller.command_id.0, "relapse-opens-case", 0);
        let command = serde_json::json!({
            "new_case": new_case, "link": link, "note": note, "place": place, "enterprise": enterprise,
        });
        let command = DisposalCommand::ReportRelapse(platform::read_value(&command)?);
        self.desk.execute(caller, &case_id, &command).await
    }
}
