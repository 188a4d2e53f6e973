//! What follows for cases from what happens to tips and disposals. Pure.

mod disposals;

pub use disposals::{asks_for_the_case, still_holds};

use case_domain::{
    AbsorbCase, CaseCommand, CaseEvent, CaseState, ClosingReason, LinkTip, OpenCase, Origin, Place,
    ReopenCase, UnlinkTip,
};
use disposal_domain::DisposalEvent;
use disposals::{on_disposal, on_reclassification, on_relapse};
use jiff::Timestamp;
use jurisdiction::{Against, CaseId, TipId, Urgency};
use platform::Follow;
use tip_domain::{TipEvent, TipState};

/// Categories of the facts that something follows from here.
pub const HEARS: [&str; 3] = ["tip", "case", "disposal"];
pub const ACCEPTED_TIP: &str = "case-assignment/accepted-tip-opens-or-joins-case";
pub const MERGED: &str = "case-assignment/tips-follow-their-case";
pub const ABSORBED: &str = "case-assignment/cases-of-one-site-are-about-the-same-people";
pub const STRANGERS: &str = "case-assignment/tips-of-another-site-are-let-go";
pub const CIRCLE: &str = "case-assignment/cases-merged-into-each-other-are-taken-apart";
pub const DISPOSAL: &str = "case-assignment/disposal-closes-or-reopens-case";
pub const CLASS: &str = "case-assignment/case-has-the-class-of-its-disposal";
pub const NOT_FIXED: &str = "case-assignment/not-fixed-reopens-case";
pub const RELAPSE: &str = "case-assignment/relapse-opens-case";

/// A fact, and what has to be known beside it.
#[derive(Debug)]
pub enum Heard {
    /// With the tip as it stood right after the event.
    Tip(TipId, TipEvent, Box<TipState>),
    /// A reporter said then that it is not fixed: the tip's case as it now is.
    NotFixed(CaseId, Box<CaseState>, Timestamp),
    Case(CaseHeard),
    /// With the case as it now stands, if [`asks_for_the_case`].
    Disposal(CaseId, DisposalEvent, Option<Box<CaseState>>),
}

/// A fact by which something goes from case to case.
#[derive(Debug)]
pub struct CaseHeard {
    pub case: CaseId,
    pub event: CaseEvent,
    /// The case as it stood right after the event.
    pub after: Box<CaseState>,
    /// The cases that go on in this one, if it turned out to be about somebody.
    pub absorbed: Vec<CaseId>,
    /// Whom the case is about that this one was merged into.
    pub survivor_against: Against,
    /// The cases that now lead from this one back to itself, if it was merged; empty if it goes on somewhere.
    pub circle: Vec<CaseId>,
    /// Where the case goes on now that this one was taken out of, if it was.
    pub left_goes_on_in: Option<CaseId>,
    /// Tips that it still lists after it was taken out of another case, and that have gone elsewhere meanwhile.
    pub strangers: Vec<TipId>,
}

/// Only these carry something from a tip to its case; for nothing else is the tip itself worth a look.
pub fn goes_to_cases(event: &TipEvent) -> bool {
    matches!(
        event,
        TipEvent::TipAccepted { .. }
            | TipEvent::LinkedToCase { .. }
            | TipEvent::Unlinked { .. }
            | TipEvent::ConflictNoted { .. }
            | TipEvent::DangerRaised {}
            | TipEvent::NotFixedSaid { .. }
    )
}

/// Only these carry something from case to case; for nothing else is the case itself worth a look.
pub fn goes_to_other_cases(event: &CaseEvent) -> bool {
    matches!(
        event,
        CaseEvent::CasesMerged { .. }
            | CaseEvent::CaseReopened { .. }
            | CaseEvent::TipLinked { .. }
            | CaseEvent::ConflictNoted { .. }
            | CaseEvent::MadeConfidential {}
            | CaseEvent::MadeUrgent {}
    )
}

