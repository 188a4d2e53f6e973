//! What waits for somebody's judgement: explanations, extensions, answers to findings, reports on tasks.
//!
//! Who may judge is the domains' rule; here it says on whose list it stands.

use super::desk::Desk;
use crate::area::{Scope, is_within};
use crate::query::conditions::{Conditions, text};
use crate::query::failures;
use crate::rows::{self, AwaitingFacts, EscalationFacts};
use accountability_domain::ClockId;
use jiff::Timestamp;
use jurisdiction::{Level, Obligation, Role, Rung, UnitCode, UnitKind};
use mingcha_proto::ledger::WorkItem;
use std::collections::{BTreeMap, BTreeSet};
use tonic::Status;

/// The deadline that is asked to be moved still runs.
const STILL_RUNS: &str = "EXISTS (SELECT 1 FROM clocks WHERE clocks.subject = awaiting.subject \
    AND clocks.clock = awaiting.clock AND stopped_at IS NULL)";

/// The clock of the answer to a rung.
fn answer_to(step: &EscalationFacts) -> Option<ClockId> {
    let rung = Rung::ALL.into_iter().find(|rung| rung.code() == step.rung)?;
    let explained = ClockId::named(&step.clock);
    Some(ClockId::answering(
        &explained,
        step.deadline,
        rung,
        step.repetition,
    ))
}

