//! The board of all clocks: what every accountability stream amounts to, and in which order they are to fire. Pure.

use crate::foresight::{Foreseen, Moved};
use crate::jobs::{Job, Work};
use accountability_domain::{Accountability, AccountabilityEvent, AccountabilityState};
use decider::Decider;
use jiff::Timestamp;
use jurisdiction::Jurisdiction;
use platform::Recorded;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;
use tokio::time::Instant;

const SHORTEST_REST: Duration = Duration::from_millis(100);
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Streams by the instant at which they next have something to record. Nothing is ever looked for by scanning.
#[derive(Default)]
pub(crate) struct Board {
    streams: HashMap<String, Entry>,
    due: BTreeSet<(Timestamp, String)>,
    recounts: BTreeSet<String>,
    handovers: BTreeSet<String>,
    resting: BTreeSet<(Instant, String)>,
}

#[derive(Default)]
struct Entry {
    state: AccountabilityState,
    revision: u64,
    /// In `due` under this instant.
    queued: Option<Timestamp>,
    /// In `resting` until then.
    rests_until: Option<Instant>,
    at_work: bool,
    failures: u32,
}

impl Board {
    /// Takes in one fact. A fact that this program cannot read keeps nobody else's clock from firing.
    pub(crate) fn take(&mut self, event: Recorded, jurisdiction: &Jurisdiction, now: Timestamp) {
        let stamp = event.stamp();
        let entry = self.streams.entry(event.stream.clone()).or_default();
        entry.revision = event.revision;
        match decider::decode::<AccountabilityEvent>(&event.name, event.data) {
            Ok(fact) => Accountability::evolve(&mut entry.state, &fact, &stamp),
            Err(error) => tracing::error!(stream = %event.stream, %error, "a fact is unreadable"),
        }
        if !entry.at_work {
            self.rested(&event.stream);
            self.queue(&event.stream, jurisdiction);
        }
        // Whoever started it may not have heard of a correction that came a moment before.
        self.look_at(&event.stream, jurisdiction, now);
    }

    /// What a stream amounts to.
    pub(crate) fn state(&self, stream: &str) -> Option<&AccountabilityState> {
        self.streams.get(stream).map(|entry| &entry.state)
    }

    /// Works everything out anew, after the directory has changed.
    pub(crate) fn recount(&mut self, jurisdiction: &Jurisdiction, now: Timestamp) {
        self.recounts.clear();
        self.handovers.clear();
        let streams: Vec<String> = self.streams.keys().cloned().collect();
        for stream in streams {
            self.look_at(&stream, jurisdiction, now);
            let entry = &self.streams[&stream];
            if !entry.at_work && entry.rests_until.is_none() {
                self.queue(&stream, jurisdiction);
            }
        }
    }

    /// What a directory would do to the running clocks if it were in force.
    pub(crate) fn foresee(&self, jurisdiction: &Jurisdiction, now: Timestamp) -> Foreseen {
        let mut foreseen = Foreseen::default();
        for (stream, entry) in &self.streams {
            for clock in entry.state.running_clocks() {
                foreseen.running += 1;
                if let Some(to) = clock.recounted(jurisdiction, now) {
                    foreseen.moved.push(Moved {
                        stream: stream.clone(),
                        unit: clock.unit.clone(),
                        obligation: clock.obligation,
                        from: clock.due,
                        to,
                        no_longer_missed: clock.is_missed(),
                    });
                }
            }
        }
        foreseen
            .moved
            .sort_by(|one, other| (one.to, &one.stream).cmp(&(other.to, &other.stream)));
        foreseen
    }

    /// Notes whether the directory as it now is moves or passes on any clock of the stream.
    fn look_at(&mut self, stream: &str, jurisdiction: &Jurisdiction, now: Timestamp) {
        let Some(entry) = self.streams.get(stream) else {
            return;
        };
        let mut running = entry.state.running_clocks();
        if running.any(|clock| clock.recounted(jurisdiction, now).is_some()) {
            self.recounts.insert(stream.to_owned());
        }
        let mut running = entry.state.running_clocks();
        if running.any(|clock| clock.successor(jurisdiction).is_some()) {
            self.handovers.insert(stream.to_owned());
        }
    }

