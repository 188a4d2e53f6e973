//! What may be asked of the record of readings: to take one down, before it is answered.

use crate::ReadingEvent;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum ReadingCommand {
    Record(RecordReading),
}

/// Somebody is about to be shown this.
#[derive(Clone, Debug)]
pub struct RecordReading {
    pub reading: ReadingEvent,
}
