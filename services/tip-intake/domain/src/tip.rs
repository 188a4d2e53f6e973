//! The tip: state, decisions, evolution.

use crate::{AcceptTip, Channel, Coordinates, Place, ReceiveTip, TipCommand, TipEvent, TipRefusal};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, EvidenceId, Role};
use serde::Serialize;

const LONGEST_PLACE: usize = 200;
const LONGEST_TEXT: usize = 2000;
const MOST_EVIDENCE: usize = 50;

/// Where the screening of a tip stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing happened yet: the stream is empty.
    #[default]
    Absent,
    Received,
    Accepted {
        case: CaseId,
    },
    Rejected {
        told: String,
    },
    Diverted {
        authority: String,
        told: String,
    },
}

/// What a tip amounts to so far.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TipState {
    pub progress: Progress,
    pub received_at: Option<Timestamp>,
    pub channel: Option<Channel>,
    pub place: Place,
    pub urgent: bool,
    pub confidential: bool,
    pub wants_answer: bool,
    pub receipt_hash: String,
    pub evidence: Vec<EvidenceId>,
    /// Messages by the reporter after filing; the texts are sealed.
    pub reporter_messages: usize,
    /// What the reporter was told, oldest first.
    pub replies: Vec<Reply>,
    pub outcome_told: bool,
}

/// Something said to the reporter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reply {
    pub at: Timestamp,
    pub text: String,
}

/// The aggregate.
#[derive(Debug)]
pub struct Tip;

impl Decider for Tip {
    const CATEGORY: &'static str = "tip";
    type State = TipState;
    type Command = TipCommand;
    type Event = TipEvent;
    type Refusal = TipRefusal;

    fn decide(state: &TipState, command: &TipCommand, given: Given<'_>) -> Result<Vec<TipEvent>, TipRefusal> {
        if let TipCommand::Receive(command) = command {
            return receive(state, command, given);
        }
        if state.progress == Progress::Absent {
            return Err(TipRefusal::NotReceived);
        }
        match command {
            TipCommand::Receive(_) => Err(TipRefusal::AlreadyReceived),
            TipCommand::AddEvidence(command) => {
                if state.evidence.len() + command.evidence.len() > MOST_EVIDENCE {
                    return Err(TipRefusal::TooMuchEvidence);
                }
                let new: Vec<_> = command
                    .evidence
                    .iter()
                    .filter(|e| !state.evidence.contains(e))
                    .cloned()
                    .collect();
                Ok(if new.is_empty() {
                    vec![]
                } else {
                    vec![TipEvent::EvidenceAdded { evidence: new }]
                })
            }
            TipCommand::WriteAsReporter(command) => Ok(vec![TipEvent::ReporterWrote {
                message: command.message.clone(),
            }]),
            TipCommand::SendReply(command) => {
                by_dispatcher(state, given)?;
                Ok(vec![TipEvent::ReplySent {
                    text: words(&command.text, TipRefusal::TextMissing)?,
                }])
            }
            TipCommand::Accept(command) => accept(state, command, given),
            TipCommand::Reject(command) => {
                screenable(state, given)?;
                let explanation = words(&command.explanation, TipRefusal::ExplanationMissing)?;
                Ok(vec![TipEvent::TipRejected {
                    reason: command.reason,
                    explanation,
                }])
            }
            TipCommand::Divert(command) => {
                screenable(state, given)?;
                let authority = words(&command.authority, TipRefusal::AuthorityMissing)?;
                let explanation = words(&command.explanation, TipRefusal::ExplanationMissing)?;
                Ok(vec![TipEvent::TipDiverted {
                    authority,
                    explanation,
                }])
            }
            TipCommand::TellOutcome(command) => {
                if !given.by.is_system() {
                    by_dispatcher(state, given)?;
                }
                match state.progress {
                    Progress::Absent | Progress::Received => Err(TipRefusal::NotScreenedYet),
                    _ => Ok(vec![TipEvent::OutcomeTold {
                        text: words(&command.text, TipRefusal::TextMissing)?,
                    }]),
                }
            }
        }
    }

