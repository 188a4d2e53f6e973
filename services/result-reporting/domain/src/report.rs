//! The area report: decisions up to the signature, evolution.

use crate::{
    DraftReport, GiveGuarantee, LowerReport, ReportCommand, ReportEvent, ReportId, ReportRefusal, SignReport,
};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Level, UnitCode, UnitKind, campaign_time};
use std::collections::BTreeSet;

mod finds;
mod rights;
mod state;
mod turns;
mod upwards;

pub use state::*;

const LONGEST_TEXT: usize = 2000;

/// The aggregate.
#[derive(Debug)]
pub struct Report;

type Decided = Result<Vec<ReportEvent>, ReportRefusal>;

impl Decider for Report {
    const CATEGORY: &'static str = "report";
    type State = ReportState;
    type Command = ReportCommand;
    type Event = ReportEvent;
    type Refusal = ReportRefusal;

    fn decide(state: &ReportState, command: &ReportCommand, given: Given<'_>) -> Decided {
        match command {
            ReportCommand::GiveGuarantee(command) => give_guarantee(state, command, given),
            ReportCommand::Draft(command) => draft(state, command, given),
            ReportCommand::Sign(command) => sign(state, command, given),
            ReportCommand::Return(command) => upwards::send_back(state, command, given),
            ReportCommand::Seal(command) => upwards::seal(state, command, given),
            ReportCommand::File(command) => upwards::file(state, command, given),
            ReportCommand::Accept(command) => upwards::accept(state, command, given),
            ReportCommand::RefuseAcceptance(command) => upwards::refuse_acceptance(state, command, given),
            ReportCommand::Contradict(command) => finds::contradict(state, command, given),
            ReportCommand::RaiseTurn(command) => turns::raise(state, command, given),
        }
    }

    fn evolve(state: &mut ReportState, event: &ReportEvent, stamp: &Stamp) {
        let at = stamp.at;
        match event {
            ReportEvent::GuaranteeGiven { report, text } => {
                state.report = Some(report.clone());
                state.guarantee = Some(Guarantee {
                    at,
                    by: stamp.by.person().cloned(),
                    text: text.clone(),
                });
            }
            ReportEvent::ReportDrafted {
                report,
                position,
                digest,
                list,
                lower,
            } => {
                state.report = Some(report.clone());
                state.progress = Progress::Drafted;
                state.signature = None;
                state.draft = Some(Draft {
                    at,
                    position: *position,
                    digest: digest.clone(),
                    list: list.clone(),
                    lower: lower.clone(),
                    outdated: vec![],
                });
            }
            ReportEvent::ReportDue { report, since } => {
                state.report = Some(report.clone());
                state.due = Some(*since);
            }
            ReportEvent::GuaranteeDue { report, since } => {
                state.report = Some(report.clone());
                state.guarantee_due = Some(*since);
            }
            _ => {
                finds::evolve(state, event, stamp);
                upwards::evolve(state, event, stamp);
            }
        }
    }
}

fn give_guarantee(state: &ReportState, command: &GiveGuarantee, given: Given<'_>) -> Decided {
    let report = ReportId {
        unit: command.unit.clone(),
        stage: command.stage.clone(),
    };
    check_report(state, &report, given)?;
    rights::first_responsible(&report.unit, given)?;
    if state.guarantee.is_some() {
        return Err(ReportRefusal::AlreadyGuaranteed);
    }
    Ok(vec![ReportEvent::GuaranteeGiven {
        report,
        text: words(&command.text, ReportRefusal::GuaranteeMissing)?,
    }])
}

fn draft(state: &ReportState, command: &DraftReport, given: Given<'_>) -> Decided {
    check_report(state, &command.report, given)?;
    rights::drafter(&command.report.unit, given)?;
    if !is_at_its_end(&command.report, given.at, given) {
        return Err(ReportRefusal::StageNotOver);
    }
    if !matches!(
        state.progress,
        Progress::Absent | Progress::Drafted | Progress::Returned
    ) {
        return Err(ReportRefusal::SignedAlready);
    }
    check_lower(&command.report.unit, &command.lower, given)?;
    let sites: BTreeSet<_> = command.list.iter().map(|line| line.case).collect();
    if sites.len() < command.list.len() {
        return Err(ReportRefusal::RepeatedSite);
    }
    // A returned report is drafted anew even if the list is the same: the reasons were answered otherwise.
    let unchanged = state.draft.as_ref().is_some_and(|draft| {
        (&draft.digest, draft.position, &draft.lower) == (&command.digest, command.position, &command.lower)
            && is_at_its_end(&command.report, draft.at, given)
    });
    if state.progress == Progress::Drafted && unchanged {
        return Ok(vec![]);
    }
    Ok(vec![ReportEvent::ReportDrafted {
        report: command.report.clone(),
        position: command.position,
        digest: command.digest.clone(),
        list: command.list.clone(),
        lower: command.lower.clone(),
    }])
}

