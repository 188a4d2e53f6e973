//! From the signature upwards: return, seal, filing, and the verdict of the supervision group.

use super::{
    Acceptance, Decided, Filing, Progress, ReportState, Return, Signature, known, of_county, rights, words,
};
use crate::{
    AcceptReport, FileReport, RefuseAcceptance, ReportEvent, ReportId, ReportRefusal, ReturnReport,
    SealReport,
};
use decider::{Given, Stamp};
use jurisdiction::StageDuty;

pub(super) fn send_back(state: &ReportState, command: &ReturnReport, given: Given<'_>) -> Decided {
    let report = known(state)?;
    rights::leader_above(&report.unit, given)?;
    match state.progress {
        Progress::Signed | Progress::Sealed => {}
        Progress::Filed | Progress::Accepted => return Err(ReportRefusal::FiledAlready),
        _ => return Err(ReportRefusal::NotSigned),
    }
    // What somebody above stands for with a signature is not taken away from underneath.
    if command.above.is_signed() {
        return Err(ReportRefusal::SignedAbove);
    }
    Ok(vec![ReportEvent::ReportReturned {
        reason: words(&command.reason, ReportRefusal::ReasonMissing)?,
    }])
}

pub(super) fn seal(state: &ReportState, command: &SealReport, given: Given<'_>) -> Decided {
    let report = known(state)?;
    of_county(report, given)?;
    rights::sealer(&report.unit, given)?;
    let signature = match (&state.signature, state.progress) {
        (Some(signature), Progress::Signed) => signature,
        (_, Progress::Sealed) => return Ok(vec![]),
        (_, Progress::Filed | Progress::Accepted) => return Err(ReportRefusal::FiledAlready),
        _ => return Err(ReportRefusal::NotSigned),
    };
    if command.digest != signature.digest {
        return Err(ReportRefusal::DigestDiffers);
    }
    Ok(vec![ReportEvent::ReportSealed {
        digest: signature.digest.clone(),
    }])
}

pub(super) fn file(state: &ReportState, command: &FileReport, given: Given<'_>) -> Decided {
    let report = known(state)?;
    of_county(report, given)?;
    rights::filer(given)?;
    match state.progress {
        Progress::Sealed => Ok(vec![ReportEvent::ReportFiled {
            number: words(&command.number, ReportRefusal::NumberMissing)?,
        }]),
        Progress::Filed | Progress::Accepted => Err(ReportRefusal::FiledAlready),
        Progress::Signed => Err(ReportRefusal::NotSealed),
        _ => Err(ReportRefusal::NotSigned),
    }
}

/// 验收 by the supervision group, of what a county has put on file at the end of the stage for it.
pub(super) fn accept(state: &ReportState, command: &AcceptReport, given: Given<'_>) -> Decided {
    awaits_verdict(state, given)?;
    let note = match command.note.trim() {
        "" => String::new(),
        note => words(note, ReportRefusal::ReasonMissing)?,
    };
    Ok(vec![ReportEvent::ReportAccepted { note }])
}

/// Not accepted, it is drafted anew, on file or not.
pub(super) fn refuse_acceptance(
    state: &ReportState,
    command: &RefuseAcceptance,
    given: Given<'_>,
) -> Decided {
    awaits_verdict(state, given)?;
    Ok(vec![ReportEvent::AcceptanceRefused {
        reason: words(&command.reason, ReportRefusal::ReasonMissing)?,
    }])
}

fn awaits_verdict(state: &ReportState, given: Given<'_>) -> Result<(), ReportRefusal> {
    let report = known(state)?;
    rights::supervisor(given)?;
    accepted_at_all(report, given)?;
    match state.progress {
        Progress::Filed => Ok(()),
        Progress::Accepted => Err(ReportRefusal::AcceptedAlready),
        _ => Err(ReportRefusal::NotFiled),
    }
}

fn accepted_at_all(report: &ReportId, given: Given<'_>) -> Result<(), ReportRefusal> {
    of_county(report, given)?;
    let stage = given.jurisdiction.stage(&report.stage);
    match stage.map(|stage| stage.duty()) {
        Some(StageDuty::Acceptance) => Ok(()),
        _ => Err(ReportRefusal::NotOfAcceptance),
    }
}

pub(super) fn evolve(state: &mut ReportState, event: &ReportEvent, stamp: &Stamp) {
    let at = stamp.at;
    match event {
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
        ReportEvent::ReportReturned { reason } | ReportEvent::AcceptanceRefused { reason } => {
            state.progress = Progress::Returned;
            state.signature = None;
            state.sealed_at = None;
            state.filing = None;
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
        ReportEvent::ReportAccepted { note } => {
            state.progress = Progress::Accepted;
            state.acceptance = Some(Acceptance {
                at,
                by: stamp.by.clone(),
                note: note.clone(),
            });
        }
        _ => {}
    }
}
