//! 举报奖励: proposed for the first tip of a confirmed site, agreed to by a leader, paid; and for others, or twice, in vain.

use crate::city;
use crate::standing::{first_tip, standing};
use crate::world::{Task, World};
use case_domain::{Case, CaseState};
use jurisdiction::{Actor, CaseId, Role, TipId, UnitCode};
use tip_domain::{
    ApproveReward, Compartment, Progress, ProposeReward, RefuseReward, RewardProgress, Sealed, SiteStanding,
    Tip, TipCommand, TipState, UnlinkTip,
};

impl World<'_> {
    /// A site was confirmed: sooner or later somebody thinks of whoever reported it.
    pub fn may_be_rewarded(&mut self, case: CaseId, state: &CaseState) {
        if state.tips.is_empty() || !self.tries(case, "reward", 60) {
            return;
        }
        let pause = self.people.days(1, 30);
        self.after(pause, Task::ProposeReward(case));
    }

    /// Of all who reported the site only the first gets something.
    pub fn propose_reward(&mut self, case: CaseId) {
        let Some(state) = self.log.state::<Case>(&format!("case-{case}")) else {
            return;
        };
        let Some(first) = first_tip(&self.log, state) else {
            return;
        };
        let others = state.tips.iter().filter(|tip| **tip != first).copied();
        for later in others.collect::<Vec<_>>() {
            self.reward_a_later_one(later);
        }
        self.reward_the_first(first);
    }

    fn reward_a_later_one(&mut self, tip: TipId) {
        // Gone to another case meanwhile, it may be the first there.
        if self.site_of(tip).is_some_and(|site| site.first) {
            return;
        }
        let codes = [
            "tip.reward_not_first",
            "tip.reward_not_confirmed",
            "tip.reward_not_accepted",
        ];
        let (stream, propose) = (format!("tip-{tip}"), self.proposal(tip));
        self.cheat::<Tip>(Some(city::dispatcher()), &stream, &propose, &codes);
    }

    fn reward_the_first(&mut self, tip: TipId) {
        let stream = format!("tip-{tip}");
        let (Some(state), Some(site)) = (self.tip(tip), self.site_of(tip)) else {
            return;
        };
        let propose = self.proposal(tip);
        let proposer = match self.people.percent(30) {
            true => city::dispatching_leader(Role::Dispatcher),
            false => city::dispatcher(),
        };
        let refused = |last: &RewardProgress| matches!(last, RewardProgress::Refused { .. });
        let code = match state.rewards.last().map(|last| &last.progress) {
            _ if !site.confirmed => "tip.reward_not_confirmed",
            _ if !site.first => "tip.reward_not_first",
            _ if site.rewarded => "tip.reward_given_for_site",
            Some(last) if !refused(last) => "tip.reward_pending",
            _ if state.is_erased(Compartment::Identity) => "tip.erased",
            _ => {
                // Paid in advance.
                let pay = TipCommand::RecordRewardPaid;
                let codes = ["tip.reward_not_approved"];
                self.cheat::<Tip>(Some(proposer.clone()), &stream, &pay, &codes);
                if self.work::<Tip>(Some(proposer.clone()), &stream, &propose) {
                    self.agree_with_oneself(tip, &stream, &proposer);
                    self.cheat::<Tip>(Some(proposer), &stream, &pay, &codes);
                    self.see_to_reward(tip);
                }
                return;
            }
        };
        self.cheat::<Tip>(Some(proposer), &stream, &propose, &[code]);
    }

    fn agree_with_oneself(&mut self, tip: TipId, stream: &str, proposer: &Actor) {
        let approve = self.approval(tip);
        let codes = ["tip.not_reward_approver"];
        self.cheat::<Tip>(Some(proposer.clone()), stream, &approve, &codes);
        let leader = city::dispatching_leader(Role::Leader);
        if leader.person() == proposer.person() {
            self.cheat::<Tip>(Some(leader), stream, &approve, &["tip.own_reward"]);
        }
    }

    fn see_to_reward(&mut self, tip: TipId) {
        let pause = self.people.hours(2, 20 * 24);
        self.after(pause, Task::Reward(tip));
    }

    /// Somebody decides on what was proposed, or pays what was agreed to.
    pub fn see_reward_through(&mut self, tip: TipId) {
        let stream = format!("tip-{tip}");
        let Some(state) = self.tip(tip) else {
            return;
        };
        match state.rewards.last().map(|last| &last.progress) {
            Some(RewardProgress::Proposed) => self.decide_reward(tip, &stream),
            Some(RewardProgress::Approved) => self.pay_reward(tip, &stream, &state),
            _ => {}
        }
    }

    fn decide_reward(&mut self, tip: TipId, stream: &str) {
        let leader = self.leader(&UnitCode::of(city::OFFICE));
        let approve = self.approval(tip);
        let moot = match self.site_of(tip) {
            None => Some("tip.reward_not_accepted"),
            Some(site) if site.rewarded => Some("tip.reward_given_for_site"),
            Some(_) => None,
        };
        if let Some(code) = moot {
            self.cheat::<Tip>(leader.clone(), stream, &approve, &[code]);
        }
        let agreed = moot.is_none() && self.people.percent(75);
        let refuse = TipCommand::RefuseReward(RefuseReward {
            reason: "罚款决定尚未生效".into(),
        });
        let answer = if agreed { &approve } else { &refuse };
        self.work::<Tip>(leader.clone(), stream, answer);
        self.cheat::<Tip>(leader, stream, &approve, &["tip.no_reward_proposed"]);
        match agreed {
            true => {
                let unlink = TipCommand::Unlink(UnlinkTip {
                    reason: "是另一处".into(),
                });
                let stays = ["tip.rewarded_stays"];
                self.cheat::<Tip>(Some(city::dispatcher()), stream, &unlink, &stays);
                self.see_to_reward(tip);
            }
            false => {
                let pay = TipCommand::RecordRewardPaid;
                let codes = ["tip.reward_not_approved"];
                self.cheat::<Tip>(Some(city::dispatcher()), stream, &pay, &codes);
            }
        }
    }

    fn pay_reward(&mut self, tip: TipId, stream: &str, state: &TipState) {
        let pay = TipCommand::RecordRewardPaid;
        let leader = self.leader(&UnitCode::of(city::OFFICE));
        self.cheat::<Tip>(leader, stream, &pay, &["tip.not_dispatcher"]);
        self.work::<Tip>(Some(city::dispatcher()), stream, &pay);
        match self.ask::<Tip>(&city::dispatcher(), stream, &pay) {
            Ok(0) => {}
            _ => self.find(stream, "repetition", "同一笔奖励登记了两次发放。"),
        }
        if self.site_of(tip).is_some_and(|site| site.confirmed && site.first) && state.rewards.len() < 3 {
            let (propose, codes) = (
                self.proposal(tip),
                ["tip.reward_pending", "tip.reward_given_for_site"],
            );
            self.cheat::<Tip>(Some(city::dispatcher()), stream, &propose, &codes);
        }
    }

    fn tip(&self, tip: TipId) -> Option<TipState> {
        self.log.state::<Tip>(&format!("tip-{tip}")).cloned()
    }

    /// As the service fills it in.
    fn site_of(&self, tip: TipId) -> Option<SiteStanding> {
        match self.tip(tip)?.progress {
            Progress::Accepted { case } => Some(standing(&self.log, tip, case)),
            _ => None,
        }
    }

    fn proposal(&mut self, tip: TipId) -> TipCommand {
        let state = self.tip(tip).unwrap_or_default();
        let kept = !state.is_erased(Compartment::Identity);
        TipCommand::ProposeReward(ProposeReward {
            fine_fen: self.people.below(100_000_000) as u64,
            insider: self.people.percent(10),
            standing: kept.then(|| Sealed::sample(Compartment::Identity, "standing")),
            site: self.site_of(tip),
        })
    }

    fn approval(&self, tip: TipId) -> TipCommand {
        let site = self.site_of(tip);
        TipCommand::ApproveReward(ApproveReward { site })
    }
}
