//! Who read what of a history, and when: facts that only inspectors see.

mod commands;
mod events;
mod reading;
mod refusals;

pub use commands::{ReadingCommand, RecordReading};
pub use events::ReadingEvent;
pub use reading::{Reading, ReadingState};
pub use refusals::ReadingRefusal;
