//! Which case a picture was shown in, by its inspections: followed from the store, so that “clean” rests on no old picture.

use case_domain::CaseEvent;
use decider::decode;
use jurisdiction::{CaseId, EvidenceId};
use platform::{Context, Followed, Recorded};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

const PREFIXES: [&str; 1] = ["case-"];
/// Whoever asks right after the start waits so long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The first case in which each picture was shown.
#[derive(Clone)]
pub(crate) struct Pictures {
    shown: Arc<Mutex<HashMap<EvidenceId, CaseId>>>,
    complete: watch::Sender<bool>,
}

impl Pictures {
    pub(crate) fn new() -> Self {
        Self {
            shown: Arc::default(),
            complete: watch::Sender::new(false),
        }
    }

    /// Those of the pictures that were shown in another case; `None` if it is not known yet.
    pub(crate) async fn elsewhere(&self, case: &str, pictures: &[EvidenceId]) -> Option<Vec<EvidenceId>> {
        let mut complete = self.complete.subscribe();
        let known = complete.wait_for(|complete| *complete);
        tokio::time::timeout(LONGEST_WAIT, known).await.ok()?.ok()?;
        let shown = self.shown();
        let is_other = |picture: &&EvidenceId| shown.get(*picture).is_some_and(|of| of.to_string() != case);
        Some(pictures.iter().filter(is_other).cloned().collect())
    }

    fn shown(&self) -> MutexGuard<'_, HashMap<EvidenceId, CaseId>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, fact: &Recorded) {
        if !fact.name.starts_with("case.inspection_recorded.") {
            return;
        }
        let Ok(event) = decode::<CaseEvent>(&fact.name, fact.data.clone()) else {
            return;
        };
        let Ok(case) = fact.subject().parse::<CaseId>() else {
            return;
        };
        let mut shown = self.shown();
        for picture in case_domain::pictures_of(&event) {
            shown.entry(picture.clone()).or_insert(case);
        }
    }
}

/// Follows the store until shutdown.
pub(crate) async fn follow(context: Context, pictures: Pictures) {
    let mut followed = context.store.follow(None, &PREFIXES);
    loop {
        let item = tokio::select! {
            item = followed.recv() => item,
            () = context.shutdown.cancelled() => return,
        };
        match item {
            Some(Followed::Event(fact)) => pictures.take(&fact),
            Some(Followed::CaughtUp) => {
                pictures.complete.send_replace(true);
            }
            Some(Followed::Checkpoint(_)) => {}
            None => return,
        }
    }
}
