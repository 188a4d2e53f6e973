//! Rewards: what the domain must know of the site is gathered here.

use super::{Reply, TipIntakeService};
use crate::inbound::sealing_failed;
use crate::seal::SealError;
use case_domain::{Case, CaseState, ClosingReason, Progress as CaseProgress};
use jurisdiction::{CaseId, TipId};
use mingcha_proto::intake::ProposeRewardRequest;
use platform::{Caller, load_state, read_value};
use serde_json::json;
use tip_domain::{Compartment, Progress, ProposeReward, SiteStanding, Tip, TipCommand};
use tonic::{Request, Status};

impl TipIntakeService {
    pub(super) async fn propose(&self, request: Request<ProposeRewardRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let ProposeRewardRequest {
            tip_id,
            fine_fen,
            insider,
        } = request.into_inner();
        let mut command: ProposeReward = read_value(&json!({ "fine_fen": fine_fen, "insider": insider }))?;
        let (state, _) = self.desk.state(&tip_id).await?;
        if let Progress::Accepted { case } = state.progress {
            command.site = Some(self.standing(&tip_id, case).await?);
            // Sealed for everybody alike, and of one length: that there is something to seal must not betray insiders.
            let standing = if insider { "insider:1" } else { "insider:0" };
            let owner = format!("tip-{tip_id}");
            let keyring = &self.vault.keyring;
            command.standing =
                match keyring.seal(&owner, Compartment::Identity, "standing", standing.as_bytes()) {
                    Ok(sealed) => Some(sealed),
                    Err(SealError::Erased) => None,
                    Err(error) => return Err(sealing_failed(error)),
                };
        }
        let command = TipCommand::ProposeReward(command);
        self.desk.execute(caller, &tip_id, &command).await
    }

    /// Of all tips of the case that were accepted the one that came in first has the standing. A case that was merged goes
    /// on in another one, which has its tips.
    async fn standing(&self, tip_id: &str, case: CaseId) -> Result<SiteStanding, Status> {
        let context = &self.desk.context;
        let (mut case, _) = load_state::<Case>(context, &case.to_string()).await?;
        let mut steps = 0;
        while let (Some((into, _)), true) = (case.merged, steps < LONGEST_CHAIN) {
            case = load_state::<Case>(context, &into.to_string()).await?.0;
            steps += 1;
        }
        let mut earliest: Option<(jiff::Timestamp, TipId)> = None;
        for tip in &case.tips {
            let (state, _) = load_state::<Tip>(context, &tip.to_string()).await?;
            if let (Progress::Accepted { .. }, Some(at)) = (&state.progress, state.received_at) {
                let this = (at, *tip);
                earliest = Some(earliest.map_or(this, |before| before.min(this)));
            }
        }
        Ok(SiteStanding {
            confirmed: is_confirmed(&case),
            first: earliest.is_some_and(|(_, first)| first.to_string() == tip_id),
        })
    }
}

/// Cases are merged one into another; a circle would be a broken history and not a reason to go round for ever.
const LONGEST_CHAIN: usize = 16;

fn is_confirmed(case: &CaseState) -> bool {
    case.progress == CaseProgress::Confirmed || matches!(case.closed, Some(ClosingReason::Disposed))
}
