//! Special supervision on a real store: opened by rule from the facts of many streams, once, by however many replicas.

use super::*;
use accountability_domain::FailureKind;
use jurisdiction::SupervisionThresholds;

async fn fails(town: &Town, number: u128) {
    let failure = AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(CaseId::sample(number)),
        kind: FailureKind::Concealment,
        cause: format!("case-{number}"),
        unit: UnitCode::of(sample::VILLAGE),
        persons: vec![],
        note: "瞒报".into(),
        clock: None,
    };
    town.record(&stream(number), &[failure]).await;
}

#[tokio::test]
async fn failures_of_many_cases_put_the_township_under_special_supervision_once() {
    let town = Town::start().await;
    let (one, other) = (Replica::start(&town).await, Replica::start(&town).await);
    let limit = SupervisionThresholds::default().township.failures;
    for number in 1..=u128::from(limit) {
        assert!(town.names("accountability-321322102").await.is_empty());
        fails(&town, number).await;
    }
    let opened = async || !town.names("accountability-321322102").await.is_empty();
    until("special supervision is opened", opened).await;
    // More of the same open nothing more; a clock that fires afterwards shows that they were looked at.
    fails(&town, 50).await;
    let due = start(&town, 51).await;
    town.advance_to(due).await;
    reaches(&town, 51, 3).await;
    one.stop().await;
    other.stop().await;
    let replica = Replica::start(&town).await;
    let due = start(&town, 52).await;
    town.advance_to(due).await;
    reaches(&town, 52, 3).await;
    replica.stop().await;
    let facts = town.stream("accountability-321322102").await;
    assert_eq!(facts.len(), 1);
    let opened: AccountabilityEvent =
        decider::decode(&facts[0].name, facts[0].data.clone()).expect("the opening");
    let AccountabilityEvent::SpecialSupervisionOpened { unit, seen, .. } = opened else {
        panic!("{opened:?}");
    };
    assert_eq!((unit.as_str(), seen.numbers.failures), (sample::TOWNSHIP, limit));
    assert_eq!(seen.thresholds, SupervisionThresholds::default().township);
    town.stop().await;
}
