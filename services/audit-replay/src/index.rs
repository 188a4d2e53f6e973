//! What cannot be found by a stream's name: mail by its chain, contradicted reports and merged cases by the case, whom what is
//! about, officials who have left, and every fact by person, unit, time and kind.

use crate::places::Places;
use crate::register::{Register, Spot, Wanted, subject_of};
use case_domain::CaseEvent;
use directory_domain::{DirectoryEvent, DirectoryView, STREAM_PREFIXES};
use jiff::Timestamp;
use jurisdiction::{Actor, Against, Jurisdiction, StaffId, Subject, UnitCode};
use notification_domain::NotificationEvent;
use platform::{Context, Followed, Recorded, Store, StoreError};
use report_domain::ReportEvent;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// Kept in memory, followed from the store; small, for it holds names and places only.
#[derive(Clone)]
pub(crate) struct Index {
    entries: Arc<RwLock<Entries>>,
    complete: watch::Receiver<bool>,
    position: watch::Receiver<u64>,
}

/// Longer than this nobody waits for the newest facts: they are there the next time.
const FRESHNESS: Duration = Duration::from_secs(2);

#[derive(Default)]
struct Entries {
    /// Streams of mail by the chain they belong to.
    by_chain: HashMap<Uuid, BTreeSet<String>>,
    /// Streams of mail by what they are about, e.g. `case-<id>`.
    by_subject: HashMap<String, BTreeSet<String>>,
    /// What each stream of mail is about.
    about: HashMap<String, Subject>,
    /// Reports that a case contradicted.
    contradicted: HashMap<String, BTreeSet<String>>,
    /// The other halves of merged cases, whichever way they were merged.
    halves: HashMap<String, BTreeSet<String>>,
    /// Cases and tips that are about somebody.
    against: HashMap<Uuid, Against>,
    /// The cases that a tip was ever taken up in, and the other way round.
    related: HashMap<Uuid, BTreeSet<Uuid>>,
    /// The last known name of everybody who ever served.
    names: HashMap<StaffId, String>,
    /// Who answered for a unit since when; nobody, if it is vacant.
    responsible: HashMap<UnitCode, Vec<(Timestamp, Option<StaffId>)>>,
    /// All that ever happened in the directory, oldest first.
    directory: Vec<(Timestamp, DirectoryEvent)>,
    places: Places,
    register: Register,
}

/// Cases and tips, and what belongs to them, that do not exist for somebody.
pub(crate) struct Hidden(HashSet<Uuid>);

impl Hidden {
    /// Whether something speaks of what is hidden, by its id.
    pub(crate) fn is_named_in(&self, data: &Value) -> bool {
        match data {
            _ if self.0.is_empty() => false,
            Value::String(text) => {
                let ids = self.0.iter();
                ids.map(Uuid::to_string).any(|id| text.contains(&id))
            }
            Value::Array(items) => items.iter().any(|item| self.is_named_in(item)),
            Value::Object(fields) => fields.values().any(|value| self.is_named_in(value)),
            _ => false,
        }
    }
}

