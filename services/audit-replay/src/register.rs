//! A register of all facts by who did them, where, when and of what kind. It holds places and numbers only, forty bytes a fact:
//! what a fact says is read from the store when somebody asks for it.

use crate::lanes::Lane;
use crate::named::{self, Named};
use jiff::Timestamp;
use jurisdiction::{StaffId, UnitCode};
use platform::Recorded;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use uuid::Uuid;

/// Nobody: citizens and rules have neither account nor unit.
const NOBODY: u32 = u32::MAX;

/// Names that come again and again, each kept once.
struct Names<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Names<T> {
    fn number(&mut self, name: &T) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.all.push(name.clone());
        self.numbers.insert(name.clone(), number);
        number
    }
    /// For each name whether it is wanted.
    fn wanted(&self, wanted: impl Fn(&T) -> bool) -> Vec<bool> {
        self.all.iter().map(wanted).collect()
    }
}

/// One fact.
struct Entry {
    position: u64,
    /// Seconds since 1970.
    at: i64,
    stream: u32,
    revision: u32,
    person: u32,
    unit: u32,
    kind: u32,
}

/// Where a fact stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) position: u64,
    pub(crate) stream: String,
    pub(crate) revision: u64,
}

/// Everything, by commit position.
#[derive(Default)]
pub(crate) struct Register {
    facts: Vec<Entry>,
    streams: Names<String>,
    people: Names<StaffId>,
    units: Names<UnitCode>,
    kinds: Names<String>,
    named_people: Named,
    named_units: Named,
}

/// What is looked for; what is left open fits everything.
pub(crate) struct Wanted<'w> {
    pub(crate) person: Option<&'w StaffId>,
    /// By whom, as a unit.
    pub(crate) unit: Option<&'w (dyn Fn(&UnitCode) -> bool + Sync)>,
    /// Not only what they did, also what names them.
    pub(crate) named: bool,
    /// Whose facts may be seen, as a unit; `None` stands for citizens and rules.
    pub(crate) seen: &'w (dyn Fn(Option<&UnitCode>) -> bool + Sync),
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    /// By the name of the fact.
    pub(crate) kind: &'w (dyn Fn(&str) -> bool + Sync),
    /// By the name of the stream.
    pub(crate) stream: &'w (dyn Fn(&str) -> bool + Sync),
    /// Only beyond this position: after it, or before it where the newest come first.
    pub(crate) after: Option<u64>,
    pub(crate) newest_first: bool,
}

impl Register {
    pub(crate) fn knows(&self, stream: &str) -> bool {
        self.streams.numbers.contains_key(stream)
    }

    pub(crate) fn take(&mut self, fact: &Recorded) {
        let actor = &fact.metadata.actor;
        let entry = Entry {
            position: fact.position,
            at: fact.metadata.at.as_second(),
            stream: self.streams.number(&fact.stream),
            revision: u32::try_from(fact.revision).unwrap_or(u32::MAX),
            person: actor.person().map_or(NOBODY, |person| self.people.number(person)),
            unit: actor.unit().map_or(NOBODY, |unit| self.units.number(unit)),
            kind: self.kinds.number(&fact.name),
        };
        let place = self.facts.len() as u32;
        for account in named::accounts(&fact.data) {
            self.named_people.take(self.people.number(&account), place);
        }
        for unit in named::units(&fact.data) {
            self.named_units.take(self.units.number(&unit), place);
        }
        self.facts.push(entry);
    }

