//! The numbers that special supervision 专项督查 is decided by: what counts against each unit, from the facts. Pure.

use accountability_domain::{AccountabilityState, FailureKind, Gravity, SeenNumbers};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, Against, Jurisdiction, Obligation, SupervisionNumbers, UnitCode, UnitKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, RwLock};

/// Something that counts against a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Count {
    unit: UnitCode,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    OpenFinding,
    GraveFinding(Timestamp),
    Failure(Timestamp),
    /// 底数不清, and the site that was left out: one site is one failure of an area, however many below it signed without it.
    LeftOut(Timestamp, String),
    Overdue,
}

/// Whether a unit is under special supervision, and how often it was before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub openings: usize,
    pub is_open: bool,
}

/// Every count of every stream; only streams with some are kept.
#[derive(Default)]
pub struct Tally {
    counts: HashMap<String, Vec<Count>>,
    standing: BTreeMap<UnitCode, Standing>,
    /// Whom a stream is about: its numbers are not told to those from whom it is hidden.
    against: HashMap<String, Against>,
    complete: bool,
    /// Whether it is not known yet whom the streams are about.
    waits: bool,
}

impl Tally {
    /// Takes in what a stream now amounts to; answers whether anything changed.
    pub fn take(&mut self, stream: &str, state: &AccountabilityState) -> bool {
        if let Some(last) = state.special.last() {
            let standing = Standing {
                openings: state.special.len(),
                is_open: last.closed.is_none(),
            };
            self.standing.insert(last.unit.clone(), standing);
        }
        let counts = counts(state);
        if counts.is_empty() {
            return self.counts.remove(stream).is_some();
        }
        let before = self.counts.insert(stream.to_owned(), counts);
        before.as_ref() != self.counts.get(stream)
    }

    /// From now on it is told whom tips and cases are about; until it is known of all of them, there are no numbers.
    pub(crate) fn wait_for_conflicts(&mut self) {
        self.waits = true;
    }
    pub(crate) fn conflicts_known(&mut self) {
        self.waits = false;
    }
    pub(crate) fn waits(&self) -> bool {
        self.waits
    }
    /// What a tip or case, named by its id, is about as well.
    pub fn about(&mut self, id: &str, against: Against) {
        let known = self.against.entry(format!("accountability-{id}")).or_default();
        *known = std::mem::take(known).and(against);
    }

    pub fn standing(&self, unit: &UnitCode) -> Standing {
        self.standing.get(unit).copied().unwrap_or_default()
    }

    /// The numbers of every county and township that anything counts against, everything below it included. The unit is told
    /// its numbers, so what must be hidden from it does not count in them.
    pub fn areas(&self, jurisdiction: &Jurisdiction, now: Timestamp) -> BTreeMap<UnitCode, SeenNumbers> {
        let thresholds = jurisdiction.supervision_on(now);
        let since = now - SignedDuration::from_hours(24 * i64::from(thresholds.window_days));
        let mut areas: BTreeMap<UnitCode, SeenNumbers> = BTreeMap::new();
        let hidden = |stream: &String, unit: &UnitCode| {
            let against = self.against.get(stream);
            against.is_some_and(|against| against.holds_unit(unit, jurisdiction))
        };
        let mut left_out = BTreeSet::new();
        let counts = self.counts.iter();
        let counts = counts.flat_map(|(stream, counts)| counts.iter().map(move |count| (stream, count)));
        for (stream, count) in counts.filter(|_| !self.waits) {
            let lineage = jurisdiction.lineage(&count.unit);
            for unit in lineage.filter(|unit| !hidden(stream, &unit.code)) {
                let Some(limits) = thresholds.of(unit.level) else {
                    continue;
                };
                if unit.kind != UnitKind::Government {
                    continue;
                }
                let seen = areas.entry(unit.code.clone()).or_insert_with(|| SeenNumbers {
                    numbers: SupervisionNumbers::default(),
                    thresholds: *limits,
                    since,
                });
                let again = match &count.what {
                    What::LeftOut(at, site) if *at >= since => !left_out.insert((&unit.code, site)),
                    _ => false,
                };
                if !again {
                    add(&mut seen.numbers, &count.what, since);
                }
            }
        }
        areas
    }

