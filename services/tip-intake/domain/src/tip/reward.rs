//! The reward of the first valid tip of a site: proposed by the rules of the day it came in, agreed to by another person.

use super::{Decision, Progress, TipState, plain_reason, rights};
use crate::{ApproveReward, Compartment, ProposeReward, RefuseReward, TipEvent, TipRefusal};
use decider::{Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Actor, campaign_time};
use serde::Serialize;

/// A thousand million yuan: more is a slip of the finger.
const LARGEST_FINE_FEN: u64 = 100_000_000_000;

/// A proposed reward, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reward {
    pub rules: String,
    pub fine_fen: u64,
    pub amount_fen: u64,
    pub proposed_at: Timestamp,
    pub proposed_by: Actor,
    pub progress: RewardProgress,
    /// Since when.
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RewardProgress {
    Proposed,
    Approved,
    Refused { reason: String },
    Paid,
}

/// What is known of the tip's site; the service fills it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteStanding {
    /// The site was confirmed as a small chemical works.
    pub confirmed: bool,
    /// No tip of the site that counts came in earlier.
    pub first: bool,
    /// Another tip that is or was of the site has a reward that nobody refused.
    pub rewarded: bool,
}

/// Whether a reward may be proposed for the tip as things stand, whoever proposes it.
///
/// # Errors
/// Why not.
pub fn eligible(state: &TipState, site: Option<SiteStanding>) -> Result<(), TipRefusal> {
    has_standing(state, site)?;
    let refused = |reward: &Reward| matches!(reward.progress, RewardProgress::Refused { .. });
    if state.rewards.last().is_some_and(|last| !refused(last)) {
        return Err(TipRefusal::RewardPending);
    }
    // Whether somebody is an insider is sealed with the identity, and goes with it.
    if state.is_erased(Compartment::Identity) {
        return Err(TipRefusal::Erased);
    }
    Ok(())
}

/// Whether the tip is the first valid one of a confirmed site that has no reward yet.
fn has_standing(state: &TipState, site: Option<SiteStanding>) -> Result<(), TipRefusal> {
    let accepted = matches!(state.progress, Progress::Accepted { .. });
    let site = site.filter(|_| accepted).ok_or(TipRefusal::RewardNotAccepted)?;
    if !site.confirmed {
        return Err(TipRefusal::RewardNotConfirmed);
    }
    if !site.first {
        return Err(TipRefusal::RewardNotFirst);
    }
    if site.rewarded {
        return Err(TipRefusal::RewardGivenForSite);
    }
    Ok(())
}

pub fn propose(state: &TipState, command: &ProposeReward, given: Given<'_>) -> Decision {
    rights::screens(state, given)?;
    eligible(state, command.site)?;
    if command.fine_fen > LARGEST_FINE_FEN {
        return Err(TipRefusal::FineOutOfRange);
    }
    // Nothing can be sealed any more where the key is gone.
    let standing = command.standing.clone().ok_or(TipRefusal::Erased)?;
    let day = state.received_at.map(|at| campaign_time(at).date());
    let rule = day.and_then(|day| given.jurisdiction.rewards.of_day(day));
    let rule = rule.ok_or(TipRefusal::NoRewardRules)?;
    Ok(vec![TipEvent::RewardProposed {
        rules: rule.version.clone(),
        fine_fen: command.fine_fen,
        amount_fen: rule.amount_fen(command.fine_fen, command.insider),
        standing,
    }])
}

/// What was true when it was proposed may not be any more: the tip has left its case, two cases have become one, or a tip
/// that came in earlier has been accepted since.
pub fn approve(state: &TipState, command: &ApproveReward, given: Given<'_>) -> Decision {
    let proposed = answerable(state, given)?;
    has_standing(state, command.site)?;
    Ok(vec![TipEvent::RewardApproved {
        amount_fen: proposed.amount_fen,
    }])
}

pub fn refuse(state: &TipState, command: &RefuseReward, given: Given<'_>) -> Decision {
    answerable(state, given)?;
    Ok(vec![TipEvent::RewardRefused {
        reason: plain_reason(&command.reason, TipRefusal::RewardReasonMissing)?,
    }])
}

pub fn pay(state: &TipState, given: Given<'_>) -> Decision {
    rights::screens(state, given)?;
    match state.rewards.last() {
        Some(reward) if reward.progress == RewardProgress::Approved => Ok(vec![TipEvent::RewardPaid {
            amount_fen: reward.amount_fen,
        }]),
        Some(reward) if reward.progress == RewardProgress::Paid => Ok(vec![]),
        _ => Err(TipRefusal::RewardNotApproved),
    }
}

/// Whether the tip has a reward that was agreed to: its case is what it was paid for.
pub fn is_rewarded(state: &TipState) -> bool {
    let last = state.rewards.last().map(|last| &last.progress);
    matches!(last, Some(RewardProgress::Approved | RewardProgress::Paid))
}

/// The proposed reward, for a leader of the city who did not propose it.
fn answerable<'a>(state: &'a TipState, given: Given<'_>) -> Result<&'a Reward, TipRefusal> {
    if !given.jurisdiction.leads_the_city(given.by) {
        return Err(TipRefusal::NotRewardApprover);
    }
    let last = state.rewards.last();
    let proposed = last.filter(|reward| reward.progress == RewardProgress::Proposed);
    let proposed = proposed.ok_or(TipRefusal::NoRewardProposed)?;
    if proposed.proposed_by.person() == given.by.person() {
        return Err(TipRefusal::OwnReward);
    }
    Ok(proposed)
}

pub fn evolve(state: &mut TipState, event: &TipEvent, stamp: &Stamp) {
    if let TipEvent::RewardProposed {
        rules,
        fine_fen,
        amount_fen,
        ..
    } = event
    {
        state.rewards.push(Reward {
            rules: rules.clone(),
            fine_fen: *fine_fen,
            amount_fen: *amount_fen,
            proposed_at: stamp.at,
            proposed_by: stamp.by.clone(),
            progress: RewardProgress::Proposed,
            at: stamp.at,
        });
        return;
    }
    let progress = match event {
        TipEvent::RewardApproved { .. } => RewardProgress::Approved,
        TipEvent::RewardRefused { reason } => RewardProgress::Refused {
            reason: reason.clone(),
        },
        TipEvent::RewardPaid { .. } => RewardProgress::Paid,
        _ => return,
    };
    if let Some(last) = state.rewards.last_mut() {
        last.progress = progress;
        last.at = stamp.at;
    }
}
