//! Danger that is learnt of when the tip is here already: from the reporter, in a call written down, by whoever screens.

use super::{Decision, TipState, rights};
use crate::{TipEvent, TipRefusal};
use decider::Given;
use jurisdiction::{Actor, Role};

/// Once for a tip: whoever is on duty is not called again for what they know.
pub fn raise(state: &TipState, given: Given<'_>) -> Decision {
    if !may_raise(state, given) {
        return Err(TipRefusal::NotDangerRaiser);
    }
    Ok(if state.urgent {
        vec![]
    } else {
        vec![TipEvent::DangerRaised {}]
    })
}

/// The reporter, who is known by the receipt; whoever takes calls in the area; whoever screens the tip.
fn may_raise(state: &TipState, given: Given<'_>) -> bool {
    match given.by {
        Actor::Citizen => true,
        by if by.is(Role::Operator) => rights::lies_within(state, given),
        _ => rights::screens(state, given).is_ok(),
    }
}
