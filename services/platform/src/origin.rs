//! Whether what is kept elsewhere was made of this store's history: a store put back from an older backup is another one.

use crate::store::recorded;
use crate::{Recorded, Store, StoreError};
use kurrentdb::{Position, ReadAllOptions, StreamPosition};

impl Store {
    /// The event that was given this commit position; `None` if none was, or one that cannot be read.
    ///
    /// # Errors
    /// If the store cannot be reached.
    pub async fn event_at(&self, position: u64) -> Result<Option<Recorded>, StoreError> {
        let from = Position {
            commit: position,
            prepare: position,
        };
        let options = ReadAllOptions::default()
            .forwards()
            .position(StreamPosition::Position(from))
            .max_count(1);
        let reading = self.client()?.read_all(&options).await;
        let found = reading.map_err(|error| self.failed(error))?.next().await;
        let found = found.map_err(|error| self.failed(error))?;
        let found = found.filter(|event| event.get_original_event().position.commit == position);
        Ok(found.and_then(|event| recorded(event.get_original_event()).ok()))
    }
}
