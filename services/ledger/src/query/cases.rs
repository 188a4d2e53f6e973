//! Cases: the list, and everything about one.

use super::conditions::{Conditions, Period, text, words};
use super::{Cut, Moment, known_unit, one_of};
use crate::area::IN_AREA;
use crate::asking::is_told_of_inquiries;
use crate::book::BookError;
use crate::messages::{case_row, clock_row, escalation_row, failure_row, tip_row};
use crate::projection::{fold, revision, spot_check};
use crate::rows::{self, CaseFacts};
use accountability_domain::Accountability;
use case_domain::Case;
use disposal_domain::{Disposal, DisposalState, PlanStanding};
use jurisdiction::{Jurisdiction, UnitKind};
use mingcha_proto::ledger::{
    Disposal as DisposalMessage, GetCaseRequest, GetCaseResponse, ListCasesRequest, ListCasesResponse,
    Measure, TipRow,
};
use platform::{PlatformRefusal, refuse};
use tonic::Status;

pub(crate) const STATES: [&str; 11] = [
    "open",
    "opened",
    "assigned",
    "returned",
    "awaiting_designation",
    "acknowledged",
    "inspected",
    "identification",
    "clean_awaiting_review",
    "confirmed",
    "closed",
];
const ORIGINS: [&str; 8] = [
    "tip",
    "relapse",
    "sweep",
    "night_load",
    "list_matching",
    "supervision_finding",
    "provincial_supervision",
    "department_transfer",
];

/// What can be asked to have been done about a case, and the facts that say so: their stream's beginning, their name.
pub(crate) const DONE: [(&str, &str, &str); 4] = [
    ("measure_completed", "disposal-", "disposal.measure_completed.v1"),
    ("spot_check_passed", "disposal-", "disposal.spot_check_passed.v1"),
    ("spot_check_failed", "disposal-", "disposal.spot_check_failed.v1"),
    ("site_classified", "case-", "case.site_classified.v1"),
];

pub(crate) fn list(moment: &Moment<'_>, request: &ListCasesRequest) -> Result<ListCasesResponse, Status> {
    let mut conditions = moment.visible_cases()?;
    conditions.and_all(filter(moment, request)?);
    let cut = Cut::of(&request.after, request.limit)?;
    let rest = cut.rest(&conditions, "opened_at", "case_id");
    let mut cases = rows::cases(moment.transaction, &rest, cut.fetch())?;
    let next = cut.finish(&mut cases, |case| (case.opened_at, case.id.clone()));
    Ok(ListCasesResponse {
        cases: cases.iter().map(|case| case_row(case, moment)).collect(),
        total: rows::count(moment.transaction, "placed_cases", &conditions)?,
        next,
        position: moment.position,
    })
}

/// Conditions that nobody can meet are mistakes, not empty lists.
fn check(request: &ListCasesRequest, jurisdiction: &Jurisdiction) -> Result<(), Status> {
    one_of("state", request.state.as_ref(), &STATES)?;
    one_of("class", request.class.as_ref(), &["A", "B", "C", "none"])?;
    one_of("origin", request.origin.as_ref(), &ORIGINS)?;
    one_of(
        "spot_check",
        request.spot_check.as_ref(),
        &["pending", "passed", "failed"],
    )?;
    one_of(
        "measures",
        request.measures.as_ref(),
        &["ordered", "some_done", "all_done"],
    )?;
    one_of(
        "closed_as",
        request.closed_as.as_ref(),
        &[
            "disposed",
            "found_clean",
            "not_small_chemical",
            "merged",
            "handled",
        ],
    )?;
    one_of("urgency", request.urgency.as_ref(), &["normal", "urgent"])?;
    one_of("did", request.did.as_ref(), &DONE.map(|(code, ..)| code))?;
    if request.did.is_none() && (request.did_from.is_some() || request.did_until.is_some()) {
        return Err(platform::invalid("did", "请写明是哪一件事在这段时间里办的。"));
    }
    let obligations = jurisdiction::Obligation::ALL.map(jurisdiction::Obligation::code);
    one_of("obligation", request.obligation.as_ref(), &obligations)?;
    for (field, unit) in [("unit", &request.unit), ("owner", &request.owner)] {
        if let Some(unit) = unit {
            known_unit(field, unit, jurisdiction)?;
        }
    }
    Ok(())
}

