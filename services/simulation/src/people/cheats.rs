//! Cheating by the book: each way that the rules name, tried by whoever would gain from it. Each is refused.

use crate::city;
use crate::world::World;
use accountability_domain::Accountability;
use case_domain::{
    AcknowledgeCase, AssignCase, Case, CaseCommand, Classification, ClassifySite, Deadline, Finding,
    GrantExtension, ReassignCase, RefuseExtension, RequestExtension, ReturnCase,
};
use disposal_domain::{CompleteMeasure, Disposal, DisposalCommand, DisposalState, Measure, PassReview};
use jiff::SignedDuration;
use jurisdiction::{CaseId, Level, Obligation, UnitCode};
use tip_domain::{DivertTip, Tip, TipCommand};

impl World<'_> {
    /// A township head screens what lies on the dispatcher's desk.
    pub fn screen_for_another(&mut self, stream: &str) {
        let divert = TipCommand::Divert(DivertTip {
            authority: "别的部门".into(),
            explanation: "不归我们管".into(),
        });
        let by = self.leader(&UnitCode::of("321302"));
        self.cheat::<Tip>(by, stream, &divert, &["tip.not_dispatcher"]);
    }

    pub fn assign_elsewhere(&mut self, stream: &str, to: &UnitCode) {
        let assign = CaseCommand::Assign(AssignCase {
            to: to.clone(),
            instructions: String::new(),
            co_handlers: vec![],
            urgent: false,
        });
        let by = self.leader(&UnitCode::of("3213Z1"));
        let codes = ["case.not_assigner", "case.outside_subtree"];
        self.cheat::<Case>(by, stream, &assign, &codes);
    }

    /// Somebody else signs for it, or it is inspected before anybody has it.
    pub fn cheat_before_acknowledging(&mut self, case: CaseId, stream: &str, owner: &UnitCode) {
        if self.tries(case, "acknowledge_for_another", 5) {
            let other = self.neighbour(owner);
            let by = self.leader(&other);
            let acknowledge = CaseCommand::Acknowledge(AcknowledgeCase {});
            self.cheat::<Case>(by, stream, &acknowledge, &["case.not_owner", "case.not_found"]);
        }
        if self.tries(case, "inspect_unacknowledged", 5) {
            let photo = self.photo();
            let visit = self.visit(Finding::ConfirmedActivity, vec![photo]);
            let by = self.leader(owner);
            self.cheat::<Case>(by, stream, &visit, &["case.not_acknowledged"]);
        }
        // To and fro, so that it begins anew.
        if self.tries(case, "reassign_own", 5) {
            let reassign = CaseCommand::Reassign(ReassignCase {
                to: self.neighbour(owner),
                reason: "换个单位".into(),
            });
            let by = self.leader(owner);
            self.cheat::<Case>(by, stream, &reassign, &["case.not_reassigner"]);
        }
    }

    /// 反复退回
    pub fn return_endlessly(&mut self, case: CaseId, stream: &str, owner: &UnitCode) {
        if self.tries(case, "return_again", 60) {
            let reason = "还是不在本辖区".to_owned();
            let give_back = CaseCommand::Return(ReturnCase { reason });
            let by = self.leader(owner);
            let codes = [
                "case.returned_before",
                "case.designated_cannot_return",
                "case.nobody_to_return_to",
            ];
            self.cheat::<Case>(by, stream, &give_back, &codes);
        }
    }

    /// No look, no photo, a bare “no”.
    pub fn mark_clean_without_looking(&mut self, stream: &str, owner: &UnitCode) {
        let unseen = self.visit(Finding::Clean, vec![]);
        let by = self.leader(owner);
        self.cheat::<Case>(by, stream, &unseen, &["case.clean_needs_photo"]);
        let photo = self.photo();
        let CaseCommand::RecordInspection(mut visit) = self.visit(Finding::Clean, vec![photo]) else {
            return;
        };
        visit.five.changed_scope.note.clear();
        let bare = CaseCommand::RecordInspection(visit.clone());
        let by = self.leader(owner);
        self.cheat::<Case>(by, stream, &bare, &["case.bare_no"]);
        visit.five.changed_scope.note = "看过".into();
        visit.inspected_at = self.now + SignedDuration::from_hours(2);
        let by = self.leader(owner);
        let ahead = CaseCommand::RecordInspection(visit);
        self.cheat::<Case>(by, stream, &ahead, &["case.inspected_in_future"]);
    }

    pub fn classify_beyond_power(&mut self, case: CaseId, stream: &str, owner: &UnitCode) {
        if !self.tries(case, "classify_doubtful", 10) {
            return;
        }
        let classify = CaseCommand::Classify(ClassifySite {
            class: Classification::NotSmallChemical,
            basis: "看着不像".into(),
            refer_to: None,
        });
        let by = self.leader(owner);
        let codes = ["case.villages_never_classify", "case.doubtful_goes_to_county"];
        self.cheat::<Case>(by, stream, &classify, &codes);
    }

    /// More time is asked for in time and granted by the level above, or it is refused.
    pub fn play_for_time(&mut self, case: CaseId, stream: &str, owner: &UnitCode) {
        let Some(deadline) = self.deadline(case, Obligation::FirstInspection, owner) else {
            return;
        };
        let expired = deadline.due < self.now - SignedDuration::from_mins(1);
        let in_time = deadline.due > self.now + SignedDuration::from_mins(1);
        let request = |to| {
            CaseCommand::RequestExtension(RequestExtension {
                obligation: Obligation::FirstInspection,
                to,
                reason: "道路积水".into(),
                deadline: Some(deadline.clone()),
            })
        };
        let day = SignedDuration::from_hours(24);
        if expired && self.tries(case, "extension_after_expiry", 60) {
            let by = self.leader(owner);
            let late = request(deadline.due + day * 30);
            self.cheat::<Case>(by, stream, &late, &["case.deadline_expired"]);
        }
        if in_time && self.tries(case, "extension", 12) {
            let by = self.leader(owner);
            let endless = request(deadline.due + day * 300);
            self.cheat::<Case>(by, stream, &endless, &["case.extension_too_long"]);
            if self.work::<Case>(self.leader(owner), stream, &request(deadline.due + day / 2)) {
                self.answer_extension(stream, owner, &deadline);
            }
        }
    }

    fn answer_extension(&mut self, stream: &str, owner: &UnitCode, deadline: &Deadline) {
        let grant = CaseCommand::GrantExtension(GrantExtension {
            obligation: Obligation::FirstInspection,
            deadline: Some(deadline.clone()),
        });
        let by = self.leader(owner);
        self.cheat::<Case>(by, stream, &grant, &["case.not_extension_approver"]);
        let by = self.level_above(owner).and_then(|above| self.leader(&above));
        if self.people.percent(35) {
            let refuse = CaseCommand::RefuseExtension(RefuseExtension {
                obligation: Obligation::FirstInspection,
                reason: "道路已经通了".into(),
            });
            let own = self.leader(owner);
            self.cheat::<Case>(own, stream, &refuse, &["case.not_extension_approver"]);
            self.work::<Case>(by.clone(), stream, &refuse);
            // What was refused is not granted afterwards.
            self.cheat::<Case>(by, stream, &grant, &["case.no_extension_requested"]);
            return;
        }
        self.work::<Case>(by, stream, &grant);
        // Once is enough.
        let again = CaseCommand::RequestExtension(RequestExtension {
            obligation: Obligation::FirstInspection,
            to: deadline.due + SignedDuration::from_hours(50),
            reason: "再缓一缓".into(),
            deadline: Some(deadline.clone()),
        });
        let by = self.leader(owner);
        self.cheat::<Case>(by, stream, &again, &["case.extended_before"]);
    }

    fn deadline(&self, case: CaseId, obligation: Obligation, unit: &UnitCode) -> Option<Deadline> {
        let state = self
            .log
            .state::<Accountability>(&format!("accountability-{case}"))?;
        let clock = state
            .running_clocks()
            .find(|clock| clock.obligation == obligation && clock.unit == *unit)?;
        Some(Deadline {
            clock: clock.clock.to_string(),
            unit: clock.unit.clone(),
            due: clock.due,
        })
    }

    /// Dismantling without a plan, the same picture twice, three of four.
    pub fn cheat_while_open(&mut self, case: CaseId, stream: &str, state: &DisposalState, unit: &UnitCode) {
        let open: Vec<Measure> = state.open_measures().collect();
        let photo = self.photo();
        let other = self.photo();
        let complete = |measure: Measure, after| {
            DisposalCommand::CompleteMeasure(CompleteMeasure {
                measure,
                before: vec![photo.clone()],
                after: vec![after],
                note: String::new(),
                elsewhere: vec![],
            })
        };
        let dangerous = open.iter().find(|measure| measure.needs_safety_plan());
        if let Some(measure) = dangerous.filter(|_| !state.plan_is_approved())
            && self.tries(case, "dismantle_without_plan", 20)
        {
            let by = self.leader(unit);
            self.cheat::<Disposal>(
                by,
                stream,
                &complete(*measure, other),
                &["disposal.plan_not_approved"],
            );
        }
        let harmless = open.iter().find(|measure| !measure.needs_safety_plan());
        if let Some(measure) = harmless
            && self.tries(case, "same_picture", 10)
        {
            let by = self.leader(unit);
            let twice = complete(*measure, photo.clone());
            self.cheat::<Disposal>(by, stream, &twice, &["disposal.same_evidence"]);
        }
        // The photos of the last measure will do for this one too.
        let used = state.shown.iter().next().cloned();
        if let Some((measure, used)) = harmless.zip(used)
            && self.tries(case, "used_picture", 30)
        {
            let by = self.leader(unit);
            let again = complete(*measure, used);
            self.cheat::<Disposal>(by, stream, &again, &["disposal.evidence_used"]);
        }
        if open.len() == 1 && self.tries(case, "three_of_four", 40) {
            let by = state.next_review().and_then(|level| self.government(unit, level));
            let by = by.and_then(|unit| self.leader(&unit));
            let pass = DisposalCommand::PassReview(PassReview {});
            self.cheat::<Disposal>(by, stream, &pass, &["disposal.measures_open"]);
        }
    }

    /// Signing over own work, and over somebody's head.
    pub fn cheat_at_review(&mut self, case: CaseId, stream: &str, state: &DisposalState, unit: &UnitCode) {
        let pass = DisposalCommand::PassReview(PassReview {});
        if self.tries(case, "sign_own", 10) {
            let by = self.leader(unit);
            self.cheat::<Disposal>(by, stream, &pass, &["disposal.not_reviewer", "disposal.own_work"]);
        }
        let skipped = state.next_review() == Some(Level::Township);
        if skipped && self.tries(case, "skip_level", 60) {
            let by = self
                .government(unit, Level::County)
                .and_then(|county| self.leader(&county));
            self.cheat::<Disposal>(by, stream, &pass, &["disposal.level_skipped"]);
        }
    }

    /// A case about a unit: for that unit and for everything below it there is no such case.
    pub fn umbrella(&mut self, case: CaseId, about: &UnitCode) {
        let stream = format!("case-{case}");
        let acknowledge = CaseCommand::Acknowledge(AcknowledgeCase {});
        let by = self.leader(about);
        self.cheat::<Case>(by, &stream, &acknowledge, &["case.not_found"]);
        let assign = CaseCommand::Assign(AssignCase {
            to: about.clone(),
            instructions: String::new(),
            co_handlers: vec![],
            urgent: false,
        });
        let by = Some(city::dispatcher());
        self.cheat::<Case>(by, &stream, &assign, &["case.conflict_of_interest"]);
    }
}
