//! The directory as every service keeps it: followed from the store, in memory, always there.

use crate::directory_history::History;
use crate::{Clock, Followed, Store};
use decider::decode;
use directory_domain::{DirectoryEvent, DirectoryView, STREAM_PREFIXES};
use jiff::Timestamp;
use jurisdiction::Jurisdiction;
use std::sync::{Arc, Mutex, RwLock};
use tokio::sync::watch;

/// The latest jurisdiction, cheap to read, and those before it.
#[derive(Clone, Debug)]
pub struct DirectoryHandle {
    current: Arc<RwLock<Arc<Jurisdiction>>>,
    history: Arc<Mutex<History>>,
    position: watch::Receiver<u64>,
    caught_up: watch::Receiver<bool>,
}

impl DirectoryHandle {
    /// Follows the directory's streams for as long as the process lives, and sets the clock's lead.
    pub fn follow(store: &Store, clock: Clock) -> Self {
        let current = Arc::new(RwLock::new(Arc::new(Jurisdiction::default())));
        let (at, position) = watch::channel(0);
        let (complete, caught_up) = watch::channel(false);
        let mut followed = store.follow(None, &STREAM_PREFIXES);
        let shared = Arc::clone(&current);
        let history = Arc::new(Mutex::new(History::default()));
        let past = Arc::clone(&history);
        tokio::spawn(async move {
            let mut view = DirectoryView::default();
            while let Some(item) = followed.recv().await {
                match item {
                    Followed::Event(event) => {
                        match decode::<DirectoryEvent>(&event.name, event.data) {
                            Ok(fact) => {
                                view.apply(&fact);
                                let mut past = past.lock().unwrap_or_else(|e| e.into_inner());
                                past.record(event.metadata.at, fact);
                            }
                            Err(error) => tracing::error!(%error, "directory fact skipped"),
                        }
                        // Before the first catch-up nobody reads, so the costly snapshot waits until then.
                        if *complete.borrow() {
                            publish(&view, &shared, &clock);
                        }
                        at.send_replace(event.position);
                    }
                    Followed::Checkpoint(position) => {
                        at.send_replace(position);
                    }
                    Followed::CaughtUp => {
                        publish(&view, &shared, &clock);
                        complete.send_replace(true);
                    }
                }
            }
        });
        Self {
            current,
            history,
            position,
            caught_up,
        }
    }

    /// The jurisdiction as known now.
    pub fn current(&self) -> Arc<Jurisdiction> {
        Arc::clone(&self.current.read().unwrap_or_else(|e| e.into_inner()))
    }
    /// Units, staff, calendar and all settings as they stood at an instant.
    pub fn as_of(&self, at: Timestamp) -> Arc<Jurisdiction> {
        self.history.lock().unwrap_or_else(|e| e.into_inner()).as_of(at)
    }
    /// When the directory's first fact happened: before, there was nobody.
    pub fn since(&self) -> Option<Timestamp> {
        self.history.lock().unwrap_or_else(|e| e.into_inner()).since()
    }
    /// Waits until all that is in the store has been taken in once.
    pub async fn ready(&self) {
        let _ = self.caught_up.clone().wait_for(|done| *done).await;
    }
    /// Waits until everything up to `position` has been taken in.
    pub async fn reached(&self, position: u64) {
        let _ = self.position.clone().wait_for(|at| *at >= position).await;
    }
    pub fn is_ready(&self) -> bool {
        *self.caught_up.borrow()
    }
}

fn publish(view: &DirectoryView, shared: &RwLock<Arc<Jurisdiction>>, clock: &Clock) {
    *shared.write().unwrap_or_else(|e| e.into_inner()) = Arc::new(view.jurisdiction.clone());
    clock.set_lead_seconds(view.clock_offset_seconds);
}
