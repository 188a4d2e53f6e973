//! The case: state, decisions, evolution.

mod assignment;
mod decision;
mod evolution;
mod extension;
mod inspection;
mod merging;
mod opening;
mod rights;

use crate::{
    CaseCommand, CaseEvent, CaseRefusal, Class, ClosingReason, Competent, Coordinates, Finding, FiveChecks,
    Method, Origin, Party, Place, Premises, ThreeChecks,
};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Actor, Against, CaseId, EvidenceId, Obligation, TipId, UnitCode, Urgency};
use serde::{Deserialize, Serialize};

const LONGEST_TEXT: usize = 2000;

/// Where the handling of a case stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing happened yet: the stream is empty.
    #[default]
    Absent,
    /// Nobody owns it yet; the dispatcher's clock runs.
    Opened,
    Assigned,
    /// Back on the desk of who assigned it, who owns it until it is assigned anew.
    Returned,
    /// Returned twice: the level above has to say whose it is.
    AwaitingDesignation,
    Acknowledged,
    Inspected,
    /// Doubtful: with the county.
    Identification,
    CleanAwaitingReview,
    /// A small chemical works: its disposal is under way.
    Confirmed,
    Closed,
}

impl Progress {
    /// What people read: in lists, in tables and in replay the same.
    #[must_use]
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Absent => "未立案",
            Self::Opened => "待交办",
            Self::Assigned => "待签收",
            Self::Returned => "已退回",
            Self::AwaitingDesignation => "待指定管辖",
            Self::Acknowledged => "待核查",
            Self::Inspected => "待定性",
            Self::Identification => "待甄别",
            Self::CleanAwaitingReview => "未发现（待复核）",
            Self::Confirmed => "处置中",
            Self::Closed => "已办结",
        }
    }
}

/// What a case amounts to so far.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CaseState {
    pub progress: Progress,
    pub origin: Option<Origin>,
    pub summary: String,
    pub enterprise: Option<String>,
    pub place: Place,
    pub urgency: Urgency,
    pub confidential: bool,
    /// Whom it is about; for them it does not exist.
    pub against: Against,
    pub opened_at: Option<Timestamp>,
    /// Everyone who reported the site, earliest first.
    pub tips: Vec<TipId>,
    /// A visit to the site counts from here: from the opening, or from when it was to be looked at anew.
    pub to_visit_from: Option<Timestamp>,
    /// `None` only before the first assignment.
    pub owner: Option<UnitCode>,
    pub co_handlers: Vec<UnitCode>,
    pub instructions: String,
    /// Who had the case when, oldest first; the last one is the owner.
    pub holders: Vec<Holding>,
    pub acknowledged_at: Option<Timestamp>,
    /// Every unit that returned the case, oldest first.
    pub returned_by: Vec<UnitCode>,
    pub designated: bool,
    pub inspections: Vec<Inspection>,
    /// The newest finding that still counts: a refused review or a reopening sends people to the site again.
    pub finding: Option<Finding>,
    /// The county has said that it is a small chemical works.
    pub identified: bool,
    pub class: Option<Class>,
    /// Everybody who said that it is no small chemical works, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denials: Vec<Denial>,
    /// Whether the last one is the last word on the site so far.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub denied: bool,
    /// Whoever shared the word that there is nothing, oldest first: it is theirs as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clean_agreed: Vec<Actor>,
    /// How often the level above did not share the word that there is nothing.
    #[serde(skip_serializing_if = "is_never")]
    pub clean_refused: u32,
    pub closed: Option<ClosingReason>,
    pub closed_at: Option<Timestamp>,
    pub evidence: Vec<EvidenceId>,
    /// Every extension that was asked for, oldest first.
    pub extensions: Vec<Extension>,
    /// How often it was taken up again.
    pub reopenings: u32,
    /// The case that it goes on in, and where it stood when it was merged.
    pub merged: Option<(CaseId, Progress)>,
    /// The case from which the last reopening took it out again.
    pub unmerged_from: Option<CaseId>,
}

fn is_never(times: &u32) -> bool {
    *times == 0
}

