//! Accountability: state, decisions, evolution.

use crate::{AccountabilityCommand, AccountabilityEvent, AccountabilityRefusal, Escalation, MoveReason};
use decider::{Decider, Given, Stamp};
use jurisdiction::Rung;

mod addressing;
mod answers;
mod answers_in_time;
mod answers_owed;
mod clocks;
mod failures;
mod findings;
mod firing;
mod inquiries;
mod judgements_owed;
mod rests;
mod special;
mod state;
mod tasks;
mod time_left;

pub use rests::{Rest, rung_due};
pub use state::*;

const LONGEST_TEXT: usize = 2000;

/// The aggregate.
#[derive(Debug)]
pub struct Accountability;

impl Decider for Accountability {
    const CATEGORY: &'static str = "accountability";
    type State = AccountabilityState;
    type Command = AccountabilityCommand;
    type Event = AccountabilityEvent;
    type Refusal = AccountabilityRefusal;

    fn decide(
        state: &AccountabilityState,
        command: &AccountabilityCommand,
        given: Given<'_>,
    ) -> Result<Vec<AccountabilityEvent>, AccountabilityRefusal> {
        match command {
            AccountabilityCommand::StartClock(command) => clocks::start(state, command, given),
            AccountabilityCommand::ResumeClock(command) => clocks::resume(state, command, given),
            AccountabilityCommand::StopClock(command) => clocks::stop(state, command, given),
            AccountabilityCommand::MoveClock(command) => clocks::shift(state, command, given),
            AccountabilityCommand::Fire => {
                by_policy(given)?;
                Ok(firing::fire(state, given, given.at, None))
            }
            AccountabilityCommand::RecordFailure(command) => failures::record(state, command, given),
            AccountabilityCommand::ExplainFailure(command) => failures::explain(state, command, given),
            AccountabilityCommand::JudgeFailure(command) => failures::judge(state, command, given),
            AccountabilityCommand::SubmitExplanation(command) => answers::submit(state, command, given),
            AccountabilityCommand::JudgeExplanation(command) => answers::judge(state, command, given),
            AccountabilityCommand::OpenInquiry(command) => inquiries::open(state, command, given),
            AccountabilityCommand::DecideInquiry(command) => inquiries::decide(state, command, given),
            AccountabilityCommand::CloseInquiry(command) => inquiries::close(state, command, given),
            AccountabilityCommand::RecordFinding(command) => findings::record(state, command, given),
            AccountabilityCommand::AnswerFinding(command) => findings::answer(state, command, given),
            AccountabilityCommand::JudgeFinding(command) => findings::judge(state, command, given),
            AccountabilityCommand::AssignTask(command) => tasks::assign(state, command, given),
            AccountabilityCommand::ReportTask(command) => tasks::report(state, command, given),
            AccountabilityCommand::AcceptTask(command) => tasks::accept(state, command, given),
            AccountabilityCommand::ReturnTask(command) => tasks::send_back(state, command, given),
            AccountabilityCommand::OpenSpecialSupervision(command) => special::open(state, command, given),
            AccountabilityCommand::CloseSpecialSupervision(command) => special::close(state, command, given),
        }
    }

    fn evolve(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
        if let Some((rung, escalation)) = event.as_escalation() {
            evolve_step(state, rung, escalation, stamp);
            return;
        }
        match event {
            AccountabilityEvent::ClockStarted { .. }
            | AccountabilityEvent::ClockStopped { .. }
            | AccountabilityEvent::ClockMoved { .. }
            | AccountabilityEvent::DeadlineMissed { .. } => evolve_clock(state, event, stamp),
            _ => {
                answers::evolve(state, event, stamp);
                failures::evolve(state, event, stamp);
                inquiries::evolve(state, event, stamp);
                findings::evolve(state, event, stamp);
                tasks::evolve(state, event, stamp);
                special::evolve(state, event, stamp);
            }
        }
    }
}

