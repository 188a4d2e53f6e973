//! The decider pattern: state from facts, new facts from commands, refusals with a reason. Pure by construction.

mod event;
mod refusal;
#[cfg(feature = "scenario")]
pub mod scenario;

pub use event::{DecodeError, StoredEvent, decode, encode};
pub use refusal::{Kind, Reason, Refusal};

use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// When something happened and who did it. Stored in the metadata of every event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stamp {
    pub at: Timestamp,
    pub by: Actor,
}

/// What a decision may look at besides its own stream: the moment, the actor and the jurisdiction as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub at: Timestamp,
    pub by: &'a Actor,
    pub jurisdiction: &'a Jurisdiction,
}

/// One kind of aggregate. `decide` may refuse; `evolve` may not: history is never refused.
pub trait Decider {
    /// Category and prefix of its streams: `tip` for `tip-<id>`.
    const CATEGORY: &'static str;
    type State: Default + Clone + Debug + Serialize + Send;
    type Command: Debug + Send + Sync;
    type Event: StoredEvent + Clone + Debug + PartialEq + Send + Sync;
    type Refusal: Refusal;

    /// The facts that follow from a command. An empty list means: already so, nothing to record.
    fn decide(
        state: &Self::State,
        command: &Self::Command,
        given: Given<'_>,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// Takes one fact into the state.
    fn evolve(state: &mut Self::State, event: &Self::Event, stamp: &Stamp);
}

/// Folds facts into the state they lead to.
pub fn replay<'e, D: Decider>(facts: impl IntoIterator<Item = (&'e D::Event, &'e Stamp)>) -> D::State
where
    D::Event: 'e,
{
    let mut state = D::State::default();
    for (event, stamp) in facts {
        D::evolve(&mut state, event, stamp);
    }
    state
}

/// What every stored event type can do; see [`StoredEvent`].
pub trait Json: Serialize + DeserializeOwned {}
impl<T: Serialize + DeserializeOwned> Json for T {}
