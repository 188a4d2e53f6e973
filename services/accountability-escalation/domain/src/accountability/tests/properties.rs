//! What holds for every history: it folds, no missed deadline lacks its rung, no rung comes twice, nothing resets a clock.

use super::*;
use decider::Refusal;
use proptest::prelude::*;

/// One thing that happens to a case; the number picks unit, obligation or length.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Start(u8),
    Stop(u8, StopReason),
    Extend(u8),
    HandOver(u8),
    Explain(u8),
    Inquire,
    Fire,
    Wait(u16),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let reason = prop_oneof![
        Just(StopReason::Fulfilled),
        Just(StopReason::Withdrawn),
        Just(StopReason::Ended)
    ];
    let turn = prop_oneof![
        3 => any::<u8>().prop_map(Turn::Start),
        2 => (any::<u8>(), reason).prop_map(|(pick, reason)| Turn::Stop(pick, reason)),
        1 => any::<u8>().prop_map(Turn::Extend),
        1 => any::<u8>().prop_map(Turn::HandOver),
        1 => any::<u8>().prop_map(Turn::Explain),
        1 => Just(Turn::Inquire),
        3 => Just(Turn::Fire),
        4 => (1u16..400).prop_map(Turn::Wait),
    ];
    proptest::collection::vec(turn, 0..40)
}

fn unit(pick: u8) -> UnitCode {
    let units = [sample::TOWNSHIP, sample::OTHER_TOWNSHIP, sample::COUNTY];
    UnitCode::of(units[usize::from(pick / 8) % 3])
}
fn obligation(pick: u8) -> Obligation {
    [
        Obligation::Acknowledge,
        Obligation::FirstInspection,
        Obligation::Classify,
    ][usize::from(pick) % 3]
}
fn of(pick: u8) -> Which {
    let any_unit = pick.is_multiple_of(2);
    Which::Of {
        obligation: obligation(pick),
        unit: (!any_unit).then(|| unit(pick)),
    }
}

/// A history in the making.
struct World {
    now: Timestamp,
    started: u32,
    facts: Vec<(AccountabilityEvent, Stamp)>,
    state: AccountabilityState,
}

impl World {
    fn begin() -> Self {
        Self {
            now: at(MONDAY),
            started: 0,
            facts: vec![],
            state: AccountabilityState::default(),
        }
    }
    fn take(&mut self, turn: Turn) {
        let command = match turn {
            Turn::Wait(hours) => {
                self.now += SignedDuration::from_hours(hours.into());
                return;
            }
            Turn::Start(pick) => {
                self.started += 1;
                start(StartClock {
                    clock: ClockId::new(obligation(pick), self.started),
                    obligation: obligation(pick),
                    unit: Some(unit(pick)),
                    started: self.now,
                    ..an_inspection()
                })
            }
            Turn::Stop(pick, by) => AccountabilityCommand::StopClock(StopClock {
                which: of(pick),
                by,
                at: self.now - SignedDuration::from_hours(i64::from(pick % 4) * 12),
                fact: Uuid::nil(),
            }),
            Turn::Extend(pick) => AccountabilityCommand::MoveClock(MoveClock {
                which: of(pick),
                by: Move::Extension {
                    to: self.now + SignedDuration::from_hours(240),
                    granted: self.now,
                },
            }),
            Turn::HandOver(pick) => AccountabilityCommand::MoveClock(MoveClock {
                which: of(pick),
                by: Move::Reassigned {
                    unit: unit(pick.wrapping_mul(7)),
                    person: None,
                },
            }),
            Turn::Explain(pick) => {
                let owed = self.state.awaiting_explanation().next().cloned();
                let Some(step) = owed else { return };
                let by = leader(step.answerer().unit.as_str());
                let command = AccountabilityCommand::SubmitExplanation(crate::SubmitExplanation {
                    clock: step.escalation.clock.clone(),
                    rung: step.rung,
                    text: format!("说明 {pick}"),
                });
                self.carry_out(&command, by);
                return;
            }
            Turn::Inquire => {
                let clock = self.state.clocks.first().map(|clock| clock.clock.clone());
                let command = AccountabilityCommand::OpenInquiry(crate::OpenInquiry {
                    failure: None,
                    clock,
                    reason: "查".into(),
                });
                self.carry_out(&command, inspector());
                return;
            }
            Turn::Fire => fire(),
        };
        self.carry_out(&command, policy());
    }
    fn carry_out(&mut self, command: &AccountabilityCommand, by: Actor) {
        let jurisdiction = sample::suqian();
        let given = Given {
            at: self.now,
            by: &by,
            jurisdiction: &jurisdiction,
        };
        let stamp = Stamp {
            at: self.now,
            by: by.clone(),
        };
        match Accountability::decide(&self.state, command, given) {
            Ok(events) => {
                for event in events {
                    Accountability::evolve(&mut self.state, &event, &stamp);
                    self.facts.push((event, stamp.clone()));
                }
            }
            Err(refusal) => assert!(!refusal.reason().code.is_empty()),
        }
    }
}

