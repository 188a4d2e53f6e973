//! The scheduler on a real store, with a clock that jumps: every rung once, whatever happens in between.

use super::*;
use accountability_domain::{
    AccountabilityCommand, AccountabilityEvent, ClockId, StartClock, StopClock, StopReason, Which,
};
use decider::{Decider, StoredEvent};
use directory_domain::DirectoryEvent;
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{
    CaseId, Obligation, Rung, Subject, UnitCode, Urgency, YearCalendar, campaign_time, sample,
};
use platform::derived_command;
use platform::testkit::{Town, until};
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;
use uuid::Uuid;

const ALL_RUNGS: [&str; 7] = [
    "accountability.clock_started.v1",
    "accountability.deadline_missed.v1",
    "accountability.reminder_issued.v1",
    "accountability.supervision_ordered.v1",
    "accountability.interview_ordered.v1",
    "accountability.criticism_circulated.v1",
    "accountability.referred_to_discipline.v1",
];

mod changes_of_the_directory;
mod faults_of_comparable_systems;
mod special_supervision;

/// One running scheduler.
struct Replica {
    context: Context,
    running: JoinHandle<()>,
}

impl Replica {
    async fn start(town: &Town) -> Self {
        let context = town.context().await;
        let (_, questions) = crate::foresight::Foresight::new();
        let running = tokio::spawn(run(context.clone(), SharedTally::default(), questions));
        Self { context, running }
    }
    async fn stop(self) {
        self.context.shutdown.cancel();
        self.running.await.expect("the scheduler stops");
    }
}

fn stream(number: u128) -> String {
    format!("accountability-{}", CaseId::sample(number))
}

async fn command(town: &Town, number: u128, command: AccountabilityCommand) {
    let context = &town.own;
    let envelope = Envelope {
        command_id: derived_command(Uuid::from_u128(number), &format!("{command:?}"), 0),
        actor: Actor::system("test"),
        at: town.now(),
        causation: None,
        correlation: None,
        traceparent: None,
        seen: None,
    };
    let jurisdiction = context.directory.current();
    let done = execute::<Accountability>(
        &context.store,
        &jurisdiction,
        &stream(number),
        &envelope,
        &command,
    )
    .await;
    done.expect("the command is carried out");
}

/// Starts a clock and returns when it is due.
async fn start(town: &Town, number: u128) -> Timestamp {
    let start = StartClock {
        clock: ClockId::new(Obligation::FirstInspection, number),
        subject: Subject::Case(CaseId::sample(number)),
        obligation: Obligation::FirstInspection,
        unit: Some(UnitCode::of(sample::TOWNSHIP)),
        person: None,
        urgency: Urgency::Normal,
        started: town.now(),
        due: None,
        what: "老砖瓦厂：首次现场核查".into(),
    };
    command(town, number, AccountabilityCommand::StartClock(start)).await;
    state(town, number).await.clocks[0].due
}

async fn state(town: &Town, number: u128) -> accountability_domain::AccountabilityState {
    let mut state = accountability_domain::AccountabilityState::default();
    for fact in town.stream(&stream(number)).await {
        let stamp = fact.stamp();
        let event = decider::decode(&fact.name, fact.data).expect("a fact");
        Accountability::evolve(&mut state, &event, &stamp);
    }
    state
}

async fn reaches(town: &Town, number: u128, count: usize) {
    let reached = async || of_the_clock(town, number).await.len() >= count;
    until(&format!("{count} facts of {}", stream(number)), reached).await;
}

/// What was recorded of the clock that was started; the clocks for answering its escalations have tests of their own.
async fn of_the_clock(town: &Town, number: u128) -> Vec<String> {
    let answers = format!("{}#", Obligation::AnswerEscalation.code());
    let mut facts = town.stream(&stream(number)).await;
    facts.retain(|fact| {
        let clock = fact.data["clock"].as_str().unwrap_or_default();
        !clock.starts_with(&answers)
    });
    facts.into_iter().map(|fact| fact.name).collect()
}

#[tokio::test]
async fn a_missed_deadline_climbs_rung_by_rung_over_restarts_and_the_top_repeats() {
    let town = Town::start().await;
    let due = start(&town, 1).await;
    let jurisdiction = town.own.directory.current();
    let rung = |rung| jurisdiction.ladder.due(rung, due, &jurisdiction.calendar);
    let mut replica = Replica::start(&town).await;
    town.advance_to(due).await;
    reaches(&town, 1, 3).await;
    let later = [
        Rung::SupervisionOrder,
        Rung::Interview,
        Rung::Criticism,
        Rung::Referral,
    ];
    for (count, next) in (4..).zip(later) {
        replica.stop().await;
        replica = Replica::start(&town).await;
        town.advance_to(rung(next)).await;
        reaches(&town, 1, count).await;
    }
    assert_eq!(of_the_clock(&town, 1).await, ALL_RUNGS);
    for repetition in 1..=2u32 {
        town.advance_to(town.now() + SignedDuration::from_hours(7 * 24))
            .await;
        reaches(&town, 1, 7 + repetition as usize).await;
        let state = state(&town, 1).await;
        let last = state.clocks[0].steps.last().expect("a step");
        assert_eq!(
            (last.rung, last.escalation.repetition),
            (Rung::Referral, repetition)
        );
    }
    assert_eq!(of_the_clock(&town, 1).await.len(), 9);
    replica.stop().await;
    town.stop().await;
}

