//! Which clocks start, stop and move, and which failures are recorded, when something happens elsewhere. Pure.

mod cases;
mod disposals;
mod draws;
mod earlier;
mod reports;
mod tips;

pub use cases::on_case;
pub use disposals::on_disposal;
pub use draws::on_draw;
pub use earlier::on_earlier;
pub use reports::on_report;
pub use tips::on_tip;

use crate::sites::Earlier;
use accountability_domain::{
    AccountabilityCommand, ClockId, FailureKind, Move, MoveClock, RecordFailure, ResumeClock, StartClock,
    StopClock, StopReason, Which,
};
use case_domain::{CaseEvent, CaseState};
use disposal_domain::draw::DrawEvent;
use disposal_domain::{DisposalEvent, DisposalState};
use jiff::Timestamp;
use jurisdiction::{
    Actor, Against, CaseId, Jurisdiction, Obligation, StaffId, Subject, TipId, UnitCode, UnitKind, Urgency,
};
use platform::Follow;
use report_domain::{ReportEvent, ReportId};
use tip_domain::{TipEvent, TipState};
use uuid::Uuid;

/// Categories of the facts that something follows from here.
pub const HEARS: [&str; 5] = ["tip", "case", "disposal", "draw", "report"];
pub const CLOCKS: &str = "accountability-escalation/clocks-follow-the-facts";

/// A command and whose accountability it is for: the stream is `accountability-<id of the subject>`.
pub type Follows = Vec<(Subject, AccountabilityCommand)>;

/// A fact, and what has to be known beside it.
#[derive(Debug)]
pub enum Heard {
    /// With the tip as it stood right after the event.
    Tip(TipId, TipEvent, Box<TipState>),
    /// With the case as it stood right after the event; if it was confirmed, with what earlier cases had made of the site.
    Case(CaseId, CaseEvent, Box<CaseState>, Earlier),
    /// With the disposal as it stood right after the event.
    Disposal(CaseId, DisposalEvent, Box<DisposalState>),
    Draw(DrawEvent),
    /// With the report's own history up to the event, which is its last.
    Report(ReportId, Vec<(Uuid, ReportEvent)>),
}

/// All that follows from a fact, in the order in which it is done.
pub fn reactions(heard: &Heard, fact: Fact<'_>) -> Vec<Follow<AccountabilityCommand>> {
    let follows = match heard {
        Heard::Tip(tip, event, after) => on_tip(*tip, event, after, fact),
        Heard::Case(case, event, after, earlier) => {
            let mut follows = on_case(*case, event, after, fact);
            follows.extend(on_earlier(*case, earlier.clone(), after, fact));
            follows
        }
        Heard::Disposal(case, event, after) => on_disposal(*case, event, after, fact),
        Heard::Draw(event) => on_draw(event, fact),
        Heard::Report(report, history) => on_report(report, history, fact),
    };
    let stream = |subject: &Subject| format!("accountability-{}", subject.id());
    Follow::all(
        CLOCKS,
        follows
            .into_iter()
            .map(|(subject, command)| (stream(&subject), command)),
    )
}

/// The fact that something follows from.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    pub id: Uuid,
    pub at: Timestamp,
    pub by: &'a Actor,
    pub jurisdiction: &'a Jurisdiction,
}

/// An obligation that arises.
pub(crate) struct Duty {
    obligation: Obligation,
    /// The office of the joint conference if absent.
    unit: Option<UnitCode>,
    urgency: Urgency,
    what: String,
}