/// More time that was asked for 延期.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extension {
    pub clock: String,
    pub obligation: Obligation,
    pub unit: UnitCode,
    pub due: Timestamp,
    pub to: Timestamp,
    pub reason: String,
    pub requested_at: Timestamp,
    pub answer: Option<ExtensionAnswer>,
    /// The number of reopenings before it: a case that is taken up again is a new piece of work.
    pub round: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionAnswer {
    Granted,
    Refused { reason: String },
}

/// One unit's time with the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holding {
    pub unit: UnitCode,
    /// Who gave it to that unit; `None` if it is the desk that gave the case away and got it back.
    pub given_by: Option<UnitCode>,
    pub from: Timestamp,
}

/// A recorded inspection.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    pub recorded_by: Actor,
    pub went: Vec<String>,
    pub inspected_at: Timestamp,
    /// Where they stood, or why that is not known: whoever reviews sees how far from the site it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub no_coordinates: String,
    pub method: Method,
    pub premises: Premises,
    pub five: FiveChecks,
    pub three: Option<ThreeChecks>,
    pub parties: Vec<Party>,
    pub finding: Finding,
    pub note: String,
    pub evidence: Vec<EvidenceId>,
}

impl Inspection {
    /// Every picture of it, of the whole and of what was checked.
    pub fn pictures(&self) -> impl Iterator<Item = &EvidenceId> {
        let three = self.three.iter().flat_map(ThreeChecks::all);
        let checks = self.five.all().into_iter().chain(three);
        let checked = checks.flat_map(|check| &check.evidence);
        self.evidence.iter().chain(checked)
    }
    /// With a picture, of the whole or of something that was checked.
    fn is_shown(&self) -> bool {
        self.pictures().next().is_some()
    }
}

/// Somebody's word that it is no small chemical works 不属于“小化工”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Denial {
    pub by: Actor,
    pub at: Timestamp,
    pub refer_to: Option<Competent>,
}

impl CaseState {
    pub fn returns(&self) -> usize {
        self.returned_by.len()
    }
    pub fn is_open(&self) -> bool {
        !matches!(self.progress, Progress::Absent | Progress::Closed)
    }
    /// Whether someone on the spot must not decide alone (the order, 四): nobody has confirmed what it is.
    pub fn is_doubtful(&self) -> bool {
        !self.identified && self.finding != Some(Finding::ConfirmedActivity)
    }
    /// The inspections that count: since the site was last to be looked at anew.
    fn visits(&self) -> impl Iterator<Item = &Inspection> {
        let counts = |inspection: &&Inspection| self.is_visit_of_now(inspection.inspected_at);
        self.inspections.iter().filter(counts)
    }
    /// Whether a visit is one since the site was last to be looked at. People write down minutes.
    fn is_visit_of_now(&self, at: Timestamp) -> bool {
        let minute = |at: Timestamp| at.as_second().div_euclid(60);
        self.to_visit_from.is_none_or(|from| minute(at) >= minute(from))
    }
    fn was_found(&self, finding: Finding) -> bool {
        self.visits().any(|inspection| inspection.finding == finding)
    }
    /// Whether somebody found something: from then on only the county can say that there is nothing.
    fn is_suspect(&self) -> bool {
        self.was_found(Finding::Suspected) || self.was_found(Finding::ConfirmedActivity)
    }
    /// Whose word the level above has to look at before the case is closed on it.
    pub fn under_review_of(&self) -> Option<&UnitCode> {
        let denial = self.denials.last().filter(|_| self.denied);
        let denier = denial.and_then(|denial| denial.by.unit());
        denier.or(self.owner.as_ref())
    }
    /// Whether a unit owns the case or helps with it.
    pub fn is_handled_by(&self, unit: &UnitCode) -> bool {
        self.owner.as_ref() == Some(unit) || self.co_handlers.contains(unit)
    }
    fn held_from(&self) -> Option<&UnitCode> {
        self.holders.last()?.given_by.as_ref()
    }
}

type Decision = Result<Vec<CaseEvent>, CaseRefusal>;

/// The aggregate.
#[derive(Debug)]
pub struct Case;

impl Decider for Case {
    const CATEGORY: &'static str = "case";
    type State = CaseState;
    type Command = CaseCommand;
    type Event = CaseEvent;
    type Refusal = CaseRefusal;