    /// What is to be done first, if anything is. Its stream is out of the queue until [`Board::done`].
    pub(crate) fn next_job(&mut self, now: Timestamp, jurisdiction: &Jurisdiction) -> Option<Job> {
        self.wake(jurisdiction);
        let free = |stream: &&String| {
            let entry = self.streams.get(*stream);
            entry.is_some_and(|entry| !entry.at_work && entry.rests_until.is_none())
        };
        if let Some(stream) = self.recounts.iter().find(free).cloned() {
            self.recounts.remove(&stream);
            return Some(self.begin(stream, Work::Recount));
        }
        // Before anything fires: a miss names whoever answers for it.
        if let Some(stream) = self.handovers.iter().find(free).cloned() {
            self.handovers.remove(&stream);
            return Some(self.begin(stream, Work::HandOver));
        }
        let (due, stream) = self.due.first().filter(|(due, _)| *due <= now)?.clone();
        Some(self.begin(stream, Work::Fire { due }))
    }

    fn begin(&mut self, stream: String, work: Work) -> Job {
        let entry = self.streams.entry(stream.clone()).or_default();
        entry.at_work = true;
        if let Some(queued) = entry.queued.take() {
            self.due.remove(&(queued, stream.clone()));
        }
        let revision = entry.revision;
        Job {
            stream,
            revision,
            work,
        }
    }

    /// Takes a job back: `recorded` is the revision it led to. One that led to nothing, or failed, rests for a while, for
    /// longer each time, and holds up nobody else.
    pub(crate) fn done(&mut self, job: &Job, recorded: Option<u64>, jurisdiction: &Jurisdiction) {
        let Some(entry) = self.streams.get_mut(&job.stream) else {
            return;
        };
        entry.at_work = false;
        match recorded {
            // The fact itself comes by the subscription and puts the stream back into the queue.
            Some(revision) if entry.revision < revision => entry.failures = 0,
            Some(_) => {
                entry.failures = 0;
                self.queue(&job.stream, jurisdiction);
            }
            None if entry.revision > job.revision => self.queue(&job.stream, jurisdiction),
            None => {
                let rest = SHORTEST_REST.saturating_mul(1 << entry.failures.min(10));
                entry.failures = entry.failures.saturating_add(1);
                let until = Instant::now() + rest.min(LONGEST_REST);
                entry.rests_until = Some(until);
                self.resting.insert((until, job.stream.clone()));
            }
        }
    }

    /// The next instant at which something falls due.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(due, _)| *due)
    }
    /// When the first of the resting streams may be tried again.
    pub(crate) fn next_waking(&self) -> Option<Instant> {
        self.resting.first().map(|(until, _)| *until)
    }

    fn wake(&mut self, jurisdiction: &Jurisdiction) {
        let now = Instant::now();
        while let Some((until, stream)) = self.resting.first().cloned()
            && until <= now
        {
            self.rested(&stream);
            self.queue(&stream, jurisdiction);
        }
    }

    fn rested(&mut self, stream: &str) {
        let entry = self.streams.get_mut(stream);
        if let Some(until) = entry.and_then(|entry| entry.rests_until.take()) {
            self.resting.remove(&(until, stream.to_owned()));
        }
    }

    fn queue(&mut self, stream: &str, jurisdiction: &Jurisdiction) {
        let Some(entry) = self.streams.get_mut(stream) else {
            return;
        };
        let next = entry.state.next_due(jurisdiction);
        if next == entry.queued {
            return;
        }
        if let Some(queued) = entry.queued.take() {
            self.due.remove(&(queued, stream.to_owned()));
        }
        if let Some(next) = next {
            entry.queued = Some(next);
            self.due.insert((next, stream.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests;
