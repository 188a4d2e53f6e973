//! Takes facts into the state of a disposal. Total: any history folds, in any order.

use super::{
    DisposalState, Done, Exposure, ExposureStanding, MeasureRecord, PlanStanding, Progress, Recheck,
    RecheckOutcome, Referral, Relapse, ReviewSignature, SafetyPlan, Spared, SpotCheck,
};
use crate::{Class, DisposalEvent, Measure};
use decider::Stamp;
use jurisdiction::Urgency;

pub fn evolve(state: &mut DisposalState, event: &DisposalEvent, stamp: &Stamp) {
    match event {
        DisposalEvent::DisposalOrdered { .. } => order(state, event, stamp),
        DisposalEvent::ConflictNoted { against } => {
            state.against = std::mem::take(&mut state.against).and(against.clone());
        }
        DisposalEvent::DisposalHandedOver { to, reviews, .. } => {
            state.unit = Some(to.clone());
            state.reviews_required = reviews.clone();
            // Who signed before signed for somebody else's work, and the plan names somebody who is not there any more.
            unsign(state);
            state.plan = None;
        }
        DisposalEvent::DisposalMerged { into } => state.merged = Some(*into),
        DisposalEvent::DisposalUnmerged {} => state.merged = None,
        DisposalEvent::DisposalAbsorbed { measures, .. } => take_up_again(state, measures),
        DisposalEvent::DisposalReclassified { class, measures, .. } => {
            reclassify(state, *class, measures, stamp);
        }
        DisposalEvent::MadeUrgent {} => state.urgency = Urgency::Urgent,
        DisposalEvent::SafetyPlanSubmitted {
            risks,
            measures,
            responsible,
        } => {
            state.plan = Some(SafetyPlan {
                risks: risks.clone(),
                measures: measures.clone(),
                responsible: responsible.clone(),
                submitted_by: stamp.by.person().cloned(),
                standing: PlanStanding::Submitted,
                judged_by: None,
                judged_at: None,
                outlived: false,
            });
        }
        DisposalEvent::SafetyPlanApproved {} => judge_plan(state, PlanStanding::Approved, stamp),
        DisposalEvent::SafetyPlanRejected { reason } => {
            let reason = reason.clone();
            judge_plan(state, PlanStanding::Rejected { reason }, stamp);
        }
        DisposalEvent::MeasureCompleted { .. } => complete(state, event, stamp),
        DisposalEvent::MeasureReopened { measure, reason } => {
            take_up_again(state, &[*measure]);
            for record in state.measures.iter_mut().filter(|r| r.measure == *measure) {
                record.reopened.push(reason.clone());
            }
        }
        DisposalEvent::PartyReferred {
            referral,
            party,
            to,
            receiver,
            grounds,
        } => state.referrals.push(Referral {
            referral: *referral,
            party: party.clone(),
            to: *to,
            receiver: receiver.clone(),
            grounds: grounds.clone(),
            result: None,
        }),
        DisposalEvent::ReferralAnswered { referral, result } => {
            for answered in state.referrals.iter_mut().filter(|r| r.referral == *referral) {
                answered.result = Some(result.clone());
            }
        }
        _ => review_and_watch(state, event, stamp),
    }
    settle(state);
}

/// The facts of the reviews and of what comes after closing.
fn review_and_watch(state: &mut DisposalState, event: &DisposalEvent, stamp: &Stamp) {
    match event {
        DisposalEvent::ReviewPassed { level } => {
            state.signatures.push(ReviewSignature {
                level: *level,
                unit: stamp.by.unit().cloned(),
                by: stamp.by.person().cloned(),
                at: stamp.at,
            });
            state.reviewers.extend(stamp.by.person().cloned());
        }
        DisposalEvent::ReviewFailed { measures, .. } => {
            take_up_again(state, measures);
            state.sent_back = true;
        }
        DisposalEvent::DisposalClosed {} => {
            state.closed_at = Some(stamp.at);
            state.sent_back = false;
            // The watch begins anew with every closing.
            state.rechecks.clear();
        }
        DisposalEvent::SpotCheckDrawn { seed, round } => {
            state.spot_check = Some(SpotCheck {
                seed: seed.clone(),
                round: *round,
                passed: None,
            });
        }
        DisposalEvent::SpotCheckPassed { evidence, .. } => {
            state.shown.extend(evidence.iter().cloned());
            judge_spot_check(state, true);
        }
        DisposalEvent::SpotCheckFailed {
            measures, evidence, ..
        } => {
            state.shown.extend(evidence.iter().cloned());
            judge_spot_check(state, false);
            take_up_again(state, measures);
        }
        DisposalEvent::DisposalReopened { measures, .. } => {
            take_up_again(state, measures);
            // What was found in order then says nothing of what will be done now. But nobody takes a site out of the lot by
            // having it taken up again: what was drawn is looked at once it is closed.
            state.spot_check = state.spot_check.take().filter(|check| check.passed.is_none());
        }
        DisposalEvent::RecheckDue { after_days } => state.rechecks.push(Recheck {
            after_days: *after_days,
            raised_at: stamp.at,
            outcome: None,
        }),
        DisposalEvent::RecheckPassed {
            after_days, evidence, ..
        } => {
            state.shown.extend(evidence.iter().cloned());
            let passed = |recheck: &Recheck| recheck.after_days == *after_days;
            end_rechecks(state, passed, RecheckOutcome::Passed);
        }
        DisposalEvent::RelapseFound {
            new_case,
            link,
            note,
            place,
            enterprise,
        } => {
            state.relapses.push(Relapse {
                new_case: *new_case,
                link: *link,
                note: note.clone(),
                place: place.clone(),
                enterprise: enterprise.clone(),
                found_at: stamp.at,
                confirmed: false,
            });
        }
        DisposalEvent::RelapseConfirmed { new_case } => {
            for relapse in state.relapses.iter_mut().filter(|r| r.new_case == *new_case) {
                relapse.confirmed = true;
            }
            if state.relapses.iter().any(Relapse::is_of_the_site) {
                end_rechecks(state, |_| true, RecheckOutcome::Relapsed);
            }
        }
        _ => expose(state, event, stamp),
    }
}

