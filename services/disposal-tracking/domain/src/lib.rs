//! The disposal 处置: the measures a class prescribes, their proof, their reviews, and the watch against relapse.

mod commands;
mod events;
mod measures;
#[cfg(any(test, feature = "sample"))]
mod sample;

pub use commands::{
    AnswerReferral, ApproveSafetyPlan, CompleteMeasure, DisposalCommand, DrawSpotCheck, FailReview,
    FailSpotCheck, OrderDisposal, PassRecheck, PassReview, PassSpotCheck, RaiseRecheck, ReferParty,
    RejectSafetyPlan, ReportRelapse, SubmitSafetyPlan,
};
pub use events::{DisposalEvent, Party, PartyRole, Receiver, RelapseLink};
pub use measures::{Class, Measure, prescribed};
#[cfg(any(test, feature = "sample"))]
pub use sample::samples;
