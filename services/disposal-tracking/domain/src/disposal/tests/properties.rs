//! What holds whatever happens: any history folds, and nothing is closed with a measure or a signature missing.

use super::*;
use jurisdiction::Jurisdiction;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::BTreeMap;

/// Everybody in the sample who might do something, and the policies.
fn everybody(city: &Jurisdiction) -> Vec<Actor> {
    let staff = city.staff.values().flat_map(|member| {
        let acts = |role: &Role| Actor::staff(member.account.clone(), member.unit.clone(), *role);
        member.roles.iter().map(acts)
    });
    staff.chain([policy(), Actor::Citizen]).collect()
}

fn any_command() -> impl Strategy<Value = DisposalCommand> {
    let working = prop_oneof![
        4 => select(&Measure::ALL[..]).prop_map(complete),
        1 => Just(submit()),
        1 => Just(APPROVE),
        1 => Just(reject_plan()),
    ];
    let reviewing = prop_oneof![
        4 => Just(PASS),
        1 => select(&Measure::ALL[..]).prop_map(|measure| fail_review(&[measure])),
        1 => (1u32..4).prop_map(draw),
        1 => Just(pass_spot_check()),
        1 => select(&Measure::ALL[..]).prop_map(|measure| fail_spot_check(&[measure])),
    ];
    let watching = select(vec![
        order(Class::C, sample::VILLAGE),
        raise_recheck(30),
        pass_recheck(30),
        relapse(8, RelapseLink::Site),
    ]);
    prop_oneof![5 => working, 4 => reviewing, 1 => watching]
}

/// The history as an inspector would check it, apart from the state.
#[derive(Default)]
struct Ledger {
    done: BTreeMap<Measure, bool>,
    planned: bool,
    signatures: Vec<Level>,
}

impl Ledger {
    fn note(&mut self, event: &DisposalEvent) {
        match event {
            DisposalEvent::SafetyPlanApproved {} => self.planned = true,
            DisposalEvent::MeasureCompleted { measure, .. } => {
                assert!(self.planned || !measure.needs_safety_plan());
                self.done.insert(*measure, true);
            }
            DisposalEvent::MeasureReopened { measure, .. } => {
                self.done.insert(*measure, false);
                self.signatures.clear();
            }
            DisposalEvent::ReviewPassed { level } => self.signatures.push(*level),
            _ => {}
        }
    }
}

fn at() -> Timestamp {
    "2020-06-01T01:00:00Z".parse().expect("a timestamp")
}

/// Tries a command as everybody in turn, from somebody on, until one may: random actors alone would rarely get far.
fn carried_out(
    state: &DisposalState,
    command: &DisposalCommand,
    city: &Jurisdiction,
    actors: &[Actor],
    first: Index,
    tries: usize,
) -> Option<(Vec<DisposalEvent>, Stamp)> {
    let first = first.index(actors.len());
    (0..tries).find_map(|step| {
        let by = &actors[(first + step) % actors.len()];
        let given = Given {
            at: at(),
            by,
            jurisdiction: city,
        };
        let events = Disposal::decide(state, command, given).ok()?;
        let stamp = Stamp {
            at: at(),
            by: by.clone(),
        };
        Some((events, stamp))
    })
}

proptest! {
    /// Invariant: `evolve` is total; any sequence of facts, in any order, folds without panic.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(any::<Index>(), 0..60)) {
        let samples = crate::samples();
        let mut state = DisposalState::default();
        for pick in picks {
            let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: supervisor() };
            Disposal::evolve(&mut state, pick.get(&samples), &stamp);
        }
    }

    /// Invariant: a disposal is closed only when every prescribed measure is proved, and every level has signed, lowest
    /// first, since the last measure was reopened; and nothing was ever dismantled without a plan.
    #[test]
    fn never_closed_with_a_measure_or_a_signature_missing(
        class in select(vec![Class::A, Class::B, Class::C]),
        (unit, levels) in select(vec![
            (sample::VILLAGE, vec![Level::Township, Level::County]),
            (sample::TOWNSHIP, vec![Level::County]),
            (sample::COUNTY_ECOLOGY, vec![Level::City]),
        ]),
        steps in proptest::collection::vec((any_command(), any::<Index>(), any::<bool>()), 1..200),
    ) {
        let city = sample::suqian();
        let actors = everybody(&city);
        let mut state = ordered(class, unit).state();
        let mut ledger = Ledger::default();
        for (command, first, insists) in steps {
            let tries = if insists { actors.len() } else { 1 };
            let Some((events, stamp)) = carried_out(&state, &command, &city, &actors, first, tries) else {
                continue;
            };
            for event in &events {
                ledger.note(event);
                if matches!(event, DisposalEvent::DisposalClosed {}) {
                    for measure in prescribed(class) {
                        prop_assert_eq!(ledger.done.get(measure), Some(&true));
                    }
                    prop_assert_eq!(&ledger.signatures, &levels);
                }
                Disposal::evolve(&mut state, event, &stamp);
            }
            let whole = state.all_measures_done() && state.next_review().is_none();
            prop_assert_eq!(state.progress == Progress::Closed, whole);
        }
    }
}
