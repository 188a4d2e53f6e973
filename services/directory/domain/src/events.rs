//! What can be recorded in the directory, as stored. Every fact carries the whole new value: old ones stay readable.

use decider::StoredEvent;
use jurisdiction::{
    Custody, Hotline, Ladder, Obligation, ObligationLimits, RecheckDays, RewardRules, Scheduled, StaffId,
    StaffMember, Stage, SupervisionThresholds, Unit, UnitCode, YearCalendar,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Facts of the streams `unit-<code>`, `staff-<account>`, `campaign-<id>`, `calendar-<year>`, `hotline-<number>`, `clock-simulated`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum DirectoryEvent {
    #[serde(rename = "unit.registered.v1")]
    UnitRegistered { unit: Unit },
    /// 撤并: its area is a part of the other's from now on. What it did before stays under its own name.
    #[serde(rename = "unit.merged.v1")]
    UnitMerged {
        unit: UnitCode,
        into: UnitCode,
        reason: String,
    },
    #[serde(rename = "staff.registered.v1")]
    StaffRegistered { member: StaffMember },
    /// 第一责任人 of the unit from now on. What was owed before stays with the name it was owed under.
    #[serde(rename = "unit.handed_over.v1")]
    HandedOver {
        unit: UnitCode,
        /// `None` if nobody had it.
        from: Option<StaffId>,
        to: StaffId,
        reason: String,
    },
    /// The person no longer works here; history keeps the name.
    #[serde(rename = "staff.retired.v1")]
    StaffRetired { account: StaffId, reason: String },
    /// The hash itself is kept outside the history, where it can be destroyed.
    #[serde(rename = "staff.password_set.v1")]
    PasswordSet { account: StaffId },
    #[serde(rename = "campaign.stages_set.v1")]
    StagesSet { stages: Vec<Stage> },
    #[serde(rename = "campaign.limits_set.v1")]
    LimitsSet {
        limits: BTreeMap<Obligation, ObligationLimits>,
    },
    #[serde(rename = "campaign.ladder_set.v1")]
    LadderSet { ladder: Ladder },
    /// The numbers at which a unit is put under special supervision 专项督查.
    #[serde(rename = "campaign.supervision_set.v1")]
    SupervisionSet { thresholds: SupervisionThresholds },
    /// Limits, ladder or thresholds for what starts on a day to come, or later.
    #[serde(rename = "campaign.setting_scheduled.v1")]
    SettingScheduled { scheduled: Scheduled },
    /// 回头看: so many days after closing, whenever that was.
    #[serde(rename = "campaign.recheck_days_set.v1")]
    RecheckDaysSet { days: RecheckDays },
    #[serde(rename = "campaign.reward_rules_set.v1")]
    RewardRulesSet { rules: RewardRules },
    #[serde(rename = "campaign.custody_set.v1")]
    CustodySet { custody: Custody },
    #[serde(rename = "calendar.year_set.v1")]
    YearSet {
        year: i16,
        calendar: YearCalendar,
        /// The document that it follows; a correction moves running clocks, so it has one.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        basis: String,
    },
    #[serde(rename = "hotline.published.v1")]
    HotlinePublished { hotline: Hotline },
    /// It is published no more.
    #[serde(rename = "hotline.withdrawn.v1")]
    HotlineWithdrawn { number: String, reason: String },
    /// Only in a demonstration: the clock of every service now runs this far ahead of the real one.
    #[serde(rename = "clock.advanced.v1")]
    ClockAdvanced { seconds: i64 },
}

impl StoredEvent for DirectoryEvent {}
