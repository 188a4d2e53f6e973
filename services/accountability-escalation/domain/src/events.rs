//! What can happen on an accountability stream, as stored.

use crate::MovedBy;
use decider::StoredEvent;
use jiff::Timestamp;
use jurisdiction::{
    EvidenceId, Ladder, Limit, Obligation, Rung, StaffId, Subject, SupervisionNumbers, UnitCode, Urgency,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

mod kinds;

pub use kinds::{Accountable, FailureKind, FindingSource, Gravity};

/// One clock: the obligation's code, `#`, and the id of the fact that started it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClockId(String);

impl ClockId {
    pub fn new(obligation: Obligation, start: impl fmt::Display) -> Self {
        Self(format!("{}#{start}", obligation.code()))
    }
    /// As the facts of another stream spell it.
    pub fn named(text: &str) -> Self {
        Self(text.to_owned())
    }
    /// Of the answer to one rung of the ladder of `clock`.
    pub fn answering(clock: &Self, deadline: Timestamp, rung: Rung, repetition: u32) -> Self {
        let start = format!("{clock}/{deadline}/{}/{repetition}", rung.code());
        Self::new(Obligation::AnswerEscalation, start)
    }
    /// Of the judgement of what is answered to `answered`; so many answers to it were judged before.
    pub fn judging(answered: &Self, number: usize) -> Self {
        Self::new(Obligation::JudgeAnswer, format!("{answered}/{number}"))
    }
    /// The clock whose answer it is about to judge; `None` if it is about anything else.
    pub fn judges(&self) -> Option<Self> {
        let start = self.0.strip_prefix(Obligation::JudgeAnswer.code())?;
        let (answered, _) = start.strip_prefix('#')?.rsplit_once('/')?;
        Some(Self::named(answered))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Whether this fact started it.
    pub fn is_started_by(&self, fact: Uuid) -> bool {
        self.0
            .rsplit_once('#')
            .is_some_and(|(_, start)| start == fact.to_string())
    }
}

impl fmt::Display for ClockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for ClockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClockId({})", self.0)
    }
}

/// Why a clock stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// Done (a return of an assignment also answers it).
    Fulfilled,
    /// Taken from the unit undone: when the obligation comes back, its time goes on where it was.
    Withdrawn,
    /// The subject itself is over (closed, merged, rejected): a reopened one starts afresh.
    Ended,
}

/// Why a clock moved; nothing else can move it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MoveReason {
    Extension {
        granted: Timestamp,
    },
    CalendarChange,
    /// An answer was not accepted: the time that was left goes on.
    Resumed {
        /// From when it is counted again, and how much was left; absent where nothing was left, and in facts from before
        /// it was kept, whose date no calendar counts again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Limit>,
    },
    /// The unit changes, the deadline does not.
    Reassigned {
        unit: UnitCode,
        person: Option<StaffId>,
        /// If that set a stopped clock going again: the start that did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<Again>,
    },
    /// The unit changes of what stands still while an answer is judged: if it goes on, it is that unit's.
    PassedOn {
        unit: UnitCode,
        person: Option<StaffId>,
    },
}

impl MoveReason {
    /// Why the date is another one.
    pub fn moved_by(&self) -> MovedBy {
        match self {
            Self::Extension { .. } => MovedBy::Extension,
            Self::CalendarChange => MovedBy::CalendarChange,
            Self::Resumed { .. } | Self::Reassigned { .. } | Self::PassedOn { .. } => MovedBy::Resumed,
        }
    }
}

/// What would have started a clock of its own, had the obligation not been missed before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The clock that it would have been.
    pub clock: ClockId,
    /// When the obligation came back, by the fact behind it.
    pub at: Timestamp,
}

/// To whom an escalation goes. The person is named as of then: officials rotate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    pub unit: UnitCode,
    pub person: Option<StaffId>,
    pub name: Option<String>,
}

/// One rung reached; which rung is the event's own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    pub clock: ClockId,
    /// The missed deadline that it follows from.
    pub deadline: Timestamp,
    /// 0 the first time; only the top rung is repeated.
    pub repetition: u32,
    /// When the ladder reached it; later than that it may have been recorded, after an outage.
    pub reached: Timestamp,
    pub to: Addressee,
    /// The unit that missed it and its first responsible person.
    pub about: Addressee,
    /// Until when an explanation is owed.
    pub answer_due: Timestamp,
}

/// What a decision about special supervision saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenNumbers {
    pub numbers: SupervisionNumbers,
    /// Those in force then.
    pub thresholds: SupervisionNumbers,
    /// Failures and grave findings are counted from here.
    pub since: Timestamp,
}

/// Number of an inquiry within its stream, from 1.
pub type InquiryNumber = u32;

