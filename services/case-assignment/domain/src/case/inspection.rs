//! Inspection on site: who went, what was checked, what was found, and what stands behind it.

use super::{CaseState, Decision, Inspection, Progress, not_now, opening::check_coordinates, rights, wordy};
use crate::{Answer, CaseEvent, CaseRefusal, Check, Finding, RecordInspection};
use decider::Given;
use jurisdiction::{Actor, EvidenceId, Role};

const MOST_EVIDENCE: usize = 50;
/// A large site, and a telephone that is off by some streets, are nearer; whoever stands farther away says why.
const FAR_METRES: f64 = 1_000.0;

pub fn record(state: &CaseState, command: &RecordInspection, given: Given<'_>) -> Decision {
    may_inspect(state, given)?;
    match state.progress {
        Progress::Acknowledged | Progress::Inspected | Progress::Identification => {}
        progress => return Err(not_now(progress)),
    }
    // What the county has said it is, no visit takes back.
    if command.finding == Finding::Clean && state.identified {
        return Err(CaseRefusal::CleanAfterIdentification);
    }
    check_visit(state, command, given)?;
    check_answers(command)?;
    check_pictures(state, command)?;
    let mut events = vec![CaseEvent::InspectionRecorded {
        went: command.went.clone(),
        inspected_at: command.inspected_at,
        coordinates: command.coordinates,
        no_coordinates: wordy(&command.no_coordinates)?,
        method: command.method,
        premises: command.premises,
        five: command.five.clone(),
        three: command.three.clone(),
        parties: command.parties.clone(),
        finding: command.finding,
        note: wordy(&command.note)?,
        evidence: command.evidence.clone(),
    }];
    if command.finding == Finding::Clean && state.may_close_on_clean_of(given.by) {
        events.push(CaseEvent::SiteFoundClean {});
    }
    Ok(events)
}

impl CaseState {
    /// Whether somebody's clean visit asks to close the case: what a co-handler does not find is a fact, but only the owner may
    /// ask; and never past the county, to which goes whatever anybody has found something at. Any other clean visit leaves the
    /// case to be classified.
    pub fn may_close_on_clean_of(&self, by: &Actor) -> bool {
        let own = by.unit().is_some() && by.unit() == self.owner.as_ref();
        let for_the_county = self.progress == Progress::Identification || self.is_suspect();
        own && !for_the_county
    }
}

fn may_inspect(state: &CaseState, given: Given<'_>) -> Result<(), CaseRefusal> {
    if state.owner.is_none() {
        return Err(CaseRefusal::NotAssignedYet);
    }
    match rights::staff(given) {
        Some((unit, Role::Handler | Role::Leader)) if state.is_handled_by(unit) => Ok(()),
        _ => Err(CaseRefusal::NotInspector),
    }
}

fn check_visit(state: &CaseState, command: &RecordInspection, given: Given<'_>) -> Result<(), CaseRefusal> {
    if command.went.is_empty() || command.went.iter().any(|name| name.trim().is_empty()) {
        return Err(CaseRefusal::NobodyWent);
    }
    if command.inspected_at > given.at {
        return Err(CaseRefusal::InspectedInFuture);
    }
    // An old visit answers no new case, and no order to go and look again.
    if !state.is_visit_of_now(command.inspected_at) {
        return Err(CaseRefusal::InspectedBeforeOpened);
    }
    check_coordinates(command.coordinates)?;
    if command.coordinates.is_none() && command.no_coordinates.trim().is_empty() {
        return Err(CaseRefusal::CoordinatesMissing);
    }
    let apart = state.place.coordinates.zip(command.coordinates);
    let is_elsewhere = apart.is_some_and(|(site, visit)| site.metres_to(visit) > FAR_METRES);
    if is_elsewhere && command.note.trim().is_empty() {
        return Err(CaseRefusal::VisitElsewhere);
    }
    if command.parties.iter().any(|party| party.name.trim().is_empty()) {
        return Err(CaseRefusal::PartyNameMissing);
    }
    if command.evidence.len() > MOST_EVIDENCE {
        return Err(CaseRefusal::TooMuchEvidence);
    }
    Ok(())
}

/// Against rubber-stamping: every “no” rests on something, and “clean” on a photo and on nothing to the contrary.
fn check_answers(command: &RecordInspection) -> Result<(), CaseRefusal> {
    if command.three.is_none() && command.premises.calls_for_the_three_checks() {
        return Err(CaseRefusal::ThreeChecksMissing);
    }
    let three = command.three.as_ref().map(|three| three.all());
    let checks: Vec<&Check> = command
        .five
        .all()
        .into_iter()
        .chain(three.into_iter().flatten())
        .collect();
    if checks.iter().any(|check| check.is_bare_no()) {
        return Err(CaseRefusal::BareNo);
    }
    for check in &checks {
        wordy(&check.note)?;
    }
    match command.finding {
        Finding::Suspected => Ok(()),
        Finding::Clean => check_clean(command, &checks),
        Finding::ConfirmedActivity => check_confirmed(command, &checks),
    }
}

fn check_clean(command: &RecordInspection, checks: &[&Check]) -> Result<(), CaseRefusal> {
    if checks.iter().any(|check| check.answer == Answer::Yes) {
        return Err(CaseRefusal::CleanContradicted);
    }
    // Whoever calls every question idle has asked none.
    let asked = |check: &&Check| check.answer != Answer::NotApplicable;
    if !command.five.all().iter().any(asked) {
        return Err(CaseRefusal::NothingChecked);
    }
    if command.evidence.is_empty() {
        return Err(CaseRefusal::CleanNeedsPhoto);
    }
    Ok(())
}

/// “Clean” is shown by pictures of this visit: one that was shown before, here or in another case, shows nothing of today.
fn check_pictures(state: &CaseState, command: &RecordInspection) -> Result<(), CaseRefusal> {
    if command.finding != Finding::Clean {
        return Ok(());
    }
    let shown_before = |picture: &EvidenceId| {
        let mut earlier = state.inspections.iter().flat_map(Inspection::pictures);
        earlier.any(|shown| shown == picture) || command.elsewhere.contains(picture)
    };
    match command.evidence.iter().any(shown_before) {
        true => Err(CaseRefusal::OldPicture),
        false => Ok(()),
    }
}

/// “Beyond doubt” spares the county's identification, so it rests on something found and something shown.
fn check_confirmed(command: &RecordInspection, checks: &[&Check]) -> Result<(), CaseRefusal> {
    let found = checks.iter().any(|check| check.answer == Answer::Yes);
    let shown = !command.evidence.is_empty() || checks.iter().any(|check| !check.evidence.is_empty());
    if found && shown {
        Ok(())
    } else {
        Err(CaseRefusal::ActivityUnproven)
    }
}
