//! 回避: a tip turns out to be about whoever has the case, who then knows of no such case; somebody else takes it.

use crate::city;
use crate::sabotage::Sabotage;
use crate::world::World;
use case_domain::{AcknowledgeCase, Case, CaseCommand, CaseState, DesignateCase, Progress, ReassignCase};
use jurisdiction::{CaseId, UnitKind};
use std::collections::BTreeSet;
use tip_domain::{NoteConflict, Tip, TipCommand};

impl World<'_> {
    /// Whether somebody has dealt with that now: noted whom it is about, or given the case to others.
    pub fn takes_out_of_their_hands(&mut self, case: CaseId, state: &CaseState) -> bool {
        let Some(owner) = state.owner.clone().filter(|_| state.progress != Progress::Closed) else {
            return false;
        };
        let stream = format!("case-{case}");
        let jurisdiction = self.jurisdiction();
        if state.against.holds_unit(&owner, jurisdiction) {
            if self.plan.settings.sabotage == Some(Sabotage::IgnoreConflict) {
                return true;
            }
            // For them there is no such case any more.
            let acknowledge = CaseCommand::Acknowledge(AcknowledgeCase {});
            self.cheat::<Case>(self.leader(&owner), &stream, &acknowledge, &["case.not_found"]);
            let Some(to) = self.out_of_sight(state) else {
                return false;
            };
            let reason = "原承办单位须回避".to_owned();
            // A designation is corrected only by another one.
            let command = match state.designated {
                true => CaseCommand::Designate(DesignateCase { to, reason }),
                false => CaseCommand::Reassign(ReassignCase { to, reason }),
            };
            return self.work::<Case>(Some(city::dispatcher()), &stream, &command);
        }
        let is_township = jurisdiction.unit(&owner).is_some_and(|unit| {
            unit.kind == UnitKind::Government && unit.level >= jurisdiction::Level::Township
        });
        let (Some(tip), true) = (state.tips.first().copied(), is_township) else {
            return false;
        };
        if !state.against.is_empty() || !self.tries(case, "conflict", 3) {
            return false;
        }
        let note = TipCommand::NoteConflict(NoteConflict {
            units: [owner].into(),
            persons: BTreeSet::new(),
        });
        self.work::<Tip>(Some(city::dispatcher()), &format!("tip-{tip}"), &note)
    }
}
