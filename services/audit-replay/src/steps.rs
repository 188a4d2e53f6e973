//! From recorded facts to the steps of a replay: title, actor, cause, state, difference, time and holder.

use crate::changes::changes;
use crate::durations::in_chinese;
use crate::index::Index;
use crate::lanes::{Fold, Lane};
use crate::sight::Sight;
use crate::titles::title;
use case_domain::{Case, CaseState};
use decider::{Decider, decode};
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, StaffId};
use mingcha_proto::audit::{ReplayActor, ReplayCause, ReplayEvent, ReplayState};
use platform::Recorded;
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// What a replay is seen with.
pub(crate) struct Lens<'a> {
    pub(crate) jurisdiction: &'a Jurisdiction,
    pub(crate) index: &'a Index,
    pub(crate) sight: Sight,
}

/// Walks over facts in the order of commit.
pub(crate) struct Walk<'a> {
    lens: &'a Lens<'a>,
    folds: HashMap<String, (Box<dyn Fold>, u64)>,
    /// What each fact of the chain was, for causes.
    known: HashMap<Uuid, (&'static str, String)>,
    /// The stream of the case whose holders are told; others merged with it have theirs.
    held: String,
    case: CaseState,
    previous: Option<Timestamp>,
    step: u32,
}

impl<'a> Walk<'a> {
    /// `facts` are all that a cause may lie in, `held` the stream of the case whose holders are told.
    pub(crate) fn new(lens: &'a Lens<'a>, facts: &[Recorded], held: &str) -> Self {
        let known = facts
            .iter()
            .map(|fact| {
                let at = format!("{}@{}", fact.stream, fact.revision);
                (fact.id, (title(&fact.name).unwrap_or_default(), at))
            })
            .collect();
        Self {
            lens,
            folds: HashMap::new(),
            known,
            held: held.to_owned(),
            case: CaseState::default(),
            previous: None,
            step: 0,
        }
    }

    /// Takes in one fact; a step, unless it is not to be shown.
    pub(crate) fn take(&mut self, fact: &Recorded, shown: bool) -> Option<ReplayEvent> {
        let lane = Lane::of(&fact.stream);
        let (fold, revision) = self
            .folds
            .entry(fact.stream.clone())
            .or_insert_with(|| (lane.fold(), fact.revision));
        *revision = fact.revision;
        let before = self.lens.sight.mask(&fold.state());
        fold.take(fact);
        let after = self.lens.sight.mask(&fold.state());
        if fact.stream == self.held
            && lane == Lane::Case
            && let Ok(event) = decode(&fact.name, fact.data.clone())
        {
            Case::evolve(&mut self.case, &event, &fact.stamp());
        }
        (shown && self.lens.sight.shows(fact)).then(|| self.step(fact, lane, &before, &after))
    }

    fn step(&mut self, fact: &Recorded, lane: Lane, before: &Value, after: &Value) -> ReplayEvent {
        let at = fact.metadata.at;
        let since = self
            .previous
            .replace(at)
            .map(|previous| at.duration_since(previous));
        let held = self.case.holders.last();
        let held_for = held.map(|held| at.duration_since(held.from));
        self.step += 1;
        ReplayEvent {
            step: self.step,
            lane: lane.code().to_owned(),
            lane_title: lane.in_chinese().to_owned(),
            stream: fact.stream.clone(),
            revision: fact.revision,
            position: fact.position,
            event_id: fact.id.to_string(),
            name: fact.name.clone(),
            title: title(&fact.name).unwrap_or(&fact.name).to_owned(),
            at: at.to_string(),
            actor: Some(self.lens.actor(&fact.metadata.actor)),
            cause: Some(self.cause(fact)),
            data_json: self.lens.sight.mask(&fact.data).to_string(),
            state_json: after.to_string(),
            changes: changes(lane, before, after),
            since_previous_seconds: since.map(|since| since.as_secs()),
            since_previous: since.map(in_chinese),
            held_by: held.map(|held| held.unit.to_string()),
            held_by_name: held.map(|held| self.lens.jurisdiction.unit_name(&held.unit)),
            held_seconds: held_for.map(|held| held.as_secs()),
            held_for: held_for.map(in_chinese),
        }
    }

    fn cause(&self, fact: &Recorded) -> ReplayCause {
        let (causation, command) = (fact.metadata.causation, fact.metadata.command_id);
        let known = self.known.get(&causation);
        // Whatever a person or citizen did is caused by their own command.
        let kind = if causation == command { "command" } else { "event" };
        ReplayCause {
            kind: kind.to_owned(),
            id: causation.to_string(),
            title: known.map(|(title, _)| (*title).to_owned()),
            at: known.map(|(_, at)| at.clone()),
            command_id: command.to_string(),
        }
    }

    /// The case as walked so far.
    pub(crate) fn case(&self) -> &CaseState {
        &self.case
    }

    /// Every stream as walked so far, by name within its lane.
    pub(crate) fn states(&self) -> Vec<ReplayState> {
        let mut streams: Vec<_> = self.folds.iter().collect();
        streams.sort_by_key(|(stream, _)| (Lane::of(stream) as u8, (*stream).clone()));
        let states = streams.into_iter().map(|(stream, (fold, revision))| {
            let lane = Lane::of(stream);
            ReplayState {
                lane: lane.code().to_owned(),
                lane_title: lane.in_chinese().to_owned(),
                stream: stream.clone(),
                revision: *revision,
                state_json: self.lens.sight.mask(&fold.state()).to_string(),
            }
        });
        states.collect()
    }
}

impl Lens<'_> {
    /// The name of somebody. Officials rotate; the old actor stays named.
    pub(crate) fn name(&self, staff: &StaffId) -> String {
        let serving = self.jurisdiction.staff.get(staff);
        let name = serving
            .map(|member| member.name.clone())
            .or_else(|| self.index.name(staff));
        name.unwrap_or_else(|| staff.to_string())
    }

    /// An actor, as far as may be said.
    pub(crate) fn actor(&self, actor: &Actor) -> ReplayActor {
        match actor {
            Actor::Staff { staff, unit, role } => {
                let unit_name = self.jurisdiction.unit_name(unit);
                let name = self.name(staff);
                ReplayActor {
                    kind: "staff".to_owned(),
                    text: format!("{unit_name} {name}（{}）", role.in_chinese()),
                    account: Some(staff.to_string()),
                    name: Some(name),
                    unit: Some(unit.to_string()),
                    unit_name: Some(unit_name),
                    role: Some(role.code().to_owned()),
                    role_title: Some(role.in_chinese().to_owned()),
                    policy: None,
                }
            }
            Actor::Citizen => ReplayActor {
                kind: "citizen".to_owned(),
                text: "群众".to_owned(),
                ..ReplayActor::default()
            },
            Actor::System { policy } => ReplayActor {
                kind: "system".to_owned(),
                text: format!("系统规则（{policy}）"),
                policy: Some(policy.clone()),
                ..ReplayActor::default()
            },
        }
    }
}
