//! What every case made of its site: whoever found nothing at one that another case confirms is named 瞒报漏报, and whoever
//! had closed it 死灰复燃; and whom every tip and case is about, from whom its numbers are kept.
//! When two cases are about one site: `services/decisions/0018-when-two-cases-are-one-site.md`.

use crate::tally::{SharedTally, Tally};
use case_domain::{CaseEvent, Classification, ClosingReason, Finding, Origin, Place};
use jurisdiction::{Against, CaseId, StaffId, UnitCode};
use platform::{Context, Followed, Recorded};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tip_domain::TipEvent;
use tokio::sync::watch;
use uuid::Uuid;

const PREFIX: [&str; 2] = ["case-", "tip-"];
/// A position is off by so much; a neighbour's yard is farther.
const SAME_SPOT_METRES: f64 = 50.0;
/// Whoever asks what was known at a position waits so long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What earlier cases had made of a site that is confirmed now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    pub cleared: Vec<Cleared>,
    pub disposed: Vec<Disposed>,
}

/// Somebody found nothing there, or said that it is none of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    pub case: CaseId,
    /// Whose people said so last.
    pub unit: UnitCode,
    /// Whoever said so, and whoever agreed to it at the level above.
    pub persons: Vec<StaffId>,
    pub against: Against,
}

/// It had been disposed of before the confirmed case was opened, and nobody has said that it is a relapse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposed {
    pub case: CaseId,
    /// Who had the case when it was closed.
    pub unit: UnitCode,
    /// The fact that closed it.
    pub closing: Uuid,
    pub against: Against,
}

#[derive(Clone, Debug, Default)]
struct Known {
    place: Place,
    enterprise: Option<String>,
    against: Against,
    owner: Option<UnitCode>,
    /// Commit position.
    opened: u64,
    /// Commit position and id of the fact that closed it as disposed of, while it is.
    disposed: Option<(u64, Uuid)>,
    /// Commit position of the first case that was opened as its relapse.
    relapsed: Option<u64>,
    /// Each inspection that found nothing, each word that it is none of ours, and each agreement to one of them.
    clean: Vec<Word>,
    merged: Option<CaseId>,
    /// Its own confirmation names who found nothing there.
    confirmed: bool,
}

/// Every case, as far as it says where a site is and who found nothing there.
#[derive(Debug, Default)]
pub struct Book {
    cases: BTreeMap<CaseId, Known>,
    position: u64,
    complete: bool,
}

impl Book {
    pub fn take(&mut self, event: &Recorded) {
        self.position = self.position.max(event.position);
        let case = event.stream.strip_prefix("case-").and_then(|id| id.parse().ok());
        let Some(case) = case else { return };
        let fact = match decider::decode::<CaseEvent>(&event.name, event.data.clone()) {
            Ok(fact) => fact,
            Err(error) => {
                tracing::error!(stream = %event.stream, %error, "a fact is unreadable");
                return;
            }
        };
        if let CaseEvent::CaseOpened {
            origin: Origin::Relapse { of, .. },
            ..
        } = &fact
        {
            let of = self.cases.entry(*of).or_default();
            of.relapsed.get_or_insert(event.position);
        }
        self.cases.entry(case).or_default().take(fact, event);
    }

    /// What earlier cases had made, before `position`, of the site that `confirmed` is about.
    pub fn earlier(&self, confirmed: CaseId, position: u64) -> Earlier {
        Earlier {
            cleared: self.cleared(confirmed, position),
            disposed: self.disposed(confirmed, position),
        }
    }

    /// The cases that had disposed of the site before the confirmed one was opened.
    fn disposed(&self, confirmed: CaseId, position: u64) -> Vec<Disposed> {
        let Some(site) = self.cases.get(&confirmed) else {
            return vec![];
        };
        let others = self.cases.iter().filter(|(case, known)| {
            let told = known.relapsed.is_some_and(|at| at < position);
            **case != confirmed && !told && is_same_site(known, site)
        });
        let disposed = others.filter_map(|(case, known)| {
            let (_, closing) = known.disposed.filter(|(at, _)| *at < site.opened)?;
            Some(Disposed {
                case: *case,
                unit: known.owner.clone()?,
                closing,
                against: known.against.clone(),
            })
        });
        disposed.collect()
    }

