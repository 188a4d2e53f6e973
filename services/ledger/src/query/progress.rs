//! What the public may know of a case: steps and dates, no names, no units, no words.

use super::Moment;
use super::conditions::{Conditions, text};
use crate::book::BookError;
use crate::columns::{At, code};
use crate::rows::{self, CaseFacts};
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
    let case = named(moment, &request.case_id)?;
    let case = case.ok_or_else(|| refuse(PlatformRefusal::NotFound))?;
    let mut steps = steps(moment, &case.id)?;
    // Merged, it goes on where its tips are now: the reporter sees that as well, under the receipt of old.
    let case = match goes_on(moment, &case)? {
        Some(survivor) => {
            let further = self::steps(moment, &survivor.id)?;
            let since = |step: &PublicStep| step.at.parse().is_ok_and(|at| Some(at) > case.closed_at);
            steps.extend(further.into_iter().filter(since));
            survivor
        }
        None => case,
    };
    let next = case.next_clock();
    Ok(PublicProgressResponse {
        state: steps.last().map(|step| step.code.clone()).unwrap_or_default(),
        steps,
        next_due: next.map(|clock| clock.due.to_string()),
        overdue: case.is_overdue(moment.now),
        closed_as: case.closed_as,
        case_id: request.case_id.clone(),
        position: moment.position,
    })
}

/// The case that a merged one goes on in: the other one that has its tips.
fn goes_on(moment: &Moment<'_>, merged: &CaseFacts) -> Result<Option<CaseFacts>, Status> {
    if merged.closed_as.as_deref() != Some("merged") {
        return Ok(None);
    }
    let read = || {
        let mut select = moment.transaction.prepare(
            "SELECT DISTINCT other.case_id FROM case_tips AS own JOIN case_tips AS other USING (tip) \
             JOIN cases ON cases.case_id = other.case_id \
             WHERE own.case_id = ?1 AND other.case_id <> ?1 AND cases.closed_as IS NOT 'merged'",
        )?;
        let mut found = select.query_map([&merged.id], |row| row.get::<_, String>(0))?;
        found.next().transpose()
    };
    let survivor = read().map_err(BookError::from)?;
    match survivor {
        Some(survivor) => named(moment, &survivor),
        None => Ok(None),
    }
}

fn named(moment: &Moment<'_>, case: &str) -> Result<Option<CaseFacts>, Status> {
    let mut asked = Conditions::default();
    asked.and("case_id = ?", [text(case)]);
    Ok(rows::cases(moment.transaction, &asked, None)?.pop())
}

fn steps(moment: &Moment<'_>, case: &str) -> Result<Vec<PublicStep>, Status> {
    let read = || {
        let mut select = moment
            .transaction
            .prepare("SELECT at, code, unit, note FROM steps WHERE case_id = ?1 ORDER BY position")?;
        let rows = select.query_map([case], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        rows.collect::<Result<Vec<(At, String, Option<String>, Option<String>)>, _>>()
    };
    let rows = read().map_err(BookError::from)?;
    let steps = rows.into_iter().map(|(At(at), step, unit, note)| {
        let unit = unit.and_then(|unit| crate::area::named(&unit, moment.jurisdiction));
        PublicStep {
            title: title(&step).to_owned(),
            at: at.to_string(),
            level: unit.map(|unit| code(&unit.level)),
            code: step,
            note,
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
        "extended" => "经上一级同意延期",
        "merged" => "与同一点位的另一案件并案办理",
        "reopened" => "已重新办理",
        "relapse" => "发现反弹，已另案办理",
        _ => "",
    }
}
