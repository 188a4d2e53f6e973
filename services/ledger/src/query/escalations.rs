//! Rungs reached, as a list.

use super::conditions::{Conditions, Period, text, words};
use super::obligations::NUMBER;
use super::{Cut, Moment, known_unit, one_of};
use crate::messages::escalation_row;
use crate::rows;
use jurisdiction::{Obligation, Rung};
use mingcha_proto::ledger::{EscalationRow, ListEscalationsRequest, ListEscalationsResponse};
use tonic::Status;

/// Stream and number of a rung as one text, in the order in which they stand.
const ID: &str = "stream || ' ' || printf('%012d', number)";

pub(crate) fn list(
    moment: &Moment<'_>,
    request: &ListEscalationsRequest,
) -> Result<ListEscalationsResponse, Status> {
    let mut conditions = moment.visible_escalations()?;
    conditions.and_all(filter(moment, request)?);
    let cut = Cut::of(&request.after, request.limit)?;
    let rest = cut.rest(&conditions, "reached", ID);
    let mut escalations = rows::escalations(moment.transaction, &rest, cut.fetch())?;
    let next = cut.finish(&mut escalations, |step| {
        (step.reached, format!("{} {:012}", step.stream, step.number))
    });
    Ok(ListEscalationsResponse {
        escalations: escalations
            .iter()
            .map(|step| escalation_row(step, moment))
            .collect(),
        total: rows::count(moment.transaction, "escalations", &conditions)?,
        next,
        position: moment.position,
    })
}

/// All that meet the conditions and that the caller sees, newest first.
pub(crate) fn all(
    moment: &Moment<'_>,
    request: &ListEscalationsRequest,
    most: Option<u32>,
) -> Result<Vec<EscalationRow>, Status> {
    let mut conditions = moment.visible_escalations()?;
    conditions.and_all(filter(moment, request)?);
    let steps = rows::escalations(moment.transaction, &conditions, most)?;
    Ok(steps.iter().map(|step| escalation_row(step, moment)).collect())
}

/// What must hold of `escalations`. Lists and figures ask this same question.
///
/// # Errors
/// `InvalidArgument` for a condition that nothing can meet.
pub(crate) fn filter(moment: &Moment<'_>, filter: &ListEscalationsRequest) -> Result<Conditions, Status> {
    one_of("rung", filter.rung.as_ref(), &Rung::ALL.map(Rung::code))?;
    let explanations = [
        "open",
        "awaited",
        "submitted",
        "accepted",
        "not_accepted",
        "overtaken",
        "not_owed",
    ];
    one_of("explanation", filter.explanation.as_ref(), &explanations)?;
    let obligations = Obligation::ALL.map(Obligation::code);
    one_of("obligation", filter.obligation.as_ref(), &obligations)?;
    let mut conditions = Conditions::default();
    if let Some(unit) = &filter.unit {
        known_unit("unit", unit, moment.jurisdiction)?;
        conditions.and(
            "about_unit IN (SELECT unit FROM within WHERE within.area = ?)",
            [text(unit)],
        );
    }
    match filter.explanation.as_deref() {
        Some("open") => {
            conditions.and("explanation IN ('awaited', 'submitted', 'not_accepted')", []);
        }
        _ => {
            conditions.is("explanation", filter.explanation.as_ref());
        }
    }
    conditions
        .is("rung", filter.rung.as_ref())
        .is("obligation", filter.obligation.as_ref());
    let reached = Period {
        from: filter.from.as_ref(),
        until: filter.until.as_ref(),
        stage: filter.stage.as_ref(),
    };
    conditions.and_all(reached.conditions("reached", moment.jurisdiction)?);
    conditions.and_all(found(&filter.text, moment));
    Ok(conditions)
}

/// By the words of the site, or of what stands in the rung itself: names of units and persons, explanation and judgement.
fn found(looked_for: &str, moment: &Moment<'_>) -> Conditions {
    let of_site = words(looked_for, NUMBER, super::place_is_shown(moment.actor));
    let mut of_rung = Conditions::default();
    for word in looked_for.split_whitespace() {
        let named = moment.jurisdiction.units.values();
        let named: Vec<&str> = named
            .filter(|unit| unit.name.contains(word))
            .map(|unit| unit.code.as_str())
            .collect();
        of_rung.and(
            "instr(lower(concat_ws(' ', about_name, to_name, explanation_text, judgement_note)), ?) > 0 \
             OR about_unit IN (SELECT value FROM json_each(?)) OR to_unit IN (SELECT value FROM json_each(?))",
            [
                text(&word.to_lowercase()),
                text(&serde_json::to_string(&named).unwrap_or_default()),
                text(&serde_json::to_string(&named).unwrap_or_default()),
            ],
        );
    }
    let mut conditions = Conditions::default();
    if !looked_for.trim().is_empty() {
        conditions.and_any(vec![of_site, of_rung]);
    }
    conditions
}
