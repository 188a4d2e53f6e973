//! The work list: what the calling person has to do, overdue first.

use super::conditions::{Conditions, text};
use super::{Moment, work_reports};
use crate::area::{Scope, is_within};
use crate::book::BookError;
use crate::messages::{obligation_title, rung_title};
use crate::rows::{self, ClockFacts, EscalationFacts};
use jiff::Timestamp;
use jurisdiction::{Obligation, Role, UnitCode, Urgency};
use mingcha_proto::ledger::{WorkItem, WorkListRequest, WorkListResponse};
use rusqlite::OptionalExtension;
use std::collections::HashSet;
use tonic::Status;

/// What the dispatcher's desk owes.
const OF_DISPATCHERS: [Obligation; 3] = [
    Obligation::ScreenTip,
    Obligation::AssignCase,
    Obligation::TellOutcome,
];
/// What takes a leader's name. Identification is shown to the leader and to the handlers of the county.
const OF_LEADERS: [Obligation; 4] = [
    Obligation::Review,
    Obligation::AnswerEscalation,
    Obligation::AnswerFinding,
    Obligation::Identify,
];

/// Place, enterprise and case.
type Site = (String, Option<String>, Option<String>);

/// Whose work list it is.
struct Desk<'a> {
    moment: &'a Moment<'a>,
    unit: UnitCode,
    scope: Scope,
}

pub(crate) fn list(moment: &Moment<'_>, _request: &WorkListRequest) -> Result<WorkListResponse, Status> {
    let scope = moment.scope()?;
    let (Some(unit), Some(role)) = (moment.actor.unit(), moment.actor.role()) else {
        return Err(platform::refuse(platform::PlatformRefusal::WrongRole));
    };
    let desk = Desk {
        moment,
        unit: unit.clone(),
        scope,
    };
    let mut items = match role {
        Role::Handler => desk.obligations(|obligation| {
            let others = OF_DISPATCHERS.contains(&obligation) || OF_LEADERS.contains(&obligation);
            !others || obligation == Obligation::Identify
        })?,
        Role::Dispatcher => desk.to_dispatch()?,
        Role::Leader => desk.to_lead()?,
        Role::Supervisor => {
            let mut items = desk.to_judge()?;
            items.extend(desk.obligations(|obligation| obligation == Obligation::SpotCheck)?);
            items
        }
        Role::Inspector => desk.to_judge()?,
        Role::Operator | Role::Admin => vec![],
    };
    for item in &mut items {
        item.unit_name = moment.unit_name(&item.unit);
    }
    // What has no date comes last; within the same instant the order is at least always the same.
    items.sort_by_key(|item| {
        (
            item.seconds_left.unwrap_or(i64::MAX),
            item.subject.clone(),
            item.kind.clone(),
        )
    });
    Ok(WorkListResponse {
        overdue: items.iter().filter(|item| item.overdue).count() as u32,
        items,
        position: moment.position,
    })
}

