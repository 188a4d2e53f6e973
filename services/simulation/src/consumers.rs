//! How services hear of facts: late, twice, in bursts, from the beginning again, with a crash in the middle of what follows.

use crate::log::Log;
use crate::reactions::{Service, carry_out, follows};
use crate::sabotage::Sabotage;
use crate::world::{Task, World};
use jiff::{SignedDuration, Timestamp};
use platform::Recorded;
use std::collections::BTreeSet;

/// A durable consumer.
#[derive(Debug)]
pub(crate) struct Consumer {
    pub service: Service,
    /// Everything before it is acknowledged.
    cursor: usize,
    /// When it looks again; `None` if it waits for something to come.
    wakes: Option<Timestamp>,
    /// Given up, to be tried again.
    pub dead: BTreeSet<usize>,
    reactions: usize,
}

/// What became of a message.
enum Handled {
    Done,
    /// The process ended after some of what follows was recorded: nothing was acknowledged.
    Crashed,
    /// Refused by a domain.
    Failed,
}

impl Consumer {
    pub fn new(service: Service) -> Self {
        Self {
            service,
            cursor: 0,
            wakes: None,
            dead: BTreeSet::new(),
            reactions: 0,
        }
    }
}

impl World<'_> {
    /// Whoever waits is told that there is something.
    pub fn wake_consumers(&mut self) {
        for index in 0..self.consumers.len() {
            if self.consumers[index].wakes.is_none() {
                let lag = self.lag();
                self.schedule(index, lag);
            }
        }
    }

    /// Mostly a moment; sometimes a queue, at times an outage.
    fn lag(&mut self) -> SignedDuration {
        if self.calm {
            return SignedDuration::from_secs(1);
        }
        match self.faults.below(1000) {
            0 => self.faults.hours(6, 40),
            1..=20 => self.faults.seconds(600, 3 * 3600),
            _ => self.faults.seconds(0, 20),
        }
    }

    fn schedule(&mut self, index: usize, pause: SignedDuration) {
        let wakes = self.now + pause;
        self.consumers[index].wakes = Some(wakes);
        self.at(wakes, Task::Deliver(index));
    }

    /// Takes what has come, in the order of commits, until there is no more or something goes wrong.
    pub fn deliver(&mut self, index: usize) {
        if self.consumers[index].wakes.is_none_or(|wakes| wakes > self.now) {
            return;
        }
        self.consumers[index].wakes = None;
        loop {
            let consumer = &self.consumers[index];
            let (service, place) = (consumer.service, consumer.cursor);
            let Some(fact) = self.log.facts().get(place) else {
                return;
            };
            if !service.hears(&fact.stream) {
                self.consumers[index].cursor += 1;
                continue;
            }
            let is_new = fact.metadata.at > self.now - SignedDuration::from_hours(24);
            match self.handle(index, place, true) {
                Handled::Done => {
                    self.consumers[index].cursor += 1;
                    self.misbehave(index, place);
                }
                Handled::Crashed => {
                    let pause = self.faults.seconds(1, 600);
                    self.schedule(index, pause);
                    return;
                }
                Handled::Failed => {
                    self.consumers[index].dead.insert(place);
                    self.consumers[index].cursor += 1;
                    let pause = self.faults.hours(1, 48);
                    self.after(pause, Task::Retry(index));
                }
            }
            // Others act in between, unless it is about what everybody has long known.
            if !self.calm && is_new && self.faults.percent(30) && place + 1 < self.log.facts().len() {
                let lag = self.lag();
                self.schedule(index, lag);
                return;
            }
        }
    }

    /// An acknowledgement may be lost, and the message come once more; seldom it is given up for no fault of its own.
    fn misbehave(&mut self, index: usize, place: usize) {
        if !self.calm && self.faults.percent(2) {
            let pause = self.faults.seconds(30, 72 * 3600);
            self.after(pause, Task::Redeliver(index, place));
        }
    }

    /// The message once more, whatever has happened since.
    pub fn redeliver(&mut self, index: usize, place: usize) {
        self.mishap("redelivered");
        if let Handled::Failed = self.handle(index, place, false) {
            self.consumers[index].dead.insert(place);
            self.after(SignedDuration::from_hours(5), Task::Retry(index));
        }
    }

    /// The stream went back: everything is heard again, and all in one go.
    pub fn start_over(&mut self, index: usize) {
        self.mishap("heard from the beginning");
        self.consumers[index].cursor = 0;
        if self.consumers[index].wakes.is_none() {
            self.schedule(index, SignedDuration::from_secs(1));
        }
    }

    /// What was given up, each followed by what came after it on its stream.
    pub fn retry(&mut self, index: usize) {
        let dead = std::mem::take(&mut self.consumers[index].dead);
        for place in dead {
            if let Handled::Done = self.handle(index, place, false) {
                for later in later_on_its_stream(&self.log, place) {
                    self.handle(index, later, false);
                }
            } else {
                self.consumers[index].dead.insert(place);
            }
        }
    }

    /// Hands over everything that is left, until nothing follows any more.
    pub fn flush(&mut self) {
        loop {
            let before = self.log.facts().len();
            for index in 0..self.consumers.len() {
                self.consumers[index].wakes = Some(self.now);
                self.deliver(index);
            }
            for index in 0..self.timers.len() {
                self.wake_timer(index, self.now);
                self.tick(index);
            }
            if self.log.facts().len() == before {
                return;
            }
        }
    }

    pub fn mishap(&mut self, what: &'static str) {
        *self.mishaps.entry(what).or_default() += 1;
    }

    fn handle(&mut self, index: usize, place: usize, may_fail: bool) -> Handled {
        let service = self.consumers[index].service;
        let Some(fact) = self.log.facts().get(place).cloned() else {
            return Handled::Done;
        };
        let jurisdiction = self.jurisdiction();
        let all = follows(
            service,
            (&self.log, &self.book, &self.merged),
            &fact,
            jurisdiction,
        );
        let unlucky = may_fail && !self.calm && !all.is_empty();
        if unlucky && self.faults.per_mille(3) {
            self.mishap("dead letter");
            return Handled::Failed;
        }
        // Between append and acknowledgement: after all of it, or in its middle.
        let crash = (unlucky && self.faults.per_mille(15)).then(|| self.faults.below(all.len() + 1));
        let mut failed = false;
        for (number, follow) in all.iter().enumerate() {
            if crash == Some(number) {
                self.mishap("crashed half-way");
                return Handled::Crashed;
            }
            if self.is_lost(index, &fact) {
                continue;
            }
            let now = self.clock_of(service);
            match carry_out(&mut self.log, jurisdiction, &fact, follow, now) {
                Ok(new) => self.settle(new),
                Err(error) => {
                    self.count(&error);
                    failed = true;
                    if !service.goes_on_after_a_refusal() {
                        break;
                    }
                }
            }
        }
        match (failed, crash) {
            (true, _) => Handled::Failed,
            (false, Some(_)) => {
                self.mishap("crashed before acknowledging");
                Handled::Crashed
            }
            (false, None) => Handled::Done,
        }
    }

    fn is_lost(&mut self, index: usize, fact: &Recorded) -> bool {
        let consumer = &mut self.consumers[index];
        consumer.reactions += 1;
        match self.plan.settings.sabotage {
            Some(Sabotage::DropReactions(every)) => consumer.reactions.is_multiple_of(every),
            Some(Sabotage::IgnoreConflict) => fact.name.contains(".conflict_noted."),
            Some(Sabotage::SwallowAcceptances) => {
                consumer.service == Service::CaseAssignment && fact.name.starts_with("tip.accepted.")
            }
            _ => false,
        }
    }
}

fn later_on_its_stream(log: &Log, place: usize) -> Vec<usize> {
    let Some(fact) = log.facts().get(place) else {
        return vec![];
    };
    let later = log
        .stream(&fact.stream)
        .filter(|later| later.revision > fact.revision);
    let places = later.filter_map(|later| usize::try_from(later.position - 1).ok());
    places.collect()
}
