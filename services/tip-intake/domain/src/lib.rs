//! The tip 线索: what a citizen reported, how it was screened, and what the reporter was told.

mod commands;
mod events;
mod refusals;
mod sealed;
mod tip;

pub use commands::{
    AcceptTip, AddEvidence, AddRecording, ApproveReward, DivertTip, EraseReporter, FoundCase, LinkTip,
    MoveTip, NoteConflict, ObjectToScreening, PlaceTip, ProposeReward, ReceiveTip, ReconsiderTip,
    RecordTranscript, RefuseReveal, RefuseReward, RejectTip, RequestReveal, SayNotFixed, SendReply,
    TellOutcome, TipCommand, UnlinkTip, WriteAsReporter,
};
pub use events::{Authenticity, Channel, Coordinates, Place, RejectionReason, Seen, TipEvent};
pub use refusals::TipRefusal;
pub use sealed::{Compartment, Sealed};
pub use tip::{
    Erased, Progress, Reply, Reveal, RevealAnswer, Review, Reward, RewardProgress, SiteStanding, Tip,
    TipState, identity_is_kept, may_be_rewarded,
};
