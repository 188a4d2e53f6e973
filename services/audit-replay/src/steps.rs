//! From recorded facts to the steps of a replay: title, actor, cause, state, difference, time and holder.

use crate::changes::changes;
use crate::durations::in_chinese;
use crate::index::Index;
use crate::lanes::{Fold, Lane};
use crate::rules::rule;
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

/// One stream as walked so far.
struct Walked {
    fold: Box<dyn Fold>,
    /// The number that the last fact is cited by.
    revision: u64,
}

/// A fact as a cause is told of.
struct Told {
    title: &'static str,
    stream: String,
    /// The number in its stream that it is cited by.
    number: u64,
}

/// Walks over facts in the order of commit.
pub(crate) struct Walk<'a> {
    lens: &'a Lens<'a>,
    folds: HashMap<String, Walked>,
    /// What each fact that is shown was.
    known: HashMap<Uuid, Told>,
    /// The stream of the case whose holders are told; others merged with it have theirs.
    held: String,
    case: CaseState,
    previous: Option<Timestamp>,
    step: u32,
}

impl<'a> Walk<'a> {
    /// `facts` are all that a cause may lie in, `held` the stream of the case whose holders are told.
    pub(crate) fn new(lens: &'a Lens<'a>, facts: &[Recorded], held: &str) -> Self {
        let mut shown = HashMap::new();
        let known = facts.iter().filter(|fact| lens.sight.shows(fact)).map(|fact| {
            let before: &mut u64 = shown.entry(&fact.stream).or_default();
            let told = Told {
                title: title(&fact.name).unwrap_or_default(),
                stream: fact.stream.clone(),
                number: lens.sight.number(fact.revision, *before),
            };
            *before += 1;
            (fact.id, told)
        });
        let known = known.collect();
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
        let number = self.known.get(&fact.id).map(|told| told.number);
        let fresh = || Walked {
            fold: lane.fold(),
            revision: 0,
        };
        let walked = self.folds.entry(fact.stream.clone()).or_insert_with(fresh);
        walked.revision = number.unwrap_or(walked.revision);
        let before = self.lens.sight.mask(&walked.fold.state());
        walked.fold.take(fact);
        let after = self.lens.sight.mask(&walked.fold.state());
        if fact.stream == self.held
            && lane == Lane::Case
            && let Ok(event) = decode(&fact.name, fact.data.clone())
        {
            Case::evolve(&mut self.case, &event, &fact.stamp());
        }
        let number = number.filter(|_| shown)?;
        Some(self.step(fact, number, &before, &after))
    }

    fn step(&mut self, fact: &Recorded, number: u64, before: &Value, after: &Value) -> ReplayEvent {
        let lane = Lane::of(&fact.stream);
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
            revision: number,
            position: fact.position,
            event_id: fact.id.to_string(),
            name: fact.name.clone(),
            title: title(&fact.name).unwrap_or(&fact.name).to_owned(),
            at: at.to_string(),
            actor: Some(self.lens.actor(&fact.metadata.actor)),
            cause: Some(self.cause(fact)),
            data_json: self.lens.sight.mask(&fact.data).to_string(),
            state_json: after.to_string(),
            changes: changes(lane, before, after, |pointer, value| {
                self.lens.said_at(lane, pointer, value)
            }),
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
            title: known.map(|told| told.title.to_owned()),
            at: known.map(|told| format!("{}@{}", told.stream, told.number)),
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
        let states = streams.into_iter().map(|(stream, walked)| {
            let lane = Lane::of(stream);
            let state = self.lens.sight.mask(&walked.fold.state());
            ReplayState {
                lane: lane.code().to_owned(),
                lane_title: lane.in_chinese().to_owned(),
                stream: stream.clone(),
                revision: walked.revision,
                fields: self.lens.fields(lane, &state),
                state_json: state.to_string(),
            }
        });
        states.collect()
    }
}

impl Lens<'_> {
    /// The name of somebody. Officials rotate; the old actor stays named.
    pub(crate) fn name(&self, staff: &StaffId) -> String {
        self.known_name(staff).unwrap_or_else(|| staff.to_string())
    }

    /// The name of somebody who serves or served.
    pub(crate) fn known_name(&self, staff: &StaffId) -> Option<String> {
        let serving = self.jurisdiction.staff.get(staff);
        serving
            .map(|member| member.name.clone())
            .or_else(|| self.index.name(staff))
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
                text: format!("系统规则：{}", rule(policy).unwrap_or(policy)),
                policy: Some(policy.clone()),
                ..ReplayActor::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::recorded;
    use jurisdiction::sample::suqian;
    use serde_json::json;

    #[test]
    fn nothing_tells_those_who_direct_the_area_that_a_fact_is_kept_from_them() {
        let (jurisdiction, index) = (suqian(), Index::empty());
        let asked = json!({"request": 1, "reason": "核实打击报复"});
        let mut facts = vec![
            recorded("tip-1", 0, "tip.danger_raised.v1", json!({})),
            recorded("tip-1", 1, "tip.identity_reveal_requested.v1", asked),
            recorded(
                "tip-1",
                2,
                "tip.reply_sent.v1",
                json!({"text": "请问厂门朝哪个方向？"}),
            ),
        ];
        facts[2].metadata.causation = facts[1].id;
        let seen = |sight| {
            let lens = Lens {
                jurisdiction: &jurisdiction,
                index: &index,
                sight,
            };
            let mut walk = Walk::new(&lens, &facts, "case-1");
            let steps: Vec<_> = facts.iter().filter_map(|fact| walk.take(fact, true)).collect();
            let revisions: Vec<u64> = steps.iter().map(|step| step.revision).collect();
            let cause = steps.last().and_then(|step| step.cause.clone()).expect("a cause");
            (revisions, walk.states()[0].revision, cause.title)
        };
        let asked = Some("申请查看举报人身份".to_owned());
        assert_eq!(seen(Sight::Whole), (vec![0, 1, 2], 2, asked));
        assert_eq!(seen(Sight::Area), (vec![0, 1], 1, None));
    }
}
