//! Accountability: state, decisions, evolution.

use crate::{
    AccountabilityCommand, AccountabilityEvent, AccountabilityRefusal, Accountable, Addressee, ClockId,
    Escalation, FailureKind, InquiryNumber, MoveReason, StopReason,
};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{
    Actor, Jurisdiction, Ladder, Limit, Obligation, Rung, StaffId, Subject, UnitCode, Urgency,
};
use serde::Serialize;

mod addressing;
mod answers;
mod clocks;
mod firing;

const LONGEST_TEXT: usize = 2000;

/// What a subject's accountability amounts to so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AccountabilityState {
    /// `None` while the stream is empty.
    pub subject: Option<Subject>,
    /// In the order in which they started.
    pub clocks: Vec<Clock>,
    pub failures: Vec<Failure>,
    pub inquiries: Vec<Inquiry>,
}

/// One obligation of one unit, running or stopped.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clock {
    pub clock: ClockId,
    pub obligation: Obligation,
    pub unit: UnitCode,
    pub person: Option<StaffId>,
    pub urgency: Urgency,
    pub started: Timestamp,
    /// `None` if the date was fixed or extended: then a calendar correction does not touch it.
    pub limit: Option<Limit>,
    pub due: Timestamp,
    pub what: String,
    /// As it was when the clock started; of the day if the fact is too old to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ladder: Option<Ladder>,
    pub stopped: Option<Stopped>,
    pub misses: Vec<Miss>,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stopped {
    pub by: StopReason,
    /// When it was done, not when we learnt of it.
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Miss {
    pub deadline: Timestamp,
    pub unit: UnitCode,
    pub person: Option<StaffId>,
}

/// One rung reached, and what was answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    pub rung: Rung,
    #[serde(flatten)]
    pub escalation: Escalation,
    /// When it was recorded; the addressee knows it from then on.
    pub issued: Timestamp,
    pub explanations: Vec<Explanation>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    pub at: Timestamp,
    pub by: Actor,
    pub text: String,
    pub judged: Option<Judgement>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    pub at: Timestamp,
    pub by: Actor,
    pub accepted: bool,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failure {
    pub at: Timestamp,
    pub kind: FailureKind,
    pub cause: String,
    pub unit: UnitCode,
    pub persons: Vec<StaffId>,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inquiry {
    pub number: InquiryNumber,
    pub opened: Timestamp,
    pub clock: Option<ClockId>,
    pub reason: String,
    pub decisions: Vec<Decision>,
    pub closed: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    pub at: Timestamp,
    pub against: Accountable,
    pub name: String,
    pub person: Option<StaffId>,
    pub basis: String,
    pub decision: String,
}

impl Clock {
    pub fn is_running(&self) -> bool {
        self.stopped.is_none()
    }
    /// Who is to be named from now on, if the person named is no longer at the head of the unit and somebody else is. While
    /// a post is vacant nobody is: what was somebody's stays theirs until there is a successor.
    pub fn successor(&self, jurisdiction: &Jurisdiction) -> Option<StaffId> {
        let heads = |account: &StaffId| {
            let member = jurisdiction.staff.get(account);
            member.is_some_and(|member| member.first_responsible && member.unit == self.unit)
        };
        if self.person.as_ref().is_some_and(heads) {
            return None;
        }
        jurisdiction.staff.keys().find(|account| heads(account)).cloned()
    }
    /// Whether the deadline as it now stands was missed. Work that proves to have been done in time was not late.
    pub fn is_missed(&self) -> bool {
        self.misses.iter().any(|miss| miss.deadline == self.due) && !self.was_in_time()
    }
    fn was_in_time(&self) -> bool {
        self.stopped
            .as_ref()
            .is_some_and(|stopped| stopped.at <= self.due)
    }
    /// The steps that stand: of the present deadline, and not of a rung that the ladder had yet to reach when the work
    /// turned out to be done.
    pub fn standing_steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter().filter(|step| self.stands(step))
    }
    fn stands(&self, step: &Step) -> bool {
        let first_reached = self
            .steps
            .iter()
            .find(|first| first.rung == step.rung && first.escalation.deadline == self.due)
            .map(|first| first.escalation.reached);
        let moot = match (&self.stopped, first_reached) {
            (Some(stopped), Some(reached)) => stopped.at < reached,
            _ => false,
        };
        step.escalation.deadline == self.due && !moot && !self.was_in_time()
    }
}

impl Step {
    /// Who owes the explanation: whoever was addressed, but for a referral those whom it concerns.
    pub fn answerer(&self) -> &Addressee {
        match self.rung {
            Rung::Referral => &self.escalation.about,
            _ => &self.escalation.to,
        }
    }
    /// An explanation that was not rejected.
    pub fn is_answered(&self) -> bool {
        self.explanations
            .iter()
            .any(|given| given.judged.as_ref().is_none_or(|judged| judged.accepted))
    }
    fn awaits_judgement(&self) -> bool {
        self.explanations.iter().any(|given| given.judged.is_none())
    }
}

impl AccountabilityState {
    /// The next instant at which [`AccountabilityCommand::Fire`] has something to record; it may be past.
    pub fn next_due(&self, jurisdiction: &Jurisdiction) -> Option<Timestamp> {
        firing::next(self, jurisdiction, None).map(|next| next.at)
    }
    pub fn clock(&self, id: &ClockId) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.clock == *id)
    }
    pub fn running_clocks(&self) -> impl Iterator<Item = &Clock> {
        self.clocks.iter().filter(|clock| clock.is_running())
    }
    pub fn missed_clocks(&self) -> impl Iterator<Item = &Clock> {
        self.clocks.iter().filter(|clock| clock.is_missed())
    }
    /// Escalations without an answer, of stopped clocks as well: being done late does not explain why.
    pub fn awaiting_explanation(&self) -> impl Iterator<Item = &Step> {
        self.clocks
            .iter()
            .flat_map(Clock::standing_steps)
            .filter(|step| !step.is_answered())
    }
    pub fn awaiting_judgement(&self) -> impl Iterator<Item = &Step> {
        self.clocks
            .iter()
            .flat_map(|clock| &clock.steps)
            .filter(|step| step.awaits_judgement())
    }
    pub fn open_inquiries(&self) -> impl Iterator<Item = &Inquiry> {
        self.inquiries.iter().filter(|inquiry| inquiry.closed.is_none())
    }
    fn clock_mut(&mut self, id: &ClockId) -> Option<&mut Clock> {
        self.clocks.iter_mut().find(|clock| clock.clock == *id)
    }
    fn inquiry_mut(&mut self, number: InquiryNumber) -> Option<&mut Inquiry> {
        self.inquiries.iter_mut().find(|inquiry| inquiry.number == number)
    }
}

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
            AccountabilityCommand::StopClock(command) => clocks::stop(state, command, given),
            AccountabilityCommand::MoveClock(command) => clocks::shift(state, command, given),
            AccountabilityCommand::Fire => {
                by_policy(given)?;
                Ok(firing::fire(state, given, given.at, None))
            }
            AccountabilityCommand::RecordFailure(command) => clocks::record_failure(state, command, given),
            AccountabilityCommand::SubmitExplanation(command) => answers::submit(state, command, given),
            AccountabilityCommand::JudgeExplanation(command) => answers::judge(state, command, given),
            AccountabilityCommand::OpenInquiry(command) => answers::open_inquiry(state, command, given),
            AccountabilityCommand::DecideInquiry(command) => answers::decide_inquiry(state, command, given),
            AccountabilityCommand::CloseInquiry(command) => answers::close_inquiry(state, command, given),
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
            | AccountabilityEvent::DeadlineMissed { .. } => evolve_clock(state, event),
            AccountabilityEvent::FailureRecorded {
                subject,
                kind,
                cause,
                unit,
                persons,
                note,
            } => {
                state.subject.get_or_insert_with(|| subject.clone());
                state.failures.push(Failure {
                    at: stamp.at,
                    kind: *kind,
                    cause: cause.clone(),
                    unit: unit.clone(),
                    persons: persons.clone(),
                    note: note.clone(),
                });
            }
            _ => answers::evolve(state, event, stamp),
        }
    }
}

fn evolve_clock(state: &mut AccountabilityState, event: &AccountabilityEvent) {
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
                    due: *due,
                    what: what.clone(),
                    ladder: ladder.clone(),
                    stopped: None,
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
            clock, to, reason, ..
        } => {
            if let Some(clock) = state.clock_mut(clock) {
                clock.due = *to;
                match reason {
                    MoveReason::Extension { .. } => clock.limit = None,
                    MoveReason::CalendarChange => {}
                    MoveReason::Reassigned { unit, person } => {
                        clock.unit = unit.clone();
                        clock.person = person.clone();
                        // A withdrawn obligation that comes back goes on where it was.
                        clock.stopped = None;
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
