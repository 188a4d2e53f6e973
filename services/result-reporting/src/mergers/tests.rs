//! Given mergers, then these cases go on in that one.

use super::*;
use case_domain::CaseEvent;
use jiff::Timestamp;
use jurisdiction::Actor;
use platform::Metadata;
use uuid::Uuid;

fn take(merged: &mut Merged, case: u128, event: &CaseEvent) {
    let (name, data) = decider::encode(event);
    merged.take(&Recorded {
        id: Uuid::nil(),
        stream: format!("case-{}", CaseId::sample(case)),
        revision: 0,
        position: merged.position + 1,
        name,
        data,
        metadata: Metadata {
            correlation: Uuid::nil(),
            causation: Uuid::nil(),
            command_id: Uuid::nil(),
            at: Timestamp::UNIX_EPOCH,
            actor: Actor::system("test"),
            traceparent: None,
            previous: None,
        },
    });
}
fn into(case: u128) -> CaseEvent {
    CaseEvent::CasesMerged {
        into: CaseId::sample(case),
        reason: "同一处院子".into(),
    }
}
fn reopened() -> CaseEvent {
    let samples = case_domain::samples().into_iter();
    let mut reopened = samples.filter(|sample| matches!(sample, CaseEvent::CaseReopened { .. }));
    reopened.next().expect("a reopening among the samples")
}
fn led_to(merged: &Merged, case: u128) -> Vec<CaseId> {
    merged.led_to(CaseId::sample(case))
}

#[test]
fn mergers_lead_on_in_several_steps_and_circles_end() {
    let mut merged = Merged::default();
    take(&mut merged, 1, &into(2));
    take(&mut merged, 2, &into(3));
    assert_eq!(led_to(&merged, 3), [CaseId::sample(1), CaseId::sample(2)]);
    assert_eq!(led_to(&merged, 2), [CaseId::sample(1)]);
    assert!(led_to(&merged, 1).is_empty());
    take(&mut merged, 3, &into(2));
    assert!(led_to(&merged, 4).is_empty());
}

#[test]
fn a_case_that_is_taken_out_of_its_merger_leads_nowhere() {
    let mut merged = Merged::default();
    take(&mut merged, 1, &into(2));
    take(&mut merged, 1, &reopened());
    assert!(led_to(&merged, 2).is_empty());
}
