//! What holds whatever happens: any history folds, and a case has exactly one owner once assigned.

use super::*;
use jurisdiction::Jurisdiction;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Everybody in the sample who might do something, and the policies.
fn everybody(city: &Jurisdiction) -> Vec<Actor> {
    let staff = city.staff.values().flat_map(|member| {
        let acts = |role: &Role| Actor::staff(member.account.clone(), member.unit.clone(), *role);
        member.roles.iter().map(acts)
    });
    staff.chain([policy(), Actor::Citizen]).collect()
}

/// Units that the commands name.
static UNITS: [&str; 8] = [
    sample::CITY,
    sample::OFFICE,
    sample::COUNTY,
    sample::COUNTY_ECOLOGY,
    sample::TOWNSHIP,
    sample::OTHER_TOWNSHIP,
    sample::VILLAGE,
    sample::OTHER_VILLAGE,
];

fn any_command() -> impl Strategy<Value = CaseCommand> {
    let handing_over = prop_oneof![
        select(&UNITS[..]).prop_map(assign),
        select(&UNITS[..]).prop_map(designate),
        select(&UNITS[..]).prop_map(reassign),
        select(&UNITS[..]).prop_map(co_handler),
        Just(give_back()),
        Just(ACKNOWLEDGE),
        Just(CaseCommand::Merge(MergeCase {
            into: CaseId::sample(9),
            reason: "同一砖瓦厂".into(),
            survivor: Some(Box::new(opened().state())),
        })),
        Just(CaseCommand::LinkTip(LinkTip {
            tip: TipId::sample(2),
            against: Against::unit(UnitCode::of(sample::OTHER_VILLAGE)),
            urgency: Urgency::Normal,
            confidential: false,
        })),
    ];
    let deciding = select(vec![
        CaseCommand::Open(open_tip()),
        inspect(Finding::Suspected),
        inspect(Finding::Clean),
        inspect(Finding::ConfirmedActivity),
        request(),
        identify(true, None),
        identify(false, None),
        identify(true, Some(Class::C)),
        classify(Classification::B),
        classify(Classification::NotSmallChemical),
        review(true),
        review(false),
        CLOSE_DISPOSED,
        reopen(),
    ]);
    prop_oneof![3 => handing_over, 2 => deciding]
}

/// The owner as a reader of the history would tell it, apart from the state.
fn owner_told(event: &CaseEvent) -> Option<&UnitCode> {
    match event {
        CaseEvent::CaseAssigned { to, .. }
        | CaseEvent::CaseReturned { to, .. }
        | CaseEvent::CaseDesignated { to, .. }
        | CaseEvent::CaseReassigned { to, .. } => Some(to),
        _ => None,
    }
}

fn at() -> Timestamp {
    "2020-06-01T01:00:00Z".parse().expect("a timestamp")
}

/// Tries a command as everybody in turn, from somebody on, until one may: random actors alone would rarely get far.
fn carried_out(
    state: &CaseState,
    command: &CaseCommand,
    city: &Jurisdiction,
    actors: &[Actor],
    first: Index,
    tries: usize,
) -> Option<(Vec<CaseEvent>, Stamp)> {
    let first = first.index(actors.len());
    (0..tries).find_map(|step| {
        let by = &actors[(first + step) % actors.len()];
        let given = Given {
            at: at(),
            by,
            jurisdiction: city,
        };
        let events = Case::decide(state, command, given).ok()?;
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
        let mut state = CaseState::default();
        for pick in picks {
            let stamp = Stamp { at: Timestamp::UNIX_EPOCH, by: county() };
            Case::evolve(&mut state, pick.get(&samples), &stamp);
        }
    }

    /// Invariant: from the first assignment on, a case has exactly one owner: a unit that exists, the last one named
    /// in its history, and none of its co-handlers.
    #[test]
    fn exactly_one_owner_at_every_instant(
        steps in proptest::collection::vec((any_command(), any::<Index>(), any::<bool>()), 1..300),
    ) {
        let city = sample::suqian();
        let actors = everybody(&city);
        let mut state = opened().state();
        let mut told: Option<UnitCode> = None;
        for (command, first, insists) in steps {
            let against = state.against.clone();
            let tries = if insists { actors.len() } else { 1 };
            let Some((events, stamp)) = carried_out(&state, &command, &city, &actors, first, tries) else {
                continue;
            };
            for event in &events {
                Case::evolve(&mut state, event, &stamp);
                if let Some(unit) = owner_told(event) {
                    // A return goes back to where it came from; nobody is newly given what is about them.
                    let returned = matches!(event, CaseEvent::CaseReturned { .. });
                    prop_assert!(returned || !against.holds_unit(unit, &city));
                }
                told = owner_told(event).cloned().or(told);
                prop_assert_eq!(&state.owner, &told);
                prop_assert_eq!(state.holders.last().map(|held| held.unit.clone()), told.clone());
            }
            if let Some(owner) = &told {
                prop_assert!(city.unit(owner).is_some());
                prop_assert!(!state.co_handlers.contains(owner));
                prop_assert!(!matches!(state.progress, Progress::Absent | Progress::Opened));
            }
            // Bouncing ends: at most one return each, and none after the designation.
            let mut returned = state.returned_by.clone();
            returned.sort();
            returned.dedup();
            prop_assert_eq!(returned.len(), state.returns());
            prop_assert!(state.returns() <= 2);
        }
    }
}
