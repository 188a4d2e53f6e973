//! What was asked to be sent, and how far it is: the fold of all notifications, the waiting ones by their instant. Pure.

use crate::policy::DANGER;
use decider::{Decider, Stamp};
use jiff::Timestamp;
use jurisdiction::Subject;
use notification_domain::{
    Addressee, Channel, Delivery, Message, Notification, NotificationEvent, NotificationState,
};
use platform::Recorded;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// All notifications, without what they say: texts are read from the store when they are needed.
#[derive(Default)]
pub(crate) struct Outbox {
    entries: HashMap<Uuid, Entry>,
    /// By the position of the request.
    in_order: BTreeMap<u64, Uuid>,
    waiting: Lanes<BTreeSet<(Timestamp, Uuid)>>,
}

/// In which order of importance something is sent. Nothing in one lane waits for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Immediate danger: people may die while it waits.
    Alarm,
    Ordinary,
}

impl Lane {
    pub(crate) const ALL: [Self; 2] = [Self::Alarm, Self::Ordinary];

    fn of(state: &NotificationState) -> Self {
        let alarms = |message: &Message| message.template == DANGER;
        match state.message.as_ref().is_some_and(alarms) {
            true => Self::Alarm,
            false => Self::Ordinary,
        }
    }
}

/// One of each lane.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lanes<T> {
    alarm: T,
    ordinary: T,
}

impl<T> Lanes<T> {
    pub(crate) fn of(&self, lane: Lane) -> &T {
        match lane {
            Lane::Alarm => &self.alarm,
            Lane::Ordinary => &self.ordinary,
        }
    }
    pub(crate) fn of_mut(&mut self, lane: Lane) -> &mut T {
        match lane {
            Lane::Alarm => &mut self.alarm,
            Lane::Ordinary => &mut self.ordinary,
        }
    }
}

/// One notification as the lists show it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    pub state: NotificationState,
    pub requested_at: Timestamp,
    pub revision: u64,
    queued: Option<Timestamp>,
    at_work: bool,
    /// The attempt is over; what came of it is on its way.
    awaits_fact: bool,
}

/// An attempt to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    pub id: Uuid,
    pub revision: u64,
    pub lane: Lane,
}

/// Which notifications are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub state: Option<String>,
    pub about: Option<Subject>,
    /// To one of these; to anybody if none is named.
    pub addressees: Vec<Addressee>,
    /// Subjects that do not exist for whoever asks, as letters name them.
    pub hidden: HashSet<String>,
}

impl Outbox {
    /// Takes in one fact.
    pub(crate) fn take(&mut self, event: Recorded) {
        let Ok(id) = Uuid::parse_str(event.subject()) else {
            tracing::error!(stream = %event.stream, "not the name of a notification");
            return;
        };
        let stamp = event.stamp();
        match decider::decode::<NotificationEvent>(&event.name, event.data) {
            Ok(fact) => self.apply(id, (event.position, event.revision), without_text(fact), &stamp),
            Err(error) => tracing::error!(stream = %event.stream, %error, "a fact is unreadable"),
        }
    }

    fn apply(&mut self, id: Uuid, (position, revision): (u64, u64), fact: NotificationEvent, stamp: &Stamp) {
        let entry = self.entries.entry(id).or_default();
        if matches!(fact, NotificationEvent::NotificationRequested { .. }) {
            entry.requested_at = stamp.at;
            self.in_order.insert(position, id);
        }
        entry.revision = revision;
        if std::mem::take(&mut entry.awaits_fact) {
            entry.at_work = false;
        }
        Notification::evolve(&mut entry.state, &fact, stamp);
        self.queue(id);
    }

    /// The notification of a lane to be tried first, if one is to be tried by now. It is out of the queue until
    /// [`Outbox::done`].
    pub(crate) fn next_job(&mut self, lane: Lane, now: Timestamp) -> Option<Job> {
        let first = self.waiting.of(lane).first().copied();
        let (_, id) = first.filter(|(from, _)| *from <= now)?;
        let entry = self.entries.get_mut(&id)?;
        entry.at_work = true;
        let revision = entry.revision;
        self.queue(id);
        Some(Job { id, revision, lane })
    }

