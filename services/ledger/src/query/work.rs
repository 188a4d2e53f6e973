//! The work list: what the calling person has to do, overdue first.

use super::{Moment, work_reports};
use crate::area::{Scope, is_within};
use crate::messages::{obligation_title, rung_title};
use crate::rows::{self, CaseFacts, ClockFacts, EscalationFacts, TipFacts, Which};
use jiff::Timestamp;
use jurisdiction::{Obligation, Role, UnitCode, Urgency};
use mingcha_proto::ledger::{WorkItem, WorkListRequest, WorkListResponse};
use std::collections::{HashMap, HashSet};
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

/// The views that work items are made of.
struct Desk<'a> {
    moment: &'a Moment<'a>,
    unit: UnitCode,
    scope: Scope,
    cases: HashMap<String, CaseFacts>,
    tips: HashMap<String, TipFacts>,
    clocks: Vec<ClockFacts>,
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
        cases: rows::cases(moment.transaction)?
            .into_iter()
            .map(|case| (case.id.clone(), case))
            .collect(),
        tips: rows::tips(moment.transaction)?
            .into_iter()
            .map(|tip| (tip.id.clone(), tip))
            .collect(),
        clocks: rows::clocks(moment.transaction, Which::All)?,
    };
    let mut items = match role {
        Role::Handler => desk.obligations(|obligation| {
            let others = OF_DISPATCHERS.contains(&obligation) || OF_LEADERS.contains(&obligation);
            !others || obligation == Obligation::Identify
        }),
        Role::Dispatcher => desk.to_dispatch(),
        Role::Leader => desk.to_lead()?,
        Role::Supervisor | Role::Inspector => desk.to_judge()?,
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
    fn obligations(&self, wanted: impl Fn(Obligation) -> bool) -> Vec<WorkItem> {
        let own = self.clocks.iter().filter(|clock| {
            let obligation = Obligation::ALL
                .into_iter()
                .find(|obligation| obligation.code() == clock.obligation);
            clock.is_running() && clock.unit == self.unit.as_str() && obligation.is_some_and(&wanted)
        });
        own.map(|clock| self.obligation(clock)).collect()
    }

    fn obligation(&self, clock: &ClockFacts) -> WorkItem {
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
    fn about(&self, mut item: WorkItem, subject: &str, due: Option<Timestamp>) -> WorkItem {
        let now = self.moment.now;
        subject.clone_into(&mut item.subject);
        if let Some(case) = subject.strip_prefix("case-") {
            item.case_id = Some(case.to_owned());
            if let Some(case) = self.cases.get(case) {
                item.place.clone_from(&case.place.text);
                item.enterprise.clone_from(&case.enterprise);
            }
        } else if let Some(tip) = subject.strip_prefix("tip-") {
            item.tip_id = Some(tip.to_owned());
            if let Some(tip) = self.tips.get(tip) {
                item.place.clone_from(&tip.place.text);
                item.enterprise.clone_from(&tip.enterprise);
                item.case_id.clone_from(&tip.case);
            }
        }
        if let Some(due) = due {
            item.overdue = due < now;
            item.due = Some(due.to_string());
            item.seconds_left = Some(due.duration_since(now).as_secs());
            let calendar = &self.moment.jurisdiction.calendar;
            item.working_days_left = Some(calendar.working_days_between(now, due));
        }
        item
    }

    /// Own obligations, and every unscreened tip and unassigned case of the area, with a clock or (not yet) without.
    fn to_dispatch(&self) -> Vec<WorkItem> {
        let mut items = self.obligations(|obligation| OF_DISPATCHERS.contains(&obligation));
        let mut known: HashSet<(String, String)> = items
            .iter()
            .map(|item| (item.kind.clone(), item.subject.clone()))
            .collect();
        let jurisdiction = self.moment.jurisdiction;
        let mut add = |kind: &str, subject: String, clock: Option<&ClockFacts>, fallback: WorkItem, due| {
            if known.insert((kind.to_owned(), subject.clone())) {
                items.push(match clock {
                    Some(clock) => self.obligation(clock),
                    None => self.about(fallback, &subject, Some(due)),
                });
            }
        };
        for tip in self.tips.values().filter(|tip| !tip.is_screened()) {
            if self.scope.sees_tip(tip, None, jurisdiction) {
                let urgency = urgency(tip.urgent);
                let due = jurisdiction.due(Obligation::ScreenTip, urgency, tip.received_at);
                let item = self.without_clock("tip_to_screen", Obligation::ScreenTip, tip.urgent);
                add(
                    "tip_to_screen",
                    format!("tip-{}", tip.id),
                    tip.screening(),
                    item,
                    due,
                );
            }
        }
        for case in self.cases.values() {
            let waits = matches!(
                case.state.as_str(),
                "opened" | "returned" | "awaiting_designation"
            );
            if waits && self.scope.sees_case(case, jurisdiction) {
                let urgent = case.urgency == "urgent";
                let due = jurisdiction.due(Obligation::AssignCase, urgency(urgent), case.opened_at);
                let item = self.without_clock("case_to_assign", Obligation::AssignCase, urgent);
                let clock = case
                    .clocks
                    .iter()
                    .find(|clock| clock.is_running() && clock.obligation == "assign_case");
                add("case_to_assign", format!("case-{}", case.id), clock, item, due);
            }
        }
        items
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
        let mut items = self.obligations(|obligation| OF_LEADERS.contains(&obligation));
        let person = self.moment.actor.person().map(|person| person.as_str());
        for step in rows::escalations(self.moment.transaction, Which::All)? {
            let addressed =
                step.answerer_unit == self.unit.as_str() || step.answerer_person.as_deref() == person;
            if addressed && step.awaits_answer() {
                items.push(self.escalation("escalation_to_answer", "说明情况", &step, Some(step.answer_due)));
            }
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
        let escalations = rows::escalations(self.moment.transaction, Which::All)?;
        let open = escalations
            .iter()
            .filter(|step| step.explanation == "submitted" && may(step));
        Ok(open
            .map(|step| self.escalation("explanation_to_judge", "审核说明", step, None))
            .collect())
    }

    fn escalation(
        &self,
        kind: &str,
        action: &str,
        step: &EscalationFacts,
        due: Option<Timestamp>,
    ) -> WorkItem {
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
