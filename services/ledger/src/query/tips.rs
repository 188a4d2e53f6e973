//! Tips: the list, and one with what stands near it.

use super::conditions::{Conditions, Period, text, words};
use super::similar::similar;
use super::{Cut, Moment, known_unit, one_of};
use crate::area::IN_AREA;
use crate::messages::{clock_row, escalation_row, tip_row};
use crate::projection::revision;
use crate::rows::{self, TipFacts};
use jurisdiction::{Actor, Role};
use mingcha_proto::ledger::{GetTipRequest, GetTipResponse, ListTipsRequest, ListTipsResponse};
use platform::{PlatformRefusal, refuse};
use tonic::Status;
use vocabulary::List;

pub(crate) const CHANNELS: [&str; 5] = ["web", "phone", "sms", "open311", "counter"];

/// Every channel with what it is called.
pub(crate) fn channels() -> impl Iterator<Item = (&'static str, &'static str)> {
    CHANNELS
        .into_iter()
        .filter_map(|code| Some((code, List::Channel.word(code)?)))
}
const PROGRESS: [&str; 4] = ["received", "accepted", "rejected", "diverted"];

/// Whoever screens or directs sees tips in full; handlers see no more of a confidential tip than the case says.
pub(crate) fn in_full(actor: &Actor) -> bool {
    !actor.is(Role::Handler)
}

pub(crate) fn list(moment: &Moment<'_>, request: &ListTipsRequest) -> Result<ListTipsResponse, Status> {
    let mut conditions = moment.visible_tips()?;
    conditions.and_all(filter(moment, request)?);
    let cut = Cut::of(&request.after, request.limit)?;
    let rest = cut.rest(&conditions, "received_at", "tip");
    let mut tips = rows::tips(moment.transaction, &rest, cut.fetch())?;
    let next = cut.finish(&mut tips, |tip| (tip.received_at, tip.id.clone()));
    let in_full = in_full(moment.actor);
    Ok(ListTipsResponse {
        tips: tips.iter().map(|tip| tip_row(tip, in_full, moment)).collect(),
        total: rows::count(moment.transaction, "placed_tips", &conditions)?,
        next,
        position: moment.position,
    })
}

/// What must hold of `placed_tips`. Lists and figures ask this same question.
///
/// # Errors
/// `InvalidArgument` for a condition that nothing can meet.
pub(crate) fn filter(moment: &Moment<'_>, filter: &ListTipsRequest) -> Result<Conditions, Status> {
    one_of("progress", filter.progress.as_ref(), &PROGRESS)?;
    one_of("channel", filter.channel.as_ref(), &CHANNELS)?;
    let mut conditions = Conditions::default();
    if let Some(unit) = &filter.unit {
        known_unit("unit", unit, moment.jurisdiction)?;
        conditions.and(IN_AREA, [text(unit)]);
    }
    // A confidential tip must not be found by what is not shown of it.
    let shown = if in_full(moment.actor) {
        "1"
    } else {
        "NOT confidential"
    };
    if let Some(channel) = &filter.channel {
        conditions.and(&format!("{shown} AND channel = ?"), [text(channel)]);
    }
    conditions
        .is("progress", filter.progress.as_ref())
        .holds(filter.screened, "progress <> 'received'", []);
    let obligations = jurisdiction::Obligation::ALL.map(jurisdiction::Obligation::code);
    one_of("obligation", filter.obligation.as_ref(), &obligations)?;
    let clocks = super::Clocks {
        obligation: filter.obligation.as_ref(),
        overdue: filter.overdue,
        missed: None,
        came_late: None,
    };
    conditions.and_all(clocks.of("placed_tips", moment.now));
    let received = Period {
        from: filter.from.as_ref(),
        until: filter.until.as_ref(),
        stage: filter.stage.as_ref(),
    };
    conditions.and_all(received.conditions("received_at", moment.jurisdiction)?);
    let screened = Period {
        from: filter.screened_from.as_ref(),
        until: filter.screened_until.as_ref(),
        stage: None,
    };
    conditions.and_all(screened.conditions("screened_at", moment.jurisdiction)?);
    conditions.and_all(words(&filter.text, "tip", shown));
    Ok(conditions)
}

/// One tip that the caller sees. One that is about the caller is answered like one that there is not.
fn visible(moment: &Moment<'_>, id: &str) -> Result<TipFacts, Status> {
    let mut conditions = Conditions::default();
    conditions.and("tip = ?", [text(id)]);
    let exists = conditions.clone();
    conditions.and_all(moment.visible_tips()?);
    if let Some(tip) = rows::tips(moment.transaction, &conditions, None)?.pop() {
        return Ok(tip);
    }
    Err(refuse(
        match rows::count(moment.transaction, "placed_tips", &exists)? {
            0 => PlatformRefusal::NotFound,
            _ => PlatformRefusal::OutsideSubtree,
        },
    ))
}

pub(crate) fn get(moment: &Moment<'_>, request: &GetTipRequest) -> Result<GetTipResponse, Status> {
    let tip = visible(moment, &request.tip_id)?;
    let in_full = in_full(moment.actor);
    let mut of_tip = Conditions::default();
    of_tip.and("subject = ?", [text(&format!("tip-{}", tip.id))]);
    let escalations = rows::escalations(moment.transaction, &of_tip, None)?;
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
        similar: similar(moment, &tip)?,
        revision: revision(moment.transaction, &format!("tip-{}", tip.id))?,
        position: moment.position,
    })
}
