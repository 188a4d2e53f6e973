//! From rows to messages, with the names and areas of the directory as it is now.

use crate::area::above;
use crate::query::Moment;
use crate::rows::{CaseFacts, ClockFacts, EscalationFacts, FailureFacts, TipFacts};
use jurisdiction::{Level, Obligation, Role, Rung};
use mingcha_proto::ledger::{CaseRow, ClockRow, EscalationRow, FailureRow, TipRow};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};

/// What the domain itself calls what a row holds as a code; nothing for what it does not know.
pub(crate) fn said<T: DeserializeOwned>(code: &str, in_chinese: fn(T) -> &'static str) -> &'static str {
    let code: StrDeserializer<'_, serde::de::value::Error> = code.into_deserializer();
    T::deserialize(code).map_or("", in_chinese)
}

/// Where a case stands.
pub(crate) fn state_title(state: &str) -> &'static str {
    said(state, case_domain::Progress::in_chinese)
}

/// A rung's name.
pub(crate) fn rung_title(code: &str) -> &'static str {
    said(code, Rung::in_chinese)
}

/// An obligation's name.
pub(crate) fn obligation_title(code: &str) -> &'static str {
    said(code, Obligation::in_chinese)
}

/// What a clock is about, where the name of its obligation stands beside it: a clock is named 老砖瓦厂：签收.
pub(crate) fn beside<'a>(what: &'a str, obligation: &str) -> &'a str {
    let title = obligation_title(obligation);
    match what.strip_suffix(title) {
        Some("") => "",
        Some(rest) => rest.strip_suffix('：').unwrap_or(what),
        None => what,
    }
}

pub(crate) fn case_row(case: &CaseFacts, moment: &Moment<'_>) -> CaseRow {
    let level = |level| {
        case.area
            .as_ref()
            .and_then(|area| above(area, level, moment.jurisdiction))
    };
    let (county, township) = (level(Level::County), level(Level::Township));
    let next = case.next_clock();
    let disposal = case.disposal.as_ref();
    let owner_name = case
        .owner
        .as_ref()
        .map(|unit| moment.jurisdiction.unit_name(unit));
    CaseRow {
        case_id: case.id.clone(),
        opened_at: case.opened_at.to_string(),
        origin: case.origin.clone(),
        summary: case.summary.clone(),
        enterprise: case.enterprise.clone(),
        place: Some(case.place.message()),
        urgency: case.urgency.clone(),
        confidential: case.confidential,
        owner: case.owner.as_ref().map(ToString::to_string),
        owner_name,
        co_handlers: case.co_handlers.iter().map(ToString::to_string).collect(),
        state: case.state.clone(),
        state_title: state_title(&case.state).to_owned(),
        class: case.class.clone(),
        returns: case.returns,
        closed_at: case.closed_at.map(|at| at.to_string()),
        closed_as: case.closed_as.clone(),
        tips: case.tips,
        overdue: case.is_overdue(moment.now),
        missed: case.is_missed(moment.now),
        next_due: next.map(|clock| clock.due.to_string()),
        next_obligation: next.map(|clock| clock.obligation.clone()),
        rung: highest_rung(&case.clocks),
        measures: disposal.map_or(0, |disposal| disposal.measures),
        measures_done: disposal.map_or(0, |disposal| disposal.measures_done),
        spot_check: disposal.and_then(|disposal| disposal.spot_check.clone()),
        relapsed: case.is_relapsed(),
        county: county.map(|unit| unit.code.to_string()),
        county_name: county.map(|unit| unit.name.clone()),
        township: township.map(|unit| unit.code.to_string()),
        township_name: township.map(|unit| unit.name.clone()),
        working_days_left: next.map(|clock| moment.working_days_until(clock.due)),
        next_unit: next.map(|clock| clock.unit.to_string()),
        next_unit_name: next.map(|clock| moment.unit_name(&clock.unit)),
    }
}

/// The highest rung of the obligations that are still open.
fn highest_rung(clocks: &[ClockFacts]) -> Option<String> {
    let open = clocks.iter().filter(|clock| clock.is_running());
    let rungs = open.filter_map(|clock| clock.rung.as_deref());
    let height = |code: &str| Rung::ALL.iter().position(|rung| rung.code() == code);
    rungs.max_by_key(|code| height(code)).map(str::to_owned)
}