impl Index {
    /// Follows the store for as long as the process lives.
    pub(crate) fn follow(context: &Context) -> Self {
        let entries = Arc::new(RwLock::new(Entries::default()));
        let (caught_up, complete) = watch::channel(false);
        let (reached, position) = watch::channel(0);
        // What cannot be read is for the verification to find; it must not keep everything else from being found.
        let mut followed = context.store.follow_readable(None, &[]);
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
                        shared.write().unwrap_or_else(PoisonError::into_inner).take(&fact);
                        reached.send_replace(fact.position);
                    }
                    Some(Followed::CaughtUp) => {
                        caught_up.send_replace(true);
                    }
                    Some(Followed::Checkpoint(position)) => {
                        reached.send_replace(position);
                    }
                    None => return,
                }
            }
        });
        Self {
            entries,
            complete,
            position,
        }
    }

    /// One that knows of nothing.
    #[cfg(test)]
    pub(crate) fn empty() -> Self {
        Self {
            entries: Arc::default(),
            complete: watch::channel(true).1,
            position: watch::channel(0).1,
        }
    }

    /// Waits until all that was in the store at the start is in the index.
    pub(crate) async fn ready(&self) {
        let _ = self.complete.clone().wait_for(|complete| *complete).await;
    }

    /// Waits until what is in the store by now is in the index.
    ///
    /// # Errors
    /// If the store cannot be reached.
    pub(crate) async fn fresh(&self, store: &Store) -> Result<(), StoreError> {
        let head = store.head().await?;
        let mut position = self.position.clone();
        let reached = position.wait_for(|position| *position >= head);
        if tokio::time::timeout(FRESHNESS, reached).await.is_err() {
            tracing::warn!(head, "the index lags behind");
        }
        Ok(())
    }

    /// The directory as it stood.
    pub(crate) fn directory_at(&self, at: Timestamp) -> Jurisdiction {
        let mut view = DirectoryView::default();
        let entries = self.read();
        for (since, event) in entries.directory.iter().filter(|(since, _)| *since <= at) {
            view.apply(event, *since);
        }
        view.jurisdiction
    }

    /// Whether there is such a stream.
    pub(crate) fn knows(&self, stream: &str) -> bool {
        self.read().register.knows(stream)
    }

    /// Who answered for a unit since when, oldest first; nobody, while it was vacant.
    pub(crate) fn responsible(&self, unit: &UnitCode) -> Vec<(Timestamp, Option<StaffId>)> {
        self.read().responsible.get(unit).cloned().unwrap_or_default()
    }

    fn read(&self) -> RwLockReadGuard<'_, Entries> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Mail about these subjects, and what units were sent because of these chains. A relapse goes on in the chain of the old
    /// case: what was written about that one belongs to its own replay.
    pub(crate) fn mail(&self, chains: &BTreeSet<Uuid>, subjects: &[String]) -> BTreeSet<String> {
        let entries = self.read();
        let about_units = |stream: &&String| matches!(entries.about.get(*stream), Some(Subject::Unit(_)));
        let of_chains = chains.iter().filter_map(|chain| entries.by_chain.get(chain));
        let of_chains = of_chains.flatten().filter(about_units);
        let of_subjects = subjects
            .iter()
            .filter_map(|subject| entries.by_subject.get(subject));
        of_chains.chain(of_subjects.flatten()).cloned().collect()
    }

    /// Reports that the case contradicted.
    pub(crate) fn contradicted(&self, case: &str) -> BTreeSet<String> {
        self.read().contradicted.get(case).cloned().unwrap_or_default()
    }

    /// The case itself and all that were ever merged with it, directly or by way of others.
    pub(crate) fn halves(&self, case: &str) -> BTreeSet<String> {
        let entries = self.read();
        let mut found = BTreeSet::from([case.to_owned()]);
        let mut open = vec![case.to_owned()];
        while let Some(next) = open.pop() {
            for half in entries.halves.get(&next).into_iter().flatten() {
                if found.insert(half.clone()) {
                    open.push(half.clone());
                }
            }
        }
        found
    }

    /// The name somebody last had here, whether or not still serving.
    pub(crate) fn name(&self, account: &StaffId) -> Option<String> {
        self.read().names.get(account).cloned()
    }

    /// Where the tip or case lies that a stream belongs to, or that was read; `None` for what lies nowhere.
    pub(crate) fn place(&self, stream: &str) -> Option<String> {
        let entries = self.read();
        let subject = entries.subject(stream)?;
        entries.places.of(subject).map(str::to_owned)
    }

    /// What does not exist for somebody: what is about them, the tips of a hidden case, the cases of a hidden tip.
    pub(crate) fn hidden_from(&self, actor: &Actor, jurisdiction: &Jurisdiction) -> Hidden {
        let entries = self.read();
        let about = entries.against.iter();
        let own = about.filter(|(_, against)| against.hides_from(actor, jurisdiction));
        let mut hidden = HashSet::new();
        for (id, _) in own {
            hidden.insert(*id);
            hidden.extend(entries.related.get(id).into_iter().flatten());
        }
        Hidden(hidden)
    }

    /// The first facts that fit and are not hidden, in the order of commit, one more than `most` if there are more.
    pub(crate) fn search(&self, wanted: &Wanted<'_>, hidden: &Hidden, most: usize) -> Vec<Spot> {
        let entries = self.read();
        let seen = |stream: &str| (wanted.stream)(stream) && !entries.is_hidden(hidden, stream);
        let wanted = Wanted {
            stream: &seen,
            ..*wanted
        };
        entries.register.search(&wanted, most)
    }
}

impl Entries {
    /// Whether a stream belongs to what is hidden.
    fn is_hidden(&self, hidden: &Hidden, stream: &str) -> bool {
        if hidden.0.is_empty() {
            return false;
        }
        let subject = self.subject(stream);
        subject.is_some_and(|subject| hidden.0.contains(&subject))
    }

