//! Starting, stopping and moving clocks.

use super::{AccountabilityState, Clock, addressing, after, answers_owed, by_policy, firing, time_left};
use crate::{
    AccountabilityEvent, AccountabilityRefusal, Again, ClockId, Move, MoveClock, MoveReason, ResumeClock,
    StartClock, StopClock, StopReason, Which,
};
use decider::Given;
use jiff::Timestamp;
use jurisdiction::{Limit, Obligation, StaffId, Subject, UnitCode};

type Decided = Result<Vec<AccountabilityEvent>, AccountabilityRefusal>;

/// What arises. Of what was taken away undone and comes back, the time goes on where it was.
pub(super) fn start(state: &AccountabilityState, command: &StartClock, given: Given<'_>) -> Decided {
    let before = |unit: &UnitCode| earlier(state, command, unit, is_withdrawn);
    begin(state, command, given, before, is_withdrawn)
}

/// What was handed in and was not good enough: it gains nothing, the time goes on where it was when that was handed in.
pub(super) fn resume(state: &AccountabilityState, command: &ResumeClock, given: Given<'_>) -> Decided {
    let rests = |clock: &Clock| is_withdrawn(clock) || is_stopped(clock, StopReason::Fulfilled);
    let before = |unit: &UnitCode| match &command.of {
        Some(of) => state.clock(of),
        None => earlier(state, &command.again, unit, rests),
    };
    begin(state, &command.again, given, before, rests)
}

/// `before` finds the clock of the unit that may go on, and `rests` says whether it does now that it was stopped.
fn begin<'s>(
    state: &'s AccountabilityState,
    command: &StartClock,
    given: Given<'_>,
    before: impl FnOnce(&UnitCode) -> Option<&'s Clock>,
    rests: fn(&Clock) -> bool,
) -> Decided {
    by_policy(given)?;
    same_subject(state, &command.subject)?;
    if state.clock(&command.clock).is_some() {
        return Ok(vec![]);
    }
    // What nobody has been given yet has a clock as well.
    let desk = || addressing::desk(given.jurisdiction);
    let unit = command
        .unit
        .as_ref()
        .or_else(desk)
        .ok_or(AccountabilityRefusal::NoDesk)?;
    let person = person_or_responsible(command.person.as_ref(), unit, given);
    let fresh = fresh_date(command, given);
    let (due, limit) = match before(unit) {
        Some(clock) if clock.is_running() => return Ok(vec![]),
        // Older than the end of its successor: a repeated message.
        Some(clock) if clock.stopped.as_ref().is_some_and(|end| command.started < end.at) => {
            return Ok(vec![]);
        }
        Some(clock) if rests(clock) && clock.is_missed() => {
            let (unit, again) = (unit.clone(), Some(again(command)));
            let reason = MoveReason::Reassigned { unit, person, again };
            return Ok(vec![moved(clock, clock.due, reason)]);
        }
        Some(clock) => match &clock.stopped {
            // The unit had it before and gets it back: the time that was left, not a new limit.
            Some(stopped) if rests(clock) => {
                let jurisdiction = given.jurisdiction;
                let left = time_left::after_rest(clock, stopped.at, command.started, jurisdiction);
                match left.due < fresh.0 {
                    true => (left.due, left.limit),
                    false => fresh,
                }
            }
            _ => fresh,
        },
        None => fresh,
    };
    Ok(vec![AccountabilityEvent::ClockStarted {
        clock: command.clock.clone(),
        subject: command.subject.clone(),
        obligation: command.obligation,
        unit: unit.clone(),
        person,
        urgency: command.urgency,
        started: command.started,
        limit,
        due,
        what: command.what.trim().to_owned(),
        ladder: Some(given.jurisdiction.ladder_on(command.started).clone()),
    }])
}

