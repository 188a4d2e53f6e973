//! Which signed reports a site contradicts that comes to light after them. Pure.

use case_domain::{CaseEvent, CaseState, Origin};
use jurisdiction::{CaseId, Jurisdiction, Level, UnitKind};
use platform::Follow;
use report_domain::{ContradictReport, ReportCommand, ReportId};

pub const CONTRADICTION: &str = "result-reporting/confirmed-site-contradicts-signed-reports";
/// A site may be confirmed after the list was drawn and before the draft was written down.
pub const OVERTAKEN: &str = "result-reporting/draft-overtaken-by-confirmed-site";

/// A fact, and what has to be known beside it.
#[derive(Debug)]
pub enum Heard {
    Case(CaseHeard),
    /// A draft, and what happened to cases after the list was drawn and before the draft was written down: those sites were
    /// put to the report while there was no draft yet that could have been wrong.
    Drafted(ReportId, Vec<CaseHeard>),
}

/// A fact of a case, with the case as it stood right after the event.
#[derive(Debug)]
pub struct CaseHeard {
    pub case: CaseId,
    pub event: CaseEvent,
    pub after: Box<CaseState>,
}

/// Whether anything follows from a fact of a case; for nothing else is the case itself worth a look.
pub fn concerns_reports(event: &CaseEvent) -> bool {
    matches!(event, CaseEvent::CaseConfirmed { .. })
}

/// All that follows from a fact, in the order in which it is done.
pub fn reactions(heard: &Heard, jurisdiction: &Jurisdiction) -> Vec<Follow<ReportCommand>> {
    let put = |heard: &CaseHeard| on_case(heard.case, &heard.event, &heard.after, jurisdiction);
    let on = |(report, command): (ReportId, ReportCommand)| (format!("report-{report}"), command);
    match heard {
        Heard::Case(heard) => Follow::all(CONTRADICTION, put(heard).into_iter().map(on)),
        Heard::Drafted(report, confirmed) => {
            let put = confirmed.iter().flat_map(put).filter(|(to, _)| to == report);
            Follow::all(OVERTAKEN, put.map(on))
        }
    }
}

/// A confirmed site, put to the report of every area it lies in and of every stage: whether that report is drafted or signed,
/// and whether it holds the site, the report itself knows. `after` is the case right after the event.
///
/// Only a confirmed site contradicts anybody: a tip is a claim. A relapse was reported once, and is a failure of its own.
pub fn on_case(
    case: CaseId,
    event: &CaseEvent,
    after: &CaseState,
    jurisdiction: &Jurisdiction,
) -> Vec<(ReportId, ReportCommand)> {
    let CaseEvent::CaseConfirmed { owner, place, .. } = event else {
        return vec![];
    };
    if matches!(after.origin, Some(Origin::Relapse { .. })) {
        return vec![];
    }
    // The division it lies in; if nobody entered one, the seat of whoever handles it.
    let division = place
        .division
        .as_ref()
        .filter(|unit| jurisdiction.unit(unit).is_some());
    // What is about an area may not be named to it: its draft leaves the site out, so it is no omission of theirs.
    let areas = jurisdiction
        .lineage(division.unwrap_or(owner))
        .filter(|unit| unit.kind == UnitKind::Government && unit.level != Level::City)
        .filter(|unit| !after.against.keeps_out_of_reports_of(&unit.code, jurisdiction));
    let contradict = ContradictReport {
        case,
        place: place.text.clone(),
    };
    let of_area = |area: &jurisdiction::Unit| {
        let unit = area.code.clone();
        jurisdiction
            .stages
            .iter()
            .map(move |stage| ReportId {
                unit: unit.clone(),
                stage: stage.code.clone(),
            })
            .collect::<Vec<_>>()
    };
    areas
        .flat_map(of_area)
        .map(|report| (report, ReportCommand::Contradict(contradict.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use case_domain::{Class, Place, RelapseLink};
    use jurisdiction::{Against, StaffId, UnitCode, Urgency, sample};

    fn confirmed(division: Option<&str>, owner: &str) -> CaseEvent {
        CaseEvent::CaseConfirmed {
            class: Class::C,
            owner: UnitCode::of(owner),
            place: Place {
                text: "老砖瓦厂".into(),
                division: division.map(UnitCode::of),
                ..Default::default()
            },
            summary: "无证生产".into(),
            urgency: Urgency::Normal,
        }
    }
    fn put_to(event: &CaseEvent, after: &CaseState) -> Vec<String> {
        on_case(CaseId::sample(7), event, after, &sample::suqian())
            .into_iter()
            .map(|(report, _)| report.to_string())
            .collect()
    }

    #[test]
    fn given_a_confirmed_site_then_every_area_it_lies_in_is_asked_for_every_stage() {
        let asked = put_to(
            &confirmed(Some(sample::VILLAGE), sample::COUNTY_ECOLOGY),
            &CaseState::default(),
        );
        let areas = [sample::VILLAGE, sample::TOWNSHIP, sample::COUNTY];
        let expected: Vec<_> = areas
            .iter()
            .flat_map(|area| ["sweep", "rectification", "acceptance"].map(|stage| format!("{area}-{stage}")))
            .collect();
        assert_eq!(asked, expected);
    }
    #[test]
    fn given_no_division_then_the_seat_of_the_owner_counts() {
        let asked = put_to(&confirmed(None, sample::COUNTY_ECOLOGY), &CaseState::default());
        assert_eq!(asked.len(), 3);
        assert!(
            asked
                .iter()
                .all(|report| report.starts_with("321322-") && !report.contains("HJ"))
        );
    }
    #[test]
    fn given_a_relapse_then_nobody_is_contradicted() {
        let relapse = CaseState {
            origin: Some(Origin::Relapse {
                of: CaseId::sample(1),
                link: RelapseLink::Site,
                note: String::new(),
            }),
            ..Default::default()
        };
        assert!(put_to(&confirmed(Some(sample::VILLAGE), sample::VILLAGE), &relapse).is_empty());
    }
    #[test]
    fn given_a_site_about_a_township_then_neither_it_nor_its_villages_are_told_of_it() {
        let about_the_township = CaseState {
            against: Against::unit(UnitCode::of(sample::TOWNSHIP)),
            ..Default::default()
        };
        let asked = put_to(
            &confirmed(Some(sample::VILLAGE), sample::COUNTY),
            &about_the_township,
        );
        let county =
            ["sweep", "rectification", "acceptance"].map(|stage| format!("{}-{stage}", sample::COUNTY));
        assert_eq!(asked, county);
        let about_its_leader = CaseState {
            against: Against {
                persons: [StaffId::of("leader-321322102")].into(),
                ..Against::default()
            },
            ..Default::default()
        };
        let asked = put_to(
            &confirmed(Some(sample::VILLAGE), sample::COUNTY),
            &about_its_leader,
        );
        assert!(
            asked.iter().all(|report| !report.starts_with("321322102-")),
            "{asked:?}"
        );
    }
    #[test]
    fn given_anything_but_a_confirmation_then_nothing_follows() {
        assert!(put_to(&CaseEvent::CaseAcknowledged {}, &CaseState::default()).is_empty());
    }
}
