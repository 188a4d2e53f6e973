//! What dispatchers decide about a tip.

use super::{Reply, TipIntakeService};
use case_domain::{Case, CaseState, ClosingReason};
use jurisdiction::{Actor, CaseId, CaseLies, Scope};
use mingcha_proto::intake::{AcceptTipRequest, LinkTipRequest, TellOutcomeRequest};
use platform::{Caller, load_state, read_shape};
use tip_domain::{AcceptTip, FoundCase, LinkTip, Progress, TellOutcome, TipCommand};
use tonic::{Request, Status};

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
        let mut command: AcceptTip = platform::read_value(&command)?;
        if !opens_case {
            command.found = self.found_case(command.case, &caller.actor).await?;
        }
        let command = TipCommand::Accept(command);
        self.desk.execute(caller, &request.tip_id, &command).await
    }

    pub(super) async fn link(&self, request: Request<LinkTipRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, LinkTip>(request.get_ref(), "tip_id")?;
        command.found = self.found_case(command.case, &caller.actor).await?;
        self.desk.execute(caller, &id, &TipCommand::Link(command)).await
    }

    pub(super) async fn tell(&self, request: Request<TellOutcomeRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let (id, mut command) = read_shape::<_, TellOutcome>(request.get_ref(), "tip_id")?;
        let (tip, _) = self.desk.state(&id).await?;
        if let Progress::Accepted { case } = tip.progress {
            let (state, _) = load_state::<Case>(&self.desk.context, &case.to_string()).await?;
            // The tip is about to go along with it.
            command.case = match state.closed {
                Some(ClosingReason::Merged { .. }) => FoundCase::Open,
                _ => standing(&state),
            };
        }
        let command = TipCommand::TellOutcome(command);
        self.desk.execute(caller, &id, &command).await
    }

    /// What there is under the id of a case, for somebody: one that is about them is none, and neither is one that they could
    /// not find on their lists, e.g. another county's.
    async fn found_case(&self, case: CaseId, by: &Actor) -> Result<FoundCase, Status> {
        let (state, _) = load_state::<Case>(&self.desk.context, &case.to_string()).await?;
        let jurisdiction = self.desk.context.directory.current();
        let lies = CaseLies {
            division: state.place.division.as_ref(),
            owner: state.owner.as_ref(),
            co_handlers: &state.co_handlers,
            owing: &[],
        };
        let scope = Scope::of_cases(by, &jurisdiction);
        let seen = scope.is_some_and(|scope| scope.sees_case(lies, &jurisdiction).is_some());
        Ok(match seen && !state.against.hides_from(by, &jurisdiction) {
            true => standing(&state),
            false => FoundCase::Nothing,
        })
    }
}

fn standing(state: &CaseState) -> FoundCase {
    match state.progress {
        case_domain::Progress::Absent => FoundCase::Nothing,
        case_domain::Progress::Closed => FoundCase::Closed,
        _ => FoundCase::Open,
    }
}