/// What must hold of `placed_cases`. Lists and figures ask this same question.
///
/// # Errors
/// `InvalidArgument` for a condition that nothing can meet.
pub(crate) fn filter(moment: &Moment<'_>, filter: &ListCasesRequest) -> Result<Conditions, Status> {
    check(filter, moment.jurisdiction)?;
    let mut conditions = Conditions::default();
    if let Some(unit) = &filter.unit {
        belongs(&mut conditions, unit, moment);
    }
    match filter.state.as_deref() {
        Some("open") => {
            conditions.and("state <> 'closed'", []);
        }
        _ => {
            conditions.is("state", filter.state.as_ref());
        }
    }
    conditions
        .is("coalesce(class, 'none')", filter.class.as_ref())
        .is("origin", filter.origin.as_ref())
        .is("owner", filter.owner.as_ref())
        .is("urgency", filter.urgency.as_ref())
        .is("spot_check", filter.spot_check.as_ref())
        .holds(filter.relapsed, "relapsed", []);
    match filter.closed_as.as_deref() {
        // What was merged goes on elsewhere: joining cases handles none of them.
        Some("handled") => {
            conditions.and("closed_as <> 'merged'", []);
        }
        _ => {
            conditions.is("closed_as", filter.closed_as.as_ref());
        }
    }
    match filter.measures.as_deref() {
        Some("ordered") => conditions.and("measures IS NOT NULL", []),
        Some("some_done") => conditions.and("measures_done > 0", []),
        Some(_) => conditions.and("measures_done >= measures", []),
        None => &mut conditions,
    };
    let clocks = super::Clocks {
        obligation: filter.obligation.as_ref(),
        overdue: filter.overdue,
        missed: filter.missed,
        came_late: Some(rows::came_late()),
    };
    conditions.and_all(clocks.of("placed_cases", moment.now));
    let opened = Period {
        from: filter.from.as_ref(),
        until: filter.until.as_ref(),
        stage: filter.stage.as_ref(),
    };
    conditions.and_all(opened.conditions("opened_at", moment.jurisdiction)?);
    let closed = Period {
        from: filter.closed_from.as_ref(),
        until: filter.closed_until.as_ref(),
        stage: None,
    };
    conditions.and_all(closed.conditions("closed_at", moment.jurisdiction)?);
    conditions.and_all(done(moment, filter)?);
    conditions.and_all(words(&filter.text, "case_id", "1"));
    Ok(conditions)
}

/// What must hold for something to have been done, on the days asked for.
fn done(moment: &Moment<'_>, filter: &ListCasesRequest) -> Result<Conditions, Status> {
    let mut conditions = Conditions::default();
    let known = DONE
        .iter()
        .find(|(code, ..)| Some(*code) == filter.did.as_deref());
    let Some((_, stream, name)) = known else {
        return Ok(conditions);
    };
    let on = Period {
        from: filter.did_from.as_ref(),
        until: filter.did_until.as_ref(),
        stage: None,
    };
    let mut fact = on.conditions("facts.at", moment.jurisdiction)?;
    fact.and("facts.name = ?", [text(name)]);
    let sql = format!(
        "EXISTS (SELECT 1 FROM main.facts WHERE facts.stream = '{stream}' || placed_cases.case_id AND {})",
        fact.sql()
    );
    conditions.and(&sql, []).bind(&fact);
    Ok(conditions)
}

/// A government is asked for its area, any other unit for its work.
fn belongs(conditions: &mut Conditions, unit: &str, moment: &Moment<'_>) {
    let named = crate::area::named(unit, moment.jurisdiction);
    match named.map(|unit| unit.kind) {
        Some(UnitKind::Government) => conditions.and(IN_AREA, [text(unit)]),
        _ => conditions.and(
            "owner = ? OR ? IN (SELECT unit FROM co_handlers WHERE co_handlers.case_id = placed_cases.case_id)",
            [text(unit), text(unit)],
        ),
    };
}

/// One case that the caller sees. One that is about the caller is answered like one that there is not.
pub(crate) fn visible(moment: &Moment<'_>, id: &str) -> Result<CaseFacts, Status> {
    let mut conditions = Conditions::default();
    conditions.and("case_id = ?", [text(id)]);
    let exists = conditions.clone();
    conditions.and_all(moment.visible_cases()?);
    if let Some(case) = rows::cases(moment.transaction, &conditions, None)?.pop() {
        return Ok(case);
    }
    Err(refuse(
        match rows::count(moment.transaction, "placed_cases", &exists)? {
            0 => PlatformRefusal::NotFound,
            _ => PlatformRefusal::OutsideSubtree,
        },
    ))
}

