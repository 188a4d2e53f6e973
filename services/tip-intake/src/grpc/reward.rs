//! Rewards: what the domain must know of the site is gathered here.

use super::{Reply, TipIntakeService};
use crate::inbound::sealing_failed;
use crate::seal::SealError;
use case_domain::{Case, CaseEvent, CaseState, ClosingReason, Origin, Progress as CaseProgress};
use jurisdiction::{CaseId, TipId};
use mingcha_proto::intake::{ApproveRewardRequest, ProposeRewardRequest};
use platform::{Caller, load_state, read_value};
use serde_json::json;
use std::collections::BTreeSet;
use tip_domain::{
    ApproveReward, Compartment, Progress, ProposeReward, SiteStanding, Tip, TipCommand, TipEvent, TipState,
};
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
        command.site = self.site(&tip_id, &state).await?;
        if command.site.is_some() {
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

    pub(super) async fn approve(&self, request: Request<ApproveRewardRequest>) -> Reply {
        let caller = Caller::of(&request)?;
        let tip_id = request.into_inner().tip_id;
        let (state, _) = self.desk.state(&tip_id).await?;
        let site = self.site(&tip_id, &state).await?;
        let command = TipCommand::ApproveReward(ApproveReward { site });
        self.desk.execute(caller, &tip_id, &command).await
    }

    /// What is known of the site of a tip that was accepted.
    pub(super) async fn site(&self, tip_id: &str, state: &TipState) -> Result<Option<SiteStanding>, Status> {
        match state.progress {
            Progress::Accepted { case } => self.standing(tip_id, case).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Of all tips of the case that were accepted the one that came in first has the standing.
    async fn standing(&self, tip_id: &str, case: CaseId) -> Result<SiteStanding, Status> {
        let context = &self.desk.context;
        let of = self.goes_on_in(case).await?;
        let (case, _) = load_state::<Case>(context, &of.to_string()).await?;
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
            rewarded: self.rewarded_for(of, tip_id).await?,
        })
    }

    /// A case that was merged goes on in another one, which has its tips.
    async fn goes_on_in(&self, mut case: CaseId) -> Result<CaseId, Status> {
        for _ in 0..LONGEST_CHAIN {
            let (state, _) = load_state::<Case>(&self.desk.context, &case.to_string()).await?;
            match state.merged {
                Some((into, _)) => case = into,
                None => break,
            }
        }
        Ok(case)
    }

    /// Whether a tip besides this one has a standing reward for the site of the case: one that is of it, or that was when the
    /// reward was proposed, there or in a case that was merged into it. What left the case took its reward along.
    async fn rewarded_for(&self, case: CaseId, but: &str) -> Result<bool, Status> {
        let (mut to_look_at, mut looked_at) = (vec![case], BTreeSet::new());
        let mut rewarded = Vec::new();
        let mut tips = BTreeSet::new();
        while let Some(next) = to_look_at.pop() {
            if !looked_at.insert(next) {
                continue;
            }
            for tip in self.ever_of(next).await? {
                if tip.to_string() == but || !tips.insert(tip) {
                    continue;
                }
                let past = self.past(tip).await?;
                for earlier in past.cases {
                    if !looked_at.contains(&earlier) && self.goes_on_in(earlier).await? == case {
                        to_look_at.push(earlier);
                    }
                }
                rewarded.extend(past.rewarded_in.into_iter().flatten());
            }
        }
        Ok(rewarded.iter().any(|of| looked_at.contains(of)))
    }

    async fn ever_of(&self, case: CaseId) -> Result<Vec<TipId>, Status> {
        let history = self
            .desk
            .context
            .store
            .read_stream(&format!("case-{case}"))
            .await?;
        let linked = history.into_iter().filter_map(|fact| {
            match decider::decode::<CaseEvent>(&fact.name, fact.data).ok()? {
                CaseEvent::CaseOpened {
                    origin: Origin::Tip { tip },
                    ..
                }
                | CaseEvent::TipLinked { tip } => Some(tip),
                _ => None,
            }
        });
        Ok(linked.collect())
    }

    async fn past(&self, tip: TipId) -> Result<Past, Status> {
        let history = self.desk.context.store.read_stream(&format!("tip-{tip}")).await?;
        let facts = history
            .into_iter()
            .filter_map(|fact| decider::decode::<TipEvent>(&fact.name, fact.data).ok());
        Ok(Past::of(facts))
    }
}

/// Where a tip has been, and where it was rewarded.
#[derive(Default)]
struct Past {
    cases: BTreeSet<CaseId>,
    /// The case that a reward which nobody refused was proposed for, and the one that the tip is of now.
    rewarded_in: [Option<CaseId>; 2],
}

impl Past {
    fn of(facts: impl Iterator<Item = TipEvent>) -> Self {
        let (mut past, mut now, mut proposed_in) = (Self::default(), None, None);
        for fact in facts {
            match fact {
                TipEvent::TipAccepted { case, .. } | TipEvent::LinkedToCase { case } => {
                    past.cases.insert(case);
                    now = Some(case);
                }
                TipEvent::Unlinked { .. } => now = None,
                TipEvent::RewardProposed { .. } => proposed_in = now,
                TipEvent::RewardRefused { .. } => proposed_in = None,
                _ => {}
            }
        }
        if proposed_in.is_some() {
            past.rewarded_in = [proposed_in, now];
        }
        past
    }
}

/// Cases are merged one into another; a circle would be a broken history and not a reason to go round for ever.
const LONGEST_CHAIN: usize = 16;

fn is_confirmed(case: &CaseState) -> bool {
    case.progress == CaseProgress::Confirmed || matches!(case.closed, Some(ClosingReason::Disposed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewarded_in(facts: &[TipEvent]) -> [Option<CaseId>; 2] {
        Past::of(facts.iter().cloned()).rewarded_in
    }

    #[test]
    fn a_reward_is_of_the_case_it_was_proposed_for_and_of_the_one_the_tip_is_of_until_it_is_refused() {
        let (one, two) = (CaseId::sample(1), CaseId::sample(2));
        let linked = |case| TipEvent::LinkedToCase { case };
        let unlinked = TipEvent::Unlinked {
            case: one,
            reason: "另一处".into(),
        };
        let proposed = TipEvent::RewardProposed {
            rules: "2018".into(),
            fine_fen: 0,
            amount_fen: 100_000,
            standing: tip_domain::Sealed::sample(Compartment::Identity, "standing"),
        };
        let refused = TipEvent::RewardRefused {
            reason: "罚款决定尚未生效".into(),
        };
        let mut facts = vec![linked(one), proposed];
        assert_eq!(rewarded_in(&facts), [Some(one), Some(one)]);
        facts.extend([unlinked, linked(two)]);
        assert_eq!(rewarded_in(&facts), [Some(one), Some(two)]);
        facts.push(refused);
        assert_eq!(rewarded_in(&facts), [None, None]);
        assert_eq!(Past::of(facts.into_iter()).cases.len(), 2);
    }
}
