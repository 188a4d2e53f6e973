//! Takes facts into the state of a case. Total: any history folds, in any order.

use super::{CaseState, Denial, Extension, ExtensionAnswer, Holding, Inspection, Progress};
use crate::{CaseEvent, ClosingReason, Competent, Origin};
use decider::Stamp;
use jurisdiction::{EvidenceId, TipId, UnitCode, Urgency};

pub fn evolve(state: &mut CaseState, event: &CaseEvent, stamp: &Stamp) {
    match event {
        CaseEvent::CaseOpened { .. } => open(state, event, stamp),
        CaseEvent::TipLinked { tip } => link(state, *tip),
        CaseEvent::TipUnlinked { tip } => state.tips.retain(|linked| linked != tip),
        CaseEvent::ConflictNoted { against } => {
            state.against = std::mem::take(&mut state.against).and(against.clone());
        }
        CaseEvent::MadeConfidential {} => state.confidential = true,
        CaseEvent::MadeUrgent {} => state.urgency = Urgency::Urgent,
        CaseEvent::CaseAssigned {
            to,
            instructions,
            co_handlers,
        } => {
            hand_over(state, to, stamp);
            state.instructions = instructions.clone();
            for unit in co_handlers {
                add_co_handler(state, unit);
            }
        }
        CaseEvent::CoHandlerAdded { unit } => add_co_handler(state, unit),
        CaseEvent::CoHandlerRemoved { unit, .. } => state.co_handlers.retain(|other| other != unit),
        CaseEvent::CaseAcknowledged {} => {
            state.acknowledged_at = Some(stamp.at);
            // Whoever takes over an inspected site need not begin at the gate again.
            state.progress = match state.finding {
                Some(_) => Progress::Inspected,
                None => Progress::Acknowledged,
            };
        }
        CaseEvent::CaseReturned { to, .. } => give_back(state, to, stamp),
        CaseEvent::CaseDesignated { to, .. } => {
            hand_over(state, to, stamp);
            state.designated = true;
        }
        CaseEvent::CaseReassigned { to, .. } => hand_over(state, to, stamp),
        CaseEvent::InspectionRecorded { .. } => inspect(state, event, stamp),
        CaseEvent::ExtensionRequested { .. } => ask_for_time(state, event, stamp),
        CaseEvent::ExtensionGranted { clock, .. } => answer(state, clock, &ExtensionAnswer::Granted),
        CaseEvent::ExtensionRefused { clock, reason, .. } => {
            let reason = reason.clone();
            answer(state, clock, &ExtensionAnswer::Refused { reason });
        }
        _ => conclude(state, event, stamp),
    }
}

/// The facts that say what the site is, and those that end or resume the handling.
fn conclude(state: &mut CaseState, event: &CaseEvent, stamp: &Stamp) {
    match event {
        CaseEvent::IdentificationRequested { .. } => state.progress = Progress::Identification,
        CaseEvent::SiteIdentified {
            small_chemical,
            class,
            refer_to,
            ..
        } => {
            if !small_chemical {
                deny(state, refer_to.as_ref(), stamp);
            }
            state.identified = *small_chemical;
            state.class = *class;
            state.progress = Progress::Inspected;
        }
        CaseEvent::ClassCorrected { class, .. } => state.class = Some(*class),
        CaseEvent::SiteClassified { class, refer_to, .. } => {
            state.class = class.class();
            if state.class.is_none() {
                deny(state, refer_to.as_ref(), stamp);
            }
        }
        CaseEvent::SiteFoundClean {} => state.progress = Progress::CleanAwaitingReview,
        // If agreed, the closing follows in the same breath; if not, somebody has to go and look again.
        CaseEvent::CleanFindingReviewed { agreed, .. } => {
            match agreed {
                true => state.clean_agreed.push(stamp.by.clone()),
                false => state.clean_refused += 1,
            }
            state.finding = None;
            state.denied = false;
            state.to_visit_from = Some(stamp.at);
            state.progress = Progress::Acknowledged;
        }
        CaseEvent::CaseConfirmed { class, .. } => {
            state.class = Some(*class);
            state.progress = Progress::Confirmed;
        }
        CaseEvent::CasesMerged { into, .. } => state.merged = Some((*into, state.progress)),
        CaseEvent::CaseClosed { reason, .. } => {
            state.unmerged_from = None;
            state.progress = Progress::Closed;
            state.closed = Some(reason.clone());
            state.closed_at = Some(stamp.at);
        }
        CaseEvent::CaseReopened { .. } => reopen(state, stamp),
        _ => {}
    }
}

fn open(state: &mut CaseState, event: &CaseEvent, stamp: &Stamp) {
    let CaseEvent::CaseOpened {
        origin,
        summary,
        enterprise,
        place,
        urgency,
        confidential,
        against,
    } = event
    else {
        return;
    };
    if let Origin::Tip { tip } = origin {
        link(state, *tip);
    }
    state.progress = Progress::Opened;
    state.origin = Some(origin.clone());
    state.summary = summary.clone();
    state.enterprise = enterprise.clone();
    state.place = place.clone();
    state.urgency = *urgency;
    state.confidential = *confidential;
    state.against = against.clone();
    state.opened_at = Some(stamp.at);
    state.to_visit_from = Some(stamp.at);
}

