//! What follows for disposals from what happens to cases. Pure.

use case_domain::{CaseEvent, CaseState, ClosingReason, Origin, Progress};
use disposal_domain::draw::DrawEvent;
use disposal_domain::{
    AbsorbDisposal, Class, ConfirmRelapse, DisposalCommand, DisposalState, DrawSpotCheck, HandOver,
    MakeUrgent, MergeDisposal, NoteConflict, OrderDisposal, ReopenDisposal, TakeApart,
};
use jiff::Timestamp;
use jurisdiction::CaseId;
use platform::Follow;

/// Categories of the facts that something follows from here.
pub const HEARS: [&str; 3] = ["tip", "case", "draw"];
pub const CONFIRMED_CASE: &str = "disposal-tracking/confirmed-case-orders-disposal";

pub const CONFLICT: &str = "disposal-tracking/conflict-of-a-case-is-its-disposals";
pub const FOLLOWS_CASE: &str = "disposal-tracking/handed-over-case-takes-its-disposal";
pub const NOT_FIXED: &str = "disposal-tracking/not-fixed-reopens-disposal";
pub const DRAWN: &str = "disposal-tracking/drawn-sites-are-checked";
pub const UNDONE: &str = "disposal-tracking/undone-in-a-merged-case-is-undone-in-the-other";
pub const URGENT: &str = "disposal-tracking/urgent-case-has-an-urgent-disposal";
pub const RELAPSE: &str = "disposal-tracking/confirmed-relapse-is-known-to-the-old-disposal";
pub const UNLISTED: &str = "disposal-tracking/sites-on-no-public-list-are-all-checked";

/// Stands where a drawn site has the seed of its draw.
const NOT_DRAWN: &str = "须回避的案件，不列入公开名单，一律抽查";

/// A fact, and what has to be known beside it.
#[derive(Debug)]
pub enum Heard {
    /// With the case as it stood right after the event, and the disposal as it now stands.
    Case(CaseId, CaseEvent, Box<CaseState>, Box<DisposalState>),
    Draw(DrawEvent),
    /// A reporter said then that it is not fixed: the tip's case as it now is.
    NotFixed(CaseId, Box<CaseState>, Timestamp),
}

/// Whether anything follows from a fact of a case; nothing else is worth a look at the stream.
pub fn concerns_disposals(event: &CaseEvent) -> bool {
    matches!(
        event,
        CaseEvent::ConflictNoted { .. }
            | CaseEvent::CaseConfirmed { .. }
            | CaseEvent::CaseReassigned { .. }
            | CaseEvent::CaseDesignated { .. }
            | CaseEvent::CasesMerged { .. }
            | CaseEvent::CaseReopened { .. }
            | CaseEvent::MadeUrgent {}
            | CaseEvent::CaseClosed {
                reason: ClosingReason::Disposed,
                ..
            }
    )
}

/// All that follows from a fact.
pub fn reactions(heard: Heard) -> Vec<Follow<DisposalCommand>> {
    let stream = |case: &CaseId| format!("disposal-{case}");
    match heard {
        Heard::Case(case, event, after, disposal) => {
            let one = |policy, command: Option<DisposalCommand>| {
                Follow::all(policy, command.map(|command| (stream(&case), command)))
            };
            // Not ordered yet: the order will say whom it is about.
            let ordered = disposal.progress != disposal_domain::Progress::Absent;
            let mut follows = one(CONFLICT, on_conflict(&event).filter(|_| ordered));
            follows.extend(one(FOLLOWS_CASE, follows_case(&event, &after)));
            follows.extend(one(URGENT, on_urgency(&event).filter(|_| ordered)));
            follows.extend(one(UNLISTED, on_unlisted(&event, &after, &disposal)));
            let others = |policy, command: Option<(CaseId, DisposalCommand)>| {
                Follow::all(policy, command.map(|(case, command)| (stream(&case), command)))
            };
            follows.extend(others(UNDONE, on_merger(case, &event, &after, &disposal)));
            follows.extend(others(RELAPSE, on_relapse(case, &event, &after)));
            follows.extend(one(CONFIRMED_CASE, react(event, &after)));
            follows
        }
        Heard::NotFixed(case, state, said_at) => {
            let reopened = on_not_fixed(&state, said_at).map(|command| (stream(&case), command));
            Follow::all(NOT_FIXED, reopened)
        }
        Heard::Draw(event) => {
            let checks = on_draw(&event).into_iter();
            Follow::all(DRAWN, checks.map(|(case, command)| (stream(&case), command)))
        }
    }
}

/// Whom a case turns out to be about, its disposal is about as well.
pub fn on_conflict(event: &CaseEvent) -> Option<DisposalCommand> {
    let CaseEvent::ConflictNoted { against } = event else {
        return None;
    };
    let against = against.clone();
    Some(DisposalCommand::NoteConflict(NoteConflict { against }))
}

