//! Facts of a case on a real store, handed to the reactor once, twice and late.

use super::*;
use crate::tally::SharedTally;
use accountability_domain::{AccountabilityEvent, AccountabilityState};
use case_domain::{ClosingReason, Origin, Place};
use decider::Decider;
use jurisdiction::{CaseId, Obligation, TipId, UnitCode, Urgency, sample};
use platform::Recorded;
use platform::testkit::Town;

const TIP: TipId = TipId::sample(1);
const CASE: CaseId = CaseId::sample(7);

async fn hear(town: &Town, events: &[Recorded]) {
    for event in events {
        let reaction = Reaction {
            event,
            context: &town.own,
        };
        handle(reaction, &Sites::new(SharedTally::default()))
            .await
            .expect("a reaction");
    }
}

async fn state(town: &Town, id: &str) -> AccountabilityState {
    let mut state = AccountabilityState::default();
    for fact in town.stream(&format!("accountability-{id}")).await {
        let stamp = fact.stamp();
        let event: AccountabilityEvent = decider::decode(&fact.name, fact.data).expect("a fact");
        Accountability::evolve(&mut state, &event, &stamp);
    }
    state
}

async fn running(town: &Town, id: &str) -> Vec<Obligation> {
    let state = state(town, id).await;
    state.running_clocks().map(|clock| clock.obligation).collect()
}

fn opened() -> CaseEvent {
    CaseEvent::CaseOpened {
        origin: Origin::Tip { tip: TIP },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: Place {
            text: "老砖瓦厂".into(),
            ..Default::default()
        },
        urgency: Urgency::Normal,
        confidential: false,
        against: jurisdiction::Against::default(),
    }
}
fn assigned(to: &str) -> CaseEvent {
    CaseEvent::CaseAssigned {
        to: UnitCode::of(to),
        instructions: String::new(),
        co_handlers: vec![],
    }
}
fn reassigned(to: &str) -> CaseEvent {
    CaseEvent::CaseReassigned {
        to: UnitCode::of(to),
        reason: "属地更正".into(),
    }
}

#[tokio::test]
async fn clocks_follow_a_case_and_a_message_heard_twice_changes_nothing() {
    let town = Town::start().await;
    let case = format!("case-{CASE}");
    let steps = [
        (opened(), vec![Obligation::AssignCase]),
        (assigned(sample::TOWNSHIP), vec![Obligation::Acknowledge]),
        (CaseEvent::CaseAcknowledged {}, vec![Obligation::FirstInspection]),
        (
            CaseEvent::CaseClosed {
                reason: ClosingReason::FoundClean,
                tips: vec![TIP],
                summary: "未发现".into(),
            },
            vec![],
        ),
    ];
    let mut heard = Vec::new();
    for (event, clocks) in steps {
        heard.extend(town.record(&case, &[event]).await);
        hear(&town, &heard[heard.len() - 1..]).await;
        assert_eq!(running(&town, &CASE.to_string()).await, clocks);
    }
    assert_eq!(running(&town, &TIP.to_string()).await, [Obligation::TellOutcome]);
    let stream = format!("accountability-{CASE}");
    let before = town.stream(&stream).await.len();
    hear(&town, &heard).await;
    assert_eq!(town.stream(&stream).await.len(), before);
    town.stop().await;
}

#[tokio::test]
async fn a_message_that_comes_again_before_its_acknowledgement_stops_nothing_that_it_started() {
    let town = Town::start().await;
    let case = format!("case-{CASE}");
    let opened = town.record(&case, &[opened()]).await;
    hear(&town, &opened).await;
    town.advance_to(town.now() + jiff::SignedDuration::from_mins(1))
        .await;
    let assigned = town.record(&case, &[assigned(sample::TOWNSHIP)]).await;
    hear(&town, &assigned).await;
    hear(&town, &assigned).await;
    assert_eq!(running(&town, &CASE.to_string()).await, [Obligation::Acknowledge]);
    town.advance_to(town.now() + jiff::SignedDuration::from_mins(1))
        .await;
    // A consumer that starts over hears the whole of it.
    let acknowledged = town.record(&case, &[CaseEvent::CaseAcknowledged {}]).await;
    hear(&town, &acknowledged).await;
    for event in [&opened, &assigned, &acknowledged] {
        hear(&town, event).await;
    }
    assert_eq!(
        running(&town, &CASE.to_string()).await,
        [Obligation::FirstInspection]
    );
    town.stop().await;
}

#[tokio::test]
async fn a_reactor_that_is_late_starts_the_clocks_that_a_timely_one_would_have() {
    let town = Town::start().await;
    let events = [
        opened(),
        assigned(sample::TOWNSHIP),
        CaseEvent::CaseAcknowledged {},
        reassigned(sample::OTHER_TOWNSHIP),
        CaseEvent::CaseAcknowledged {},
    ];
    let recorded = town.record(&format!("case-{CASE}"), &events).await;
    hear(&town, &recorded).await;
    let state = state(&town, &CASE.to_string()).await;
    let inspections = state
        .clocks
        .iter()
        .filter(|clock| clock.obligation == Obligation::FirstInspection);
    let units: Vec<_> = inspections
        .map(|clock| (clock.unit.as_str(), clock.is_running()))
        .collect();
    assert_eq!(units, [(sample::TOWNSHIP, false), (sample::OTHER_TOWNSHIP, true)]);
    town.stop().await;
}

#[tokio::test]
async fn reassignment_back_and_forth_gives_nobody_a_new_limit() {
    let town = Town::start().await;
    let case = format!("case-{CASE}");
    let events = [
        opened(),
        assigned(sample::TOWNSHIP),
        CaseEvent::CaseAcknowledged {},
    ];
    hear(&town, &town.record(&case, &events).await).await;
    let first = state(&town, &CASE.to_string())
        .await
        .clocks
        .last()
        .expect("a clock")
        .due;
    // Away for two days of the three, and back.
    hear(
        &town,
        &town.record(&case, &[reassigned(sample::OTHER_TOWNSHIP)]).await,
    )
    .await;
    town.advance_to(town.now() + jiff::SignedDuration::from_hours(48))
        .await;
    let back = [reassigned(sample::TOWNSHIP), CaseEvent::CaseAcknowledged {}];
    hear(&town, &town.record(&case, &back).await).await;
    let state = state(&town, &CASE.to_string()).await;
    let again = state
        .running_clocks()
        .find(|clock| clock.obligation == Obligation::FirstInspection)
        .expect("the clock");
    let withdrawn = |clock: &&accountability_domain::Clock| {
        clock.obligation == Obligation::FirstInspection && clock.unit == again.unit && !clock.is_running()
    };
    let earlier = state.clocks.iter().find(withdrawn).expect("the earlier clock");
    let stopped = earlier.stopped.as_ref().expect("it was withdrawn").at;
    let jurisdiction = town.own.directory.current();
    let fresh = jurisdiction.due(again.obligation, again.urgency, again.started);
    let left = first.duration_since(stopped);
    assert_eq!(again.due, fresh.min(again.started + left));
    town.stop().await;
}