fn evolve_clock(state: &mut AccountabilityState, event: &AccountabilityEvent, stamp: &Stamp) {
    match event {
        AccountabilityEvent::ClockStarted {
            clock,
            subject,
            obligation,
            unit,
            person,
            urgency,
            started,
            limit,
            due,
            what,
            ladder,
        } => {
            state.subject.get_or_insert_with(|| subject.clone());
            if state.clock(clock).is_none() {
                state.clocks.push(Clock {
                    clock: clock.clone(),
                    obligation: *obligation,
                    unit: unit.clone(),
                    person: person.clone(),
                    urgency: *urgency,
                    started: *started,
                    limit: *limit,
                    counted_from: *started,
                    due: *due,
                    what: what.clone(),
                    ladder: ladder.clone(),
                    again: None,
                    stopped: None,
                    moves: vec![],
                    rests: vec![],
                    misses: vec![],
                    steps: vec![],
                });
            }
        }
        AccountabilityEvent::ClockStopped { clock, by, at } => {
            if let Some(clock) = state.clock_mut(clock) {
                clock.stopped = Some(Stopped { by: *by, at: *at });
            }
        }
        AccountabilityEvent::ClockMoved {
            clock,
            from,
            to,
            reason,
        } => {
            if let Some(clock) = state.clock_mut(clock) {
                clock.due = *to;
                if from != to {
                    let (from, to, why) = (*from, *to, reason.moved_by());
                    clock.moves.push(Moved { from, to, why });
                }
                match reason {
                    MoveReason::Extension { .. } => clock.limit = None,
                    MoveReason::CalendarChange => {}
                    MoveReason::PassedOn { unit, person } => {
                        clock.unit = unit.clone();
                        clock.person = person.clone();
                    }
                    MoveReason::Resumed { since, limit } => {
                        clock.goes_on(since.unwrap_or(stamp.at));
                        clock.limit = *limit;
                        clock.counted_from = since.unwrap_or(clock.counted_from);
                    }
                    MoveReason::Reassigned { unit, person, again } => {
                        clock.unit = unit.clone();
                        clock.person = person.clone();
                        // A withdrawn obligation that comes back goes on where it was.
                        clock.goes_on(again.as_ref().map_or(stamp.at, |again| again.at));
                        if again.is_some() {
                            clock.again = again.clone();
                        }
                    }
                }
            }
        }
        AccountabilityEvent::DeadlineMissed {
            clock,
            due,
            unit,
            person,
        } => {
            if let Some(clock) = state.clock_mut(clock) {
                clock.misses.push(Miss {
                    deadline: *due,
                    unit: unit.clone(),
                    person: person.clone(),
                });
            }
        }
        _ => {}
    }
}

fn evolve_step(state: &mut AccountabilityState, rung: Rung, escalation: &Escalation, stamp: &Stamp) {
    if let Some(clock) = state.clock_mut(&escalation.clock) {
        clock.steps.push(Step {
            rung,
            escalation: escalation.clone(),
            issued: stamp.at,
            explanations: vec![],
        });
    }
}

/// The state after these facts, for deciding what follows from them.
fn after(
    state: &AccountabilityState,
    events: &[AccountabilityEvent],
    given: Given<'_>,
) -> AccountabilityState {
    let stamp = Stamp {
        at: given.at,
        by: given.by.clone(),
    };
    let mut after = state.clone();
    for event in events {
        Accountability::evolve(&mut after, event, &stamp);
    }
    after
}

/// Clocks run by rule only; nobody can start, stop or move one by hand.
fn by_policy(given: Given<'_>) -> Result<(), AccountabilityRefusal> {
    if given.by.is_system() {
        Ok(())
    } else {
        Err(AccountabilityRefusal::NotAPolicy)
    }
}

/// Words that somebody will read: not blank, not endless.
fn words(text: &str, missing: AccountabilityRefusal) -> Result<String, AccountabilityRefusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > LONGEST_TEXT => Err(AccountabilityRefusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
