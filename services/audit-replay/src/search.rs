//! Facts by person, unit, time and kind, page by page.

use crate::lanes::Lane;
use crate::reader::{Reader, instant};
use crate::readings::is_reading;
use crate::register::{Spot, Wanted, is_of_kind};
use crate::sight::Sight;
use crate::steps::Lens;
use crate::titles::title;
use jurisdiction::{Actor, Jurisdiction, Role, StaffId, UnitCode};
use mingcha_proto::audit::{FoundFact, SearchFactsRequest, SearchFactsResponse};
use platform::{Recorded, invalid};
use reading_domain::ReadingEvent;
use std::collections::HashMap;
use tonic::Status;

const USUAL: u32 = 50;
const MOST: u32 = 200;

/// How many on a page.
pub(crate) fn page(limit: Option<u32>) -> Result<usize, Status> {
    match limit.unwrap_or(USUAL) {
        limit @ 1..=MOST => Ok(limit as usize),
        _ => Err(invalid("limit", "每页应是 1 到 200 条。")),
    }
}

/// An account that somebody wrote.
pub(crate) fn person(text: Option<&String>) -> Result<Option<StaffId>, Status> {
    text.map(|text| text.parse())
        .transpose()
        .map_err(|rule: &str| invalid("person", &format!("{rule}。")))
}

/// Reads what was found, and where to go on if there is more.
pub(crate) async fn paged(
    reader: &Reader,
    mut spots: Vec<Spot>,
    most: usize,
) -> Result<(Vec<Recorded>, Option<u64>), Status> {
    let more = spots.len() > most;
    spots.truncate(most);
    let next = spots.last().map(|spot| spot.position).filter(|_| more);
    let mut facts = Vec::with_capacity(spots.len());
    for spot in spots {
        let fact = reader
            .context
            .store
            .read_event(&spot.stream, spot.revision)
            .await?;
        facts.extend(fact);
    }
    Ok((facts, next))
}

/// What was found, and what is to be recorded of the search.
pub(crate) async fn facts(
    reader: &Reader,
    actor: &Actor,
    request: &SearchFactsRequest,
) -> Result<(SearchFactsResponse, ReadingEvent), Status> {
    let most = page(request.limit)?;
    let jurisdiction = reader.jurisdiction();
    let person = person(request.person.as_ref())?;
    let unit = unit(request.unit.as_ref(), &jurisdiction)?;
    let (from, until) = (
        instant("from", request.from.as_ref())?,
        instant("until", request.until.as_ref())?,
    );
    if from.zip(until).is_some_and(|(from, until)| from > until) {
        return Err(invalid("until", "结束时间早于开始时间。"));
    }
    let kind = kind(request.kind.as_ref())?;
    reader.index.fresh(&reader.context.store).await?;
    let sight = if actor.is(Role::Inspector) {
        Sight::Whole
    } else {
        Sight::Unsealed
    };
    let hidden = reader.index.hidden_from(actor, &jurisdiction);
    let within = |by: &UnitCode| unit.as_ref().is_some_and(|unit| jurisdiction.is_within(by, unit));
    let wanted = Wanted {
        person: person.as_ref(),
        unit: unit.is_some().then_some(&within),
        named: request.named,
        seen: &|by| sight == Sight::Whole || watches(actor, by, &jurisdiction),
        from,
        until,
        kind: &|name| kind.is_none_or(|kind| is_of_kind(name, kind)),
        // Readings have a list of their own, which knows who must not see them.
        stream: &|stream| !is_reading(stream),
        after: request.after,
        newest_first: request.newest_first,
    };
    let spots = reader.index.search(&wanted, &hidden, most);
    let (facts, next) = paged(reader, spots, most).await?;
    // What somebody of one's area did elsewhere, as a co-handler, does not tell where that is.
    let city = jurisdiction.city().map(|city| &city.code);
    let everywhere = sight == Sight::Whole || city.is_some_and(|city| jurisdiction.actor_covers(actor, city));
    let lens = Lens {
        jurisdiction: &jurisdiction,
        index: &reader.index,
        sight,
    };
    let mut found = SearchFactsResponse {
        facts: Vec::with_capacity(facts.len()),
        next,
    };
    let mut letters: HashMap<&str, Option<String>> = HashMap::new();
    for fact in &facts {
        let mut row = found_fact(&lens, fact, everywhere);
        if is_of_a_letter(fact) {
            if !letters.contains_key(fact.stream.as_str()) {
                let request = reader.context.store.read_event(&fact.stream, 0).await?;
                let said = request.map(|request| sight.mask(&request.data).to_string());
                letters.insert(&fact.stream, said);
            }
            row.letter_json = letters.get(fact.stream.as_str()).cloned().flatten();
        }
        found.facts.push(row);
    }
    let reading = ReadingEvent::FactsSearched {
        person,
        unit,
        from,
        until,
        kind: kind.map(str::to_owned),
    };
    Ok((found, reading))
}

/// Whether a supervisor's area holds whoever did it; of what citizens and rules did only the city's supervisors ask.
fn watches(actor: &Actor, by: Option<&UnitCode>, jurisdiction: &Jurisdiction) -> bool {
    let city = jurisdiction.city().map(|city| &city.code);
    by.or(city)
        .is_some_and(|unit| jurisdiction.actor_covers(actor, unit))
}

fn unit(text: Option<&String>, jurisdiction: &Jurisdiction) -> Result<Option<UnitCode>, Status> {
    let Some(text) = text else { return Ok(None) };
    let unit: Option<UnitCode> = text.parse().ok();
    unit.filter(|unit| jurisdiction.unit(unit).is_some())
        .map(Some)
        .ok_or_else(|| invalid("unit", "没有这个单位，请填写单位代码，例如 321322102。"))
}

fn kind(text: Option<&String>) -> Result<Option<&str>, Status> {
    let Some(text) = text else { return Ok(None) };
    let known = Lane::ALL.iter().any(|lane| lane.code() == text) || title(text).is_some();
    known.then_some(Some(text.as_str())).ok_or_else(|| {
        invalid(
            "kind",
            "没有这种记录，请填写如 case（案件）或 case.assigned（交办）。",
        )
    })
}

/// What became of a letter: to whom it went and what about says its request alone, the first fact of its stream.
fn is_of_a_letter(fact: &Recorded) -> bool {
    Lane::of(&fact.stream) == Lane::Mail && fact.revision > 0
}

fn found_fact(lens: &Lens<'_>, fact: &Recorded, everywhere: bool) -> FoundFact {
    let lane = Lane::of(&fact.stream);
    FoundFact {
        position: fact.position,
        stream: fact.stream.clone(),
        revision: fact.revision,
        event_id: fact.id.to_string(),
        name: fact.name.clone(),
        title: title(&fact.name).unwrap_or(&fact.name).to_owned(),
        lane: lane.code().to_owned(),
        lane_title: lane.in_chinese().to_owned(),
        at: fact.metadata.at.to_string(),
        actor: Some(lens.actor(&fact.metadata.actor)),
        data_json: lens.sight.mask(&fact.data).to_string(),
        place: lens.index.place(&fact.stream).filter(|_| everywhere),
        letter_json: None,
    }
}
