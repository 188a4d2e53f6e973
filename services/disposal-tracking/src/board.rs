//! What every disposal and draw amounts to, in memory: re-checks by the day they fall due, and what a draw is to be made of.

use decider::{Decider, StoredEvent};
use disposal_domain::draw::{Draw, DrawState, Frozen, Strata};
use disposal_domain::{Disposal, DisposalCommand, DisposalState, Exposure, ExposureStanding, RaiseRecheck};
use jiff::Timestamp;
use jurisdiction::{CaseId, CommandId, Jurisdiction, Level, RecheckDays, UnitCode};
use platform::{Recorded, derived_command};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The policy by which re-checks are raised.
pub const RECHECKS: &str = "disposal-tracking/rechecks-fall-due";
/// Whose facts it is rebuilt from.
pub const PREFIXES: [&str; 2] = ["disposal-", "draw-"];

/// A re-check that is to be raised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recheck {
    pub due: Timestamp,
    pub case: CaseId,
    pub after_days: u16,
}

impl Recheck {
    pub fn stream(&self) -> String {
        format!("disposal-{}", self.case)
    }
    pub fn command(&self) -> DisposalCommand {
        let after_days = self.after_days;
        DisposalCommand::RaiseRecheck(RaiseRecheck { after_days })
    }
    /// From case, day and number of days: two replicas that raise the same re-check give the same command.
    pub fn command_id(&self) -> CommandId {
        let name = format!("{RECHECKS}/{}/{}/{}", self.stream(), self.due, self.after_days);
        derived_command(Uuid::nil(), &name, 0)
    }
}

/// Rebuilt from the store at every start; nothing in it is kept anywhere else.
#[derive(Debug, Default)]
pub struct Board {
    after_days: RecheckDays,
    disposals: BTreeMap<CaseId, DisposalState>,
    draws: BTreeMap<String, DrawState>,
    rechecks: BTreeSet<Recheck>,
    position: u64,
    caught_up: bool,
}

impl Board {
    /// How many days after closing a site is looked at again, as configured now. What was raised stays raised.
    pub fn look_again_after(&mut self, days: &RecheckDays) {
        if self.after_days == *days {
            return;
        }
        self.after_days.clone_from(days);
        let cases: Vec<_> = self.disposals.keys().copied().collect();
        for case in cases {
            self.queue(case);
        }
    }

    /// Takes in one fact. One that this program cannot read keeps no other from being seen.
    pub fn take(&mut self, event: &Recorded) {
        self.position = self.position.max(event.position);
        match event.stream.split_once('-') {
            Some(("disposal", id)) => {
                if let Ok(case) = id.parse() {
                    evolve::<Disposal>(self.disposals.entry(case).or_default(), event);
                    self.queue(case);
                }
            }
            Some(("draw", id)) => evolve::<Draw>(self.draws.entry(id.to_owned()).or_default(), event),
            _ => {}
        }
    }
    /// Everything up to there has been looked at.
    pub fn reached(&mut self, position: u64) {
        self.position = self.position.max(position);
    }
    pub fn complete(&mut self) {
        self.caught_up = true;
    }
    /// Half a history is no history.
    pub fn is_complete(&self) -> bool {
        self.caught_up
    }

    pub fn position(&self) -> u64 {
        self.position
    }

    /// The re-checks that have fallen due, oldest first.
    pub fn due(&self, now: Timestamp) -> Vec<Recheck> {
        let due = self.rechecks.iter().take_while(|recheck| recheck.due <= now);
        due.cloned().collect()
    }
    pub fn next_due(&self) -> Option<Timestamp> {
        self.rechecks.first().map(|recheck| recheck.due)
    }
    /// It has been raised, here or elsewhere; the fact itself comes by the subscription.
    pub fn settled(&mut self, recheck: &Recheck) {
        self.rechecks.remove(recheck);
    }

