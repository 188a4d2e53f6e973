//! The area report: state, decisions, evolution.

use crate::{
    ContradictReport, Digest, DraftReport, FileReport, GiveGuarantee, LowerReport, ReportCommand,
    ReportEvent, ReportId, ReportLine, ReportRefusal, ReturnReport, SealReport, SignReport,
};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Level, StaffId, UnitCode, UnitKind};
use serde::Serialize;
use std::collections::BTreeSet;

mod rights;

const LONGEST_TEXT: usize = 2000;

/// Where a report stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// No draft yet; a guarantee may have been given.
    #[default]
    Absent,
    Drafted,
    Signed,
    /// To be drafted anew.
    Returned,
    Sealed,
    Filed,
}

/// What an area report amounts to so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReportState {
    pub report: Option<ReportId>,
    pub progress: Progress,
    pub guarantee: Option<Guarantee>,
    pub draft: Option<Draft>,
    /// Of the present draft; gone when it is returned.
    pub signature: Option<Signature>,
    pub sealed_at: Option<Timestamp>,
    pub filing: Option<Filing>,
    /// Oldest first.
    pub returns: Vec<Return>,
    pub contradictions: Vec<Contradiction>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guarantee {
    pub at: Timestamp,
    pub by: Option<StaffId>,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draft {
    pub at: Timestamp,
    pub position: u64,
    pub digest: Digest,
    pub list: Vec<ReportLine>,
    pub lower: Vec<LowerReport>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signature {
    pub at: Timestamp,
    pub by: StaffId,
    pub level: Level,
    pub digest: Digest,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filing {
    pub at: Timestamp,
    pub number: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Return {
    pub at: Timestamp,
    pub by: Actor,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contradiction {
    pub at: Timestamp,
    pub case: CaseId,
    pub place: String,
    pub signed_by: StaffId,
}

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
            ReportCommand::Return(command) => send_back(state, command, given),
            ReportCommand::Seal(command) => seal(state, command, given),
            ReportCommand::File(command) => file(state, command, given),
            ReportCommand::Contradict(command) => contradict(state, command, given),
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
                });
            }
            ReportEvent::ReportSigned {
                digest,
                signed_by,
                level,
            } => {
                state.progress = Progress::Signed;
                state.signature = Some(Signature {
                    at,
                    by: signed_by.clone(),
                    level: *level,
                    digest: digest.clone(),
                });
            }
            ReportEvent::ReportReturned { reason } => {
                state.progress = Progress::Returned;
                state.signature = None;
                state.sealed_at = None;
                state.returns.push(Return {
                    at,
                    by: stamp.by.clone(),
                    reason: reason.clone(),
                });
            }
            ReportEvent::ReportSealed { .. } => {
                state.progress = Progress::Sealed;
                state.sealed_at = Some(at);
            }
            ReportEvent::ReportFiled { number } => {
                state.progress = Progress::Filed;
                state.filing = Some(Filing {
                    at,
                    number: number.clone(),
                });
            }
            ReportEvent::ReportContradicted {
                case,
                place,
                signed_by,
            } => state.contradictions.push(Contradiction {
                at,
                case: *case,
                place: place.clone(),
                signed_by: signed_by.clone(),
            }),
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
    if draft
        .lower
        .iter()
        .any(|lower| lower.signed_by.as_ref() == Some(signer))
    {
        return Err(ReportRefusal::SignsTwoLevels);
    }
    Ok(vec![ReportEvent::ReportSigned {
        digest: draft.digest.clone(),
        signed_by: signer.clone(),
        level: level(report, given)?,
    }])
}

fn send_back(state: &ReportState, command: &ReturnReport, given: Given<'_>) -> Decided {
    let report = known(state)?;
    rights::leader_above(&report.unit, given)?;
    match state.progress {
        Progress::Signed | Progress::Sealed => {}
        Progress::Filed => return Err(ReportRefusal::FiledAlready),
        _ => return Err(ReportRefusal::NotSigned),
    }
    Ok(vec![ReportEvent::ReportReturned {
        reason: words(&command.reason, ReportRefusal::ReasonMissing)?,
    }])
}

fn seal(state: &ReportState, command: &SealReport, given: Given<'_>) -> Decided {
    let report = known(state)?;
    of_county(report, given)?;
    rights::sealer(&report.unit, given)?;
    let signature = match (&state.signature, state.progress) {
        (Some(signature), Progress::Signed) => signature,
        (_, Progress::Sealed) => return Ok(vec![]),
        (_, Progress::Filed) => return Err(ReportRefusal::FiledAlready),
        _ => return Err(ReportRefusal::NotSigned),
    };
    if command.digest != signature.digest {
        return Err(ReportRefusal::DigestDiffers);
    }
    Ok(vec![ReportEvent::ReportSealed {
        digest: signature.digest.clone(),
    }])
}

fn file(state: &ReportState, command: &FileReport, given: Given<'_>) -> Decided {
    let report = known(state)?;
    of_county(report, given)?;
    rights::filer(given)?;
    match state.progress {
        Progress::Sealed => Ok(vec![ReportEvent::ReportFiled {
            number: words(&command.number, ReportRefusal::NumberMissing)?,
        }]),
        Progress::Filed => Err(ReportRefusal::FiledAlready),
        Progress::Signed => Err(ReportRefusal::NotSealed),
        _ => Err(ReportRefusal::NotSigned),
    }
}

/// Only a report that somebody stands for with a signature can be contradicted, and by each site once.
fn contradict(state: &ReportState, command: &ContradictReport, given: Given<'_>) -> Decided {
    if !given.by.is_system() {
        return Err(ReportRefusal::NotAPolicy);
    }
    let (Some(signature), Some(draft)) = (&state.signature, &state.draft) else {
        return Ok(vec![]);
    };
    let listed = draft.list.iter().any(|line| line.case == command.case);
    let known = state
        .contradictions
        .iter()
        .any(|known| known.case == command.case);
    if listed || known {
        return Ok(vec![]);
    }
    Ok(vec![ReportEvent::ReportContradicted {
        case: command.case,
        place: command.place.trim().to_owned(),
        signed_by: signature.by.clone(),
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