/// `in_full` is for those who screen and direct; whoever only handles the case of a confidential tip learns no more than
/// that there is one, for words, hour and place can give a reporter away.
pub(crate) fn tip_row(tip: &TipFacts, in_full: bool, moment: &Moment<'_>) -> TipRow {
    let level = |level| {
        tip.area
            .as_ref()
            .and_then(|area| above(area, level, moment.jurisdiction))
    };
    let (county, township) = (level(Level::County), level(Level::Township));
    let mut row = TipRow {
        tip_id: tip.id.clone(),
        received_at: tip.received_at.to_string(),
        channel: tip.channel.clone(),
        place: Some(tip.place.message()),
        urgent: tip.urgent,
        confidential: tip.confidential,
        danger: tip.danger,
        wants_answer: tip.wants_answer,
        progress: tip.progress.clone(),
        case_id: tip.case.clone(),
        summary: tip.summary.clone(),
        enterprise: tip.enterprise.clone(),
        screened_at: tip.screened_at.map(|at| at.to_string()),
        screening_due: tip.screening().map(|clock| clock.due.to_string()),
        overdue: tip.is_overdue(moment.now),
        photos: tip.photos,
        messages: tip.messages,
        last_message_at: tip.last_message_at.map(|at| at.to_string()),
        replies: tip.replies,
        outcome_told_at: tip.outcome_told_at.map(|at| at.to_string()),
        seen: tip.seen.clone(),
        seen_when: tip.seen_when.clone(),
        county: county.map(|unit| unit.code.to_string()),
        township: township.map(|unit| unit.code.to_string()),
        working_days_left: tip.screening().map(|clock| moment.working_days_until(clock.due)),
    };
    if tip.confidential && !in_full {
        row.channel.clear();
        row.place = None;
        row.seen.clear();
        row.seen_when.clear();
        row.photos = 0;
        row.messages = 0;
        row.last_message_at = None;
    }
    row
}

pub(crate) fn clock_row(clock: &ClockFacts, moment: &Moment<'_>) -> ClockRow {
    ClockRow {
        clock: clock.clock.clone(),
        subject: clock.subject.clone(),
        obligation: clock.obligation.clone(),
        title: obligation_title(&clock.obligation).to_owned(),
        unit: clock.unit.clone(),
        unit_name: moment.unit_name(&clock.unit),
        person: clock.person.as_ref().map(ToString::to_string),
        person_name: clock
            .person
            .as_ref()
            .and_then(|person| moment.person_name(person.as_str())),
        started: clock.started.to_string(),
        due: clock.due.to_string(),
        what: clock.what.clone(),
        stopped_at: clock.stopped_at.map(|at| at.to_string()),
        stopped_by: clock.stopped_by.clone(),
        missed_at: clock.missed_at.map(|at| at.to_string()),
        overdue: clock.is_overdue(moment.now),
        rung: clock.rung.clone(),
        working_days_left: clock.is_running().then(|| moment.working_days_until(clock.due)),
        moved_from: clock.moved_from.map(|at| at.to_string()),
        moved_by: clock.moved_by.clone(),
    }
}

/// A failure as its case shows it.
pub(crate) fn failure_row(failure: &FailureFacts, moment: &Moment<'_>) -> FailureRow {
    FailureRow {
        at: failure.at.to_string(),
        subject: failure.subject.clone(),
        kind: failure.kind.clone(),
        title: failure.title.clone(),
        unit: failure.unit.clone(),
        unit_name: moment.unit_name(&failure.unit),
        persons: failure.persons.clone(),
        note: failure.note.clone(),
    }
}

pub(crate) fn escalation_row(step: &EscalationFacts, moment: &Moment<'_>) -> EscalationRow {
    EscalationRow {
        clock: step.clock.clone(),
        subject: step.subject.clone(),
        rung: step.rung.clone(),
        title: rung_title(&step.rung).to_owned(),
        repetition: step.repetition,
        deadline: step.deadline.to_string(),
        reached: step.reached.to_string(),
        to_unit: step.to.unit.clone(),
        to_unit_name: moment.unit_name(&step.to.unit),
        to_person: step.to.person.clone(),
        to_name: step.to.name.clone(),
        about_unit: step.about.unit.clone(),
        about_unit_name: moment.unit_name(&step.about.unit),
        about_person: step.about.person.clone(),
        about_name: step.about.name.clone(),
        answer_due: step.answer_due.to_string(),
        explanation: step.explanation.clone(),
        explanation_text: step.explanation_text.clone(),
        explained_at: step.explained_at.map(|at| at.to_string()),
        judgement_note: step.judgement_note.clone(),
        obligation: step.obligation.clone(),
        what: beside(&step.what, &step.obligation).to_owned(),
        issued: step.issued.to_string(),
        // It tells whether something is looked into, which nobody may know who may be looked into.
        to_consider: moment.actor.is(Role::Inspector).then_some(step.to_consider),
    }
}
