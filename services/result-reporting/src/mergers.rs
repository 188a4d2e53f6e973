//! Which cases go on in which other: a site that is listed under a case merged since is listed, and accuses nobody.

use case_domain::CaseEvent;
use jurisdiction::CaseId;
use platform::{Context, Followed, Recorded};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

const PREFIX: [&str; 1] = ["case-"];
/// Everything else is not worth being read.
const CONCERNED: [&str; 2] = ["case.merged.", "case.reopened."];
/// Whoever asks what was known at a position waits so long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Every merger that stands.
#[derive(Debug, Default)]
pub struct Merged {
    into: BTreeMap<CaseId, CaseId>,
    position: u64,
    complete: bool,
}

impl Merged {
    /// Takes in one fact.
    pub fn take(&mut self, event: &Recorded) {
        self.position = self.position.max(event.position);
        if !CONCERNED.iter().any(|name| event.name.starts_with(name)) {
            return;
        }
        let case = event.stream.strip_prefix("case-").and_then(|id| id.parse().ok());
        let Some(case) = case else { return };
        match decider::decode::<CaseEvent>(&event.name, event.data.clone()) {
            Ok(CaseEvent::CasesMerged { into, .. }) => {
                self.into.insert(case, into);
            }
            // Taken out of the merger again, if it was in one.
            Ok(CaseEvent::CaseReopened { .. }) => {
                self.into.remove(&case);
            }
            Ok(_) => {}
            Err(error) => tracing::error!(stream = %event.stream, %error, "a fact is unreadable"),
        }
    }

    /// The cases that go on in this one, in one step or several.
    pub fn led_to(&self, survivor: CaseId) -> Vec<CaseId> {
        let others = self.into.keys().filter(|case| **case != survivor);
        others
            .filter(|case| self.leads_to(**case, survivor))
            .copied()
            .collect()
    }

    fn leads_to(&self, case: CaseId, survivor: CaseId) -> bool {
        let mut passed = BTreeSet::from([case]);
        let mut next = self.into.get(&case);
        while let Some(into) = next.filter(|into| passed.insert(**into)) {
            if *into == survivor {
                return true;
            }
            next = self.into.get(into);
        }
        false
    }
}

/// The same, kept from the store and rebuilt at every start.
#[derive(Clone)]
pub(crate) struct Mergers {
    merged: Arc<Mutex<Merged>>,
    /// `None` until all that was in the store at the start has been looked at.
    reached: watch::Sender<Option<u64>>,
}

impl Mergers {
    pub(crate) fn new() -> Self {
        Self {
            merged: Arc::default(),
            reached: watch::Sender::new(None),
        }
    }
    fn merged(&self) -> MutexGuard<'_, Merged> {
        self.merged.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// The cases that go on in this one, as of `position` or later; `None` if nobody gets there in time.
    pub(crate) async fn led_to(&self, survivor: CaseId, position: u64) -> Option<Vec<CaseId>> {
        let mut reached = self.reached.subscribe();
        let there = reached.wait_for(|reached| reached.is_some_and(|reached| reached >= position));
        tokio::time::timeout(LONGEST_WAIT, there).await.ok()?.ok()?;
        Some(self.merged().led_to(survivor))
    }
    /// Follows the store until shutdown.
    pub(crate) async fn follow(self, context: Context) {
        let mut followed = context.store.follow(None, &PREFIX);
        loop {
            tokio::select! {
                item = followed.recv() => match item {
                    Some(item) => self.take(&item),
                    None => return tracing::error!("nobody follows the cases any more: which were merged is not known"),
                },
                () = context.shutdown.cancelled() => return,
            }
        }
    }
    fn take(&self, item: &Followed) {
        let mut merged = self.merged();
        match item {
            Followed::Event(event) => merged.take(event),
            Followed::Checkpoint(position) => merged.position = merged.position.max(*position),
            Followed::CaughtUp => merged.complete = true,
        }
        let reached = merged.complete.then_some(merged.position);
        drop(merged);
        self.reached.send_replace(reached);
    }
}

#[cfg(test)]
mod tests;
