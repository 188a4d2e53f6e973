//! What follows for cases from what happens to tips and disposals. Pure.

use case_domain::{
    AbsorbCase, CaseCommand, CaseEvent, CaseState, CloseDisposed, ClosingReason, LinkTip, OpenCase, Origin,
    Place, RelapseLink, ReopenCase, UnlinkTip,
};
use disposal_domain::DisposalEvent;
use jurisdiction::{Against, CaseId, TipId, Urgency};
use tip_domain::TipEvent;

pub(crate) const ACCEPTED_TIP: &str = "case-assignment/accepted-tip-opens-or-joins-case";
pub(crate) const MERGED: &str = "case-assignment/tips-follow-their-case";
pub(crate) const CIRCLE: &str = "case-assignment/cases-merged-into-each-other-are-taken-apart";
pub(crate) const DISPOSAL: &str = "case-assignment/disposal-closes-or-reopens-case";
pub(crate) const RELAPSE: &str = "case-assignment/relapse-opens-case";

/// An accepted tip opens a case, or joins one.
pub(crate) fn on_tip(tip: TipId, event: TipEvent) -> Option<(CaseId, CaseCommand)> {
    let TipEvent::TipAccepted {
        case,
        opens_case,
        summary,
        enterprise,
        place,
        urgency,
        confidential,
    } = event
    else {
        return None;
    };
    let against = Against::default();
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
pub(crate) fn on_case(event: &CaseEvent, after: &CaseState) -> Vec<(CaseId, CaseCommand)> {
    match (event, &after.closed, after.unmerged_from) {
        (CaseEvent::CasesMerged { into, .. }, ..) => vec![(*into, absorbed(after))],
        (
            CaseEvent::TipLinked { .. }
            | CaseEvent::ConflictNoted { .. }
            | CaseEvent::MadeConfidential {}
            | CaseEvent::MadeUrgent {},
            Some(ClosingReason::Merged { into }),
            _,
        ) => vec![(*into, absorbed(after))],
        (CaseEvent::CaseReopened { .. }, _, Some(from)) => {
            let leave = |tip: &TipId| (from, CaseCommand::UnlinkTip(UnlinkTip { tip: *tip }));
            after.tips.iter().map(leave).collect()
        }
        _ => vec![],
    }
}

fn absorbed(case: &CaseState) -> CaseCommand {
    CaseCommand::Absorb(AbsorbCase {
        tips: case.tips.clone(),
        against: case.against.clone(),
        urgency: case.urgency,
        confidential: case.confidential,
        co_handlers: case.owner.iter().chain(&case.co_handlers).cloned().collect(),
    })
}

/// Where a case goes on, if it is merged now.
pub(crate) fn merged_into(case: &CaseState) -> Option<CaseId> {
    match &case.closed {
        Some(ClosingReason::Merged { into }) => Some(*into),
        _ => None,
    }
}

/// Of cases that were merged into each other at once none would go on: the one with the smallest number is taken out
/// again. `circle` are those cases; empty if there is none.
pub(crate) fn untangled(circle: &[CaseId]) -> Option<(CaseId, CaseCommand)> {
    let first = circle.iter().min_by_key(|case| case.0)?;
    let reason = "同时互相并案，由本案继续办理。".to_owned();
    Some((*first, CaseCommand::Reopen(ReopenCase { reason })))
}

/// A closed disposal closes its case; a failed spot check takes it back.
pub(crate) fn on_disposal(event: &DisposalEvent) -> Option<CaseCommand> {
    match event {
        DisposalEvent::DisposalClosed {} => Some(CaseCommand::CloseDisposed(CloseDisposed {})),
        DisposalEvent::SpotCheckFailed { finding, .. } => Some(CaseCommand::Reopen(ReopenCase {
            reason: format!("抽查不合格：{finding}"),
        })),
        _ => None,
    }
}

/// A relapse opens a new, urgent case that names the old one.
pub(crate) fn on_relapse(
    old: CaseId,
    state: &CaseState,
    event: &DisposalEvent,
) -> Option<(CaseId, CaseCommand)> {
    let DisposalEvent::RelapseFound {
        new_case,
        link,
        note,
        place,
        enterprise,
    } = event
    else {
        return None;
    };
    // The old name says nothing of a works elsewhere.
    let same_site = place.is_none() && *link == disposal_domain::RelapseLink::Site;
    let known = state.enterprise.clone().filter(|_| same_site);
    let open = OpenCase {
        origin: Origin::Relapse {
            of: old,
            link: linked(*link),
            note: note.clone(),
        },
        summary: format!("死灰复燃：{note}（原案情：{}）", state.summary),
        enterprise: enterprise.clone().or(known),
        place: place.as_ref().map_or_else(|| state.place.clone(), moved),
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

fn moved(place: &disposal_domain::Place) -> Place {
    let coordinates = place.coordinates.map(|at| case_domain::Coordinates {
        latitude: at.latitude,
        longitude: at.longitude,
    });
    Place {
        text: place.text.clone(),
        coordinates,
        division: place.division.clone(),
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
        }
    }

    #[test]
    fn given_an_accepted_tip_then_its_case_opens_with_its_confidentiality() {
        let (case, command) = on_tip(TipId::sample(1), accepted(true)).expect("a command");
        assert_eq!(case, CaseId::sample(7));
        let CaseCommand::Open(open) = command else {
            panic!("{command:?}")
        };
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
        let (_, command) = on_tip(TipId::sample(2), accepted(false)).expect("a command");
        assert!(matches!(command, CaseCommand::LinkTip(LinkTip { tip, .. }) if tip == TipId::sample(2)));
    }
    #[test]
    fn given_merged_cases_then_the_tips_go_over_and_come_back_when_they_are_taken_apart() {
        let mut after = CaseState {
            tips: vec![TipId::sample(1), TipId::sample(2)],
            against: Against::unit(jurisdiction::UnitCode::of("321322102")),
            urgency: Urgency::Urgent,
            confidential: true,
            owner: Some(jurisdiction::UnitCode::of("321322103")),
            co_handlers: vec![jurisdiction::UnitCode::of("321322-HJ")],
            ..CaseState::default()
        };
        let merged = CaseEvent::CasesMerged {
            into: CaseId::sample(9),
            reason: "同一砖瓦厂".into(),
        };
        let commands = on_case(&merged, &after);
        assert!(matches!(
            &commands[..],
            [(case, CaseCommand::Absorb(absorbed))]
                if *case == CaseId::sample(9)
                    && absorbed.tips == after.tips
                    && absorbed.against == after.against
                    && (absorbed.urgency, absorbed.confidential) == (Urgency::Urgent, true)
                    && absorbed.co_handlers == ["321322103", "321322-HJ"].map(jurisdiction::UnitCode::of)
        ));
        let reopened = CaseEvent::CaseReopened {
            reason: "并案有误".into(),
        };
        assert!(on_case(&reopened, &after).is_empty());
        after.unmerged_from = Some(CaseId::sample(9));
        let commands = on_case(&reopened, &after);
        assert!(matches!(
            &commands[..],
            [(_, CaseCommand::UnlinkTip(_)), (case, CaseCommand::UnlinkTip(_))] if *case == CaseId::sample(9)
        ));
    }
    #[test]
    fn given_what_a_merged_case_learns_later_then_it_is_passed_on() {
        let linked = CaseEvent::TipLinked {
            tip: TipId::sample(3),
        };
        let mut after = CaseState {
            tips: vec![TipId::sample(3)],
            ..CaseState::default()
        };
        assert!(on_case(&linked, &after).is_empty());
        after.closed = Some(ClosingReason::Merged {
            into: CaseId::sample(9),
        });
        for event in [linked, CaseEvent::MadeUrgent {}, CaseEvent::MadeConfidential {}] {
            let commands = on_case(&event, &after);
            assert!(matches!(
                &commands[..],
                [(case, CaseCommand::Absorb(absorbed))]
                    if *case == CaseId::sample(9) && absorbed.tips == [TipId::sample(3)]
            ));
        }
    }
    #[test]
    fn given_a_circle_of_merged_cases_then_the_first_of_them_goes_on() {
        let circle = [CaseId::sample(9), CaseId::sample(7), CaseId::sample(8)];
        let (case, command) = untangled(&circle).expect("a command");
        assert_eq!(case, CaseId::sample(7));
        assert!(matches!(command, CaseCommand::Reopen(_)));
        assert!(untangled(&[]).is_none());
    }
    #[test]
    fn given_another_tip_that_is_urgent_and_confidential_then_its_case_learns_both() {
        let mut event = accepted(false);
        if let TipEvent::TipAccepted { urgency, .. } = &mut event {
            *urgency = Urgency::Urgent;
        }
        let (_, command) = on_tip(TipId::sample(2), event).expect("a command");
        assert!(matches!(
            command,
            CaseCommand::LinkTip(LinkTip {
                urgency: Urgency::Urgent,
                confidential: true,
                ..
            })
        ));
    }
    #[test]
    fn given_a_rejected_tip_then_nothing_follows() {
        let rejected = TipEvent::OutcomeTold {
            text: "已答复".into(),
        };
        assert!(on_tip(TipId::sample(1), rejected).is_none());
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
            place: Some(disposal_domain::Place {
                text: "邻镇仓库".into(),
                ..Default::default()
            }),
            enterprise: None,
        };
        let old = CaseState {
            enterprise: Some("某建材厂".into()),
            place: Place {
                text: "老砖瓦厂".into(),
                ..Default::default()
            },
            ..CaseState::default()
        };
        let (case, command) = on_relapse(CaseId::sample(7), &old, &relapse).expect("a command");
        let CaseCommand::Open(open) = command else {
            panic!("{command:?}")
        };
        assert_eq!((case, open.urgency), (CaseId::sample(9), Urgency::Urgent));
        // It turned up elsewhere: neither the old place nor the old name is where one has to look.
        assert_eq!((open.place.text.as_str(), &open.enterprise), ("邻镇仓库", &None));
        assert!(
            matches!(open.origin, Origin::Relapse { of, link: RelapseLink::Equipment, .. } if of == CaseId::sample(7))
        );
    }
    #[test]
    fn given_a_relapse_of_the_site_itself_then_place_and_name_are_the_old_ones() {
        let relapse = DisposalEvent::RelapseFound {
            new_case: CaseId::sample(9),
            link: disposal_domain::RelapseLink::Site,
            note: "又在生产".into(),
            place: None,
            enterprise: None,
        };
        let old = CaseState {
            enterprise: Some("某建材厂".into()),
            place: Place {
                text: "老砖瓦厂".into(),
                ..Default::default()
            },
            ..CaseState::default()
        };
        let (_, command) = on_relapse(CaseId::sample(7), &old, &relapse).expect("a command");
        let CaseCommand::Open(open) = command else {
            panic!("{command:?}")
        };
        assert_eq!((open.place, open.enterprise), (old.place, old.enterprise));
    }
}
