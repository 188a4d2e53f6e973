//! Ordering a disposal and carrying it out: safety plan and measures.

use super::{
    Decision, DisposalState, PlanStanding, Progress, pictures, required_reviews, rights, words, wordy,
};
use crate::{
    CompleteMeasure, DisposalEvent, DisposalRefusal, NoteConflict, OrderDisposal, RejectSafetyPlan,
    SubmitSafetyPlan, prescribed,
};
use decider::Given;

pub fn order(state: &DisposalState, command: &OrderDisposal, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(DisposalRefusal::NotForPeople);
    }
    if state.progress != Progress::Absent {
        return Err(DisposalRefusal::AlreadyOrdered);
    }
    let unit = given
        .jurisdiction
        .unit(&command.unit)
        .ok_or(DisposalRefusal::UnknownUnit)?;
    Ok(vec![DisposalEvent::DisposalOrdered {
        class: command.class,
        unit: command.unit.clone(),
        measures: prescribed(command.class).to_vec(),
        reviews: required_reviews(unit.level).to_vec(),
        place: command.place.clone(),
        summary: command.summary.clone(),
        urgency: command.urgency,
        against: command.against.clone(),
    }])
}

pub fn note_conflict(state: &DisposalState, command: &NoteConflict, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(DisposalRefusal::NotForPeople);
    }
    let against = state.against.clone().and(command.against.clone());
    Ok(if against == state.against {
        vec![]
    } else {
        vec![DisposalEvent::ConflictNoted { against }]
    })
}

pub fn submit_plan(state: &DisposalState, command: &SubmitSafetyPlan, given: Given<'_>) -> Decision {
    if !rights::carries_out(state, given) {
        return Err(DisposalRefusal::NotOwner);
    }
    if state.progress == Progress::Closed {
        return Err(DisposalRefusal::AlreadyClosed);
    }
    if !state.needs_safety_plan() {
        return Err(DisposalRefusal::PlanNotNeeded);
    }
    match state.plan.as_ref().map(|plan| (&plan.standing, plan.outlived)) {
        Some((PlanStanding::Submitted, _)) => return Err(DisposalRefusal::PlanAlreadySubmitted),
        Some((PlanStanding::Approved, false)) => return Err(DisposalRefusal::PlanAlreadyApproved),
        Some((PlanStanding::Approved, true) | (PlanStanding::Rejected { .. }, _)) | None => {}
    }
    Ok(vec![DisposalEvent::SafetyPlanSubmitted {
        risks: words(&command.risks, DisposalRefusal::PlanIncomplete)?,
        measures: words(&command.measures, DisposalRefusal::PlanIncomplete)?,
        responsible: words(&command.responsible, DisposalRefusal::PlanIncomplete)?,
    }])
}

pub fn approve_plan(state: &DisposalState, given: Given<'_>) -> Decision {
    may_decide_plan(state, given)?;
    Ok(vec![DisposalEvent::SafetyPlanApproved {}])
}

pub fn reject_plan(state: &DisposalState, command: &RejectSafetyPlan, given: Given<'_>) -> Decision {
    may_decide_plan(state, given)?;
    Ok(vec![DisposalEvent::SafetyPlanRejected {
        reason: words(&command.reason, DisposalRefusal::ReasonMissing)?,
    }])
}

pub fn complete(state: &DisposalState, command: &CompleteMeasure, given: Given<'_>) -> Decision {
    if !rights::carries_out(state, given) {
        return Err(DisposalRefusal::NotOwner);
    }
    if state.progress == Progress::Closed {
        return Err(DisposalRefusal::AlreadyClosed);
    }
    let record = state
        .measures
        .iter()
        .find(|record| record.measure == command.measure)
        .ok_or(DisposalRefusal::MeasureNotPrescribed)?;
    if record.done.is_some() {
        return Err(DisposalRefusal::AlreadyCompleted);
    }
    if command.measure.needs_safety_plan() && !state.plan_is_approved() {
        return Err(DisposalRefusal::PlanNotApproved);
    }
    pictures::prove(state, command)?;
    Ok(vec![DisposalEvent::MeasureCompleted {
        measure: command.measure,
        before: command.before.clone(),
        after: command.after.clone(),
        note: wordy(&command.note)?,
    }])
}

fn may_decide_plan(state: &DisposalState, given: Given<'_>) -> Result<(), DisposalRefusal> {
    if !rights::approves_plans(state, given) {
        return Err(DisposalRefusal::NotPlanApprover);
    }
    let plan = state
        .plan
        .as_ref()
        .filter(|plan| plan.standing == PlanStanding::Submitted)
        .ok_or(DisposalRefusal::NoPlanToDecide)?;
    if plan.submitted_by.as_ref() == given.by.person() {
        return Err(DisposalRefusal::OwnWork);
    }
    Ok(())
}
