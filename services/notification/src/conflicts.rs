//! Whom each tip and case is about, kept from the store: a list of letters must not tell them that there is one.

use jurisdiction::{Actor, Against, Jurisdiction};
use platform::{Context, Followed, Recorded};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

const PREFIXES: [&str; 2] = ["tip-", "case-"];

/// By stream, which is also how a letter names its subject. Rebuilt at every start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conflicts(Arc<RwLock<HashMap<String, Against>>>);

impl Conflicts {
    /// Facts of every kind spell it alike, as the field `against`. Who is once in conflict stays so.
    pub(crate) fn take(&self, fact: &Recorded) {
        let said = fact.data.get("against").cloned();
        let said = said.and_then(|said| serde_json::from_value::<Against>(said).ok());
        let Some(said) = said.filter(|said| !said.is_empty()) else {
            return;
        };
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = known.remove(&fact.stream).unwrap_or_default();
        known.insert(fact.stream.clone(), before.and(said));
    }

    /// The subjects that do not exist for the actor.
    pub(crate) fn hidden_from(&self, actor: &Actor, jurisdiction: &Jurisdiction) -> HashSet<String> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let hidden = known
            .iter()
            .filter(|(_, against)| against.hides_from(actor, jurisdiction));
        hidden.map(|(stream, _)| stream.clone()).collect()
    }

    /// Follows the store until shutdown.
    pub(crate) async fn follow(self, context: Context) {
        let mut followed = context.store.follow(None, &PREFIXES);
        loop {
            tokio::select! {
                item = followed.recv() => match item {
                    Some(Followed::Event(fact)) => self.take(&fact),
                    Some(Followed::Checkpoint(_) | Followed::CaughtUp) => {}
                    None => return tracing::error!("nobody follows any more whom tips and cases are about"),
                },
                () = context.shutdown.cancelled() => return,
            }
        }
    }
}