proptest! {
    /// Invariant: `evolve` is total; any sequence of facts, in any order, folds without panic, and can be asked.
    #[test]
    fn any_history_folds(picks in proptest::collection::vec(0usize..30, 0..60)) {
        let samples = crate::events::samples();
        let stamp = Stamp { at: at(DUE), by: Actor::Citizen };
        let mut state = AccountabilityState::default();
        for pick in picks {
            Accountability::evolve(&mut state, &samples[pick % samples.len()], &stamp);
        }
        let _ = state.next_due(&sample::suqian());
        let _ = state.awaiting_explanation().count();
    }

    /// Under any starts, stops, handovers, explanations and outages: after firing nothing is due, a miss has every rung
    /// reached by then without a gap, none twice, and a replay leads to the same state.
    #[test]
    fn no_missed_deadline_lacks_its_rung_and_no_rung_comes_twice(turns in turns()) {
        let mut world = World::begin();
        for turn in turns {
            world.take(turn);
        }
        world.take(Turn::Fire);
        let before = world.facts.len();
        world.take(Turn::Fire);
        prop_assert_eq!(before, world.facts.len(), "firing twice at one instant");

        let jurisdiction = sample::suqian();
        let next = world.state.next_due(&jurisdiction);
        prop_assert!(next.is_none_or(|next| next > world.now), "still due: {:?}", next);

        for clock in &world.state.clocks {
            let mut seen = std::collections::BTreeSet::new();
            for step in &clock.steps {
                let escalation = &step.escalation;
                let key = (escalation.deadline, step.rung, escalation.repetition);
                prop_assert!(seen.insert(key), "twice: {:?}", key);
                prop_assert!(escalation.reached <= step.issued, "before its time");
            }
            if !clock.misses.iter().any(|miss| miss.deadline == clock.due) {
                prop_assert!(!clock.is_running() || clock.due > world.now, "a miss that was not recorded");
                continue;
            }
            let until = clock.stopped.as_ref().map_or(world.now, |stopped| stopped.at);
            for rung in Rung::ALL {
                let calendar = &jurisdiction.calendar;
                let reached = rung_due(&jurisdiction.ladder, rung, clock.due, &clock.rests, calendar);
                let recorded = seen.contains(&(clock.due, rung, 0));
                prop_assert!(recorded || reached > until, "{:?} lacks {:?}", clock.clock, rung);
            }
            let order: Vec<_> = seen.iter().filter(|key| key.0 == clock.due).collect();
            prop_assert!(order.first().is_some_and(|first| first.1 == Rung::Reminder));
        }
        let replayed = decider::replay::<Accountability>(world.facts.iter().map(|(event, stamp)| (event, stamp)));
        prop_assert_eq!(replayed, world.state);
    }

    /// Clocks never vanish, and only an extension (or a calendar change, which this world has none of) alters a due date.
    #[test]
    fn nothing_but_an_extension_alters_a_due_date(turns in turns()) {
        let mut world = World::begin();
        for turn in turns {
            // The answer to a rung that gives way to a higher one, and is owed again when that proves moot, is owed anew.
            let given_way = |clock: &Clock| !clock.is_running() && clock.obligation == Obligation::AnswerEscalation;
            let before = world.state.clocks.iter().filter(|clock| !given_way(clock));
            let before: Vec<_> = before.map(|clock| (clock.clock.clone(), clock.due)).collect();
            world.take(turn);
            for (clock, due) in before {
                let now = world.state.clock(&clock).expect("clocks never vanish");
                prop_assert!(now.due == due || matches!(turn, Turn::Extend(_)), "{:?} by {:?}", clock, turn);
            }
        }
    }
}
