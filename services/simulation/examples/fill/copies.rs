//! The tips and cases of a year again and again, each time with ids of their own: every fact names its cause, its chain and the hash
//! of the one before it as if it had come to pass.

use platform::{Link, NewEvent, Recorded, event_id};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

/// What one command appended to one stream.
pub struct Append {
    pub stream: String,
    /// The stream's first free revision.
    pub revision: u64,
    pub events: Vec<NewEvent>,
}

/// All appends in the order of commit: each one of the year for every time before the next one of the year.
pub struct Copies<'y> {
    year: &'y [Recorded],
    times: u64,
    /// What each id of a tip, a case or something of theirs stands for; all others are the same every time.
    own: HashMap<Uuid, Own>,
    /// The last event of each stream, every time.
    last: HashMap<String, Link>,
    place: usize,
    time: u64,
}

#[derive(Clone, Copy)]
enum Own {
    Id,
    /// Its time in milliseconds, command and place in it follow from the year's event.
    Event {
        place: usize,
        index: usize,
    },
}

impl<'y> Copies<'y> {
    /// As many times as it takes to have so many facts at least.
    pub fn of(year: &'y [Recorded], facts: usize) -> Self {
        let chains = year.iter().filter(|fact| is_of_a_chain(fact)).count();
        let once = year.len() - chains;
        let times = facts.saturating_sub(once).div_ceil(chains.max(1)).max(1);
        Self {
            year,
            times: times as u64,
            own: own(year),
            last: HashMap::new(),
            place: 0,
            time: 0,
        }
    }

    pub fn times(&self) -> u64 {
        self.times
    }

    fn renewed(&mut self, facts: &[Recorded]) -> Append {
        let first = &facts[0];
        let stream = self.text(&first.stream);
        let mut events = Vec::with_capacity(facts.len());
        for fact in facts {
            let mut metadata = fact.metadata.clone();
            metadata.correlation = self.id(metadata.correlation);
            metadata.causation = self.id(metadata.causation);
            metadata.command_id = self.id(metadata.command_id);
            metadata.previous = self.last.get(&stream).copied();
            let event = NewEvent {
                id: self.id(fact.id),
                name: fact.name.clone(),
                data: self.value(&fact.data),
                metadata,
            };
            self.last.insert(stream.clone(), Link::to_new(&event));
            events.push(event);
        }
        Append {
            stream,
            revision: first.revision,
            events,
        }
    }

    /// The first time everything is called as in the year itself.
    fn id(&self, id: Uuid) -> Uuid {
        match self.own.get(&id) {
            _ if self.time == 0 => id,
            None => id,
            Some(Own::Id) => {
                let hash = Sha256::new()
                    .chain_update(id)
                    .chain_update(self.time.to_be_bytes());
                let mut bytes = [0u8; 16];
                bytes.copy_from_slice(&hash.finalize()[..16]);
                Uuid::new_v8(bytes)
            }
            Some(Own::Event { place, index }) => {
                let metadata = &self.year[*place].metadata;
                event_id(metadata.at, self.id(metadata.command_id), *index)
            }
        }
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(name, value)| (name.clone(), self.value(value)));
                Value::Object(fields.collect())
            }
            other => other.clone(),
        }
    }

    /// Ids stand alone, or behind a word: `case-<id>`, `acknowledge#<id>`.
    fn text(&self, text: &str) -> String {
        let split = text.len().checked_sub(36).filter(|at| text.is_char_boundary(*at));
        let Some((before, id)) = split.map(|at| text.split_at(at)) else {
            return text.to_owned();
        };
        match Uuid::try_parse(id) {
            Ok(id) => format!("{before}{}", self.id(id)),
            Err(_) => text.to_owned(),
        }
    }
}

impl Iterator for Copies<'_> {
    type Item = Append;

    fn next(&mut self) -> Option<Append> {
        let year = self.year;
        let first = year.get(self.place)?;
        let same = |fact: &&Recorded| {
            fact.stream == first.stream && fact.metadata.command_id == first.metadata.command_id
        };
        let end = self.place + year[self.place..].iter().take_while(same).count();
        let append = self.renewed(&year[self.place..end]);
        self.time += 1;
        if self.time == self.times || !is_of_a_chain(first) {
            (self.place, self.time) = (end, 0);
        }
        Some(append)
    }
}

/// Of a tip, a case, its disposal, or what somebody is accountable for in one of them.
fn is_of_a_chain(fact: &Recorded) -> bool {
    let (category, id) = fact.stream.split_once('-').unwrap_or_default();
    matches!(category, "tip" | "case" | "disposal" | "accountability") && Uuid::try_parse(id).is_ok()
}

fn own(year: &[Recorded]) -> HashMap<Uuid, Own> {
    let mut own = HashMap::new();
    let mut of_command: HashMap<(&str, Uuid), usize> = HashMap::new();
    for (place, fact) in year.iter().enumerate().filter(|(_, fact)| is_of_a_chain(fact)) {
        let metadata = &fact.metadata;
        let index = of_command.entry((&fact.stream, metadata.command_id)).or_default();
        own.insert(fact.id, Own::Event { place, index: *index });
        *index += 1;
        let subject = Uuid::try_parse(fact.subject()).unwrap_or_default();
        for id in [subject, metadata.command_id, metadata.correlation] {
            own.entry(id).or_insert(Own::Id);
        }
    }
    own
}