    /// Takes an attempt back. What came of it is a fact that comes by the subscription; `again` if nothing came of it.
    pub(crate) fn done(&mut self, job: Job, again: bool) {
        let Some(entry) = self.entries.get_mut(&job.id) else {
            return;
        };
        if again || entry.revision > job.revision {
            entry.at_work = false;
            self.queue(job.id);
        } else {
            entry.awaits_fact = true;
        }
    }

    pub(crate) fn next_attempt(&self, lane: Lane) -> Option<Timestamp> {
        self.waiting.of(lane).first().map(|(from, _)| *from)
    }

    fn queue(&mut self, id: Uuid) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        let waiting = self.waiting.of_mut(Lane::of(&entry.state));
        if let Some(from) = entry.queued.take() {
            waiting.remove(&(from, id));
        }
        // Messages by telephone are other people's business.
        let by_mail = entry.state.message.as_ref();
        let by_mail = by_mail.is_some_and(|message| message.channel == Channel::Mail);
        if let Some(from) = entry.state.next_attempt().filter(|_| by_mail && !entry.at_work) {
            entry.queued = Some(from);
            waiting.insert((from, id));
        }
    }

    /// Those that are wanted, newest first, from below a position, with their number in all.
    pub(crate) fn list(
        &self,
        wanted: &Wanted,
        below: Option<u64>,
        most: usize,
    ) -> (Vec<(u64, Uuid, Entry)>, usize) {
        let all = self.in_order.iter().rev().filter_map(|(position, id)| {
            let entry = self.entries.get(id)?;
            wanted.fits(entry).then_some((*position, *id, entry))
        });
        let total = all.clone().count();
        let page = all.filter(|(position, ..)| below.is_none_or(|below| *position < below));
        let page = page.take(most);
        (
            page.map(|(position, id, entry)| (position, id, entry.clone()))
                .collect(),
            total,
        )
    }
}

impl Entry {
    /// waiting | sent | abandoned
    pub(crate) fn stage(&self) -> &'static str {
        match self.state.delivery {
            Delivery::Absent | Delivery::Waiting { .. } => "waiting",
            Delivery::Sent { .. } => "sent",
            Delivery::Abandoned { .. } => "abandoned",
        }
    }
}

impl Wanted {
    fn fits(&self, entry: &Entry) -> bool {
        let Some(message) = &entry.state.message else {
            return false;
        };
        self.state.as_ref().is_none_or(|state| state == entry.stage())
            && self.about.as_ref().is_none_or(|about| *about == message.about)
            && (self.addressees.is_empty() || self.addressees.contains(&message.addressee))
            && (self.hidden.is_empty() || !self.hidden.contains(&message.about.to_string()))
    }
}

fn without_text(mut fact: NotificationEvent) -> NotificationEvent {
    if let NotificationEvent::NotificationRequested { subject, body, .. } = &mut fact {
        subject.clear();
        body.clear();
    }
    fact
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::{Actor, UnitCode};

    fn requested(outbox: &mut Outbox, number: u128, template: &str) {
        let fact = NotificationEvent::NotificationRequested {
            channel: Channel::Mail,
            addressee: Addressee::Unit {
                unit: UnitCode::of("321300-AWB"),
            },
            template: template.to_owned(),
            subject: String::new(),
            body: String::new(),
            about: Subject::Case(jurisdiction::CaseId::sample(7)),
        };
        let stamp = Stamp {
            at: Timestamp::constant(1_590_000_000 + i64::try_from(number).unwrap_or_default(), 0),
            by: Actor::system("test"),
        };
        let id = Uuid::from_u128(number);
        outbox.apply(id, (u64::try_from(number).unwrap_or_default(), 0), fact, &stamp);
    }

    #[test]
    fn an_alarm_waits_behind_nothing() {
        let mut outbox = Outbox::default();
        for number in 1..=500 {
            requested(&mut outbox, number, "reminder");
        }
        requested(&mut outbox, 501, DANGER);
        let now = Timestamp::constant(1_600_000_000, 0);
        let alarm = outbox.next_job(Lane::Alarm, now).expect("the alarm");
        assert_eq!(alarm.id, Uuid::from_u128(501));
        assert_eq!(outbox.next_job(Lane::Alarm, now), None);
        let ordinary = outbox.next_job(Lane::Ordinary, now).expect("a reminder");
        assert_eq!(ordinary.id, Uuid::from_u128(1));
        outbox.done(alarm, true);
        assert_eq!(
            outbox.next_job(Lane::Alarm, now).map(|job| job.id),
            Some(alarm.id)
        );
    }
}
