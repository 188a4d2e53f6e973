//! A ledger built from nothing beside the one in use, and the proof that both say the same.

use crate::book::{Book, BookError, Reached};
use crate::compare::{Comparison, compare_moments, open};
use crate::follower::PREFIXES;
use platform::{Followed, Store};
use std::path::Path;
use std::time::Duration;
use tokio::sync::mpsc;

const LARGEST_BATCH: usize = 500;
/// How long the ledger in use is waited for to have taken in what the new one has.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why there is no new ledger, or no verdict.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    #[error(transparent)]
    Book(#[from] BookError),
    #[error("the event store's history ended before it was read to the end")]
    Interrupted,
    #[error("the ledger in use stays behind the store: it is at {is}, the new one at {wanted}")]
    Behind { is: u64, wanted: u64 },
}

/// A new ledger that is being filled.
pub struct Rebuild {
    book: Book,
    followed: mpsc::Receiver<Followed>,
    /// What was followed and lies after the end of the last portion.
    left: Vec<Followed>,
    reached: Reached,
}

impl Rebuild {
    /// Begins an empty ledger in a file, in place of whatever is there.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn begin(store: &Store, file: &Path) -> Result<Self, RebuildError> {
        Ok(Self {
            book: Book::begin_anew(file)?,
            followed: store.follow(None, &PREFIXES),
            left: Vec::new(),
            reached: Reached::default(),
        })
    }

    /// Takes in everything that is in the store by now; tells after each portion how far it is.
    ///
    /// # Errors
    /// If the store's history breaks off or the file cannot be written.
    pub async fn take_everything(&mut self, tell: impl FnMut(u64)) -> Result<(), RebuildError> {
        self.take(|item| matches!(item, Followed::CaughtUp), tell).await
    }

    /// Takes in what happened up to a fact, and no more.
    async fn take_until(&mut self, fact: u64) -> Result<(), RebuildError> {
        if self.reached.fact >= fact {
            return Ok(());
        }
        let is_it = |item: &Followed| matches!(item, Followed::Event(event) if event.position >= fact);
        self.take(is_it, |_| {}).await
    }

    /// Takes in what is followed up to and with the first item that is the last.
    async fn take(
        &mut self,
        is_last: impl Fn(&Followed) -> bool,
        mut tell: impl FnMut(u64),
    ) -> Result<(), RebuildError> {
        loop {
            let mut batch = std::mem::take(&mut self.left);
            if batch.is_empty() && self.followed.recv_many(&mut batch, LARGEST_BATCH).await == 0 {
                return Err(RebuildError::Interrupted);
            }
            let last = batch.iter().position(&is_last);
            self.left = batch.split_off(last.map_or(batch.len(), |last| last + 1));
            self.reached = self.book.apply(&batch)?;
            tell(self.reached.position.unwrap_or_default());
            if last.is_some() {
                return Ok(());
            }
        }
    }

    /// Compares with the ledger in use, row for row, once both know the same facts. It may go on being written meanwhile: it
    /// is read as it is at one moment, and the new one is brought to just there.
    ///
    /// # Errors
    /// If one of them cannot be read, or the one in use does not get as far as this.
    pub async fn compare(&mut self, live: &Path) -> Result<Comparison, RebuildError> {
        let mut connection = open(live)?;
        let waiting = std::time::Instant::now();
        loop {
            let moment = connection.transaction().map_err(BookError::from)?;
            let is = crate::book::reached(&moment)?.fact;
            if is >= self.reached.fact {
                self.take_until(is).await?;
                let compared = self
                    .book
                    .read(&std::sync::Arc::default(), |own| compare_moments(&moment, own));
                return Ok(compared?);
            }
            drop(moment);
            if waiting.elapsed() > PATIENCE {
                let wanted = self.reached.fact;
                return Err(RebuildError::Behind { is, wanted });
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// How many facts the new ledger holds.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn facts(&self) -> Result<u64, RebuildError> {
        let count = self.book.read(&std::sync::Arc::default(), |own| {
            let count: i64 = own.query_row("SELECT count(*) FROM main.facts", (), |row| row.get(0))?;
            Ok::<_, BookError>(count.cast_unsigned())
        });
        Ok(count?)
    }
}
