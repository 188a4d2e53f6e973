//! What a service keeps in memory of all facts of some kinds: rebuilt from the store at every start, asked once it got there.

use crate::{Context, Followed, Recorded};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Whoever asks what was known at a position waits so long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A view, shared between those who ask and the one that follows the store.
#[derive(Debug)]
pub struct Kept<V> {
    view: Arc<Mutex<V>>,
    prefixes: &'static [&'static str],
    take: fn(&mut V, &Recorded),
    reached: watch::Sender<Reached>,
}

/// How far the store has been looked at.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    position: u64,
    /// All that was in the store at the start has been looked at.
    complete: bool,
}

impl<V> Clone for Kept<V> {
    fn clone(&self) -> Self {
        Self {
            view: Arc::clone(&self.view),
            prefixes: self.prefixes,
            take: self.take,
            reached: self.reached.clone(),
        }
    }
}

impl<V: Default + Send + 'static> Kept<V> {
    /// An empty view of the streams with these prefixes, and how it takes in a fact of them.
    pub fn new(prefixes: &'static [&'static str], take: fn(&mut V, &Recorded)) -> Self {
        Self {
            view: Arc::default(),
            prefixes,
            take,
            reached: watch::Sender::default(),
        }
    }

    /// What the view says as of `position` or later, 0 for all that was in the store at the start; `None` if it does not get
    /// there in time.
    pub async fn ask<R>(&self, position: u64, read: impl FnOnce(&V) -> R) -> Option<R> {
        let mut reached = self.reached.subscribe();
        let there = reached.wait_for(|reached| reached.complete && reached.position >= position);
        tokio::time::timeout(LONGEST_WAIT, there).await.ok()?.ok()?;
        Some(read(&self.view()))
    }

    /// Follows the store until shutdown.
    pub async fn follow(self, context: Context) {
        let mut followed = context.store.follow(None, self.prefixes);
        loop {
            tokio::select! {
                item = followed.recv() => match item {
                    Some(item) => self.take_in(&item),
                    None => return tracing::error!(streams = ?self.prefixes, "nobody follows these streams any more"),
                },
                () = context.shutdown.cancelled() => return,
            }
        }
    }

    fn view(&self) -> MutexGuard<'_, V> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_in(&self, item: &Followed) {
        let position = match item {
            Followed::Event(fact) => {
                (self.take)(&mut self.view(), fact);
                Some(fact.position)
            }
            Followed::Checkpoint(position) => Some(*position),
            Followed::CaughtUp => None,
        };
        self.reached.send_modify(|reached| match position {
            Some(position) => reached.position = reached.position.max(position),
            None => reached.complete = true,
        });
    }
}
