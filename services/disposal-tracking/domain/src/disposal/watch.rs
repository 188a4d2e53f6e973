//! The watch after closing: re-checks 回头看 and relapse 死灰复燃. It never ends.

use super::{Decision, DisposalState, Progress, pictures, rights, words, wordy};
use crate::{
    ConfirmRelapse, DisposalEvent, DisposalRefusal, PassRecheck, Place, RaiseRecheck, RelapseLink,
    ReportRelapse,
};
use decider::Given;
use jurisdiction::Role;

const LONGEST_PLACE: usize = 200;
/// Who looks again; the desk only hears of it.
const WATCHING: &[Role] = &[Role::Handler, Role::Leader, Role::Supervisor];
/// Dispatchers hear first of what is back.
const REPORTING: &[Role] = &[Role::Handler, Role::Leader, Role::Supervisor, Role::Dispatcher];

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
    may_watch(state, WATCHING, given)?;
    // 县区对乡镇、乡镇对村居: whoever did the work does not say that it has lasted.
    let worked = given
        .by
        .person()
        .is_some_and(|person| state.workers.contains(person));
    let own = given
        .by
        .unit()
        .is_some_and(|unit| state.unit.as_ref() == Some(unit) || state.worked.contains(unit));
    if worked || own {
        return Err(DisposalRefusal::OwnWork);
    }
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
    pictures::fresh(state, &command.evidence, &command.elsewhere)?;
    Ok(vec![DisposalEvent::RecheckPassed {
        after_days: command.after_days,
        note: wordy(&command.note)?,
        evidence: command.evidence.clone(),
    }])
}

pub fn report_relapse(state: &DisposalState, command: &ReportRelapse, given: Given<'_>) -> Decision {
    may_watch(state, REPORTING, given)?;
    let known = state
        .relapses
        .iter()
        .any(|relapse| relapse.new_case == command.new_case);
    if known {
        return Ok(vec![]);
    }
    check_place(command, given)?;
    let enterprise = command.enterprise.as_deref().map(wordy).transpose()?;
    Ok(vec![DisposalEvent::RelapseFound {
        new_case: command.new_case,
        link: command.link,
        note: words(&command.note, DisposalRefusal::NoteMissing)?,
        place: command.place.clone(),
        enterprise: enterprise.filter(|name| !name.is_empty()),
    }])
}

/// What was reported as a relapse is one: its new case says so.
pub fn confirm_relapse(state: &DisposalState, command: &ConfirmRelapse, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(DisposalRefusal::NotForPeople);
    }
    let new_case = command.new_case;
    let mut reported = state.relapses.iter();
    let news = reported.any(|relapse| relapse.new_case == new_case && !relapse.confirmed);
    Ok(if news {
        vec![DisposalEvent::RelapseConfirmed { new_case }]
    } else {
        vec![]
    })
}

/// A person, product or machine turns up elsewhere: whoever is sent to the old site finds nothing there.
fn check_place(command: &ReportRelapse, given: Given<'_>) -> Result<(), DisposalRefusal> {
    let Some(place) = &command.place else {
        return match command.link {
            RelapseLink::Site => Ok(()),
            _ => Err(DisposalRefusal::PlaceMissing),
        };
    };
    let Place {
        text,
        coordinates,
        division,
    } = place;
    if text.trim().is_empty() && coordinates.is_none() {
        return Err(DisposalRefusal::PlaceMissing);
    }
    if text.chars().count() > LONGEST_PLACE {
        return Err(DisposalRefusal::PlaceTooLong);
    }
    let on_the_map = coordinates
        .is_none_or(|at| (-90.0..=90.0).contains(&at.latitude) && (-180.0..=180.0).contains(&at.longitude));
    if !on_the_map {
        return Err(DisposalRefusal::CoordinatesOutOfRange);
    }
    match division {
        Some(division) if given.jurisdiction.unit(division).is_none() => {
            Err(DisposalRefusal::UnknownDivision)
        }
        _ => Ok(()),
    }
}

fn may_watch(state: &DisposalState, roles: &[Role], given: Given<'_>) -> Result<(), DisposalRefusal> {
    if !rights::covers(state, roles, given) {
        return Err(DisposalRefusal::OutsideSubtree);
    }
    if state.progress != Progress::Closed {
        return Err(DisposalRefusal::NotClosed);
    }
    Ok(())
}
