//! Taking a tip in, and the evidence that comes after it.

use super::{Decision, Progress, TipState, conflict, erasure, no_person_in, transcribing};
use crate::{AddEvidence, Coordinates, Place, ReceiveTip, TipEvent, TipRefusal};
use decider::Given;
use jurisdiction::Role;

const LONGEST_PLACE: usize = 200;
const MOST_EVIDENCE: usize = 50;

pub fn receive(state: &TipState, command: &ReceiveTip, given: Given<'_>) -> Decision {
    if state.progress != Progress::Absent {
        return Err(TipRefusal::AlreadyReceived);
    }
    if let Some(role) = given.by.role()
        && !matches!(role, Role::Operator | Role::Dispatcher)
    {
        return Err(TipRefusal::NotForOperators);
    }
    if command.content.is_none() && command.evidence.is_empty() && command.recordings.is_empty() {
        return Err(TipRefusal::NothingReported);
    }
    if command.evidence.len() > MOST_EVIDENCE {
        return Err(TipRefusal::TooMuchEvidence);
    }
    check_place(&command.place, given)?;
    no_person_in(&command.seen_when, TipRefusal::PersonInSeenWhen)?;
    let mut events = vec![TipEvent::TipReceived {
        channel: command.channel,
        line: command.line.clone(),
        authenticity: command.authenticity,
        place: command.place.clone(),
        seen: command.seen.clone(),
        seen_when: command.seen_when.clone(),
        evidence: command.evidence.clone(),
        confidential: command.confidential,
        wants_answer: command.wants_answer,
        danger: command.danger,
        receipt_hash: command.receipt_hash.clone(),
        identity: command.identity.clone(),
        content: command.content.clone(),
        against: conflict::on_arrival(command.against.as_ref(), &command.place, given)?,
    }];
    if command.danger {
        events.push(TipEvent::DangerRaised {});
    }
    events.extend(transcribing::added(
        Some(command.channel),
        &[],
        &command.recordings,
        command.in_words,
    )?);
    Ok(events)
}

/// What was sent before is not added twice.
pub fn add_evidence(state: &TipState, command: &AddEvidence) -> Decision {
    erasure::content_kept(state)?;
    if state.evidence.len() + command.evidence.len() > MOST_EVIDENCE {
        return Err(TipRefusal::TooMuchEvidence);
    }
    let new: Vec<_> = command
        .evidence
        .iter()
        .filter(|e| !state.evidence.contains(e))
        .cloned()
        .collect();
    Ok(if new.is_empty() {
        vec![]
    } else {
        vec![TipEvent::EvidenceAdded { evidence: new }]
    })
}

pub fn check_place(place: &Place, given: Given<'_>) -> Result<(), TipRefusal> {
    if place.text.trim().is_empty() && place.coordinates.is_none() {
        return Err(TipRefusal::PlaceMissing);
    }
    if place.text.chars().count() > LONGEST_PLACE {
        return Err(TipRefusal::PlaceTooLong);
    }
    no_person_in(&place.text, TipRefusal::PersonInPlace)?;
    if let Some(Coordinates { latitude, longitude }) = place.coordinates
        && !((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude))
    {
        return Err(TipRefusal::CoordinatesOutOfRange);
    }
    match &place.division {
        Some(division) if given.jurisdiction.unit(division).is_none() => Err(TipRefusal::UnknownDivision),
        _ => Ok(()),
    }
}
