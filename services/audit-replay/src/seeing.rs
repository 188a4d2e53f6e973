//! Who could see a case or a tip at an instant: the directory and the facts as they were then, by the rule that the lists go by.

use crate::chain;
use crate::conflict;
use crate::lanes::Lane;
use crate::reader::Reader;
use crate::readings::{self, recorded};
use crate::sight::Sight;
use crate::steps::Lens;
use crate::threads;
use accountability_domain::Accountability;
use case_domain::{Case, CaseState};
use decider::{Decider, decode};
use jiff::Timestamp;
use jurisdiction::{
    Actor, Against, CaseId, CaseLies, Jurisdiction, Obligation, Scope, TipId, TipLies, UnitCode, Why,
};
use mingcha_proto::audit::{
    GetCaseSightResponse, GetTipSightResponse, RecordedReading, SeeingPerson, SeeingUnit,
};
use platform::{Recorded, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use tip_domain::{Progress, Tip};
use tonic::Status;

/// Who could see the case then, and who looked.
pub(crate) async fn of_a_case(
    reader: &Reader,
    actor: &Actor,
    case: CaseId,
    asked: Option<Timestamp>,
) -> Result<GetCaseSightResponse, Status> {
    let facts = reader.chain(actor, &case.to_string()).await?;
    let facts = readings::beside(reader, actor, facts).await?;
    let then = Then::of(reader, facts, asked).await?;
    // Before it was opened there was nothing to be seen.
    let seen = then.case(case);
    let units = seen.map(|seen| {
        then.units(|acting| {
            let scope = Scope::of_cases(acting, &then.jurisdiction)?;
            scope.sees_case(seen.lies(), &then.jurisdiction)
        })
    });
    Ok(GetCaseSightResponse {
        case_id: case.to_string(),
        at: then.at.to_string(),
        units: units.unwrap_or_default(),
        against_units: names(&then.against.units),
        against_persons: names(&then.against.persons),
        readings: then.readings(reader),
    })
}

/// Who could see the tip then, and who looked: also at one that never led to a case.
pub(crate) async fn of_a_tip(
    reader: &Reader,
    actor: &Actor,
    tip: TipId,
    asked: Option<Timestamp>,
) -> Result<GetTipSightResponse, Status> {
    let stream = format!("tip-{tip}");
    let own = threads::facts_of_a_tip(reader, actor, tip).await?;
    let mut facts = readings::beside(reader, actor, own).await?;
    let at = asked.unwrap_or_else(|| reader.now());
    let case = led_to(&facts, &stream, at);
    if let Some(case) = case {
        // Of the case only what says who saw it: whoever looked at the case looked at the case.
        facts.extend(chain_beside(reader, case, &facts).await?);
    }
    let then = Then::of(reader, facts, Some(at)).await?;
    let units = state::<Tip>(&then.facts, &stream).map(|state| {
        let owing = then.owing(&tip.to_string());
        let seen = case.and_then(|case| then.case(case));
        let lies = TipLies {
            division: state.place.division.as_ref(),
            owing: &owing,
            case: seen.as_ref().map(SeenCase::lies),
        };
        then.units(|acting| {
            let scope = Scope::of(acting, &then.jurisdiction)?;
            scope.sees_tip(lies, &then.jurisdiction)
        })
    });
    Ok(GetTipSightResponse {
        tip_id: tip.to_string(),
        at: then.at.to_string(),
        units: units.unwrap_or_default(),
        against_units: names(&then.against.units),
        against_persons: names(&then.against.persons),
        readings: then.readings(reader),
    })
}

/// The case that a tip belonged to at an instant.
fn led_to(facts: &[Recorded], stream: &str, at: Timestamp) -> Option<CaseId> {
    let known = facts.iter().filter(|fact| fact.metadata.at <= at);
    match state::<Tip>(known, stream)?.progress {
        Progress::Accepted { case } => Some(case),
        _ => None,
    }
}

/// The facts of a case that are not there yet.
async fn chain_beside(
    reader: &Reader,
    case: CaseId,
    there: &[Recorded],
) -> Result<Vec<Recorded>, StoreError> {
    let streams: BTreeSet<&str> = there.iter().map(|fact| fact.stream.as_str()).collect();
    let mut chain = chain::read(&reader.context.store, &reader.index, &case.to_string()).await?;
    chain.facts.retain(|fact| !streams.contains(fact.stream.as_str()));
    Ok(chain.facts)
}

/// What was known at an instant, and the directory of then.
struct Then {
    at: Timestamp,
    jurisdiction: Jurisdiction,
    facts: Vec<Recorded>,
    against: Against,
}

/// A case with those who owe something on it.
struct SeenCase {
    state: CaseState,
    owing: Vec<UnitCode>,
}

impl SeenCase {
    fn lies(&self) -> CaseLies<'_> {
        CaseLies {
            division: self.state.place.division.as_ref(),
            owner: self.state.owner.as_ref(),
            co_handlers: &self.state.co_handlers,
            owing: &self.owing,
        }
    }
}

