//! Opening a reporter's identity (domain.md §7): a custodian asks with a reason, another one of another post agrees, the
//! first opens, once and in time. Each step is a fact.

use super::{Decision, TipState, plain_reason};
use crate::{Compartment, RefuseReveal, RequestReveal, TipEvent, TipRefusal};
use decider::{Given, Stamp};
use jiff::Timestamp;
use jurisdiction::Actor;
use serde::Serialize;

/// A request to open the identity, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reveal {
    /// Counts from 1.
    pub request: u32,
    pub reason: String,
    pub requested_at: Timestamp,
    pub requested_by: Actor,
    pub answer: Option<RevealAnswer>,
    pub answered_by: Option<Actor>,
    pub opened_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RevealAnswer {
    Approved { until: Timestamp },
    Refused { reason: String },
}

impl Reveal {
    pub fn is_pending(&self) -> bool {
        self.answer.is_none()
    }
    /// Until when it may be opened, if somebody agreed and nobody has opened it yet.
    pub fn may_be_opened_until(&self) -> Option<Timestamp> {
        match self.answer {
            Some(RevealAnswer::Approved { until }) if self.opened_at.is_none() => Some(until),
            _ => None,
        }
    }
}

pub fn request(state: &TipState, command: &RequestReveal, given: Given<'_>) -> Decision {
    if !given.jurisdiction.may_ask_for_identity(given.by) {
        return Err(TipRefusal::NotCustodian);
    }
    kept(state)?;
    let waits = |reveal: &Reveal| {
        let holds = reveal.may_be_opened_until().is_some_and(|until| given.at < until);
        reveal.is_pending() || holds
    };
    if state.reveals.last().is_some_and(waits) {
        return Err(TipRefusal::RevealPending);
    }
    Ok(vec![TipEvent::IdentityRevealRequested {
        request: state.reveals.len() as u32 + 1,
        reason: plain_reason(&command.reason, TipRefusal::RevealReasonMissing)?,
    }])
}

pub fn approve(state: &TipState, given: Given<'_>) -> Decision {
    let pending = answerable(state, given)?;
    Ok(vec![TipEvent::IdentityRevealApproved {
        request: pending.request,
        until: given.at + given.jurisdiction.custody_on(given.at).approval_holds(),
    }])
}

pub fn refuse(state: &TipState, command: &RefuseReveal, given: Given<'_>) -> Decision {
    let pending = answerable(state, given)?;
    Ok(vec![TipEvent::IdentityRevealRefused {
        request: pending.request,
        reason: plain_reason(&command.reason, TipRefusal::RevealReasonMissing)?,
    }])
}

/// Whoever asked opens; an agreement is for that person, for once, and for a while.
pub fn open(state: &TipState, given: Given<'_>) -> Decision {
    if !given.jurisdiction.may_ask_for_identity(given.by) {
        return Err(TipRefusal::NotCustodian);
    }
    kept(state)?;
    let reveal = state.reveals.last().ok_or(TipRefusal::RevealNotApproved)?;
    let until = reveal
        .may_be_opened_until()
        .ok_or(TipRefusal::RevealNotApproved)?;
    if reveal.requested_by.person() != given.by.person() {
        return Err(TipRefusal::RevealNotYours);
    }
    if given.at >= until {
        return Err(TipRefusal::RevealExpired);
    }
    Ok(vec![TipEvent::IdentityRevealed {
        request: reveal.request,
        reason: reveal.reason.clone(),
    }])
}

/// The pending request, for a second custodian: another person, of another post.
fn answerable<'a>(state: &'a TipState, given: Given<'_>) -> Result<&'a Reveal, TipRefusal> {
    if !given.jurisdiction.may_agree_to_open_identity(given.by) {
        return Err(TipRefusal::NotSecondCustodian);
    }
    let last = state.reveals.last().filter(|reveal| reveal.is_pending());
    let pending = last.ok_or(TipRefusal::NoRevealPending)?;
    if pending.requested_by.person() == given.by.person() {
        return Err(TipRefusal::RevealOwnRequest);
    }
    let post = |actor: &Actor| (actor.unit().cloned(), actor.role());
    if post(&pending.requested_by) == post(given.by) {
        return Err(TipRefusal::RevealSamePost);
    }
    kept(state)?;
    Ok(pending)
}

/// There is an identity, and its key.
/// Whether there is an identity to be opened.
///
/// # Errors
/// None was left, or it has been destroyed.
pub fn kept(state: &TipState) -> Result<(), TipRefusal> {
    if state.is_erased(Compartment::Identity) {
        Err(TipRefusal::Erased)
    } else if !state.has_identity {
        Err(TipRefusal::NoIdentity)
    } else {
        Ok(())
    }
}

pub fn evolve(state: &mut TipState, event: &TipEvent, stamp: &Stamp) {
    if let TipEvent::IdentityRevealRequested { request, reason } = event {
        state.reveals.push(Reveal {
            request: *request,
            reason: reason.clone(),
            requested_at: stamp.at,
            requested_by: stamp.by.clone(),
            answer: None,
            answered_by: None,
            opened_at: None,
        });
        return;
    }
    let Some(last) = state.reveals.last_mut() else {
        return;
    };
    match event {
        TipEvent::IdentityRevealApproved { until, .. } => {
            last.answer = Some(RevealAnswer::Approved { until: *until });
            last.answered_by = Some(stamp.by.clone());
        }
        TipEvent::IdentityRevealRefused { reason, .. } => {
            last.answer = Some(RevealAnswer::Refused {
                reason: reason.clone(),
            });
            last.answered_by = Some(stamp.by.clone());
        }
        TipEvent::IdentityRevealed { .. } => last.opened_at = Some(stamp.at),
        _ => {}
    }
}
