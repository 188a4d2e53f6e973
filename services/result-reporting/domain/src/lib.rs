//! The area report 结果上报: guarantee, draft, personal signature, seal and filing of one unit at the end of one stage.

mod commands;
mod events;

pub use commands::{
    ContradictReport, DraftReport, FileReport, GiveGuarantee, ReportCommand, ReturnReport, SealReport,
    SignReport,
};
pub use events::{Digest, LowerReport, ReportEvent, ReportId, ReportLine};
