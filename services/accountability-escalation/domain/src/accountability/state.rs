//! What a subject's accountability amounts to: clocks and what came of them, failures, inquiries, findings, tasks.

use super::{Rest, firing};
use crate::{
    Accountable, Addressee, Again, ClockId, Escalation, FailureKind, FindingSource, Gravity, InquiryNumber,
    SeenNumbers, StopReason,
};
use jiff::Timestamp;
use jurisdiction::{
    Actor, EvidenceId, Jurisdiction, Ladder, Limit, Obligation, Rung, StaffId, Subject, UnitCode, Urgency,
};
use serde::Serialize;

/// What a subject's accountability amounts to so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AccountabilityState {
    /// `None` while the stream is empty.
    pub subject: Option<Subject>,
    /// In the order in which they started.
    pub clocks: Vec<Clock>,
    pub failures: Vec<Failure>,
    pub inquiries: Vec<Inquiry>,
    /// Of supervision groups, against the unit; the number is the place in the list, from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Of the joint conference, for the unit; the number is the place in the list, from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// Oldest first; only the last can be open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub special: Vec<SpecialSupervision>,
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
    /// From when the limit counts: the start, or when what was left of it went on.
    pub counted_from: Timestamp,
    pub due: Timestamp,
    pub what: String,
    /// As it was when the clock started; of the day if the fact is too old to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ladder: Option<Ladder>,
    /// The last start that set it going again after it had been taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    pub stopped: Option<Stopped>,
    /// How its date moved, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Moved>,
    /// Oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<Rest>,
    pub misses: Vec<Miss>,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stopped {
    pub by: StopReason,
    /// When it was done, not when we learnt of it.
    pub at: Timestamp,
}

/// A date that became another one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    pub from: Timestamp,
    pub to: Timestamp,
    pub why: MovedBy,
}

/// Why, without what only the clock itself has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MovedBy {
    Extension,
    CalendarChange,
    /// The time that was left went on: work that was sent back, or that came back to the unit.
    Resumed,
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
    pub number: u32,
    pub at: Timestamp,
    pub kind: FailureKind,
    pub cause: String,
    pub unit: UnitCode,
    pub persons: Vec<StaffId>,
    pub note: String,
    /// By which it has to be explained; `None` in facts from before that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// Oldest first; only the last may await judgement or be accepted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inquiry {
    pub number: InquiryNumber,
    pub opened: Timestamp,
    pub clock: Option<ClockId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<u32>,
    pub reason: String,
    pub decisions: Vec<Decision>,
    pub closed: Option<Timestamp>,
    /// With what it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing_note: Option<String>,
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

/// What a supervision group found wrong at a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    pub number: u32,
    pub at: Timestamp,
    pub by: Actor,
    pub unit: UnitCode,
    pub source: FindingSource,
    pub gravity: Gravity,
    pub text: String,
    pub evidence: Vec<EvidenceId>,
    pub clock: ClockId,
    /// Oldest first; only the last may await judgement or be accepted.
    pub answers: Vec<Answer>,
}

/// What the joint conference gave a unit to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Task {
    pub number: u32,
    pub at: Timestamp,
    pub by: Actor,
    pub unit: UnitCode,
    pub meeting: String,
    pub text: String,
    pub due: Timestamp,
    pub clock: ClockId,
    /// Oldest first; only the last may await judgement or be accepted.
    pub reports: Vec<Answer>,
}

/// What a unit says it has done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    pub at: Timestamp,
    pub by: Actor,
    pub text: String,
    pub evidence: Vec<EvidenceId>,
    pub judged: Option<Judgement>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpecialSupervision {
    pub number: u32,
    pub unit: UnitCode,
    pub opened: Timestamp,
    /// What the decision to open saw.
    pub seen: SeenNumbers,
    pub closed: Option<Timestamp>,
    pub seen_at_closing: Option<SeenNumbers>,
    pub note: String,
}