/// A confirmed case takes its disposal along: to another owner, into another case, and out of it again. `after` is the
/// case right after the event.
pub fn follows_case(event: &CaseEvent, after: &CaseState) -> Option<DisposalCommand> {
    match event {
        CaseEvent::CaseReassigned { to, reason } | CaseEvent::CaseDesignated { to, reason }
            if after.progress == Progress::Confirmed =>
        {
            let (to, reason) = (to.clone(), reason.clone());
            Some(DisposalCommand::HandOver(HandOver { to, reason }))
        }
        CaseEvent::CasesMerged { into, .. } if after.progress == Progress::Confirmed => {
            Some(DisposalCommand::Merge(MergeDisposal { into: *into }))
        }
        CaseEvent::CaseReopened { .. }
            if after.progress == Progress::Confirmed && after.unmerged_from.is_some() =>
        {
            Some(DisposalCommand::TakeApart(TakeApart {}))
        }
        _ => None,
    }
}

/// What begins from now on has the limits of an urgent case.
pub fn on_urgency(event: &CaseEvent) -> Option<DisposalCommand> {
    matches!(event, CaseEvent::MadeUrgent {}).then_some(DisposalCommand::MakeUrgent(MakeUrgent {}))
}

/// A merger ends the clocks of one case; what is undone there is undone in the disposal that goes on. `after` is the case
/// right after the event, `disposal` its disposal.
pub fn on_merger(
    case: CaseId,
    event: &CaseEvent,
    after: &CaseState,
    disposal: &DisposalState,
) -> Option<(CaseId, DisposalCommand)> {
    let CaseEvent::CasesMerged { into, .. } = event else {
        return None;
    };
    let measures: Vec<_> = disposal.open_measures().collect();
    let undone = after.progress == Progress::Confirmed && !measures.is_empty();
    let absorb = AbsorbDisposal { from: case, measures };
    undone.then_some((*into, DisposalCommand::Absorb(absorb)))
}

/// Only a confirmed case shows that the old site is back: until then that goes on being watched.
pub fn on_relapse(case: CaseId, event: &CaseEvent, after: &CaseState) -> Option<(CaseId, DisposalCommand)> {
    match (event, &after.origin) {
        (CaseEvent::CaseConfirmed { .. }, Some(Origin::Relapse { of, .. })) => {
            let confirm = ConfirmRelapse { new_case: case };
            Some((*of, DisposalCommand::ConfirmRelapse(confirm)))
        }
        _ => None,
    }
}

/// What is about somebody is on no public list, and is checked all the same: every one, once its case is closed or the
/// conflict is noted afterwards. `after` is the case right after the event, `disposal` its disposal.
pub fn on_unlisted(
    event: &CaseEvent,
    after: &CaseState,
    disposal: &DisposalState,
) -> Option<DisposalCommand> {
    let heard = match event {
        CaseEvent::CaseClosed { reason, .. } => *reason == ClosingReason::Disposed,
        CaseEvent::ConflictNoted { .. } => after.progress == Progress::Closed,
        _ => false,
    };
    let unlisted = heard && !after.against.is_empty() && disposal.awaits_check();
    unlisted.then(|| {
        let last = disposal.spot_check.as_ref().map(|check| check.round);
        DisposalCommand::DrawSpotCheck(DrawSpotCheck {
            seed: NOT_DRAWN.to_owned(),
            round: last.unwrap_or_default() + 1,
        })
    })
}

/// What was disposed of and is not fixed, as a reporter sees it, is to be done again. `case` is the tip's as it is now. The
/// reporter's own words stay sealed.
pub fn on_not_fixed(case: &CaseState, said_at: Timestamp) -> Option<DisposalCommand> {
    // Heard once more, after it was disposed of again: of that its reporters have been told anew.
    let since = case.closed_at.is_some_and(|closed_at| closed_at > said_at);
    let disposed = case.closed == Some(ClosingReason::Disposed);
    (disposed && !since).then(|| {
        let reason = "举报人反映问题没有解决".to_owned();
        DisposalCommand::Reopen(ReopenDisposal { reason })
    })
}

/// Every chosen site is checked.
pub fn on_draw(event: &DrawEvent) -> Vec<(CaseId, DisposalCommand)> {
    let DrawEvent::DrawMade { round, seed, chosen } = event else {
        return vec![];
    };
    let check = |case: &CaseId| {
        let (seed, round) = (seed.clone(), *round);
        (
            *case,
            DisposalCommand::DrawSpotCheck(DrawSpotCheck { seed, round }),
        )
    };
    chosen.values().flatten().map(check).collect()
}

/// A confirmed case orders the disposal that its class prescribes. `after` is the case right after the event.
pub fn react(event: CaseEvent, after: &CaseState) -> Option<DisposalCommand> {
    let CaseEvent::CaseConfirmed {
        class,
        owner,
        place,
        summary,
        urgency,
    } = event
    else {
        return None;
    };
    let class = match class {
        case_domain::Class::A => Class::A,
        case_domain::Class::B => Class::B,
        case_domain::Class::C => Class::C,
    };
    let place = match place.coordinates {
        Some(at) if place.text.is_empty() => format!("北纬 {:.5}，东经 {:.5}", at.latitude, at.longitude),
        _ => place.text,
    };
    Some(DisposalCommand::Order(OrderDisposal {
        class,
        unit: owner,
        place,
        summary,
        urgency,
        against: after.against.clone(),
    }))
}

#[cfg(test)]
mod tests;
