//! Every missed deadline has its rung: each clock fires at its instant, each rung in its turn, the top one again and again.

use crate::event::Event;
use crate::{Circumstances, Fact, Found, Place, Rule};
use accountability_domain::{AccountabilityEvent, ClockId, Escalation, MoveReason, Rest, rung_due};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Jurisdiction, Ladder, Rung, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

/// Clocks of different machines differ; by more than that they do not.
const SKEW: SignedDuration = SignedDuration::from_mins(1);

#[derive(Default)]
pub(crate) struct Rungs {
    clocks: BTreeMap<(String, ClockId), Clock>,
    /// Clocks that an open inquiry looks into: by stream and number.
    inquiries: BTreeMap<(String, u32), Option<ClockId>>,
}

struct Clock {
    unit: UnitCode,
    due: Timestamp,
    /// As it was at the start; of today if the fact is too old to say.
    ladder: Option<Ladder>,
    stopped: Option<Timestamp>,
    /// When it last went on after a rest: until then nothing could fire.
    resumed: Option<Timestamp>,
    /// While it rested the ladder did not climb.
    rests: Vec<Rest>,
    misses: BTreeSet<Timestamp>,
    /// Rungs of the present deadline: which, when the ladder reached it, when it was recorded.
    steps: Vec<(Rung, Timestamp, Timestamp)>,
    last: Place,
}

impl Rule for Rungs {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        let Event::Accountability(event) = event else {
            return;
        };
        if let Some((rung, escalation)) = event.as_escalation() {
            if let Some(clock) = self.clock(fact, &escalation.clock) {
                clock.climbs(rung, escalation, fact, found);
            }
            return;
        }
        match event {
            AccountabilityEvent::ClockStarted {
                clock,
                unit,
                due,
                ladder,
                ..
            } => {
                let key = (fact.stream.to_owned(), clock.clone());
                self.clocks.entry(key).or_insert_with(|| Clock {
                    unit: unit.clone(),
                    due: *due,
                    ladder: ladder.clone(),
                    stopped: None,
                    resumed: None,
                    rests: Vec::new(),
                    misses: BTreeSet::new(),
                    steps: Vec::new(),
                    last: Place::of(fact),
                });
            }
            AccountabilityEvent::ClockStopped { clock, at, .. } => {
                if let Some(clock) = self.clock(fact, clock) {
                    let skipped = clock.skipped(*at, circumstances.jurisdiction);
                    if let Some(rung) = skipped.filter(|_| found.contemporary) {
                        found.wrong(fact, format!("办结太晚，此前却没有{}。", rung.in_chinese()));
                    }
                    clock.stopped = Some(*at);
                }
            }
            AccountabilityEvent::ClockMoved {
                clock, to, reason, ..
            } => {
                if let Some(clock) = self.clock(fact, clock) {
                    clock.moves(*to, reason, fact.at);
                }
            }
            AccountabilityEvent::DeadlineMissed { clock, due, .. } => {
                if let Some(clock) = self.clock(fact, clock) {
                    if clock.due != *due || fact.at + SKEW < *due {
                        found.wrong(fact, "还没有到期，就记为超期。");
                    }
                    clock.misses.insert(*due);
                }
            }
            AccountabilityEvent::InquiryOpened { inquiry, clock, .. } => {
                self.inquiries
                    .insert((fact.stream.to_owned(), *inquiry), clock.clone());
            }
            AccountabilityEvent::InquiryClosed { inquiry, .. } => {
                self.inquiries.remove(&(fact.stream.to_owned(), *inquiry));
            }
            _ => {}
        }
    }

    fn end(&self, circumstances: &Circumstances<'_>, found: &mut Found<'_>) {
        for ((stream, id), clock) in &self.clocks {
            let mut inquiries = self
                .inquiries
                .range((stream.clone(), 0)..=(stream.clone(), u32::MAX));
            // An answer is owed to the ladder of another clock: its name says which.
            let looks_into = |of: &ClockId| of == id || id.as_str().contains(&format!("#{of}/"));
            let under_inquiry = inquiries.any(|(_, of)| of.as_ref().is_some_and(looks_into));
            if let Some(says) = clock.lacks(under_inquiry, circumstances) {
                found.missing(&clock.last, format!("{says}（{}，{id}）", clock.unit));
            }
        }
    }
}

