//! Accountability 问责: every clock of a tip, case or unit, the ladder a missed deadline climbs, and who answers for it.

mod accountability;
mod commands;
mod events;
mod refusals;

pub use accountability::{
    Accountability, AccountabilityState, Answer, Clock, Decision, Explanation, Failure, Finding, Inquiry,
    Judgement, Miss, Moved, MovedBy, Rest, SpecialSupervision, Step, Stopped, Task, rung_due,
};
pub use commands::{
    AcceptTask, AccountabilityCommand, AnswerFinding, AssignTask, CloseInquiry, CloseSpecialSupervision,
    DecideInquiry, ExplainFailure, JudgeExplanation, JudgeFailure, JudgeFinding, Move, MoveClock,
    OpenInquiry, OpenSpecialSupervision, RecordFailure, RecordFinding, ReportTask, ResumeClock, ReturnTask,
    StartClock, StopClock, SubmitExplanation, Which,
};
pub use events::{
    AccountabilityEvent, Accountable, Addressee, Again, ClockId, Escalation, FailureKind, FindingSource,
    Gravity, InquiryNumber, MoveReason, SeenNumbers, StopReason,
};
pub use refusals::AccountabilityRefusal;
