//! What can happen on an accountability stream, as stored.

use decider::StoredEvent;
use jiff::Timestamp;
use jurisdiction::{Ladder, Limit, Obligation, Rung, StaffId, Subject, UnitCode, Urgency};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One clock: the obligation's code, `#`, and the id of the fact that started it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClockId(String);

impl ClockId {
    pub fn new(obligation: Obligation, start: impl fmt::Display) -> Self {
        Self(format!("{}#{start}", obligation.code()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
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
    /// The unit changes, the deadline does not.
    Reassigned {
        unit: UnitCode,
        person: Option<StaffId>,
    },
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

/// A failure that starts accountability without a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// 验收抽查发现问题
    SpotCheckFailed,
    /// 死灰复燃
    Relapse,
    /// 瞒报: a site that was found clean is later confirmed.
    Concealment,
    /// 底数不清: a site that a signed report left out.
    ContradictedReport,
    /// 二次退回
    SecondReturn,
}

impl FailureKind {
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::SpotCheckFailed => "抽查不合格",
            Self::Relapse => "死灰复燃",
            Self::Concealment => "瞒报漏报",
            Self::ContradictedReport => "底数不清",
            Self::SecondReturn => "二次退回",
        }
    }
}

/// In what quality somebody is held to account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accountable {
    /// 经营者
    Operator,
    /// 出租人
    Landlord,
    /// 法定代表人
    LegalRepresentative,
    /// 公职人员
    Official,
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

/// One of each, for golden files and property tests.
#[cfg(test)]
pub(crate) fn samples() -> Vec<AccountabilityEvent> {
    let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
    let due = at("2020-06-04T15:59:59Z");
    let clock = ClockId::new(Obligation::FirstInspection, "1");
    let subject = Subject::Case(jurisdiction::CaseId::sample(7));
    let unit = UnitCode::of("321322102");
    let leader = Some(StaffId::of("leader-321322102"));
    let person = || Addressee {
        unit: unit.clone(),
        person: leader.clone(),
        name: Some("演示·胡集镇负责人".into()),
    };
    let mut samples = vec![
        AccountabilityEvent::ClockStarted {
            clock: clock.clone(),
            subject: subject.clone(),
            obligation: Obligation::FirstInspection,
            unit: unit.clone(),
            person: leader.clone(),
            urgency: Urgency::Normal,
            started: at("2020-06-01T01:00:00Z"),
            limit: Some(Limit::WorkingDays(3)),
            due,
            what: "胡集镇老砖瓦厂首次现场核查".into(),
            ladder: None,
        },
        AccountabilityEvent::DeadlineMissed {
            clock: clock.clone(),
            due,
            unit: unit.clone(),
            person: leader.clone(),
        },
        AccountabilityEvent::ClockMoved {
            clock: clock.clone(),
            from: due,
            to: at("2020-06-09T15:59:59Z"),
            reason: MoveReason::Extension {
                granted: at("2020-06-03T01:00:00Z"),
            },
        },
        AccountabilityEvent::ClockStopped {
            clock: clock.clone(),
            by: StopReason::Fulfilled,
            at: at("2020-06-08T01:00:00Z"),
        },
        AccountabilityEvent::FailureRecorded {
            subject,
            kind: FailureKind::Relapse,
            cause: "disposal-7#12".into(),
            unit: unit.clone(),
            persons: leader.clone().into_iter().collect(),
            note: "回头看发现设备重新进场".into(),
        },
        AccountabilityEvent::ExplanationSubmitted {
            clock: clock.clone(),
            deadline: due,
            rung: Rung::SupervisionOrder,
            repetition: 0,
            text: "汛期道路中断，已于次日补查。".into(),
        },
        AccountabilityEvent::ExplanationJudged {
            clock: clock.clone(),
            deadline: due,
            rung: Rung::SupervisionOrder,
            repetition: 0,
            accepted: false,
            note: "没有提供道路中断的材料。".into(),
        },
        AccountabilityEvent::InquiryOpened {
            inquiry: 1,
            clock: Some(clock.clone()),
            reason: "逾期十日未核查".into(),
        },
        AccountabilityEvent::InquiryDecided {
            inquiry: 1,
            against: Accountable::Official,
            name: "演示·胡集镇负责人".into(),
            person: leader.clone(),
            basis: "《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》".into(),
            decision: "诫勉谈话".into(),
        },
        AccountabilityEvent::InquiryClosed {
            inquiry: 1,
            note: "已送达本人".into(),
        },
    ];
    samples.extend(Rung::ALL.map(|rung| {
        AccountabilityEvent::escalation(
            rung,
            Escalation {
                clock: clock.clone(),
                deadline: due,
                repetition: 0,
                reached: due,
                to: person(),
                about: person(),
                answer_due: at("2020-06-09T15:59:59Z"),
            },
        )
    }));
    samples
}
