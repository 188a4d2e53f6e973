//! Given/when/then of accountability: what the stories share.

use crate::*;
use decider::scenario::Scenario;
use decider::{Decider, Given, Stamp};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{
    Actor, CaseId, EvidenceId, Limit, Obligation, Role, Rung, StaffId, Subject, TipId, UnitCode, Urgency,
    sample,
};
use uuid::Uuid;

mod answers;
mod answers_owed;
mod clocks;
mod failures;
mod faults_of_comparable_systems;
mod findings;
mod inquiries;
mod judgements_owed;
mod ladder;
mod moves;
mod properties;
mod special;
mod tasks;
mod time_left;

/// Monday 1 June 2020, 09:00 in Suqian: the scenario's first instant.
const MONDAY: &str = "2020-06-01T01:00:00Z";
/// Three working days later.
const DUE: &str = "2020-06-04T15:59:59Z";
/// Ten working days after that.
const REFERRAL: &str = "2020-06-18T15:59:59Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}
fn policy() -> Actor {
    Actor::system("accountability-escalation/test")
}
fn case() -> Subject {
    Subject::Case(CaseId::sample(7))
}
fn township() -> UnitCode {
    UnitCode::of(sample::TOWNSHIP)
}
fn leader(unit: &str) -> Actor {
    sample::acting(Role::Leader, unit)
}
fn inspector() -> Actor {
    sample::acting(Role::Inspector, sample::DISCIPLINE)
}
fn first() -> ClockId {
    ClockId::new(Obligation::FirstInspection, 1)
}

/// The clock of the answer to a rung of the missed inspection.
fn answer_to(rung: Rung) -> ClockId {
    answer_again_to(rung, 0)
}
fn answer_again_to(rung: Rung, repetition: u32) -> ClockId {
    let name = format!("{}/{DUE}/{}/{repetition}", first(), rung.code());
    ClockId::new(Obligation::AnswerEscalation, name)
}

fn an_inspection() -> StartClock {
    StartClock {
        clock: first(),
        subject: case(),
        obligation: Obligation::FirstInspection,
        unit: Some(township()),
        person: None,
        urgency: Urgency::Normal,
        started: at(MONDAY),
        due: None,
        what: "老砖瓦厂首次现场核查".into(),
    }
}
fn start(command: StartClock) -> AccountabilityCommand {
    AccountabilityCommand::StartClock(command)
}
fn stop(by: StopReason, at_text: &str) -> AccountabilityCommand {
    AccountabilityCommand::StopClock(StopClock {
        which: Which::Clock(first()),
        by,
        at: at(at_text),
        fact: Uuid::nil(),
    })
}
fn shift(by: Move) -> AccountabilityCommand {
    AccountabilityCommand::MoveClock(MoveClock {
        which: Which::Clock(first()),
        by,
    })
}
fn fire() -> AccountabilityCommand {
    AccountabilityCommand::Fire
}

/// A township has three working days for a first inspection.
fn running() -> Scenario<Accountability> {
    Scenario::new()
        .by(policy())
        .when(&start(an_inspection()))
        .then_done()
}
/// Nobody inspected, and time was let pass in one go.
fn fired_at(instant: &str) -> Scenario<Accountability> {
    running().at(instant).when(&fire()).then_done()
}

/// Everything up to the referral was reached.
fn referred() -> Scenario<Accountability> {
    fired_at(REFERRAL)
}

fn the_clock(story: &Scenario<Accountability>) -> Clock {
    story.state().clock(&first()).expect("the clock").clone()
}
/// How and since when a clock stands.
fn stopped(story: &Scenario<Accountability>, clock: &ClockId) -> Option<(StopReason, Timestamp)> {
    let state = story.state();
    let stopped = state.clock(clock).expect("the clock").stopped.as_ref();
    stopped.map(|stopped| (stopped.by, stopped.at))
}
fn rungs(story: &Scenario<Accountability>) -> Vec<(Rung, u32)> {
    let clock = the_clock(story);
    clock
        .steps
        .iter()
        .map(|step| (step.rung, step.escalation.repetition))
        .collect()
}
fn next_due(story: &Scenario<Accountability>) -> Option<Timestamp> {
    story.state().next_due(&sample::suqian())
}
/// What comes next of the inspection itself, whatever is owed beside it.
fn next_of_the_work(story: &Scenario<Accountability>) -> Option<Timestamp> {
    let (state, jurisdiction) = (story.state(), sample::suqian());
    super::firing::next(&state, &jurisdiction, Some(&first())).map(|next| next.at)
}

#[test]
fn every_event_ever_written_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    decider::scenario::assert_golden(&folder, &crate::events::samples());
}
