//! Histories for tests: facts one after the other, and which invariant they break.

use crate::{Circumstances, Extent, Fact, Invariant, Watch};
use accountability_domain::{AccountabilityEvent, ClockId, StopReason};
use case_domain::{CaseEvent, Origin};
use decider::{StoredEvent, encode};
use disposal_domain::{Class, DisposalEvent, Measure, prescribed, required_reviews};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::sample::{acting, suqian};
use jurisdiction::{Actor, CaseId, EvidenceId, Obligation, Role, Subject, TipId, UnitCode, Urgency};
use serde_json::Value;
use tip_domain::{Authenticity, Channel, Compartment, Sealed, TipEvent};
use uuid::Uuid;

/// How long a clock of [`Story::clock_started`] is given, in hours.
pub(crate) const HOURS: i64 = 72;

/// Facts so far, and who goes on when.
#[derive(Clone)]
pub(crate) struct Story {
    facts: Vec<Kept>,
    actor: Actor,
    at: Timestamp,
    extent: Extent,
    grace: SignedDuration,
    secrets: Vec<String>,
    contemporary: bool,
}

#[derive(Clone)]
struct Kept {
    id: Uuid,
    stream: String,
    revision: u64,
    name: String,
    data: Value,
    at: Timestamp,
    actor: Actor,
    cause: Uuid,
    command: Uuid,
}

/// So many hours after the beginning.
pub(crate) fn instant(hours: i64) -> Timestamp {
    let beginning: Timestamp = "2020-06-01T01:00:00Z".parse().expect("a timestamp");
    beginning + SignedDuration::from_hours(hours)
}

pub(crate) fn due_in(hours: i64) -> Timestamp {
    instant(hours)
}

pub(crate) fn clock_id(obligation: Obligation, number: u32) -> ClockId {
    ClockId::new(obligation, number)
}

impl Story {
    pub(crate) fn new() -> Self {
        Self {
            facts: Vec::new(),
            actor: Actor::system("story"),
            at: instant(0),
            extent: Extent::Everything,
            grace: SignedDuration::ZERO,
            secrets: Vec::new(),
            contemporary: false,
        }
    }
    /// Each fact is judged by the directory of its own day.
    pub(crate) fn contemporary(mut self) -> Self {
        self.contemporary = true;
        self
    }
    pub(crate) fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }
    pub(crate) fn acting(self, role: Role, unit: &str) -> Self {
        self.by(acting(role, unit))
    }
    pub(crate) fn hours_later(mut self, hours: i64) -> Self {
        self.at += SignedDuration::from_hours(hours);
        self
    }
    pub(crate) fn grace_minutes(mut self, minutes: i64) -> Self {
        self.grace = SignedDuration::from_mins(minutes);
        self
    }
    pub(crate) fn extent(mut self, extent: Extent) -> Self {
        self.extent = extent;
        self
    }
    pub(crate) fn secret(mut self, secret: &str) -> Self {
        self.secrets.push(secret.to_owned());
        self
    }
    /// `stream` is a category and, for ids, a number: `case-7` is the stream of `CaseId::sample(7)`.
    pub(crate) fn record<E: StoredEvent>(self, stream: &str, event: E) -> Self {
        let command = self.command();
        self.record_because(stream, event, command)
    }
    pub(crate) fn record_because<E: StoredEvent>(self, stream: &str, event: E, cause: Uuid) -> Self {
        let (name, data) = encode(&event);
        self.keep(stream, name, data, cause)
    }
    pub(crate) fn record_raw(self, stream: &str, name: &str, data: Value) -> Self {
        let command = self.command();
        self.keep(stream, name.to_owned(), data, command)
    }
    pub(crate) fn clock_started(self, subject: Subject, obligation: Obligation, unit: &str) -> Self {
        self.clock_started_as(subject, (obligation, 1), unit, HOURS)
    }
    pub(crate) fn clock_started_as(
        self,
        subject: Subject,
        (obligation, number): (Obligation, u32),
        unit: &str,
        hours: i64,
    ) -> Self {
        let event = AccountabilityEvent::ClockStarted {
            clock: clock_id(obligation, number),
            subject: subject.clone(),
            obligation,
            unit: UnitCode::of(unit),
            person: None,
            urgency: Urgency::Normal,
            started: self.at,
            limit: None,
            due: self.at + SignedDuration::from_hours(hours),
            what: String::new(),
            ladder: None,
        };
        self.record(&format!("accountability-{}", subject.id()), event)
    }
    pub(crate) fn clock_stopped(self, subject: Subject, obligation: Obligation, by: StopReason) -> Self {
        let event = AccountabilityEvent::ClockStopped {
            clock: clock_id(obligation, 1),
            by,
            at: self.at,
        };
        self.record(&format!("accountability-{}", subject.id()), event)
    }
    /// The n-th fact was never recorded, and the others are numbered as if it had been.
    pub(crate) fn without(mut self, index: usize) -> Self {
        self.facts.remove(index);
        self
    }
    pub(crate) fn last_id(&self) -> Uuid {
        self.facts.last().map(|kept| kept.id).unwrap_or_default()
    }

    fn command(&self) -> Uuid {
        Uuid::from_u128(1_000_000 + self.facts.len() as u128)
    }
    fn keep(mut self, stream: &str, name: String, data: Value, cause: Uuid) -> Self {
        let stream = spelled(stream);
        let before = self.facts.iter().filter(|kept| kept.stream == stream);
        let (revision, command) = (before.count() as u64, self.command());
        self.facts.push(Kept {
            id: Uuid::from_u128(2_000_000 + self.facts.len() as u128),
            stream,
            revision,
            name,
            data,
            at: self.at,
            actor: self.actor.clone(),
            cause,
            command,
        });
        self
    }

    fn found(&self, invariant: Invariant) -> Vec<String> {
        let facts = self.facts.iter().enumerate().map(|(position, kept)| Fact {
            id: kept.id,
            stream: &kept.stream,
            revision: kept.revision,
            position: position as u64 + 1,
            name: &kept.name,
            data: &kept.data,
            at: kept.at,
            actor: &kept.actor,
            cause: kept.cause,
            command: kept.command,
        });
        let jurisdiction = suqian();
        let circumstances = Circumstances {
            jurisdiction: &jurisdiction,
            now: self.at,
            grace: self.grace,
            extent: self.extent,
            secrets: &self.secrets,
        };
        let mut watch = Watch::new(circumstances);
        if self.contemporary {
            watch.judge_by(&jurisdiction);
        }
        facts.for_each(|fact| watch.take(&fact));
        let found = watch.violations(self.at).into_iter();
        let found = found.filter(|violation| violation.invariant == invariant);
        found.map(|violation| violation.says).collect()
    }
    #[track_caller]
    pub(crate) fn holds(self, invariant: Invariant) {
        assert_eq!(self.found(invariant), Vec::<String>::new());
    }
    /// At least one violation says so.
    #[track_caller]
    pub(crate) fn breaks(self, invariant: Invariant, says: &str) {
        let found = self.found(invariant);
        assert!(
            found.iter().any(|found| found.contains(says)),
            "found only {found:?}"
        );
    }
}

