//! Threads beyond a case: the history of a tip, of a unit's accountability, of a draw.

use crate::chain::{self, Chain};
use crate::conflict;
use crate::reader::Reader;
use crate::readings;
use crate::sight::Sight;
use crate::steps::{Lens, Walk};
use jiff::Timestamp;
use jurisdiction::{Actor, Against, Role, Subject, TipId, UnitCode};
use mingcha_proto::audit::ReplayThreadResponse;
use platform::{PlatformRefusal, Recorded, invalid, refuse};
use std::collections::BTreeSet;
use tip_domain::{Place, TipEvent};
use tonic::Status;

/// A thread as read, and what somebody sees of it.
struct Thread {
    subject: String,
    title: String,
    facts: Vec<Recorded>,
    sight: Sight,
}

/// The history of a thread up to an instant, now if none was asked for; with who looked at it, for inspectors.
pub(crate) async fn replay(
    reader: &Reader,
    actor: &Actor,
    subject: &str,
    asked: Option<Timestamp>,
) -> Result<ReplayThreadResponse, Status> {
    let mut thread = thread(reader, actor, subject).await?;
    if thread.sight == Sight::Whole {
        thread.facts = readings::beside(reader, actor, thread.facts).await?;
    }
    Ok(walked(reader, thread, asked))
}

/// The same to be printed: paper goes on to others, who are not told who looked.
pub(crate) async fn print(
    reader: &Reader,
    actor: &Actor,
    subject: &str,
    asked: Option<Timestamp>,
) -> Result<ReplayThreadResponse, Status> {
    let thread = thread(reader, actor, subject).await?;
    Ok(walked(reader, thread, asked))
}

async fn thread(reader: &Reader, actor: &Actor, subject: &str) -> Result<Thread, Status> {
    Ok(match (subject.parse(), subject.starts_with("draw-")) {
        (_, true) => of_a_draw(reader, actor, subject).await?,
        (Ok(Subject::Tip(tip)), _) => of_a_tip(reader, actor, tip).await?,
        (Ok(Subject::Unit(unit)), _) => of_a_unit(reader, actor, &unit).await?,
        (Ok(Subject::Case(case)), _) => of_a_case(reader, actor, &case.to_string()).await?,
        (Err(_), _) => {
            let rule = "应写作 tip-编号、unit-代码、draw-编号或 case-编号。";
            return Err(invalid("subject", rule));
        }
    })
}

fn walked(reader: &Reader, thread: Thread, asked: Option<Timestamp>) -> ReplayThreadResponse {
    let at = asked.unwrap_or_else(|| reader.now());
    let facts = Chain { facts: thread.facts }.until(at).facts;
    let jurisdiction = reader.jurisdiction();
    let lens = Lens {
        jurisdiction: &jurisdiction,
        index: &reader.index,
        sight: thread.sight,
    };
    let mut walk = Walk::new(&lens, &facts, &thread.subject);
    let events = facts.iter().filter_map(|fact| walk.take(fact, true)).collect();
    ReplayThreadResponse {
        subject: thread.subject,
        title: thread.title,
        at: at.to_string(),
        events,
        states: walk.states(),
        position: facts.last().map_or(0, |fact| fact.position),
    }
}

async fn of_a_tip(reader: &Reader, actor: &Actor, tip: TipId) -> Result<Thread, Status> {
    let facts = facts_of_a_tip(reader, actor, tip).await?;
    let sight = Sight::of(actor, None, division(&facts).as_ref(), &reader.jurisdiction())?;
    Ok(Thread {
        subject: format!("tip-{tip}"),
        title: "线索".to_owned(),
        facts,
        sight,
    })
}

