//! What follows for disposals from what happens to cases. Pure.

use case_domain::{CaseEvent, CaseState, ClosingReason, Progress};
use disposal_domain::draw::DrawEvent;
use disposal_domain::{
    Class, DisposalCommand, DisposalState, DrawSpotCheck, HandOver, MergeDisposal, NoteConflict,
    OrderDisposal, ReopenDisposal, TakeApart,
};
use jurisdiction::CaseId;
use platform::Follow;

pub const CONFIRMED_CASE: &str = "disposal-tracking/confirmed-case-orders-disposal";

pub const CONFLICT: &str = "disposal-tracking/conflict-of-a-case-is-its-disposals";
pub const FOLLOWS_CASE: &str = "disposal-tracking/handed-over-case-takes-its-disposal";
pub const NOT_FIXED: &str = "disposal-tracking/not-fixed-reopens-disposal";
pub const DRAWN: &str = "disposal-tracking/drawn-sites-are-checked";

/// A fact, and what has to be known beside it.
#[derive(Debug)]
pub enum Heard {
    /// With the case as it stood right after the event, and the disposal as it now stands.
    Case(CaseId, CaseEvent, Box<CaseState>, Box<DisposalState>),
    Draw(DrawEvent),
    /// A reporter says that it is not fixed: the tip's case as it now is.
    NotFixed(CaseId, Box<CaseState>),
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
            follows.extend(one(CONFIRMED_CASE, react(event, &after)));
            follows
        }
        Heard::NotFixed(case, state) => {
            let reopened = on_not_fixed(&state).map(|command| (stream(&case), command));
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

/// What was disposed of and is not fixed, as a reporter sees it, is to be done again. `case` is the tip's as it is now. The
/// reporter's own words stay sealed.
pub fn on_not_fixed(case: &CaseState) -> Option<DisposalCommand> {
    let disposed = case.closed == Some(ClosingReason::Disposed);
    disposed.then(|| {
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
mod tests {
    use super::*;
    use disposal_domain::draw::Strata;
    use jurisdiction::{Against, UnitCode, Urgency};

    #[test]
    fn given_a_confirmed_case_then_its_owner_is_ordered_to_dispose_of_it() {
        let confirmed = CaseEvent::CaseConfirmed {
            class: case_domain::Class::C,
            owner: UnitCode::of("321322102"),
            place: case_domain::Place {
                text: "老砖瓦厂".into(),
                ..Default::default()
            },
            summary: "无证生产".into(),
            urgency: Urgency::Urgent,
        };
        let after = CaseState {
            against: Against::unit(UnitCode::of("321322103")),
            ..CaseState::default()
        };
        let Some(DisposalCommand::Order(order)) = react(confirmed, &after) else {
            panic!("an order")
        };
        assert_eq!(order.against, after.against);
        assert_eq!(
            (order.class, order.unit, order.place.as_str()),
            (Class::C, UnitCode::of("321322102"), "老砖瓦厂")
        );
    }
    #[test]
    fn given_anything_else_then_nothing_follows() {
        let acknowledged = CaseEvent::CaseAcknowledged {};
        assert!(on_conflict(&acknowledged).is_none());
        assert!(react(acknowledged, &CaseState::default()).is_none());
    }
    #[test]
    fn given_a_conflict_of_the_case_then_the_disposal_has_it_too() {
        let against = Against::unit(UnitCode::of("321322103"));
        let noted = CaseEvent::ConflictNoted {
            against: against.clone(),
        };
        assert!(matches!(
            on_conflict(&noted),
            Some(DisposalCommand::NoteConflict(note)) if note.against == against
        ));
    }
    #[test]
    fn given_a_confirmed_case_that_changes_hands_then_its_disposal_goes_along() {
        let reassigned = CaseEvent::CaseReassigned {
            to: UnitCode::of("321322-HJ"),
            reason: "原承办单位须回避".into(),
        };
        let standing = |progress| CaseState {
            progress,
            ..CaseState::default()
        };
        assert!(matches!(
            follows_case(&reassigned, &standing(Progress::Confirmed)),
            Some(DisposalCommand::HandOver(over)) if over.to == UnitCode::of("321322-HJ")
        ));
        assert!(follows_case(&reassigned, &standing(Progress::Assigned)).is_none());
    }
    #[test]
    fn given_a_confirmed_case_that_is_merged_then_its_disposal_is_too_and_comes_back_with_it() {
        let confirmed = CaseState {
            progress: Progress::Confirmed,
            ..CaseState::default()
        };
        let merged = CaseEvent::CasesMerged {
            into: CaseId::sample(9),
            reason: "同一砖瓦厂".into(),
        };
        assert!(matches!(
            follows_case(&merged, &confirmed),
            Some(DisposalCommand::Merge(merge)) if merge.into == CaseId::sample(9)
        ));
        let reopened = CaseEvent::CaseReopened {
            reason: "并案有误".into(),
        };
        // A failed spot check reopens its measures by itself.
        assert!(follows_case(&reopened, &confirmed).is_none());
        let apart = CaseState {
            unmerged_from: Some(CaseId::sample(9)),
            ..confirmed
        };
        assert!(matches!(
            follows_case(&reopened, &apart),
            Some(DisposalCommand::TakeApart(_))
        ));
    }
    #[test]
    fn given_a_reporter_who_sees_it_is_not_fixed_then_what_was_disposed_of_is_reopened() {
        let closed = |reason| CaseState {
            closed: reason,
            ..CaseState::default()
        };
        let follows = |reason| on_not_fixed(&closed(reason)).is_some();
        assert!(follows(Some(ClosingReason::Disposed)));
        assert!(!follows(Some(ClosingReason::FoundClean)), "there is no disposal");
        assert!(!follows(None), "somebody is at it");
    }
    #[test]
    fn given_a_draw_then_every_chosen_site_is_checked_with_its_seed() {
        let chosen: Strata = [
            (UnitCode::of("321302"), [CaseId::sample(1)].into()),
            (UnitCode::of("321322"), [2, 3].map(CaseId::sample).into()),
        ]
        .into();
        let made = DrawEvent::DrawMade {
            round: 4,
            seed: "03 07".into(),
            chosen,
        };
        let commands = on_draw(&made);
        assert_eq!(commands.len(), 3);
        assert!(commands.iter().all(|(_, command)| matches!(
            command,
            DisposalCommand::DrawSpotCheck(draw) if draw.round == 4 && draw.seed == "03 07"
        )));
    }
}
