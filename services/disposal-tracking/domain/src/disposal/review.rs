//! Reviews level by level up to the closing, and the city's spot checks afterwards.

use super::{Decision, DisposalState, Progress, pictures, rights, words};
use crate::{
    DisposalEvent, DisposalRefusal, DrawSpotCheck, FailReview, FailSpotCheck, Measure, PassSpotCheck,
    ReopenDisposal,
};
use decider::Given;
use jurisdiction::{Jurisdiction, Level, Role, StaffId, UnitCode, UnitKind};
use std::collections::BTreeSet;

impl DisposalState {
    /// The level whose signature is missing next.
    pub fn next_review(&self) -> Option<Level> {
        self.reviews_required
            .iter()
            .copied()
            .find(|level| !self.has_passed(*level))
    }

    /// The levels that have passed the work as it stands, lowest first.
    pub fn reviews_passed(&self) -> impl Iterator<Item = Level> {
        self.signatures.iter().map(|signature| signature.level)
    }

    /// Whether that level has passed the work as it stands.
    pub fn has_passed(&self, level: Level) -> bool {
        self.reviews_passed().any(|passed| passed == level)
    }

    /// Whether somebody has signed a review of the work as it stands.
    pub fn has_signed(&self, person: &StaffId) -> bool {
        let mut signers = self
            .signatures
            .iter()
            .filter_map(|signature| signature.by.as_ref());
        signers.any(|signer| signer == person)
    }
}

/// The levels that have to review the work of a unit at `level` before it can be closed, lowest first: the township
/// for a village, the county for both; the city for what a county's own department did.
pub fn required_reviews(level: Level) -> &'static [Level] {
    match level {
        Level::Village => &[Level::Township, Level::County],
        Level::Township => &[Level::County],
        Level::County | Level::City => &[Level::City],
    }
}

/// The levels that have to review once `to` carries on: those of every unit that has worked on it, but none whose own
/// government has: nobody reviews own work, and no level above it is skipped. A level below `to` has nobody who could.
pub fn reviews_of_a_handover(
    worked: &BTreeSet<UnitCode>,
    to: &UnitCode,
    jurisdiction: &Jurisdiction,
) -> Vec<Level> {
    let units = || {
        worked
            .iter()
            .chain([to])
            .filter_map(|unit| jurisdiction.unit(unit))
    };
    let required: BTreeSet<Level> = units()
        .flat_map(|unit| required_reviews(unit.level).iter().copied())
        .collect();
    let own_work =
        |level: Level| units().any(|unit| unit.kind == UnitKind::Government && unit.level == level);
    // Lowest first.
    let levels = [Level::Village, Level::Township, Level::County, Level::City];
    let reviews = levels
        .into_iter()
        .filter(|level| required.contains(level) && !own_work(*level))
        .filter(|level| jurisdiction.government_at(to, *level).is_some());
    let reviews: Vec<_> = reviews.collect();
    if reviews.is_empty() {
        vec![Level::City]
    } else {
        reviews
    }
}

pub fn pass(state: &DisposalState, given: Given<'_>) -> Decision {
    let level = may_review(state, given)?;
    let mut events = vec![DisposalEvent::ReviewPassed { level }];
    if state.reviews_required.last() == Some(&level) {
        events.push(DisposalEvent::DisposalClosed {});
    }
    Ok(events)
}

pub fn fail(state: &DisposalState, command: &FailReview, given: Given<'_>) -> Decision {
    let level = may_review(state, given)?;
    let reason = words(&command.reason, DisposalRefusal::ReasonMissing)?;
    let measures = to_do_again(state, &command.measures)?;
    let failed = DisposalEvent::ReviewFailed {
        level,
        reason: reason.clone(),
        measures: measures.clone(),
    };
    Ok(with_reopened(failed, measures, &reason))
}

pub fn draw(state: &DisposalState, command: &DrawSpotCheck, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        if !supervises(state, given) {
            return Err(DisposalRefusal::NotSupervisor);
        }
        // Whoever may choose may also spare.
        if state.against.is_empty() {
            return Err(DisposalRefusal::DrawnByLot);
        }
    }
    if let Some(last) = &state.spot_check {
        if last.round == command.round && last.seed == command.seed.trim() {
            return Ok(vec![]);
        }
        if last.passed.is_none() {
            return Err(DisposalRefusal::SpotCheckPending);
        }
    }
    if state.progress != Progress::Closed {
        return Err(DisposalRefusal::NotClosed);
    }
    Ok(vec![DisposalEvent::SpotCheckDrawn {
        seed: words(&command.seed, DisposalRefusal::SeedMissing)?,
        round: command.round,
    }])
}

