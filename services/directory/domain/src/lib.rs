//! The directory: units, staff, campaign dates, calendars and hotlines, as facts, and the jurisdiction they add up to.

mod commands;
mod entry;
mod events;
mod refusals;
mod view;

pub use commands::DirectoryCommand;
pub use entry::{DirectoryEntry, EntryState, stream_of};
pub use events::DirectoryEvent;
pub use refusals::DirectoryRefusal;
pub use view::{DirectoryView, STREAM_PREFIXES};
