//! The store of a simulation: streams in memory, appended to at a revision only, with what each amounts to kept beside it.

use accountability_domain::{Accountability, AccountabilityState};
use case_domain::{Case, CaseState};
use decider::{Decider, DecodeError, decode};
use directory_domain::{DirectoryEntry, EntryState};
use disposal_domain::draw::{Draw, DrawState};
use disposal_domain::{Disposal, DisposalState};
use jurisdiction::{CommandId, Jurisdiction};
use platform::{Envelope, ExecuteError, Mark, NewEvent, Past, Recorded, WorkedOut, work_out};
use report_domain::{Report, ReportState};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;
use tip_domain::{Tip, TipState};
use uuid::Uuid;

/// All facts in the order of commit; a position is a place in it, from 1.
#[derive(Default)]
pub struct Log {
    facts: Vec<Recorded>,
    streams: BTreeMap<String, Stream>,
    states: States,
    digest: Sha256,
    /// A fact of this name gets lost: only to see that it is missed.
    lost: Option<&'static str>,
}

/// One stream: where its facts lie, and which commands they came from.
#[derive(Default)]
struct Stream {
    facts: Vec<usize>,
    commands: BTreeMap<Uuid, usize>,
}

#[derive(Default)]
struct States {
    tips: BTreeMap<String, TipState>,
    cases: BTreeMap<String, CaseState>,
    disposals: BTreeMap<String, DisposalState>,
    accountability: BTreeMap<String, AccountabilityState>,
    reports: BTreeMap<String, ReportState>,
    draws: BTreeMap<String, DrawState>,
    entries: BTreeMap<String, EntryState>,
}

/// A kind of stream whose states are kept.
pub trait Kept: Decider {
    fn states(log: &Log) -> &BTreeMap<String, Self::State>;
    fn states_mut(log: &mut Log) -> &mut BTreeMap<String, Self::State>;
}

macro_rules! kept {
    ($($decider:ty => $field:ident),+ $(,)?) => {
        $(impl Kept for $decider {
            fn states(log: &Log) -> &BTreeMap<String, Self::State> {
                &log.states.$field
            }
            fn states_mut(log: &mut Log) -> &mut BTreeMap<String, Self::State> {
                &mut log.states.$field
            }
        })+
    };
}

kept! {
    Tip => tips,
    Case => cases,
    Disposal => disposals,
    Accountability => accountability,
    Report => reports,
    Draw => draws,
    DirectoryEntry => entries,
}

impl Log {
    pub(crate) fn lose(&mut self, name: &'static str) {
        self.lost = Some(name);
    }
    pub fn facts(&self) -> &[Recorded] {
        &self.facts
    }
    pub(crate) fn into_facts(self) -> Vec<Recorded> {
        self.facts
    }
    /// The facts of a stream, oldest first.
    pub fn stream(&self, name: &str) -> impl DoubleEndedIterator<Item = &Recorded> {
        let places = self.streams.get(name).map_or(&[][..], |stream| &stream.facts);
        places.iter().filter_map(|place| self.facts.get(*place))
    }
    pub fn revision(&self, name: &str) -> Option<u64> {
        let count = self.streams.get(name)?.facts.len() as u64;
        count.checked_sub(1)
    }
    pub fn state<D: Kept>(&self, stream: &str) -> Option<&D::State> {
        D::states(self).get(stream)
    }
    /// What a stream amounted to right after one of its facts.
    pub fn state_at<D: Kept>(&self, stream: &str, revision: u64) -> D::State {
        if self.revision(stream) == Some(revision) {
            return self.state::<D>(stream).cloned().unwrap_or_default();
        }
        self.replayed::<D>(stream, revision)
    }
    /// The same from the facts alone.
    pub fn replayed<D: Decider>(&self, stream: &str, revision: u64) -> D::State {
        let mut state = D::State::default();
        for fact in self.stream(stream).filter(|fact| fact.revision <= revision) {
            if let Ok(event) = decode::<D::Event>(&fact.name, fact.data.clone()) {
                D::evolve(&mut state, &event, &fact.stamp());
            }
        }
        state
    }
    /// A few letters that any difference in the history would change.
    pub fn digest(&self) -> String {
        hex::encode(&self.digest.clone().finalize()[..8])
    }

    /// Carries a command out. Answers which facts are new; none if it was a repetition, or already so.
    ///
    /// # Errors
    /// If it is refused, or the stream has moved on.
    pub fn execute<D: Kept>(
        &mut self,
        jurisdiction: &Jurisdiction,
        stream: &str,
        envelope: &Envelope,
        command: &D::Command,
    ) -> Result<Range<usize>, ExecuteError> {
        let past = self.past::<D>(stream, envelope.command_id);
        let worked_out = work_out::<D>(&past, jurisdiction, envelope, command);
        if self.streams.contains_key(stream) {
            D::states_mut(self).insert(stream.to_owned(), past.state);
        }
        match worked_out? {
            WorkedOut::Facts(events) => Ok(self.append::<D>(stream, events)?),
            WorkedOut::Repetition(_) | WorkedOut::Nothing => Ok(0..0),
        }
    }

    /// Takes the state out: whoever asks puts it back.
    fn past<D: Kept>(&mut self, name: &str, command: CommandId) -> Past<D::State> {
        let state = D::states_mut(self).remove(name).unwrap_or_default();
        let stream = self.streams.get(name);
        let mark = |place: &usize| self.facts.get(*place).map(Mark::of);
        let first = stream.and_then(|stream| self.facts.get(*stream.facts.first()?));
        Past {
            state,
            correlation: first.map(|first| first.metadata.correlation),
            last: stream.and_then(|stream| mark(stream.facts.last()?)),
            done: stream.and_then(|stream| mark(stream.commands.get(&command.0)?)),
        }
    }

    /// Appends after whatever there is.
    ///
    /// # Errors
    /// If a fact cannot be read back.
    pub fn append<D: Kept>(
        &mut self,
        name: &str,
        events: Vec<NewEvent>,
    ) -> Result<Range<usize>, DecodeError> {
        let begin = self.facts.len();
        for event in events {
            if self.lost == Some(event.name.as_str()) {
                continue;
            }
            let fact = decode::<D::Event>(&event.name, event.data.clone())?;
            let place = self.facts.len();
            let stream = self.streams.entry(name.to_owned()).or_default();
            let recorded = Recorded {
                id: event.id,
                stream: name.to_owned(),
                revision: stream.facts.len() as u64,
                position: place as u64 + 1,
                name: event.name,
                data: event.data,
                metadata: event.metadata,
            };
            stream.facts.push(place);
            stream.commands.insert(recorded.metadata.command_id, place);
            let state = D::states_mut(self).entry(name.to_owned()).or_default();
            D::evolve(state, &fact, &recorded.stamp());
            self.mix_in(&recorded);
            self.facts.push(recorded);
        }
        Ok(begin..self.facts.len())
    }

    fn mix_in(&mut self, fact: &Recorded) {
        let metadata = serde_json::to_string(&fact.metadata).unwrap_or_default();
        for part in [&fact.stream, &fact.name, &fact.data.to_string(), &metadata] {
            self.digest.update((part.len() as u64).to_be_bytes());
            self.digest.update(part);
        }
        self.digest.update(fact.id);
    }
}
