//! Erasure: the keys of a tip's compartments are destroyed; what happened stays, and stays provable.

use super::{Decision, TipState, plain_reason};
use crate::{Compartment, EraseReporter, TipEvent, TipRefusal};
use decider::{Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Actor, Role};
use serde::Serialize;
use std::collections::BTreeSet;

/// What has been destroyed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Erased {
    pub compartments: BTreeSet<Compartment>,
    /// When last.
    pub at: Option<Timestamp>,
}

impl TipState {
    pub fn is_erased(&self, compartment: Compartment) -> bool {
        self.erased.compartments.contains(&compartment)
    }
}

/// The reporter, against the receipt, or the discipline inspectors: whoever runs the program or handles the tip must not
/// be able to make a reporter's words disappear.
pub fn erase(state: &TipState, command: &EraseReporter, given: Given<'_>) -> Decision {
    let may = matches!(given.by, Actor::Citizen) || given.by.is(Role::Inspector);
    if !may {
        return Err(TipRefusal::NotEraser);
    }
    if command.compartments.is_empty() {
        return Err(TipRefusal::NothingToErase);
    }
    let reason = plain_reason(&command.reason, TipRefusal::EraseReasonMissing)?;
    let asked: BTreeSet<_> = command.compartments.iter().copied().collect();
    let compartments: Vec<_> = asked.difference(&state.erased.compartments).copied().collect();
    Ok(if compartments.is_empty() {
        vec![]
    } else {
        vec![TipEvent::ReporterErased { compartments, reason }]
    })
}

/// What was destroyed cannot be added to: it would be the beginning of a new one under the old name.
pub fn content_kept(state: &TipState) -> Result<(), TipRefusal> {
    if state.is_erased(Compartment::Content) {
        Err(TipRefusal::Erased)
    } else {
        Ok(())
    }
}

pub fn evolve(state: &mut TipState, compartments: &[Compartment], stamp: &Stamp) {
    state.erased.compartments.extend(compartments);
    state.erased.at = Some(stamp.at);
    if state.is_erased(Compartment::Content) {
        state.evidence.clear();
        state.recordings.clear();
    }
}
