//! The RPC of case assignment.

use case_domain::{AcknowledgeCase, Case, CaseCommand, OpenCase, Origin};
use jurisdiction::CaseId;
use mingcha_proto::assignment::case_assignment_server::CaseAssignment;
use mingcha_proto::assignment::{
    AcknowledgeCaseRequest, AddCoHandlerRequest, AssignCaseRequest, ClassifySiteRequest,
    DesignateCaseRequest, IdentifySiteRequest, OpenCaseRequest, ReassignCaseRequest, RecordInspectionRequest,
    ReopenCaseRequest, RequestIdentificationRequest, ReturnCaseRequest, ReviewCleanFindingRequest,
};
use mingcha_proto::common::CommandReply;
use platform::{Context, Desk, invalid};
use tonic::{Request, Response, Status};

pub struct CaseAssignmentService {
    desk: Desk<Case>,
}

type Reply = Result<Response<CommandReply>, Status>;

impl CaseAssignmentService {
    pub(crate) fn new(context: Context) -> Self {
        Self {
            desk: Desk::new(context, "case_id"),
        }
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
        self.desk.command(request, CaseCommand::RecordInspection).await
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
