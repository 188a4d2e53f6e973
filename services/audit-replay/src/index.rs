//! What cannot be found by a stream's name: mail by its chain, contradicted reports by the case, officials who have left.

use directory_domain::DirectoryEvent;
use jurisdiction::StaffId;
use notification_domain::NotificationEvent;
use platform::{Context, Followed, Recorded};
use report_domain::ReportEvent;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::watch;
use uuid::Uuid;

const PREFIXES: [&str; 3] = ["notification-", "report-", "staff-"];

/// Kept in memory, followed from the store; small, for it holds names only.
#[derive(Clone)]
pub(crate) struct Index {
    entries: Arc<RwLock<Entries>>,
    complete: watch::Receiver<bool>,
}

#[derive(Default)]
struct Entries {
    /// Streams of mail by the chain they belong to.
    by_chain: HashMap<Uuid, BTreeSet<String>>,
    /// Streams of mail by what they are about, e.g. `case-<id>`.
    by_subject: HashMap<String, BTreeSet<String>>,
    /// Reports that a case contradicted.
    contradicted: HashMap<String, BTreeSet<String>>,
    /// The last known name of everybody who ever served.
    names: HashMap<StaffId, String>,
}

impl Index {
    /// Follows the store for as long as the process lives.
    pub(crate) fn follow(context: &Context) -> Self {
        let entries = Arc::new(RwLock::new(Entries::default()));
        let (caught_up, complete) = watch::channel(false);
        let mut followed = context.store.follow(None, &PREFIXES);
        let shared = Arc::clone(&entries);
        let shutdown = context.shutdown.clone();
        tokio::spawn(async move {
            loop {
                let item = tokio::select! {
                    item = followed.recv() => item,
                    () = shutdown.cancelled() => return,
                };
                match item {
                    Some(Followed::Event(fact)) => {
                        shared.write().unwrap_or_else(PoisonError::into_inner).take(&fact)
                    }
                    Some(Followed::CaughtUp) => {
                        caught_up.send_replace(true);
                    }
                    Some(Followed::Checkpoint(_)) => {}
                    None => return,
                }
            }
        });
        Self { entries, complete }
    }

    /// Waits until all that was in the store at the start is in the index.
    pub(crate) async fn ready(&self) {
        let _ = self.complete.clone().wait_for(|complete| *complete).await;
    }

    /// Mail about these subjects or of these chains.
    pub(crate) fn mail(&self, chains: &BTreeSet<Uuid>, subjects: &[String]) -> BTreeSet<String> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let of_chains = chains.iter().filter_map(|chain| entries.by_chain.get(chain));
        let of_subjects = subjects
            .iter()
            .filter_map(|subject| entries.by_subject.get(subject));
        of_chains.chain(of_subjects).flatten().cloned().collect()
    }

    /// Reports that the case contradicted.
    pub(crate) fn contradicted(&self, case: &str) -> BTreeSet<String> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        entries.contradicted.get(case).cloned().unwrap_or_default()
    }

    /// The name somebody last had here, whether or not still serving.
    pub(crate) fn name(&self, account: &StaffId) -> Option<String> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        entries.names.get(account).cloned()
    }
}

impl Entries {
    fn take(&mut self, fact: &Recorded) {
        let (name, data) = (fact.name.as_str(), fact.data.clone());
        if fact.stream.starts_with("notification-") {
            let streams = self.by_chain.entry(fact.metadata.correlation).or_default();
            streams.insert(fact.stream.clone());
            if let Ok(NotificationEvent::NotificationRequested { about, .. }) = decider::decode(name, data) {
                let streams = self.by_subject.entry(about.to_string()).or_default();
                streams.insert(fact.stream.clone());
            }
        } else if fact.stream.starts_with("report-") {
            if let Ok(
                ReportEvent::ReportContradicted { case, .. } | ReportEvent::DraftOutdated { case, .. },
            ) = decider::decode(name, data)
            {
                let reports = self.contradicted.entry(case.to_string()).or_default();
                reports.insert(fact.stream.clone());
            }
        } else if let Ok(DirectoryEvent::StaffRegistered { member }) = decider::decode(name, data) {
            self.names.insert(member.account, member.name);
        }
    }
}
