//! Whose case it is: assignment, acknowledgement, return, designation. Exactly one owner at every instant.

use super::{CaseState, Decision, Progress, not_now, open_words, rights, words};
use crate::{
    AddCoHandler, AssignCase, CaseEvent, CaseRefusal, DesignateCase, ReassignCase, RemoveCoHandler,
    ReturnCase,
};
use decider::Given;
use jurisdiction::{Role, UnitCode, UnitKind, Urgency};

pub fn assign(state: &CaseState, command: &AssignCase, given: Given<'_>) -> Decision {
    may_assign(state, given)?;
    match state.progress {
        Progress::Opened | Progress::Returned => {}
        // The owner passes it down; who is above the owner has to reassign, with a reason.
        Progress::Assigned | Progress::Acknowledged | Progress::Inspected => {}
        progress => return Err(not_now(progress)),
    }
    check_receiver(state, &command.to, given)?;
    if state.owner.as_ref() == Some(&command.to) {
        return Err(CaseRefusal::AlreadyOwner);
    }
    let mut co_handlers = command.co_handlers.clone();
    co_handlers.sort();
    co_handlers.dedup();
    for unit in &co_handlers {
        check_co_handler(state, unit, given)?;
    }
    if co_handlers.contains(&command.to) {
        return Err(CaseRefusal::CoHandlerUnfit);
    }
    let assigned = CaseEvent::CaseAssigned {
        to: command.to.clone(),
        instructions: open_words(&command.instructions, CaseRefusal::PersonInInstructions)?,
        co_handlers,
    };
    // Before it is given, so that the receiver's limits are the urgent ones.
    let sharpened = command.urgent && state.urgency != Urgency::Urgent;
    let sharpened = sharpened.then_some(CaseEvent::MadeUrgent {});
    Ok(sharpened.into_iter().chain([assigned]).collect())
}

pub fn add_co_handler(state: &CaseState, command: &AddCoHandler, given: Given<'_>) -> Decision {
    let Some(owner) = &state.owner else {
        return Err(CaseRefusal::NotAssignedYet);
    };
    if !rights::at_owners_desk(state, given) && !rights::dispatches(state, given) {
        return Err(CaseRefusal::NotAssigner);
    }
    if state.progress == Progress::Closed {
        return Err(CaseRefusal::AlreadyClosed);
    }
    check_co_handler(state, &command.unit, given)?;
    if command.unit == *owner {
        return Err(CaseRefusal::CoHandlerUnfit);
    }
    Ok(if state.co_handlers.contains(&command.unit) {
        vec![]
    } else {
        vec![CaseEvent::CoHandlerAdded {
            unit: command.unit.clone(),
        }]
    })
}

pub fn remove_co_handler(state: &CaseState, command: &RemoveCoHandler, given: Given<'_>) -> Decision {
    if !rights::at_owners_desk(state, given) && !rights::dispatches(state, given) {
        return Err(CaseRefusal::NotAssigner);
    }
    if state.progress == Progress::Closed {
        return Err(CaseRefusal::AlreadyClosed);
    }
    if !state.co_handlers.contains(&command.unit) {
        return Err(CaseRefusal::NotACoHandler);
    }
    Ok(vec![CaseEvent::CoHandlerRemoved {
        unit: command.unit.clone(),
        reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
    }])
}

pub fn acknowledge(state: &CaseState, given: Given<'_>) -> Decision {
    if state.owner.is_none() {
        return Err(CaseRefusal::NotAssignedYet);
    }
    if !rights::at_owners_desk(state, given) {
        return Err(CaseRefusal::NotOwner);
    }
    match state.progress {
        Progress::Assigned => Ok(vec![CaseEvent::CaseAcknowledged {}]),
        // Its village returned it: the township may as well do it itself. A mere desk may not.
        Progress::Returned if state.held_from().is_some() => Ok(vec![CaseEvent::CaseAcknowledged {}]),
        Progress::Acknowledged | Progress::Inspected => Err(CaseRefusal::AlreadyAcknowledged),
        progress => Err(not_now(progress)),
    }
}

pub fn give_back(state: &CaseState, command: &ReturnCase, given: Given<'_>) -> Decision {
    let Some(owner) = &state.owner else {
        return Err(CaseRefusal::NotAssignedYet);
    };
    if !rights::at_owners_desk(state, given) {
        return Err(CaseRefusal::NotOwner);
    }
    match state.progress {
        Progress::Assigned | Progress::Acknowledged | Progress::Returned => {}
        Progress::Inspected => return Err(CaseRefusal::InspectedCannotReturn),
        progress => return Err(not_now(progress)),
    }
    if state.designated {
        return Err(CaseRefusal::DesignatedCannotReturn);
    }
    if state.returned_by.contains(owner) {
        return Err(CaseRefusal::ReturnedBefore);
    }
    let reason = words(&command.reason, CaseRefusal::ReasonMissing)?;
    let to = state.held_from().cloned().ok_or(CaseRefusal::NobodyToReturnTo)?;
    Ok(vec![CaseEvent::CaseReturned { to, reason }])
}

