//! No clock reset: nothing but a granted extension, a calendar change or a hand-over on the same date moves a deadline.

mod allowed;

use crate::event::Event;
use crate::{Circumstances, Extent, Fact, Found, Rule};
use accountability_domain::{AccountabilityEvent, ClockId, MoveReason, StopReason};
use allowed::Allowed;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Limit, Obligation, Subject, UnitCode};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Clocks of different machines differ; by more than that they do not.
const SKEW: SignedDuration = SignedDuration::from_mins(1);

#[derive(Default)]
pub(crate) struct Clocks {
    /// By stream, in the order in which they started.
    streams: BTreeMap<String, Vec<Clock>>,
    /// When each fact that a clock may follow from happened.
    instants: BTreeMap<Uuid, Timestamp>,
    /// Extensions granted, by the id in the stream's name.
    granted: BTreeMap<String, Vec<Timestamp>>,
    /// Ids whose own history was seen.
    seen: BTreeMap<String, ()>,
}

struct Clock {
    id: ClockId,
    subject: Subject,
    obligation: Obligation,
    unit: UnitCode,
    limit: Option<Limit>,
    started: Timestamp,
    due: Timestamp,
    /// The last start, and the fact behind it.
    began: (Timestamp, ClockId),
    missed: bool,
    stopped: Option<(StopReason, Timestamp)>,
}

impl Clock {
    fn is_withdrawn(&self) -> bool {
        matches!(self.stopped, Some((StopReason::Withdrawn, _)))
    }
}

impl Rule for Clocks {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        self.instants.insert(fact.id, fact.at);
        match event {
            Event::Accountability(event) => self.of_clock(event, fact, circumstances, found),
            Event::Case(..) | Event::Disposal(..) => {
                let id = subject_of(fact.stream);
                self.seen.insert(id.clone(), ());
                if fact.name.contains("extension_granted") {
                    self.granted.entry(id).or_default().push(fact.at);
                }
            }
            _ => {}
        }
    }
}

impl Clocks {
    fn of_clock(
        &mut self,
        event: &AccountabilityEvent,
        fact: &Fact<'_>,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            AccountabilityEvent::ClockStarted { .. } => self.started(event, fact, circumstances, found),
            AccountabilityEvent::ClockMoved { .. } => self.moved(event, fact, circumstances, found),
            AccountabilityEvent::ClockStopped { clock, by, at } => {
                if let Some(stopped) = self.clock(fact.stream, clock) {
                    let (began, start) = &stopped.began;
                    // What a unit owes from a day to come it may do before.
                    let early = at < began && !matches!(stopped.subject, Subject::Unit(_));
                    if early || start.is_started_by(fact.cause) {
                        found.wrong(fact, "时限被起算之前的事，或被起算它的那件事停掉。");
                    }
                    // Done in time and heard of too late: not missed after all.
                    stopped.missed &= *at > stopped.due;
                    stopped.stopped = Some((*by, *at));
                }
            }
            AccountabilityEvent::DeadlineMissed { clock, due, .. } => {
                if let Some(missed) = self.clock(fact.stream, clock) {
                    missed.missed = missed.due == *due;
                }
            }
            _ => {}
        }
    }

    fn started(
        &mut self,
        event: &AccountabilityEvent,
        fact: &Fact<'_>,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        let AccountabilityEvent::ClockStarted {
            clock: id,
            subject,
            obligation,
            unit,
            urgency,
            started,
            limit,
            due,
            ..
        } = event
        else {
            return;
        };
        let cause = id
            .as_str()
            .rsplit_once('#')
            .and_then(|(_, cause)| cause.parse().ok());
        let happened = cause.and_then(|cause: Uuid| self.instants.get(&cause));
        if happened.is_some_and(|happened| started > happened) || *started > fact.at + SKEW {
            found.wrong(fact, "时限从晚于起因的时刻起算。");
        }
        let allowed = Allowed {
            limit: *limit,
            obligation: *obligation,
            started: *started,
        };
        if !allowed.holds(*due, circumstances.jurisdiction, found.contemporary) {
            found.wrong(fact, "期限与规定的时限不符。");
        }
        // A date without a limit is what was left of one, and never more than a new one would be.
        let fresh = || circumstances.jurisdiction.due(*obligation, *urgency, *started);
        let of_a_unit = matches!(subject, Subject::Unit(_));
        if limit.is_none() && !of_a_unit && found.contemporary && *due > fresh() {
            found.wrong(fact, "剩余的时间比规定的时限还长。");
        }
        let clocks = self.streams.entry(fact.stream.to_owned()).or_default();
        if clocks.iter().any(|clock| clock.id == *id) {
            found.wrong(fact, "同一时限重新起算。");
        }
        // Obligations of a unit as such run side by side, and so does what is owed for having failed.
        if !matches!(subject, Subject::Unit(_)) && !obligation.is_of_accountability() {
            let same = |clock: &&Clock| clock.obligation == *obligation && clock.subject == *subject;
            against_earlier(
                clocks.iter().filter(same),
                (*obligation, unit),
                (*started, *due),
                (fact, circumstances),
                found,
            );
        }
        clocks.push(Clock {
            id: id.clone(),
            subject: subject.clone(),
            obligation: *obligation,
            unit: unit.clone(),
            limit: *limit,
            started: *started,
            due: *due,
            began: (*started, id.clone()),
            missed: false,
            stopped: None,
        });
    }

    fn moved(
        &mut self,
        event: &AccountabilityEvent,
        fact: &Fact<'_>,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        let AccountabilityEvent::ClockMoved {
            clock,
            from,
            to,
            reason,
        } = event
        else {
            return;
        };
        // Whoever judges an answer lets the clock go on with it; nobody else touches one.
        let resumed = matches!(reason, MoveReason::Resumed { .. });
        if !fact.actor.is_system() && !resumed {
            found.wrong(fact, "时限被人直接改动。");
        }
        match reason {
            MoveReason::Resumed { .. } => {
                let resumed = self.clock(fact.stream, clock);
                let rested = resumed.and_then(|clock| clock.stopped);
                // An answer that a higher rung had made needless, and that is owed after all, was never given late.
                let anew = |by: StopReason| by == StopReason::Ended && is_answer(clock);
                let left =
                    |at: Timestamp| at <= *from && *to <= latest(fact.at, at, *from, circumstances) + SKEW;
                if to != from && !rested.is_some_and(|(by, at)| anew(by) || left(at)) {
                    found.wrong(fact, "答复被退回后得到了新的时限，而不是剩下的时间。");
                }
            }
            MoveReason::Extension { granted } => {
                if to <= from || granted > from {
                    found.wrong(fact, "延期要在到期前批准，并且只会往后。");
                }
                let id = subject_of(fact.stream);
                let known = circumstances.extent > Extent::Streams && self.seen.contains_key(&id);
                let on_record = self.granted.get(&id).is_some_and(|all| all.contains(granted));
                if known && !on_record {
                    found.wrong(fact, "时限延长了，却没有批准延期的记录。");
                }
            }
            MoveReason::CalendarChange => {
                let counted = self.clock(fact.stream, clock).map(|clock| Allowed {
                    limit: clock.limit,
                    obligation: clock.obligation,
                    started: clock.started,
                });
                let counts = |allowed: Allowed| {
                    let dated = allowed.limit.is_none();
                    !dated && allowed.holds(*to, circumstances.jurisdiction, found.contemporary)
                };
                if counted.is_some_and(|allowed| !counts(allowed)) {
                    found.wrong(fact, "以日历变化为名改动了期限，而日历算不出这个日期。");
                }
            }
            MoveReason::Reassigned { .. } | MoveReason::PassedOn { .. } if to != from => {
                found.wrong(fact, "改派改动了期限。")
            }
            _ => {}
        }
        let from_the_beginning = self.streams.contains_key(fact.stream) || fact.revision == 0;
        match self.clock(fact.stream, clock) {
            Some(moved) => {
                if moved.due != *from {
                    found.wrong(fact, "调整前的期限与记录不符。");
                }
                moved.due = *to;
                if let MoveReason::Reassigned { unit, again, .. } = reason {
                    moved.unit = unit.clone();
                    moved.stopped = None;
                    if let Some(again) = again {
                        moved.began = (again.at, again.clock.clone());
                    }
                } else if let MoveReason::PassedOn { unit, .. } = reason {
                    moved.unit = unit.clone();
                } else if resumed {
                    moved.stopped = None;
                    moved.missed &= to == from;
                } else {
                    moved.missed = false;
                    // What was extended is a date, and no calendar counts it again.
                    if let MoveReason::Extension { .. } = reason {
                        moved.limit = None;
                    }
                }
            }
            None if from_the_beginning => {
                found.wrong(fact, "没有起算过的时限被调整。");
            }
            None => {}
        }
    }

    fn clock(&mut self, stream: &str, id: &ClockId) -> Option<&mut Clock> {
        self.streams
            .get_mut(stream)?
            .iter_mut()
            .rfind(|clock| clock.id == *id)
    }
}

