//! Findings of supervision groups, special supervision and tasks of the joint conference, as lists.
//!
//! A unit's own stream is short and there are few of them: they are folded when asked.

use super::conditions::Period;
use super::{Cut, Moment, has_words, known_unit, one_of};
use crate::book::BookError;
use crate::columns::code;
use crate::projection::fold;
use accountability_domain::{Accountability, AccountabilityState, Answer, ClockId, SeenNumbers};
use jiff::Timestamp;
use jurisdiction::{SupervisionNumbers, UnitCode};
use mingcha_proto::ledger::{
    AnswerRow, FindingRow, ListFindingsRequest, ListFindingsResponse, ListSpecialSupervisionRequest,
    ListSpecialSupervisionResponse, ListTasksRequest, ListTasksResponse, SpecialSupervisionRow,
    SupervisionFigures, TaskRow,
};
use std::cmp::Reverse;
use tonic::Status;

const STATES: [&str; 4] = ["open", "answered", "returned", "accepted"];

pub(crate) fn findings(
    moment: &Moment<'_>,
    request: &ListFindingsRequest,
) -> Result<ListFindingsResponse, Status> {
    let cut = Cut::of(&request.after, request.limit)?;
    let mut rows = all_findings(moment, request)?;
    let (total, next) = cut.page(&mut rows, |row| key(&row.at, &row.unit, row.finding));
    Ok(ListFindingsResponse {
        findings: rows,
        total,
        next,
        position: moment.position,
    })
}

/// Those that meet the conditions, newest first.
pub(crate) fn all_findings(
    moment: &Moment<'_>,
    request: &ListFindingsRequest,
) -> Result<Vec<FindingRow>, Status> {
    one_of("state", request.state.as_ref(), &STATES)?;
    one_of("gravity", request.gravity.as_ref(), &["ordinary", "grave"])?;
    let recorded = period(
        request.from.as_ref(),
        request.until.as_ref(),
        request.stage.as_ref(),
    );
    let recorded = recorded.span(moment.jurisdiction)?;
    let mut rows = Vec::new();
    for state in visible(
        moment,
        request.unit.as_deref(),
        "accountability.finding_recorded.v1",
    )? {
        for finding in state.findings.iter().filter(|finding| recorded.holds(finding.at)) {
            let owed = Owed::of(&state, &finding.clock, moment);
            rows.push(FindingRow {
                unit: finding.unit.to_string(),
                unit_name: moment.unit_name(finding.unit.as_str()),
                finding: finding.number,
                at: finding.at.to_string(),
                by: finding.by.person().map(ToString::to_string),
                source: code(&finding.source),
                gravity: code(&finding.gravity),
                text: finding.text.clone(),
                evidence: finding.evidence.iter().map(ToString::to_string).collect(),
                state: finding.standing().to_owned(),
                due: owed.due,
                overdue: owed.overdue,
                answers: finding.answers.iter().map(answer).collect(),
                working_days_left: owed.working_days_left,
            });
        }
    }
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
    rows.retain(|row| is(&request.state, &row.state) && is(&request.gravity, &row.gravity));
    rows.retain(|row| request.overdue.is_none_or(|overdue| overdue == row.overdue));
    rows.retain(|row| says(&request.text, [&row.text, &row.unit_name], &row.answers));
    rows.sort_by_cached_key(|row| newest_first(key(&row.at, &row.unit, row.finding)));
    Ok(rows)
}

pub(crate) fn tasks(moment: &Moment<'_>, request: &ListTasksRequest) -> Result<ListTasksResponse, Status> {
    let cut = Cut::of(&request.after, request.limit)?;
    let mut rows = all_tasks(moment, request)?;
    let (total, next) = cut.page(&mut rows, |row| key(&row.at, &row.unit, row.task));
    Ok(ListTasksResponse {
        tasks: rows,
        total,
        next,
        position: moment.position,
    })
}

/// Those that meet the conditions, newest first.
pub(crate) fn all_tasks(moment: &Moment<'_>, request: &ListTasksRequest) -> Result<Vec<TaskRow>, Status> {
    one_of("state", request.state.as_ref(), &STATES)?;
    let given = period(
        request.from.as_ref(),
        request.until.as_ref(),
        request.stage.as_ref(),
    );
    let given = given.span(moment.jurisdiction)?;
    let mut rows = Vec::new();
    for state in visible(moment, request.unit.as_deref(), "accountability.task_assigned.v1")? {
        for task in state.tasks.iter().filter(|task| given.holds(task.at)) {
            let owed = Owed::of(&state, &task.clock, moment);
            rows.push(TaskRow {
                unit: task.unit.to_string(),
                unit_name: moment.unit_name(task.unit.as_str()),
                task: task.number,
                at: task.at.to_string(),
                meeting: task.meeting.clone(),
                text: task.text.clone(),
                state: task.standing().to_owned(),
                due: owed.due,
                overdue: owed.overdue,
                reports: task.reports.iter().map(answer).collect(),
                working_days_left: owed.working_days_left,
            });
        }
    }
    rows.retain(|row| request.state.as_ref().is_none_or(|wanted| *wanted == row.state));
    rows.retain(|row| request.overdue.is_none_or(|overdue| overdue == row.overdue));
    rows.retain(|row| {
        let said = [&row.text, &row.meeting, &row.unit_name];
        says(&request.text, said, &row.reports)
    });
    rows.sort_by_cached_key(|row| newest_first(key(&row.at, &row.unit, row.task)));
    Ok(rows)
}