pub(crate) fn get(moment: &Moment<'_>, request: &GetCaseRequest) -> Result<GetCaseResponse, Status> {
    let case = visible(moment, &request.case_id)?;
    let (id, subject) = (case.id.as_str(), format!("case-{}", case.id));
    let mut state = fold::<Case>(moment.transaction, &subject)?;
    let shown = |tip: &jurisdiction::TipId| !moment.hidden.holds(&format!("tip-{tip}"));
    state.tips.retain(shown);
    let is_shown = |case: &str| !moment.hidden.holds(&format!("case-{case}"));
    let disposal = fold::<Disposal>(moment.transaction, &format!("disposal-{id}"))?;
    let ordered = disposal.ordered_at.is_some();
    let mut of_case = Conditions::default();
    of_case.and("subject = ?", [text(&subject)]);
    let escalations = rows::escalations(moment.transaction, &of_case, None)?;
    let mut failures = rows::failures(moment.transaction, &of_case, None)?;
    failures.sort_by_key(|failure| failure.number);
    Ok(GetCaseResponse {
        case: Some(case_row(&case, moment)),
        state_json: json(&state)?,
        tips: tips_of(moment, &case)?,
        disposal: ordered.then(|| disposal_message(&disposal)),
        disposal_state_json: ordered.then(|| json(&disposal)).transpose()?,
        clocks: case.clocks.iter().map(|clock| clock_row(clock, moment)).collect(),
        escalations: escalations
            .iter()
            .map(|step| escalation_row(step, moment))
            .collect(),
        failures: failures
            .iter()
            .map(|failure| failure_row(failure, moment))
            .collect(),
        accountability_state_json: accountability(moment, id)?,
        relapse_of: case.relapse_of.clone().filter(|old| is_shown(old)),
        relapses: disposal
            .relapses
            .iter()
            .map(|relapse| relapse.new_case.to_string())
            .filter(|new| is_shown(new))
            .collect(),
        revision: revision(moment.transaction, &subject)?,
        disposal_revision: revision(moment.transaction, &format!("disposal-{id}"))?,
        position: moment.position,
    })
}

fn tips_of(moment: &Moment<'_>, case: &CaseFacts) -> Result<Vec<TipRow>, Status> {
    let mut linked = Conditions::default();
    linked.and(
        "tip IN (SELECT tip FROM case_tips WHERE case_tips.case_id = ?)",
        [text(&case.id)],
    );
    let mut tips = rows::tips(moment.transaction, &linked, None)?;
    tips.reverse();
    let in_full = super::tips::in_full(moment.actor);
    Ok(tips.iter().map(|tip| tip_row(tip, in_full, moment)).collect())
}

/// With its inquiries.
fn accountability(moment: &Moment<'_>, id: &str) -> Result<Option<String>, Status> {
    if !is_told_of_inquiries(moment.actor) {
        return Ok(None);
    }
    let state = fold::<Accountability>(moment.transaction, &format!("accountability-{id}"))?;
    state.subject.is_some().then(|| json(&state)).transpose()
}

fn json<T: serde::Serialize>(state: &T) -> Result<String, Status> {
    serde_json::to_string(state).map_err(|error| BookError::from(error).into())
}

fn disposal_message(state: &DisposalState) -> DisposalMessage {
    let measure = |record: &disposal_domain::MeasureRecord| Measure {
        measure: crate::columns::code(&record.measure),
        title: record.measure.in_chinese().to_owned(),
        completed_at: record.done.as_ref().map(|done| done.at.to_string()),
    };
    let levels = |levels: &[jurisdiction::Level]| levels.iter().map(crate::columns::code).collect();
    let days = |passed: bool| {
        let rechecks = state.rechecks.iter();
        rechecks
            .filter(|recheck| recheck.outcome.is_some() == passed)
            .map(|recheck| recheck.after_days.into())
            .collect()
    };
    DisposalMessage {
        unit: state.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
        class: state.class.map(|class| format!("{class:?}")).unwrap_or_default(),
        ordered_at: state.ordered_at.map(|at| at.to_string()).unwrap_or_default(),
        plan: plan(state).to_owned(),
        measures: state.measures.iter().map(measure).collect(),
        reviews_required: levels(&state.reviews_required),
        reviews_passed: levels(&state.reviews_passed().collect::<Vec<_>>()),
        closed_at: state.closed_at.map(|at| at.to_string()),
        spot_check: state
            .spot_check
            .as_ref()
            .map(|check| spot_check(check.passed).to_owned()),
        spot_check_seed: state.spot_check.as_ref().map(|check| check.seed.clone()),
        rechecks_due: days(false),
        rechecks_passed: days(true),
        referrals: u32::try_from(state.referrals.len()).unwrap_or(u32::MAX),
    }
}

fn plan(state: &DisposalState) -> &'static str {
    match state.plan.as_ref().map(|plan| &plan.standing) {
        None => "none",
        Some(PlanStanding::Submitted) => "submitted",
        Some(PlanStanding::Approved) => "approved",
        Some(PlanStanding::Rejected { .. }) => "rejected",
    }
}
