//! What follows when a disposal turns out to be about a unit or an official.

use super::{Follows, Told};
use accountability_domain::{StopReason, Which};
use disposal_domain::Progress;
use jurisdiction::{Obligation, UnitCode};
use std::collections::BTreeSet;

impl Told<'_> {
    /// Whoever it is about is asked for nothing any more. The work, while there is some, goes to others; what is watched or
    /// owed after it, the level above sees to.
    pub(super) fn conflict(&self) -> Follows {
        let mut follows = Vec::new();
        let at_work = matches!(
            self.after.progress,
            Progress::InProgress | Progress::AwaitingReview
        );
        if let Some(unit) = self.after.unit.as_ref().filter(|unit| at_work && self.held(unit)) {
            let owed = [
                Obligation::SafetyPlan,
                Obligation::ImmediateMeasure,
                Obligation::RemainingMeasures,
                Obligation::Review,
            ];
            follows.extend(owed.map(|obligation| self.fact.withdrawn(&self.subject, obligation)));
            follows.push(self.start(Obligation::AssignCase, Some(unit.clone())));
        }
        if self.awaits_recheck() && self.above().is_some_and(|above| self.held(&above)) {
            follows.push(self.fact.withdrawn(&self.subject, Obligation::Recheck));
            follows.push(self.start(Obligation::Recheck, self.above()));
        }
        let open = self
            .after
            .referrals
            .iter()
            .filter(|referral| referral.result.is_none());
        let receivers: BTreeSet<_> = open.filter_map(|referral| referral.receiver.as_ref()).collect();
        for unit in receivers.into_iter().filter(|unit| self.held(unit)) {
            let which = Which::Of {
                obligation: Obligation::AnswerReferral,
                unit: Some(unit.clone()),
            };
            let rests = self.fact.stop_which(&self.subject, which, StopReason::Withdrawn);
            follows.extend([rests, self.start(Obligation::AnswerReferral, Some(unit.clone()))]);
        }
        follows
    }

    /// Whether the case is hidden from the unit.
    pub(super) fn held(&self, unit: &UnitCode) -> bool {
        self.after.against.holds_unit(unit, self.fact.jurisdiction)
    }
}