    /// The cases that found nothing before `position` at the site that `confirmed` is about.
    fn cleared(&self, confirmed: CaseId, position: u64) -> Vec<Cleared> {
        let Some(site) = self.cases.get(&confirmed) else {
            return vec![];
        };
        let others = self.cases.iter().filter(|(case, known)| {
            **case != confirmed
                && !known.confirmed
                && (self.leads_to(**case, confirmed) || is_same_site(known, site))
        });
        let cleared = others.filter_map(|(case, known)| {
            let before: Vec<_> = known
                .clean
                .iter()
                .filter(|word| word.position < position)
                .collect();
            let unit = before.iter().rev().find_map(|word| word.said_for.as_ref())?;
            let mut seen = BTreeSet::new();
            let persons = before.iter().filter_map(|word| word.person.clone());
            Some(Cleared {
                case: *case,
                unit: unit.clone(),
                persons: persons.filter(|person| seen.insert(person.clone())).collect(),
                against: known.against.clone(),
            })
        });
        cleared.collect()
    }

    /// A dispatcher has said that it is the same site, in one step or several.
    fn leads_to(&self, case: CaseId, survivor: CaseId) -> bool {
        let mut passed = BTreeSet::from([case]);
        let mut next = self.cases.get(&case).and_then(|known| known.merged);
        while let Some(into) = next.filter(|into| passed.insert(*into)) {
            if into == survivor {
                return true;
            }
            next = self.cases.get(&into).and_then(|known| known.merged);
        }
        false
    }
}

/// That there is nothing.
#[derive(Clone, Debug)]
struct Word {
    position: u64,
    /// `None` for the agreement of the level above: the word stays that of the unit that gave it.
    said_for: Option<UnitCode>,
    person: Option<StaffId>,
}

impl Known {
    fn take(&mut self, fact: CaseEvent, event: &Recorded) {
        match fact {
            CaseEvent::CaseOpened {
                place,
                enterprise,
                against,
                ..
            } => {
                self.place = place;
                self.enterprise = enterprise;
                self.against = against;
                self.opened = event.position;
            }
            CaseEvent::ConflictNoted { against } => {
                self.against = std::mem::take(&mut self.against).and(against);
            }
            CaseEvent::CaseAssigned { to, .. }
            | CaseEvent::CaseReturned { to, .. }
            | CaseEvent::CaseDesignated { to, .. }
            | CaseEvent::CaseReassigned { to, .. } => self.owner = Some(to),
            CaseEvent::InspectionRecorded {
                finding: Finding::Clean,
                ..
            }
            | CaseEvent::SiteIdentified {
                small_chemical: false,
                ..
            }
            | CaseEvent::SiteClassified {
                class: Classification::NotSmallChemical,
                ..
            } => self.cleared_by(event),
            CaseEvent::CleanFindingReviewed { agreed: true, .. } => self.clean.push(Word {
                position: event.position,
                said_for: None,
                person: event.metadata.actor.person().cloned(),
            }),
            CaseEvent::CasesMerged { into, .. } => self.merged = Some(into),
            CaseEvent::CaseClosed {
                reason: ClosingReason::Disposed,
                ..
            } => self.disposed = Some((event.position, event.id)),
            CaseEvent::CaseReopened { .. } => {
                self.merged = None;
                self.disposed = None;
            }
            CaseEvent::CaseConfirmed { owner, .. } => {
                self.owner = Some(owner);
                self.confirmed = true;
            }
            _ => {}
        }
    }

