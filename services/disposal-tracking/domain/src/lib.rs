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
    AnswerReferral, ApproveSafetyPlan, CompleteMeasure, DisposalCommand, DrawSpotCheck, FailReview,
    FailSpotCheck, NoteConflict, OrderDisposal, PassRecheck, PassReview, PassSpotCheck, ProposeExposure,
    PublishExposure, RaiseRecheck, ReferParty, RejectSafetyPlan, ReopenDisposal, ReportRelapse,
    SubmitSafetyPlan, WithdrawExposure,
};
pub use disposal::{
    Disposal, DisposalState, Done, Exposure, ExposureStanding, MeasureRecord, PlanStanding, Progress,
    Recheck, RecheckOutcome, Referral, Relapse, SafetyPlan, SpotCheck, required_reviews,
};
pub use events::{DisposalEvent, Party, PartyRole, Receiver, RelapseLink};
pub use measures::{Class, Measure, prescribed};
pub use refusals::DisposalRefusal;
#[cfg(any(test, feature = "sample"))]
pub use sample::{draw_samples, samples};
