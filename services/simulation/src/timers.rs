//! What time brings about: two replicas that fire clocks, and the watch that raises re-checks. Each may be away for days.

use crate::reactions::Service;
use crate::world::{Task, World};
use accountability_domain::Accountability;
use accountability_escalation::jobs::{Job, Work};
use disposal_domain::Disposal;
use disposal_tracking::board::{Board, RECHECKS};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, CommandId};
use platform::Envelope;
use std::collections::{BTreeMap, BTreeSet};

/// A replica of the scheduler. All it knows it has from the log, and has again after a restart.
#[derive(Debug, Default)]
pub(crate) struct Timer {
    read: usize,
    due: BTreeSet<(Timestamp, String)>,
    queued: BTreeMap<String, Timestamp>,
    /// Where the directory as it now is has something to say.
    recounts: BTreeSet<String>,
    wakes: Option<Timestamp>,
    away_until: Option<Timestamp>,
}

/// The watch over closed sites.
#[derive(Debug, Default)]
pub(crate) struct Recheckers {
    pub board: Board,
    read: usize,
}

impl World<'_> {
    pub fn wake_timers(&mut self) {
        for index in 0..self.timers.len() {
            let pause = match self.calm {
                true => SignedDuration::from_secs(1),
                false => self.faults.seconds(1, 90),
            };
            self.wake_timer(index, self.now + pause);
        }
    }
    pub fn wake_timer(&mut self, index: usize, at: Timestamp) {
        let timer = &mut self.timers[index];
        if timer.wakes.is_none_or(|wakes| wakes > at) {
            timer.wakes = Some(at);
            self.at(at, Task::Timer(index));
        }
    }
    /// Nothing of what it knew is left; after so long it reads the log from the beginning.
    pub fn kill(&mut self, index: usize, pause: SignedDuration) {
        let until = self.now + pause;
        self.timers[index] = Timer {
            away_until: Some(until),
            ..Timer::default()
        };
        self.wake_timer(index, until);
    }
    /// The directory has changed.
    pub fn recount(&mut self) {
        for index in 0..self.timers.len() {
            let streams: Vec<String> = self.timers[index].queued.keys().cloned().collect();
            for stream in streams {
                self.take(index, &stream);
            }
        }
        self.wake_timers();
    }

    pub fn tick(&mut self, index: usize) {
        let timer = &mut self.timers[index];
        if timer.wakes.is_none_or(|wakes| wakes > self.now) {
            return;
        }
        timer.wakes = None;
        if let Some(until) = timer.away_until.filter(|until| *until > self.now) {
            self.wake_timer(index, until);
            return;
        }
        timer.away_until = None;
        // Two replicas do not see the same at the same instant.
        if self.calm || self.faults.percent(90) {
            self.read(index);
        }
        for stream in std::mem::take(&mut self.timers[index].recounts) {
            self.perform(&stream, Work::Recount);
            self.perform(&stream, Work::HandOver);
        }
        self.read(index);
        let now = self.clock_of(Service::Accountability);
        while let Some((due, stream)) = self.timers[index]
            .due
            .first()
            .filter(|(due, _)| *due <= now)
            .cloned()
        {
            self.timers[index].due.pop_first();
            self.timers[index].queued.remove(&stream);
            self.perform(&stream, Work::Fire { due });
            self.read(index);
        }
        if let Some((next, _)) = self.timers[index].due.first().cloned() {
            self.wake_timer(index, next.max(self.now + SignedDuration::from_secs(1)));
        }
    }

    /// Takes in what has been committed since.
    fn read(&mut self, index: usize) {
        let from = self.timers[index].read;
        let new = self.log.facts().get(from..).unwrap_or_default().iter();
        let streams: BTreeSet<String> = new
            .filter(|fact| fact.stream.starts_with("accountability-"))
            .map(|fact| fact.stream.clone())
            .collect();
        self.timers[index].read = self.log.facts().len();
        for stream in streams {
            self.take(index, &stream);
        }
    }

    fn take(&mut self, index: usize, stream: &str) {
        let Some(state) = self.log.state::<Accountability>(stream) else {
            return;
        };
        let (jurisdiction, now) = (self.jurisdiction(), self.now);
        let next = state.next_due(jurisdiction);
        let changed = state.running_clocks().any(|clock| {
            clock.recounted(jurisdiction, now).is_some() || clock.successor(jurisdiction).is_some()
        });
        let timer = &mut self.timers[index];
        if changed {
            timer.recounts.insert(stream.to_owned());
        }
        let known = match next {
            Some(next) => timer.queued.insert(stream.to_owned(), next),
            None => timer.queued.remove(stream),
        };
        if let Some(known) = known {
            timer.due.remove(&(known, stream.to_owned()));
        }
        if let Some(next) = next {
            timer.due.insert((next, stream.to_owned()));
        }
    }

    fn perform(&mut self, stream: &str, work: Work) {
        let Some(revision) = self.log.revision(stream) else {
            return;
        };
        let job = Job {
            stream: stream.to_owned(),
            revision,
            work,
        };
        let at = self.clock_of(Service::Accountability);
        let envelope = by_rule(job.policy(), job.command_id(), at);
        let jurisdiction = self.jurisdiction();
        let done = self
            .log
            .execute::<Accountability>(jurisdiction, stream, &envelope, &job.command());
        match done {
            Ok(new) => self.settle(new),
            Err(error) => self.find(stream, "clocks_fire", &error.to_string()),
        }
    }

    /// Raises the re-checks that have fallen due.
    pub fn raise_rechecks(&mut self) {
        let days = self.jurisdiction().recheck_history();
        self.rechecks.board.look_again_after(days);
        self.read_disposals();
        for recheck in self.rechecks.board.due(self.now) {
            let envelope = by_rule(RECHECKS, recheck.command_id(), self.now);
            let jurisdiction = self.jurisdiction();
            let (stream, command) = (recheck.stream(), recheck.command());
            let done = self
                .log
                .execute::<Disposal>(jurisdiction, &stream, &envelope, &command);
            match done {
                Ok(new) => self.settle(new),
                Err(error) => self.count(&error),
            }
            self.rechecks.board.settled(&recheck);
        }
    }
    pub fn read_disposals(&mut self) {
        let new = self.log.facts().get(self.rechecks.read..).unwrap_or_default();
        for fact in new {
            self.rechecks.board.take(fact);
        }
        self.rechecks.read = self.log.facts().len();
        self.rechecks.board.complete();
    }
}

fn by_rule(policy: &str, command_id: CommandId, at: Timestamp) -> Envelope {
    Envelope {
        command_id,
        actor: Actor::system(policy),
        at,
        causation: None,
        correlation: None,
        traceparent: None,
        seen: None,
    }
}