impl Desk<'_> {
    /// Explanations that the caller may judge: inspectors all, supervisors those of other units, leaders those of their area below them.
    /// After a referral it is the inspectors' turn alone, and nobody judges what one's own name stands under.
    pub(super) fn explanations(&self) -> Result<Vec<WorkItem>, Status> {
        let may = |step: &EscalationFacts| match self.role {
            _ if self.is_me(step.answerer_person.as_deref()) => false,
            Role::Inspector => true,
            Role::Supervisor => step.rung != "referral" && !self.is_a_group(&step.answerer_unit),
            Role::Leader if !matches!(self.scope, Scope::Unit(_)) => {
                step.rung != "referral" && self.is_below(&step.answerer_unit)
            }
            _ => false,
        };
        let mut submitted = Conditions::default();
        submitted.and("explanation = 'submitted'", []);
        rows::escalations(self.moment.transaction, &submitted, None)?
            .iter()
            .filter(|step| may(step))
            .map(|step| {
                let due = match answer_to(step) {
                    Some(answer) => self.to_be_judged_by(&step.subject, &answer)?,
                    None => None,
                };
                self.escalation("explanation_to_judge", "认定说明", step, due)
            })
            .collect()
    }

    /// Until when an answer has to be judged; `None` for those from before judging had a clock.
    fn to_be_judged_by(&self, subject: &str, answer: &ClockId) -> Result<Option<Timestamp>, Status> {
        let clocks = self.running(subject, Obligation::JudgeAnswer)?;
        let judges = |clock: &str| ClockId::named(clock).judges().as_ref() == Some(answer);
        let clock = clocks.iter().find(|clock| judges(&clock.clock));
        Ok(clock.map(|clock| clock.due))
    }

    /// The inspectors' desk: their inquiries, and what others explain.
    pub(super) fn to_inspect(&self) -> Result<Vec<WorkItem>, Status> {
        // What is about the city, or was turned down by its desk, is theirs to screen, and what is about the desk to assign.
        let theirs = [Obligation::Inquiry, Obligation::ScreenTip, Obligation::AssignCase];
        let mut items = self.obligations(|obligation| theirs.contains(&obligation))?;
        items.extend(self.referrals()?);
        items.extend(self.explanations()?);
        items.extend(self.failures()?);
        Ok(items)
    }

    /// What was referred to the inspectors and is neither explained nor inquired into: once for each tip, case or area,
    /// however often it was repeated.
    fn referrals(&self) -> Result<Vec<WorkItem>, Status> {
        let mut open = Conditions::default();
        open.and(rows::TO_CONSIDER, []);
        let referred = rows::escalations(self.moment.transaction, &open, None)?;
        let mut referred_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for step in &referred {
            referred_of.entry(&step.subject).or_default().insert(&step.clock);
        }
        let latest = referred
            .iter()
            .filter_map(|step| Some((step, referred_of.remove(step.subject.as_str())?)));
        let latest: Vec<_> = latest.collect();
        latest
            .into_iter()
            .map(|(step, clocks)| {
                let mut item = self.escalation("referral_to_consider", "决定是否立案", step, None)?;
                // Whoever opens an inquiry into one of several has taken up all of them.
                if clocks.len() > 1 {
                    item.what = format!("{}（另有 {} 项移送）", item.what, clocks.len() - 1);
                }
                Ok(WorkItem {
                    clock: None,
                    number: None,
                    rung: None,
                    ..item
                })
            })
            .collect()
    }

    /// Explanations of failures, judged by the same.
    pub(super) fn failures(&self) -> Result<Vec<WorkItem>, Status> {
        let may = |unit: &str| match self.role {
            Role::Inspector => true,
            Role::Supervisor => !self.is_a_group(unit),
            Role::Leader if !matches!(self.scope, Scope::Unit(_)) => self.is_below(unit),
            _ => false,
        };
        let mut items = Vec::new();
        for failure in failures::to_judge(self.moment)? {
            if may(&failure.unit) {
                let item = WorkItem {
                    kind: "failure_to_judge".to_owned(),
                    title: format!("{}：认定说明", failure.title),
                    what: failure.note.clone(),
                    unit: failure.unit.clone(),
                    started: Some(failure.at.to_string()),
                    number: Some(failure.number),
                    ..WorkItem::default()
                };
                let answered = ClockId::new(Obligation::ExplainFailure, failure.number);
                let due = self.to_be_judged_by(&failure.subject, &answered)?;
                items.push(self.about(item, &failure.subject, due)?);
            }
        }
        Ok(items)
    }

    /// Requests for more time of the units that answer to this one, while the deadline in question still runs. They have to
    /// be answered before it ends: afterwards there is nothing left to extend.
    pub(super) fn extensions(&self) -> Result<Vec<WorkItem>, Status> {
        let mut waiting = self.waiting("extension_to_judge");
        waiting.and(STILL_RUNS, []);
        let asked = rows::awaiting(self.moment.transaction, &waiting)?;
        let ours = asked.iter().filter(|asked| self.directs(&asked.unit));
        ours.map(|asked| {
            let mut item = self.item(asked, "审批延期申请");
            item.clock.clone_from(&asked.clock);
            item.obligation.clone_from(&asked.obligation);
            self.about(item, &asked.subject, asked.due)
        })
        .collect()
    }

    /// What units say that they have done about findings of the supervision groups.
    pub(super) fn finding_answers(&self) -> Result<Vec<WorkItem>, Status> {
        let answered = rows::awaiting(self.moment.transaction, &self.waiting("finding_answer_to_judge"))?;
        let covered = answered.iter().filter(|answer| self.covers(&answer.unit));
        covered
            .map(|answer| {
                let answered = ClockId::new(Obligation::AnswerFinding, answer.number);
                let due = self.to_be_judged_by(&answer.subject, &answered)?;
                self.about(self.item(answer, "审核督导问题整改答复"), &answer.subject, due)
            })
            .collect()
    }

    /// What units say that they have done of the joint conference's tasks: for its office, and the city itself.
    pub(super) fn task_reports(&self) -> Result<Vec<WorkItem>, Status> {
        let jurisdiction = self.moment.today;
        let city = jurisdiction.city().map(|city| &city.code);
        let office = jurisdiction.unit(&self.unit).is_some_and(|unit| {
            let of_the_city = unit.kind == UnitKind::Office && unit.level == Level::City;
            of_the_city || Some(&unit.code) == city
        });
        if !office {
            return Ok(vec![]);
        }
        rows::awaiting(self.moment.transaction, &self.waiting("task_report_to_judge"))?
            .iter()
            .map(|report| {
                let answered = ClockId::new(Obligation::ConferenceTask, report.number);
                let due = self.to_be_judged_by(&report.subject, &answered)?;
                self.about(self.item(report, "审核联席会议任务报告"), &report.subject, due)
            })
            .collect()
    }

    /// What must hold of `awaiting`.
    pub(super) fn waiting(&self, kind: &str) -> Conditions {
        let mut conditions = Conditions::default();
        conditions.and("kind = ?", [text(kind)]);
        conditions
    }

    pub(super) fn item(&self, awaiting: &AwaitingFacts, title: &str) -> WorkItem {
        WorkItem {
            kind: awaiting.kind.clone(),
            title: title.to_owned(),
            what: awaiting.what.clone(),
            unit: awaiting.unit.clone(),
            started: Some(awaiting.since.to_string()),
            number: u32::try_from(awaiting.number).ok(),
            ..WorkItem::default()
        }
    }

    /// What a supervision group itself owed is not judged within it.
    fn is_a_group(&self, unit: &str) -> bool {
        let unit: Option<UnitCode> = unit.parse().ok();
        let unit = unit.and_then(|unit| self.moment.today.unit(&unit));
        unit.is_some_and(|unit| unit.kind == UnitKind::Supervision)
    }

    fn is_below(&self, unit: &str) -> bool {
        let jurisdiction = self.moment.today;
        let seat = jurisdiction.seat(&self.unit).map(|seat| &seat.code);
        let unit: Option<UnitCode> = unit.parse().ok();
        unit.is_some_and(|unit| {
            let own = unit == self.unit || Some(&unit) == seat;
            !own && seat.is_some_and(|seat| is_within(&unit, seat, jurisdiction))
        })
    }

    /// Whether this is the level above the other unit, with it in the own subtree: who approves for it.
    fn directs(&self, unit: &str) -> bool {
        let jurisdiction = self.moment.today;
        let other = unit.parse().ok();
        let other = other.and_then(|unit| jurisdiction.unit(&unit));
        let (Some(own), Some(other)) = (jurisdiction.unit(&self.unit), other) else {
            return false;
        };
        matches!(own.kind, UnitKind::Government | UnitKind::Office)
            && own.level == other.level.above().unwrap_or(other.level)
            && own.code != other.code
            && jurisdiction.covers(&own.code, &other.code)
    }

    fn covers(&self, unit: &str) -> bool {
        let unit: Option<UnitCode> = unit.parse().ok();
        unit.is_some_and(|unit| self.moment.today.covers(&self.unit, &unit))
    }
}