/// All that follows from a fact, in the order in which it is done.
pub fn reactions(heard: Heard) -> Vec<Follow<CaseCommand>> {
    match heard {
        Heard::Tip(tip, event, after) => Follow::all(ACCEPTED_TIP, on_tip(tip, event, &after).map(on)),
        Heard::NotFixed(case, state, said_at) => {
            let reopened = on_not_fixed(&state, said_at).map(|command| on((case, command)));
            Follow::all(NOT_FIXED, reopened)
        }
        Heard::Case(heard) => on_heard(&heard),
        Heard::Disposal(case, event, state) => {
            let closing = on_disposal(&event).map(|command| on((case, command)));
            let mut follows = Follow::all(DISPOSAL, closing);
            let corrected = on_reclassification(&event).map(|command| on((case, command)));
            follows.extend(Follow::all(CLASS, corrected));
            let relapse = state.and_then(|state| on_relapse(case, &state, &event));
            follows.extend(Follow::all(RELAPSE, relapse.map(on)));
            follows
        }
    }
}

fn on((case, command): (CaseId, CaseCommand)) -> (String, CaseCommand) {
    (format!("case-{case}"), command)
}

fn on_heard(heard: &CaseHeard) -> Vec<Follow<CaseCommand>> {
    let mut carried = on_case(&heard.event, &heard.after);
    // Out of a circle: the other one still goes on in this one, and so do the tips of both.
    if heard.left_goes_on_in == Some(heard.case) {
        carried.clear();
    }
    let mut follows = Follow::all(MERGED, carried.into_iter().map(on));
    follows.extend(Follow::all(ABSORBED, kept_from(heard).into_iter().map(on)));
    follows.extend(let_go(heard));
    follows.extend(Follow::all(CIRCLE, untangled(&heard.circle).map(on)));
    follows
}

/// Whom a case is about, the cases that go on in it are about as well: their site is the same, and whoever saw one of them
/// would know of the other.
fn kept_from(heard: &CaseHeard) -> Vec<(CaseId, CaseCommand)> {
    let about = |case: CaseId, against: &Against| {
        let learns = AbsorbCase {
            tips: vec![],
            against: against.clone(),
            urgency: Urgency::Normal,
            confidential: false,
            co_handlers: vec![],
        };
        (case, CaseCommand::Absorb(learns))
    };
    if matches!(heard.event, CaseEvent::CasesMerged { .. }) && !heard.survivor_against.is_empty() {
        return vec![about(heard.case, &heard.survivor_against)];
    }
    let absorbed = heard.absorbed.iter();
    absorbed.map(|case| about(*case, &heard.after.against)).collect()
}

/// A tip that turned out to be of another site, while the cases were one, comes back with neither of them.
fn let_go(heard: &CaseHeard) -> Vec<Follow<CaseCommand>> {
    let listed = heard.after.tips.iter().enumerate();
    let gone = listed.filter(|(_, tip)| heard.strangers.contains(tip));
    let unlink = |(index, tip): (usize, &TipId)| {
        let (stream, command) = on((heard.case, CaseCommand::UnlinkTip(UnlinkTip { tip: *tip })));
        Follow {
            policy: STRANGERS,
            // Its place in the list: heard again, more may have gone.
            index,
            stream,
            command,
        }
    };
    gone.map(unlink).collect()
}

/// Whether a tip is of neither case any more.
pub fn is_stranger(tip: &TipState, case: CaseId, left: CaseId) -> bool {
    !matches!(tip.progress, tip_domain::Progress::Accepted { case: of } if of == case || of == left)
}

/// An accepted tip opens a case, or joins one; whom it turns out to be about, the case is about as well, and it is urgent once
/// there is danger. `after` is the tip right after the event.
pub fn on_tip(tip: TipId, event: TipEvent, after: &TipState) -> Option<(CaseId, CaseCommand)> {
    let known = || LinkTip {
        tip,
        against: after.against.clone(),
        urgency: pressing(after.urgent),
        confidential: after.confidential,
    };
    match (&event, &after.progress) {
        (TipEvent::LinkedToCase { case }, _) => return Some((*case, CaseCommand::LinkTip(known()))),
        (
            TipEvent::ConflictNoted { .. } | TipEvent::DangerRaised {},
            tip_domain::Progress::Accepted { case },
        ) => return Some((*case, CaseCommand::LearnOfTip(known()))),
        (TipEvent::Unlinked { case, .. }, _) => {
            return Some((*case, CaseCommand::UnlinkTip(UnlinkTip { tip })));
        }
        _ => {}
    }
    let TipEvent::TipAccepted {
        case,
        opens_case,
        summary,
        enterprise,
        place,
        urgency,
        confidential,
        against,
    } = event
    else {
        return None;
    };
    if !opens_case {
        let link = LinkTip {
            tip,
            against,
            urgency,
            confidential,
        };
        return Some((case, CaseCommand::LinkTip(link)));
    }
    let open = OpenCase {
        origin: Origin::Tip { tip },
        summary,
        enterprise,
        place: placed(place),
        urgency,
        confidential,
        against,
    };
    Some((case, CaseCommand::Open(open)))
}

