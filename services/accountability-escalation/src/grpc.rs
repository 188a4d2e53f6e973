//! The RPC of accountability escalation: what people say, find and decide. What time says needs no request.

use crate::foresight::Foresight;
use crate::nearness;
use crate::preview::{self, Preview};
use crate::tally::SharedTally;
use accountability_domain::{
    Accountability, AccountabilityCommand, AssignTask, CloseSpecialSupervision, RecordFinding,
};
use decider::Decider;
use jurisdiction::{Jurisdiction, SupervisionThresholds, UnitCode};
use mingcha_proto::accountability::accountability_server::Accountability as Rpc;
use mingcha_proto::accountability::{
    AcceptTaskRequest, AnswerFindingRequest, AssignTaskRequest, CloseInquiryRequest,
    CloseSpecialSupervisionRequest, DecideInquiryRequest, ExplainFailureRequest, JudgeExplanationRequest,
    JudgeFailureRequest, JudgeFindingRequest, ListSupervisionNumbersRequest, ListSupervisionNumbersResponse,
    OpenInquiryRequest, PreviewCalendarYearRequest, PreviewCalendarYearResponse, PreviewStagesRequest,
    PreviewStagesResponse, PreviewSupervisionRequest, PreviewSupervisionResponse, RecordFindingRequest,
    ReportTaskRequest, ReturnTaskRequest, SubmitExplanationRequest,
};
use mingcha_proto::common::CommandReply;
use platform::{Caller, Context, Desk, invalid, read_shape, read_value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tonic::{Request, Response, Status};

pub struct AccountabilityService {
    desk: Desk<Accountability>,
    /// What is named by its unit.
    of_units: Desk<Accountability>,
    preview: Preview,
    tally: SharedTally,
}

type Reply = Result<Response<CommandReply>, Status>;

impl AccountabilityService {
    pub(crate) fn new(context: Context, tally: SharedTally, foresight: Foresight) -> Self {
        Self {
            preview: Preview {
                context: context.clone(),
                tally: tally.clone(),
                foresight,
            },
            desk: Desk::new(context.clone(), "subject_id"),
            of_units: Desk::new(context, "unit"),
            tally,
        }
    }
}

impl AccountabilityService {
    /// A command about what is owed on a tip, a case or an area. For whoever the tip or case is about, and everything below,
    /// there is none: they are answered so.
    async fn of_subject<R: Serialize, C: DeserializeOwned>(
        &self,
        request: Request<R>,
        wrap: impl FnOnce(C) -> AccountabilityCommand,
    ) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, command) = read_shape::<R, C>(request.get_ref(), "subject_id")?;
        let command = wrap(command);
        let jurisdiction = self.desk.context.directory.current();
        let stream = format!("{}-{id}", Accountability::CATEGORY);
        let hidden = self
            .tally
            .whole(|tally| tally.hides(&stream, &caller.actor, &jurisdiction));
        match hidden.ok_or_else(preview::being_rebuilt)? {
            true => Err(self.desk.answer_of_nothing(caller, &command)),
            false => self.desk.execute(caller, &id, &command).await,
        }
    }
}

#[tonic::async_trait]
impl Rpc for AccountabilityService {
    async fn submit_explanation(&self, request: Request<SubmitExplanationRequest>) -> Reply {
        self.of_subject(request, AccountabilityCommand::SubmitExplanation)
            .await
    }
    async fn judge_explanation(&self, request: Request<JudgeExplanationRequest>) -> Reply {
        self.of_subject(request, AccountabilityCommand::JudgeExplanation)
            .await
    }
    async fn explain_failure(&self, request: Request<ExplainFailureRequest>) -> Reply {
        self.of_subject(request, AccountabilityCommand::ExplainFailure)
            .await
    }
    async fn judge_failure(&self, request: Request<JudgeFailureRequest>) -> Reply {
        self.of_subject(request, AccountabilityCommand::JudgeFailure)
            .await
    }
    async fn open_inquiry(&self, request: Request<OpenInquiryRequest>) -> Reply {
        self.of_subject(request, AccountabilityCommand::OpenInquiry).await
    }
    async fn decide_inquiry(&self, request: Request<DecideInquiryRequest>) -> Reply {
        self.of_subject(request, AccountabilityCommand::DecideInquiry)
            .await
    }
    async fn close_inquiry(&self, request: Request<CloseInquiryRequest>) -> Reply {
        self.of_subject(request, AccountabilityCommand::CloseInquiry)
            .await
    }

