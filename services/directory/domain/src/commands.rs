//! What may be asked of the directory.

use jurisdiction::{
    Hotline, Ladder, Obligation, ObligationLimits, StaffId, StaffMember, Stage, Unit, YearCalendar,
};
use std::collections::BTreeMap;

/// Every command; each addresses one entry, see [`crate::stream_of`].
#[derive(Clone, Debug)]
pub enum DirectoryCommand {
    RegisterUnit(Unit),
    RegisterStaff(StaffMember),
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
    SetYear {
        year: i16,
        calendar: YearCalendar,
    },
    PublishHotline(Hotline),
    /// Moves the simulated clock forward; whether that is allowed at all is configuration.
    AdvanceClock {
        seconds: i64,
    },
}