impl Desk<'_> {
    /// The running clocks of the caller's own unit with certain obligations.
    fn obligations(&self, wanted: impl Fn(Obligation) -> bool) -> Result<Vec<WorkItem>, Status> {
        let mut own = Conditions::default();
        own.and("unit = ?", [text(self.unit.as_str())]);
        let clocks = rows::running_clocks(self.moment.transaction, &own)?;
        let wanted = |clock: &&ClockFacts| {
            let mut all = Obligation::ALL.into_iter();
            all.find(|obligation| obligation.code() == clock.obligation)
                .is_some_and(&wanted)
        };
        clocks
            .iter()
            .filter(wanted)
            .map(|clock| self.obligation(clock))
            .collect()
    }

    fn obligation(&self, clock: &ClockFacts) -> Result<WorkItem, Status> {
        let kind = match clock.obligation.as_str() {
            "screen_tip" => "tip_to_screen",
            "assign_case" => "case_to_assign",
            _ => "obligation",
        };
        let item = WorkItem {
            kind: kind.to_owned(),
            title: obligation_title(&clock.obligation).to_owned(),
            clock: Some(clock.clock.clone()),
            obligation: Some(clock.obligation.clone()),
            rung: clock.rung.clone(),
            what: clock.what.clone(),
            urgent: clock.urgent,
            unit: clock.unit.clone(),
            started: Some(clock.started.to_string()),
            ..WorkItem::default()
        };
        self.about(item, &clock.subject, Some(clock.due))
    }

    /// Completes an item with its subject and the time left.
    fn about(&self, mut item: WorkItem, subject: &str, due: Option<Timestamp>) -> Result<WorkItem, Status> {
        let now = self.moment.now;
        subject.clone_into(&mut item.subject);
        if let Some(case) = subject.strip_prefix("case-") {
            item.case_id = Some(case.to_owned());
            if let Some((place, enterprise, _)) = self.site("cases WHERE case_id", case)? {
                (item.place, item.enterprise) = (place, enterprise);
            }
        } else if let Some(tip) = subject.strip_prefix("tip-") {
            item.tip_id = Some(tip.to_owned());
            if let Some((place, enterprise, case)) = self.site("tips WHERE tip", tip)? {
                (item.place, item.enterprise, item.case_id) = (place, enterprise, case);
            }
        }
        if let Some(due) = due {
            item.overdue = due < now;
            item.due = Some(due.to_string());
            item.seconds_left = Some(due.duration_since(now).as_secs());
            let calendar = &self.moment.jurisdiction.calendar;
            item.working_days_left = Some(calendar.working_days_between(now, due));
        }
        Ok(item)
    }

    /// Place, enterprise and case of a row.
    fn site(&self, from: &str, id: &str) -> Result<Option<Site>, Status> {
        let sql = format!("SELECT place, enterprise, case_id FROM {from} = ?1");
        let read = || {
            let mut select = self.moment.transaction.prepare_cached(&sql)?;
            select
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        };
        Ok(read().map_err(BookError::from)?)
    }

    /// Own obligations, and every unscreened tip and unassigned case of the area, with a clock or (not yet) without.
    fn to_dispatch(&self) -> Result<Vec<WorkItem>, Status> {
        let (moment, jurisdiction) = (self.moment, self.moment.jurisdiction);
        let mut items = self.obligations(|obligation| OF_DISPATCHERS.contains(&obligation))?;
        let mut known: HashSet<(String, String)> = items
            .iter()
            .map(|item| (item.kind.clone(), item.subject.clone()))
            .collect();
        let mut tips = moment.visible_tips()?;
        tips.and("progress = 'received'", []);
        for tip in rows::tips(moment.transaction, &tips, None)? {
            let subject = format!("tip-{}", tip.id);
            if known.insert(("tip_to_screen".to_owned(), subject.clone())) {
                items.push(match tip.screening() {
                    Some(clock) => self.obligation(clock)?,
                    None => {
                        let item = self.without_clock("tip_to_screen", Obligation::ScreenTip, tip.urgent);
                        let due =
                            jurisdiction.due(Obligation::ScreenTip, urgency(tip.urgent), tip.received_at);
                        self.about(item, &subject, Some(due))?
                    }
                });
            }
        }
        let mut cases = self.scope.cases();
        cases.and("state IN ('opened', 'returned', 'awaiting_designation')", []);
        for case in rows::cases(moment.transaction, &cases, None)? {
            let subject = format!("case-{}", case.id);
            let mut clocks = case.clocks.iter();
            let clock = clocks.find(|clock| clock.is_running() && clock.obligation == "assign_case");
            if known.insert(("case_to_assign".to_owned(), subject.clone())) {
                items.push(match clock {
                    Some(clock) => self.obligation(clock)?,
                    None => {
                        let urgent = case.urgency == "urgent";
                        let item = self.without_clock("case_to_assign", Obligation::AssignCase, urgent);
                        let due = jurisdiction.due(Obligation::AssignCase, urgency(urgent), case.opened_at);
                        self.about(item, &subject, Some(due))?
                    }
                });
            }
        }
        Ok(items)
    }

    fn without_clock(&self, kind: &str, obligation: Obligation, urgent: bool) -> WorkItem {
        WorkItem {
            kind: kind.to_owned(),
            title: obligation.in_chinese().to_owned(),
            obligation: Some(obligation.code().to_owned()),
            urgent,
            unit: self.unit.to_string(),
            ..WorkItem::default()
        }
    }

    /// Reviews and signatures, escalations to answer, explanations of those below, area reports.
    fn to_lead(&self) -> Result<Vec<WorkItem>, Status> {
        let mut items = self.obligations(|obligation| OF_LEADERS.contains(&obligation))?;
        let person = self.moment.actor.person().map(|person| person.as_str());
        let mut addressed = Conditions::default();
        addressed
            .and(
                "answerer_unit = ? OR answerer_person = ?",
                [text(self.unit.as_str()), text(person.unwrap_or_default())],
            )
            .and("explanation IN ('awaited', 'not_accepted')", []);
        for step in rows::escalations(self.moment.transaction, &addressed, None)? {
            items.push(self.escalation("escalation_to_answer", "说明情况", &step, Some(step.answer_due))?);
        }
        items.extend(self.to_judge()?);
        items.extend(work_reports::of_leader(self.moment, &self.unit)?);
        Ok(items)
    }

    /// Explanations that the caller may judge: supervisors and inspectors all, leaders those of their area below them.
    /// After a referral it is the inspectors' turn alone.
    fn to_judge(&self) -> Result<Vec<WorkItem>, Status> {
        let jurisdiction = self.moment.jurisdiction;
        let seat = jurisdiction.seat(&self.unit).map(|seat| &seat.code);
        let is_below = |unit: &str| {
            let unit: Option<UnitCode> = unit.parse().ok();
            unit.is_some_and(|unit| {
                let own = unit == self.unit || Some(&unit) == seat;
                !own && seat.is_some_and(|seat| is_within(&unit, seat, jurisdiction))
            })
        };
        let may = |step: &EscalationFacts| match self.moment.actor.role() {
            Some(Role::Inspector) => true,
            Some(Role::Supervisor) => step.rung != "referral",
            Some(Role::Leader) if !matches!(self.scope, Scope::Unit(_)) => {
                step.rung != "referral" && is_below(&step.answerer_unit)
            }
            _ => false,
        };
        let mut submitted = Conditions::default();
        submitted.and("explanation = 'submitted'", []);
        rows::escalations(self.moment.transaction, &submitted, None)?
            .iter()
            .filter(|step| may(step))
            .map(|step| self.escalation("explanation_to_judge", "审核说明", step, None))
            .collect()
    }

    fn escalation(
        &self,
        kind: &str,
        action: &str,
        step: &EscalationFacts,
        due: Option<Timestamp>,
    ) -> Result<WorkItem, Status> {
        let item = WorkItem {
            kind: kind.to_owned(),
            title: format!("{}：{action}", rung_title(&step.rung)),
            clock: Some(step.clock.clone()),
            obligation: Some(step.obligation.clone()),
            rung: Some(step.rung.clone()),
            what: obligation_title(&step.obligation).to_owned(),
            unit: step.answerer_unit.clone(),
            started: Some(step.reached.to_string()),
            ..WorkItem::default()
        };
        self.about(item, &step.subject, due)
    }
}

fn urgency(urgent: bool) -> Urgency {
    if urgent { Urgency::Urgent } else { Urgency::Normal }
}
