//! The disposal 处置: the measures a class prescribes, their proof, their reviews, and the watch against relapse.

mod commands;
mod disposal;
pub mod draw;
mod events;
mod measures;
mod refusals;
#[cfg(any(test, feature = "sample"))]
mod sample;

pub use commands::{
    AbsorbDisposal, AnswerReferral, ApproveSafetyPlan, CompleteMeasure, ConfirmRelapse, DisposalCommand,
    DrawSpotCheck, FailReview, FailSpotCheck, HandOver, MakeUrgent, MergeDisposal, NoteConflict,
    OrderDisposal, PassRecheck, PassReview, PassSpotCheck, ProposeExposure, PublishExposure, RaiseRecheck,
    Reclassify, ReferParty, RejectSafetyPlan, ReopenDisposal, ReportRelapse, SubmitSafetyPlan, TakeApart,
    WithdrawExposure,
};
pub use disposal::{
    Disposal, DisposalState, Done, Exposure, ExposureStanding, MeasureRecord, PlanStanding, Progress,
    Recheck, RecheckOutcome, Referral, Relapse, SafetyPlan, SpotCheck, required_reviews,
    reviews_of_a_handover,
};
pub use events::{Coordinates, DisposalEvent, Party, PartyRole, Place, Receiver, RelapseLink};
pub use measures::{Class, Measure, prescribed};
pub use refusals::DisposalRefusal;
#[cfg(any(test, feature = "sample"))]
pub use sample::{draw_samples, samples};
