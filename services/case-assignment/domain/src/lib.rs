//! The case 案件: one site under handling, from the assignment over the inspection to the classification.

mod case;
mod commands;
mod events;
mod mergers;
mod refusals;
#[cfg(any(test, feature = "sample"))]
mod sample;
mod site;

pub use case::{Case, CaseState, Extension, ExtensionAnswer, Holding, Inspection, Progress};
pub use commands::{
    AbsorbCase, AcknowledgeCase, AddCoHandler, AssignCase, CaseCommand, ClassifySite, CloseDisposed,
    CorrectClass, Deadline, DesignateCase, GrantExtension, IdentifySite, LinkTip, MergeCase, OpenCase,
    ReassignCase, RecordInspection, RefuseExtension, RemoveCoHandler, ReopenCase, RequestExtension,
    RequestIdentification, ReturnCase, ReviewCleanFinding, UnlinkTip,
};
pub use events::{CaseEvent, ClosingReason, Competent, Origin, RelapseLink, pictures_of};
pub use mergers::Mergers;
pub use refusals::CaseRefusal;
#[cfg(any(test, feature = "sample"))]
pub use sample::samples;
pub use site::{
    Answer, Check, Class, Classification, Coordinates, EARTH_RADIUS_METRES, Finding, FiveChecks, Method,
    Party, PartyRole, Place, Premises, ThreeChecks,
};
