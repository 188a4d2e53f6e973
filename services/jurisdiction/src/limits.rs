//! Obligations and the time allowed for each: dated configuration with the defaults of the design (domain.md §5).

use crate::WorkingCalendar;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A duty that somebody has in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obligation {
    /// Screen a tip 受理甄审; on the dispatcher.
    ScreenTip,
    /// Assign an opened case 交办; on the dispatcher. Same limit as screening.
    AssignCase,
    /// Acknowledge an assignment 签收.
    Acknowledge,
    /// First inspection on site 首次核查.
    FirstInspection,
    /// Classify an inspected site 定性分类.
    Classify,
    /// Identification of a doubtful site by the county 甄别确认.
    Identify,
    /// Submit the safety plan 处置安全方案.
    SafetyPlan,
    /// Cut water and power (C), stop production (B), close (A): the immediate measure.
    ImmediateMeasure,
    /// All other prescribed measures.
    RemainingMeasures,
    /// Review, signature, seal, filing: each level.
    Review,
    /// Look again at a closed site 回头看, once it falls due.
    Recheck,
    /// Go and check a drawn site 验收抽查; on the supervision group.
    SpotCheck,
    /// Announce a draw for the closed sites that wait for one 公告抽签; on the supervision group.
    AnnounceDraw,
    /// Make an announced draw once its number is known 进行抽签; on the supervision group.
    MakeDraw,
    /// Answer a referral 移送答复; on the department that received it.
    AnswerReferral,
    /// Tell the reporter the outcome.
    TellOutcome,
    /// Answer an escalation.
    AnswerEscalation,
    /// Answer a finding of a supervision group 督导问题整改答复; urgent if it is grave.
    AnswerFinding,
    /// Do what the joint conference decided 联席会议任务; each task has a date of its own.
    ConferenceTask,
    /// Give the guarantee to the level above 作出责任保证.
    Guarantee,
    /// Draft the report of results at the end of a stage 起草结果报告.
    AreaReport,
    /// Explain a failure that no clock stands behind 说明问责事项.
    ExplainFailure,
    /// Say whether what was explained or answered is good enough 认定说明、答复; on whoever judges it.
    JudgeAnswer,
    /// Decide and close an inquiry 问责调查; on the discipline inspectors.
    Inquiry,
}

impl Obligation {
    pub const ALL: [Self; 24] = [
        Self::ScreenTip,
        Self::AssignCase,
        Self::Acknowledge,
        Self::FirstInspection,
        Self::Classify,
        Self::Identify,
        Self::SafetyPlan,
        Self::ImmediateMeasure,
        Self::RemainingMeasures,
        Self::Review,
        Self::Recheck,
        Self::SpotCheck,
        Self::AnnounceDraw,
        Self::MakeDraw,
        Self::AnswerReferral,
        Self::TellOutcome,
        Self::AnswerEscalation,
        Self::AnswerFinding,
        Self::ConferenceTask,
        Self::Guarantee,
        Self::AreaReport,
        Self::ExplainFailure,
        Self::JudgeAnswer,
        Self::Inquiry,
    ];
    pub fn code(self) -> &'static str {
        match self {
            Self::ScreenTip => "screen_tip",
            Self::AssignCase => "assign_case",
            Self::Acknowledge => "acknowledge",
            Self::FirstInspection => "first_inspection",
            Self::Classify => "classify",
            Self::Identify => "identify",
            Self::SafetyPlan => "safety_plan",
            Self::ImmediateMeasure => "immediate_measure",
            Self::RemainingMeasures => "remaining_measures",
            Self::Review => "review",
            Self::Recheck => "recheck",
            Self::SpotCheck => "spot_check",
            Self::AnnounceDraw => "announce_draw",
            Self::MakeDraw => "make_draw",
            Self::AnswerReferral => "answer_referral",
            Self::TellOutcome => "tell_outcome",
            Self::AnswerEscalation => "answer_escalation",
            Self::AnswerFinding => "answer_finding",
            Self::ConferenceTask => "conference_task",
            Self::Guarantee => "guarantee",
            Self::AreaReport => "area_report",
            Self::ExplainFailure => "explain_failure",
            Self::JudgeAnswer => "judge_answer",
            Self::Inquiry => "inquiry",
        }
    }
    /// Whether it is a unit's as such, of no tip and no case.
    pub fn is_of_a_unit(self) -> bool {
        matches!(
            self,
            Self::AnswerFinding
                | Self::ConferenceTask
                | Self::Guarantee
                | Self::AreaReport
                | Self::AnnounceDraw
                | Self::MakeDraw
        )
    }
    /// Whether it is about having failed, not about the work: it is owed even when the work is done or its subject over, and
    /// several run side by side.
    pub fn is_of_accountability(self) -> bool {
        matches!(
            self,
            Self::AnswerEscalation | Self::ExplainFailure | Self::JudgeAnswer | Self::Inquiry
        )
    }
    /// What handling a case is made of, until it is closed. Whether a case was closed in time is a matter of these alone:
    /// checks after closing, referrals to others, explanations and inquiries are owed by others or later.
    pub fn is_of_handling(self) -> bool {
        matches!(
            self,
            Self::ScreenTip
                | Self::AssignCase
                | Self::Acknowledge
                | Self::FirstInspection
                | Self::Classify
                | Self::Identify
                | Self::SafetyPlan
                | Self::ImmediateMeasure
                | Self::RemainingMeasures
                | Self::Review
        )
    }
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::ScreenTip => "线索甄审",
            Self::AssignCase => "案件交办",
            Self::Acknowledge => "签收",
            Self::FirstInspection => "首次现场核查",
            Self::Classify => "定性分类",
            Self::Identify => "甄别确认",
            Self::SafetyPlan => "提交处置安全方案",
            Self::ImmediateMeasure => "立即处置（断水断电、停产或关闭）",
            Self::RemainingMeasures => "其余处置措施",
            Self::Review => "审批与复核",
            Self::Recheck => "回头看",
            Self::SpotCheck => "验收抽查",
            Self::AnnounceDraw => "公告验收抽签",
            Self::MakeDraw => "按公布的号码抽签",
            Self::AnswerReferral => "答复移送",
            Self::TellOutcome => "答复举报人",
            Self::AnswerEscalation => "答复督促",
            Self::AnswerFinding => "督导问题整改答复",
            Self::ConferenceTask => "联席会议任务",
            Self::Guarantee => "作出责任保证",
            Self::AreaReport => "起草结果报告",
            Self::ExplainFailure => "说明问责事项",
            Self::JudgeAnswer => "认定说明、答复",
            Self::Inquiry => "问责调查",
        }
    }
}