impl Then {
    async fn of(reader: &Reader, mut facts: Vec<Recorded>, asked: Option<Timestamp>) -> Result<Self, Status> {
        let at = asked.unwrap_or_else(|| reader.now());
        facts.retain(|fact| fact.metadata.at <= at);
        reader.index.fresh(&reader.context.store).await?;
        Ok(Self {
            at,
            jurisdiction: reader.index.directory_at(at),
            against: conflict::against(&facts),
            facts,
        })
    }

    fn case(&self, case: CaseId) -> Option<SeenCase> {
        let state = state::<Case>(&self.facts, &format!("case-{case}"))?;
        let owing = self.owing(&case.to_string());
        Some(SeenCase { state, owing })
    }

    /// The units whose clocks run on a tip or case.
    fn owing(&self, id: &str) -> Vec<UnitCode> {
        let clocks = state::<Accountability>(&self.facts, &format!("accountability-{id}"));
        let clocks = clocks.into_iter().flat_map(|state| state.clocks);
        // That of an inquiry is in no list of those who are not told of inquiries, and the others see everything.
        let running =
            clocks.filter(|clock| clock.stopped.is_none() && clock.obligation != Obligation::Inquiry);
        running.map(|clock| clock.unit).collect()
    }

    /// Everybody who saw it in one of their roles, by unit and reason; not whom it is about.
    fn units(&self, sees: impl Fn(&Actor) -> Option<Why>) -> Vec<SeeingUnit> {
        let mut units: BTreeMap<(UnitCode, Why), Vec<SeeingPerson>> = BTreeMap::new();
        for member in self.jurisdiction.staff.values() {
            let mut roles: BTreeMap<Why, Vec<String>> = BTreeMap::new();
            for role in &member.roles {
                let acting = Actor::staff(member.account.clone(), member.unit.clone(), *role);
                let hidden = || self.against.hides_from(&acting, &self.jurisdiction);
                if let Some(why) = sees(&acting).filter(|_| !hidden()) {
                    roles.entry(why).or_default().push(role.in_chinese().to_owned());
                }
            }
            for (why, roles) in roles {
                let person = SeeingPerson {
                    account: member.account.to_string(),
                    name: member.name.clone(),
                    roles,
                };
                units.entry((member.unit.clone(), why)).or_default().push(person);
            }
        }
        let told = units.into_iter().map(|((unit, why), persons)| SeeingUnit {
            unit_name: self.jurisdiction.unit_name(&unit),
            unit: unit.to_string(),
            why: why.code().to_owned(),
            why_title: why.in_chinese().to_owned(),
            persons,
        });
        told.collect()
    }

    fn readings(&self, reader: &Reader) -> Vec<RecordedReading> {
        let lens = Lens {
            jurisdiction: &self.jurisdiction,
            index: &reader.index,
            sight: Sight::Whole,
        };
        // Reports of the area, and its accountability, were there and were read before there was anything of this in them.
        let own =
            |fact: &&Recorded| matches!(Lane::of(&fact.stream), Lane::Tip | Lane::Case | Lane::Disposal);
        let began = self.facts.iter().filter(own).map(|fact| fact.metadata.at).min();
        let read = self.facts.iter().filter(|fact| {
            readings::is_reading(&fact.stream) && began.is_some_and(|began| fact.metadata.at >= began)
        });
        read.map(|fact| recorded(&lens, fact)).collect()
    }
}

/// What a stream amounts to; `None` if nothing is there.
fn state<'f, D: Decider>(facts: impl IntoIterator<Item = &'f Recorded>, stream: &str) -> Option<D::State> {
    let mut state = None;
    for fact in facts.into_iter().filter(|fact| fact.stream == stream) {
        if let Ok(event) = decode::<D::Event>(&fact.name, fact.data.clone()) {
            D::evolve(state.get_or_insert_with(D::State::default), &event, &fact.stamp());
        }
    }
    state
}

fn names<T: ToString>(of: impl IntoIterator<Item = T>) -> Vec<String> {
    of.into_iter().map(|one| one.to_string()).collect()
}
