//! The RPC of case assignment.

use crate::pictures::Pictures;
use accountability_domain::Accountability;
use case_domain::{
    AcknowledgeCase, Case, CaseCommand, Deadline, GrantExtension, MergeCase, OpenCase, Origin,
    RecordInspection, RequestExtension,
};
use jurisdiction::{CaseId, Obligation, UnitCode};
use mingcha_proto::assignment::case_assignment_server::CaseAssignment;
use mingcha_proto::assignment::{
    AcknowledgeCaseRequest, AddCoHandlerRequest, AssignCaseRequest, ClassifySiteRequest,
    DesignateCaseRequest, GrantExtensionRequest, IdentifySiteRequest, MergeCaseRequest, OpenCaseRequest,
    ReassignCaseRequest, RecordInspectionRequest, RefuseExtensionRequest, RemoveCoHandlerRequest,
    ReopenCaseRequest, RequestExtensionRequest, RequestIdentificationRequest, ReturnCaseRequest,
    ReviewCleanFindingRequest,
};
use mingcha_proto::common::CommandReply;
use platform::{Caller, Context, Desk, Kept, away, invalid, load_state, read_shape};
use tonic::{Request, Response, Status};

pub struct CaseAssignmentService {
    desk: Desk<Case>,
    pictures: Kept<Pictures>,
}

type Reply = Result<Response<CommandReply>, Status>;

impl CaseAssignmentService {
    pub(crate) fn new(context: Context, pictures: Kept<Pictures>) -> Self {
        Self {
            desk: Desk::new(context, "case_id"),
            pictures,
        }
    }

    /// The running clock of an obligation of the case, from accountability's own facts: the date that is to move is the
    /// one that would fire. Of several units' clocks the one of `unit` is meant, if it has one.
    async fn deadline(
        &self,
        case: &str,
        obligation: Obligation,
        unit: Option<&UnitCode>,
    ) -> Result<Option<Deadline>, Status> {
        let (state, _) = load_state::<Accountability>(&self.desk.context, case).await?;
        let running = || {
            state
                .running_clocks()
                .filter(|clock| clock.obligation == obligation)
        };
        let own = running().find(|clock| Some(&clock.unit) == unit);
        Ok(own.or_else(|| running().next()).map(|clock| Deadline {
            clock: clock.clock.to_string(),
            unit: clock.unit.clone(),
            due: clock.due,
        }))
    }
}

#[tonic::async_trait]
impl CaseAssignment for CaseAssignmentService {
    async fn open_case(&self, request: Request<OpenCaseRequest>) -> Reply {
        // Every other command names a case that exists; this one decides what the new one is called.
        if request.get_ref().case_id.parse::<CaseId>().is_err() {
            return Err(invalid("case_id", "案件编号应为 UUID。"));
        }
        let origin: Option<Result<Origin, _>> = request.get_ref().origin.as_ref().map(platform::read_value);
        if matches!(origin, Some(Ok(Origin::Tip { .. } | Origin::Relapse { .. }))) {
            return Err(invalid(
                "origin.kind",
                "举报线索请通过受理立案，死灰复燃请在原案件中登记。",
            ));
        }
        self.desk
            .command(request, |command: OpenCase| CaseCommand::Open(command))
            .await
    }
    async fn assign_case(&self, request: Request<AssignCaseRequest>) -> Reply {
        self.desk.command(request, CaseCommand::Assign).await
    }
    async fn add_co_handler(&self, request: Request<AddCoHandlerRequest>) -> Reply {
        self.desk.command(request, CaseCommand::AddCoHandler).await
    }
    async fn remove_co_handler(&self, request: Request<RemoveCoHandlerRequest>) -> Reply {
        self.desk.command(request, CaseCommand::RemoveCoHandler).await
    }
    async fn merge_case(&self, request: Request<MergeCaseRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, MergeCase>(request.get_ref(), "case_id")?;
        let into = command.into.to_string();
        if into != id {
            let (survivor, _) = self.desk.state(&into).await?;
            command.survivor = Some(Box::new(survivor));
        }
        self.desk.execute(caller, &id, &CaseCommand::Merge(command)).await
    }
    async fn request_extension(&self, request: Request<RequestExtensionRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, RequestExtension>(request.get_ref(), "case_id")?;
        command.deadline = self
            .deadline(&id, command.obligation, caller.actor.unit())
            .await?;
        let command = CaseCommand::RequestExtension(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn grant_extension(&self, request: Request<GrantExtensionRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, GrantExtension>(request.get_ref(), "case_id")?;
        let (case, _) = self.desk.state(&id).await?;
        let waiting = case.extensions.iter().rev();
        let asked = waiting
            .filter(|asked| asked.obligation == command.obligation)
            .find(|asked| asked.answer.is_none());
        let unit = asked.map(|asked| &asked.unit);
        command.deadline = self.deadline(&id, command.obligation, unit).await?;
        self.desk
            .execute(caller, &id, &CaseCommand::GrantExtension(command))
            .await
    }
    async fn refuse_extension(&self, request: Request<RefuseExtensionRequest>) -> Reply {
        self.desk.command(request, CaseCommand::RefuseExtension).await
    }
    async fn acknowledge_case(&self, request: Request<AcknowledgeCaseRequest>) -> Reply {
        self.desk
            .command(request, |command: AcknowledgeCase| {
                CaseCommand::Acknowledge(command)
            })
            .await
    }
    async fn return_case(&self, request: Request<ReturnCaseRequest>) -> Reply {
        self.desk.command(request, CaseCommand::Return).await
    }
    async fn designate_case(&self, request: Request<DesignateCaseRequest>) -> Reply {
        self.desk.command(request, CaseCommand::Designate).await
    }
    async fn reassign_case(&self, request: Request<ReassignCaseRequest>) -> Reply {
        self.desk.command(request, CaseCommand::Reassign).await
    }
    async fn record_inspection(&self, request: Request<RecordInspectionRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, RecordInspection>(request.get_ref(), "case_id")?;
        // Half the pictures known would let the other half pass.
        let elsewhere = self
            .pictures
            .ask(0, |shown| shown.elsewhere(&id, &command.evidence))
            .await;
        command.elsewhere = elsewhere.ok_or_else(|| {
            away(
                "系统刚启动，照片还没有核对完，您的操作还没有生效。",
                "请稍等几秒钟再试。",
            )
        })?;
        let command = CaseCommand::RecordInspection(command);
        self.desk.execute(caller, &id, &command).await
    }
    async fn request_identification(&self, request: Request<RequestIdentificationRequest>) -> Reply {
        self.desk
            .command(request, CaseCommand::RequestIdentification)
            .await
    }
    async fn identify_site(&self, request: Request<IdentifySiteRequest>) -> Reply {
        self.desk.command(request, CaseCommand::Identify).await
    }
    async fn classify_site(&self, request: Request<ClassifySiteRequest>) -> Reply {
        self.desk.command(request, CaseCommand::Classify).await
    }
    async fn review_clean_finding(&self, request: Request<ReviewCleanFindingRequest>) -> Reply {
        self.desk.command(request, CaseCommand::ReviewCleanFinding).await
    }
    async fn reopen_case(&self, request: Request<ReopenCaseRequest>) -> Reply {
        self.desk.command(request, CaseCommand::Reopen).await
    }
}
