//! What may be asked of the directory.

use jurisdiction::{
    Custody, Hotline, Ladder, Obligation, ObligationLimits, RecheckDays, RewardRule, Scheduled, StaffId,
    StaffMember, Stage, SupervisionThresholds, Unit, UnitCode, YearCalendar,
};
use std::collections::BTreeMap;

/// Every command; each addresses one entry, see [`crate::stream_of`].
#[derive(Clone, Debug)]
pub enum DirectoryCommand {
    RegisterUnit(Unit),
    /// 撤并: a unit goes on as a part of another one of its kind and level.
    MergeUnit {
        unit: UnitCode,
        into: UnitCode,
        reason: String,
    },
    RegisterStaff(StaffMember),
    /// A successor takes over a unit's first responsibility from whoever had it.
    HandOver {
        unit: UnitCode,
        to: StaffId,
        reason: String,
    },
    RetireStaff {
        account: StaffId,
        reason: String,
    },
    SetPassword {
        account: StaffId,
    },
    SetStages(Vec<Stage>),
    SetLimits(BTreeMap<Obligation, ObligationLimits>),
    SetLadder(Ladder),
    SetSupervision(SupervisionThresholds),
    /// One of the three above, for a day to come.
    Schedule(Scheduled),
    SetRecheckDays(RecheckDays),
    /// All versions of the rules by which first valid tips are rewarded.
    SetRewardRules(Vec<RewardRule>),
    SetCustody(Custody),
    SetYear {
        year: i16,
        calendar: YearCalendar,
        /// The document that it follows.
        basis: String,
    },
    PublishHotline(Hotline),
    /// A number that nobody answers any more, or that was mistyped.
    WithdrawHotline {
        number: String,
        reason: String,
    },
    /// Moves the simulated clock forward; whether that is allowed at all is configuration.
    AdvanceClock {
        seconds: i64,
    },
}
