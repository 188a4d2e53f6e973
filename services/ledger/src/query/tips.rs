//! Tips: the list, and one with what stands near it.

use super::similar::similar;
use super::{Moment, contains, known_unit, one_of, page};
use crate::area::{is_within, tip_area};
use crate::messages::{clock_row, escalation_row, tip_row};
use crate::projection::revision;
use crate::rows::{self, CaseFacts, TipFacts, Which};
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, Role, UnitCode};
use mingcha_proto::ledger::{GetTipRequest, GetTipResponse, ListTipsRequest, ListTipsResponse};
use platform::{PlatformRefusal, refuse};
use std::collections::HashMap;
use tonic::Status;

pub(crate) const CHANNELS: [&str; 5] = ["web", "phone", "sms", "open311", "counter"];
const PROGRESS: [&str; 4] = ["received", "accepted", "rejected", "diverted"];

/// Whoever screens or directs sees tips in full; handlers see no more of a confidential tip than the case says.
pub(crate) fn in_full(actor: &Actor) -> bool {
    !actor.is(Role::Handler)
}

pub(crate) fn list(moment: &Moment<'_>, request: &ListTipsRequest) -> Result<ListTipsResponse, Status> {
    one_of("progress", request.progress.as_ref(), &PROGRESS)?;
    one_of("channel", request.channel.as_ref(), &CHANNELS)?;
    if let Some(unit) = &request.unit {
        known_unit("unit", unit, moment.jurisdiction)?;
    }
    let mut tips = visible(moment)?;
    let in_full = in_full(moment.actor);
    tips.retain(|tip| matches(tip, request, in_full, moment.jurisdiction, moment.now));
    let page = page(
        tips,
        |tip| (tip.received_at, tip.id.clone()),
        &request.after,
        request.limit,
    )?;
    Ok(ListTipsResponse {
        tips: page
            .items
            .iter()
            .map(|tip| tip_row(tip, in_full, moment))
            .collect(),
        total: page.total,
        next: page.next,
        position: moment.position,
    })
}

/// The tips that the caller may see.
pub(crate) fn visible(moment: &Moment<'_>) -> Result<Vec<TipFacts>, Status> {
    let scope = moment.scope()?;
    let cases: HashMap<String, CaseFacts> = rows::cases(moment.transaction)?
        .into_iter()
        .map(|case| (case.id.clone(), case))
        .collect();
    let mut tips = rows::tips(moment.transaction)?;
    tips.retain(|tip| {
        let case = tip.case.as_ref().and_then(|case| cases.get(case));
        scope.sees_tip(tip, case, moment.jurisdiction)
    });
    Ok(tips)
}

/// Whether a tip meets every condition. Lists and figures ask this same question.
pub(crate) fn matches(
    tip: &TipFacts,
    filter: &ListTipsRequest,
    in_full: bool,
    jurisdiction: &Jurisdiction,
    now: Timestamp,
) -> bool {
    let unit: Option<UnitCode> = filter.unit.as_ref().and_then(|unit| unit.parse().ok());
    // A confidential tip must not be found by words that are not shown.
    let hidden = tip.confidential && !in_full;
    let place = if hidden { "" } else { tip.place.text.as_str() };
    let texts = [
        place,
        tip.summary.as_deref().unwrap_or_default(),
        tip.enterprise.as_deref().unwrap_or_default(),
        &tip.id,
    ];
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
    unit.is_none_or(|unit| is_within(&tip_area(tip, jurisdiction), &unit, jurisdiction))
        && is(&filter.progress, &tip.progress)
        && is(&filter.channel, if hidden { "" } else { &tip.channel })
        && filter
            .screened
            .is_none_or(|screened| tip.is_screened() == screened)
        && filter
            .overdue
            .is_none_or(|overdue| tip.is_overdue(now) == overdue)
        && contains(&filter.text, &texts)
}

pub(crate) fn get(moment: &Moment<'_>, request: &GetTipRequest) -> Result<GetTipResponse, Status> {
    let scope = moment.scope()?;
    let tip = rows::tip(moment.transaction, &request.tip_id)?;
    let tip = tip.ok_or_else(|| refuse(PlatformRefusal::NotFound))?;
    let case = match &tip.case {
        Some(case) => rows::case(moment.transaction, case)?,
        None => None,
    };
    if !scope.sees_tip(&tip, case.as_ref(), moment.jurisdiction) {
        return Err(refuse(PlatformRefusal::OutsideSubtree));
    }
    let in_full = in_full(moment.actor);
    let escalations = rows::escalations(moment.transaction, Which::Of(&format!("tip-{}", tip.id)))?;
    let told = if tip.confidential && !in_full {
        vec![]
    } else {
        rows::told(moment.transaction, &tip.id)?
    };
    Ok(GetTipResponse {
        tip: Some(tip_row(&tip, in_full, moment)),
        told,
        rejection_reason: tip.rejection_reason.clone(),
        authority: tip.authority.clone(),
        clocks: tip.clocks.iter().map(|clock| clock_row(clock, moment)).collect(),
        escalations: escalations
            .iter()
            .map(|step| escalation_row(step, moment))
            .collect(),
        similar: similar(moment, &tip, &scope)?,
        revision: revision(moment.transaction, &format!("tip-{}", tip.id))?,
        position: moment.position,
    })
}