pub(super) fn stop(state: &AccountabilityState, command: &StopClock, given: Given<'_>) -> Decided {
    by_policy(given)?;
    let at = command.at.min(given.at);
    let mut events = Vec::new();
    let all = matches!(command.which, Which::All | Which::AllBut(_));
    let meant = meant(state, &command.which)?.into_iter();
    for clock in meant.filter(|clock| was_running(clock, command)) {
        // Why it was late or went wrong is to be explained even when the matter itself is over.
        if all && clock.obligation.is_of_accountability() {
            continue;
        }
        // What was reached until it was done is recorded first, even if nothing has fired since.
        if at > clock.due {
            events.extend(firing::fire(state, given, at, Some(&clock.clock)));
        }
        events.push(AccountabilityEvent::ClockStopped {
            clock: clock.clock.clone(),
            by: command.by,
            at,
        });
        let owed = answers_owed::settle(&after(state, &events, given), &clock.clock, at, given);
        events.extend(owed);
    }
    Ok(events)
}

/// Moves the clocks that are meant; the only way in which a deadline ever changes.
pub(super) fn shift(state: &AccountabilityState, command: &MoveClock, given: Given<'_>) -> Decided {
    by_policy(given)?;
    let mut events = passed_on(state, command, given);
    for clock in meant(state, &command.which)? {
        events.extend(shift_one(clock, &command.by, given)?);
        // On another date nothing was missed, and nothing is to be explained.
        let owed = answers_owed::settle(&after(state, &events, given), &clock.clock, given.at, given);
        events.extend(owed);
    }
    Ok(events)
}

/// An explanation that is being judged, or that a higher rung asks for in its stead, may be owed again: by then by whoever
/// owes it instead of a unit that must not know of it.
fn passed_on(state: &AccountabilityState, command: &MoveClock, given: Given<'_>) -> Vec<AccountabilityEvent> {
    let (Which::Of { obligation, unit }, Move::Reassigned { unit: to, person }) =
        (&command.which, &command.by)
    else {
        return vec![];
    };
    let may_go_on = |clock: &&Clock| {
        let stopped = clock.stopped.as_ref();
        let of_it = clock.obligation == *obligation && unit.as_ref().is_none_or(|unit| clock.unit == *unit);
        of_it && stopped.is_some_and(|stopped| stopped.by != StopReason::Fulfilled)
    };
    let explained = obligation.is_of_accountability();
    let clocks = state.clocks.iter().filter(may_go_on).filter(|_| explained);
    let passed = clocks.filter(|clock| clock.unit != *to).map(|clock| {
        let person = person_or_responsible(person.as_ref(), to, given);
        let unit = to.clone();
        moved(clock, clock.due, MoveReason::PassedOn { unit, person })
    });
    passed.collect()
}

fn shift_one(
    clock: &Clock,
    by: &Move,
    given: Given<'_>,
) -> Result<Option<AccountabilityEvent>, AccountabilityRefusal> {
    Ok(match by {
        Move::Extension { to, .. } if *to == clock.due => None,
        Move::Extension { to, .. } if *to < clock.due => return Err(AccountabilityRefusal::MovedBackwards),
        Move::Extension { granted, .. } if *granted > clock.due => {
            return Err(AccountabilityRefusal::ExtensionTooLate);
        }
        Move::Extension { to, granted } => {
            Some(moved(clock, *to, MoveReason::Extension { granted: *granted }))
        }
        Move::CalendarChange => clock
            .recounted(given.jurisdiction, given.at)
            .map(|to| moved(clock, to, MoveReason::CalendarChange)),
        Move::HandedOver => clock.successor(given.jurisdiction).map(|person| {
            let (unit, person, again) = (clock.unit.clone(), Some(person), None);
            moved(clock, clock.due, MoveReason::Reassigned { unit, person, again })
        }),
        Move::Reassigned { unit, .. } if *unit == clock.unit => None,
        Move::Reassigned { unit, person } => {
            let person = person_or_responsible(person.as_ref(), unit, given);
            let (unit, again) = (unit.clone(), None);
            Some(moved(
                clock,
                clock.due,
                MoveReason::Reassigned { unit, person, again },
            ))
        }
    })
}

