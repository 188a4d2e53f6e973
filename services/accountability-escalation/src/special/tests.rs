//! The watch looks when the numbers change, and when the day does.

use super::*;
use accountability_domain::{AccountabilityEvent, FailureKind};
use decider::{Decider, Stamp};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{CaseId, Scheduled, Setting, Subject, SupervisionThresholds, end_of_day, sample};
use platform::testkit::Town;

const STREAM: &str = "accountability-321322102";

/// One failure of the township, which is not enough.
fn one_failure(at: Timestamp) -> AccountabilityState {
    let mut state = AccountabilityState::default();
    let failure = AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(CaseId::sample(1)),
        kind: FailureKind::Concealment,
        cause: "case-1".into(),
        unit: UnitCode::of(sample::TOWNSHIP),
        persons: vec![],
        note: "瞒报".into(),
        clock: None,
    };
    let by = Actor::system("test");
    Accountability::evolve(&mut state, &failure, &Stamp { at, by });
    state
}

/// From tomorrow on one failure is enough. Neither the numbers nor the directory change at midnight.
#[tokio::test]
async fn thresholds_decided_for_a_day_open_special_supervision_when_it_comes() {
    let town = Town::start().await;
    let context = town.context().await;
    let mut thresholds = SupervisionThresholds::default();
    thresholds.township.failures = 1;
    let tonight = end_of_day(campaign_time(town.now()).date());
    let mut jurisdiction = Jurisdiction::clone(&context.directory.current());
    jurisdiction.schedule(Scheduled {
        from: campaign_time(tonight + SignedDuration::from_secs(1)).date(),
        setting: Setting::Supervision(thresholds),
    });
    let jurisdiction = Arc::new(jurisdiction);
    let mut watch = Watch::new(context.clone(), SharedTally::default());
    watch.take("accountability-1", &one_failure(town.now()));
    watch.caught_up();
    watch.look(&jurisdiction);
    assert!(watch.work.is_empty(), "it does not hold yet");

    town.advance_to(tonight + SignedDuration::from_mins(1)).await;
    tokio::time::sleep(BETWEEN_LOOKS).await;
    watch.look(&jurisdiction);
    assert!(!watch.work.is_empty(), "it holds from today on");
    watch.done().await;
    assert_eq!(
        town.names(STREAM).await,
        ["accountability.special_supervision_opened.v1"]
    );
    town.stop().await;
}