    /// The tip or case that a stream belongs to or that mail is about.
    fn subject(&self, stream: &str) -> Option<Uuid> {
        subject_of(stream).or_else(|| match self.about.get(stream) {
            Some(Subject::Case(case)) => Some(case.0),
            Some(Subject::Tip(tip)) => Some(tip.0),
            Some(Subject::Unit(_)) | None => None,
        })
    }

    fn take(&mut self, fact: &Recorded) {
        self.register.take(fact);
        let Some((category, id)) = fact.stream.split_once('-') else {
            return;
        };
        if STREAM_PREFIXES
            .iter()
            .any(|prefix| fact.stream.starts_with(prefix))
        {
            self.of_the_directory(fact);
        }
        match category {
            "notification" => self.of_mail(fact),
            "report" => self.of_report(fact),
            "tip" | "case" | "disposal" => {
                if let Ok(id) = id.parse() {
                    self.of_subject(id, fact);
                }
            }
            _ => {}
        }
    }

    fn of_mail(&mut self, fact: &Recorded) {
        let streams = self.by_chain.entry(fact.metadata.correlation).or_default();
        streams.insert(fact.stream.clone());
        if let Ok(NotificationEvent::NotificationRequested { about, .. }) =
            decider::decode(&fact.name, fact.data.clone())
        {
            let streams = self.by_subject.entry(about.to_string()).or_default();
            streams.insert(fact.stream.clone());
            self.about.insert(fact.stream.clone(), about);
        }
    }

    fn of_report(&mut self, fact: &Recorded) {
        if let Ok(ReportEvent::ReportContradicted { case, .. } | ReportEvent::DraftOutdated { case, .. }) =
            decider::decode(&fact.name, fact.data.clone())
        {
            let reports = self.contradicted.entry(case.to_string()).or_default();
            reports.insert(fact.stream.clone());
        }
    }

    fn of_the_directory(&mut self, fact: &Recorded) {
        let at = fact.metadata.at;
        let Ok(event) = decider::decode::<DirectoryEvent>(&fact.name, fact.data.clone()) else {
            return;
        };
        self.directory.push((at, event.clone()));
        match event {
            DirectoryEvent::StaffRegistered { member } => {
                let was = self.answers_for(&member.account);
                if was
                    .as_ref()
                    .is_some_and(|unit| !member.first_responsible || *unit != member.unit)
                {
                    self.leaves(&member.account, at);
                }
                if member.first_responsible && was.as_ref() != Some(&member.unit) {
                    let since = self.responsible.entry(member.unit).or_default();
                    since.push((at, Some(member.account.clone())));
                }
                self.names.insert(member.account, member.name);
            }
            DirectoryEvent::HandedOver { unit, to, .. } => {
                self.responsible.entry(unit).or_default().push((at, Some(to)));
            }
            DirectoryEvent::StaffRetired { account, .. } => self.leaves(&account, at),
            _ => {}
        }
    }

    /// The unit that somebody answers for.
    fn answers_for(&self, account: &StaffId) -> Option<UnitCode> {
        let mut units = self.responsible.iter();
        let last = |since: &[(Timestamp, Option<StaffId>)]| since.last().and_then(|(_, who)| who.clone());
        let found = units.find(|(_, since)| last(since).as_ref() == Some(account));
        found.map(|(unit, _)| unit.clone())
    }

    fn leaves(&mut self, account: &StaffId, at: Timestamp) {
        if let Some(unit) = self.answers_for(account) {
            self.responsible.entry(unit).or_default().push((at, None));
        }
    }

    /// A tip, a case or its disposal.
    fn of_subject(&mut self, id: Uuid, fact: &Recorded) {
        self.places.take(id, fact);
        let said = fact.data.get("against").cloned();
        if let Some(said) = said.and_then(|said| serde_json::from_value::<Against>(said).ok()) {
            let known = self.against.entry(id).or_default();
            *known = std::mem::take(known).and(said);
        }
        // A tip names its cases, a case its tips.
        for named in [
            fact.data.get("case"),
            fact.data.get("tip"),
            fact.data.pointer("/origin/tip"),
        ] {
            let named = named.and_then(Value::as_str).and_then(|named| named.parse().ok());
            if let Some(named) = named.filter(|named| *named != id) {
                self.related.entry(id).or_default().insert(named);
                self.related.entry(named).or_default().insert(id);
            }
        }
        if fact.name.starts_with("case.merged.")
            && let Ok(CaseEvent::CasesMerged { into, .. }) = decider::decode(&fact.name, fact.data.clone())
        {
            let (one, other) = (id.to_string(), into.to_string());
            self.halves.entry(one.clone()).or_default().insert(other.clone());
            self.halves.entry(other).or_default().insert(one);
        }
    }
}