    fn cleared_by(&mut self, event: &Recorded) {
        let actor = &event.metadata.actor;
        if let Some(unit) = actor.unit() {
            self.clean.push(Word {
                position: event.position,
                said_for: Some(unit.clone()),
                person: actor.person().cloned(),
            });
        }
    }
}

/// The same words for the place, and besides the same name or the same spot: one of them alone accuses nobody.
fn is_same_site(one: &Known, other: &Known) -> bool {
    let place = spelled(&one.place.text);
    if place.is_empty() || place != spelled(&other.place.text) {
        return false;
    }
    let name = |known: &Known| spelled(known.enterprise.as_deref().unwrap_or_default());
    let same_name = !name(one).is_empty() && name(one) == name(other);
    let spots = one.place.coordinates.zip(other.place.coordinates);
    same_name || spots.is_some_and(|(one, other)| one.metres_to(other) <= SAME_SPOT_METRES)
}

/// Without spaces and punctuation, which people set as they like.
fn spelled(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// The book, kept from the store and rebuilt at every start.
#[derive(Clone)]
pub(crate) struct Sites {
    book: Arc<Mutex<Book>>,
    /// `None` until all that was in the store at the start has been looked at.
    reached: watch::Sender<Option<u64>>,
    /// Told whom each tip and case is about.
    tally: SharedTally,
}

impl Sites {
    pub(crate) fn new(tally: SharedTally) -> Self {
        tally.write(Tally::wait_for_conflicts);
        Self {
            book: Arc::default(),
            reached: watch::Sender::new(None),
            tally,
        }
    }
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// What was known before `position`; `None` if the book does not get there in time.
    pub(crate) async fn earlier(&self, confirmed: CaseId, position: u64) -> Option<Earlier> {
        let mut reached = self.reached.subscribe();
        let there = reached.wait_for(|reached| reached.is_some_and(|reached| reached >= position));
        tokio::time::timeout(LONGEST_WAIT, there).await.ok()?.ok()?;
        Some(self.book().earlier(confirmed, position))
    }
    /// Follows the store until shutdown.
    pub(crate) async fn follow(self, context: Context) {
        let mut followed = context.store.follow(None, &PREFIX);
        loop {
            tokio::select! {
                item = followed.recv() => match item {
                    Some(item) => self.take(&item),
                    None => return tracing::error!("nobody follows the cases any more: what was found clean is not known"),
                },
                () = context.shutdown.cancelled() => return,
            }
        }
    }
    fn take(&self, item: &Followed) {
        match item {
            Followed::Event(event) => {
                if let Some((id, against)) = conflict(event) {
                    self.tally.write(|tally| tally.about(&id, against));
                }
            }
            Followed::CaughtUp => self.tally.write(Tally::conflicts_known),
            Followed::Checkpoint(_) => {}
        }
        let mut book = self.book();
        match item {
            Followed::Event(event) => book.take(event),
            Followed::Checkpoint(position) => book.position = book.position.max(*position),
            Followed::CaughtUp => book.complete = true,
        }
        let reached = book.complete.then_some(book.position);
        drop(book);
        self.reached.send_replace(reached);
    }
}

/// Whom a tip or case turns out to be about, by the id of that.
fn conflict(event: &Recorded) -> Option<(String, Against)> {
    let data = || event.data.clone();
    let (id, against) = if let Some(id) = event.stream.strip_prefix("case-") {
        match decider::decode::<CaseEvent>(&event.name, data()).ok()? {
            CaseEvent::CaseOpened { against, .. } | CaseEvent::ConflictNoted { against } => (id, against),
            _ => return None,
        }
    } else {
        let id = event.stream.strip_prefix("tip-")?;
        match decider::decode::<TipEvent>(&event.name, data()).ok()? {
            TipEvent::TipReceived { against, .. } | TipEvent::ConflictNoted { against } => (id, against),
            _ => return None,
        }
    };
    (!against.is_empty()).then(|| (id.to_owned(), against))
}

#[cfg(test)]
mod tests;
