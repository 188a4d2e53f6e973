//! The chain of a case: all facts that belong to it, whatever stream they stand in.

use crate::index::Index;
use case_domain::CaseEvent;
use case_domain::Origin;
use decider::decode;
use jiff::Timestamp;
use jurisdiction::TipId;
use platform::{Recorded, Store, StoreError};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Everything about one case, by commit position.
pub(crate) struct Chain {
    /// Whole streams; what is shown of a report is only what concerns the case.
    pub(crate) facts: Vec<Recorded>,
}

/// Reads the chain of a case; empty if there is no such case.
///
/// # Errors
/// If the store cannot be reached or holds an unreadable fact.
pub(crate) async fn read(store: &Store, index: &Index, case: &str) -> Result<Chain, StoreError> {
    let subject = format!("case-{case}");
    let mut facts = store.read_stream(&subject).await?;
    if facts.is_empty() {
        return Ok(Chain { facts });
    }
    let tips = tips(&facts);
    let mut streams = vec![format!("disposal-{case}"), format!("accountability-{case}")];
    for tip in &tips {
        streams.push(format!("tip-{tip}"));
        streams.push(format!("accountability-{tip}"));
    }
    for stream in &streams {
        facts.extend(store.read_stream(stream).await?);
    }
    let chains: BTreeSet<Uuid> = facts.iter().map(|fact| fact.metadata.correlation).collect();
    let mut subjects = vec![subject];
    subjects.extend(tips.iter().map(|tip| format!("tip-{tip}")));
    let mail = index.mail(&chains, &subjects);
    for stream in mail.into_iter().chain(index.contradicted(case)) {
        facts.extend(store.read_stream(&stream).await?);
    }
    facts.sort_by_key(|fact| (fact.position, fact.revision));
    Ok(Chain { facts })
}

/// The tips that the case's own facts name.
fn tips(facts: &[Recorded]) -> BTreeSet<TipId> {
    let events = facts
        .iter()
        .filter_map(|fact| decode::<CaseEvent>(&fact.name, fact.data.clone()).ok());
    events
        .filter_map(|event| match event {
            CaseEvent::CaseOpened {
                origin: Origin::Tip { tip },
                ..
            }
            | CaseEvent::TipLinked { tip } => Some(tip),
            _ => None,
        })
        .collect()
}

impl Chain {
    /// Without what happened after `at`.
    pub(crate) fn until(mut self, at: Timestamp) -> Self {
        self.facts.retain(|fact| fact.metadata.at <= at);
        self
    }
    /// The streams, each once, in the order in which they began.
    pub(crate) fn streams(&self) -> Vec<&str> {
        let mut streams: Vec<&str> = Vec::new();
        for fact in &self.facts {
            if !streams.contains(&fact.stream.as_str()) {
                streams.push(&fact.stream);
            }
        }
        streams
    }
}

/// Whether a fact of the chain concerns the case: of a report only that the case contradicts it, or its draft.
pub(crate) fn concerns(fact: &Recorded, case: &str) -> bool {
    !fact.stream.starts_with("report-")
        || (["report.contradicted.", "report.draft_outdated."]
            .iter()
            .any(|name| fact.name.starts_with(name))
            && fact.data.get("case").and_then(serde_json::Value::as_str) == Some(case))
}
