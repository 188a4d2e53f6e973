//! Who could see a case at an instant: the directory and the case as they were then, by the rule that the lists go by.

use crate::conflict;
use crate::reader::Reader;
use crate::readings::{self, recorded};
use crate::sight::Sight;
use crate::steps::Lens;
use accountability_domain::Accountability;
use case_domain::{Case, CaseState};
use decider::{Decider, decode};
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, CaseLies, Jurisdiction, Scope, UnitCode, Why};
use mingcha_proto::audit::{GetCaseSightResponse, SeeingPerson, SeeingUnit};
use platform::Recorded;
use std::collections::BTreeMap;
use tonic::Status;

/// Who could see the case then, and who looked.
pub(crate) async fn at(
    reader: &Reader,
    actor: &Actor,
    case: CaseId,
    asked: Option<Timestamp>,
) -> Result<GetCaseSightResponse, Status> {
    let at = asked.unwrap_or_else(|| reader.now());
    let chain = reader.chain(actor, &case.to_string()).await?;
    let mut facts = readings::beside(reader, actor, chain).await?;
    facts.retain(|fact| fact.metadata.at <= at);
    reader.index.fresh(&reader.context.store).await?;
    let jurisdiction = reader.index.directory_at(at);
    let against = conflict::against(&facts);
    // Before it was opened there was nothing to be seen.
    let units = match state::<Case>(&facts, &format!("case-{case}")) {
        Some(state) => units(&facts, case, &state, &jurisdiction),
        None => Vec::new(),
    };
    let lens = Lens {
        jurisdiction: &jurisdiction,
        index: &reader.index,
        sight: Sight::Whole,
    };
    let read = facts.iter().filter(|fact| readings::is_reading(&fact.stream));
    Ok(GetCaseSightResponse {
        case_id: case.to_string(),
        at: at.to_string(),
        units,
        against_units: against.units.iter().map(ToString::to_string).collect(),
        against_persons: against.persons.iter().map(ToString::to_string).collect(),
        readings: read.map(|fact| recorded(&lens, fact)).collect(),
    })
}

fn state<D: Decider>(facts: &[Recorded], stream: &str) -> Option<D::State> {
    let mut state = None;
    for fact in facts.iter().filter(|fact| fact.stream == stream) {
        if let Ok(event) = decode::<D::Event>(&fact.name, fact.data.clone()) {
            D::evolve(state.get_or_insert_with(D::State::default), &event, &fact.stamp());
        }
    }
    state
}

fn units(
    facts: &[Recorded],
    case: CaseId,
    state: &CaseState,
    jurisdiction: &Jurisdiction,
) -> Vec<SeeingUnit> {
    let clocks = state_of_clocks(facts, case);
    let lies = CaseLies {
        division: state.place.division.as_ref(),
        owner: state.owner.as_ref(),
        co_handlers: &state.co_handlers,
        owing: &clocks,
    };
    let against = conflict::against(facts);
    let mut units: BTreeMap<(UnitCode, Why), Vec<SeeingPerson>> = BTreeMap::new();
    for member in jurisdiction.staff.values() {
        let mut roles: BTreeMap<Why, Vec<String>> = BTreeMap::new();
        for role in &member.roles {
            let acting = Actor::staff(member.account.clone(), member.unit.clone(), *role);
            let scope = Scope::of_cases(&acting, jurisdiction);
            let why = scope.and_then(|scope| scope.sees_case(lies, jurisdiction));
            if let Some(why) = why.filter(|_| !against.hides_from(&acting, jurisdiction)) {
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
        unit_name: jurisdiction.unit_name(&unit),
        unit: unit.to_string(),
        why: why.code().to_owned(),
        why_title: why.in_chinese().to_owned(),
        persons,
    });
    told.collect()
}

/// The units whose clocks run on the case.
fn state_of_clocks(facts: &[Recorded], case: CaseId) -> Vec<UnitCode> {
    let clocks = state::<Accountability>(facts, &format!("accountability-{case}"));
    let running = clocks.into_iter().flat_map(|state| state.clocks);
    running
        .filter(|clock| clock.stopped.is_none())
        .map(|clock| clock.unit)
        .collect()
}
