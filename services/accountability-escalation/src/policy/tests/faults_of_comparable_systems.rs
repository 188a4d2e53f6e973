//! Faults of comparable systems that lie in what follows from a fact: edits that reset clocks, unassigned work without one.

use super::*;
use accountability_domain::{Accountability, AccountabilityState};
use case_domain::{Case, CaseEvent, Origin, Place};
use decider::Given;
use tip_domain::{Authenticity, Channel, TipEvent, TipState};

const LATER: &str = "2020-06-02T05:00:00Z";

fn received() -> TipEvent {
    TipEvent::TipReceived {
        channel: Channel::Web,
        line: None,
        authenticity: Authenticity::Unsigned,
        place: tip_domain::Place::default(),
        seen: vec![],
        seen_when: String::new(),
        evidence: vec![],
        confidential: false,
        wants_answer: true,
        danger: false,
        receipt_hash: String::new(),
        identity: None,
        content: None,
        against: jurisdiction::Against::default(),
    }
}
fn opened() -> CaseEvent {
    CaseEvent::CaseOpened {
        origin: Origin::Tip {
            tip: TipId::sample(1),
        },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: Place::default(),
        urgency: Urgency::Normal,
        confidential: false,
        against: jurisdiction::Against::default(),
    }
}

/// Carries out what follows from a fact that happened at an instant; the scheduler looks as well.
fn carry_out(
    state: &mut AccountabilityState,
    id: u128,
    at_text: &str,
    policy: impl FnOnce(Fact<'_>) -> Follows,
) {
    let jurisdiction = sample::suqian();
    let by = Actor::system("accountability-escalation/test");
    let at = at_text.parse().expect("a timestamp");
    let fact = Fact {
        id: Uuid::from_u128(id),
        at,
        by: &by,
        jurisdiction: &jurisdiction,
    };
    let follows = policy(fact).into_iter().map(|(_, command)| command);
    for command in follows.chain([Command::Fire]) {
        let given = Given {
            at,
            by: &by,
            jurisdiction: &jurisdiction,
        };
        let events = Accountability::decide(state, &command, given).expect("a policy is not refused");
        let stamp = Stamp { at, by: by.clone() };
        for event in events {
            Accountability::evolve(state, &event, &stamp);
        }
    }
}

/// DIGIT measures from the last modification.
#[test]
fn whatever_is_added_to_a_tip_or_a_case_leaves_its_clock_as_it_is() {
    let tip = TipId::sample(1);
    let mut state = AccountabilityState::default();
    carry_out(&mut state, 1, "2020-06-01T01:00:00Z", |fact| {
        on_tip(tip, &received(), &TipState::default(), fact)
    });
    let before = state.clone();
    let edits = [
        TipEvent::DangerRaised {},
        TipEvent::EvidenceAdded { evidence: vec![] },
        received(),
    ];
    for (number, edit) in (2..).zip(&edits) {
        carry_out(&mut state, number, LATER, |fact| {
            on_tip(tip, edit, &TipState::default(), fact)
        });
    }
    assert_eq!(state, before);

    let mut state = AccountabilityState::default();
    let facts = [(dispatcher(), opened())];
    let right_after = |facts: &[(Actor, CaseEvent)]| after::<Case>(facts);
    carry_out(&mut state, 1, "2020-06-01T01:00:00Z", |fact| {
        on_case(case(), &facts[0].1, &right_after(&facts), fact)
    });
    let before = state.clone();
    let edits = [
        CaseEvent::TipLinked {
            tip: TipId::sample(2),
        },
        CaseEvent::CoHandlerAdded {
            unit: unit(sample::COUNTY_ECOLOGY),
        },
        opened(),
    ];
    for (number, edit) in (2..).zip(edits) {
        let mut facts = facts.to_vec();
        facts.push((dispatcher(), edit));
        carry_out(&mut state, number, LATER, |fact| {
            on_case(case(), &facts[1].1, &right_after(&facts), fact)
        });
    }
    assert_eq!(state, before);
}

/// DIGIT skips what nobody has been given.
#[test]
fn what_nobody_has_been_given_yet_runs_against_the_dispatcher_s_desk_and_fires() {
    let tip = TipId::sample(1);
    let mut of_tip = AccountabilityState::default();
    carry_out(&mut of_tip, 1, "2020-06-01T01:00:00Z", |fact| {
        on_tip(tip, &received(), &TipState::default(), fact)
    });
    let mut of_case = AccountabilityState::default();
    let facts = [(Actor::system("case-assignment/test"), opened())];
    let right_after = after::<Case>(&facts);
    carry_out(&mut of_case, 1, "2020-06-01T01:00:00Z", |fact| {
        on_case(case(), &facts[0].1, &right_after, fact)
    });
    for mut state in [of_tip, of_case] {
        assert_eq!(state.clocks.len(), 1);
        assert_eq!(state.clocks[0].unit, unit(sample::OFFICE));
        assert_eq!(state.clocks[0].person, Some(StaffId::of("leader-321300-AWB")));
        carry_out(&mut state, 9, "2020-06-03T01:00:00Z", |_| vec![]);
        assert!(state.clocks[0].is_missed());
        assert!(
            !state.clocks[0].steps.is_empty(),
            "the desk is reminded like anybody else"
        );
    }
}