/// How pressing a tip or case is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    #[default]
    Normal,
    Urgent,
}

/// An amount of time allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Full working days: due at the end of the n-th working day after the start.
    WorkingDays(u16),
    Hours(u16),
    Minutes(u16),
}

impl Limit {
    /// The least time that it can mean, for comparing limits: a working day is at least the day itself.
    pub fn shortest_minutes(self) -> u32 {
        match self {
            Self::WorkingDays(days) => u32::from(days) * 24 * 60,
            Self::Hours(hours) => u32::from(hours) * 60,
            Self::Minutes(minutes) => minutes.into(),
        }
    }
    /// The instant at which an obligation that starts at `from` falls due.
    pub fn due(self, from: Timestamp, calendar: &WorkingCalendar) -> Timestamp {
        match self {
            Self::WorkingDays(days) => calendar.end_of_working_day_after(from, days),
            Self::Hours(hours) => from + SignedDuration::from_hours(hours.into()),
            Self::Minutes(minutes) => from + SignedDuration::from_mins(minutes.into()),
        }
    }
}

/// The limits of one obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObligationLimits {
    pub normal: Limit,
    pub urgent: Limit,
}

/// The limits of all obligations; whatever is not configured has the default of the design.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeLimits(BTreeMap<Obligation, ObligationLimits>);

impl TimeLimits {
    pub fn of(&self, obligation: Obligation, urgency: Urgency) -> Limit {
        let limits = self
            .0
            .get(&obligation)
            .copied()
            .unwrap_or_else(|| default_limits(obligation));
        match urgency {
            Urgency::Normal => limits.normal,
            Urgency::Urgent => limits.urgent,
        }
    }
    /// Replaces the limits of one obligation.
    pub fn set(&mut self, obligation: Obligation, limits: ObligationLimits) {
        self.0.insert(obligation, limits);
    }
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self(
            Obligation::ALL
                .into_iter()
                .map(|o| (o, default_limits(o)))
                .collect(),
        )
    }
}

/// domain.md §5, first table; what is not in it is ours, so that no state is without a clock.
fn default_limits(obligation: Obligation) -> ObligationLimits {
    use Limit::{Hours, Minutes, WorkingDays};
    let (normal, urgent) = match obligation {
        Obligation::ScreenTip | Obligation::AssignCase => (WorkingDays(1), Minutes(15)),
        Obligation::Acknowledge => (WorkingDays(1), Hours(2)),
        Obligation::FirstInspection => (WorkingDays(3), Hours(24)),
        Obligation::Classify => (WorkingDays(3), WorkingDays(1)),
        Obligation::Identify => (WorkingDays(5), WorkingDays(2)),
        Obligation::SafetyPlan => (WorkingDays(3), WorkingDays(1)),
        Obligation::ImmediateMeasure => (Hours(24), Hours(4)),
        Obligation::RemainingMeasures => (WorkingDays(15), WorkingDays(5)),
        Obligation::Review
        | Obligation::AnswerEscalation
        | Obligation::AnswerFinding
        | Obligation::Guarantee
        | Obligation::AreaReport
        | Obligation::ExplainFailure
        | Obligation::JudgeAnswer => (WorkingDays(3), WorkingDays(1)),
        Obligation::Recheck | Obligation::SpotCheck => (WorkingDays(5), WorkingDays(2)),
        Obligation::AnnounceDraw => (WorkingDays(10), WorkingDays(5)),
        Obligation::MakeDraw => (WorkingDays(2), WorkingDays(1)),
        Obligation::AnswerReferral => (WorkingDays(10), WorkingDays(5)),
        Obligation::TellOutcome | Obligation::ConferenceTask => (WorkingDays(10), WorkingDays(10)),
        Obligation::Inquiry => (WorkingDays(30), WorkingDays(15)),
    };
    ObligationLimits { normal, urgent }
}
