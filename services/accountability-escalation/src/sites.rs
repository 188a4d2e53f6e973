//! What was found clean where, in every case: whoever found nothing at a site that another case confirms is named 瞒报漏报.
//! When two cases are about one site: `services/decisions/0018-when-two-cases-are-one-site.md`.

use case_domain::{CaseEvent, Coordinates, Finding, Place};
use jurisdiction::{CaseId, StaffId, UnitCode};
use platform::{Context, Followed, Recorded};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

const PREFIX: [&str; 1] = ["case-"];
/// A position is off by so much; a neighbour's yard is farther.
const SAME_SPOT_METRES: f64 = 50.0;
const EARTH_RADIUS_METRES: f64 = 6_371_000.0;
/// Whoever asks what was known at a position waits so long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Somebody went there and found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    pub case: CaseId,
    /// Whose people went there last.
    pub unit: UnitCode,
    pub persons: Vec<StaffId>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    place: Place,
    enterprise: Option<String>,
    /// Commit position, unit and person of each inspection that found nothing.
    clean: Vec<(u64, UnitCode, Option<StaffId>)>,
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
        let known = self.cases.entry(case).or_default();
        match fact {
            CaseEvent::CaseOpened {
                place, enterprise, ..
            } => {
                known.place = place;
                known.enterprise = enterprise;
            }
            CaseEvent::InspectionRecorded {
                finding: Finding::Clean,
                ..
            } => {
                if let Some(unit) = event.metadata.actor.unit() {
                    let person = event.metadata.actor.person().cloned();
                    known.clean.push((event.position, unit.clone(), person));
                }
            }
            CaseEvent::CasesMerged { into, .. } => known.merged = Some(into),
            CaseEvent::CaseReopened { .. } => known.merged = None,
            CaseEvent::CaseConfirmed { .. } => known.confirmed = true,
            _ => {}
        }
    }

    /// The cases that found nothing before `position` at the site that `confirmed` is about.
    pub fn cleared(&self, confirmed: CaseId, position: u64) -> Vec<Cleared> {
        let Some(site) = self.cases.get(&confirmed) else {
            return vec![];
        };
        let others = self.cases.iter().filter(|(case, known)| {
            **case != confirmed
                && !known.confirmed
                && (self.leads_to(**case, confirmed) || is_same_site(known, site))
        });
        let cleared = others.filter_map(|(case, known)| {
            let before: Vec<_> = known.clean.iter().filter(|(at, ..)| *at < position).collect();
            let (_, unit, _) = before.last()?;
            let mut seen = BTreeSet::new();
            let persons = before.iter().filter_map(|(_, _, person)| person.clone());
            Some(Cleared {
                case: *case,
                unit: unit.clone(),
                persons: persons.filter(|person| seen.insert(person.clone())).collect(),
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

/// The same words for the place, and besides the same name or the same spot: one of them alone accuses nobody.
fn is_same_site(one: &Known, other: &Known) -> bool {
    let place = spelled(&one.place.text);
    if place.is_empty() || place != spelled(&other.place.text) {
        return false;
    }
    let name = |known: &Known| spelled(known.enterprise.as_deref().unwrap_or_default());
    let same_name = !name(one).is_empty() && name(one) == name(other);
    let spots = one.place.coordinates.zip(other.place.coordinates);
    same_name || spots.is_some_and(|(one, other)| metres(one, other) <= SAME_SPOT_METRES)
}

/// Without spaces and punctuation, which people set as they like.
fn spelled(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// Great-circle distance by the haversine formula.
fn metres(one: Coordinates, other: Coordinates) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let (lat1, lat2) = (one.latitude.to_radians(), other.latitude.to_radians());
    let chord =
        half(one.latitude, other.latitude) + lat1.cos() * lat2.cos() * half(one.longitude, other.longitude);
    2.0 * EARTH_RADIUS_METRES * chord.sqrt().asin()
}

/// The book, kept from the store and rebuilt at every start.
#[derive(Clone)]
pub(crate) struct Sites {
    book: Arc<Mutex<Book>>,
    /// `None` until all that was in the store at the start has been looked at.
    reached: watch::Sender<Option<u64>>,
}

impl Sites {
    pub(crate) fn new() -> Self {
        Self {
            book: Arc::default(),
            reached: watch::Sender::new(None),
        }
    }
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// What was known before `position`; `None` if the book does not get there in time.
    pub(crate) async fn cleared(&self, confirmed: CaseId, position: u64) -> Option<Vec<Cleared>> {
        let mut reached = self.reached.subscribe();
        let there = reached.wait_for(|reached| reached.is_some_and(|reached| reached >= position));
        tokio::time::timeout(LONGEST_WAIT, there).await.ok()?.ok()?;
        Some(self.book().cleared(confirmed, position))
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

#[cfg(test)]
mod tests;