    /// The first facts that fit, in the order of commit or against it, one more than `most` if there are more.
    pub(crate) fn search(&self, wanted: &Wanted<'_>, most: usize) -> Vec<Spot> {
        let person = match wanted.person.map(|person| self.people.numbers.get(person)) {
            Some(None) => return Vec::new(),
            Some(Some(number)) => Some(*number),
            None => None,
        };
        let units = self
            .units
            .wanted(|unit| wanted.unit.is_none_or(|fits| fits(unit)));
        let seen = self.units.wanted(|unit| (wanted.seen)(Some(unit)));
        let seen_without = (wanted.seen)(None);
        let (mut naming_person, mut naming_unit) = (BTreeSet::new(), BTreeSet::new());
        if wanted.named {
            naming_person = self.named_people.naming(person.into_iter());
            let asked = (0u32..)
                .zip(&units)
                .filter(|(_, asked)| **asked && wanted.unit.is_some());
            naming_unit = self.named_units.naming(asked.map(|(number, _)| number));
        }
        let kinds = self.kinds.wanted(|kind| (wanted.kind)(kind));
        let fits = |flags: &[bool], number: u32| flags.get(number as usize).copied().unwrap_or(false);
        let (from, until) = (
            wanted.from.map(Timestamp::as_second),
            wanted.until.map(Timestamp::as_second),
        );
        let beyond = match (wanted.after, wanted.newest_first) {
            (None, _) => 0..self.facts.len(),
            (Some(after), false) => {
                self.facts.partition_point(|fact| fact.position <= after)..self.facts.len()
            }
            (Some(before), true) => 0..self.facts.partition_point(|fact| fact.position < before),
        };
        let places: Box<dyn Iterator<Item = usize>> = match wanted.newest_first {
            true => Box::new(beyond.rev()),
            false => Box::new(beyond),
        };
        let entries = places.filter_map(|place| Some((place as u32, self.facts.get(place)?)));
        let found = entries.filter(|(place, fact)| {
            person.is_none_or(|person| fact.person == person || naming_person.contains(place))
                && from.is_none_or(|from| fact.at >= from)
                && until.is_none_or(|until| fact.at <= until)
                && fits(&kinds, fact.kind)
                && (wanted.unit.is_none() || fits(&units, fact.unit) || naming_unit.contains(place))
                && match fact.unit {
                    NOBODY => seen_without,
                    unit => fits(&seen, unit),
                }
        });
        let spots = found.filter_map(|(_, fact)| {
            let stream = self.streams.all.get(fact.stream as usize)?;
            (wanted.stream)(stream).then(|| Spot {
                position: fact.position,
                stream: stream.clone(),
                revision: u64::from(fact.revision),
            })
        });
        spots.take(most + 1).collect()
    }
}

/// The case or tip that a stream belongs to, as far as its name says.
pub(crate) fn subject_of(stream: &str) -> Option<Uuid> {
    let (category, id) = stream.split_once('-')?;
    match category {
        "tip" | "case" | "disposal" | "accountability" => id.parse().ok(),
        "reading" => subject_of(id),
        _ => None,
    }
}

