//! Accountability 问责: every clock of a tip, case or unit, the ladder a missed deadline climbs, and who answers for it.

mod commands;
mod events;

pub use commands::{
    AccountabilityCommand, CloseInquiry, DecideInquiry, JudgeExplanation, Move, MoveClock, OpenInquiry,
    RecordFailure, StartClock, StopClock, SubmitExplanation, Which,
};
pub use events::{
    AccountabilityEvent, Accountable, Addressee, ClockId, Escalation, FailureKind, InquiryNumber, MoveReason,
    StopReason,
};
