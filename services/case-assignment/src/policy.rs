//! What follows for cases from what happens to tips and disposals. Pure.

use case_domain::{
    CaseCommand, CaseEvent, CaseState, CloseDisposed, ClosingReason, LinkTip, OpenCase, Origin, Place,
    RelapseLink, ReopenCase, UnlinkTip,
};
use disposal_domain::DisposalEvent;
use jurisdiction::{CaseId, TipId, Urgency};
use platform::Follow;
use tip_domain::{TipEvent, TipState};

pub const ACCEPTED_TIP: &str = "case-assignment/accepted-tip-opens-or-joins-case";
pub const MERGED: &str = "case-assignment/tips-follow-their-case";
pub const DISPOSAL: &str = "case-assignment/disposal-closes-or-reopens-case";
pub const NOT_FIXED: &str = "case-assignment/not-fixed-reopens-case";
pub const RELAPSE: &str = "case-assignment/relapse-opens-case";

/// A fact, and what has to be known beside it.
#[derive(Debug)]
pub enum Heard {
    /// With the tip as it stood right after the event.
    Tip(TipId, TipEvent, Box<TipState>),
    /// A reporter says that it is not fixed: the tip's case as it now is.
    NotFixed(CaseId, Box<CaseState>),
    /// With the case as it stood right after the event.
    Case(CaseEvent, Box<CaseState>),
    /// With the case as it now stands, if [`asks_for_the_case`].
    Disposal(CaseId, DisposalEvent, Option<Box<CaseState>>),
}

/// Only these carry tips from case to case; for nothing else is the case itself worth a look.
pub fn carries_tips(event: &CaseEvent) -> bool {
    matches!(
        event,
        CaseEvent::CasesMerged { .. }
            | CaseEvent::CaseReopened { .. }
            | CaseEvent::TipLinked { .. }
            | CaseEvent::ConflictNoted { .. }
    )
}

/// Whether what follows from the disposal's fact depends on its case.
pub fn asks_for_the_case(event: &DisposalEvent) -> bool {
    matches!(event, DisposalEvent::RelapseFound { .. })
}

/// All that follows from a fact, in the order in which it is done.
pub fn reactions(heard: Heard) -> Vec<Follow<CaseCommand>> {
    let on = |(case, command): (CaseId, CaseCommand)| (format!("case-{case}"), command);
    match heard {
        Heard::Tip(tip, event, after) => Follow::all(ACCEPTED_TIP, on_tip(tip, event, &after).map(on)),
        Heard::NotFixed(case, state) => {
            let reopened = on_not_fixed(&state).map(|command| on((case, command)));
            Follow::all(NOT_FIXED, reopened)
        }
        Heard::Case(event, after) => Follow::all(MERGED, on_case(&event, &after).into_iter().map(on)),
        Heard::Disposal(case, event, state) => {
            let closing = on_disposal(&event).map(|command| on((case, command)));
            let mut follows = Follow::all(DISPOSAL, closing);
            let relapse = state.and_then(|state| on_relapse(case, &state, &event));
            follows.extend(Follow::all(RELAPSE, relapse.map(on)));
            follows
        }
    }
}