/// Whether a kind, a lane such as `case` or the beginning of a fact's name such as `case.assigned`, fits a fact.
pub(crate) fn is_of_kind(name: &str, kind: &str) -> bool {
    name == kind
        || name.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.'))
        || Lane::of(&name.replace('.', "-")).code() == kind
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::sample::{OFFICE, TOWNSHIP, acting};
    use jurisdiction::{Actor, Role};
    use platform::Metadata;

    fn fact(position: u64, stream: &str, name: &str, actor: Actor) -> Recorded {
        let id = Uuid::from_u128(u128::from(position));
        Recorded {
            id,
            stream: stream.to_owned(),
            revision: position,
            position,
            name: name.to_owned(),
            data: serde_json::Value::Null,
            metadata: Metadata {
                correlation: id,
                causation: id,
                command_id: id,
                at: Timestamp::constant(1_590_973_200 + position as i64 * 60, 0),
                actor,
                traceparent: None,
                previous: None,
            },
        }
    }
    fn register() -> Register {
        let mut register = Register::default();
        let handler = acting(Role::Handler, TOWNSHIP);
        let dispatcher = acting(Role::Dispatcher, OFFICE);
        for fact in [
            fact(1, "tip-1", "tip.received.v1", Actor::Citizen),
            fact(2, "case-1", "case.opened.v1", Actor::system("opens")),
            fact(3, "case-1", "case.assigned.v1", dispatcher),
            fact(4, "case-1", "case.acknowledged.v1", handler.clone()),
            fact(5, "case-2", "case.acknowledged.v1", handler),
        ] {
            register.take(&fact);
        }
        register
    }
    fn positions(register: &Register, wanted: &Wanted<'_>) -> Vec<u64> {
        let found = register.search(wanted, 9);
        found.iter().map(|spot| spot.position).collect()
    }
    fn anything<'w>() -> Wanted<'w> {
        Wanted {
            person: None,
            unit: None,
            named: false,
            seen: &|_| true,
            from: None,
            until: None,
            kind: &|_| true,
            stream: &|_| true,
            after: None,
            newest_first: false,
        }
    }

    #[test]
    fn facts_are_found_by_person_unit_time_and_kind() {
        let register = register();
        assert_eq!(positions(&register, &anything()), [1, 2, 3, 4, 5]);
        let person = StaffId::of(&format!("handler-{TOWNSHIP}"));
        let by_person = Wanted {
            person: Some(&person),
            ..anything()
        };
        assert_eq!(positions(&register, &by_person), [4, 5]);
        let stranger = StaffId::of("stranger");
        let by_stranger = Wanted {
            person: Some(&stranger),
            ..anything()
        };
        assert!(positions(&register, &by_stranger).is_empty());
        let by_unit = Wanted {
            unit: Some(&|unit| unit.as_str() == OFFICE),
            ..anything()
        };
        assert_eq!(positions(&register, &by_unit), [3]);
        let seen = Wanted {
            seen: &|unit| unit.is_some_and(|unit| unit.as_str() == OFFICE),
            ..anything()
        };
        assert_eq!(positions(&register, &seen), [3]);
        let in_time = Wanted {
            from: Some(Timestamp::constant(1_590_973_200 + 120, 0)),
            until: Some(Timestamp::constant(1_590_973_200 + 180, 0)),
            ..anything()
        };
        assert_eq!(positions(&register, &in_time), [2, 3]);
        let latest = Wanted {
            newest_first: true,
            ..anything()
        };
        assert_eq!(positions(&register, &latest), [5, 4, 3, 2, 1]);
        let before = Wanted {
            after: Some(3),
            ..latest
        };
        assert_eq!(positions(&register, &before), [2, 1]);
        let of_kind = Wanted {
            kind: &|name| is_of_kind(name, "case.acknowledged"),
            stream: &|stream| stream != "case-2",
            ..anything()
        };
        assert_eq!(positions(&register, &of_kind), [4]);
    }
    #[test]
    fn what_was_given_to_somebody_is_found_as_well() {
        let mut register = register();
        let mut given = fact(6, "case-3", "case.assigned.v1", acting(Role::Dispatcher, OFFICE));
        given.data = serde_json::json!({"to": TOWNSHIP, "person": format!("leader-{TOWNSHIP}")});
        register.take(&given);
        let leader = StaffId::of(&format!("leader-{TOWNSHIP}"));
        let of_the_leader = |named| Wanted {
            person: Some(&leader),
            named,
            ..anything()
        };
        assert!(positions(&register, &of_the_leader(false)).is_empty());
        assert_eq!(positions(&register, &of_the_leader(true)), [6]);
        let of_the_unit = |named| Wanted {
            unit: Some(&|unit| unit.as_str() == TOWNSHIP),
            named,
            ..anything()
        };
        assert_eq!(positions(&register, &of_the_unit(false)), [4, 5]);
        assert_eq!(positions(&register, &of_the_unit(true)), [4, 5, 6]);
    }
    #[test]
    fn a_page_says_whether_there_is_more() {
        let register = register();
        assert_eq!(register.search(&anything(), 2).len(), 3);
        let rest = Wanted {
            after: Some(3),
            ..anything()
        };
        assert_eq!(positions(&register, &rest), [4, 5]);
    }
    #[test]
    fn kinds_are_lanes_or_names() {
        assert!(is_of_kind("case.assigned.v1", "case"));
        assert!(is_of_kind("case.assigned.v1", "case.assigned"));
        assert!(is_of_kind("case.assigned.v1", "case.assigned.v1"));
        assert!(!is_of_kind("case.assigned.v1", "case.ass"));
        assert!(is_of_kind("notification.sent.v1", "mail"));
        assert!(is_of_kind("unit.registered.v1", "directory"));
        assert!(!is_of_kind("tip.received.v1", "case"));
    }
    #[test]
    fn a_fact_takes_forty_bytes() {
        assert_eq!(size_of::<Entry>(), 40);
    }
    #[test]
    fn a_stream_belongs_to_its_case_or_tip() {
        let id = Uuid::from_u128(7);
        for stream in ["case", "disposal", "accountability", "tip", "reading-case"] {
            assert_eq!(subject_of(&format!("{stream}-{id}")), Some(id));
        }
        assert_eq!(subject_of("unit-321322102"), None);
        assert_eq!(subject_of("accountability-321322102"), None);
    }
}
