//! Rungs reached, as a list.

use super::{Moment, known_unit, one_of, page};
use crate::area::is_within;
use crate::messages::escalation_row;
use crate::rows::{self, EscalationFacts, Which};
use jurisdiction::{Jurisdiction, Rung, UnitCode};
use mingcha_proto::ledger::{ListEscalationsRequest, ListEscalationsResponse};
use tonic::Status;

pub(crate) fn list(
    moment: &Moment<'_>,
    request: &ListEscalationsRequest,
) -> Result<ListEscalationsResponse, Status> {
    one_of("rung", request.rung.as_ref(), &Rung::ALL.map(Rung::code))?;
    let explanations = ["awaited", "submitted", "accepted", "not_accepted"];
    one_of("explanation", request.explanation.as_ref(), &explanations)?;
    if let Some(unit) = &request.unit {
        known_unit("unit", unit, moment.jurisdiction)?;
    }
    let mut escalations = visible(moment)?;
    escalations.retain(|step| matches(step, request, moment.jurisdiction));
    let page = page(
        escalations,
        |step| (step.reached, format!("{} {:06}", step.stream, step.number)),
        &request.after,
        request.limit,
    )?;
    Ok(ListEscalationsResponse {
        escalations: page
            .items
            .iter()
            .map(|step| escalation_row(step, moment))
            .collect(),
        total: page.total,
        next: page.next,
        position: moment.position,
    })
}

/// The rungs that concern the caller's units.
pub(crate) fn visible(moment: &Moment<'_>) -> Result<Vec<EscalationFacts>, Status> {
    let scope = moment.case_scope()?;
    let mut escalations = rows::escalations(moment.transaction, Which::All)?;
    escalations.retain(|step| {
        let units = [Some(&step.about.unit), Some(&step.to.unit)];
        let mut units = units
            .into_iter()
            .flatten()
            .filter_map(|unit| unit.parse::<UnitCode>().ok());
        units.any(|unit| scope.sees_unit(&unit, moment.jurisdiction))
    });
    Ok(escalations)
}

/// Whether a rung meets every condition. Lists and figures ask this same question.
pub(crate) fn matches(
    step: &EscalationFacts,
    filter: &ListEscalationsRequest,
    jurisdiction: &Jurisdiction,
) -> bool {
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
    let area: Option<UnitCode> = filter.unit.as_ref().and_then(|unit| unit.parse().ok());
    let within = |area: UnitCode| {
        step.unit()
            .is_some_and(|unit| is_within(&unit, &area, jurisdiction))
    };
    area.is_none_or(within) && is(&filter.rung, &step.rung) && is(&filter.explanation, &step.explanation)
}