fn sign(state: &ReportState, command: &SignReport, given: Given<'_>) -> Decided {
    let report = known(state)?;
    let signer = rights::first_responsible(&report.unit, given)?;
    let draft = match (&state.draft, state.progress) {
        (Some(draft), Progress::Drafted) => draft,
        (_, Progress::Absent | Progress::Returned | Progress::Drafted) => {
            return Err(ReportRefusal::NotDrafted);
        }
        _ => return Err(ReportRefusal::SignedAlready),
    };
    if command.digest != draft.digest {
        return Err(ReportRefusal::DigestDiffers);
    }
    // The stage may have been prolonged since, and old drafts were not asked for its end.
    if !is_at_its_end(report, draft.at, given) {
        return Err(ReportRefusal::StageNotOver);
    }
    if !draft.outdated.is_empty() {
        return Err(ReportRefusal::DraftOutdated);
    }
    let directly = draft.lower.iter().filter_map(|lower| lower.signed_by.as_ref());
    if directly
        .chain(&command.signed_further_down)
        .any(|other| other == signer)
    {
        return Err(ReportRefusal::SignsTwoLevels);
    }
    // A report below may have been returned since: then nobody stands for what this one rests on.
    if draft.lower.iter().any(|lower| !command.lower.contains(lower)) {
        return Err(ReportRefusal::LowerReportChanged);
    }
    Ok(vec![ReportEvent::ReportSigned {
        digest: draft.digest.clone(),
        signed_by: signer.clone(),
        level: level(report, given)?,
    }])
}

/// The report is one that areas make, of a stage that exists, and this one.
fn check_report(state: &ReportState, report: &ReportId, given: Given<'_>) -> Result<(), ReportRefusal> {
    if state.report.as_ref().is_some_and(|known| known != report) {
        return Err(ReportRefusal::OtherReport);
    }
    level(report, given)?;
    match given.jurisdiction.stage(&report.stage) {
        Some(_) => Ok(()),
        None => Err(ReportRefusal::UnknownStage),
    }
}

/// Results are those of a whole stage, so its last day has come at that instant. One without end has no results to report.
fn is_at_its_end(report: &ReportId, at: Timestamp, given: Given<'_>) -> bool {
    let stage = given.jurisdiction.stage(&report.stage);
    let last = stage.and_then(|stage| stage.to);
    last.is_some_and(|last| campaign_time(at).date() >= last)
}

/// Every government directly below has signed, and nothing else is attached.
fn check_lower(unit: &UnitCode, lower: &[LowerReport], given: Given<'_>) -> Result<(), ReportRefusal> {
    let expected: BTreeSet<_> = rights::directly_below(unit, given).collect();
    let attached: BTreeSet<_> = lower.iter().map(|report| &report.unit).collect();
    if attached.len() < lower.len() || !attached.is_subset(&expected) {
        return Err(ReportRefusal::ForeignLowerReport);
    }
    if attached != expected || lower.iter().any(|report| report.signed_by.is_none()) {
        return Err(ReportRefusal::LowerReportMissing);
    }
    Ok(())
}

fn known(state: &ReportState) -> Result<&ReportId, ReportRefusal> {
    state.report.as_ref().ok_or(ReportRefusal::NotReported)
}

fn level(report: &ReportId, given: Given<'_>) -> Result<Level, ReportRefusal> {
    match given.jurisdiction.unit(&report.unit) {
        Some(unit) if unit.kind == UnitKind::Government && unit.level != Level::City => Ok(unit.level),
        _ => Err(ReportRefusal::NotAnArea),
    }
}

fn of_county(report: &ReportId, given: Given<'_>) -> Result<(), ReportRefusal> {
    match level(report, given)? {
        Level::County => Ok(()),
        _ => Err(ReportRefusal::NotACounty),
    }
}

/// Words that somebody will read: not blank, not endless.
fn words(text: &str, missing: ReportRefusal) -> Result<String, ReportRefusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > LONGEST_TEXT => Err(ReportRefusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
