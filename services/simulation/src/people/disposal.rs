//! A confirmed site until it is closed: plan, measures with proof, signatures level by level.

use crate::world::World;
use disposal_domain::{
    ApproveSafetyPlan, CompleteMeasure, Disposal, DisposalCommand, DisposalState, FailReview, Measure,
    PassReview, PlanStanding, Progress, RejectSafetyPlan, SubmitSafetyPlan,
};
use jurisdiction::{CaseId, Level, UnitCode};

impl World<'_> {
    pub fn dispose(&mut self, case: CaseId) {
        let stream = format!("disposal-{case}");
        let Some(state) = self.log.state::<Disposal>(&stream).cloned() else {
            return;
        };
        let Some(unit) = state.unit.clone() else {
            return;
        };
        // Given to others, and the disposal has yet to hear of it.
        if state.against.holds_unit(&unit, self.jurisdiction()) {
            return;
        }
        match state.progress {
            Progress::Absent | Progress::Merged | Progress::Closed => {}
            Progress::InProgress => self.carry_on(case, &stream, &state, &unit),
            Progress::AwaitingReview => self.review(case, &stream, &state, &unit),
        }
    }

    fn carry_on(&mut self, case: CaseId, stream: &str, state: &DisposalState, unit: &UnitCode) {
        self.cheat_while_open(case, stream, state, unit);
        self.may_refer(case, stream, state, unit);
        let open: Vec<Measure> = state.open_measures().collect();
        let at_once = open.iter().find(|measure| measure.is_immediate()).copied();
        if let Some(measure) = at_once {
            self.complete(stream, unit, measure);
            return;
        }
        let submitted = state.plan.as_ref().map(|plan| &plan.standing);
        match submitted {
            Some(PlanStanding::Submitted) => self.decide_plan(stream, unit),
            Some(PlanStanding::Approved) => {
                if let Some(measure) = self.people.pick(&open).copied() {
                    self.complete(stream, unit, measure);
                }
            }
            Some(PlanStanding::Rejected { .. }) | None => {
                let submit = DisposalCommand::SubmitSafetyPlan(SubmitSafetyPlan {
                    risks: "残液可燃".into(),
                    measures: "先清残液，再拆设备".into(),
                    responsible: "演示·安全员".into(),
                });
                self.work::<Disposal>(self.leader(unit), stream, &submit);
            }
        }
    }

    fn complete(&mut self, stream: &str, unit: &UnitCode, measure: Measure) {
        let (before, after) = (self.photo(), self.photo());
        let complete = DisposalCommand::CompleteMeasure(CompleteMeasure {
            measure,
            before: vec![before],
            after: vec![after],
            note: String::new(),
            elsewhere: vec![],
        });
        self.work::<Disposal>(self.leader(unit), stream, &complete);
    }

    fn decide_plan(&mut self, stream: &str, unit: &UnitCode) {
        let county = self
            .government(unit, Level::County)
            .filter(|county| county != unit);
        let judge = county.or_else(|| self.government(unit, Level::City));
        let command = match self.people.percent(20) && !self.calm {
            true => DisposalCommand::RejectSafetyPlan(RejectSafetyPlan {
                reason: "没有写明残液去向".into(),
            }),
            false => DisposalCommand::ApproveSafetyPlan(ApproveSafetyPlan {}),
        };
        let by = judge.and_then(|judge| self.leader(&judge));
        self.work::<Disposal>(by, stream, &command);
    }

    fn review(&mut self, case: CaseId, stream: &str, state: &DisposalState, unit: &UnitCode) {
        let Some(level) = state.next_review() else {
            return;
        };
        self.cheat_at_review(case, stream, state, unit);
        let command = match self.people.percent(12) && !self.calm {
            true => DisposalCommand::FailReview(FailReview {
                reason: "后院还有桶".into(),
                measures: state
                    .measures
                    .iter()
                    .take(1)
                    .map(|record| record.measure)
                    .collect(),
            }),
            false => DisposalCommand::PassReview(PassReview {}),
        };
        let by = self.government(unit, level).and_then(|unit| self.leader(&unit));
        self.work::<Disposal>(by, stream, &command);
    }
}
