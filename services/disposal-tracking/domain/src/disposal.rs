//! The disposal: state, decisions, evolution.

mod evolution;
mod review;
mod rights;
mod watch;
mod work;

pub use review::required_reviews;

use crate::{Class, DisposalCommand, DisposalEvent, DisposalRefusal, Measure, Party, Receiver, RelapseLink};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{CaseId, EvidenceId, Level, StaffId, UnitCode, Urgency};
use serde::Serialize;
use std::collections::BTreeSet;

const LONGEST_TEXT: usize = 2000;
const MOST_EVIDENCE: usize = 50;

/// Where a disposal stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing happened yet: the stream is empty.
    #[default]
    Absent,
    /// At least one prescribed measure is open.
    InProgress,
    /// All measures are done; a level has to sign.
    AwaitingReview,
    Closed,
}

/// What a disposal amounts to so far.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DisposalState {
    pub progress: Progress,
    pub class: Option<Class>,
    /// Who carries the measures out.
    pub unit: Option<UnitCode>,
    pub place: String,
    pub summary: String,
    pub urgency: Urgency,
    pub ordered_at: Option<Timestamp>,
    /// What is prescribed, and how far it is.
    pub measures: Vec<MeasureRecord>,
    pub plan: Option<SafetyPlan>,
    /// Everybody who ever completed a measure here, reopened ones included.
    pub workers: BTreeSet<StaffId>,
    /// The levels that have to review, lowest first.
    pub reviews_required: Vec<Level>,
    pub reviews_passed: Vec<Level>,
    pub referrals: Vec<Referral>,
    pub closed_at: Option<Timestamp>,
    /// The newest draw.
    pub spot_check: Option<SpotCheck>,
    /// Since the last closing.
    pub rechecks: Vec<Recheck>,
    pub relapses: Vec<Relapse>,
}

/// A prescribed measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureRecord {
    pub measure: Measure,
    pub done: Option<Done>,
    /// Why it had to be done again, oldest first.
    pub reopened: Vec<String>,
}

/// Proof that a measure was carried out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Done {
    pub at: Timestamp,
    pub before: Vec<EvidenceId>,
    pub after: Vec<EvidenceId>,
    pub note: String,
}

/// 处置安全方案, the newest version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SafetyPlan {
    pub risks: String,
    pub measures: String,
    pub responsible: String,
    pub submitted_by: Option<StaffId>,
    pub standing: PlanStanding,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStanding {
    Submitted,
    Approved,
    Rejected { reason: String },
}

/// A party handed over to another authority, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Referral {
    pub referral: u32,
    pub party: Party,
    pub to: Receiver,
    pub grounds: String,
    pub result: Option<String>,
}

/// A draw; `passed` once somebody has been there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpotCheck {
    pub seed: String,
    pub round: u32,
    pub passed: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recheck {
    pub after_days: u16,
    pub raised_at: Timestamp,
    pub outcome: Option<RecheckOutcome>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecheckOutcome {
    Passed,
    Relapsed,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relapse {
    pub new_case: CaseId,
    pub link: RelapseLink,
    pub note: String,
    pub found_at: Timestamp,
}

impl DisposalState {
    pub fn all_measures_done(&self) -> bool {
        self.measures.iter().all(|record| record.done.is_some())
    }
    pub fn open_measures(&self) -> impl Iterator<Item = Measure> {
        self.measures
            .iter()
            .filter(|record| record.done.is_none())
            .map(|record| record.measure)
    }
    /// The level whose signature is missing next.
    pub fn next_review(&self) -> Option<Level> {
        let missing = |level: &Level| !self.reviews_passed.contains(level);
        self.reviews_required.iter().copied().find(missing)
    }
    pub fn needs_safety_plan(&self) -> bool {
        self.measures
            .iter()
            .any(|record| record.measure.needs_safety_plan())
    }
    pub fn plan_is_approved(&self) -> bool {
        self.plan
            .as_ref()
            .is_some_and(|plan| plan.standing == PlanStanding::Approved)
    }
}

type Decision = Result<Vec<DisposalEvent>, DisposalRefusal>;

/// The aggregate.
#[derive(Debug)]
pub struct Disposal;

impl Decider for Disposal {
    const CATEGORY: &'static str = "disposal";
    type State = DisposalState;
    type Command = DisposalCommand;
    type Event = DisposalEvent;
    type Refusal = DisposalRefusal;

    fn decide(state: &DisposalState, command: &DisposalCommand, given: Given<'_>) -> Decision {
        if let DisposalCommand::Order(command) = command {
            return work::order(state, command, given);
        }
        if state.progress == Progress::Absent {
            return Err(DisposalRefusal::NotOrdered);
        }
        match command {
            DisposalCommand::Order(_) => Err(DisposalRefusal::AlreadyOrdered),
            DisposalCommand::SubmitSafetyPlan(command) => work::submit_plan(state, command, given),
            DisposalCommand::ApproveSafetyPlan(_) => work::approve_plan(state, given),
            DisposalCommand::RejectSafetyPlan(command) => work::reject_plan(state, command, given),
            DisposalCommand::CompleteMeasure(command) => work::complete(state, command, given),
            DisposalCommand::ReferParty(command) => work::refer(state, command, given),
            DisposalCommand::AnswerReferral(command) => work::answer_referral(state, command, given),
            DisposalCommand::PassReview(_) => review::pass(state, given),
            DisposalCommand::FailReview(command) => review::fail(state, command, given),
            DisposalCommand::DrawSpotCheck(command) => review::draw(state, command, given),
            DisposalCommand::PassSpotCheck(_) => review::pass_spot_check(state, given),
            DisposalCommand::FailSpotCheck(command) => review::fail_spot_check(state, command, given),
            DisposalCommand::RaiseRecheck(command) => watch::raise_recheck(state, command, given),
            DisposalCommand::PassRecheck(command) => watch::pass_recheck(state, command, given),
            DisposalCommand::ReportRelapse(command) => watch::report_relapse(state, command, given),
        }
    }

    fn evolve(state: &mut DisposalState, event: &DisposalEvent, stamp: &Stamp) {
        evolution::evolve(state, event, stamp);
    }
}

/// Words that somebody will read: not blank, not endless.
fn words(text: &str, missing: DisposalRefusal) -> Result<String, DisposalRefusal> {
    match wordy(text)? {
        text if text.is_empty() => Err(missing),
        text => Ok(text),
    }
}

/// Words that may be left out, but are not endless either.
fn wordy(text: &str) -> Result<String, DisposalRefusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST_TEXT {
        return Err(DisposalRefusal::TextTooLong);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
