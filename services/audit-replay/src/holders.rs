//! Who had a case how long: each unit in turn, who answered for it there, and who worked on it.

use crate::durations::in_chinese;
use crate::steps::Lens;
use case_domain::CaseState;
use jiff::Timestamp;
use jurisdiction::{StaffId, UnitCode};
use mingcha_proto::audit::{ReplayHolder, ReplayPerson};
use platform::Recorded;

/// Who had the case when; the last one has it still, unless it is closed.
pub(crate) fn holders(
    lens: &Lens<'_>,
    case: &CaseState,
    until: Timestamp,
    facts: &[Recorded],
) -> Vec<ReplayHolder> {
    let ends = case.holders.iter().skip(1).map(|next| Some(next.from));
    let ends = ends.chain([case.closed_at]);
    let holders = case.holders.iter().zip(ends).map(|(held, end)| {
        let last = end.unwrap_or(until);
        let span = Span {
            from: held.from,
            end,
            until,
        };
        let mut persons = responsible(lens, &held.unit, span);
        persons.extend(handlers(lens, &held.unit, span, facts));
        let duration = last.duration_since(held.from);
        ReplayHolder {
            unit: held.unit.to_string(),
            unit_name: lens.jurisdiction.unit_name(&held.unit),
            from: held.from.to_string(),
            until: end.map(|end| end.to_string()),
            working_days: lens.jurisdiction.calendar.working_days_between(held.from, last),
            seconds: duration.as_secs(),
            held_for: in_chinese(duration),
            persons,
        }
    });
    holders.collect()
}

/// A stretch of time, as far as it is known at an instant.
#[derive(Clone, Copy)]
struct Span {
    from: Timestamp,
    /// `None` while it goes on.
    end: Option<Timestamp>,
    until: Timestamp,
}

impl Span {
    fn last(self) -> Timestamp {
        self.end.unwrap_or(self.until)
    }
}

/// The first responsible persons of a unit while it had the case: officials rotate, the case stays.
fn responsible(lens: &Lens<'_>, unit: &UnitCode, span: Span) -> Vec<ReplayPerson> {
    let since = lens.index.responsible(unit);
    let ends = since.iter().skip(1).map(|(next, _)| Some(*next)).chain([None]);
    let held = since.iter().zip(ends).filter_map(|((from, who), end)| {
        let from = (*from).max(span.from);
        // Whoever comes later than the instant asked for is not known yet.
        let end = end.filter(|end| *end < span.last()).or(span.end);
        let held = Span { from, end, ..span };
        (held.from < held.last()).then(|| who.as_ref().map(|who| person(lens, who, "responsible", held)))?
    });
    held.collect()
}

/// Whoever recorded anything for the unit while it had the case, from the first time on.
fn handlers(lens: &Lens<'_>, unit: &UnitCode, span: Span, facts: &[Recorded]) -> Vec<ReplayPerson> {
    let mut known: Vec<&StaffId> = Vec::new();
    let mut handlers = Vec::new();
    for fact in facts {
        let (at, actor) = (fact.metadata.at, &fact.metadata.actor);
        let during = at >= span.from && at <= span.last() && !fact.stream.starts_with("reading-");
        let Some(who) = actor.person().filter(|_| during && actor.unit() == Some(unit)) else {
            continue;
        };
        if !known.contains(&who) {
            known.push(who);
            let from = at;
            handlers.push(person(lens, who, "handler", Span { from, ..span }));
        }
    }
    handlers
}

fn person(lens: &Lens<'_>, who: &StaffId, kind: &str, span: Span) -> ReplayPerson {
    let duration = span.last().duration_since(span.from);
    ReplayPerson {
        account: who.to_string(),
        name: lens.name(who),
        kind: kind.to_owned(),
        from: span.from.to_string(),
        until: span.end.map(|end| end.to_string()),
        working_days: lens
            .jurisdiction
            .calendar
            .working_days_between(span.from, span.last()),
        seconds: duration.as_secs(),
        held_for: in_chinese(duration),
    }
}