fn spelled(stream: &str) -> String {
    match stream.split_once('-') {
        Some((category, number)) if number.len() < 3 => {
            let number = number.parse().expect("a number");
            format!("{category}-{}", Uuid::from_u128(number))
        }
        _ => stream.to_owned(),
    }
}

pub(crate) fn tip_received() -> TipEvent {
    TipEvent::TipReceived {
        channel: Channel::Web,
        line: Some("0527-12350".into()),
        authenticity: Authenticity::Unsigned,
        place: tip_domain::Place {
            text: "胡集镇老砖瓦厂院内".into(),
            ..tip_domain::Place::default()
        },
        seen: vec![],
        seen_when: String::new(),
        evidence: vec![],
        confidential: false,
        wants_answer: true,
        danger: false,
        receipt_hash: "ab".repeat(32),
        identity: Some(Sealed::sample(Compartment::Identity, "contact")),
        content: Some(Sealed::sample(Compartment::Content, "narrative")),
        against: jurisdiction::Against::default(),
    }
}

pub(crate) fn tip_accepted(case: CaseId) -> TipEvent {
    TipEvent::TipAccepted {
        case,
        opens_case: true,
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: tip_domain::Place::default(),
        urgency: Urgency::Normal,
        confidential: false,
        against: jurisdiction::Against::default(),
    }
}

pub(crate) fn case_opened(tip: TipId) -> CaseEvent {
    CaseEvent::CaseOpened {
        origin: Origin::Tip { tip },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: case_domain::Place::default(),
        urgency: Urgency::Normal,
        confidential: false,
        against: jurisdiction::Against::default(),
    }
}

pub(crate) fn assigned(to: &str) -> CaseEvent {
    CaseEvent::CaseAssigned {
        to: UnitCode::of(to),
        instructions: String::new(),
        co_handlers: vec![],
    }
}

pub(crate) fn disposal_ordered(class: Class, unit: &str) -> DisposalEvent {
    let unit = UnitCode::of(unit);
    let level = suqian().level(&unit).expect("a unit of the sample");
    DisposalEvent::DisposalOrdered {
        class,
        unit,
        measures: prescribed(class).to_vec(),
        reviews: required_reviews(level).to_vec(),
        place: "胡集镇老砖瓦厂院内".into(),
        summary: String::new(),
        urgency: Urgency::Normal,
        against: jurisdiction::Against::default(),
    }
}

pub(crate) fn completed(measure: Measure) -> DisposalEvent {
    DisposalEvent::MeasureCompleted {
        measure,
        before: vec![EvidenceId::sample(1)],
        after: vec![EvidenceId::sample(2)],
        note: String::new(),
    }
}
