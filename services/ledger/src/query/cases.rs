//! Cases: the list, and everything about one.

use super::{Moment, contains, known_unit, one_of, page};
use crate::area::{case_area, is_within};
use crate::book::BookError;
use crate::messages::{case_row, clock_row, escalation_row, tip_row};
use crate::projection::{fold, revision, spot_check};
use crate::rows::{self, CaseFacts, Which};
use accountability_domain::Accountability;
use case_domain::Case;
use disposal_domain::{Disposal, DisposalState, PlanStanding};
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Role, UnitCode, UnitKind};
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
const ORIGINS: [&str; 7] = [
    "tip",
    "relapse",
    "sweep",
    "night_load",
    "list_matching",
    "supervision_finding",
    "department_transfer",
];

pub(crate) fn list(moment: &Moment<'_>, request: &ListCasesRequest) -> Result<ListCasesResponse, Status> {
    check(request, moment.jurisdiction)?;
    let scope = moment.case_scope()?;
    let mut cases = rows::cases(moment.transaction)?;
    cases.retain(|case| {
        scope.sees_case(case, moment.jurisdiction) && matches(case, request, moment.jurisdiction, moment.now)
    });
    let page = page(
        cases,
        |case| (case.opened_at, case.id.clone()),
        &request.after,
        request.limit,
    )?;
    Ok(ListCasesResponse {
        cases: page.items.iter().map(|case| case_row(case, moment)).collect(),
        total: page.total,
        next: page.next,
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
        &["disposed", "found_clean", "not_small_chemical"],
    )?;
    one_of("urgency", request.urgency.as_ref(), &["normal", "urgent"])?;
    let obligations = jurisdiction::Obligation::ALL.map(jurisdiction::Obligation::code);
    one_of("obligation", request.obligation.as_ref(), &obligations)?;
    for (field, unit) in [("unit", &request.unit), ("owner", &request.owner)] {
        if let Some(unit) = unit {
            known_unit(field, unit, jurisdiction)?;
        }
    }
    Ok(())
}

/// Whether a case meets every condition. Lists and figures ask this same question.
pub(crate) fn matches(
    case: &CaseFacts,
    filter: &ListCasesRequest,
    jurisdiction: &Jurisdiction,
    now: Timestamp,
) -> bool {
    let unit: Option<UnitCode> = filter.unit.as_ref().and_then(|unit| unit.parse().ok());
    unit.is_none_or(|unit| belongs(case, &unit, jurisdiction)) && has(case, filter, now)
}

/// A government is asked for its area, any other unit for its work.
fn belongs(case: &CaseFacts, unit: &UnitCode, jurisdiction: &Jurisdiction) -> bool {
    match jurisdiction.unit(unit).map(|unit| unit.kind) {
        Some(UnitKind::Government) => is_within(&case_area(case, jurisdiction), unit, jurisdiction),
        _ => case.owner.as_ref() == Some(unit) || case.co_handlers.contains(unit),
    }
}

/// Every condition but the unit.
pub(crate) fn has(case: &CaseFacts, filter: &ListCasesRequest, now: Timestamp) -> bool {
    let is = |wanted: &Option<String>, value: Option<&str>| {
        wanted.as_deref().is_none_or(|wanted| value == Some(wanted))
    };
    let state = match filter.state.as_deref() {
        Some("open") => case.is_open(),
        _ => is(&filter.state, Some(&case.state)),
    };
    let texts = [
        case.place.text.as_str(),
        &case.summary,
        case.enterprise.as_deref().unwrap_or_default(),
        &case.id,
    ];
    state
        && is(&filter.class, Some(case.class.as_deref().unwrap_or("none")))
        && is(&filter.origin, Some(&case.origin))
        && is(&filter.closed_as, case.closed_as.as_deref())
        && is(&filter.owner, case.owner.as_ref().map(UnitCode::as_str))
        && is(&filter.urgency, Some(&case.urgency))
        && has_clocks(case, filter, now)
        && has_disposal(case, filter)
        && contains(&filter.text, &texts)
}

fn has_clocks(case: &CaseFacts, filter: &ListCasesRequest, now: Timestamp) -> bool {
    let missed = filter.missed.is_none_or(|missed| case.is_missed(now) == missed);
    // Asked for together, the overdue clock has to be the one of that obligation.
    let obligation = match filter.obligation.as_deref() {
        Some(obligation) => case.clocks.iter().any(|clock| {
            let wanted = clock.is_running() && clock.obligation == obligation;
            wanted
                && filter
                    .overdue
                    .is_none_or(|overdue| clock.is_overdue(now) == overdue)
        }),
        None => filter
            .overdue
            .is_none_or(|overdue| case.is_overdue(now) == overdue),
    };
    missed && obligation
}

fn has_disposal(case: &CaseFacts, filter: &ListCasesRequest) -> bool {
    let disposal = case.disposal.as_ref();
    let spot_check = disposal.and_then(|disposal| disposal.spot_check.as_deref());
    let measures = match filter.measures.as_deref() {
        None => true,
        Some("ordered") => disposal.is_some(),
        Some("some_done") => disposal.is_some_and(|disposal| disposal.measures_done > 0),
        _ => disposal.is_some_and(|disposal| disposal.measures_done >= disposal.measures),
    };
    let wanted = filter.spot_check.as_deref();
    measures
        && wanted.is_none_or(|wanted| spot_check == Some(wanted))
        && filter
            .relapsed
            .is_none_or(|relapsed| case.is_relapsed() == relapsed)
}

pub(crate) fn get(moment: &Moment<'_>, request: &GetCaseRequest) -> Result<GetCaseResponse, Status> {
    let scope = moment.case_scope()?;
    let case = rows::case(moment.transaction, &request.case_id)?;
    let case = case.ok_or_else(|| refuse(PlatformRefusal::NotFound))?;
    if !scope.sees_case(&case, moment.jurisdiction) {
        return Err(refuse(PlatformRefusal::OutsideSubtree));
    }
    let (id, subject) = (case.id.as_str(), format!("case-{}", case.id));
    let state = fold::<Case>(moment.transaction, &subject)?;
    let disposal = fold::<Disposal>(moment.transaction, &format!("disposal-{id}"))?;
    let ordered = disposal.ordered_at.is_some();
    let escalations = rows::escalations(moment.transaction, Which::Of(&subject))?;
    let mut failures = rows::failures(moment.transaction, &subject)?;
    for failure in &mut failures {
        failure.unit_name = moment.unit_name(&failure.unit);
    }
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
        failures,
        accountability_state_json: accountability(moment, id)?,
        relapse_of: case.relapse_of.clone(),
        relapses: disposal
            .relapses
            .iter()
            .map(|relapse| relapse.new_case.to_string())
            .collect(),
        revision: revision(moment.transaction, &subject)?,
        disposal_revision: revision(moment.transaction, &format!("disposal-{id}"))?,
        position: moment.position,
    })
}

fn tips_of(moment: &Moment<'_>, case: &CaseFacts) -> Result<Vec<TipRow>, Status> {
    let sql =
        "SELECT tip FROM case_tips JOIN tips USING (tip) WHERE case_tips.case_id = ?1 ORDER BY received_at";
    let mut select = moment.transaction.prepare(sql).map_err(BookError::from)?;
    let ids = select
        .query_map([&case.id], |row| row.get::<_, String>(0))
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(BookError::from)?;
    let mut tips = Vec::new();
    for id in ids {
        let in_full = super::tips::in_full(moment.actor);
        tips.extend(rows::tip(moment.transaction, &id)?.map(|tip| tip_row(&tip, in_full, moment)));
    }
    Ok(tips)
}

/// Inquiries are between those who supervise and those who decide.
fn accountability(moment: &Moment<'_>, id: &str) -> Result<Option<String>, Status> {
    if !(moment.actor.is(Role::Inspector) || moment.actor.is(Role::Supervisor)) {
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
        reviews_passed: levels(&state.reviews_passed),
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
