//! Clocks of a disposal: the safety plan, the immediate and the remaining measures, the review of each level.

mod conflict;

use super::{Duty, Fact, Follows, draws};
use accountability_domain::{AccountabilityCommand, FailureKind, StopReason, Which};
use disposal_domain::{DisposalEvent, DisposalState, Measure, PlanStanding, Progress, Referral, SafetyPlan};
use jurisdiction::{CaseId, Level, Obligation, Subject, UnitCode, UnitKind};

/// `after` is the disposal right after the event. Its clocks run with those of the case.
pub fn on_disposal(case: CaseId, event: &DisposalEvent, after: &DisposalState, fact: Fact<'_>) -> Follows {
    let told = Told {
        subject: Subject::Case(case),
        after,
        fact,
    };
    match event {
        DisposalEvent::DisposalOrdered { measures, .. } => told.ordered(measures),
        DisposalEvent::DisposalHandedOver { to, .. } => told.handed_over(to),
        DisposalEvent::DisposalUnmerged {} => told.resumed(),
        // Signed for too early; the measures that it reopens are facts of their own.
        DisposalEvent::DisposalAbsorbed { .. } => {
            let mut follows = vec![fact.withdrawn(&told.subject, Obligation::Review)];
            follows.extend(told.review_that_waits());
            follows
        }
        DisposalEvent::DisposalReclassified { .. } => told.reclassified(),
        DisposalEvent::SafetyPlanSubmitted { .. }
        | DisposalEvent::SafetyPlanApproved {}
        | DisposalEvent::SafetyPlanRejected { .. } => told.on_plan(event),
        DisposalEvent::MeasureCompleted { .. } => told.completed(),
        DisposalEvent::MeasureReopened { measure, .. } => vec![told.reopened(is_immediate(measure))],
        DisposalEvent::ReviewPassed { .. } => {
            let mut follows = vec![told.done(Obligation::Review)];
            follows.extend(told.next_review());
            follows
        }
        // The measures that it reopens are facts of their own.
        DisposalEvent::ReviewFailed { .. } => vec![told.done(Obligation::Review)],
        DisposalEvent::DisposalClosed {} => {
            let mut follows = vec![fact.all_over(&told.subject)];
            follows.extend(told.to_be_drawn());
            // Drawn before it was taken up again: the lot still holds.
            if after.awaits_spot_check() {
                follows.push(told.start(Obligation::SpotCheck, told.supervision()));
            }
            follows
        }
        DisposalEvent::SpotCheckDrawn { .. } => {
            vec![told.start(Obligation::SpotCheck, told.supervision())]
        }
        DisposalEvent::SpotCheckPassed { .. } => vec![told.done(Obligation::SpotCheck)],
        DisposalEvent::SpotCheckFailed { finding, .. } => {
            let mut follows = vec![told.done(Obligation::SpotCheck)];
            follows.extend(told.failure(FailureKind::SpotCheckFailed, format!("{}：{finding}", after.place)));
            // What is open again is not watched; the watch begins anew with the next closing.
            follows.push(told.rechecks_end());
            follows
        }
        // The measures that it reopens are facts of their own, with new limits. What was drawn is looked at once it is closed.
        DisposalEvent::DisposalReopened { .. } => vec![
            told.rechecks_end(),
            fact.withdrawn(&told.subject, Obligation::SpotCheck),
        ],
        DisposalEvent::RelapseFound { note, .. } => {
            let mut follows = told.failure(FailureKind::Relapse, format!("{}：{note}", after.place));
            if !told.awaits_recheck() {
                follows.push(told.rechecks_end());
            }
            follows
        }
        DisposalEvent::RelapseConfirmed { .. } if told.awaits_recheck() => vec![],
        DisposalEvent::RelapseConfirmed { .. } => vec![told.rechecks_end()],
        DisposalEvent::RecheckDue { .. } => vec![told.start(Obligation::Recheck, told.above())],
        DisposalEvent::RecheckPassed { .. } => {
            let mut follows = vec![told.done(Obligation::Recheck)];
            // An earlier or later one may be due as well.
            if told.awaits_recheck() {
                follows.push(told.start(Obligation::Recheck, told.above()));
            }
            follows
        }
        DisposalEvent::PartyReferred { receiver, .. } => {
            let receiver = receiver.iter();
            let receiver = receiver.map(|unit| told.start(Obligation::AnswerReferral, Some(unit.clone())));
            receiver.collect()
        }
        DisposalEvent::ReferralAnswered { referral, .. } => told.answered(*referral),
        DisposalEvent::ConflictNoted { .. } => told.conflict(),
        // Its clocks are those of the case, which rest while that is merged.
        DisposalEvent::DisposalMerged { .. }
        // What has begun keeps its limit; what begins from now on has the urgent one.
        | DisposalEvent::MadeUrgent {}
        | DisposalEvent::ExposureProposed { .. }
        | DisposalEvent::ExposurePublished { .. }
        | DisposalEvent::ExposureWithdrawn { .. } => vec![],
    }
}