impl Rungs {
    fn clock(&mut self, fact: &Fact<'_>, id: &ClockId) -> Option<&mut Clock> {
        let clock = self.clocks.get_mut(&(fact.stream.to_owned(), id.clone()))?;
        clock.last = Place::of(fact);
        Some(clock)
    }
}

impl Clock {
    fn moves(&mut self, to: Timestamp, reason: &MoveReason, at: Timestamp) {
        if self.due != to {
            self.due = to;
            self.steps.clear();
        }
        if let MoveReason::Reassigned { unit, .. } | MoveReason::PassedOn { unit, .. } = reason {
            self.unit = unit.clone();
        }
        let goes_on = match reason {
            MoveReason::Reassigned { again, .. } => again.as_ref().map_or(at, |again| again.at),
            MoveReason::Resumed { since, .. } => since.unwrap_or(at),
            MoveReason::Extension { .. } | MoveReason::CalendarChange | MoveReason::PassedOn { .. } => return,
        };
        if let Some(from) = self.stopped.take() {
            self.resumed = Some(at);
            self.rests.push(Rest {
                from,
                to: goes_on.max(from),
            });
        }
    }

    fn climbs(&mut self, rung: Rung, escalation: &Escalation, fact: &Fact<'_>, found: &mut Found<'_>) {
        if !self.misses.contains(&escalation.deadline) {
            found.wrong(fact, format!("没有超期记录，就{}。", rung.in_chinese()));
        }
        if fact.at + SKEW < escalation.reached || escalation.reached < escalation.deadline {
            found.wrong(fact, format!("{}早于应有的时刻。", rung.in_chinese()));
        }
        let expected = match self.steps.last() {
            None => Some(Rung::Reminder),
            Some((last, ..)) => last.next().or(Some(Rung::Referral)),
        };
        if escalation.deadline == self.due && Some(rung) != expected {
            found.wrong(fact, format!("督办越级：不该是{}。", rung.in_chinese()));
        }
        if escalation.deadline == self.due {
            self.steps.push((rung, escalation.reached, fact.at));
        }
    }

    /// The lowest rung that was reached before the work was done and is not on record, by the calendar of then.
    fn skipped(&self, done: Timestamp, jurisdiction: &Jurisdiction) -> Option<Rung> {
        let ladder = self.ladder.as_ref().unwrap_or(&jurisdiction.ladder);
        let (next, not_before) = match self.steps.last() {
            None => (Rung::Reminder, self.due),
            Some((last, reached, _)) => (last.next()?, *reached),
        };
        let calendar = &jurisdiction.calendar;
        let reached = rung_due(ladder, next, self.due, &self.rests, calendar).max(not_before);
        (done > self.due && reached <= done).then_some(next)
    }

    /// What should have followed by now. A clock that was stopped in time lacks nothing; of one that was stopped late, the
    /// calendar may have been another then, so that only the miss is certain.
    fn lacks(&self, under_inquiry: bool, circumstances: &Circumstances<'_>) -> Option<String> {
        let horizon = circumstances.horizon();
        let missed = self.misses.contains(&self.due);
        if let Some(stopped) = self.stopped {
            let late = stopped > self.due;
            return (late && !missed).then(|| "办完时已经超期，却没有超期记录。".to_owned());
        }
        if self.due.max(self.resumed.unwrap_or(self.due)) > horizon {
            return None;
        }
        if !missed {
            return Some("已经超期，却没有超期记录。".to_owned());
        }
        let today = &circumstances.jurisdiction.ladder;
        let ladder = self.ladder.as_ref().unwrap_or(today);
        let Some((last, reached, issued)) = self.steps.last() else {
            return Some("已经超期，却没有催办。".to_owned());
        };
        match last.next() {
            Some(next) => {
                let calendar = &circumstances.jurisdiction.calendar;
                let due = rung_due(ladder, next, self.due, &self.rests, calendar).max(*reached);
                (due <= horizon).then(|| format!("超期已久，却没有{}。", next.in_chinese()))
            }
            None if under_inquiry => None,
            None => (ladder.repetition(*issued) <= horizon).then(|| "最高一级督办之后再无下文。".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;
