//! The case 案件: one site under handling, from the assignment over the inspection to the classification.

mod commands;
mod events;
#[cfg(any(test, feature = "sample"))]
mod sample;
mod site;

pub use commands::{
    AcknowledgeCase, AddCoHandler, AssignCase, CaseCommand, ClassifySite, CloseDisposed, DesignateCase,
    IdentifySite, LinkTip, OpenCase, ReassignCase, RecordInspection, ReopenCase, RequestIdentification,
    ReturnCase, ReviewCleanFinding,
};
pub use events::{CaseEvent, ClosingReason, Origin, RelapseLink};
#[cfg(any(test, feature = "sample"))]
pub use sample::samples;
pub use site::{
    Answer, Check, Class, Classification, Coordinates, Finding, FiveChecks, Method, Party, PartyRole, Place,
    Premises, ThreeChecks,
};