    fn evolve(state: &mut TipState, event: &TipEvent, stamp: &Stamp) {
        match event {
            TipEvent::TipReceived {
                channel,
                place,
                evidence,
                confidential,
                wants_answer,
                danger,
                receipt_hash,
                ..
            } => {
                state.progress = Progress::Received;
                state.received_at = Some(stamp.at);
                state.channel = Some(*channel);
                state.place = place.clone();
                state.evidence = evidence.clone();
                state.confidential = *confidential;
                state.wants_answer = *wants_answer;
                state.urgent = *danger;
                state.receipt_hash = receipt_hash.clone();
            }
            TipEvent::DangerRaised {} => state.urgent = true,
            TipEvent::EvidenceAdded { evidence } => state.evidence.extend(evidence.iter().cloned()),
            TipEvent::ReporterWrote { .. } => state.reporter_messages += 1,
            TipEvent::ReplySent { text } => state.replies.push(Reply {
                at: stamp.at,
                text: text.clone(),
            }),
            TipEvent::TipAccepted { case, .. } => state.progress = Progress::Accepted { case: *case },
            TipEvent::TipRejected { explanation, .. } => {
                state.progress = Progress::Rejected {
                    told: explanation.clone(),
                };
            }
            TipEvent::TipDiverted {
                authority,
                explanation,
            } => {
                state.progress = Progress::Diverted {
                    authority: authority.clone(),
                    told: explanation.clone(),
                };
            }
            TipEvent::OutcomeTold { text } => {
                state.outcome_told = true;
                state.replies.push(Reply {
                    at: stamp.at,
                    text: text.clone(),
                });
            }
        }
    }
}

fn receive(state: &TipState, command: &ReceiveTip, given: Given<'_>) -> Result<Vec<TipEvent>, TipRefusal> {
    if state.progress != Progress::Absent {
        return Err(TipRefusal::AlreadyReceived);
    }
    if let Some(role) = given.by.role()
        && !matches!(role, Role::Operator | Role::Dispatcher)
    {
        return Err(TipRefusal::NotForOperators);
    }
    if command.content.is_none() && command.evidence.is_empty() {
        return Err(TipRefusal::NothingReported);
    }
    if command.evidence.len() > MOST_EVIDENCE {
        return Err(TipRefusal::TooMuchEvidence);
    }
    check_place(&command.place, given)?;
    let mut events = vec![TipEvent::TipReceived {
        channel: command.channel,
        line: command.line.clone(),
        authenticity: command.authenticity,
        place: command.place.clone(),
        seen: command.seen.clone(),
        seen_when: command.seen_when.clone(),
        evidence: command.evidence.clone(),
        confidential: command.confidential,
        wants_answer: command.wants_answer,
        danger: command.danger,
        receipt_hash: command.receipt_hash.clone(),
        identity: command.identity.clone(),
        content: command.content.clone(),
    }];
    if command.danger {
        events.push(TipEvent::DangerRaised {});
    }
    Ok(events)
}

fn accept(state: &TipState, command: &AcceptTip, given: Given<'_>) -> Result<Vec<TipEvent>, TipRefusal> {
    screenable(state, given)?;
    let place = command.place.clone().unwrap_or_else(|| state.place.clone());
    check_place(&place, given)?;
    let urgency = if state.urgent {
        jurisdiction::Urgency::Urgent
    } else {
        command.urgency
    };
    Ok(vec![TipEvent::TipAccepted {
        case: command.case,
        opens_case: command.opens_case,
        summary: words(&command.summary, TipRefusal::SummaryMissing)?,
        enterprise: command.enterprise.clone(),
        place,
        urgency,
        confidential: state.confidential,
    }])
}

fn screenable(state: &TipState, given: Given<'_>) -> Result<(), TipRefusal> {
    by_dispatcher(state, given)?;
    match state.progress {
        Progress::Received => Ok(()),
        _ => Err(TipRefusal::AlreadyScreened),
    }
}

/// A dispatcher of the city, or of the county in which the tip lies.
fn by_dispatcher(state: &TipState, given: Given<'_>) -> Result<(), TipRefusal> {
    let Actor::Staff {
        unit,
        role: Role::Dispatcher,
        ..
    } = given.by
    else {
        return Err(TipRefusal::NotDispatcher);
    };
    let city = given.jurisdiction.city().map(|city| &city.code);
    let within = state.place.division.as_ref().or(city);
    match within {
        Some(division) if given.jurisdiction.covers(unit, division) => Ok(()),
        _ => Err(TipRefusal::OutsideSubtree),
    }
}

fn check_place(place: &Place, given: Given<'_>) -> Result<(), TipRefusal> {
    if place.text.trim().is_empty() && place.coordinates.is_none() {
        return Err(TipRefusal::PlaceMissing);
    }
    if place.text.chars().count() > LONGEST_PLACE {
        return Err(TipRefusal::PlaceTooLong);
    }
    if let Some(Coordinates { latitude, longitude }) = place.coordinates
        && !((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude))
    {
        return Err(TipRefusal::CoordinatesOutOfRange);
    }
    match &place.division {
        Some(division) if given.jurisdiction.unit(division).is_none() => Err(TipRefusal::UnknownDivision),
        _ => Ok(()),
    }
}

/// Words that somebody will read: not blank, not endless.
fn words(text: &str, missing: TipRefusal) -> Result<String, TipRefusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > LONGEST_TEXT => Err(TipRefusal::TextTooLong),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
