//! What follows for cases from what happens to tips and disposals. Pure.

use case_domain::{
    CaseCommand, CaseState, CloseDisposed, LinkTip, OpenCase, Origin, Place, RelapseLink, ReopenCase,
};
use disposal_domain::DisposalEvent;
use jurisdiction::{CaseId, TipId, Urgency};
use tip_domain::TipEvent;

pub(crate) const ACCEPTED_TIP: &str = "case-assignment/accepted-tip-opens-or-joins-case";
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
    if !opens_case {
        return Some((case, CaseCommand::LinkTip(LinkTip { tip })));
    }
    let open = OpenCase {
        origin: Origin::Tip { tip },
        summary,
        enterprise,
        place: placed(place),
        urgency,
        confidential,
    };
    Some((case, CaseCommand::Open(open)))
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
        assert!(matches!(command, CaseCommand::LinkTip(LinkTip { tip }) if tip == TipId::sample(2)));
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
