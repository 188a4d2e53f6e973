//! The views on real SQLite files, fed with facts as the domains write them.

mod bulletin;
mod conflict;
mod duplicates;
mod failures;
mod figures;
mod files;
mod forms;
mod glance;
mod goldens;
mod many;
mod past;
mod published;
mod rates;
mod rebuilding;
mod reports;
mod searching;
mod sight;
mod supervision;
mod work;
mod work_desks;
mod work_pages;
mod work_sealed;

use crate::asking::{Asked, Asker, Query};
use crate::book::{Book, BookError};
use accountability_domain::{AccountabilityEvent, ClockId, StopReason};
use case_domain::{CaseEvent, ClosingReason, Method, Origin, Place};
use decider::{StoredEvent, encode};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::sample::{OFFICE, acting, suqian};
use jurisdiction::{Actor, CaseId, Jurisdiction, Obligation, Role, Subject, UnitCode, Urgency};
use platform::{Followed, Metadata, Recorded};
use std::collections::HashMap;
use std::sync::Arc;
use tempfile::TempDir;
use tonic::Status;
use uuid::Uuid;

/// Facts in the order in which they were committed.
struct History {
    facts: Vec<Recorded>,
    revisions: HashMap<String, u64>,
    now: Timestamp,
}

impl History {
    /// Begins on Monday 1 June 2020, nine in the morning in Suqian.
    fn new() -> Self {
        Self {
            facts: Vec::new(),
            revisions: HashMap::new(),
            now: "2020-06-01T01:00:00Z".parse().expect("a timestamp"),
        }
    }
    fn later(&mut self, hours: i64) -> &mut Self {
        self.now += SignedDuration::from_hours(hours);
        self
    }
    fn add<E: StoredEvent>(&mut self, stream: &str, event: &E) -> &mut Self {
        let (name, data) = encode(event);
        self.stored(stream, &name, data)
    }
    /// A fact as the store would hand it out.
    fn stored(&mut self, stream: &str, name: &str, data: serde_json::Value) -> &mut Self {
        let number = self.facts.len() as u64 + 1;
        let revision = self.revisions.entry(stream.to_owned()).or_insert(0);
        let id = Uuid::from_u128(number.into());
        self.facts.push(Recorded {
            id,
            stream: stream.to_owned(),
            revision: *revision,
            // Positions in the store have gaps.
            position: number * 100,
            name: name.to_owned(),
            data,
            metadata: Metadata {
                correlation: id,
                causation: id,
                command_id: id,
                at: self.now,
                actor: acting(Role::Dispatcher, OFFICE),
                traceparent: None,
                previous: None,
            },
        });
        *revision += 1;
        self
    }

    /// Opens a case found by a sweep, and gives it to a unit.
    fn case(&mut self, number: u128, division: Option<&str>, owner: Option<&str>) -> &mut Self {
        let stream = case_stream(number);
        self.add(
            &stream,
            &CaseEvent::CaseOpened {
                origin: Origin::Sweep {
                    method: Method::NightRaid,
                },
                summary: format!("第 {number} 处"),
                enterprise: None,
                place: Place {
                    text: format!("老砖瓦厂 {number} 号"),
                    coordinates: None,
                    division: division.map(UnitCode::of),
                },
                urgency: Urgency::Normal,
                confidential: false,
                against: jurisdiction::Against::default(),
            },
        );
        if let Some(owner) = owner {
            let to = UnitCode::of(owner);
            let assigned = CaseEvent::CaseAssigned {
                to,
                instructions: String::new(),
                co_handlers: vec![],
            };
            self.add(&stream, &assigned);
        }
        self
    }
    /// Starts a clock of a case, due in so many hours.
    fn clock(&mut self, number: u128, obligation: Obligation, unit: &str, hours: i64) -> &mut Self {
        self.clock_of(Subject::Case(CaseId::sample(number)), obligation, unit, hours)
    }
    fn clock_of(&mut self, subject: Subject, obligation: Obligation, unit: &str, hours: i64) -> &mut Self {
        let stream = format!("accountability-{}", subject.id());
        let event = AccountabilityEvent::ClockStarted {
            clock: ClockId::new(obligation, 1),
            subject,
            obligation,
            unit: UnitCode::of(unit),
            person: None,
            urgency: Urgency::Normal,
            started: self.now,
            limit: None,
            due: self.now + SignedDuration::from_hours(hours),
            what: "老砖瓦厂".into(),
            ladder: None,
        };
        self.add(&stream, &event)
    }
    fn stop(&mut self, number: u128, obligation: Obligation, by: StopReason) -> &mut Self {
        let event = AccountabilityEvent::ClockStopped {
            clock: ClockId::new(obligation, 1),
            by,
            at: self.now,
        };
        self.add(&clock_stream(number), &event)
    }
    fn close(&mut self, number: u128) -> &mut Self {
        let event = CaseEvent::CaseClosed {
            reason: ClosingReason::Disposed,
            tips: vec![],
            summary: String::new(),
        };
        self.add(&case_stream(number), &event)
    }

    fn ledger(&self) -> TestLedger {
        let folder = TempDir::new().expect("a folder");
        let book = Book::open(&folder.path().join("ledger.sqlite")).expect("a ledger");
        let batch: Vec<_> = self.facts.iter().cloned().map(followed).collect();
        book.apply(&batch).expect("facts taken in");
        TestLedger {
            book,
            jurisdiction: Arc::new(suqian()),
            now: self.now,
            _folder: folder,
        }
    }
}

/// A ledger with a history in it.
struct TestLedger {
    book: Book,
    jurisdiction: Arc<Jurisdiction>,
    now: Timestamp,
    _folder: TempDir,
}

impl TestLedger {
    fn ask<Q: Asked, R>(&self, actor: &Actor, request: &Q, query: Query<Q, R>) -> Result<R, Status> {
        self.asker(actor).ask(&self.book, request, query)
    }
    fn asker(&self, actor: &Actor) -> Asker {
        Asker {
            actor: actor.clone(),
            today: Arc::clone(&self.jurisdiction),
            now: self.now,
        }
    }
    fn count(&self, sql: &str) -> i64 {
        let counted: Result<i64, BookError> = self.book.read(&self.jurisdiction, |transaction| {
            Ok(transaction.query_row(sql, (), |row| row.get(0))?)
        });
        counted.expect("a number")
    }
}

fn followed(fact: Recorded) -> Followed {
    Followed::Event(Box::new(fact))
}
fn case_stream(number: u128) -> String {
    format!("case-{}", CaseId::sample(number))
}
fn clock_stream(number: u128) -> String {
    format!("accountability-{}", CaseId::sample(number))
}