pub(crate) fn special(
    moment: &Moment<'_>,
    request: &ListSpecialSupervisionRequest,
) -> Result<ListSpecialSupervisionResponse, Status> {
    let cut = Cut::of(&request.after, request.limit)?;
    let mut rows = all_special(moment, request)?;
    let (total, next) = cut.page(&mut rows, |row| key(&row.opened_at, &row.unit, row.supervision));
    Ok(ListSpecialSupervisionResponse {
        special_supervision: rows,
        total,
        next,
        position: moment.position,
    })
}

/// Those that meet the conditions, newest first.
pub(crate) fn all_special(
    moment: &Moment<'_>,
    request: &ListSpecialSupervisionRequest,
) -> Result<Vec<SpecialSupervisionRow>, Status> {
    let opened = "accountability.special_supervision_opened.v1";
    let states = visible(moment, request.unit.as_deref(), opened)?;
    let opened = period(
        request.from.as_ref(),
        request.until.as_ref(),
        request.stage.as_ref(),
    );
    let opened = opened.span(moment.jurisdiction)?;
    let all = states.iter().flat_map(|state| &state.special);
    let wanted =
        all.filter(|special| (!request.open || special.closed.is_none()) && opened.holds(special.opened));
    let mut rows: Vec<_> = wanted
        .map(|special| SpecialSupervisionRow {
            unit: special.unit.to_string(),
            unit_name: moment.unit_name(special.unit.as_str()),
            supervision: special.number,
            opened_at: special.opened.to_string(),
            opened_with: Some(figures(&special.seen.numbers)),
            thresholds: Some(figures(&special.seen.thresholds)),
            closed_at: special.closed.map(|at| at.to_string()),
            closed_with: special
                .seen_at_closing
                .as_ref()
                .map(|seen: &SeenNumbers| figures(&seen.numbers)),
            note: special.note.clone(),
        })
        .collect();
    rows.retain(|row| says(&request.text, [&row.note, &row.unit_name], &[]));
    rows.sort_by_cached_key(|row| newest_first(key(&row.opened_at, &row.unit, row.supervision)));
    Ok(rows)
}

fn period<'a>(from: Option<&'a String>, until: Option<&'a String>, stage: Option<&'a String>) -> Period<'a> {
    Period { from, until, stage }
}

/// What the streams amount to that hold a fact of that name, of the units that the caller sees.
fn visible(moment: &Moment<'_>, area: Option<&str>, name: &str) -> Result<Vec<AccountabilityState>, Status> {
    let scope = moment.case_scope()?;
    let area = area.map(|area| known_unit("unit", area, moment.jurisdiction));
    let area = area.transpose()?;
    let streams = streams(moment, name)?;
    let mut states = Vec::new();
    for stream in streams {
        let unit = stream.strip_prefix("accountability-");
        let Some(unit) = unit.and_then(|unit| unit.parse::<UnitCode>().ok()) else {
            continue;
        };
        let within = area
            .as_ref()
            .is_none_or(|area| crate::area::is_within(&unit, area, moment.jurisdiction));
        if within && scope.sees_unit(&unit, moment.today) {
            states.push(fold::<Accountability>(moment.transaction, &stream)?);
        }
    }
    Ok(states)
}

pub(super) fn streams(moment: &Moment<'_>, name: &str) -> Result<Vec<String>, BookError> {
    let sql = "SELECT DISTINCT stream FROM facts WHERE name = ?1 ORDER BY stream";
    let mut select = moment.transaction.prepare_cached(sql)?;
    let rows = select.query_map([name], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How long there is to answer or to report.
#[derive(Default)]
struct Owed {
    due: String,
    overdue: bool,
    working_days_left: Option<i64>,
}

impl Owed {
    fn of(state: &AccountabilityState, clock: &ClockId, moment: &Moment<'_>) -> Self {
        let Some(clock) = state.clock(clock) else {
            return Self::default();
        };
        let runs = clock.is_running();
        Self {
            due: clock.due.to_string(),
            overdue: runs && clock.due < moment.now,
            working_days_left: runs.then(|| moment.working_days_until(clock.due)),
        }
    }
}

pub(crate) fn answer(answer: &Answer) -> AnswerRow {
    let judged = answer.judged.as_ref();
    AnswerRow {
        at: answer.at.to_string(),
        by: answer.by.person().map(ToString::to_string),
        text: answer.text.clone(),
        evidence: answer.evidence.iter().map(ToString::to_string).collect(),
        accepted: judged.map(|judged| judged.accepted),
        note: judged.map(|judged| judged.note.clone()),
    }
}

fn figures(numbers: &SupervisionNumbers) -> SupervisionFigures {
    SupervisionFigures {
        open_findings: numbers.open_findings,
        grave_findings: numbers.grave_findings,
        failures: numbers.failures,
        overdue: numbers.overdue,
    }
}

/// Whether all the words stand in what was said at first or in answers to it.
fn says<const N: usize>(looked_for: &str, said: [&String; N], answers: &[AnswerRow]) -> bool {
    let answered = answers
        .iter()
        .flat_map(|answer| [Some(answer.text.as_str()), answer.note.as_deref()]);
    let said = said.into_iter().map(String::as_str);
    let texts: Vec<&str> = said.chain(answered.flatten()).collect();
    has_words(looked_for, &texts)
}

fn newest_first((at, id): (Timestamp, String)) -> (Reverse<Timestamp>, String) {
    (Reverse(at), id)
}

/// By time; of one instant by unit, the higher number first.
fn key(at: &str, unit: &str, number: u32) -> (Timestamp, String) {
    let at = at.parse().unwrap_or_default();
    (at, format!("{unit} {:010}", u32::MAX - number))
}