/// Facts of the stream `accountability-<id of the subject>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum AccountabilityEvent {
    #[serde(rename = "accountability.clock_started.v1")]
    ClockStarted {
        clock: ClockId,
        subject: Subject,
        obligation: Obligation,
        unit: UnitCode,
        person: Option<StaffId>,
        urgency: Urgency,
        started: Timestamp,
        /// What was allowed, so that a calendar correction can count again; `None` if the date was fixed otherwise.
        limit: Option<Limit>,
        due: Timestamp,
        /// Short Chinese description for lists and letters.
        what: String,
        /// The ladder in force at the start; whoever changes it later changes nothing for clocks that run. Facts from
        /// before it was kept have none: they climb the ladder of the day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ladder: Option<Ladder>,
    },
    #[serde(rename = "accountability.clock_stopped.v1")]
    ClockStopped {
        clock: ClockId,
        by: StopReason,
        /// When it was done; may be earlier than this fact was recorded.
        at: Timestamp,
    },
    #[serde(rename = "accountability.clock_moved.v1")]
    ClockMoved {
        clock: ClockId,
        from: Timestamp,
        to: Timestamp,
        reason: MoveReason,
    },
    #[serde(rename = "accountability.deadline_missed.v1")]
    DeadlineMissed {
        clock: ClockId,
        due: Timestamp,
        unit: UnitCode,
        person: Option<StaffId>,
    },
    /// 催办
    #[serde(rename = "accountability.reminder_issued.v1")]
    ReminderIssued(Escalation),
    /// 督办
    #[serde(rename = "accountability.supervision_ordered.v1")]
    SupervisionOrdered(Escalation),
    /// 约谈
    #[serde(rename = "accountability.interview_ordered.v1")]
    InterviewOrdered(Escalation),
    /// 通报批评
    #[serde(rename = "accountability.criticism_circulated.v1")]
    CriticismCirculated(Escalation),
    /// 移送纪委监委
    #[serde(rename = "accountability.referred_to_discipline.v1")]
    ReferredToDiscipline(Escalation),
    #[serde(rename = "accountability.failure_recorded.v1")]
    FailureRecorded {
        subject: Subject,
        kind: FailureKind,
        cause: String,
        unit: UnitCode,
        persons: Vec<StaffId>,
        note: String,
        /// By which it has to be explained. Facts from before that was asked have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clock: Option<ClockId>,
    },
    /// 说明问责事项
    #[serde(rename = "accountability.failure_explained.v1")]
    FailureExplained {
        /// Number of the failure within its stream, from 1.
        failure: u32,
        text: String,
    },
    #[serde(rename = "accountability.failure_judged.v1")]
    FailureJudged {
        failure: u32,
        accepted: bool,
        note: String,
    },
    #[serde(rename = "accountability.explanation_submitted.v1")]
    ExplanationSubmitted {
        clock: ClockId,
        deadline: Timestamp,
        rung: Rung,
        repetition: u32,
        text: String,
    },
    #[serde(rename = "accountability.explanation_judged.v1")]
    ExplanationJudged {
        clock: ClockId,
        deadline: Timestamp,
        rung: Rung,
        repetition: u32,
        accepted: bool,
        note: String,
    },
    #[serde(rename = "accountability.inquiry_opened.v1")]
    InquiryOpened {
        inquiry: InquiryNumber,
        clock: Option<ClockId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<u32>,
        reason: String,
    },
    #[serde(rename = "accountability.inquiry_decided.v1")]
    InquiryDecided {
        inquiry: InquiryNumber,
        against: Accountable,
        name: String,
        person: Option<StaffId>,
        basis: String,
        decision: String,
    },
    #[serde(rename = "accountability.inquiry_closed.v1")]
    InquiryClosed { inquiry: InquiryNumber, note: String },
    /// 督导组发现问题. The clock for its answer starts with it.
    #[serde(rename = "accountability.finding_recorded.v1")]
    FindingRecorded {
        finding: u32,
        unit: UnitCode,
        source: FindingSource,
        gravity: Gravity,
        text: String,
        evidence: Vec<EvidenceId>,
        clock: ClockId,
    },
    #[serde(rename = "accountability.finding_answered.v1")]
    FindingAnswered {
        finding: u32,
        text: String,
        evidence: Vec<EvidenceId>,
    },
    #[serde(rename = "accountability.finding_judged.v1")]
    FindingJudged {
        finding: u32,
        accepted: bool,
        note: String,
    },
    /// 联席会议任务. The clock starts with it.
    #[serde(rename = "accountability.task_assigned.v1")]
    TaskAssigned {
        task: u32,
        unit: UnitCode,
        /// Which meeting decided it.
        meeting: String,
        text: String,
        due: Timestamp,
        clock: ClockId,
    },
    #[serde(rename = "accountability.task_reported.v1")]
    TaskReported {
        task: u32,
        text: String,
        evidence: Vec<EvidenceId>,
    },
    #[serde(rename = "accountability.task_accepted.v1")]
    TaskAccepted { task: u32, note: String },
    #[serde(rename = "accountability.task_returned.v1")]
    TaskReturned { task: u32, reason: String },
    /// 专项督查
    #[serde(rename = "accountability.special_supervision_opened.v1")]
    SpecialSupervisionOpened {
        supervision: u32,
        unit: UnitCode,
        seen: SeenNumbers,
    },
    #[serde(rename = "accountability.special_supervision_closed.v1")]
    SpecialSupervisionClosed {
        supervision: u32,
        seen: SeenNumbers,
        note: String,
    },
}

impl StoredEvent for AccountabilityEvent {}

impl AccountabilityEvent {
    /// The fact that a rung was reached.
    pub fn escalation(rung: Rung, escalation: Escalation) -> Self {
        match rung {
            Rung::Reminder => Self::ReminderIssued(escalation),
            Rung::SupervisionOrder => Self::SupervisionOrdered(escalation),
            Rung::Interview => Self::InterviewOrdered(escalation),
            Rung::Criticism => Self::CriticismCirculated(escalation),
            Rung::Referral => Self::ReferredToDiscipline(escalation),
        }
    }
    /// The rung that was reached, if this fact says so.
    pub fn as_escalation(&self) -> Option<(Rung, &Escalation)> {
        match self {
            Self::ReminderIssued(escalation) => Some((Rung::Reminder, escalation)),
            Self::SupervisionOrdered(escalation) => Some((Rung::SupervisionOrder, escalation)),
            Self::InterviewOrdered(escalation) => Some((Rung::Interview, escalation)),
            Self::CriticismCirculated(escalation) => Some((Rung::Criticism, escalation)),
            Self::ReferredToDiscipline(escalation) => Some((Rung::Referral, escalation)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
pub(crate) use samples::samples;
