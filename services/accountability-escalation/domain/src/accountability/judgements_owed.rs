//! The judgement of an answer is an obligation of its own: if nobody had to judge, one line of explanation would end a matter.

use super::{AccountabilityState, Clock, addressing, answers_in_time, firing};
use crate::{AccountabilityEvent, ClockId, StopReason};
use decider::Given;
use jurisdiction::{Jurisdiction, Obligation, UnitCode, UnitKind};

/// From now on somebody has to judge what is answered to a clock; `number` answers to it were judged before.
pub(super) fn owe(
    state: &AccountabilityState,
    answered: &ClockId,
    number: usize,
    judge: Option<&UnitCode>,
    given: Given<'_>,
) -> Option<AccountabilityEvent> {
    let clock = state.clock(answered)?;
    let jurisdiction = given.jurisdiction;
    let judge = judge.or_else(|| addressing::desk(jurisdiction))?;
    let obligation = Obligation::JudgeAnswer;
    let limit = jurisdiction.limit_on(obligation, clock.urgency, given.at);
    Some(AccountabilityEvent::ClockStarted {
        clock: ClockId::judging(answered, number),
        subject: state.subject.clone()?,
        obligation,
        unit: judge.clone(),
        person: addressing::responsible(judge, jurisdiction).person,
        urgency: clock.urgency,
        started: given.at,
        limit: Some(limit),
        due: jurisdiction.due_within(limit, obligation, given.at),
        what: format!("审核：{}", clock.what),
        ladder: Some(jurisdiction.ladder_on(given.at).clone()),
    })
}

/// It has been judged.
pub(super) fn judged(
    state: &AccountabilityState,
    answered: &ClockId,
    number: usize,
    given: Given<'_>,
) -> Vec<AccountabilityEvent> {
    stop(
        state,
        &ClockId::judging(answered, number),
        StopReason::Fulfilled,
        given,
    )
}

/// What was answered has turned out to be asked of nobody: there is nothing to judge.
pub(super) fn end(
    state: &AccountabilityState,
    asked: impl Fn(&ClockId) -> bool,
    given: Given<'_>,
) -> Vec<AccountabilityEvent> {
    let judgements = state
        .running_clocks()
        .filter(|clock| clock.obligation == Obligation::JudgeAnswer);
    let moot = judgements.filter(|clock| clock.clock.judges().is_some_and(|answered| !asked(&answered)));
    let moot = moot.flat_map(|clock| stop(state, &clock.clock, StopReason::Ended, given));
    moot.collect()
}

fn stop(
    state: &AccountabilityState,
    clock: &ClockId,
    by: StopReason,
    given: Given<'_>,
) -> Vec<AccountabilityEvent> {
    if !state.clock(clock).is_some_and(Clock::is_running) {
        return vec![];
    }
    // What was reached until it was judged is recorded first.
    let mut events = firing::fire(state, given, given.at, Some(clock));
    events.push(answers_in_time::stopped(clock, by, given.at));
    events
}

/// Who judges what a unit explains: the level above it; after a referral, and of what has no level above, the inspectors.
pub(super) fn judge_of<'j>(
    unit: &UnitCode,
    referred: bool,
    jurisdiction: &'j Jurisdiction,
) -> Option<&'j UnitCode> {
    let inspectors = || {
        jurisdiction
            .unit_of_kind(UnitKind::Discipline)
            .map(|unit| &unit.code)
    };
    let is_theirs = jurisdiction
        .unit(unit)
        .is_some_and(|unit| unit.kind == UnitKind::Discipline);
    if referred || is_theirs {
        return inspectors();
    }
    let above = jurisdiction
        .parent(unit)
        .and_then(|above| jurisdiction.seat(&above.code));
    above.map(|above| &above.code).or_else(inspectors)
}
