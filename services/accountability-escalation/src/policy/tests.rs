//! Given facts, then clocks: every mapping of the policy, told in short.

use super::*;
use accountability_domain::{AccountabilityCommand as Command, Move};
use decider::{Decider, Stamp};
use jurisdiction::{CaseId, TipId, sample};

mod cases;
mod disposals;
mod draws;
mod faults_of_comparable_systems;
mod reports;
mod tips;

fn at() -> Timestamp {
    "2020-06-01T01:00:00Z".parse().expect("a timestamp")
}
fn id() -> Uuid {
    Uuid::from_u128(99)
}
fn case() -> CaseId {
    CaseId::sample(7)
}
fn unit(code: &str) -> UnitCode {
    UnitCode::of(code)
}
fn handler() -> Actor {
    sample::acting(jurisdiction::Role::Handler, sample::TOWNSHIP)
}
fn dispatcher() -> Actor {
    sample::acting(jurisdiction::Role::Dispatcher, sample::COUNTY)
}

/// The state after facts, each done by somebody.
fn after<D: Decider>(facts: &[(Actor, D::Event)]) -> D::State {
    let mut state = D::State::default();
    for (by, event) in facts {
        let stamp = Stamp {
            at: at(),
            by: by.clone(),
        };
        D::evolve(&mut state, event, &stamp);
    }
    state
}

/// What follows from a fact, e.g. `case start first_inspection @321322102` or `case done acknowledge`.
fn follow(by: &Actor, policy: impl FnOnce(Fact<'_>) -> Follows) -> Vec<String> {
    let jurisdiction = sample::suqian();
    let fact = Fact {
        id: id(),
        at: at(),
        by,
        jurisdiction: &jurisdiction,
    };
    let follows = policy(fact);
    follows
        .iter()
        .map(|(subject, command)| spelled(subject, command))
        .collect()
}

fn spelled(subject: &Subject, command: &Command) -> String {
    let whose = match subject {
        Subject::Tip(tip) => format!("tip{}", tip.0.as_u128()),
        Subject::Case(_) => "case".to_owned(),
        Subject::Unit(unit) => unit.to_string(),
    };
    let told = match command {
        Command::StartClock(start) | Command::ResumeClock(ResumeClock { again: start, .. }) => {
            let (begin, of) = match command {
                Command::ResumeClock(ResumeClock { of, .. }) => ("resume", of.as_ref()),
                _ => ("start", None),
            };
            assert_eq!(&start.subject, subject);
            assert_eq!(start.clock, ClockId::new(start.obligation, id()));
            assert_eq!((start.started, start.due), (at(), None));
            let urgent = match start.urgency {
                Urgency::Urgent => " urgent",
                Urgency::Normal => "",
            };
            let desk = start.unit.as_ref().map_or("desk", UnitCode::as_str);
            let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
            format!("{begin} {} @{desk}{urgent}{of}", start.obligation.code())
        }
        Command::StopClock(stop) => {
            assert_eq!(stop.at, at());
            let how = match stop.by {
                StopReason::Fulfilled => "done",
                StopReason::Withdrawn => "withdrawn",
                StopReason::Ended => "ended",
            };
            match &stop.which {
                Which::All => format!("{how} all"),
                Which::AllBut(obligation) => format!("{how} all but {}", obligation.code()),
                Which::Clock(clock) => format!("{how} {clock}"),
                Which::Of { obligation, unit } => {
                    let whose = unit.iter().map(|unit| format!(" of {unit}"));
                    format!("{how} {}{}", obligation.code(), whose.collect::<String>())
                }
            }
        }
        Command::RecordFailure(failure) => {
            // One site contradicts many areas: it is the site that the failure is told from others by.
            let of_a_site = failure.kind == FailureKind::ContradictedReport;
            let cause = if of_a_site {
                format!("case-{}", CaseId::sample(7))
            } else {
                id().to_string()
            };
            assert_eq!(failure.cause, cause);
            let persons: Vec<_> = failure.persons.iter().map(StaffId::as_str).collect();
            format!(
                "failure {:?} @{} [{}]",
                failure.kind,
                failure.unit,
                persons.join(",")
            )
        }
        Command::MoveClock(moved) => match (&moved.which, &moved.by) {
            (Which::Clock(clock), Move::Extension { to, granted }) => {
                assert_eq!(*granted, at());
                format!("extend {clock} to {to}")
            }
            (
                Which::Of {
                    obligation,
                    unit: None,
                },
                Move::Reassigned { unit, person: None },
            ) => format!("pass on {} to {unit}", obligation.code()),
            (
                Which::Of {
                    obligation,
                    unit: Some(of),
                },
                Move::Reassigned { unit, person: None },
            ) => format!("owed instead {} of {of} to {unit}", obligation.code()),
            other => format!("move {other:?}"),
        },
        other => format!("{other:?}"),
    };
    format!("{whose} {told}")
}