/// Where an answer stands, as the lists name it.
fn standing(answers: &[Answer]) -> &'static str {
    match answers.last().map(|answer| answer.judged.as_ref()) {
        None => "open",
        Some(None) => "answered",
        Some(Some(judged)) if judged.accepted => "accepted",
        Some(Some(_)) => "returned",
    }
}

impl Finding {
    /// `open`, `answered`, `accepted` or `returned`.
    pub fn standing(&self) -> &'static str {
        standing(&self.answers)
    }
    /// Nothing was accepted yet.
    pub fn is_open(&self) -> bool {
        self.standing() != "accepted"
    }
}

impl Failure {
    /// `open`, `answered`, `accepted` or `returned`.
    pub fn standing(&self) -> &'static str {
        standing(&self.answers)
    }
}

impl Inquiry {
    /// Its own, by which it has to be decided and closed.
    pub fn clock_id(&self) -> ClockId {
        ClockId::new(Obligation::Inquiry, self.number)
    }
}

impl Task {
    /// `open`, `answered`, `accepted` or `returned`.
    pub fn standing(&self) -> &'static str {
        standing(&self.reports)
    }
}

impl Clock {
    /// By the name it was started under, or under which it goes on after it had been missed.
    pub fn is_called(&self, id: &ClockId) -> bool {
        self.clock == *id || self.again.as_ref().is_some_and(|again| again.clock == *id)
    }
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
    pub(super) fn goes_on(&mut self, at: Timestamp) {
        if let Some(stopped) = self.stopped.take() {
            let from = stopped.at;
            self.rests.push(Rest {
                from,
                to: at.max(from),
            });
        }
    }
    /// The date that the calendar as it now is gives it, if that is another and anything moves it: what was missed on either
    /// calendar stays missed.
    pub fn recounted(&self, jurisdiction: &Jurisdiction, now: Timestamp) -> Option<Timestamp> {
        let to = jurisdiction.due_within(self.limit?, self.obligation, self.counted_from);
        (to != self.due && (!self.is_missed() || to > now)).then_some(to)
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
    /// Whether the step still counts: neither moot by work done before it was reached, nor of a deadline that moved.
    pub fn stands(&self, step: &Step) -> bool {
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
    pub(super) fn awaits_judgement(&self) -> bool {
        self.explanations.iter().any(|given| given.judged.is_none())
    }
}

impl AccountabilityState {
    /// The next instant at which [`Fire`](crate::AccountabilityCommand::Fire) has something to record; it may be past.
    pub fn next_due(&self, jurisdiction: &Jurisdiction) -> Option<Timestamp> {
        firing::next(self, jurisdiction, None).map(|next| next.at)
    }
    pub fn clock(&self, id: &ClockId) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.is_called(id))
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
            // Whoever is pressed for an answer owes that answer, not another one.
            .filter(|clock| !clock.obligation.is_of_accountability())
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
    /// The one that is open, if the unit is under special supervision.
    pub fn special_supervision(&self) -> Option<&SpecialSupervision> {
        self.special.last().filter(|special| special.closed.is_none())
    }
    pub(super) fn failure_mut(&mut self, number: u32) -> Option<&mut Failure> {
        self.failures.iter_mut().find(|failure| failure.number == number)
    }
    pub(super) fn finding_mut(&mut self, number: u32) -> Option<&mut Finding> {
        self.findings.iter_mut().find(|finding| finding.number == number)
    }
    pub(super) fn task_mut(&mut self, number: u32) -> Option<&mut Task> {
        self.tasks.iter_mut().find(|task| task.number == number)
    }
    pub(super) fn clock_mut(&mut self, id: &ClockId) -> Option<&mut Clock> {
        self.clocks.iter_mut().find(|clock| clock.clock == *id)
    }
    pub(super) fn inquiry_mut(&mut self, number: InquiryNumber) -> Option<&mut Inquiry> {
        self.inquiries.iter_mut().find(|inquiry| inquiry.number == number)
    }
}