    /// Units that have reached the thresholds and are not under special supervision, with how often they were before.
    pub fn reached(
        &self,
        jurisdiction: &Jurisdiction,
        now: Timestamp,
    ) -> Vec<(UnitCode, SeenNumbers, usize)> {
        let areas = self.areas(jurisdiction, now).into_iter();
        let reached = areas.filter(|(_, seen)| seen.numbers.reach(&seen.thresholds));
        let standing = reached.map(|(unit, seen)| (self.standing(&unit), unit, seen));
        let new = standing.filter(|(standing, ..)| !standing.is_open);
        new.map(|(standing, unit, seen)| (unit, seen, standing.openings))
            .collect()
    }
    /// How many units are under special supervision.
    pub fn open(&self) -> usize {
        self.standing.values().filter(|standing| standing.is_open).count()
    }
    /// Whether what the stream is about must not be known to the actor.
    pub fn hides(&self, stream: &str, actor: &Actor, jurisdiction: &Jurisdiction) -> bool {
        let against = self.against.get(stream);
        against.is_some_and(|against| against.hides_from(actor, jurisdiction))
    }

    /// The numbers of one unit, whether or not anything counts against it.
    pub fn seen(&self, unit: &UnitCode, jurisdiction: &Jurisdiction, now: Timestamp) -> SeenNumbers {
        let mut areas = self.areas(jurisdiction, now);
        let level = jurisdiction.level(unit);
        let thresholds = level.and_then(|level| jurisdiction.supervision_on(now).of(level));
        areas.remove(unit).unwrap_or_else(|| SeenNumbers {
            numbers: SupervisionNumbers::default(),
            thresholds: thresholds.copied().unwrap_or_default(),
            since: now,
        })
    }
}

fn add(numbers: &mut SupervisionNumbers, what: &What, since: Timestamp) {
    match what {
        What::OpenFinding => numbers.open_findings += 1,
        What::Overdue => numbers.overdue += 1,
        What::GraveFinding(at) if *at >= since => numbers.grave_findings += 1,
        What::Failure(at) | What::LeftOut(at, _) if *at >= since => numbers.failures += 1,
        What::GraveFinding(_) | What::Failure(_) | What::LeftOut(..) => {}
    }
}

fn counts(state: &AccountabilityState) -> Vec<Count> {
    // One missed deadline counts once, however often somebody was silent about it.
    let overdue = state
        .running_clocks()
        .filter(|clock| clock.is_missed() && clock.obligation != Obligation::AnswerEscalation);
    let overdue = overdue.map(|clock| (&clock.unit, What::Overdue));
    let failures = state.failures.iter();
    let failures = failures.map(|failure| {
        let what = match failure.kind {
            FailureKind::ContradictedReport => What::LeftOut(failure.at, failure.cause.clone()),
            _ => What::Failure(failure.at),
        };
        (&failure.unit, what)
    });
    let open = state.findings.iter().filter(|finding| finding.is_open());
    let open = open.map(|finding| (&finding.unit, What::OpenFinding));
    let grave = state
        .findings
        .iter()
        .filter(|finding| finding.gravity == Gravity::Grave);
    let grave = grave.map(|finding| (&finding.unit, What::GraveFinding(finding.at)));
    let all = overdue.chain(failures).chain(open).chain(grave);
    all.map(|(unit, what)| Count {
        unit: unit.clone(),
        what,
    })
    .collect()
}

/// The tally as the scheduler keeps it, for whoever asks.
#[derive(Clone, Default)]
pub(crate) struct SharedTally(Arc<RwLock<Tally>>);

impl SharedTally {
    pub(crate) fn write<R>(&self, change: impl FnOnce(&mut Tally) -> R) -> R {
        change(&mut self.0.write().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }
    pub(crate) fn read<R>(&self, look: impl FnOnce(&Tally) -> R) -> R {
        look(&self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }
    /// From now on every number is whole.
    pub(crate) fn complete(&self) {
        self.write(|tally| tally.complete = true);
    }
    /// What the tally says once every number is whole; `None` before.
    pub(crate) fn whole<R>(&self, look: impl FnOnce(&Tally) -> R) -> Option<R> {
        self.read(|tally| (tally.complete && !tally.waits).then(|| look(tally)))
    }
    /// The numbers of one unit; `None` before the history has been read to its end.
    pub(crate) fn seen(
        &self,
        unit: &UnitCode,
        jurisdiction: &Jurisdiction,
        now: Timestamp,
    ) -> Option<SeenNumbers> {
        self.whole(|tally| tally.seen(unit, jurisdiction, now))
    }
}

#[cfg(test)]
mod tests;