/// One event of a disposal and what surrounds it.
struct Told<'a> {
    subject: Subject,
    after: &'a DisposalState,
    fact: Fact<'a>,
}

impl Told<'_> {
    fn ordered(&self, measures: &[Measure]) -> Follows {
        let owner = || self.after.unit.clone();
        let mut follows = Vec::new();
        if measures.iter().any(|measure| measure.needs_safety_plan()) {
            follows.push(self.start(Obligation::SafetyPlan, owner()));
        }
        if measures.iter().any(is_immediate) {
            follows.push(self.start_measures(true));
        }
        if !measures.iter().all(is_immediate) {
            follows.push(self.start_measures(false));
        }
        follows
    }

    /// The new unit has the time that was left; who reviews may be somebody else now.
    fn handed_over(&self, to: &UnitCode) -> Follows {
        let owed = [
            Obligation::SafetyPlan,
            Obligation::ImmediateMeasure,
            Obligation::RemainingMeasures,
        ];
        let pass_on = |obligation| self.fact.passed_on(&self.subject, obligation, to);
        let mut follows: Follows = owed.into_iter().map(pass_on).collect();
        // The old unit's plan, submitted or approved, is gone with it. While it is merged, nothing begins.
        let mut open = self.after.open_measures();
        let dangerous = open.any(|measure| measure.needs_safety_plan());
        let is_known_to_all = self.after.against.is_empty();
        // Where it is about somebody, all that rested begins below.
        if dangerous && is_known_to_all && self.after.progress == Progress::InProgress {
            follows.push(self.start(Obligation::SafetyPlan, Some(to.clone())));
        }
        if self.awaits_recheck()
            && let Some(above) = self.above()
        {
            follows.push(self.fact.passed_on(&self.subject, Obligation::Recheck, &above));
        }
        follows.push(self.fact.withdrawn(&self.subject, Obligation::Review));
        if self.after.against.is_empty() {
            follows.extend(self.review_that_waits());
        } else {
            // What rested because the unit before must not know of it goes on; what did not rest runs already.
            follows.push(self.done(Obligation::AssignCase));
            follows.extend(self.resumed());
        }
        follows
    }

    /// Other measures, another plan: no limit begins anew that was running already.
    fn reclassified(&self) -> Follows {
        let owed = [
            Obligation::SafetyPlan,
            Obligation::ImmediateMeasure,
            Obligation::RemainingMeasures,
            Obligation::Review,
        ];
        let withdrawn = |obligation| self.fact.withdrawn(&self.subject, obligation);
        let mut follows: Follows = owed.into_iter().map(withdrawn).collect();
        follows.extend(self.resumed());
        follows
    }

    /// A closed site waits on the list of the next draw, and somebody has to announce that.
    fn to_be_drawn(&self) -> Option<(Subject, AccountabilityCommand)> {
        let waits = self.after.awaits_draw();
        waits.then(|| draws::to_be_announced(self.fact)).flatten()
    }

    /// Taken out of another case again: everything that is open goes on with the time that was left.
    fn resumed(&self) -> Follows {
        let owner = || self.after.unit.clone();
        let open = |immediate| {
            let mut open = self.after.open_measures();
            open.any(|measure| is_immediate(&measure) == immediate)
        };
        let standing = self.after.plan.as_ref().map(|plan| &plan.standing);
        let no_plan = matches!(standing, None | Some(PlanStanding::Rejected { .. }));
        let mut follows = Vec::new();
        if self.after.needs_safety_plan() && no_plan {
            follows.push(self.start(Obligation::SafetyPlan, owner()));
        }
        follows.extend(
            [true, false]
                .into_iter()
                .filter(|kind| open(*kind))
                .map(|kind| self.start_measures(kind)),
        );
        follows.extend(self.review_that_waits());
        follows
    }

    /// Of a plan that was submitted, or of the work once all measures are done.
    fn review_that_waits(&self) -> Option<(Subject, AccountabilityCommand)> {
        let submitted = |plan: &SafetyPlan| plan.standing == PlanStanding::Submitted;
        if self.after.plan.as_ref().is_some_and(submitted) {
            return Some(self.start(Obligation::Review, self.plan_judge()));
        }
        match self.after.progress {
            Progress::AwaitingReview => self.next_review(),
            _ => None,
        }
    }

    /// An earlier or later referral to the same department may be open as well.
    fn answered(&self, referral: u32) -> Follows {
        let answered = |known: &&Referral| known.referral == referral;
        let receiver = self.after.referrals.iter().find(answered);
        let Some(unit) = receiver.and_then(|referral| referral.receiver.clone()) else {
            return vec![];
        };
        let owed_by = match self.held(&unit) {
            true => self.fact.authority(&self.after.against),
            false => Some(unit.clone()),
        };
        let which = Which::Of {
            obligation: Obligation::AnswerReferral,
            unit: owed_by,
        };
        let mut follows = vec![self.fact.stop_which(&self.subject, which, StopReason::Fulfilled)];
        let open = |known: &Referral| known.result.is_none() && known.receiver.as_ref() == Some(&unit);
        if self.after.referrals.iter().any(open) {
            follows.push(self.start(Obligation::AnswerReferral, Some(unit.clone())));
        }
        follows
    }

    /// While the county reads a plan, the owner's time stands still; a rejected one gets what was left, not a new limit.
    fn on_plan(&self, event: &DisposalEvent) -> Follows {
        match event {
            DisposalEvent::SafetyPlanSubmitted { .. } => vec![
                self.fact.withdrawn(&self.subject, Obligation::SafetyPlan),
                self.start(Obligation::Review, self.plan_judge()),
            ],
            DisposalEvent::SafetyPlanRejected { .. } => vec![
                self.done(Obligation::Review),
                self.start(Obligation::SafetyPlan, self.after.unit.clone()),
            ],
            _ => vec![self.done(Obligation::Review)],
        }
    }

    fn completed(&self) -> Follows {
        let open = |immediate| {
            let mut open = self.after.open_measures();
            open.any(|measure| is_immediate(&measure) == immediate)
        };
        let mut follows = Vec::new();
        if !open(true) {
            follows.push(self.done(Obligation::ImmediateMeasure));
        }
        if !open(false) {
            follows.push(self.done(Obligation::RemainingMeasures));
        }
        if self.after.all_measures_done() {
            follows.extend(self.next_review());
        }
        follows
    }

    /// 县区对乡镇、乡镇对村居: who looks again is not who did the work.
    fn above(&self) -> Option<UnitCode> {
        let level = self.after.reviews_required.first();
        level.and_then(|level| self.government(*level))
    }
    /// The city's group draws and checks.
    fn supervision(&self) -> Option<UnitCode> {
        let group = self.fact.jurisdiction.unit_of_kind(UnitKind::Supervision)?;
        Some(group.code.clone())
    }
    fn awaits_recheck(&self) -> bool {
        self.after
            .rechecks
            .iter()
            .any(|recheck| recheck.outcome.is_none())
    }
    fn rechecks_end(&self) -> (Subject, AccountabilityCommand) {
        self.fact
            .stop(&self.subject, Obligation::Recheck, StopReason::Ended)
    }

    fn start_measures(&self, immediate: bool) -> (Subject, AccountabilityCommand) {
        self.start(obligation_of(immediate), self.after.unit.clone())
    }
    /// Work that a review sends back gains no time; what comes to light after closing is new work.
    fn reopened(&self, immediate: bool) -> (Subject, AccountabilityCommand) {
        if !self.after.sent_back {
            return self.start_measures(immediate);
        }
        let duty = self.duty(obligation_of(immediate), self.after.unit.clone());
        self.fact.resume(&self.subject, duty)
    }

    fn next_review(&self) -> Option<(Subject, AccountabilityCommand)> {
        let level = self.after.next_review()?;
        Some(self.start(Obligation::Review, self.government(level)))
    }

    fn failure(&self, kind: FailureKind, note: String) -> Follows {
        let Some(unit) = self.after.unit.clone() else {
            return vec![];
        };
        let against = &self.after.against;
        // 签字确认 is worth nothing if whoever signed unread is not named when the signature proves wrong.
        let head = self.fact.jurisdiction.first_responsible(&unit);
        let mut persons: Vec<_> = head.map(|head| head.account.clone()).into_iter().collect();
        let signers = self
            .after
            .reviewers
            .iter()
            .filter(|signer| !persons.contains(signer));
        persons.extend(signers.cloned().collect::<Vec<_>>());
        let answers = (unit, persons);
        vec![
            self.fact
                .failure_unless_hidden(&self.subject, against, kind, answers, note),
        ]
    }

    fn start(&self, obligation: Obligation, unit: Option<UnitCode>) -> (Subject, AccountabilityCommand) {
        self.fact.start(&self.subject, self.duty(obligation, unit))
    }
    /// Nothing is asked of whom it is about: the work is to be given to others first, the rest is the level's above.
    fn duty(&self, obligation: Obligation, unit: Option<UnitCode>) -> Duty {
        let stays = matches!(
            obligation,
            Obligation::Recheck | Obligation::SpotCheck | Obligation::AnswerReferral
        );
        let (obligation, unit) = match unit {
            Some(unit) if self.held(&unit) => {
                let above = self.fact.authority(&self.after.against);
                (if stays { obligation } else { Obligation::AssignCase }, above)
            }
            unit => (obligation, unit),
        };
        Duty {
            obligation,
            unit,
            urgency: self.after.urgency,
            what: format!("{}：{}", self.after.place.trim(), obligation.in_chinese()),
        }
    }
    fn done(&self, obligation: Obligation) -> (Subject, AccountabilityCommand) {
        self.fact.done(&self.subject, obligation)
    }
    /// Plans are judged by the county; what the city's own departments do, by the city.
    fn plan_judge(&self) -> Option<UnitCode> {
        self.government(Level::County)
            .or_else(|| self.government(Level::City))
    }
    fn government(&self, level: Level) -> Option<UnitCode> {
        let owner = self.after.unit.as_ref()?;
        let government = self.fact.jurisdiction.government_at(owner, level)?;
        Some(government.code.clone())
    }
}

fn obligation_of(immediate: bool) -> Obligation {
    match immediate {
        true => Obligation::ImmediateMeasure,
        false => Obligation::RemainingMeasures,
    }
}

fn is_immediate(measure: &Measure) -> bool {
    measure.is_immediate()
}
