//! What time alone brings about: missed deadlines, the rungs after them, the repetition of the top rung.

use super::{Accountability, AccountabilityState, Clock, Inquiry, addressing, answers_owed, rung_due};
use crate::{AccountabilityEvent, ClockId, Escalation};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Obligation, Rung};

/// The next thing that time brings about.
pub(super) struct Next<'s> {
    pub at: Timestamp,
    clock: &'s Clock,
    what: What,
}

enum What {
    Miss,
    Rung { rung: Rung, repetition: u32 },
}

/// Everything due until `until`, in the order in which it fell due, of one clock or of all. Each fact is worked out on the
/// state after the one before, so that none is skipped after an outage and none comes twice.
pub(super) fn fire(
    state: &AccountabilityState,
    given: Given<'_>,
    until: Timestamp,
    only: Option<&ClockId>,
) -> Vec<AccountabilityEvent> {
    let stamp = Stamp {
        at: given.at,
        by: given.by.clone(),
    };
    let mut ahead = state.clone();
    let mut events = Vec::new();
    while let Some(next) = next(&ahead, given.jurisdiction, only).filter(|next| next.at <= until) {
        let (at, clock, event) = (next.at, next.clock.clock.clone(), fact(&next, given));
        let rung = event.as_escalation().is_some();
        Accountability::evolve(&mut ahead, &event, &stamp);
        events.push(event);
        if rung {
            for event in answers_owed::settle(&ahead, &clock, at, given) {
                Accountability::evolve(&mut ahead, &event, &stamp);
                events.push(event);
            }
        }
    }
    events
}

/// The earliest thing to come, of one clock or of all.
pub(super) fn next<'s>(
    state: &'s AccountabilityState,
    jurisdiction: &Jurisdiction,
    only: Option<&ClockId>,
) -> Option<Next<'s>> {
    state
        .clocks
        .iter()
        .filter(|clock| only.is_none_or(|only| clock.clock == *only))
        .filter_map(|clock| next_of(state, clock, jurisdiction))
        .min_by_key(|next| next.at)
}

fn next_of<'s>(
    state: &AccountabilityState,
    clock: &'s Clock,
    jurisdiction: &Jurisdiction,
) -> Option<Next<'s>> {
    let ladder = clock.ladder.as_ref().unwrap_or(&jurisdiction.ladder);
    let missed = clock.misses.iter().any(|miss| miss.deadline == clock.due);
    let last = clock
        .steps
        .iter()
        .rfind(|step| step.escalation.deadline == clock.due);
    let climb = |rung, not_before| {
        let reached = rung_due(ladder, rung, clock.due, &clock.rests, &jurisdiction.calendar);
        let what = What::Rung { rung, repetition: 0 };
        (reached.max(not_before), what)
    };
    let (at, what) = match (missed, last) {
        (false, _) if clock.is_running() => (clock.due, What::Miss),
        (true, None) if clock.is_running() => climb(Rung::Reminder, clock.due),
        (true, Some(last)) => match last.rung.next() {
            Some(rung) if clock.is_running() => climb(rung, last.escalation.reached),
            None if !is_quiet(state, clock) => {
                let what = What::Rung {
                    rung: last.rung,
                    repetition: last.escalation.repetition.saturating_add(1),
                };
                // Counted from when it was last said: weeks of an outage are not made up for in a burst of letters.
                (ladder.repetition(last.issued), what)
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(Next { at, clock, what })
}

/// Whether the top rung may rest. While the work is undone only an open inquiry quietens it, for as long as it keeps its own
/// time: an explanation does not do the work, and an inquiry that goes to sleep wakes nobody. Once it is done, an explanation
/// that was not rejected, or any inquiry, does.
fn is_quiet(state: &AccountabilityState, clock: &Clock) -> bool {
    let base = answers_owed::base(&clock.clock);
    let looks_into = |of: &ClockId| *of == clock.clock || base == Some(of.as_str());
    let mut inquiries = state
        .inquiries
        .iter()
        .filter(|inquiry| inquiry.clock.as_ref().is_some_and(looks_into))
        .peekable();
    if clock.is_running() {
        return inquiries.any(|inquiry| inquiry.closed.is_none() && !is_overdue(state, inquiry));
    }
    let mut referrals = clock
        .standing_steps()
        .filter(|step| step.rung == Rung::Referral)
        .peekable();
    // A referral that turned out to be moot asks nothing of anybody.
    let moot = referrals.peek().is_none();
    moot || inquiries.peek().is_some() || referrals.any(super::Step::is_answered)
}

fn is_overdue(state: &AccountabilityState, inquiry: &Inquiry) -> bool {
    state.clock(&inquiry.clock_id()).is_some_and(Clock::is_missed)
}

fn fact(next: &Next<'_>, given: Given<'_>) -> AccountabilityEvent {
    let (clock, jurisdiction) = (next.clock, given.jurisdiction);
    match next.what {
        What::Miss => AccountabilityEvent::DeadlineMissed {
            clock: clock.clock.clone(),
            due: clock.due,
            unit: clock.unit.clone(),
            person: addressing::person_of(clock, jurisdiction),
        },
        What::Rung { rung, repetition } => AccountabilityEvent::escalation(
            rung,
            Escalation {
                clock: clock.clock.clone(),
                deadline: clock.due,
                repetition,
                reached: next.at,
                to: addressing::addressee(rung, &clock.unit, jurisdiction),
                about: addressing::responsible(&clock.unit, jurisdiction),
                answer_due: jurisdiction.due(Obligation::AnswerEscalation, clock.urgency, given.at),
            },
        ),
    }
}