    /// What a draw that is announced now is made of.
    pub fn frozen(&self, jurisdiction: &Jurisdiction) -> Frozen {
        let mut list = Strata::new();
        let waiting = self.disposals.iter().filter(|(_, state)| state.awaits_draw());
        for (case, state) in waiting {
            if let Some(county) = state.unit.as_ref().and_then(|unit| stratum(unit, jurisdiction)) {
                list.entry(county).or_default().insert(*case);
            }
        }
        let rounds = self.draws.values().map(|draw| draw.round).max();
        Frozen {
            list,
            position: self.position,
            round: rounds.unwrap_or_default() + 1,
            another_is_open: self.draws.values().any(DrawState::is_open),
        }
    }
    /// All draws, the newest first.
    pub fn draws(&self) -> Vec<(String, DrawState)> {
        let mut draws: Vec<_> = self.draws.clone().into_iter().collect();
        draws.sort_by_key(|(_, draw)| std::cmp::Reverse(draw.round));
        draws
    }

    /// Everything that is exposed, the newest first.
    pub fn exposures(&self) -> Vec<(&Exposure, &UnitCode, Timestamp)> {
        let exposed = self.disposals.values().filter(|state| state.against.is_empty());
        let exposed = exposed.filter_map(|state| state.exposure.as_ref());
        let mut exposed: Vec<_> = exposed
            .filter_map(|exposure| match &exposure.standing {
                ExposureStanding::Published { area, at } => Some((exposure, area, *at)),
                _ => None,
            })
            .collect();
        exposed.sort_by_key(|(_, _, at)| std::cmp::Reverse(*at));
        exposed
    }

    fn queue(&mut self, case: CaseId) {
        self.rechecks.retain(|recheck| recheck.case != case);
        let Some(state) = self.disposals.get(&case) else {
            return;
        };
        let after = self.after_days.days().iter().copied();
        self.rechecks.extend(after.filter_map(|after_days| {
            let due = state.recheck_due(after_days)?;
            Some(Recheck {
                due,
                case,
                after_days,
            })
        }));
    }
}

/// The county of a unit; the city itself for what its own departments did.
fn stratum(unit: &UnitCode, jurisdiction: &Jurisdiction) -> Option<UnitCode> {
    let county = jurisdiction.government_at(unit, Level::County);
    let stratum = county.or_else(|| jurisdiction.government_at(unit, Level::City))?;
    Some(stratum.code.clone())
}

