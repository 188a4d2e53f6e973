//! The ladder that a missed deadline climbs, rung by rung (domain.md §5).

use crate::WorkingCalendar;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One rung of the escalation, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// 催办, to the unit.
    Reminder,
    /// 督办, to the unit's first responsible person.
    SupervisionOrder,
    /// 约谈, to the county leader.
    Interview,
    /// 通报批评, by the joint conference office.
    Criticism,
    /// 移送纪委监委.
    Referral,
}

impl Rung {
    pub const ALL: [Self; 5] = [
        Self::Reminder,
        Self::SupervisionOrder,
        Self::Interview,
        Self::Criticism,
        Self::Referral,
    ];
    pub fn code(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::SupervisionOrder => "supervision_order",
            Self::Interview => "interview",
            Self::Criticism => "criticism",
            Self::Referral => "referral",
        }
    }
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Reminder => "催办",
            Self::SupervisionOrder => "督办",
            Self::Interview => "约谈",
            Self::Criticism => "通报批评",
            Self::Referral => "移送纪委监委",
        }
    }
    /// The next rung; `None` at the top, which repeats instead.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|rung| *rung > self)
    }
}

/// Working days after the missed deadline at which each rung is reached, and the repetition of the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    pub supervision_order_after: u16,
    pub interview_after: u16,
    pub criticism_after: u16,
    pub referral_after: u16,
    /// Calendar days between repetitions of the top rung, so that it never goes silent.
    pub repeat_days: u16,
}

impl Default for Ladder {
    fn default() -> Self {
        Self {
            supervision_order_after: 1,
            interview_after: 3,
            criticism_after: 5,
            referral_after: 10,
            repeat_days: 7,
        }
    }
}

impl Ladder {
    /// The instant at which `rung` is reached for a deadline missed at `missed`.
    pub fn due(&self, rung: Rung, missed: Timestamp, calendar: &WorkingCalendar) -> Timestamp {
        let days = match rung {
            Rung::Reminder => return missed,
            Rung::SupervisionOrder => self.supervision_order_after,
            Rung::Interview => self.interview_after,
            Rung::Criticism => self.criticism_after,
            Rung::Referral => self.referral_after,
        };
        calendar.end_of_working_day_after(missed, days)
    }
    /// The next repetition of the top rung after `last`.
    pub fn repetition(&self, last: Timestamp) -> Timestamp {
        last + jiff::SignedDuration::from_hours(24 * i64::from(self.repeat_days.max(1)))
    }
}