/// The tip's own, its clocks' and its mail's, unless it is about whoever asks. The chain of a tip goes on in its case; mail of
/// that is not the tip's.
pub(crate) async fn facts_of_a_tip(
    reader: &Reader,
    actor: &Actor,
    tip: TipId,
) -> Result<Vec<Recorded>, Status> {
    let subject = format!("tip-{tip}");
    let store = &reader.context.store;
    let mut facts = store.read_stream(&subject).await?;
    let against = conflict::of_stream(store, &reader.index, &subject).await?;
    found(&facts, &against, actor, reader)?;
    facts.extend(store.read_stream(&format!("accountability-{tip}")).await?);
    let mail = reader
        .index
        .mail(&BTreeSet::new(), std::slice::from_ref(&subject));
    for stream in &mail {
        facts.extend(store.read_stream(stream).await?);
    }
    facts.sort_by_key(|fact| (fact.position, fact.revision));
    Ok(facts)
}

/// What befell a unit names cases of others, so those who direct an area do not read it.
async fn of_a_unit(reader: &Reader, actor: &Actor, unit: &UnitCode) -> Result<Thread, Status> {
    let sight = watching(actor)?;
    let store = &reader.context.store;
    let subject = format!("unit-{unit}");
    let mut facts = store.read_stream(&subject).await?;
    facts.extend(store.read_stream(&format!("accountability-{unit}")).await?);
    found(&facts, &Against::default(), actor, reader)?;
    let mail = reader
        .index
        .mail(&BTreeSet::new(), std::slice::from_ref(&subject));
    for stream in &mail {
        facts.extend(store.read_stream(stream).await?);
    }
    let jurisdiction = reader.jurisdiction();
    let hidden = reader.index.hidden_from(actor, &jurisdiction);
    facts.retain(|fact| !hidden.is_named_in(&fact.data));
    facts.sort_by_key(|fact| (fact.position, fact.revision));
    Ok(Thread {
        title: format!("{}的问责情况", jurisdiction.unit_name(unit)),
        subject,
        facts,
        sight,
    })
}

async fn of_a_draw(reader: &Reader, actor: &Actor, subject: &str) -> Result<Thread, Status> {
    let sight = watching(actor)?;
    let facts = reader.context.store.read_stream(subject).await?;
    found(&facts, &Against::default(), actor, reader)?;
    Ok(Thread {
        subject: subject.to_owned(),
        title: "验收抽签".to_owned(),
        facts,
        sight,
    })
}

async fn of_a_case(reader: &Reader, actor: &Actor, case: &str) -> Result<Thread, Status> {
    let facts = reader.chain(actor, case).await?;
    let jurisdiction = reader.jurisdiction();
    let state = chain::state(&facts, case);
    let (owner, division) = (state.owner.as_ref(), state.place.division.as_ref());
    let sight = Sight::of(actor, owner, division, &jurisdiction)?;
    let cases = chain::cases(&facts);
    let facts = facts
        .into_iter()
        .filter(|fact| chain::concerns(fact, &cases))
        .collect();
    Ok(Thread {
        subject: format!("case-{case}"),
        title: "案件".to_owned(),
        facts,
        sight,
    })
}

/// Inspectors and supervisors, whose business is everybody's.
fn watching(actor: &Actor) -> Result<Sight, Status> {
    match actor.role() {
        Some(Role::Inspector) => Ok(Sight::Whole),
        Some(Role::Supervisor) => Ok(Sight::Unsealed),
        _ => Err(refuse(PlatformRefusal::WrongRole)),
    }
}

/// There is such a thing, and it is not about whoever asks.
fn found(facts: &[Recorded], against: &Against, actor: &Actor, reader: &Reader) -> Result<(), Status> {
    if facts.is_empty() || against.hides_from(actor, &reader.jurisdiction()) {
        return Err(refuse(PlatformRefusal::NotFound));
    }
    Ok(())
}

/// Where a tip lies, as last said.
fn division(facts: &[Recorded]) -> Option<UnitCode> {
    let places = facts.iter().rev().filter_map(|fact| {
        match decider::decode::<TipEvent>(&fact.name, fact.data.clone()).ok()? {
            TipEvent::TipAccepted { place, .. } | TipEvent::TipReceived { place, .. } => Some(place),
            _ => None,
        }
    });
    let mut divisions = places.filter_map(|Place { division, .. }| division);
    divisions.next()
}