fn evolve<D: Decider>(state: &mut D::State, event: &Recorded)
where
    D::Event: StoredEvent,
{
    match decider::decode::<D::Event>(&event.name, event.data.clone()) {
        Ok(fact) => D::evolve(state, &fact, &event.stamp()),
        Err(error) => tracing::error!(stream = %event.stream, %error, "a fact is unreadable"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use disposal_domain::draw::DrawEvent;
    use disposal_domain::{Class, DisposalEvent, RelapseLink, prescribed};
    use jurisdiction::{Against, Urgency, sample};
    use platform::Metadata;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }
    fn recorded<E: StoredEvent>(stream: &str, position: u64, event: &E) -> Recorded {
        let (name, data) = decider::encode(event);
        Recorded {
            id: Uuid::from_u128(position.into()),
            stream: stream.to_owned(),
            revision: 0,
            position,
            name,
            data,
            metadata: Metadata {
                correlation: Uuid::nil(),
                causation: Uuid::nil(),
                command_id: Uuid::nil(),
                at: at("2020-07-01T00:00:00Z"),
                actor: jurisdiction::Actor::system("test"),
                traceparent: None,
                previous: None,
            },
        }
    }
    fn ordered(unit: &str, against: Against) -> DisposalEvent {
        DisposalEvent::DisposalOrdered {
            class: Class::A,
            unit: UnitCode::of(unit),
            measures: prescribed(Class::A).to_vec(),
            reviews: vec![],
            place: "老砖瓦厂".into(),
            summary: "无证生产".into(),
            urgency: Urgency::Normal,
            against,
        }
    }
    fn closed(number: u128, unit: &str, against: Against) -> [Recorded; 2] {
        let stream = format!("disposal-{}", CaseId::sample(number));
        [
            recorded(&stream, 1, &ordered(unit, against)),
            recorded(&stream, 2, &DisposalEvent::DisposalClosed {}),
        ]
    }

    #[test]
    fn rechecks_come_due_one_after_the_other_and_end_with_a_relapse() {
        let mut board = Board::default();
        for event in closed(1, sample::TOWNSHIP, Against::default()) {
            board.take(&event);
        }
        assert_eq!(board.next_due(), Some(at("2020-07-31T00:00:00Z")));
        assert!(board.due(at("2020-07-30T23:59:59Z")).is_empty());
        let due = board.due(at("2020-09-29T00:00:00Z"));
        assert_eq!(
            due.iter().map(|recheck| recheck.after_days).collect::<Vec<_>>(),
            [30, 90]
        );
        board.settled(&due[0]);
        let stream = format!("disposal-{}", CaseId::sample(1));
        board.take(&recorded(
            &stream,
            3,
            &DisposalEvent::RecheckDue { after_days: 30 },
        ));
        assert_eq!(board.next_due(), Some(at("2020-09-29T00:00:00Z")));
        let relapse = DisposalEvent::RelapseFound {
            new_case: CaseId::sample(2),
            link: RelapseLink::Site,
            note: "又在生产".into(),
            place: None,
            enterprise: None,
        };
        board.take(&recorded(&stream, 4, &relapse));
        assert_eq!(board.next_due(), None);
    }

    #[test]
    fn other_days_hold_for_what_was_closed_before_as_well() {
        let mut board = Board::default();
        for event in closed(1, sample::TOWNSHIP, Against::default()) {
            board.take(&event);
        }
        board.look_again_after(&RecheckDays::new([10, 30]));
        assert_eq!(board.next_due(), Some(at("2020-07-11T00:00:00Z")));
        let days = board.due(at("2021-01-01T00:00:00Z"));
        assert_eq!(
            days.iter().map(|recheck| recheck.after_days).collect::<Vec<_>>(),
            [10, 30]
        );
    }

    #[test]
    fn what_is_exposed_is_listed_until_it_is_withdrawn() {
        let mut board = Board::default();
        closed(1, sample::TOWNSHIP, Against::default())
            .iter()
            .for_each(|event| board.take(event));
        let stream = format!("disposal-{}", CaseId::sample(1));
        let (enterprise, facts) = ("某建材厂".to_owned(), "非法生产化工产品".to_owned());
        let proposed = DisposalEvent::ExposureProposed {
            enterprise: enterprise.clone(),
            facts: facts.clone(),
        };
        board.take(&recorded(&stream, 3, &proposed));
        assert!(board.exposures().is_empty());
        let area = UnitCode::of(sample::TOWNSHIP);
        let published = DisposalEvent::ExposurePublished {
            enterprise,
            area,
            facts,
        };
        board.take(&recorded(&stream, 4, &published));
        assert_eq!(board.exposures().len(), 1);
        let reason = "复议撤销".to_owned();
        board.take(&recorded(
            &stream,
            5,
            &DisposalEvent::ExposureWithdrawn { reason },
        ));
        assert!(board.exposures().is_empty());
    }

    #[test]
    fn a_draw_is_made_of_closed_sites_by_county_and_of_none_that_must_stay_hidden() {
        let mut board = Board::default();
        let all = [
            closed(1, sample::TOWNSHIP, Against::default()),
            closed(2, sample::COUNTY_ECOLOGY, Against::default()),
            closed(3, sample::OTHER_COUNTY, Against::default()),
            closed(
                4,
                sample::COUNTY_ECOLOGY,
                Against::unit(UnitCode::of(sample::TOWNSHIP)),
            ),
        ];
        all.iter().flatten().for_each(|event| board.take(event));
        let open = format!("disposal-{}", CaseId::sample(5));
        board.take(&recorded(
            &open,
            9,
            &ordered(sample::TOWNSHIP, Against::default()),
        ));
        let frozen = board.frozen(&sample::suqian());
        let expected: Strata = [
            (UnitCode::of(sample::COUNTY), [1, 2].map(CaseId::sample).into()),
            (UnitCode::of(sample::OTHER_COUNTY), [3].map(CaseId::sample).into()),
        ]
        .into();
        assert_eq!((frozen.list, frozen.position, frozen.round), (expected, 9, 1));
        assert!(!frozen.another_is_open);
        let announced = DrawEvent::DrawAnnounced {
            round: 1,
            list: Strata::new(),
            position: 9,
            digest: String::new(),
            percent: 10,
            at_least: 1,
            source: "双色球".into(),
            seed_at: at("2020-08-03T13:30:00Z"),
        };
        board.take(&recorded("draw-7", 10, &announced));
        let frozen = board.frozen(&sample::suqian());
        assert!(frozen.another_is_open);
        assert_eq!((frozen.round, board.draws().len()), (2, 1));
    }
}