fn expose(state: &mut DisposalState, event: &DisposalEvent, stamp: &Stamp) {
    let standing = match event {
        DisposalEvent::ExposureProposed { enterprise, facts } => {
            state.exposure = Some(Exposure {
                enterprise: enterprise.clone(),
                facts: facts.clone(),
                proposed_by: stamp.by.person().cloned(),
                standing: ExposureStanding::Proposed,
            });
            return;
        }
        DisposalEvent::ExposurePublished { area, .. } => ExposureStanding::Published {
            area: area.clone(),
            at: stamp.at,
        },
        DisposalEvent::ExposureWithdrawn { reason } => ExposureStanding::Withdrawn {
            reason: reason.clone(),
        },
        _ => return,
    };
    if let Some(exposure) = &mut state.exposure {
        exposure.standing = standing;
    }
}

fn order(state: &mut DisposalState, event: &DisposalEvent, stamp: &Stamp) {
    let DisposalEvent::DisposalOrdered {
        class,
        unit,
        measures,
        reviews,
        place,
        summary,
        urgency,
        against,
    } = event
    else {
        return;
    };
    state.class = Some(*class);
    state.unit = Some(unit.clone());
    state.measures = measures.iter().copied().map(open).collect();
    state.reviews_required = reviews.clone();
    state.place = place.clone();
    state.summary = summary.clone();
    state.urgency = *urgency;
    state.against = against.clone();
    state.ordered_at = Some(stamp.at);
}

fn open(measure: Measure) -> MeasureRecord {
    MeasureRecord {
        measure,
        done: None,
        reopened: vec![],
    }
}

/// What both classes prescribe stands as it stood. A plan for other measures is none for these, and nobody has signed for
/// them yet.
fn reclassify(state: &mut DisposalState, class: Class, measures: &[Measure], stamp: &Stamp) {
    // A class that prescribes more lets nobody off, whatever its measures are called.
    let lighter = measures.len() < state.measures.len();
    if let Some(person) = stamp.by.person().filter(|_| lighter) {
        let by = |measure: Measure| Spared {
            measure,
            by: person.clone(),
        };
        let fallen: Vec<_> = state.open_measures().map(by).collect();
        state.spared.extend(fallen);
    }
    state.spared.retain(|spared| !measures.contains(&spared.measure));
    let mut known = std::mem::take(&mut state.measures);
    let mut record = |measure: &Measure| {
        let at = known.iter().position(|record| record.measure == *measure);
        at.map_or_else(|| open(*measure), |at| known.swap_remove(at))
    };
    state.measures = measures.iter().map(&mut record).collect();
    state.class = Some(class);
    state.plan = None;
    unsign(state);
}

/// Every level signs anew.
fn unsign(state: &mut DisposalState) {
    state.signatures.clear();
}

fn judge_plan(state: &mut DisposalState, standing: PlanStanding, stamp: &Stamp) {
    if let Some(plan) = &mut state.plan {
        plan.standing = standing;
        plan.judged_by = stamp.by.person().cloned();
        plan.judged_at = Some(stamp.at);
    }
}

fn complete(state: &mut DisposalState, event: &DisposalEvent, stamp: &Stamp) {
    let DisposalEvent::MeasureCompleted {
        measure,
        before,
        after,
        note,
    } = event
    else {
        return;
    };
    state.shown.extend(before.iter().chain(after).cloned());
    state.workers.extend(stamp.by.person().cloned());
    state.worked.extend(stamp.by.unit().cloned());
    for record in state.measures.iter_mut().filter(|r| r.measure == *measure) {
        record.done = Some(Done {
            at: stamp.at,
            before: before.clone(),
            after: after.clone(),
            note: note.clone(),
        });
    }
}

/// What was signed was signed for work that turned out undone: every level looks again.
fn take_up_again(state: &mut DisposalState, measures: &[Measure]) {
    for record in &mut state.measures {
        if measures.contains(&record.measure) {
            record.done = None;
        }
    }
    if let Some(plan) = &mut state.plan {
        plan.outlived = true;
    }
    unsign(state);
    state.closed_at = None;
}

fn judge_spot_check(state: &mut DisposalState, passed: bool) {
    if let Some(check) = &mut state.spot_check {
        check.passed = Some(passed);
    }
}

fn end_rechecks(state: &mut DisposalState, which: impl Fn(&Recheck) -> bool, outcome: RecheckOutcome) {
    for recheck in &mut state.rechecks {
        if recheck.outcome.is_none() && which(recheck) {
            recheck.outcome = Some(outcome);
        }
    }
}

fn settle(state: &mut DisposalState) {
    state.progress = if state.ordered_at.is_none() {
        Progress::Absent
    } else if state.merged.is_some() {
        Progress::Merged
    } else if state.closed_at.is_some() {
        Progress::Closed
    } else if state.all_measures_done() {
        Progress::AwaitingReview
    } else {
        Progress::InProgress
    };
}
