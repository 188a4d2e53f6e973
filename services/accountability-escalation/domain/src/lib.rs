//! Accountability 问责: every clock of a tip, case or unit, the ladder a missed deadline climbs, and who answers for it.

mod accountability;
mod commands;
mod events;
mod refusals;

pub use accountability::{
    Accountability, AccountabilityState, Clock, Decision, Explanation, Failure, Inquiry, Judgement, Miss,
    Step, Stopped,
};
pub use commands::{
    AccountabilityCommand, CloseInquiry, DecideInquiry, JudgeExplanation, Move, MoveClock, OpenInquiry,
    RecordFailure, StartClock, StopClock, SubmitExplanation, Which,
};
pub use events::{
    AccountabilityEvent, Accountable, Addressee, ClockId, Escalation, FailureKind, InquiryNumber, MoveReason,
    StopReason,
};
pub use refusals::AccountabilityRefusal;