    fn decide(state: &CaseState, command: &CaseCommand, given: Given<'_>) -> Decision {
        if let CaseCommand::Open(command) = command {
            return opening::open(state, command, given);
        }
        // Whom it is about learns no more than of a case that does not exist.
        if state.progress == Progress::Absent || state.against.hides_from(given.by, given.jurisdiction) {
            return Err(CaseRefusal::NotOpened);
        }
        match command {
            CaseCommand::Open(_) => Err(CaseRefusal::AlreadyOpened),
            CaseCommand::LinkTip(command) => opening::link_tip(state, command, given),
            CaseCommand::LearnOfTip(command) => opening::learn_of_tip(state, command, given),
            CaseCommand::UnlinkTip(command) => opening::unlink_tip(state, command, given),
            CaseCommand::Merge(command) => merging::merge(state, command, given),
            CaseCommand::Absorb(command) => merging::absorb(state, command, given),
            CaseCommand::Assign(command) => assignment::assign(state, command, given),
            CaseCommand::AddCoHandler(command) => assignment::add_co_handler(state, command, given),
            CaseCommand::RemoveCoHandler(command) => assignment::remove_co_handler(state, command, given),
            CaseCommand::Acknowledge(_) => assignment::acknowledge(state, given),
            CaseCommand::Return(command) => assignment::give_back(state, command, given),
            CaseCommand::Designate(command) => assignment::designate(state, command, given),
            CaseCommand::Reassign(command) => assignment::reassign(state, command, given),
            CaseCommand::RequestExtension(command) => extension::request(state, command, given),
            CaseCommand::GrantExtension(command) => extension::grant(state, command, given),
            CaseCommand::RefuseExtension(command) => extension::refuse(state, command, given),
            CaseCommand::RecordInspection(command) => inspection::record(state, command, given),
            CaseCommand::RequestIdentification(command) => {
                decision::request_identification(state, command, given)
            }
            CaseCommand::Identify(command) => decision::identify(state, command, given),
            CaseCommand::Classify(command) => decision::classify(state, command, given),
            CaseCommand::ReviewCleanFinding(command) => decision::review_clean_finding(state, command, given),
            CaseCommand::CloseDisposed(_) => decision::close_disposed(state, given),
            CaseCommand::CorrectClass(command) => decision::correct_class(state, command, given),
            CaseCommand::Reopen(command) => decision::reopen(state, command, given),
        }
    }

    fn evolve(state: &mut CaseState, event: &CaseEvent, stamp: &Stamp) {
        evolution::evolve(state, event, stamp);
    }
}

/// Why a step is refused that does not belong to where the case stands.
fn not_now(progress: Progress) -> CaseRefusal {
    match progress {
        Progress::Absent => CaseRefusal::NotOpened,
        Progress::Opened | Progress::Returned => CaseRefusal::NotAssignedYet,
        Progress::AwaitingDesignation => CaseRefusal::DesignationNeeded,
        Progress::Assigned => CaseRefusal::NotAcknowledged,
        Progress::Acknowledged => CaseRefusal::NotInspected,
        Progress::Inspected => CaseRefusal::AlreadyInspected,
        Progress::Identification => CaseRefusal::WithCounty,
        Progress::CleanAwaitingReview => CaseRefusal::UnderReview,
        Progress::Confirmed => CaseRefusal::AlreadyConfirmed,
        Progress::Closed => CaseRefusal::AlreadyClosed,
    }
}

/// Words that stay in the history in clear, go on to whoever handles it, and may come from what a reporter said.
fn open_words(text: &str, personal: CaseRefusal) -> Result<String, CaseRefusal> {
    let text = wordy(text)?;
    if jurisdiction::names_somebody(&text) {
        return Err(personal);
    }
    Ok(text)
}

/// Words that somebody will read: not blank, not endless.
fn words(text: &str, missing: CaseRefusal) -> Result<String, CaseRefusal> {
    match wordy(text)? {
        text if text.is_empty() => Err(missing),
        text => Ok(text),
    }
}

/// Words that may be left out, but are not endless either.
fn wordy(text: &str) -> Result<String, CaseRefusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST_TEXT {
        return Err(CaseRefusal::TextTooLong);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
