//! The chain of a case: which streams belong to it, read straight from the store.

use crate::mail::MailIndex;
use case_domain::{Case, CaseState};
use decider::Decider;
use jiff::Timestamp;
use platform::{Recorded, Store, StoreError};

/// Everything that belongs to one case, by commit position.
pub(crate) struct Chain {
    pub(crate) facts: Vec<Recorded>,
    pub(crate) case: CaseState,
}

/// Reads the chain; `None` if there is no such case. Nothing later than `until` is in it.
pub(crate) async fn read(
    store: &Store,
    mail: &MailIndex,
    case_id: &str,
    until: Option<Timestamp>,
) -> Result<Option<Chain>, StoreError> {
    let mut facts = store.read_stream(&format!("case-{case_id}")).await?;
    if facts.is_empty() {
        return Ok(None);
    }
    // All tips ever linked, whatever the instant asked for: the filter below keeps only what had happened.
    let tips: Vec<String> = folded(&facts, None)
        .tips
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut streams = vec![format!("disposal-{case_id}"), format!("accountability-{case_id}")];
    streams.extend(
        tips.iter()
            .flat_map(|tip| [format!("tip-{tip}"), format!("accountability-{tip}")]),
    );
    streams.extend(mail.about(case_id));
    streams.extend(tips.iter().flat_map(|tip| mail.about(tip)));
    let case = folded(&facts, until);
    for stream in streams {
        facts.extend(store.read_stream(&stream).await?);
    }
    if let Some(until) = until {
        facts.retain(|fact| fact.metadata.at <= until);
    }
    facts.sort_unstable_by_key(|fact| fact.position);
    Ok(Some(Chain { facts, case }))
}

fn folded(history: &[Recorded], until: Option<Timestamp>) -> CaseState {
    let mut state = CaseState::default();
    for fact in history
        .iter()
        .filter(|fact| until.is_none_or(|until| fact.metadata.at <= until))
    {
        if let Ok(event) = decider::decode(&fact.name, fact.data.clone()) {
            Case::evolve(&mut state, &event, &fact.stamp());
        }
    }
    state
}
