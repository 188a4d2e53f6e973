//! What may be asked of an accountability stream: by policies the clocks, by people the explanations and inquiries.

use crate::{
    Accountable, ClockId, FailureKind, FindingSource, Gravity, InquiryNumber, SeenNumbers, StopReason,
};
use jiff::{Timestamp, civil::Date};
use jurisdiction::{EvidenceId, Obligation, Rung, StaffId, Subject, UnitCode, Urgency};
use serde::Deserialize;
use uuid::Uuid;

/// Every command of the aggregate. The first six are given by policies only.
#[derive(Clone, Debug)]
pub enum AccountabilityCommand {
    StartClock(StartClock),
    ResumeClock(ResumeClock),
    StopClock(StopClock),
    MoveClock(MoveClock),
    /// Record everything that is due by now: missed deadlines, rungs reached, repetitions.
    Fire,
    RecordFailure(RecordFailure),
    ExplainFailure(ExplainFailure),
    JudgeFailure(JudgeFailure),
    SubmitExplanation(SubmitExplanation),
    JudgeExplanation(JudgeExplanation),
    OpenInquiry(OpenInquiry),
    DecideInquiry(DecideInquiry),
    CloseInquiry(CloseInquiry),
    RecordFinding(RecordFinding),
    AnswerFinding(AnswerFinding),
    JudgeFinding(JudgeFinding),
    AssignTask(AssignTask),
    ReportTask(ReportTask),
    AcceptTask(AcceptTask),
    ReturnTask(ReturnTask),
    /// By policy: the numbers reached the thresholds.
    OpenSpecialSupervision(OpenSpecialSupervision),
    CloseSpecialSupervision(CloseSpecialSupervision),
}

#[derive(Clone, Debug)]
pub struct StartClock {
    pub clock: ClockId,
    pub subject: Subject,
    pub obligation: Obligation,
    /// Nobody's yet: the office of the joint conference answers for it.
    pub unit: Option<UnitCode>,
    /// The first responsible person of the unit if absent.
    pub person: Option<StaffId>,
    pub urgency: Urgency,
    /// When the obligation arose, by the fact behind it; never when the reactor came to read it.
    pub started: Timestamp,
    /// A date that the fact behind it fixed; the configured limit if absent.
    pub due: Option<Timestamp>,
    pub what: String,
}

/// What was handed in was sent back: the same obligation again, in the time that was left of it.
#[derive(Clone, Debug)]
pub struct ResumeClock {
    pub again: StartClock,
    /// The clock that goes on, where several of the same kind run side by side; otherwise the last of the unit.
    pub of: Option<ClockId>,
}

/// Which clocks of the stream are meant: a policy sees one fact of another stream and knows no clock ids.
#[derive(Clone, Debug)]
pub enum Which {
    Clock(ClockId),
    /// Every running clock of this obligation, of one unit if given.
    Of {
        obligation: Obligation,
        unit: Option<UnitCode>,
    },
    /// Every running clock, e.g. because the case was merged.
    All,
    /// Every running clock but those of what outlives the handling, because the case is closed.
    AllBut(Obligation),
}

#[derive(Clone, Debug)]
pub struct StopClock {
    pub which: Which,
    pub by: StopReason,
    /// When it was done, by the fact behind it: a late reactor must not turn timely work into late work.
    pub at: Timestamp,
    /// That fact. A clock that it started itself, or that started after it, is not what it stops: a message may come again.
    pub fact: Uuid,
}

#[derive(Clone, Debug)]
pub struct MoveClock {
    pub which: Which,
    pub by: Move,
}

#[derive(Clone, Debug)]
pub enum Move {
    /// An extension that the level above granted at `granted`, which must be before expiry.
    Extension { to: Timestamp, granted: Timestamp },
    /// The calendar was corrected: count again from the start.
    CalendarChange,
    /// Whoever was named is no longer at the head of the unit: the deadline stays, the successor is named.
    HandedOver,
    /// Another unit has the work now; the deadline stays.
    Reassigned { unit: UnitCode, person: Option<StaffId> },
}

#[derive(Clone, Debug)]
pub struct RecordFailure {
    pub subject: Subject,
    pub kind: FailureKind,
    /// Id of the fact that shows it; the same fact is recorded once.
    pub cause: String,
    pub unit: UnitCode,
    /// Those who answer for it; the first responsible person of the unit if empty.
    pub persons: Vec<StaffId>,
    pub note: String,
}

/// Why it came to that, and what is done about it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplainFailure {
    pub failure: u32,
    pub text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeFailure {
    pub failure: u32,
    pub accepted: bool,
    pub note: String,
}

/// Answers the latest escalation of one rung.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitExplanation {
    pub clock: ClockId,
    pub rung: Rung,
    pub text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeExplanation {
    pub clock: ClockId,
    pub rung: Rung,
    pub accepted: bool,
    pub note: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenInquiry {
    /// The clock whose ladder led here, if one did.
    #[serde(default)]
    pub clock: Option<ClockId>,
    /// Number of the failure that led here, if one did.
    #[serde(default)]
    pub failure: Option<u32>,
    pub reason: String,
}

/// One decision about one person; an inquiry may end in several.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideInquiry {
    pub inquiry: InquiryNumber,
    pub against: Accountable,
    /// Name of the person.
    pub name: String,
    /// Account, if the person is an official of the campaign.
    #[serde(default)]
    pub person: Option<StaffId>,
    /// The article it rests on.
    pub basis: String,
    pub decision: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseInquiry {
    pub inquiry: InquiryNumber,
    pub note: String,
}

/// What a supervision group found wrong at a unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordFinding {
    pub unit: UnitCode,
    pub source: FindingSource,
    pub gravity: Gravity,
    pub text: String,
    #[serde(default)]
    pub evidence: Vec<EvidenceId>,
}

/// What the unit has done about it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFinding {
    pub finding: u32,
    pub text: String,
    #[serde(default)]
    pub evidence: Vec<EvidenceId>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeFinding {
    pub finding: u32,
    pub accepted: bool,
    pub note: String,
}

/// What the joint conference decided that a unit should do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignTask {
    pub unit: UnitCode,
    pub meeting: String,
    pub text: String,
    /// Due at the end of this day.
    pub due: Date,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportTask {
    pub task: u32,
    pub text: String,
    #[serde(default)]
    pub evidence: Vec<EvidenceId>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptTask {
    pub task: u32,
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnTask {
    pub task: u32,
    pub reason: String,
}

#[derive(Clone, Debug)]
pub struct OpenSpecialSupervision {
    pub unit: UnitCode,
    pub seen: SeenNumbers,
}

/// Not read from JSON: whoever asks gives the note, the service the numbers.
#[derive(Clone, Debug)]
pub struct CloseSpecialSupervision {
    pub seen: SeenNumbers,
    pub note: String,
}
