//! Given any fact that the store is not asked about, then there is nobody who should have been written to.

use super::*;
use platform::testkit::goldens;
use tip_domain::{Tip, TipEvent};

#[test]
fn given_a_fact_of_a_tip_that_is_not_asked_about_then_there_is_no_letter() {
    let suqian = sample::suqian();
    let facts = goldens::<TipEvent>("tip-intake");
    let rest = facts.iter().filter(|(_, event)| !asks_for_the_tip(event));
    for (name, event) in rest.clone() {
        let after = after::<Tip>(&[(Actor::Citizen, event.clone())]);
        assert!(
            on_tip(TipId::sample(1), event, &after, desk(&suqian)).is_empty(),
            "{name}"
        );
    }
    assert!(rest.count() >= 20);
}

#[test]
fn given_a_fact_of_a_case_that_is_not_asked_about_then_there_is_no_letter() {
    let suqian = sample::suqian();
    let facts = goldens::<CaseEvent>("case-assignment");
    let rest = facts.iter().filter(|(_, event)| !asks_for_the_case(event));
    for (name, event) in rest.clone() {
        let assigned = facts.iter().find(|(name, _)| name == "case.assigned.v1");
        let (_, assigned) = assigned.expect("an assignment");
        let facts = [assigned, event].map(|event| (Actor::system("test"), event.clone()));
        let letters = on_case(
            CaseId::sample(7),
            event,
            &after::<Case>(&facts),
            at("2020-06-01T01:00:00Z"),
            desk(&suqian),
        );
        assert!(letters.is_empty(), "{name}");
    }
    assert!(rest.count() >= 20);
}

#[test]
fn given_a_fact_of_accountability_that_is_not_asked_about_then_there_is_no_letter() {
    let rule = || Actor::system("test");
    let facts = goldens::<AccountabilityEvent>("accountability-escalation");
    // Of a start it depends on what has begun.
    let starts = Obligation::ALL.into_iter().map(|begun| {
        let mut start = started();
        if let AccountabilityEvent::ClockStarted {
            clock, obligation, ..
        } = &mut start
        {
            *clock = accountability_domain::ClockId::new(begun, 2);
            *obligation = begun;
        }
        (begun.code().to_owned(), start)
    });
    let all: Vec<_> = facts.into_iter().chain(starts).collect();
    let rest = all
        .iter()
        .filter(|(_, event)| !asks_for_the_accountability(event));
    for (name, event) in rest.clone() {
        let letters = letters(&[(rule(), started()), (rule(), event.clone())]);
        assert!(letters.is_empty(), "{name}");
    }
    assert_eq!(rest.count(), 4 + Obligation::ALL.len() - 3);
}