impl Fact<'_> {
    /// Counted from the fact itself, and named after it, so that a repeated message starts nothing twice.
    fn start(&self, subject: &Subject, duty: Duty) -> (Subject, AccountabilityCommand) {
        self.start_since(subject, duty, self.at)
    }
    /// Of what the fact says that it has been owed since earlier.
    fn start_since(
        &self,
        subject: &Subject,
        duty: Duty,
        since: Timestamp,
    ) -> (Subject, AccountabilityCommand) {
        let command = self.clock_of(subject, duty, since);
        (subject.clone(), AccountabilityCommand::StartClock(command))
    }
    fn clock_of(&self, subject: &Subject, duty: Duty, since: Timestamp) -> StartClock {
        StartClock {
            clock: self.clock(duty.obligation),
            subject: subject.clone(),
            obligation: duty.obligation,
            unit: duty.unit,
            person: None,
            urgency: duty.urgency,
            started: since,
            due: None,
            what: duty.what,
        }
    }
    /// What was handed in was not good enough: it is owed again, in the time that was left.
    fn resume(&self, subject: &Subject, duty: Duty) -> (Subject, AccountabilityCommand) {
        self.resume_one(subject, duty, None)
    }
    /// Likewise, where several of the kind run side by side.
    fn resume_one(
        &self,
        subject: &Subject,
        duty: Duty,
        of: Option<ClockId>,
    ) -> (Subject, AccountabilityCommand) {
        let again = self.clock_of(subject, duty, self.at);
        let command = ResumeClock { again, of };
        (subject.clone(), AccountabilityCommand::ResumeClock(command))
    }
    /// The unit above everybody it is about; nobody if it is about nobody.
    fn authority(&self, against: &Against) -> Option<UnitCode> {
        let authority = against.authority(self.jurisdiction)?;
        Some(authority.code.clone())
    }
    /// The clock that this fact starts.
    fn clock(&self, obligation: Obligation) -> ClockId {
        ClockId::new(obligation, self.id)
    }
    fn stop(
        &self,
        subject: &Subject,
        obligation: Obligation,
        by: StopReason,
    ) -> (Subject, AccountabilityCommand) {
        let unit = None;
        self.stop_which(subject, Which::Of { obligation, unit }, by)
    }
    fn done(&self, subject: &Subject, obligation: Obligation) -> (Subject, AccountabilityCommand) {
        self.stop(subject, obligation, StopReason::Fulfilled)
    }
    /// Taken away undone: should it come back, the time goes on where it was.
    fn withdrawn(&self, subject: &Subject, obligation: Obligation) -> (Subject, AccountabilityCommand) {
        self.stop(subject, obligation, StopReason::Withdrawn)
    }
    /// What a party was referred for is not over with the site: its receiver still owes the answer.
    fn all_over(&self, subject: &Subject) -> (Subject, AccountabilityCommand) {
        let which = Which::AllBut(Obligation::AnswerReferral);
        self.stop_which(subject, which, StopReason::Ended)
    }
    /// Another unit has the work now, and the time that is left of it.
    fn passed_on(
        &self,
        subject: &Subject,
        obligation: Obligation,
        unit: &UnitCode,
    ) -> (Subject, AccountabilityCommand) {
        let which = Which::Of {
            obligation,
            unit: None,
        };
        let (unit, person) = (unit.clone(), None);
        let by = Move::Reassigned { unit, person };
        (
            subject.clone(),
            AccountabilityCommand::MoveClock(MoveClock { which, by }),
        )
    }
    fn stop_which(
        &self,
        subject: &Subject,
        which: Which,
        by: StopReason,
    ) -> (Subject, AccountabilityCommand) {
        let (at, fact) = (self.at, self.id);
        (
            subject.clone(),
            AccountabilityCommand::StopClock(StopClock { which, by, at, fact }),
        )
    }
    /// Of an explanation, which somebody else owes from now on: the time that is left goes along.
    fn owed_instead(
        &self,
        subject: &Subject,
        obligation: Obligation,
        (unit, instead): (&UnitCode, &UnitCode),
    ) -> (Subject, AccountabilityCommand) {
        let which = Which::Of {
            obligation,
            unit: Some(unit.clone()),
        };
        let by = Move::Reassigned {
            unit: instead.clone(),
            person: None,
        };
        let command = AccountabilityCommand::MoveClock(MoveClock { which, by });
        (subject.clone(), command)
    }
    /// A failure is told to those it is held against. What is about them they must not learn: then the level above explains
    /// it, and the words say whose it was.
    fn failure_unless_hidden(
        &self,
        subject: &Subject,
        against: &Against,
        kind: FailureKind,
        (unit, persons): (UnitCode, Vec<StaffId>),
        note: String,
    ) -> (Subject, AccountabilityCommand) {
        let jurisdiction = self.jurisdiction;
        let hidden = |person: &StaffId| {
            let member = jurisdiction.staff.get(person);
            against.persons.contains(person)
                || member.is_some_and(|member| against.holds_unit(&member.unit, jurisdiction))
        };
        let told = against.holds_unit(&unit, jurisdiction) || persons.iter().any(hidden);
        if against.is_empty() || !told {
            return self.failure(subject, kind, unit, persons, note);
        }
        let inspectors = || jurisdiction.unit_of_kind(UnitKind::Discipline);
        let above = self.authority(against);
        let above = above.or_else(|| inspectors().map(|unit| unit.code.clone()));
        let mut whose = vec![jurisdiction.unit_name(&unit)];
        let names = persons.iter().map(|person| {
            let member = jurisdiction.staff.get(person);
            member.map_or_else(|| person.to_string(), |member| member.name.clone())
        });
        whose.extend(names);
        let note = format!("{note}（责任属{}，因须回避，由上级说明）", whose.join("、"));
        self.failure(subject, kind, above.unwrap_or(unit), vec![], note)
    }
    /// The first responsible person of the unit answers if nobody is named.
    fn failure(
        &self,
        subject: &Subject,
        kind: FailureKind,
        unit: UnitCode,
        persons: Vec<StaffId>,
        note: String,
    ) -> (Subject, AccountabilityCommand) {
        let command = RecordFailure {
            subject: subject.clone(),
            kind,
            cause: self.id.to_string(),
            unit,
            persons,
            note,
        };
        (subject.clone(), AccountabilityCommand::RecordFailure(command))
    }
}

#[cfg(test)]
mod tests;