pub fn pass_spot_check(state: &DisposalState, command: &PassSpotCheck, given: Given<'_>) -> Decision {
    may_spot_check(state, given)?;
    if command.evidence.is_empty() {
        return Err(DisposalRefusal::SpotCheckUnproven);
    }
    pictures::fresh(state, &command.evidence, &command.elsewhere)?;
    Ok(vec![DisposalEvent::SpotCheckPassed {
        note: words(&command.note, DisposalRefusal::SpotCheckNoteMissing)?,
        evidence: command.evidence.clone(),
    }])
}

pub fn fail_spot_check(state: &DisposalState, command: &FailSpotCheck, given: Given<'_>) -> Decision {
    may_spot_check(state, given)?;
    let finding = words(&command.finding, DisposalRefusal::FindingMissing)?;
    let measures = to_do_again(state, &command.measures)?;
    pictures::fresh(state, &command.evidence, &command.elsewhere)?;
    let failed = DisposalEvent::SpotCheckFailed {
        measures: measures.clone(),
        finding: finding.clone(),
        evidence: command.evidence.clone(),
    };
    Ok(with_reopened(failed, measures, &finding))
}

/// What is under way already is not taken up a second time.
pub fn reopen(state: &DisposalState, command: &ReopenDisposal, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(DisposalRefusal::NotForPeople);
    }
    if state.progress != Progress::Closed {
        return Ok(vec![]);
    }
    let reason = words(&command.reason, DisposalRefusal::ReasonMissing)?;
    let measures: Vec<_> = state.measures.iter().map(|record| record.measure).collect();
    let reopened = DisposalEvent::DisposalReopened {
        reason: reason.clone(),
        measures: measures.clone(),
    };
    Ok(with_reopened(reopened, measures, &reason))
}

/// The level the actor signs for, if it is its turn.
fn may_review(state: &DisposalState, given: Given<'_>) -> Result<Level, DisposalRefusal> {
    let level = rights::signs_for(state, given)
        .filter(|level| state.reviews_required.contains(level))
        .ok_or(DisposalRefusal::NotReviewer)?;
    if given.by.person().is_some_and(|person| state.has_worked(person)) {
        return Err(DisposalRefusal::OwnWork);
    }
    match state.progress {
        Progress::Absent => return Err(DisposalRefusal::NotOrdered),
        Progress::InProgress => return Err(DisposalRefusal::MeasuresOpen),
        Progress::Closed => return Err(DisposalRefusal::AlreadyClosed),
        Progress::Merged => return Err(DisposalRefusal::MergedElsewhere),
        Progress::AwaitingReview => {}
    }
    if state.has_passed(level) {
        return Err(DisposalRefusal::AlreadyReviewed);
    }
    if state.next_review() != Some(level) {
        return Err(DisposalRefusal::LevelSkipped);
    }
    // From the township to the county since: two levels are two persons.
    if given.by.person().is_some_and(|person| state.has_signed(person)) {
        return Err(DisposalRefusal::OwnWork);
    }
    Ok(level)
}

fn may_spot_check(state: &DisposalState, given: Given<'_>) -> Result<(), DisposalRefusal> {
    if !supervises(state, given) {
        return Err(DisposalRefusal::NotSupervisor);
    }
    if !state.awaits_spot_check() {
        return Err(DisposalRefusal::NotDrawn);
    }
    // Taken up again since it was drawn.
    if state.progress != Progress::Closed {
        return Err(DisposalRefusal::NotClosed);
    }
    // Whoever signed that all is in order does not check whether it is.
    let own = |person| state.reviewers.contains(person) || state.has_worked(person);
    if given.by.person().is_some_and(own) {
        return Err(DisposalRefusal::OwnWork);
    }
    Ok(())
}

/// 市政府组织验收抽查 (24号文 三（四）): what the city's group has drawn, no county's group passes for it.
fn supervises(state: &DisposalState, given: Given<'_>) -> bool {
    rights::covers(state, &[Role::Supervisor], given) && given.jurisdiction.actor_covers_city(given.by)
}

/// A failure that reopens nothing would leave nothing to do and nothing to review.
fn to_do_again(state: &DisposalState, named: &[Measure]) -> Result<Vec<Measure>, DisposalRefusal> {
    let prescribed = |measure: &Measure| state.measures.iter().any(|record| record.measure == *measure);
    if !named.iter().all(prescribed) {
        return Err(DisposalRefusal::MeasureNotPrescribed);
    }
    let mut measures = named.to_vec();
    measures.sort();
    measures.dedup();
    if measures.is_empty() {
        return Err(DisposalRefusal::MeasuresMissing);
    }
    Ok(measures)
}

/// A fact, and the measures that are open again because of it.
pub fn with_reopened(why: DisposalEvent, measures: Vec<Measure>, reason: &str) -> Vec<DisposalEvent> {
    let reopened = measures
        .into_iter()
        .map(|measure| DisposalEvent::MeasureReopened {
            measure,
            reason: reason.to_owned(),
        });
    std::iter::once(why).chain(reopened).collect()
}
