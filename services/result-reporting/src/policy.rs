//! Which signed reports a site contradicts that comes to light after them. Pure.

use case_domain::{CaseEvent, CaseState, Origin, RelapseLink};
use jurisdiction::{CaseId, Jurisdiction, Level, UnitCode, UnitKind};
use platform::Follow;
use report_domain::{ContradictReport, ReportCommand, ReportId, ReportState};
use std::collections::BTreeMap;

/// Categories of the facts that something follows from here.
pub const HEARS: [&str; 2] = ["case", "report"];
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
    /// The cases that go on in this one.
    pub merged: Vec<CaseId>,
    /// Those that [`reports_of`] names, as they stand.
    pub reports: BTreeMap<ReportId, ReportState>,
}

/// Whether anything follows from a fact of a case; for nothing else is the case itself worth a look.
pub fn concerns_reports(event: &CaseEvent) -> bool {
    matches!(event, CaseEvent::CaseConfirmed { .. })
}

/// The reports that a fact of a case may concern, and that have to be looked at before anything follows.
pub fn reports_of(event: &CaseEvent, after: &CaseState, jurisdiction: &Jurisdiction) -> Vec<ReportId> {
    let areas = areas_of(event, after, jurisdiction).into_iter();
    areas.flat_map(|area| of_area(&area, jurisdiction)).collect()
}

/// All that follows from a fact, in the order in which it is done.
pub fn reactions(heard: &Heard, jurisdiction: &Jurisdiction) -> Vec<Follow<ReportCommand>> {
    let put = |heard: &CaseHeard| on_case(heard, jurisdiction);
    match heard {
        Heard::Case(heard) => numbered(CONTRADICTION, put(heard)),
        Heard::Drafted(report, confirmed) => {
            let put = confirmed.iter().flat_map(put).filter(|(to, _)| to == report);
            numbered(OVERTAKEN, put)
        }
    }
}

/// Numbered before some are left out: how reports stand may be otherwise when the fact is heard once more.
fn numbered(
    policy: &'static str,
    puts: impl IntoIterator<Item = (ReportId, Option<ReportCommand>)>,
) -> Vec<Follow<ReportCommand>> {
    let follow = |(index, (report, command)): (usize, (ReportId, Option<ReportCommand>))| {
        Some(Follow {
            policy,
            index,
            stream: format!("report-{report}"),
            command: command?,
        })
    };
    puts.into_iter().enumerate().filter_map(follow).collect()
}

/// A confirmed site, put to the reports of every area it lies in: to all that are yet to be signed, and of the signed ones
/// that leave it out to the latest, once. What an area has signed last is what it stands for; whoever signed before may have
/// signed before the site was there, and one site is one omission of the area.
///
/// `None` for a report that is not asked. Only a confirmed site contradicts anybody: a tip is a claim.
pub fn on_case(heard: &CaseHeard, jurisdiction: &Jurisdiction) -> Vec<(ReportId, Option<ReportCommand>)> {
    let CaseEvent::CaseConfirmed { place, .. } = &heard.event else {
        return vec![];
    };
    let site = ContradictReport {
        case: heard.case,
        place: place.text.clone(),
        merged: heard.merged.clone(),
    };
    let of_area = |area: UnitCode| {
        let reports = of_area(&area, jurisdiction);
        let answers = answering(&reports, heard, &site);
        let asked = |report: &ReportId| {
            let is_signed = heard
                .reports
                .get(report)
                .is_some_and(|known| known.signature.is_some());
            !is_signed || answers.as_ref() == Some(report)
        };
        let put = |report: ReportId| {
            let command = asked(&report).then(|| ReportCommand::Contradict(site.clone()));
            (report, command)
        };
        reports.into_iter().map(put).collect::<Vec<_>>()
    };
    let areas = areas_of(&heard.event, &heard.after, jurisdiction);
    areas.into_iter().flat_map(of_area).collect()
}

/// Of an area's signed reports that leave the site out the one signed last; none if one of them was contradicted by it before.
fn answering(reports: &[ReportId], heard: &CaseHeard, site: &ContradictReport) -> Option<ReportId> {
    let known = || reports.iter().filter_map(|id| Some((id, heard.reports.get(id)?)));
    if known().any(|(_, report)| report.is_contradicted_by(site)) {
        return None;
    }
    let signed = known().filter_map(|(id, report)| {
        let signature = report.signature.as_ref().filter(|_| report.leaves_out(site))?;
        Some((signature.at, id))
    });
    signed.max_by_key(|(at, _)| *at).map(|(_, id)| id.clone())
}

/// The areas that a confirmed site lies in and that answer for it. A relapse on the same
/// site was reported once, and is a failure of its own.
fn areas_of(event: &CaseEvent, after: &CaseState, jurisdiction: &Jurisdiction) -> Vec<UnitCode> {
    let CaseEvent::CaseConfirmed { owner, place, .. } = event else {
        return vec![];
    };
    // At another place the same people, product or machines are a site that nobody has reported.
    if matches!(
        after.origin,
        Some(Origin::Relapse {
            link: RelapseLink::Site,
            ..
        })
    ) {
        return vec![];
    }
    // The division it lies in; if nobody entered one, the seat of whoever handles it.
    let division = place
        .division
        .as_ref()
        .filter(|unit| jurisdiction.unit(unit).is_some());
    // What is about an area may not be named to it: its draft leaves the site out, so it is no omission of theirs.
    jurisdiction
        .lineage(division.unwrap_or(owner))
        .filter(|unit| unit.kind == UnitKind::Government && unit.level != Level::City)
        .filter(|unit| !after.against.holds_unit(&unit.code, jurisdiction))
        .map(|unit| unit.code.clone())
        .collect()
}

fn of_area(area: &UnitCode, jurisdiction: &Jurisdiction) -> Vec<ReportId> {
    let stages = jurisdiction.stages.iter();
    stages
        .map(|stage| ReportId {
            unit: area.clone(),
            stage: stage.code.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
