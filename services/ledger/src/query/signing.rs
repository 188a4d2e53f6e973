//! An area report with the very list that was drafted: whoever signs it must be able to read what the digest stands for.

use super::{Moment, drafts, known_unit};
use crate::area::IN_AREA;
use crate::book::BookError;
use crate::projection::{fold, revision};
use crate::query::conditions::text;
use crate::rows;
use jurisdiction::{CaseId, StaffId};
use mingcha_proto::ledger::{
    DraftLine, DraftedLower, GetReportRequest, GetReportResponse, ReportContradiction, ReportDraft,
    ReportGuarantee, ReportReturn,
};
use platform::{PlatformRefusal, refuse};
use report_domain::{Draft, Progress, Report, ReportId, ReportState, canonical_list};
use tonic::Status;

pub(crate) fn report(moment: &Moment<'_>, request: &GetReportRequest) -> Result<GetReportResponse, Status> {
    let unit = known_unit("unit", &request.unit, moment.jurisdiction)?;
    if !moment.case_scope()?.sees_unit(&unit, moment.jurisdiction) {
        return Err(refuse(PlatformRefusal::OutsideSubtree));
    }
    let report = ReportId {
        unit,
        stage: drafts::known_stage(moment, &request.stage)?,
    };
    let stream = format!("report-{}-{}", report.unit, report.stage);
    let state = fold::<Report>(moment.transaction, &stream)?;
    let name = |person: &Option<StaffId>| {
        let person = person.as_ref()?;
        moment.person_name(person.as_str())
    };
    let shown = |contradiction: &&report_domain::Contradiction| {
        !moment.hidden.holds(&format!("case-{}", contradiction.case))
    };
    Ok(GetReportResponse {
        report: Some(drafts::report(moment, &report.unit, &report.stage)?),
        draft: state
            .draft
            .as_ref()
            .map(|drafted| draft(moment, &report, drafted)),
        guarantee: state.guarantee.as_ref().map(|given| ReportGuarantee {
            at: given.at.to_string(),
            by: given.by.as_ref().map(ToString::to_string),
            by_name: name(&given.by),
            text: given.text.clone(),
        }),
        sealed_at: state.sealed_at.map(|at| at.to_string()),
        filed_at: state.filing.as_ref().map(|filing| filing.at.to_string()),
        file_number: state.filing.as_ref().map(|filing| filing.number.clone()),
        returns: state
            .returns
            .iter()
            .map(|sent_back| {
                let by = sent_back.by.person().cloned();
                ReportReturn {
                    at: sent_back.at.to_string(),
                    by: by.as_ref().map(ToString::to_string),
                    by_name: name(&by),
                    reason: sent_back.reason.clone(),
                }
            })
            .collect(),
        contradictions: state
            .contradictions
            .iter()
            .filter(shown)
            .map(contradiction(moment))
            .collect(),
        outdated: is_outdated(moment, &report, &state)?,
        revision: revision(moment.transaction, &stream)?,
        position: moment.position,
    })
}

/// What there is to be counted of a report for the reader: what does not exist for them is in no number either.
pub(super) struct Counts {
    pub lines: u32,
    pub contradictions: u32,
    pub outdated: u32,
}

/// The numbers of a report for somebody from whom anything is hidden; `None` if nothing is: then they stand in the table.
pub(super) fn counts(moment: &Moment<'_>, unit: &str, stage: &str) -> Result<Option<Counts>, BookError> {
    if moment.hidden.is_empty() {
        return Ok(None);
    }
    let state = fold::<Report>(moment.transaction, &format!("report-{unit}-{stage}"))?;
    let shown = |case: &CaseId| !moment.hidden.holds(&format!("case-{case}"));
    let draft = state.draft.as_ref();
    let lines = draft.map_or(0, |draft| {
        draft.list.iter().filter(|line| shown(&line.case)).count()
    });
    let outdated = draft.map_or(0, |draft| {
        draft.outdated.iter().filter(|case| shown(case)).count()
    });
    let contradictions = state
        .contradictions
        .iter()
        .filter(|found| shown(&found.case))
        .count();
    Ok(Some(Counts {
        lines: lines as u32,
        contradictions: contradictions as u32,
        outdated: outdated as u32,
    }))
}

/// The list as it was frozen. What does not exist for the reader is not in it, and then neither are the bytes.
fn draft(moment: &Moment<'_>, report: &ReportId, draft: &Draft) -> ReportDraft {
    let shown = |line: &&report_domain::ReportLine| !moment.hidden.holds(&format!("case-{}", line.case));
    let lines: Vec<DraftLine> = draft.list.iter().filter(shown).map(drafts::line).collect();
    let canonical = if lines.len() == draft.list.len() {
        canonical_list(report, draft.position, &draft.list, &draft.lower)
    } else {
        String::new()
    };
    let lower = draft.lower.iter().map(|lower| DraftedLower {
        unit: lower.unit.to_string(),
        name: moment.jurisdiction.unit_name(&lower.unit),
        digest: lower.digest.as_str().to_owned(),
        signed_by: lower.signed_by.as_ref().map(ToString::to_string),
        signed_by_name: lower
            .signed_by
            .as_ref()
            .and_then(|person| moment.person_name(person.as_str())),
    });
    ReportDraft {
        at: draft.at.to_string(),
        list_position: draft.position,
        digest: draft.digest.as_str().to_owned(),
        canonical,
        lines,
        lower: lower.collect(),
    }
}

fn contradiction(moment: &Moment<'_>) -> impl Fn(&report_domain::Contradiction) -> ReportContradiction {
    |found| ReportContradiction {
        at: found.at.to_string(),
        case_id: found.case.to_string(),
        place: found.place.clone(),
        signed_by: found.signed_by.to_string(),
        signed_by_name: moment.person_name(found.signed_by.as_str()),
    }
}

/// Whether a draft that nobody has signed yet lists other cases, or the same in other states, than the ledger does now.
fn is_outdated(moment: &Moment<'_>, report: &ReportId, state: &ReportState) -> Result<bool, Status> {
    let Some(drafted) = state
        .draft
        .as_ref()
        .filter(|_| state.progress == Progress::Drafted)
    else {
        return Ok(false);
    };
    let mut conditions = moment.hidden_from_unit(&report.unit)?;
    conditions.and(IN_AREA, [text(report.unit.as_str())]);
    let mut now: Vec<_> = rows::cases(moment.transaction, &conditions, None)?
        .into_iter()
        .map(|case| (case.id, case.state, case.class, case.place.text))
        .collect();
    let mut then: Vec<_> = drafted
        .list
        .iter()
        .filter(|line| !moment.hidden.holds(&format!("case-{}", line.case)))
        .map(|line| {
            (
                line.case.to_string(),
                line.state.clone(),
                line.class.clone(),
                line.place.clone(),
            )
        })
        .collect();
    now.sort_unstable();
    then.sort_unstable();
    Ok(now != then)
}
