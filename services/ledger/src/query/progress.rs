//! What the public may know of a case: steps and dates, no names, no units, no words.

use super::Moment;
use super::conditions::{Conditions, text};
use crate::book::BookError;
use crate::columns::{At, code};
use crate::rows;
use jurisdiction::Actor;
use mingcha_proto::ledger::{PublicProgressRequest, PublicProgressResponse, PublicStep};
use platform::{PlatformRefusal, refuse};
use tonic::Status;

pub(crate) fn progress(
    moment: &Moment<'_>,
    request: &PublicProgressRequest,
) -> Result<PublicProgressResponse, Status> {
    // Staff have the case itself, within their area; this door is for those who hold a receipt.
    if matches!(moment.actor, Actor::Staff { .. }) {
        return Err(refuse(PlatformRefusal::WrongRole));
    }
    let mut asked = Conditions::default();
    asked.and("case_id = ?", [text(&request.case_id)]);
    let case = rows::cases(moment.transaction, &asked, None)?.pop();
    let case = case.ok_or_else(|| refuse(PlatformRefusal::NotFound))?;
    let steps = steps(moment, &case.id)?;
    let next = case.next_clock();
    Ok(PublicProgressResponse {
        state: steps.last().map(|step| step.code.clone()).unwrap_or_default(),
        steps,
        next_due: next.map(|clock| clock.due.to_string()),
        overdue: case.is_overdue(moment.now),
        closed_as: case.closed_as,
        case_id: case.id,
        position: moment.position,
    })
}

fn steps(moment: &Moment<'_>, case: &str) -> Result<Vec<PublicStep>, Status> {
    let read = || {
        let mut select = moment
            .transaction
            .prepare("SELECT at, code, unit FROM steps WHERE case_id = ?1 ORDER BY position")?;
        let rows = select.query_map([case], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?))
        })?;
        rows.collect::<Result<Vec<(At, String, Option<String>)>, _>>()
    };
    let rows = read().map_err(BookError::from)?;
    let steps = rows.into_iter().map(|(At(at), step, unit)| {
        let unit = unit.and_then(|unit| crate::area::named(&unit, moment.jurisdiction));
        PublicStep {
            title: title(&step).to_owned(),
            at: at.to_string(),
            level: unit.map(|unit| code(&unit.level)),
            code: step,
        }
    });
    Ok(steps.collect())
}

fn title(step: &str) -> &'static str {
    match step {
        "opened" => "已立案",
        "assigned" => "已交办",
        "inspected" => "已现场核查",
        "confirmed" => "已确认属实",
        "disposal_ordered" => "已下达处置要求",
        "closed" => "已办结",
        "reopened" => "已重新办理",
        "relapse" => "发现反弹，已另案办理",
        _ => "",
    }
}
