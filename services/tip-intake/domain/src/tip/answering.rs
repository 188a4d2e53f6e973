//! What the reporter writes, asks and is told.

use super::{Decision, Progress, TipState, erasure, open_words, rights, words};
use crate::{FoundCase, SayNotFixed, SendReply, TellOutcome, TipEvent, TipRefusal, WriteAsReporter};
use decider::Given;

pub fn write_as_reporter(state: &TipState, command: &WriteAsReporter) -> Decision {
    erasure::content_kept(state)?;
    Ok(vec![TipEvent::ReporterWrote {
        message: command.message.clone(),
    }])
}

pub fn send_reply(state: &TipState, command: &SendReply, given: Given<'_>) -> Decision {
    rights::screens(state, given)?;
    Ok(vec![TipEvent::ReplySent {
        text: open_words(&command.text, TipRefusal::TextMissing, TipRefusal::PersonInText)?,
    }])
}

pub fn tell_outcome(state: &TipState, command: &TellOutcome, given: Given<'_>) -> Decision {
    if !given.by.is_system() {
        rights::screens(state, given)?;
    }
    if command
        .of
        .is_some_and(|of| state.progress != Progress::Accepted { case: of })
    {
        return Ok(vec![]);
    }
    if matches!(state.progress, Progress::Absent | Progress::Received) {
        return Err(TipRefusal::NotScreenedYet);
    }
    // Of what is still handled there is no outcome yet, whoever would like it to look settled.
    let settled = match state.progress {
        Progress::Accepted { .. } => command.case == FoundCase::Closed,
        _ => true,
    };
    if !given.by.is_system() && !settled {
        return Err(TipRefusal::CaseStillOpen);
    }
    // What a policy says was written elsewhere, and a reporter who is told nothing is worse off.
    let text = match given.by.is_system() {
        true => words(&command.text, TipRefusal::TextMissing)?,
        false => open_words(&command.text, TipRefusal::TextMissing, TipRefusal::PersonInText)?,
    };
    let interim = command.interim;
    Ok(vec![TipEvent::OutcomeTold { text, interim }])
}

/// Only of an outcome that was told, and once until there is a new one.
pub fn say_not_fixed(state: &TipState, command: &SayNotFixed) -> Decision {
    if state.not_fixed {
        return Err(TipRefusal::AlreadySaidNotFixed);
    }
    if command.message.is_some() {
        erasure::content_kept(state)?;
    }
    match state.progress {
        Progress::Accepted { .. } if state.outcome_told => Ok(vec![TipEvent::NotFixedSaid {
            message: command.message.clone(),
        }]),
        _ => Err(TipRefusal::OutcomeNotTold),
    }
}
