//! The disposal: state, decisions, evolution.

mod class;
mod evolution;
mod exposure;
mod handover;
mod numbers;
mod pictures;
mod referral;
mod review;
mod rights;
mod watch;
mod work;

pub use review::{required_reviews, reviews_of_a_handover};

use crate::{
    Class, DisposalCommand, DisposalEvent, DisposalRefusal, Measure, Party, Place, Receiver, RelapseLink,
};
use decider::{Decider, Given, Stamp};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Against, CaseId, EvidenceId, Level, StaffId, UnitCode, Urgency};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const LONGEST_TEXT: usize = 2000;
const MOST_EVIDENCE: usize = 50;

/// Where a disposal stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// It goes on in the disposal of another case.
    Merged,
}

impl Progress {
    /// What people read.
    #[must_use]
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Absent => "未开始处置",
            Self::InProgress => "处置中",
            Self::AwaitingReview => "待复核",
            Self::Closed => "已销号",
            Self::Merged => "已并案",
        }
    }
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
    /// Whom it is about; for them it does not exist.
    pub against: Against,
    pub ordered_at: Option<Timestamp>,
    /// What is prescribed, and how far it is.
    pub measures: Vec<MeasureRecord>,
    pub plan: Option<SafetyPlan>,
    /// Everybody who ever completed a measure here, reopened ones included.
    pub workers: BTreeSet<StaffId>,
    /// Every unit that ever completed a measure here.
    pub worked: BTreeSet<UnitCode>,
    /// Measures that a change to a lighter class let fall undone; none that is prescribed again.
    pub spared: Vec<Spared>,
    /// Every picture ever handed in here, of what was reopened as well: none of them shows what is done after it.
    pub shown: BTreeSet<EvidenceId>,
    /// The case in whose disposal it goes on.
    pub merged: Option<CaseId>,
    /// The levels that have to review, lowest first.
    pub reviews_required: Vec<Level>,
    /// What is open again was sent back by a review: it is the same piece of work, in the time that was left of it.
    #[serde(skip)]
    pub sent_back: bool,
    /// Who passed which of those and when: nobody signs for two levels.
    pub signatures: Vec<ReviewSignature>,
    /// Everybody who ever passed a review here, of what was reopened as well: whoever checks it afterwards is none of them.
    pub reviewers: BTreeSet<StaffId>,
    pub referrals: Vec<Referral>,
    pub closed_at: Option<Timestamp>,
    /// The newest draw.
    pub spot_check: Option<SpotCheck>,
    /// Since the last closing.
    pub rechecks: Vec<Recheck>,
    pub relapses: Vec<Relapse>,
    /// The newest one.
    pub exposure: Option<Exposure>,
}

/// 警示曝光: what the public is told of a site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exposure {
    pub enterprise: String,
    pub facts: String,
    pub proposed_by: Option<StaffId>,
    pub standing: ExposureStanding,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExposureStanding {
    Proposed,
    Published { area: UnitCode, at: Timestamp },
    Withdrawn { reason: String },
}

/// A prescribed measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureRecord {
    pub measure: Measure,
    pub done: Option<Done>,
    /// Why it had to be done again, oldest first.
    pub reopened: Vec<String>,
}

/// A level's word that the work is done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReviewSignature {
    pub level: Level,
    pub unit: Option<UnitCode>,
    pub by: Option<StaffId>,
    pub at: Timestamp,
}

/// A measure that nobody has to carry out any more, though nobody has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spared {
    pub measure: Measure,
    /// Whose change of class it was.
    pub by: StaffId,
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
    /// Who approved or rejected it, and when.
    pub judged_by: Option<StaffId>,
    pub judged_at: Option<Timestamp>,
    /// Measures were reopened after it was submitted: a new version may follow, but need not.
    pub outlived: bool,
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
    /// Who has to answer.
    pub receiver: Option<UnitCode>,
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
    pub place: Option<Place>,
    pub enterprise: Option<String>,
    pub found_at: Timestamp,
    /// The new case turned out to be one.
    pub confirmed: bool,
}

impl Relapse {
    /// Whether the site itself is back beyond doubt.
    pub fn is_of_the_site(&self) -> bool {
        self.confirmed && self.link == RelapseLink::Site
    }
}

