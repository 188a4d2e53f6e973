//! One reward for a site: for the first tip of a confirmed one, agreed to by a second person, as proposed, and paid once.

use crate::event::Event;
use crate::{Circumstances, Extent, Fact, Found, Rule};
use case_domain::{CaseEvent, ClosingReason, Origin};
use jiff::Timestamp;
use jurisdiction::{CaseId, StaffId, TipId};
use std::collections::{BTreeMap, BTreeSet};
use tip_domain::TipEvent;

#[derive(Default)]
pub(crate) struct Rewards {
    tips: BTreeMap<TipId, Reported>,
    cases: BTreeMap<CaseId, Site>,
}

#[derive(Default)]
struct Reported {
    received: Option<Timestamp>,
    case: Option<CaseId>,
    reward: Option<Reward>,
}

struct Reward {
    /// Where the tip was when it was proposed.
    case: Option<CaseId>,
    amount_fen: u64,
    by: Option<StaffId>,
    standing: Standing,
}

#[derive(PartialEq)]
enum Standing {
    Proposed,
    Approved,
    Refused,
    Paid,
}

/// What is known of the site of a case.
#[derive(Default)]
struct Site {
    tips: BTreeSet<TipId>,
    confirmed: bool,
    merged: Option<CaseId>,
}

impl Rule for Rewards {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            Event::Case(case, event) => self.cases.entry(*case).or_default().look(event),
            Event::Tip(tip, event) => {
                // Other tips of the site may lie outside of anything less.
                let whole = circumstances.extent == Extent::Everything;
                self.of_reward(*tip, event, whole, fact, found);
                self.tips.entry(*tip).or_default().look(event, fact);
            }
            _ => {}
        }
    }
}

impl Site {
    fn look(&mut self, event: &CaseEvent) {
        match event {
            CaseEvent::CaseOpened {
                origin: Origin::Tip { tip },
                ..
            }
            | CaseEvent::TipLinked { tip, .. } => {
                self.tips.insert(*tip);
            }
            CaseEvent::TipUnlinked { tip } => {
                self.tips.remove(tip);
            }
            CaseEvent::CaseConfirmed { .. } => self.confirmed = true,
            CaseEvent::CasesMerged { into, .. } => self.merged = Some(*into),
            CaseEvent::CaseClosed { reason, .. } => match reason {
                ClosingReason::Disposed | ClosingReason::Merged { .. } => {}
                _ => self.confirmed = false,
            },
            CaseEvent::CaseReopened { .. } => self.merged = None,
            _ => {}
        }
    }
}

impl Reported {
    fn look(&mut self, event: &TipEvent, fact: &Fact<'_>) {
        let standing = match event {
            TipEvent::TipReceived { .. } => {
                self.received = Some(fact.at);
                return;
            }
            TipEvent::TipAccepted { case, .. } | TipEvent::LinkedToCase { case } => {
                self.case = Some(*case);
                return;
            }
            TipEvent::Unlinked { .. } => {
                self.case = None;
                return;
            }
            TipEvent::RewardProposed { amount_fen, .. } => {
                self.reward = Some(Reward {
                    case: self.case,
                    amount_fen: *amount_fen,
                    by: fact.actor.person().cloned(),
                    standing: Standing::Proposed,
                });
                return;
            }
            TipEvent::RewardApproved { .. } => Standing::Approved,
            TipEvent::RewardRefused { .. } => Standing::Refused,
            TipEvent::RewardPaid { .. } => Standing::Paid,
            _ => return,
        };
        if let Some(reward) = &mut self.reward {
            reward.standing = standing;
        }
    }
}

