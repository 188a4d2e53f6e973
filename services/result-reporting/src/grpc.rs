//! The RPC of result reporting.

use crate::ledger::Ledger;
use jurisdiction::StaffId;
use mingcha_proto::common::CommandReply;
use mingcha_proto::reporting::result_reporting_server::ResultReporting;
use mingcha_proto::reporting::{
    AcceptReportRequest, DraftReportRequest, DraftReportResponse, FileReportRequest, GiveGuaranteeRequest,
    RefuseAcceptanceRequest, ReturnReportRequest, SealReportRequest, SignReportRequest,
};
use platform::{Caller, Context, Desk, invalid, read_shape, read_value};
use report_domain::{GiveGuarantee, LowerReport, Report, ReportCommand, ReportId, ReturnReport, SignReport};
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

    /// The reports of these units for the same stage, as far as they are signed, and who signed what they rest on.
    async fn as_they_stand(
        &self,
        report: &ReportId,
        lower: &[LowerReport],
    ) -> Result<(Vec<LowerReport>, Vec<StaffId>), Status> {
        let mut standing = Vec::with_capacity(lower.len());
        let mut further_down = Vec::new();
        for LowerReport { unit, .. } in lower {
            let below = format!("{unit}-{}", report.stage);
            let (state, _) = self.desk.state(&below).await?;
            let rests_on = state.draft.into_iter().flat_map(|draft| draft.lower);
            further_down.extend(rests_on.filter_map(|lower| lower.signed_by));
            standing.extend(state.signature.map(|signature| LowerReport {
                unit: unit.clone(),
                digest: signature.digest,
                signed_by: Some(signature.by),
            }));
        }
        Ok((standing, further_down))
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

    /// Answers with the draft as it was written down: what was drawn for a repetition is somebody else's list.
    async fn draft_report(
        &self,
        request: Request<DraftReportRequest>,
    ) -> Result<Response<DraftReportResponse>, Status> {
        let caller = Caller::of(&request)?;
        let report = report_id(request.get_ref())?;
        let drawn = self.ledger.draft(&report, &request).await?;
        let report_id = report.to_string();
        let reply = self
            .desk
            .execute(caller, &report_id, &ReportCommand::Draft(drawn))
            .await?;
        let (state, _) = self.desk.state(&report_id).await?;
        let draft = state
            .draft
            .ok_or_else(|| Status::internal("drafted, but no draft"))?;
        Ok(Response::new(DraftReportResponse {
            reply: Some(reply.into_inner()),
            report_id,
            list_position: draft.position,
            digest: draft.digest.as_str().to_owned(),
            sites: draft.list.len() as u32,
        }))
    }

    /// The reports below are looked up as they stand now: the draft may rest on one that was returned since.
    async fn sign_report(&self, request: Request<SignReportRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, SignReport>(request.get_ref(), "report_id")?;
        let (state, _) = self.desk.state(&id).await?;
        if let (Some(report), Some(draft)) = (&state.report, &state.draft) {
            (command.lower, command.signed_further_down) = self.as_they_stand(report, &draft.lower).await?;
        }
        self.desk
            .execute(caller, &id, &ReportCommand::Sign(command))
            .await
    }
    async fn return_report(&self, request: Request<ReturnReportRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, ReturnReport>(request.get_ref(), "report_id")?;
        let directory = self.desk.context.directory.current();
        let report = id.parse::<ReportId>().ok();
        let above = report.and_then(|report| {
            let unit = directory.parent(&report.unit)?.code.clone();
            let stage = report.stage;
            Some(ReportId { unit, stage })
        });
        if let Some(above) = above {
            command.above = self.desk.state(&above.to_string()).await?.0.progress;
        }
        self.desk
            .execute(caller, &id, &ReportCommand::Return(command))
            .await
    }
    async fn seal_report(&self, request: Request<SealReportRequest>) -> Reply {
        self.desk.command(request, ReportCommand::Seal).await
    }
    async fn file_report(&self, request: Request<FileReportRequest>) -> Reply {
        self.desk.command(request, ReportCommand::File).await
    }
    async fn accept_report(&self, request: Request<AcceptReportRequest>) -> Reply {
        self.desk.command(request, ReportCommand::Accept).await
    }
    async fn refuse_acceptance(&self, request: Request<RefuseAcceptanceRequest>) -> Reply {
        self.desk.command(request, ReportCommand::RefuseAcceptance).await
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
