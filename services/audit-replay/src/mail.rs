//! Which notifications are about which case or tip: an index in memory, followed from the store.

use decider::decode;
use notification_domain::NotificationEvent;
use platform::{Followed, Store};
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use tokio::sync::watch;

/// Subject id → streams of its notifications, oldest first.
#[derive(Clone)]
pub(crate) struct MailIndex {
    streams: Arc<RwLock<BTreeMap<String, Vec<String>>>>,
    complete: watch::Receiver<bool>,
}

impl MailIndex {
    /// Follows for as long as the process lives.
    pub(crate) fn follow(store: &Store) -> Self {
        let streams: Arc<RwLock<BTreeMap<String, Vec<String>>>> = Arc::default();
        let (caught_up, complete) = watch::channel(false);
        let mut followed = store.follow(None, &["notification-"]);
        let shared = Arc::clone(&streams);
        tokio::spawn(async move {
            while let Some(item) = followed.recv().await {
                match item {
                    Followed::Event(event) => {
                        let fact = decode::<NotificationEvent>(&event.name, event.data);
                        if let Ok(NotificationEvent::NotificationRequested { about, .. }) = fact {
                            let mut index = shared.write().unwrap_or_else(|e| e.into_inner());
                            index
                                .entry(about.id().to_string())
                                .or_default()
                                .push(event.stream);
                        }
                    }
                    Followed::CaughtUp => {
                        caught_up.send_replace(true);
                    }
                    Followed::Checkpoint(_) => {}
                }
            }
        });
        Self { streams, complete }
    }

    /// Waits until all that is in the store has been indexed once.
    pub(crate) async fn ready(&self) {
        let _ = self.complete.clone().wait_for(|done| *done).await;
    }

    pub(crate) fn about(&self, subject: &str) -> Vec<String> {
        let index = self.streams.read().unwrap_or_else(|e| e.into_inner());
        index.get(subject).cloned().unwrap_or_default()
    }
}
