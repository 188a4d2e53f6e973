//! What is to be done on an accountability stream because time has passed or the directory has changed. Pure.

use accountability_domain::{AccountabilityCommand, Move, MoveClock, Which};
use jiff::Timestamp;
use jurisdiction::CommandId;
use platform::derived_command;
use uuid::Uuid;

const FIRES: &str = "accountability-escalation/clock-fires";
const CALENDAR: &str = "accountability-escalation/calendar-moves-clocks";
const SUCCESSION: &str = "accountability-escalation/successor-takes-over-clocks";

/// What is to be done on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Something fell due at that instant.
    Fire { due: Timestamp },
    /// The calendar was corrected.
    Recount,
    /// Somebody else heads a unit whose clocks run.
    HandOver,
}

/// Work on one stream, and the last fact that whoever does it knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub stream: String,
    pub revision: u64,
    pub work: Work,
}

impl Job {
    /// The policy by which it is done.
    pub fn policy(&self) -> &'static str {
        match self.work {
            Work::Fire { .. } => FIRES,
            Work::Recount => CALENDAR,
            Work::HandOver => SUCCESSION,
        }
    }
    pub fn command(&self) -> AccountabilityCommand {
        match self.work {
            Work::Fire { .. } => AccountabilityCommand::Fire,
            Work::Recount => all_clocks(Move::CalendarChange),
            Work::HandOver => all_clocks(Move::HandedOver),
        }
    }
    /// From the stream, the instant due and the last fact known: two replicas that fire the same clock give the same
    /// command, and a deadline that falls on an instant fired before is no repetition of it.
    pub fn command_id(&self) -> CommandId {
        let what = match self.work {
            Work::Fire { due } => due.to_string(),
            Work::Recount => "recount".to_owned(),
            Work::HandOver => "hand-over".to_owned(),
        };
        let name = format!("{}/{}/{what}/{}", self.policy(), self.stream, self.revision);
        derived_command(Uuid::nil(), &name, 0)
    }
}

fn all_clocks(by: Move) -> AccountabilityCommand {
    let which = Which::All;
    AccountabilityCommand::MoveClock(MoveClock { which, by })
}