    async fn record_finding(&self, request: Request<RecordFindingRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let command: RecordFinding = read_value(request.get_ref())?;
        let unit = command.unit.to_string();
        self.of_units
            .execute(caller, &unit, &AccountabilityCommand::RecordFinding(command))
            .await
    }
    async fn answer_finding(&self, request: Request<AnswerFindingRequest>) -> Reply {
        self.of_units
            .command(request, AccountabilityCommand::AnswerFinding)
            .await
    }
    async fn judge_finding(&self, request: Request<JudgeFindingRequest>) -> Reply {
        self.of_units
            .command(request, AccountabilityCommand::JudgeFinding)
            .await
    }
    async fn assign_task(&self, request: Request<AssignTaskRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let command: AssignTask = read_value(request.get_ref())?;
        let unit = command.unit.to_string();
        self.of_units
            .execute(caller, &unit, &AccountabilityCommand::AssignTask(command))
            .await
    }
    async fn report_task(&self, request: Request<ReportTaskRequest>) -> Reply {
        self.of_units
            .command(request, AccountabilityCommand::ReportTask)
            .await
    }
    async fn accept_task(&self, request: Request<AcceptTaskRequest>) -> Reply {
        self.of_units
            .command(request, AccountabilityCommand::AcceptTask)
            .await
    }
    async fn return_task(&self, request: Request<ReturnTaskRequest>) -> Reply {
        self.of_units
            .command(request, AccountabilityCommand::ReturnTask)
            .await
    }
    /// Whoever asks gives the reason, this service the numbers.
    async fn close_special_supervision(&self, request: Request<CloseSpecialSupervisionRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let unit: UnitCode = request.unit.parse().map_err(|rule| invalid("unit", rule))?;
        let context = &self.of_units.context;
        let seen = self
            .tally
            .seen(&unit, &context.directory.current(), context.clock.now())
            .ok_or_else(preview::being_rebuilt)?;
        let note = request.note;
        let command = AccountabilityCommand::CloseSpecialSupervision(CloseSpecialSupervision { seen, note });
        self.of_units.execute(caller, &request.unit, &command).await
    }

    async fn preview_calendar_year(
        &self,
        request: Request<PreviewCalendarYearRequest>,
    ) -> Result<Response<PreviewCalendarYearResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        let (year, calendar) = preview::calendar(request.get_ref())?;
        let change = |known: &mut Jurisdiction| known.calendar.set_year(year, calendar);
        let clocks = Some(self.preview.clocks(&actor, change).await?);
        Ok(Response::new(PreviewCalendarYearResponse { clocks }))
    }
    async fn preview_stages(
        &self,
        request: Request<PreviewStagesRequest>,
    ) -> Result<Response<PreviewStagesResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        let stages = preview::stages(&request.get_ref().stages)?;
        let clocks = self.preview.clocks(&actor, |known| known.stages = stages).await?;
        let clocks = Some(clocks);
        Ok(Response::new(PreviewStagesResponse { clocks }))
    }
    async fn preview_supervision(
        &self,
        request: Request<PreviewSupervisionRequest>,
    ) -> Result<Response<PreviewSupervisionResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        let thresholds: SupervisionThresholds = read_value(request.get_ref())?;
        self.preview.supervision(&actor, thresholds).map(Response::new)
    }
    async fn list_supervision_numbers(
        &self,
        request: Request<ListSupervisionNumbersRequest>,
    ) -> Result<Response<ListSupervisionNumbersResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        let context = &self.of_units.context;
        let (jurisdiction, now) = (context.directory.current(), context.clock.now());
        let within = request.get_ref().unit.as_deref();
        nearness::listed(&self.tally, &jurisdiction, &actor, now, within).map(Response::new)
    }
}
