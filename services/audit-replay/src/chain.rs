//! The chain of a case: all facts that belong to it, whatever stream they stand in, and those of the cases merged with it.

use crate::index::Index;
use case_domain::CaseEvent;
use case_domain::{Case, CaseState, Origin};
use decider::{Decider, decode};
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
    let mut facts = store.read_stream(&format!("case-{case}")).await?;
    if facts.is_empty() {
        return Ok(Chain { facts });
    }
    let cases = index.halves(case);
    for half in cases.iter().filter(|half| *half != case) {
        facts.extend(store.read_stream(&format!("case-{half}")).await?);
    }
    let tips = tips(&facts);
    let mut streams = Vec::new();
    for case in &cases {
        streams.extend([format!("disposal-{case}"), format!("accountability-{case}")]);
    }
    for tip in &tips {
        streams.extend([format!("tip-{tip}"), format!("accountability-{tip}")]);
    }
    for stream in &streams {
        facts.extend(store.read_stream(stream).await?);
    }
    let chains: BTreeSet<Uuid> = facts.iter().map(|fact| fact.metadata.correlation).collect();
    let of_cases = cases.iter().map(|case| format!("case-{case}"));
    let of_tips = tips.iter().map(|tip| format!("tip-{tip}"));
    let subjects: Vec<String> = of_cases.chain(of_tips).collect();
    let mut others = index.mail(&chains, &subjects);
    others.extend(cases.iter().flat_map(|case| index.contradicted(case)));
    for stream in &others {
        facts.extend(store.read_stream(stream).await?);
    }
    facts.sort_by_key(|fact| (fact.position, fact.revision));
    Ok(Chain { facts })
}

/// The tips that the cases' own facts name.
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

/// The cases of a chain: one, unless others were merged with it.
pub(crate) fn cases(facts: &[Recorded]) -> BTreeSet<String> {
    let cases = facts.iter().filter_map(|fact| fact.stream.strip_prefix("case-"));
    cases.map(str::to_owned).collect()
}

/// Whether a fact of the chain concerns its cases: of a report only that one of them contradicts it.
pub(crate) fn concerns(fact: &Recorded, cases: &BTreeSet<String>) -> bool {
    let contradicting = fact.data.get("case").and_then(serde_json::Value::as_str);
    !fact.stream.starts_with("report-")
        || (fact.name.starts_with("report.contradicted.")
            && contradicting.is_some_and(|case| cases.contains(case)))
}

/// What a case amounts to after these facts.
pub(crate) fn state(facts: &[Recorded], case: &str) -> CaseState {
    let stream = format!("case-{case}");
    let mut state = CaseState::default();
    for fact in facts.iter().filter(|fact| fact.stream == stream) {
        if let Ok(event) = decode(&fact.name, fact.data.clone()) {
            Case::evolve(&mut state, &event, &fact.stamp());
        }
    }
    state
}
