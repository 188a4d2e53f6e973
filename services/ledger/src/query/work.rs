//! The work list: what the calling person has to do, overdue first; filtered and cut into pages.

mod checks;
mod desk;
mod dispatching;
mod judging;
mod leading;
mod narrowing;
mod operating;
mod reports;
mod sealed;

use super::{Moment, one_of, page_length};
use desk::Desk;
use jiff::Timestamp;
use jurisdiction::{Obligation, Role};
use mingcha_proto::ledger::{WorkItem, WorkListRequest, WorkListResponse};
use narrowing::Narrowing;
use platform::invalid;
use tonic::Status;

/// Everything that may stand in a work list.
pub(crate) const KINDS: [&str; 29] = [
    "obligation",
    "tip_to_screen",
    "case_to_assign",
    "case_to_reassign",
    "escalation_to_answer",
    "explanation_to_judge",
    "extension_to_judge",
    "finding_answer_to_judge",
    "task_report_to_judge",
    "message_to_answer",
    "question_to_pass_on",
    "spot_check_to_make",
    "exposure_to_publish",
    "draw_to_announce",
    "draw_to_make",
    "guarantee_to_give",
    "report_to_draft",
    "report_to_sign",
    "report_to_seal",
    "report_to_file",
    "report_to_accept",
    "failure_to_judge",
    "referral_to_consider",
    "reveal_to_approve",
    "identity_to_open",
    "reward_to_approve",
    "reward_to_pay",
    "transcript_to_record",
    "place_to_record",
];
/// Fewer characters of a number say nothing.
const SHORTEST_NUMBER: usize = 4;

pub(crate) fn list(moment: &Moment<'_>, request: &WorkListRequest) -> Result<WorkListResponse, Status> {
    let mut items = all(moment, request)?;
    let total = count(items.len());
    let overdue = count(items.iter().filter(|item| item.overdue).count());
    if !request.after.is_empty() {
        let after = Cursor::read(&request.after)?;
        items.retain(|item| Cursor::of(item) > after);
    }
    let limit = page_length(request.limit);
    let more = items.len() > limit;
    items.truncate(limit);
    Ok(WorkListResponse {
        overdue,
        next: items
            .last()
            .filter(|_| more)
            .map(|item| Cursor::of(item).written()),
        items,
        total,
        position: moment.position,
    })
}

/// Everything that meets the conditions, in its order.
pub(crate) fn all(moment: &Moment<'_>, request: &WorkListRequest) -> Result<Vec<WorkItem>, Status> {
    one_of("kind", request.kind.as_ref(), &KINDS)?;
    let obligations = Obligation::ALL.map(Obligation::code);
    one_of("obligation", request.obligation.as_ref(), &obligations)?;
    let narrowing = Narrowing::of(moment, request)?;
    let mut items = everything(moment)?;
    items.retain(|item| meets(item, request) && narrowing.holds(item, moment));
    Ok(items)
}

/// The whole list of whoever asks, in its order.
pub(crate) fn everything(moment: &Moment<'_>) -> Result<Vec<WorkItem>, Status> {
    let desk = Desk::of(moment)?;
    let mut items = desk.of_sealed()?;
    items.extend(match desk.role {
        Role::Handler => desk.to_handle()?,
        Role::Dispatcher => desk.to_dispatch()?,
        Role::Leader => desk.to_lead()?,
        Role::Supervisor => desk.to_supervise()?,
        Role::Inspector => desk.to_inspect()?,
        Role::Operator => desk.to_operate()?,
        Role::Admin => vec![],
    });
    for item in &mut items {
        item.unit_name = moment.unit_name(&item.unit);
        item.id = id(item);
    }
    items.sort_by_cached_key(Cursor::of);
    items.dedup_by(|one, other| one.id == other.id);
    Ok(items)
}

/// What an item is about, in words that stay the same for as long as it is to be done.
fn id(item: &WorkItem) -> String {
    let number = item.number.map(|number| number.to_string());
    // These are there before their clock is, and only once; and a clock is the same however high it has climbed.
    let desk = ["tip_to_screen", "case_to_assign"].contains(&item.kind.as_str());
    let climbs = desk || item.kind == "obligation";
    let parts = [
        Some(item.kind.as_str()),
        Some(item.report.as_deref().unwrap_or(&item.subject)),
        item.clock.as_deref().filter(|_| !desk),
        item.rung.as_deref().filter(|_| !climbs),
        number.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// Where an item stands in the list: by the instant it is due, then always in the same order. What has no date comes last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cursor {
    due: Timestamp,
    id: String,
}

impl Cursor {
    fn of(item: &WorkItem) -> Self {
        let due = item.due.as_ref().and_then(|due| due.parse().ok());
        Self {
            due: due.unwrap_or(Timestamp::MAX),
            id: item.id.clone(),
        }
    }
    fn written(&self) -> String {
        format!("{}_{}", self.due.as_nanosecond(), self.id)
    }
    fn read(text: &str) -> Result<Self, Status> {
        let parts = text.split_once('_').and_then(|(due, id)| {
            let due = Timestamp::from_nanosecond(due.parse().ok()?).ok()?;
            Some(Self {
                due,
                id: id.to_owned(),
            })
        });
        parts.ok_or_else(|| invalid("after", "翻页标记不对，请从第一页重新查询。"))
    }
}

fn meets(item: &WorkItem, request: &WorkListRequest) -> bool {
    let is = |wanted: &Option<String>, value: Option<&str>| wanted.is_none() || wanted.as_deref() == value;
    is(&request.kind, Some(&item.kind))
        && is(&request.obligation, item.obligation.as_deref())
        && request.overdue.is_none_or(|wanted| item.overdue == wanted)
        && request.mine.is_none_or(|wanted| item.mine == wanted)
        && says(item, &request.text)
}

/// Whether all words stand somewhere in the item, or its case or tip has a number that begins so.
fn says(item: &WorkItem, looked_for: &str) -> bool {
    let looked_for = looked_for.trim().to_lowercase();
    let begins = |id: &Option<String>| id.as_ref().is_some_and(|id| id.starts_with(&looked_for));
    if looked_for.len() >= SHORTEST_NUMBER && (begins(&item.case_id) || begins(&item.tip_id)) {
        return true;
    }
    let enterprise = item.enterprise.as_deref().unwrap_or_default();
    let said = [&item.place, enterprise, &item.what, &item.title, &item.unit_name];
    let said = said.join("\n").to_lowercase();
    looked_for.split_whitespace().all(|word| said.contains(word))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