#[tokio::test]
async fn what_fell_due_while_nobody_was_there_is_made_up_for_in_order_and_once() {
    let town = Town::start().await;
    let due = start(&town, 1).await;
    town.advance_to(due + SignedDuration::from_hours(30 * 24)).await;
    let replica = Replica::start(&town).await;
    reaches(&town, 1, ALL_RUNGS.len()).await;
    replica.stop().await;
    // Another start finds nothing left to do: a later clock shows that it has looked.
    let replica = Replica::start(&town).await;
    let other = start(&town, 2).await;
    town.advance_to(other).await;
    reaches(&town, 2, 3).await;
    assert_eq!(of_the_clock(&town, 1).await, ALL_RUNGS);
    replica.stop().await;
    town.stop().await;
}

#[tokio::test]
async fn two_replicas_make_one_fact_of_each() {
    let town = Town::start().await;
    let (one, other) = (Replica::start(&town).await, Replica::start(&town).await);
    let mut due = town.now();
    for number in 1..=12 {
        due = start(&town, number).await;
    }
    let jurisdiction = town.own.directory.current();
    let last = jurisdiction
        .ladder
        .due(Rung::Referral, due, &jurisdiction.calendar);
    let middle = jurisdiction
        .ladder
        .due(Rung::Interview, due, &jurisdiction.calendar);
    for (instant, count) in [(due, 3), (middle, 5), (last, ALL_RUNGS.len())] {
        town.advance_to(instant).await;
        for number in 1..=12 {
            reaches(&town, number, count).await;
        }
    }
    one.stop().await;
    other.stop().await;
    for number in 1..=12 {
        assert_eq!(of_the_clock(&town, number).await, ALL_RUNGS, "case {number}");
    }
    town.stop().await;
}

#[tokio::test]
async fn a_clock_that_was_stopped_never_fires() {
    let town = Town::start().await;
    let replica = Replica::start(&town).await;
    let due = start(&town, 1).await;
    let stop = StopClock {
        which: Which::All,
        by: StopReason::Fulfilled,
        at: town.now(),
        fact: Uuid::nil(),
    };
    command(&town, 1, AccountabilityCommand::StopClock(stop)).await;
    let other = start(&town, 2).await;
    town.advance_to(due.max(other)).await;
    reaches(&town, 2, 3).await;
    let names = [
        "accountability.clock_started.v1",
        "accountability.clock_stopped.v1",
    ];
    assert_eq!(town.names(&stream(1)).await, names);
    replica.stop().await;
    town.stop().await;
}

/// A fact of a program that is newer than this one.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
enum Foreign {
    #[serde(rename = "accountability.from_the_future.v9")]
    Strange {},
}
impl StoredEvent for Foreign {}

#[tokio::test]
async fn a_stream_that_nobody_can_read_holds_up_none_of_the_others() {
    let town = Town::start().await;
    for number in 1..=20 {
        start(&town, number).await;
        town.record(&stream(number), &[Foreign::Strange {}]).await;
    }
    let due = start(&town, 100).await;
    let replica = Replica::start(&town).await;
    town.advance_to(due).await;
    reaches(&town, 100, 3).await;
    assert_eq!(town.names(&stream(1)).await.len(), 2);
    replica.stop().await;
    town.stop().await;
}

#[tokio::test]
async fn a_deadline_that_falls_on_an_instant_fired_before_is_not_lost() {
    let town = Town::start().await;
    let replica = Replica::start(&town).await;
    let due = start(&town, 1).await;
    town.advance_to(due).await;
    reaches(&town, 1, 3).await;
    // A reactor that comes late starts a clock whose deadline is that same instant.
    let late = StartClock {
        clock: ClockId::new(Obligation::Classify, 1),
        subject: Subject::Case(CaseId::sample(1)),
        obligation: Obligation::Classify,
        unit: Some(UnitCode::of(sample::TOWNSHIP)),
        person: None,
        urgency: Urgency::Normal,
        started: due - SignedDuration::from_hours(24),
        due: Some(due),
        what: "老砖瓦厂：定性分类".into(),
    };
    command(&town, 1, AccountabilityCommand::StartClock(late)).await;
    reaches(&town, 1, 6).await;
    let facts = town.stream(&stream(1)).await;
    let missed = |fact: &platform::Recorded| {
        matches!(
            decider::decode(&fact.name, fact.data.clone()),
            Ok(AccountabilityEvent::DeadlineMissed { .. })
        )
    };
    assert_eq!(facts.iter().filter(|fact| missed(fact)).count(), 2);
    replica.stop().await;
    town.stop().await;
}