/// What a merged case knows goes to the surviving one, whatever it learns later too; its tips leave that one again if the
/// cases are taken apart. `after` is the case right after the event.
pub fn on_case(event: &CaseEvent, after: &CaseState) -> Vec<(CaseId, CaseCommand)> {
    match (event, &after.closed, after.unmerged_from) {
        (CaseEvent::CasesMerged { into, .. }, ..) => vec![(*into, absorbed(after))],
        (
            CaseEvent::TipLinked { .. }
            | CaseEvent::ConflictNoted { .. }
            | CaseEvent::MadeConfidential {}
            | CaseEvent::MadeUrgent {},
            Some(ClosingReason::Merged { into }),
            _,
        ) => vec![(*into, learnt(after))],
        (CaseEvent::CaseReopened { .. }, _, Some(from)) => {
            let leave = |tip: &TipId| (from, CaseCommand::UnlinkTip(UnlinkTip { tip: *tip }));
            after.tips.iter().map(leave).collect()
        }
        _ => vec![],
    }
}

fn absorbed(case: &CaseState) -> CaseCommand {
    let co_handlers = case.owner.iter().chain(&case.co_handlers).cloned();
    CaseCommand::Absorb(AbsorbCase {
        co_handlers: co_handlers.collect(),
        ..known(case)
    })
}

/// Those who had it work on it there since it was merged, unless they were let go.
fn learnt(case: &CaseState) -> CaseCommand {
    CaseCommand::Absorb(known(case))
}

fn known(case: &CaseState) -> AbsorbCase {
    AbsorbCase {
        tips: case.tips.clone(),
        against: case.against.clone(),
        urgency: case.urgency,
        confidential: case.confidential,
        co_handlers: vec![],
    }
}

/// Where a case goes on, if it is merged now.
pub fn merged_into(case: &CaseState) -> Option<CaseId> {
    match &case.closed {
        Some(ClosingReason::Merged { into }) => Some(*into),
        _ => None,
    }
}

/// What a reporter says is not fixed is looked at again, with new deadlines. `case` is the tip's as it is now. What was
/// disposed of, the disposal takes up again itself.
pub fn on_not_fixed(case: &CaseState, said_at: Timestamp) -> Option<CaseCommand> {
    // Heard once more, after the case was taken up and closed again: of that its reporters have been told anew.
    if case.closed_at.is_some_and(|closed_at| closed_at > said_at) {
        return None;
    }
    match case.closed {
        Some(ClosingReason::FoundClean | ClosingReason::NotSmallChemical { .. }) => {
            let reason = "举报人反映问题没有解决".to_owned();
            Some(CaseCommand::Reopen(ReopenCase { reason }))
        }
        _ => None,
    }
}

/// Of cases that were merged into each other at once none would go on: the one with the smallest number is taken out
/// again. `circle` are those cases; empty if there is none.
pub fn untangled(circle: &[CaseId]) -> Option<(CaseId, CaseCommand)> {
    let first = circle.iter().min_by_key(|case| case.0)?;
    let reason = "同时互相并案，由本案继续办理。".to_owned();
    Some((*first, CaseCommand::Reopen(ReopenCase { reason })))
}

fn pressing(urgent: bool) -> Urgency {
    match urgent {
        true => Urgency::Urgent,
        false => Urgency::Normal,
    }
}

fn placed(place: tip_domain::Place) -> Place {
    let coordinates = place.coordinates.map(|at| case_domain::Coordinates {
        latitude: at.latitude,
        longitude: at.longitude,
    });
    Place {
        text: place.text,
        coordinates,
        division: place.division,
    }
}

#[cfg(test)]
mod tests;
