//! The RPC of result reporting.

use crate::ledger::Ledger;
use mingcha_proto::common::CommandReply;
use mingcha_proto::reporting::result_reporting_server::ResultReporting;
use mingcha_proto::reporting::{
    DraftReportRequest, DraftReportResponse, FileReportRequest, GiveGuaranteeRequest, ReturnReportRequest,
    SealReportRequest, SignReportRequest,
};
use platform::{Caller, Context, Desk, invalid, read_value};
use report_domain::{GiveGuarantee, Report, ReportCommand, ReportId};
use tonic::{Request, Response, Status};

pub struct ResultReportingService {
    desk: Desk<Report>,
    ledger: Ledger,
}

type Reply = Result<Response<CommandReply>, Status>;

impl ResultReportingService {
    pub(crate) fn new(context: Context, ledger: Ledger) -> Self {
        Self {
            desk: Desk::new(context, "report_id"),
            ledger,
        }
    }
}

#[tonic::async_trait]
impl ResultReporting for ResultReportingService {
    async fn give_guarantee(&self, request: Request<GiveGuaranteeRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let command: GiveGuarantee = read_value(request.get_ref())?;
        let report = ReportId {
            unit: command.unit.clone(),
            stage: command.stage.clone(),
        };
        self.desk
            .execute(
                caller,
                &report.to_string(),
                &ReportCommand::GiveGuarantee(command),
            )
            .await
    }

    async fn draft_report(
        &self,
        request: Request<DraftReportRequest>,
    ) -> Result<Response<DraftReportResponse>, Status> {
        let caller = Caller::of(&request)?;
        let report = report_id(request.get_ref())?;
        let draft = self.ledger.draft(&report, &request).await?;
        let (list_position, digest) = (draft.position, draft.digest.as_str().to_owned());
        let sites = draft.list.len() as u32;
        let report_id = report.to_string();
        let reply = self
            .desk
            .execute(caller, &report_id, &ReportCommand::Draft(draft))
            .await?;
        Ok(Response::new(DraftReportResponse {
            reply: Some(reply.into_inner()),
            report_id,
            list_position,
            digest,
            sites,
        }))
    }

    async fn sign_report(&self, request: Request<SignReportRequest>) -> Reply {
        self.desk.command(request, ReportCommand::Sign).await
    }
    async fn return_report(&self, request: Request<ReturnReportRequest>) -> Reply {
        self.desk.command(request, ReportCommand::Return).await
    }
    async fn seal_report(&self, request: Request<SealReportRequest>) -> Reply {
        self.desk.command(request, ReportCommand::Seal).await
    }
    async fn file_report(&self, request: Request<FileReportRequest>) -> Reply {
        self.desk.command(request, ReportCommand::File).await
    }
}

/// A hyphen in a stage would make two reports share one stream.
fn report_id(request: &DraftReportRequest) -> Result<ReportId, Status> {
    let unit = request.unit.parse().map_err(|rule| invalid("unit", rule))?;
    let stage = request.stage.clone();
    if stage.is_empty() || stage.contains('-') {
        return Err(invalid("stage", "请从阶段列表里选择。"));
    }
    Ok(ReportId { unit, stage })
}
