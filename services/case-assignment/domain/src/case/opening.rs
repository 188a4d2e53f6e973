//! Opening a case and joining tips to it.

use super::{CaseState, Decision, Progress, open_words, words, wordy};
use crate::{CaseEvent, CaseRefusal, Coordinates, LinkTip, Method, OpenCase, Origin, Place, UnlinkTip};
use decider::Given;
use jurisdiction::{Against, Role, Urgency};

const LONGEST_PLACE: usize = 200;

pub fn open(state: &CaseState, command: &OpenCase, given: Given<'_>) -> Decision {
    if state.against.hides_from(given.by, given.jurisdiction) {
        return Err(CaseRefusal::NotOpened);
    }
    if state.progress != Progress::Absent {
        return Err(CaseRefusal::AlreadyOpened);
    }
    may_open(command, given)?;
    check_origin(&command.origin)?;
    check_place(&command.place, given)?;
    let summary = words(&command.summary, CaseRefusal::SummaryMissing)?;
    let enterprise = command.enterprise.as_deref().map(wordy).transpose()?;
    if !given.by.is_system() {
        open_words(&summary, CaseRefusal::PersonInSummary)?;
        open_words(
            enterprise.as_deref().unwrap_or_default(),
            CaseRefusal::PersonInEnterprise,
        )?;
        open_words(&command.place.text, CaseRefusal::PersonInPlace)?;
    }
    Ok(vec![CaseEvent::CaseOpened {
        origin: command.origin.clone(),
        summary,
        enterprise: enterprise.filter(|name| !name.is_empty()),
        place: command.place.clone(),
        urgency: command.urgency,
        confidential: command.confidential,
        against: command.against.clone(),
    }])
}

pub fn link_tip(state: &CaseState, command: &LinkTip, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(CaseRefusal::NotForPeople);
    }
    let mut events = Vec::new();
    if !state.tips.contains(&command.tip) {
        events.push(CaseEvent::TipLinked { tip: command.tip });
    }
    events.extend(told_by(state, command));
    Ok(events)
}

pub fn learn_of_tip(state: &CaseState, command: &LinkTip, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(CaseRefusal::NotForPeople);
    }
    Ok(match state.tips.contains(&command.tip) {
        true => told_by(state, command),
        false => vec![],
    })
}

fn told_by(state: &CaseState, tip: &LinkTip) -> Vec<CaseEvent> {
    sharpened(state, &tip.against, tip.urgency, tip.confidential)
}

/// What a tip or case that joins knew better: whom it is about, that it presses, that it is to be kept close. None of
/// it is ever taken back.
pub(super) fn sharpened(
    state: &CaseState,
    against: &Against,
    urgency: Urgency,
    confidential: bool,
) -> Vec<CaseEvent> {
    let mut events = Vec::new();
    let against = state.against.clone().and(against.clone());
    if against != state.against {
        events.push(CaseEvent::ConflictNoted { against });
    }
    if confidential && !state.confidential {
        events.push(CaseEvent::MadeConfidential {});
    }
    if urgency == Urgency::Urgent && state.urgency != Urgency::Urgent {
        events.push(CaseEvent::MadeUrgent {});
    }
    events
}

/// What is once in conflict stays so, even if the tip that said so turns out to belong elsewhere.
pub fn unlink_tip(state: &CaseState, command: &UnlinkTip, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(CaseRefusal::NotForPeople);
    }
    Ok(if state.tips.contains(&command.tip) {
        vec![CaseEvent::TipUnlinked { tip: command.tip }]
    } else {
        vec![]
    })
}

/// Tips and relapses are facts elsewhere: only the policy that heard them may open their cases.
fn may_open(command: &OpenCase, given: Given<'_>) -> Result<(), CaseRefusal> {
    if given.by.is_system() {
        return Ok(());
    }
    let provincial = matches!(command.origin, Origin::ProvincialSupervision { .. });
    let supervision = provincial || matches!(command.origin, Origin::SupervisionFinding { .. });
    match given.by.role() {
        Some(Role::Dispatcher) => {}
        Some(Role::Supervisor) if supervision => {}
        _ => return Err(CaseRefusal::NotOpener),
    }
    if matches!(command.origin, Origin::Tip { .. } | Origin::Relapse { .. }) {
        return Err(CaseRefusal::OriginIsForPolicies);
    }
    let city = given.jurisdiction.city().map(|city| &city.code);
    // The province inspects the city: what it found is the city's to register, not the county's to play down.
    if provincial && !city.is_some_and(|city| given.jurisdiction.actor_covers(given.by, city)) {
        return Err(CaseRefusal::ProvincialIsForTheCity);
    }
    match command.place.division.as_ref().or(city) {
        Some(division) if given.jurisdiction.unit(division).is_none() => Err(CaseRefusal::UnknownDivision),
        Some(division) if given.jurisdiction.actor_covers(given.by, division) => Ok(()),
        _ => Err(CaseRefusal::OutsideSubtree),
    }
}

/// Where it comes from has to be told, or nobody can check it.
fn check_origin(origin: &Origin) -> Result<(), CaseRefusal> {
    let said: &[&String] = match origin {
        // Checked where they became facts.
        Origin::Tip { .. } | Origin::Relapse { .. } => &[],
        Origin::Sweep {
            method: Method::TipVerification,
        } => return Err(CaseRefusal::NotASweepMethod),
        Origin::Sweep { .. } => &[],
        Origin::NightLoad { note }
        | Origin::SupervisionFinding { note }
        | Origin::ProvincialSupervision { note } => &[note],
        Origin::ListMatching { list, entry } => &[list, entry],
        Origin::DepartmentTransfer { from, note } => &[from, note],
    };
    for text in said {
        words(text, CaseRefusal::OriginMissing)?;
        open_words(text, CaseRefusal::PersonInOrigin)?;
    }
    Ok(())
}

fn check_place(place: &Place, given: Given<'_>) -> Result<(), CaseRefusal> {
    if place.text.trim().is_empty() && place.coordinates.is_none() {
        return Err(CaseRefusal::PlaceMissing);
    }
    if place.text.chars().count() > LONGEST_PLACE {
        return Err(CaseRefusal::PlaceTooLong);
    }
    check_coordinates(place.coordinates)?;
    match &place.division {
        Some(division) if given.jurisdiction.unit(division).is_none() => Err(CaseRefusal::UnknownDivision),
        _ => Ok(()),
    }
}

pub(super) fn check_coordinates(coordinates: Option<Coordinates>) -> Result<(), CaseRefusal> {
    match coordinates {
        Some(Coordinates { latitude, longitude })
            if !((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)) =>
        {
            Err(CaseRefusal::CoordinatesOutOfRange)
        }
        _ => Ok(()),
    }
}
