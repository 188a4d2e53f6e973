//! The area report 结果上报: guarantee, draft, personal signature, seal and filing of one unit at the end of one stage.

mod canonical;
mod commands;
mod events;
mod refusals;
mod report;

pub use canonical::canonical_list;
pub use commands::{
    AcceptReport, ContradictReport, DraftReport, FileReport, GiveGuarantee, RaiseTurn, RefuseAcceptance,
    ReportCommand, ReturnReport, SealReport, SignReport, Turn,
};
pub use events::{Digest, LowerReport, ReportEvent, ReportId, ReportLine};
pub use refusals::ReportRefusal;
pub use report::{
    Acceptance, Contradiction, Draft, Filing, Guarantee, Progress, Report, ReportState, Return, Signature,
};
