//! What follows for a case from what happens to its disposal. Pure.

use case_domain::{
    CaseCommand, CaseState, Class, CloseDisposed, CorrectClass, OpenCase, Origin, Place, RelapseLink,
    ReopenCase,
};
use disposal_domain::{DisposalEvent, DisposalState};
use jurisdiction::{CaseId, Urgency};

/// Whether what follows from the disposal's fact depends on its case.
pub fn asks_for_the_case(event: &DisposalEvent) -> bool {
    matches!(event, DisposalEvent::RelapseFound { .. })
}

/// Whether what closes a case or takes it up again holds of the disposal as it now stands. Taken up again before the case
/// heard that it was closed, nobody is told that all is done; closed again since, a message that comes once more takes
/// nothing up.
pub fn still_holds(event: &DisposalEvent, now: &DisposalState) -> bool {
    let closed = now.progress == disposal_domain::Progress::Closed;
    match event {
        DisposalEvent::DisposalClosed {} => closed,
        DisposalEvent::SpotCheckFailed { .. } | DisposalEvent::DisposalReopened { .. } => !closed,
        _ => true,
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

/// Who reviews the disposal has put a wrong class right.
pub fn on_reclassification(event: &DisposalEvent) -> Option<CaseCommand> {
    let DisposalEvent::DisposalReclassified { class, basis, .. } = event else {
        return None;
    };
    let class = match class {
        disposal_domain::Class::A => Class::A,
        disposal_domain::Class::B => Class::B,
        disposal_domain::Class::C => Class::C,
    };
    let basis = basis.clone();
    Some(CaseCommand::CorrectClass(CorrectClass { class, basis }))
}

/// A relapse opens a new, urgent case that names the old one.
pub fn on_relapse(old: CaseId, state: &CaseState, event: &DisposalEvent) -> Option<(CaseId, CaseCommand)> {
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
        summary: format!(
            "死灰复燃：{}（原案情：{}）",
            note.trim_end_matches('。'),
            state.summary
        ),
        enterprise: enterprise.clone().or(known),
        place: place.as_ref().map_or_else(|| state.place.clone(), moved),
        urgency: Urgency::Urgent,
        confidential: state.confidential,
        against: state.against.clone(),
    };
    Some((*new_case, CaseCommand::Open(open)))
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

    /// The case of a site that has been dealt with.
    fn closed() -> CaseState {
        CaseState {
            enterprise: Some("某建材厂".into()),
            place: Place {
                text: "老砖瓦厂".into(),
                ..Default::default()
            },
            ..CaseState::default()
        }
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
            evidence: vec![],
        };
        assert!(
            matches!(on_disposal(&failed), Some(CaseCommand::Reopen(r)) if r.reason.contains("残留原料桶"))
        );
    }

    #[test]
    fn given_a_reclassified_disposal_then_the_case_has_its_class() {
        let reclassified = DisposalEvent::DisposalReclassified {
            class: disposal_domain::Class::C,
            measures: vec![],
            basis: "没有营业执照".into(),
        };
        assert!(matches!(
            on_reclassification(&reclassified),
            Some(CaseCommand::CorrectClass(correct)) if correct.class == Class::C && correct.basis == "没有营业执照"
        ));
        assert!(on_reclassification(&DisposalEvent::DisposalClosed {}).is_none());
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
        let old = closed();
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
        let old = closed();
        let (_, command) = on_relapse(CaseId::sample(7), &old, &relapse).expect("a command");
        let CaseCommand::Open(open) = command else {
            panic!("{command:?}")
        };
        assert_eq!((open.place, open.enterprise), (old.place, old.enterprise));
    }

    /// Found by the simulation: another case was merged into this one before it heard that its disposal was closed.
    #[test]
    fn given_a_disposal_that_was_taken_up_again_then_its_closing_closes_no_case() {
        let closed = DisposalEvent::DisposalClosed {};
        let now = |progress| DisposalState {
            progress,
            ..DisposalState::default()
        };
        assert!(still_holds(&closed, &now(disposal_domain::Progress::Closed)));
        assert!(!still_holds(&closed, &now(disposal_domain::Progress::InProgress)));
        let taken_up = DisposalEvent::DisposalReopened {
            reason: "并入本案的案件里这项措施还没有完成".into(),
            measures: vec![],
        };
        assert!(still_holds(
            &taken_up,
            &now(disposal_domain::Progress::InProgress)
        ));
        assert!(
            !still_holds(&taken_up, &now(disposal_domain::Progress::Closed)),
            "it was done since"
        );
    }
}
