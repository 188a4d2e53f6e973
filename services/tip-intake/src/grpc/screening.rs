//! What dispatchers decide about a tip.

use super::{Reply, TipIntakeService};
use jurisdiction::CaseId;
use mingcha_proto::intake::AcceptTipRequest;
use platform::Caller;
use tip_domain::TipCommand;
use tonic::Request;

impl TipIntakeService {
    pub(super) async fn accept(&self, request: Request<AcceptTipRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let mut request = request.into_inner();
        let opens_case = request.case_id.is_none();
        // A repetition must name the same case, so a new case's id follows from the command's.
        let new_case = CaseId(platform::derived_command(caller.command_id.0, "opens-case", 0).0);
        let case = request.case_id.take().unwrap_or_else(|| new_case.to_string());
        let command = serde_json::json!({
            "case": case, "opens_case": opens_case, "summary": request.summary,
            "enterprise": request.enterprise, "place": request.place,
            "urgency": request.urgency,
        });
        let command = TipCommand::Accept(platform::read_value(&command)?);
        self.desk.execute(caller, &request.tip_id, &command).await
    }
}