pub fn designate(state: &CaseState, command: &DesignateCase, given: Given<'_>) -> Decision {
    let corrects = match state.progress {
        Progress::AwaitingDesignation => false,
        progress if state.designated && has_an_owner_at_work(progress) => true,
        _ => return Err(CaseRefusal::NotDisputed),
    };
    if !is_above_all_who_returned(state, given) {
        return Err(CaseRefusal::NotDesignator);
    }
    check_receiver(state, &command.to, given)?;
    if corrects && state.owner.as_ref() == Some(&command.to) {
        return Err(CaseRefusal::AlreadyOwner);
    }
    Ok(vec![CaseEvent::CaseDesignated {
        to: command.to.clone(),
        reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
    }])
}

pub fn reassign(state: &CaseState, command: &ReassignCase, given: Given<'_>) -> Decision {
    if !has_an_owner_at_work(state.progress) {
        return Err(not_now(state.progress));
    }
    let own = rights::staff(given).map(|(unit, _)| unit) == state.owner.as_ref();
    if own || !rights::dispatches(state, given) {
        return Err(CaseRefusal::NotReassigner);
    }
    if state.designated {
        return Err(CaseRefusal::DesignatedStays);
    }
    check_receiver(state, &command.to, given)?;
    if state.owner.as_ref() == Some(&command.to) {
        return Err(CaseRefusal::AlreadyOwner);
    }
    Ok(vec![CaseEvent::CaseReassigned {
        to: command.to.clone(),
        reason: words(&command.reason, CaseRefusal::ReasonMissing)?,
    }])
}

/// Whether somebody has it who may turn out to be the wrong one: with the county, under review and in disposal as well,
/// or a conflict noted there would leave nobody who may act.
fn has_an_owner_at_work(progress: Progress) -> bool {
    match progress {
        Progress::Assigned
        | Progress::Acknowledged
        | Progress::Inspected
        | Progress::Identification
        | Progress::CleanAwaitingReview
        | Progress::Confirmed => true,
        Progress::Absent
        | Progress::Opened
        | Progress::Returned
        | Progress::AwaitingDesignation
        | Progress::Closed => false,
    }
}

/// The dispatcher while nobody works on it; afterwards only the owner, downwards.
fn may_assign(state: &CaseState, given: Given<'_>) -> Result<(), CaseRefusal> {
    let Some((unit, role)) = rights::staff(given) else {
        return Err(CaseRefusal::NotAssigner);
    };
    let kind = given.jurisdiction.unit(unit).map(|unit| unit.kind);
    if rights::at_owners_desk(state, given) {
        return match kind {
            Some(UnitKind::Government | UnitKind::Office) => Ok(()),
            _ => Err(CaseRefusal::DepartmentsDoNotAssign),
        };
    }
    if !rights::dispatches(state, given) {
        return Err(match role {
            Role::Dispatcher => CaseRefusal::OutsideSubtree,
            _ => CaseRefusal::NotAssigner,
        });
    }
    match state.progress {
        Progress::Assigned | Progress::Acknowledged | Progress::Inspected => {
            Err(CaseRefusal::AlreadyAssigned)
        }
        _ => Ok(()),
    }
}

/// Down the actor's own subtree, or sideways to a department of its government.
fn check_receiver(state: &CaseState, to: &UnitCode, given: Given<'_>) -> Result<(), CaseRefusal> {
    let unit = given.jurisdiction.unit(to).ok_or(CaseRefusal::UnknownUnit)?;
    if given.jurisdiction.is_merged(to) {
        return Err(CaseRefusal::UnitMerged);
    }
    if !given.jurisdiction.actor_covers(given.by, to) {
        return Err(CaseRefusal::TargetOutsideSubtree);
    }
    if !rights::handles(unit) {
        return Err(CaseRefusal::NotAHandlingUnit);
    }
    let seat = given.by.unit().and_then(|own| given.jurisdiction.seat(own));
    if seat.is_some_and(|seat| seat.code == *to) {
        return Err(CaseRefusal::NotDownward);
    }
    check_conflict(state, to, given)
}

/// Nobody handles what is about themselves, nor what is about somebody above them.
fn check_conflict(state: &CaseState, unit: &UnitCode, given: Given<'_>) -> Result<(), CaseRefusal> {
    if state.against.holds_unit(unit, given.jurisdiction) {
        return Err(CaseRefusal::ConflictOfInterest);
    }
    Ok(())
}

fn check_co_handler(state: &CaseState, unit: &UnitCode, given: Given<'_>) -> Result<(), CaseRefusal> {
    check_conflict(state, unit, given)?;
    let fit = given.jurisdiction.unit(unit).is_some_and(rights::handles);
    if fit && given.jurisdiction.actor_covers(given.by, unit) {
        Ok(())
    } else {
        Err(CaseRefusal::CoHandlerUnfit)
    }
}

/// A dispute is settled by a level above every unit that took part in it.
fn is_above_all_who_returned(state: &CaseState, given: Given<'_>) -> bool {
    (given.by.is(Role::Dispatcher) || rights::stands_in(state, given))
        && state.returned_by.iter().all(|unit| {
            rights::superior(unit, given)
                .is_some_and(|above| given.jurisdiction.actor_covers(given.by, &above.code))
        })
}
