//! Given/when/then over a decider, with the sample jurisdiction.

#![expect(
    clippy::disallowed_methods,
    reason = "a test harness: golden files lie on the disk"
)]

use crate::{Decider, Given, Refusal, Stamp, replay};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, Jurisdiction, sample};

/// A story of one aggregate: facts that happened, a command, what follows.
pub struct Scenario<D: Decider> {
    jurisdiction: Jurisdiction,
    facts: Vec<(D::Event, Stamp)>,
    at: Timestamp,
    by: Actor,
}

/// The outcome of a command, to be compared.
#[must_use]
pub struct Outcome<D: Decider> {
    result: Result<Vec<D::Event>, D::Refusal>,
    after: Scenario<D>,
}

impl<D: Decider> Default for Scenario<D> {
    fn default() -> Self {
        Self {
            jurisdiction: sample::suqian(),
            facts: Vec::new(),
            at: "2020-06-01T01:00:00Z".parse().expect("a timestamp"),
            by: Actor::system("scenario"),
        }
    }
}

impl<D: Decider> Scenario<D> {
    pub fn new() -> Self {
        Self::default()
    }
    /// Who acts from here on.
    pub fn by(mut self, actor: Actor) -> Self {
        self.by = actor;
        self
    }
    /// Moves the time of everything that follows.
    pub fn at(mut self, instant: &str) -> Self {
        self.at = instant.parse().expect("a timestamp");
        self
    }
    pub fn later(mut self, by: SignedDuration) -> Self {
        self.at += by;
        self
    }
    pub fn jurisdiction(mut self, change: impl FnOnce(&mut Jurisdiction)) -> Self {
        change(&mut self.jurisdiction);
        self
    }
    /// Facts of the past, done by the current actor at the current time.
    pub fn given(mut self, events: impl IntoIterator<Item = D::Event>) -> Self {
        let stamp = Stamp {
            at: self.at,
            by: self.by.clone(),
        };
        self.facts
            .extend(events.into_iter().map(|event| (event, stamp.clone())));
        self
    }
    pub fn state(&self) -> D::State {
        replay::<D>(self.facts.iter().map(|(event, stamp)| (event, stamp)))
    }
    pub fn when(self, command: &D::Command) -> Outcome<D> {
        let given = Given {
            at: self.at,
            by: &self.by,
            jurisdiction: &self.jurisdiction,
        };
        Outcome {
            result: D::decide(&self.state(), command, given),
            after: self,
        }
    }
}

impl<D: Decider> Outcome<D> {
    /// Exactly these facts follow; the story goes on after them.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = D::Event>) -> Scenario<D> {
        let expected: Vec<_> = expected.into_iter().collect();
        match self.result {
            Ok(events) => assert_eq!(events, expected),
            Err(refusal) => panic!("refused: {refusal:?} {}", refusal.reason()),
        }
        self.after.given(expected)
    }
    /// The command is carried out; the story goes on after whatever followed.
    #[track_caller]
    pub fn then_done(self) -> Scenario<D> {
        match self.result {
            Ok(events) => self.after.given(events),
            Err(refusal) => panic!("refused: {refusal:?} {}", refusal.reason()),
        }
    }
    /// Nothing follows: it is already so.
    #[track_caller]
    pub fn then_nothing(self) -> Scenario<D> {
        self.then([])
    }
    #[track_caller]
    pub fn then_refused(self, expected: D::Refusal) -> Scenario<D> {
        assert_eq!(self.result, Err(expected));
        self.after
    }
}

/// Compares how events are spelled with the golden files in `folder`, one `<name>.json` for every version ever written.
///
/// `UPDATE_GOLDEN=1` writes missing files; existing ones are never overwritten, for they are history.
///
/// # Panics
/// If a sample is spelled differently from its file, has none, or a file can no longer be read.
#[track_caller]
pub fn assert_golden<E: crate::StoredEvent + std::fmt::Debug + PartialEq>(
    folder: &std::path::Path,
    samples: &[E],
) {
    for sample in samples {
        let (name, data) = crate::encode(sample);
        let file = folder.join(format!("{name}.json"));
        if !file.exists() && std::env::var_os("UPDATE_GOLDEN").is_some() {
            let text = serde_json::to_string_pretty(&data).expect("JSON") + "\n";
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::write(&file, text))
                .expect("a golden file");
        }
        let text = std::fs::read_to_string(&file)
            .unwrap_or_else(|_| panic!("no golden file for {name}; run once with UPDATE_GOLDEN=1"));
        let golden: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            data, golden,
            "{name} is spelled differently from its golden file: make a new version"
        );
    }
    for entry in std::fs::read_dir(folder).expect("golden files") {
        let path = entry.expect("a golden file").path();
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name")
            .to_owned();
        let data = serde_json::from_str(&std::fs::read_to_string(&path).expect("text")).expect("JSON");
        crate::decode::<E>(&name, data)
            .unwrap_or_else(|error| panic!("history has become unreadable: {error}"));
    }
}