impl Rewards {
    fn of_reward(
        &mut self,
        tip: TipId,
        event: &TipEvent,
        whole: bool,
        fact: &Fact<'_>,
        found: &mut Found<'_>,
    ) {
        let known = self.tips.get(&tip);
        let reward = known.and_then(|known| known.reward.as_ref());
        let stands = |standing: Standing| reward.is_some_and(|reward| reward.standing == standing);
        match event {
            TipEvent::RewardProposed { .. } => {
                if reward.is_some() && !stands(Standing::Refused) {
                    found.wrong(fact, "同一条线索又提出了一笔奖励。");
                }
                match known.and_then(|known| known.case) {
                    None => found.wrong(fact, "没有受理的线索提出了奖励。"),
                    Some(case) if whole => self.of_site(tip, case, fact, found),
                    Some(_) => {}
                }
            }
            TipEvent::RewardApproved { amount_fen } => {
                if !stands(Standing::Proposed) {
                    found.wrong(fact, "没有人提出，就批准了奖励。");
                }
                let person = fact.actor.person();
                let own = reward.is_some_and(|reward| reward.by.as_ref() == person);
                if own || person.is_none() {
                    found.wrong(fact, "奖励由提出人自己批准，或者没有人批准。");
                }
                as_proposed(reward, *amount_fen, fact, found);
                let case = known.and_then(|known| known.case);
                if whole && case.is_some_and(|case| self.is_rewarded(case, tip)) {
                    found.wrong(fact, "同一点位已经批准过另一笔奖励。");
                }
                if let Some(case) = case.filter(|_| whole) {
                    self.of_site(tip, case, fact, found);
                }
            }
            TipEvent::RewardPaid { amount_fen } => {
                if stands(Standing::Paid) {
                    found.wrong(fact, "同一笔奖励发放了两次。");
                } else if !stands(Standing::Approved) {
                    found.wrong(fact, "没有批准，就发放了奖励。");
                }
                as_proposed(reward, *amount_fen, fact, found);
            }
            _ => {}
        }
    }

    fn of_site(&self, tip: TipId, case: CaseId, fact: &Fact<'_>, found: &mut Found<'_>) {
        let Some(site) = self.cases.get(&self.goes_on_in(case)) else {
            found.wrong(fact, "没有立案，就提出或者批准了奖励。");
            return;
        };
        if !site.confirmed {
            found.wrong(fact, "点位没有确认为小化工，就提出或者批准了奖励。");
        }
        let accepted = site.tips.iter().filter_map(|tip| {
            let known = self.tips.get(tip).filter(|known| known.case.is_some())?;
            Some((known.received?, *tip))
        });
        if accepted.min().is_some_and(|(_, first)| first != tip) {
            found.wrong(fact, "不是这个点位的首条线索，却提出或者批准了奖励。");
        }
    }

    fn goes_on_in(&self, mut case: CaseId) -> CaseId {
        let mut passed = BTreeSet::new();
        while passed.insert(case)
            && let Some(into) = self.cases.get(&case).and_then(|site| site.merged)
        {
            case = into;
        }
        case
    }

    /// Whether another tip that is of the site, or was when its reward was proposed, has one that was agreed to.
    fn is_rewarded(&self, case: CaseId, but: TipId) -> bool {
        let site = self.goes_on_in(case);
        let of_the_site = |case: Option<CaseId>| case.is_some_and(|case| self.goes_on_in(case) == site);
        let others = self.tips.iter().filter(|(tip, _)| **tip != but);
        let mut rewarded = others.filter_map(|(_, known)| Some((known, known.reward.as_ref()?)));
        rewarded.any(|(known, reward)| {
            let agreed = matches!(reward.standing, Standing::Approved | Standing::Paid);
            agreed && (of_the_site(known.case) || of_the_site(reward.case))
        })
    }
}

fn as_proposed(reward: Option<&Reward>, amount_fen: u64, fact: &Fact<'_>, found: &mut Found<'_>) {
    if reward.is_some_and(|reward| reward.amount_fen != amount_fen) {
        found.wrong(fact, "奖励金额和提出的不同。");
    }
}

#[cfg(test)]
mod tests;
