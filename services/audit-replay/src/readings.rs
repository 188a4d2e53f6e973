//! Who read what: beside the facts that were read, and as a list. Inspectors only, and nobody reads who looked into themselves.

use crate::reader::Reader;
use crate::register::Wanted;
use crate::search::{page, paged, person};
use crate::sight::Sight;
use crate::steps::Lens;
use crate::titles::title;
use jurisdiction::Actor;
use mingcha_proto::audit::{ListReadingsRequest, ListReadingsResponse, RecordedReading};
use platform::{Recorded, StoreError};
use reading_domain::ReadingEvent;
use std::collections::BTreeSet;
use tonic::Status;

const PREFIX: &str = "reading-";

pub(crate) fn is_reading(stream: &str) -> bool {
    stream.starts_with(PREFIX)
}

/// Whether what was read is about whoever asks now: their own account, their own unit.
fn is_own(subject: &str, actor: &Actor) -> bool {
    let Some((category, id)) = subject.split_once('-') else {
        return false;
    };
    let of_unit = |id: &str| actor.unit().is_some_and(|unit| unit.as_str() == id);
    match category {
        "staff" => actor.person().is_some_and(|person| person.as_str() == id),
        "unit" | "accountability" => of_unit(id),
        "report" => id.rsplit_once('-').is_some_and(|(unit, _)| of_unit(unit)),
        _ => false,
    }
}

/// The facts with the readings of their streams, in the order of commit.
pub(crate) async fn beside(
    reader: &Reader,
    actor: &Actor,
    mut facts: Vec<Recorded>,
) -> Result<Vec<Recorded>, StoreError> {
    let subjects: BTreeSet<String> = facts.iter().map(|fact| fact.stream.clone()).collect();
    for subject in subjects.iter().filter(|subject| !is_own(subject, actor)) {
        let stream = format!("{PREFIX}{subject}");
        // Mail has a stream each, and hardly ever is one read by itself.
        if !subject.starts_with("notification-") || reader.index.knows(&stream) {
            facts.extend(reader.context.store.read_stream(&stream).await?);
        }
    }
    facts.sort_by_key(|fact| (fact.position, fact.revision));
    Ok(facts)
}

/// Readings by what was read and by whom.
pub(crate) async fn list(
    reader: &Reader,
    actor: &Actor,
    request: &ListReadingsRequest,
) -> Result<ListReadingsResponse, Status> {
    let most = page(request.limit)?;
    let person = person(request.person.as_ref())?;
    reader.index.fresh(&reader.context.store).await?;
    let jurisdiction = reader.jurisdiction();
    let hidden = reader.index.hidden_from(actor, &jurisdiction);
    let wanted = Wanted {
        person: person.as_ref(),
        unit: None,
        named: false,
        seen: &|_| true,
        from: None,
        until: None,
        kind: &|_| true,
        stream: &|stream| {
            let read = stream.strip_prefix(PREFIX).filter(|read| !is_own(read, actor));
            read.is_some_and(|read| request.subject.as_ref().is_none_or(|subject| subject == read))
        },
        after: request.after,
        newest_first: request.newest_first,
    };
    let spots = reader.index.search(&wanted, &hidden, most);
    let (facts, next) = paged(reader, spots, most).await?;
    let lens = Lens {
        jurisdiction: &jurisdiction,
        index: &reader.index,
        sight: Sight::Whole,
    };
    Ok(ListReadingsResponse {
        readings: facts.iter().map(|fact| recorded(&lens, fact)).collect(),
        next,
    })
}

/// One reading, as told.
pub(crate) fn recorded(lens: &Lens<'_>, fact: &Recorded) -> RecordedReading {
    let event = decider::decode::<ReadingEvent>(&fact.name, fact.data.clone()).ok();
    let instant = event.as_ref().and_then(ReadingEvent::instant);
    RecordedReading {
        at: fact.metadata.at.to_string(),
        actor: Some(lens.actor(&fact.metadata.actor)),
        name: fact.name.clone(),
        title: title(&fact.name).unwrap_or(&fact.name).to_owned(),
        subject: fact.subject().to_owned(),
        instant: instant.map(|at| at.to_string()),
        data_json: fact.data.to_string(),
        stream: fact.stream.clone(),
        revision: fact.revision,
        position: fact.position,
        event_id: fact.id.to_string(),
        place: lens.index.place(&fact.stream),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::Role;
    use jurisdiction::sample::{DISCIPLINE, acting};

    #[test]
    fn nobody_reads_who_looked_into_them() {
        let inspector = acting(Role::Inspector, DISCIPLINE);
        for own in [
            format!("staff-inspector-{DISCIPLINE}"),
            format!("unit-{DISCIPLINE}"),
            format!("accountability-{DISCIPLINE}"),
            format!("report-{DISCIPLINE}-sweep"),
        ] {
            assert!(is_own(&own, &inspector), "{own}");
        }
        for other in ["staff-another", "unit-321322102", "case-1", "facts"] {
            assert!(!is_own(other, &inspector), "{other}");
        }
    }
}