/// The running clocks that are meant. A clock named by an id that was never started is a fault worth hearing of.
fn meant<'s>(state: &'s AccountabilityState, which: &Which) -> Result<Vec<&'s Clock>, AccountabilityRefusal> {
    if let Which::Clock(id) = which
        && state.clock(id).is_none()
    {
        return Err(AccountabilityRefusal::UnknownClock);
    }
    let is_meant = |clock: &&Clock| match which {
        Which::Clock(id) => clock.is_called(id),
        Which::Of { obligation, unit } => {
            clock.obligation == *obligation && unit.as_ref().is_none_or(|unit| clock.unit == *unit)
        }
        Which::All => true,
        Which::AllBut(obligation) => clock.obligation != *obligation,
    };
    Ok(state.running_clocks().filter(is_meant).collect())
}

/// The clock that this start might otherwise reset: the unit's own last one, or one that was already missed when it was
/// passed on. An assignment is acknowledged by each unit for itself. Obligations of a unit as such run side by side, but for
/// draws: one is announced for all sites that wait.
fn earlier<'s>(
    state: &'s AccountabilityState,
    command: &StartClock,
    unit: &UnitCode,
    rests: fn(&Clock) -> bool,
) -> Option<&'s Clock> {
    let one_for_all = command.obligation == Obligation::AnnounceDraw;
    if matches!(command.subject, Subject::Unit(_)) && !one_for_all {
        return None;
    }
    let passes_on = command.obligation != Obligation::Acknowledge;
    let mut same = state
        .clocks
        .iter()
        .rev()
        .filter(|clock| clock.obligation == command.obligation)
        .peekable();
    // Measures go along with the disposal, whoever has it: so does the time that was left when they rested.
    let along = |clock: &&&Clock| goes_along(command.obligation) && rests(clock);
    if let Some(clock) = same.peek().filter(along) {
        return Some(clock);
    }
    same.find(|clock| clock.unit == *unit || (passes_on && rests(clock) && clock.is_missed()))
}

fn goes_along(obligation: Obligation) -> bool {
    matches!(
        obligation,
        Obligation::SafetyPlan | Obligation::ImmediateMeasure | Obligation::RemainingMeasures
    )
}

/// Whether the clock had started when the fact happened that stops it. Whatever leads to no fact leaves nothing behind by
/// which a repeated message could be told from the first: heard again, a stop must not reach what has started since.
fn was_running(clock: &Clock, stop: &StopClock) -> bool {
    let first = || Again {
        clock: clock.clock.clone(),
        at: clock.started,
    };
    let start = clock.again.clone().unwrap_or_else(first);
    // Whoever names a clock means no other; what is owed from a day to come may be done before it.
    let named = matches!(stop.which, Which::Clock(_));
    (named || start.at <= stop.at) && !start.clock.is_started_by(stop.fact)
}

fn again(command: &StartClock) -> Again {
    Again {
        clock: command.clock.clone(),
        at: command.started,
    }
}

fn is_withdrawn(clock: &Clock) -> bool {
    is_stopped(clock, StopReason::Withdrawn)
}

fn is_stopped(clock: &Clock, by: StopReason) -> bool {
    let stopped = clock.stopped.as_ref();
    stopped.is_some_and(|stopped| stopped.by == by)
}

/// The date on which it falls due if nothing went before, and the limit it was counted with.
fn fresh_date(command: &StartClock, given: Given<'_>) -> (Timestamp, Option<Limit>) {
    let jurisdiction = given.jurisdiction;
    match command.due {
        Some(due) => (due, None),
        None => (
            jurisdiction.due(command.obligation, command.urgency, command.started),
            Some(jurisdiction.limit_on(command.obligation, command.urgency, command.started)),
        ),
    }
}

pub(super) fn person_or_responsible(
    person: Option<&StaffId>,
    unit: &UnitCode,
    given: Given<'_>,
) -> Option<StaffId> {
    person
        .cloned()
        .or_else(|| addressing::responsible(unit, given.jurisdiction).person)
}

fn moved(clock: &Clock, to: Timestamp, reason: MoveReason) -> AccountabilityEvent {
    AccountabilityEvent::ClockMoved {
        clock: ClockId::clone(&clock.clock),
        from: clock.due,
        to,
        reason,
    }
}

pub(super) fn same_subject(
    state: &AccountabilityState,
    subject: &Subject,
) -> Result<(), AccountabilityRefusal> {
    match &state.subject {
        Some(known) if known != subject => Err(AccountabilityRefusal::SubjectDiffers),
        _ => Ok(()),
    }
}