impl DisposalState {
    /// Whether somebody did some of the work, or saw to it that it need not be done: nobody reviews that.
    pub fn has_worked(&self, person: &StaffId) -> bool {
        self.workers.contains(person) || self.spared.iter().any(|spared| spared.by == *person)
    }
    pub fn all_measures_done(&self) -> bool {
        self.measures.iter().all(|record| record.done.is_some())
    }
    pub fn open_measures(&self) -> impl Iterator<Item = Measure> {
        self.measures
            .iter()
            .filter(|record| record.done.is_none())
            .map(|record| record.measure)
    }
    /// When the re-check so many days after closing falls due; `None` if it has been raised, or is not to be.
    pub fn recheck_due(&self, after_days: u16) -> Option<Timestamp> {
        let raised = self
            .rechecks
            .iter()
            .any(|recheck| recheck.after_days == after_days);
        // Once the site itself has relapsed, it is watched through its new case: not because somebody says so, but once
        // that case is confirmed.
        let back = self.relapses.iter().any(Relapse::is_of_the_site);
        let closed_at = self.closed_at.filter(|_| !raised && !back)?;
        Some(closed_at + SignedDuration::from_hours(24 * i64::from(after_days)))
    }
    /// The lot fell on it, and nobody has been there since.
    pub fn awaits_spot_check(&self) -> bool {
        self.spot_check
            .as_ref()
            .is_some_and(|check| check.passed.is_none())
    }
    /// Whether it is on the list of the next public draw. What somebody must not learn of is on no public list.
    pub fn awaits_draw(&self) -> bool {
        self.awaits_check() && self.against.is_empty()
    }
    /// Closed, and neither drawn nor found in order since.
    pub fn awaits_check(&self) -> bool {
        let check = self.spot_check.as_ref();
        let checked = check.is_some_and(|check| check.passed != Some(false));
        self.progress == Progress::Closed && !checked
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
        // Whom it is about learns no more than of a disposal that does not exist.
        if state.progress == Progress::Absent || state.against.hides_from(given.by, given.jurisdiction) {
            return Err(DisposalRefusal::NotOrdered);
        }
        if state.merged.is_some() && !goes_on_when_merged(command) {
            return Err(DisposalRefusal::MergedElsewhere);
        }
        match command {
            DisposalCommand::Order(_) => Err(DisposalRefusal::AlreadyOrdered),
            DisposalCommand::NoteConflict(command) => work::note_conflict(state, command, given),
            DisposalCommand::HandOver(command) => handover::hand_over(state, command, given),
            DisposalCommand::Merge(command) => handover::merge(state, command, given),
            DisposalCommand::TakeApart(_) => handover::take_apart(state, given),
            DisposalCommand::Absorb(command) => handover::absorb(state, command, given),
            DisposalCommand::MakeUrgent(_) => handover::make_urgent(state, given),
            DisposalCommand::Reclassify(command) => class::reclassify(state, command, given),
            DisposalCommand::SubmitSafetyPlan(command) => work::submit_plan(state, command, given),
            DisposalCommand::ApproveSafetyPlan(_) => work::approve_plan(state, given),
            DisposalCommand::RejectSafetyPlan(command) => work::reject_plan(state, command, given),
            DisposalCommand::CompleteMeasure(command) => work::complete(state, command, given),
            DisposalCommand::ReferParty(command) => referral::refer(state, command, given),
            DisposalCommand::AnswerReferral(command) => referral::answer(state, command, given),
            DisposalCommand::PassReview(_) => review::pass(state, given),
            DisposalCommand::FailReview(command) => review::fail(state, command, given),
            DisposalCommand::DrawSpotCheck(command) => review::draw(state, command, given),
            DisposalCommand::PassSpotCheck(command) => review::pass_spot_check(state, command, given),
            DisposalCommand::FailSpotCheck(command) => review::fail_spot_check(state, command, given),
            DisposalCommand::Reopen(command) => review::reopen(state, command, given),
            DisposalCommand::RaiseRecheck(command) => watch::raise_recheck(state, command, given),
            DisposalCommand::PassRecheck(command) => watch::pass_recheck(state, command, given),
            DisposalCommand::ReportRelapse(command) => watch::report_relapse(state, command, given),
            DisposalCommand::ConfirmRelapse(command) => watch::confirm_relapse(state, command, given),
            DisposalCommand::ProposeExposure(command) => exposure::propose(state, command, given),
            DisposalCommand::PublishExposure(command) => exposure::publish(state, command, given),
            DisposalCommand::WithdrawExposure(command) => exposure::withdraw(state, command, given),
        }
    }

    fn evolve(state: &mut DisposalState, event: &DisposalEvent, stamp: &Stamp) {
        evolution::evolve(state, event, stamp);
    }
}

/// A merged disposal has the same owner and the same secrets as its case, and is owed the answers it asked for; what it made
/// public can be withdrawn.
fn goes_on_when_merged(command: &DisposalCommand) -> bool {
    matches!(
        command,
        DisposalCommand::NoteConflict(_)
            | DisposalCommand::HandOver(_)
            | DisposalCommand::Merge(_)
            | DisposalCommand::TakeApart(_)
            | DisposalCommand::Absorb(_)
            | DisposalCommand::MakeUrgent(_)
            | DisposalCommand::AnswerReferral(_)
            | DisposalCommand::WithdrawExposure(_)
    )
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
