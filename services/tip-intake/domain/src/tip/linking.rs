//! Which case a tip is of: joined and separated without a trace of loss, and along with its case when cases are merged.

use super::{Decision, Progress, TipState, open_words, reward, rights, screening};
use crate::{LinkTip, MoveTip, TipEvent, TipRefusal, UnlinkTip};
use decider::Given;

pub fn link(state: &TipState, command: &LinkTip, given: Given<'_>) -> Decision {
    rights::screens(state, given)?;
    match state.progress {
        Progress::Received => screening::joinable(command.found)?,
        Progress::Accepted { .. } => return Err(TipRefusal::AlreadyLinked),
        _ => return Err(TipRefusal::AlreadyScreened),
    }
    Ok(vec![TipEvent::LinkedToCase { case: command.case }])
}

/// A tip that has left the case in the meantime stays where it is.
pub fn go_along(state: &TipState, command: &MoveTip, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        return Err(TipRefusal::NotDispatcher);
    }
    let (from, to) = (command.from, command.to);
    Ok(if state.progress == (Progress::Accepted { case: from }) {
        vec![TipEvent::LinkedToCase { case: to }]
    } else {
        vec![]
    })
}

pub fn unlink(state: &TipState, command: &UnlinkTip, given: Given<'_>) -> Decision {
    rights::screens(state, given)?;
    let Progress::Accepted { case } = state.progress else {
        return Err(TipRefusal::NotLinked);
    };
    if reward::is_rewarded(state) {
        return Err(TipRefusal::RewardedStays);
    }
    let reason = open_words(
        &command.reason,
        TipRefusal::UnlinkReasonMissing,
        TipRefusal::NumbersInReason,
    )?;
    Ok(vec![TipEvent::Unlinked { case, reason }])
}
