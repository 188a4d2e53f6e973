//! From facts to a history: each with actor, cause, state after it, what changed, time passed, and who held the case.

use crate::chain::Chain;
use crate::lane::{Fold, Lane};
use crate::titles::title;
use crate::{changes, words};
use case_domain::{CaseState, Holding};
use jiff::Timestamp;
use jurisdiction::Jurisdiction;
use mingcha_proto::audit::{ReplayCaseResponse, ReplayCause, ReplayEvent, ReplayHolder, ReplayState};
use platform::Recorded;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The whole history of a case as of `at`.
pub(crate) fn of_case(
    case_id: &str,
    chain: &Chain,
    at: Timestamp,
    jurisdiction: &Jurisdiction,
) -> ReplayCaseResponse {
    let (events, states) = of_facts(&chain.facts, Some(&chain.case), jurisdiction);
    ReplayCaseResponse {
        case_id: case_id.to_owned(),
        at: at.to_string(),
        summary: chain.case.summary.clone(),
        place: chain.case.place.text.clone(),
        position: chain.facts.last().map_or(0, |fact| fact.position),
        holders: holders(&chain.case, at, jurisdiction),
        events,
        states,
    }
}

/// The steps of any facts in commit order, and the state that each stream ends in.
pub(crate) fn of_facts(
    facts: &[Recorded],
    case: Option<&CaseState>,
    jurisdiction: &Jurisdiction,
) -> (Vec<ReplayEvent>, Vec<ReplayState>) {
    let by_id: BTreeMap<Uuid, &Recorded> = facts.iter().map(|fact| (fact.id, fact)).collect();
    let mut streams: BTreeMap<&str, Stream> = BTreeMap::new();
    let mut events = Vec::with_capacity(facts.len());
    let mut previous: Option<Timestamp> = None;
    for (index, fact) in facts.iter().enumerate() {
        let stream = streams
            .entry(&fact.stream)
            .or_insert_with(|| Stream::new(&fact.stream));
        let (before, after) = stream.take(fact);
        let mut event = described(index, fact, jurisdiction);
        event.cause = Some(cause(fact, &by_id));
        event.changes = changes::between(&before, &after);
        event.state_json = after.to_string();
        if let Some(previous) = previous {
            let seconds = fact.metadata.at.duration_since(previous).as_secs();
            event.since_previous_seconds = Some(seconds);
            event.since_previous = Some(words::duration(seconds));
        }
        if let Some(holding) = case.and_then(|case| holder_at(case, fact.metadata.at)) {
            let seconds = fact.metadata.at.duration_since(holding.from).as_secs();
            event.held_by = Some(holding.unit.to_string());
            event.held_by_name = Some(jurisdiction.unit_name(&holding.unit));
            event.held_seconds = Some(seconds);
            event.held_for = Some(words::duration(seconds));
        }
        previous = Some(fact.metadata.at);
        events.push(event);
    }
    let states = streams
        .into_iter()
        .map(|(name, stream)| stream.finished(name))
        .collect();
    (events, states)
}

/// One stream while its facts pass by.
struct Stream {
    lane: Lane,
    fold: Fold,
    state: Value,
    revision: u64,
}

impl Stream {
    fn new(name: &str) -> Self {
        let lane = Lane::of(name);
        let fold = Fold::of(lane);
        Self {
            state: fold.json(),
            lane,
            fold,
            revision: 0,
        }
    }
    /// State before and after the fact.
    fn take(&mut self, fact: &Recorded) -> (Value, Value) {
        if let Err(error) = self.fold.apply(fact) {
            tracing::error!(%error, stream = fact.stream, "a fact cannot be read, its state is left out");
        }
        self.revision = fact.revision;
        let before = std::mem::replace(&mut self.state, self.fold.json());
        (before, self.state.clone())
    }
    fn finished(self, name: &str) -> ReplayState {
        ReplayState {
            lane: self.lane.code().to_owned(),
            lane_title: self.lane.title().to_owned(),
            stream: name.to_owned(),
            revision: self.revision,
            state_json: self.state.to_string(),
        }
    }
}

fn described(index: usize, fact: &Recorded, jurisdiction: &Jurisdiction) -> ReplayEvent {
    let lane = Lane::of(&fact.stream);
    ReplayEvent {
        step: index as u32 + 1,
        lane: lane.code().to_owned(),
        lane_title: lane.title().to_owned(),
        stream: fact.stream.clone(),
        revision: fact.revision,
        position: fact.position,
        event_id: fact.id.to_string(),
        name: fact.name.clone(),
        title: title(&fact.name).to_owned(),
        at: fact.metadata.at.to_string(),
        actor: Some(words::actor(&fact.metadata.actor, jurisdiction)),
        data_json: fact.data.to_string(),
        ..ReplayEvent::default()
    }
}

fn cause(fact: &Recorded, by_id: &BTreeMap<Uuid, &Recorded>) -> ReplayCause {
    let id = fact.metadata.causation;
    let causing = by_id.get(&id);
    let kind = if id == fact.metadata.command_id {
        "command"
    } else {
        "event"
    };
    ReplayCause {
        kind: kind.to_owned(),
        id: id.to_string(),
        title: causing.map(|fact| title(&fact.name).to_owned()),
        at: causing.map(|fact| format!("{}@{}", fact.stream, fact.revision)),
        command_id: fact.metadata.command_id.to_string(),
    }
}

/// Who held the case at an instant.
fn holder_at(case: &CaseState, at: Timestamp) -> Option<&Holding> {
    case.holders.iter().rfind(|holding| holding.from <= at)
}

fn holders(case: &CaseState, at: Timestamp, jurisdiction: &Jurisdiction) -> Vec<ReplayHolder> {
    let ends = case
        .holders
        .iter()
        .skip(1)
        .map(|next| Some(next.from))
        .chain([case.closed_at]);
    case.holders
        .iter()
        .zip(ends)
        .map(|(holding, until)| {
            let end = until.unwrap_or(at);
            let seconds = end.duration_since(holding.from).as_secs();
            ReplayHolder {
                unit: holding.unit.to_string(),
                unit_name: jurisdiction.unit_name(&holding.unit),
                from: holding.from.to_string(),
                until: until.map(|until| until.to_string()),
                working_days: jurisdiction.calendar.working_days_between(holding.from, end),
                seconds,
                held_for: words::duration(seconds),
            }
        })
        .collect()
}
