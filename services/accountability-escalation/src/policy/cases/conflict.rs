//! What follows when a case turns out to be about a unit or an official.

use super::{Follows, Told};
use accountability_domain::{StopReason, Which};
use case_domain::Progress;
use jurisdiction::{Obligation, UnitCode};

impl Told<'_> {
    /// Whoever it is about is asked for nothing any more: what was running rests, and the level above them has to give the
    /// case to somebody else. What they owed an explanation for, that level explains.
    pub(super) fn conflict(&self) -> Follows {
        let hidden = self.after.owner.as_ref().is_some_and(|owner| self.held(owner));
        let mut follows = Vec::new();
        if self.after.is_open() && (hidden || self.after.progress == Progress::Opened) {
            follows.push(self.fact.stop_which(
                &self.subject,
                Which::AllBut(Obligation::AnswerReferral),
                StopReason::Withdrawn,
            ));
            follows.push(self.start(Obligation::AssignCase, self.authority()));
        }
        follows.extend(self.explained_above());
        follows
    }

    /// The explanations that units owe which it is about.
    fn explained_above(&self) -> Follows {
        let Some(above) = self.authority() else {
            return vec![];
        };
        let holders = self.after.holders.iter().map(|held| &held.unit);
        let lineages = holders.flat_map(|unit| self.jurisdiction().lineage(unit));
        let mut units = self.after.against.units.clone();
        units.extend(
            lineages
                .map(|unit| unit.code.clone())
                .filter(|unit| self.held(unit)),
        );
        let owed = [
            Obligation::AnswerEscalation,
            Obligation::ExplainFailure,
            Obligation::JudgeAnswer,
        ];
        let moves = units
            .iter()
            .flat_map(|unit| owed.map(|obligation| (obligation, unit)));
        moves
            .map(|(obligation, unit)| self.fact.owed_instead(&self.subject, obligation, (unit, &above)))
            .collect()
    }

    /// Whether the case is hidden from the unit.
    pub(super) fn held(&self, unit: &UnitCode) -> bool {
        self.after.against.holds_unit(unit, self.jurisdiction())
    }
    pub(super) fn authority(&self) -> Option<UnitCode> {
        self.fact.authority(&self.after.against)
    }
}
