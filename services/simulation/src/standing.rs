//! What is known of a tip's site when a reward is at stake, gathered from the log as tip intake gathers it from the store.

use crate::log::Log;
use case_domain::{Case, CaseEvent, CaseState, ClosingReason, Origin, Progress as CaseProgress};
use decider::{StoredEvent, decode};
use jurisdiction::{CaseId, TipId};
use std::collections::BTreeSet;
use tip_domain::{Progress, SiteStanding, Tip, TipEvent};

/// Of a tip and the case that it is of.
pub fn standing(log: &Log, tip: TipId, case: CaseId) -> SiteStanding {
    let of = goes_on_in(log, case);
    let case = log.state::<Case>(&format!("case-{of}"));
    SiteStanding {
        confirmed: case.is_some_and(is_confirmed),
        first: case.and_then(|case| first_tip(log, case)) == Some(tip),
        rewarded: is_rewarded_for(log, of, tip),
    }
}

/// Of all tips of the case that were accepted, the one that came in first.
pub fn first_tip(log: &Log, case: &CaseState) -> Option<TipId> {
    let accepted = case.tips.iter().filter_map(|tip| {
        let state = log.state::<Tip>(&format!("tip-{tip}"))?;
        let at = state.received_at?;
        matches!(state.progress, Progress::Accepted { .. }).then_some((at, *tip))
    });
    accepted.min().map(|(_, tip)| tip)
}

fn is_confirmed(case: &CaseState) -> bool {
    case.progress == CaseProgress::Confirmed || matches!(case.closed, Some(ClosingReason::Disposed))
}

fn goes_on_in(log: &Log, mut case: CaseId) -> CaseId {
    let mut passed = BTreeSet::new();
    while passed.insert(case) {
        let merged = log
            .state::<Case>(&format!("case-{case}"))
            .and_then(|state| state.merged);
        match merged {
            Some((into, _)) => case = into,
            None => break,
        }
    }
    case
}

/// Whether another tip that is of the site, or was when its reward was proposed, has one that nobody refused.
fn is_rewarded_for(log: &Log, case: CaseId, but: TipId) -> bool {
    let (mut to_look_at, mut looked_at) = (vec![case], BTreeSet::new());
    let (mut tips, mut rewarded) = (BTreeSet::new(), Vec::new());
    while let Some(next) = to_look_at.pop() {
        if !looked_at.insert(next) {
            continue;
        }
        for tip in ever_of(log, next) {
            if tip == but || !tips.insert(tip) {
                continue;
            }
            let (cases, rewarded_in) = past(log, tip);
            to_look_at.extend(cases.into_iter().filter(|of| goes_on_in(log, *of) == case));
            rewarded.extend(rewarded_in.into_iter().flatten());
        }
    }
    rewarded.iter().any(|of| looked_at.contains(of))
}

fn ever_of(log: &Log, case: CaseId) -> Vec<TipId> {
    let linked = facts::<CaseEvent>(log, &format!("case-{case}")).filter_map(|fact| match fact {
        CaseEvent::CaseOpened {
            origin: Origin::Tip { tip },
            ..
        }
        | CaseEvent::TipLinked { tip } => Some(tip),
        _ => None,
    });
    linked.collect()
}

/// Where a tip has been, and where it was rewarded.
fn past(log: &Log, tip: TipId) -> (BTreeSet<CaseId>, [Option<CaseId>; 2]) {
    let (mut cases, mut now, mut proposed_in) = (BTreeSet::new(), None, None);
    for fact in facts::<TipEvent>(log, &format!("tip-{tip}")) {
        match fact {
            TipEvent::TipAccepted { case, .. } | TipEvent::LinkedToCase { case } => {
                cases.insert(case);
                now = Some(case);
            }
            TipEvent::Unlinked { .. } => now = None,
            TipEvent::RewardProposed { .. } => proposed_in = now,
            TipEvent::RewardRefused { .. } => proposed_in = None,
            _ => {}
        }
    }
    let rewarded_in = match proposed_in {
        Some(_) => [proposed_in, now],
        None => [None, None],
    };
    (cases, rewarded_in)
}

fn facts<'l, E: StoredEvent>(log: &'l Log, stream: &str) -> impl Iterator<Item = E> + use<'l, E> {
    log.stream(stream)
        .filter_map(|fact| decode(&fact.name, fact.data.clone()).ok())
        .collect::<Vec<E>>()
        .into_iter()
}