/// An accepted tip opens a case, or joins one; whom it turns out to be about, the case is about as well. `after` is the tip
/// right after the event.
pub fn on_tip(tip: TipId, event: TipEvent, after: &TipState) -> Option<(CaseId, CaseCommand)> {
    match (&event, &after.progress) {
        (TipEvent::ConflictNoted { .. }, tip_domain::Progress::Accepted { case })
        | (TipEvent::LinkedToCase { case }, _) => {
            let against = after.against.clone();
            return Some((*case, CaseCommand::LinkTip(LinkTip { tip, against })));
        }
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
        return Some((case, CaseCommand::LinkTip(LinkTip { tip, against })));
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

/// The tips of a merged case go to the surviving one, those too that reach it later, and leave it again if the cases are
/// taken apart.
/// `after` is the case right after the event.
pub fn on_case(event: &CaseEvent, after: &CaseState) -> Vec<(CaseId, CaseCommand)> {
    let tips = after.tips.iter().copied();
    match (event, after.unmerged_from) {
        (
            CaseEvent::CasesMerged { .. } | CaseEvent::TipLinked { .. } | CaseEvent::ConflictNoted { .. },
            _,
        ) => {
            let Some((into, _)) = after.merged else {
                return vec![];
            };
            let link = |tip| {
                let against = after.against.clone();
                (into, CaseCommand::LinkTip(LinkTip { tip, against }))
            };
            tips.map(link).collect()
        }
        (CaseEvent::CaseReopened { .. }, Some(from)) => tips
            .map(|tip| (from, CaseCommand::UnlinkTip(UnlinkTip { tip })))
            .collect(),
        _ => vec![],
    }
}

/// What a reporter says is not fixed is looked at again, with new deadlines. `case` is the tip's as it is now. What was
/// disposed of, the disposal takes up again itself.
pub fn on_not_fixed(case: &CaseState) -> Option<CaseCommand> {
    match case.closed {
        Some(ClosingReason::FoundClean | ClosingReason::NotSmallChemical { .. }) => {
            let reason = "举报人反映问题没有解决".to_owned();
            Some(CaseCommand::Reopen(ReopenCase { reason }))
        }
        _ => None,
    }
}

/// A closed disposal closes its case; a failed spot check, or a reporter who sees that it is not fixed, takes it back.
pub fn on_disposal(event: &DisposalEvent) -> Option<CaseCommand> {
    match event {
        DisposalEvent::DisposalClosed {} => Some(CaseCommand::CloseDisposed(CloseDisposed {})),
        DisposalEvent::SpotCheckFailed { finding, .. } => Some(CaseCommand::Reopen(ReopenCase {
            reason: format!("抽查不合格：{finding}"),
        })),
        DisposalEvent::DisposalReopened { reason, .. } => Some(CaseCommand::Reopen(ReopenCase {
            reason: reason.clone(),
        })),
        _ => None,
    }
}

/// A relapse opens a new, urgent case that names the old one.
pub fn on_relapse(old: CaseId, state: &CaseState, event: &DisposalEvent) -> Option<(CaseId, CaseCommand)> {
    let DisposalEvent::RelapseFound { new_case, link, note } = event else {
        return None;
    };
    let open = OpenCase {
        origin: Origin::Relapse {
            of: old,
            link: linked(*link),
            note: note.clone(),
        },
        summary: format!("死灰复燃：{note}（原案情：{}）", state.summary),
        enterprise: state.enterprise.clone(),
        place: state.place.clone(),
        urgency: Urgency::Urgent,
        confidential: state.confidential,
        against: state.against.clone(),
    };
    Some((*new_case, CaseCommand::Open(open)))
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

fn linked(link: disposal_domain::RelapseLink) -> RelapseLink {
    use disposal_domain::RelapseLink as Found;
    match link {
        Found::Site => RelapseLink::Site,
        Found::Person => RelapseLink::Person,
        Found::Landlord => RelapseLink::Landlord,
        Found::Product => RelapseLink::Product,
        Found::Equipment => RelapseLink::Equipment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::Against;

    fn accepted(opens_case: bool) -> TipEvent {
        TipEvent::TipAccepted {
            case: CaseId::sample(7),
            opens_case,
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: None,
            place: tip_domain::Place {
                text: "老砖瓦厂".into(),
                ..Default::default()
            },
            urgency: Urgency::Normal,
            confidential: true,
            against: Against::unit(jurisdiction::UnitCode::of("321322102")),
        }
    }

    #[test]
    fn given_an_accepted_tip_then_its_case_opens_with_its_confidentiality() {
        let (case, command) =
            on_tip(TipId::sample(1), accepted(true), &TipState::default()).expect("a command");
        assert_eq!(case, CaseId::sample(7));
        let CaseCommand::Open(open) = command else {
            panic!("{command:?}")
        };
        assert_eq!(
            open.against,
            Against::unit(jurisdiction::UnitCode::of("321322102"))
        );
        assert_eq!(
            (open.origin, open.confidential),
            (
                Origin::Tip {
                    tip: TipId::sample(1)
                },
                true
            )
        );
    }
    #[test]
    fn given_another_tip_of_the_site_then_it_is_linked() {
        let (_, command) =
            on_tip(TipId::sample(2), accepted(false), &TipState::default()).expect("a command");
        assert!(matches!(command, CaseCommand::LinkTip(LinkTip { tip, .. }) if tip == TipId::sample(2)));
    }
    #[test]
    fn given_a_tip_that_turns_out_to_be_about_somebody_then_its_case_is_as_well() {
        let against = Against::unit(jurisdiction::UnitCode::of("321322102"));
        let noted = || TipEvent::ConflictNoted {
            against: against.clone(),
        };
        let waiting = TipState::default();
        assert!(
            on_tip(TipId::sample(1), noted(), &waiting).is_none(),
            "it has no case yet"
        );
        let case = CaseId::sample(7);
        let after = TipState {
            progress: tip_domain::Progress::Accepted { case },
            against: against.clone(),
            ..TipState::default()
        };
        let (to, command) = on_tip(TipId::sample(1), noted(), &after).expect("a command");
        assert_eq!(to, case);
        assert!(matches!(command, CaseCommand::LinkTip(link) if link.against == against));
    }
    #[test]
    fn given_a_tip_that_is_joined_or_separated_then_its_case_knows() {
        let (tip, case) = (TipId::sample(1), CaseId::sample(8));
        let linked = on_tip(tip, TipEvent::LinkedToCase { case }, &TipState::default());
        assert!(matches!(
            linked,
            Some((to, CaseCommand::LinkTip(link))) if to == case && link.tip == tip
        ));
        let reason = "是另一处".into();
        let unlinked = on_tip(tip, TipEvent::Unlinked { case, reason }, &TipState::default());
        assert!(matches!(
            unlinked,
            Some((from, CaseCommand::UnlinkTip(unlink))) if from == case && unlink.tip == tip
        ));
    }
    #[test]
    fn given_a_reporter_who_sees_it_is_not_fixed_then_a_case_that_was_found_clean_is_taken_up_again() {
        let closed = |reason| CaseState {
            closed: reason,
            ..CaseState::default()
        };
        let reopened = |reason| matches!(on_not_fixed(&closed(reason)), Some(CaseCommand::Reopen(_)));
        assert!(reopened(Some(ClosingReason::FoundClean)));
        assert!(reopened(Some(ClosingReason::NotSmallChemical { refer_to: None })));
        assert!(
            !reopened(Some(ClosingReason::Disposed)),
            "its disposal is reopened first"
        );
        assert!(!reopened(None), "somebody is at it");
        let taken_up = DisposalEvent::DisposalReopened {
            reason: "举报人反映问题没有解决".into(),
            measures: vec![],
        };
        assert!(matches!(on_disposal(&taken_up), Some(CaseCommand::Reopen(_))));
    }
    #[test]
    fn given_a_tip_that_reaches_a_merged_case_then_it_goes_on_to_the_surviving_one() {
        let after = CaseState {
            tips: vec![TipId::sample(3)],
            merged: Some((CaseId::sample(9), case_domain::Progress::Opened)),
            ..CaseState::default()
        };
        let linked = CaseEvent::TipLinked {
            tip: TipId::sample(3),
        };
        let commands = on_case(&linked, &after);
        assert!(matches!(
            &commands[..],
            [(case, CaseCommand::LinkTip(link))] if *case == CaseId::sample(9) && link.tip == TipId::sample(3)
        ));
        assert!(on_case(&linked, &CaseState::default()).is_empty());
    }
    #[test]
    fn given_merged_cases_then_the_tips_go_over_and_come_back_when_they_are_taken_apart() {
        let mut after = CaseState {
            tips: vec![TipId::sample(1), TipId::sample(2)],
            against: Against::unit(jurisdiction::UnitCode::of("321322102")),
            merged: Some((CaseId::sample(9), case_domain::Progress::Opened)),
            ..CaseState::default()
        };
        let merged = CaseEvent::CasesMerged {
            into: CaseId::sample(9),
            reason: "同一砖瓦厂".into(),
        };
        let commands = on_case(&merged, &after);
        assert_eq!(commands.len(), 2);
        assert!(commands.iter().all(|(case, command)| {
            let linked = matches!(command, CaseCommand::LinkTip(link) if link.against == after.against);
            *case == CaseId::sample(9) && linked
        }));
        let reopened = CaseEvent::CaseReopened {
            reason: "并案有误".into(),
        };
        assert!(on_case(&reopened, &after).is_empty());
        (after.merged, after.unmerged_from) = (None, Some(CaseId::sample(9)));
        let commands = on_case(&reopened, &after);
        assert!(matches!(
            &commands[..],
            [(_, CaseCommand::UnlinkTip(_)), (case, CaseCommand::UnlinkTip(_))] if *case == CaseId::sample(9)
        ));
    }
    #[test]
    fn given_a_rejected_tip_then_nothing_follows() {
        let rejected = TipEvent::OutcomeTold {
            text: "已答复".into(),
        };
        assert!(on_tip(TipId::sample(1), rejected, &TipState::default()).is_none());
    }
    #[test]
    fn given_a_closed_disposal_then_the_case_closes_and_a_failed_check_reopens_it() {
        assert!(matches!(
            on_disposal(&DisposalEvent::DisposalClosed {}),
            Some(CaseCommand::CloseDisposed(_))
        ));
        let failed = DisposalEvent::SpotCheckFailed {
            measures: vec![],
            finding: "残留原料桶".into(),
        };
        assert!(
            matches!(on_disposal(&failed), Some(CaseCommand::Reopen(r)) if r.reason.contains("残留原料桶"))
        );
    }
    #[test]
    fn given_a_relapse_then_an_urgent_case_names_the_old_one() {
        let relapse = DisposalEvent::RelapseFound {
            new_case: CaseId::sample(9),
            link: disposal_domain::RelapseLink::Equipment,
            note: "设备转移至另两家企业继续生产".into(),
        };
        let (case, command) =
            on_relapse(CaseId::sample(7), &CaseState::default(), &relapse).expect("a command");
        let CaseCommand::Open(open) = command else {
            panic!("{command:?}")
        };
        assert_eq!((case, open.urgency), (CaseId::sample(9), Urgency::Urgent));
        assert!(
            matches!(open.origin, Origin::Relapse { of, link: RelapseLink::Equipment, .. } if of == CaseId::sample(7))
        );
    }
}
