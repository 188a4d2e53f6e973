//! The watch after closing: re-checks 回头看 and relapse 死灰复燃. It never ends.

use super::{Decision, DisposalState, MOST_EVIDENCE, Progress, rights, words, wordy};
use crate::{DisposalEvent, DisposalRefusal, PassRecheck, RaiseRecheck, ReportRelapse};
use decider::Given;
use jurisdiction::Role;

pub fn raise_recheck(state: &DisposalState, command: &RaiseRecheck, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(DisposalRefusal::NotForPeople);
    }
    if state.progress != Progress::Closed {
        return Err(DisposalRefusal::NotClosed);
    }
    match state.recheck_due(command.after_days) {
        None => Ok(vec![]),
        Some(due) if given.at < due => Err(DisposalRefusal::RecheckNotDue),
        Some(_) => Ok(vec![DisposalEvent::RecheckDue {
            after_days: command.after_days,
        }]),
    }
}

pub fn pass_recheck(state: &DisposalState, command: &PassRecheck, given: Given<'_>) -> Decision {
    may_watch(state, given)?;
    let due = state
        .rechecks
        .iter()
        .any(|recheck| recheck.after_days == command.after_days && recheck.outcome.is_none());
    if !due {
        return Err(DisposalRefusal::RecheckNotDue);
    }
    if command.evidence.is_empty() {
        return Err(DisposalRefusal::EvidenceMissing);
    }
    if command.evidence.len() > MOST_EVIDENCE {
        return Err(DisposalRefusal::TooMuchEvidence);
    }
    Ok(vec![DisposalEvent::RecheckPassed {
        after_days: command.after_days,
        note: wordy(&command.note)?,
        evidence: command.evidence.clone(),
    }])
}

pub fn report_relapse(state: &DisposalState, command: &ReportRelapse, given: Given<'_>) -> Decision {
    may_watch(state, given)?;
    let known = state
        .relapses
        .iter()
        .any(|relapse| relapse.new_case == command.new_case);
    if known {
        return Ok(vec![]);
    }
    Ok(vec![DisposalEvent::RelapseFound {
        new_case: command.new_case,
        link: command.link,
        note: words(&command.note, DisposalRefusal::NoteMissing)?,
    }])
}

fn may_watch(state: &DisposalState, given: Given<'_>) -> Result<(), DisposalRefusal> {
    if !rights::covers(state, &[Role::Handler, Role::Leader, Role::Supervisor], given) {
        return Err(DisposalRefusal::OutsideSubtree);
    }
    if state.progress != Progress::Closed {
        return Err(DisposalRefusal::NotClosed);
    }
    Ok(())
}
