//! What the reporter writes, asks and is told.

use super::{Decision, Progress, TipState, erasure, rights, words};
use crate::{SendReply, TellOutcome, TipEvent, TipRefusal, WriteAsReporter};
use decider::Given;

pub fn write_as_reporter(state: &TipState, command: &WriteAsReporter) -> Decision {
    erasure::content_kept(state)?;
    Ok(vec![TipEvent::ReporterWrote {
        message: command.message.clone(),
    }])
}

pub fn send_reply(state: &TipState, command: &SendReply, given: Given<'_>) -> Decision {
    rights::by_dispatcher(state, given)?;
    Ok(vec![TipEvent::ReplySent {
        text: words(&command.text, TipRefusal::TextMissing)?,
    }])
}

pub fn tell_outcome(state: &TipState, command: &TellOutcome, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        rights::by_dispatcher(state, given)?;
    }
    match state.progress {
        Progress::Absent | Progress::Received => Err(TipRefusal::NotScreenedYet),
        _ => Ok(vec![TipEvent::OutcomeTold {
            text: words(&command.text, TipRefusal::TextMissing)?,
        }]),
    }
}