/// A start while the same thing runs, or of what was taken away, gives no time that was used up already.
fn against_earlier<'c>(
    earlier: impl DoubleEndedIterator<Item = &'c Clock>,
    (obligation, unit): (Obligation, &UnitCode),
    (started, due): (Timestamp, Timestamp),
    (fact, circumstances): (&Fact<'_>, &Circumstances<'_>),
    found: &mut Found<'_>,
) {
    let passes_on = obligation != Obligation::Acknowledge;
    let last = earlier
        .rev()
        .find(|clock| clock.unit == *unit || (passes_on && clock.is_withdrawn() && clock.missed));
    let Some(last) = last else { return };
    match last.stopped {
        None => found.wrong(fact, "同一事项的时限还在走，又起算了一次。"),
        Some((StopReason::Withdrawn, _)) if last.missed => {
            found.wrong(fact, "已经超期的时限因改派重新起算。");
        }
        Some((StopReason::Withdrawn, at)) if due > latest(started, at, last.due, circumstances) => {
            found.wrong(fact, "收回后又交回的事项得到了新的时限，而不是剩下的时间。");
        }
        Some(_) => {}
    }
}

/// Until when a rest at `rested` lets something due at `due` go on, if it goes on at `again`: the time that was left, or, where
/// a holiday lies between, the working days that were.
fn latest(
    again: Timestamp,
    rested: Timestamp,
    due: Timestamp,
    circumstances: &Circumstances<'_>,
) -> Timestamp {
    let calendar = &circumstances.jurisdiction.calendar;
    let days = u16::try_from(calendar.working_days_between(rested, due)).unwrap_or_default();
    let by_days = calendar.end_of_working_day_after(again, days);
    by_days.max(again + due.duration_since(rested))
}

fn is_answer(clock: &ClockId) -> bool {
    clock.as_str().starts_with(Obligation::AnswerEscalation.code())
}

fn subject_of(stream: &str) -> String {
    stream.split_once('-').map_or("", |(_, id)| id).to_owned()
}

#[cfg(test)]
mod tests;