fn link(state: &mut CaseState, tip: TipId) {
    if !state.tips.contains(&tip) {
        state.tips.push(tip);
    }
}

fn add_co_handler(state: &mut CaseState, unit: &UnitCode) {
    if !state.co_handlers.contains(unit) {
        state.co_handlers.push(unit.clone());
    }
}

fn deny(state: &mut CaseState, refer_to: Option<&Competent>, stamp: &Stamp) {
    state.denied = true;
    state.denials.push(Denial {
        by: stamp.by.clone(),
        at: stamp.at,
        refer_to: refer_to.cloned(),
    });
}

fn hand_over(state: &mut CaseState, to: &UnitCode, stamp: &Stamp) {
    state.denied = false;
    hold(state, to, stamp.by.unit().cloned(), stamp);
    state.progress = match state.progress {
        // The disposal goes over as it stands; there is nothing to find out again.
        Progress::Confirmed => Progress::Confirmed,
        // What one unit did not find, another has to look for itself.
        Progress::CleanAwaitingReview => {
            state.finding = None;
            Progress::Assigned
        }
        _ => Progress::Assigned,
    };
}

fn give_back(state: &mut CaseState, to: &UnitCode, stamp: &Stamp) {
    state.returned_by.extend(state.owner.clone());
    // Who passed the case on once got it from somebody, and may still return it there.
    let given_by = state
        .holders
        .iter()
        .rev()
        .find(|held| held.unit == *to)
        .and_then(|held| held.given_by.clone());
    hold(state, to, given_by, stamp);
    state.progress = match state.returns() {
        0 | 1 => Progress::Returned,
        _ => Progress::AwaitingDesignation,
    };
}

fn hold(state: &mut CaseState, unit: &UnitCode, given_by: Option<UnitCode>, stamp: &Stamp) {
    state.owner = Some(unit.clone());
    state.co_handlers.retain(|other| other != unit);
    state.acknowledged_at = None;
    state.holders.push(Holding {
        unit: unit.clone(),
        given_by,
        from: stamp.at,
    });
}

fn inspect(state: &mut CaseState, event: &CaseEvent, stamp: &Stamp) {
    let CaseEvent::InspectionRecorded {
        went,
        inspected_at,
        coordinates,
        no_coordinates,
        method,
        premises,
        five,
        three,
        parties,
        finding,
        note,
        evidence,
    } = event
    else {
        return;
    };
    add_evidence(state, evidence);
    for check in five
        .all()
        .into_iter()
        .chain(three.iter().flat_map(|three| three.all()))
    {
        add_evidence(state, &check.evidence);
    }
    state.inspections.push(Inspection {
        recorded_by: stamp.by.clone(),
        went: went.clone(),
        inspected_at: *inspected_at,
        coordinates: *coordinates,
        no_coordinates: no_coordinates.clone(),
        method: *method,
        premises: *premises,
        five: five.clone(),
        three: three.clone(),
        parties: parties.clone(),
        finding: *finding,
        note: note.clone(),
        evidence: evidence.clone(),
    });
    state.finding = Some(*finding);
    state.denied = false;
    if state.progress == Progress::Acknowledged {
        state.progress = Progress::Inspected;
    }
}

fn add_evidence(state: &mut CaseState, evidence: &[EvidenceId]) {
    for item in evidence {
        if !state.evidence.contains(item) {
            state.evidence.push(item.clone());
        }
    }
}

fn ask_for_time(state: &mut CaseState, event: &CaseEvent, stamp: &Stamp) {
    let CaseEvent::ExtensionRequested {
        clock,
        obligation,
        unit,
        due,
        to,
        reason,
    } = event
    else {
        return;
    };
    state.extensions.push(Extension {
        clock: clock.clone(),
        obligation: *obligation,
        unit: unit.clone(),
        due: *due,
        to: *to,
        reason: reason.clone(),
        requested_at: stamp.at,
        answer: None,
        round: state.reopenings,
    });
}

fn answer(state: &mut CaseState, clock: &str, answer: &ExtensionAnswer) {
    let mut asked = state.extensions.iter_mut().rev();
    if let Some(asked) = asked.find(|asked| asked.clock == clock && asked.answer.is_none()) {
        asked.answer = Some(answer.clone());
    }
}

/// Into disposal again if that is where it was, to where it stood if it was merged; else to the owner, who has to
/// acknowledge and look again.
fn reopen(state: &mut CaseState, stamp: &Stamp) {
    match (state.closed.take(), state.merged.take()) {
        (Some(ClosingReason::Disposed), _) => state.progress = Progress::Confirmed,
        (Some(ClosingReason::Merged { .. }), Some((into, progress))) => {
            state.progress = progress;
            state.unmerged_from = Some(into);
            state.closed_at = None;
            // Taken apart again it is the same piece of work, which has rested.
            return;
        }
        _ => {
            state.denied = false;
            state.progress = Progress::Assigned;
            state.finding = None;
            state.identified = false;
            state.class = None;
            state.acknowledged_at = None;
            state.to_visit_from = Some(stamp.at);
        }
    }
    state.reopenings += 1;
    state.closed_at = None;
}
