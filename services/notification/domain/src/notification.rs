//! The notification: state, decisions, evolution.

use crate::{
    Addressee, Channel, MarkFailed, MarkSent, NotificationCommand, NotificationEvent, NotificationRefusal,
    RequestNotification, numbers::tells_a_number, retry_after,
};
use decider::{Decider, Given, Stamp};
use jiff::Timestamp;
use jurisdiction::Subject;
use serde::Serialize;

const LONGEST_SMS: usize = 500;
const LONGEST_MAIL: usize = 10_000;
const LONGEST_REASON: usize = 500;

/// Where the delivery stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Delivery {
    /// Nothing was requested: the stream is empty.
    #[default]
    Absent,
    /// To be tried, for the first time or again, from `from` on.
    Waiting {
        from: Timestamp,
    },
    Sent {
        at: Timestamp,
    },
    /// Given up; an administrator sees it.
    Abandoned {
        at: Timestamp,
    },
}

/// What a notification amounts to so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NotificationState {
    pub message: Option<Message>,
    pub delivery: Delivery,
    /// Attempts that came to an end, whatever it was.
    pub attempts: u16,
    pub last_failure: Option<String>,
    pub provider_id: Option<String>,
}

/// What is to be said to whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Message {
    pub channel: Channel,
    pub addressee: Addressee,
    pub template: String,
    pub subject: String,
    pub body: String,
    pub about: Subject,
}

impl NotificationState {
    /// When to try next; may be past. `None` if there is nothing to send.
    pub fn next_attempt(&self) -> Option<Timestamp> {
        match self.delivery {
            Delivery::Waiting { from } => Some(from),
            _ => None,
        }
    }
}

/// The aggregate.
#[derive(Debug)]
pub struct Notification;

type Decided = Result<Vec<NotificationEvent>, NotificationRefusal>;

impl Decider for Notification {
    const CATEGORY: &'static str = "notification";
    type State = NotificationState;
    type Command = NotificationCommand;
    type Event = NotificationEvent;
    type Refusal = NotificationRefusal;

    fn decide(state: &NotificationState, command: &NotificationCommand, given: Given<'_>) -> Decided {
        if !given.by.is_system() {
            return Err(NotificationRefusal::NotAPolicy);
        }
        match command {
            NotificationCommand::Request(command) => request(state, command, given),
            NotificationCommand::MarkSent(command) => mark_sent(state, command),
            NotificationCommand::MarkFailed(command) => mark_failed(state, command, given),
        }
    }

    fn evolve(state: &mut NotificationState, event: &NotificationEvent, stamp: &Stamp) {
        match event {
            NotificationEvent::NotificationRequested {
                channel,
                addressee,
                template,
                subject,
                body,
                about,
            } => {
                state.message = Some(Message {
                    channel: *channel,
                    addressee: addressee.clone(),
                    template: template.clone(),
                    subject: subject.clone(),
                    body: body.clone(),
                    about: about.clone(),
                });
                state.delivery = Delivery::Waiting { from: stamp.at };
            }
            NotificationEvent::NotificationSent { attempt, provider_id } => {
                state.attempts = *attempt;
                state.delivery = Delivery::Sent { at: stamp.at };
                state.provider_id = provider_id.clone();
            }
            NotificationEvent::NotificationFailed { attempt, reason } => {
                state.attempts = *attempt;
                state.last_failure = Some(reason.clone());
                // The last one waits for nothing; that it is given up is a fact of its own.
                let wait = retry_after(*attempt).unwrap_or_default();
                let from = stamp.at.checked_add(wait).unwrap_or(Timestamp::MAX);
                state.delivery = Delivery::Waiting { from };
            }
            NotificationEvent::NotificationAbandoned { .. } => {
                state.delivery = Delivery::Abandoned { at: stamp.at };
            }
        }
    }
}

fn request(state: &NotificationState, command: &RequestNotification, given: Given<'_>) -> Decided {
    let message = Message {
        channel: command.channel,
        addressee: command.addressee.clone(),
        template: words(&command.template, NotificationRefusal::TemplateMissing)?,
        subject: command.subject.trim().to_owned(),
        body: words(&command.body, NotificationRefusal::BodyMissing)?,
        about: command.about.clone(),
    };
    if let Some(known) = &state.message {
        return match *known == message {
            true => Ok(vec![]),
            false => Err(NotificationRefusal::OtherRequest),
        };
    }
    check(&message, given)?;
    Ok(vec![NotificationEvent::NotificationRequested {
        channel: message.channel,
        addressee: message.addressee,
        template: message.template,
        subject: message.subject,
        body: message.body,
        about: message.about,
    }])
}

/// Late news that it was sent after all are true as well, even after it was given up.
fn mark_sent(state: &NotificationState, command: &MarkSent) -> Decided {
    match state.delivery {
        Delivery::Absent => return Err(NotificationRefusal::NotRequested),
        Delivery::Sent { .. } => return Ok(vec![]),
        Delivery::Waiting { .. } | Delivery::Abandoned { .. } => {}
    }
    if command.attempt > state.attempts.saturating_add(1) {
        return Err(NotificationRefusal::AttemptSkipped);
    }
    Ok(vec![NotificationEvent::NotificationSent {
        attempt: command.attempt.max(state.attempts),
        provider_id: command.provider_id.clone(),
    }])
}

fn mark_failed(state: &NotificationState, command: &MarkFailed, given: Given<'_>) -> Decided {
    match state.delivery {
        Delivery::Absent => return Err(NotificationRefusal::NotRequested),
        Delivery::Sent { .. } | Delivery::Abandoned { .. } => return Ok(vec![]),
        Delivery::Waiting { .. } => {}
    }
    match command.attempt.checked_sub(state.attempts) {
        // Known already.
        None | Some(0) => return Ok(vec![]),
        Some(1) => {}
        Some(_) => return Err(NotificationRefusal::AttemptSkipped),
    }
    let reason = failure(&command.reason, given);
    let mut events = vec![NotificationEvent::NotificationFailed {
        attempt: command.attempt,
        reason: reason.clone(),
    }];
    if command.permanent || retry_after(command.attempt).is_none() {
        events.push(NotificationEvent::NotificationAbandoned {
            attempts: command.attempt,
            reason,
        });
    }
    Ok(events)
}

fn check(message: &Message, given: Given<'_>) -> Result<(), NotificationRefusal> {
    let longest = match message.channel {
        Channel::Sms => LONGEST_SMS,
        Channel::Mail if message.subject.is_empty() => return Err(NotificationRefusal::SubjectMissing),
        Channel::Mail => LONGEST_MAIL,
    };
    if message.body.chars().count().max(message.subject.chars().count()) > longest {
        return Err(NotificationRefusal::TooLong);
    }
    if let Addressee::Receipt { token } = &message.addressee {
        if message.channel != Channel::Sms {
            return Err(NotificationRefusal::OnlyByMessage);
        }
        if !is_opaque(token) {
            return Err(NotificationRefusal::TokenNotOpaque);
        }
    }
    let tells = |text: &str| tells_a_number(text, given.jurisdiction);
    if tells(&message.subject) || tells(&message.body) {
        return Err(NotificationRefusal::NumberInText);
    }
    Ok(())
}

/// A token that cannot be a number or an address itself.
fn is_opaque(token: &str) -> bool {
    let well_formed = token
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let letters = token.bytes().any(|b| b.is_ascii_alphabetic());
    well_formed && letters && (16..=128).contains(&token.len())
}

/// What went wrong, for the administrator; providers like to repeat the number they could not reach.
fn failure(reason: &str, given: Given<'_>) -> String {
    let reason = reason.trim();
    if reason.is_empty() {
        return "没有说明".to_owned();
    }
    if tells_a_number(reason, given.jurisdiction) {
        return "发送失败；服务商的原文含有号码，不予保存".to_owned();
    }
    reason.chars().take(LONGEST_REASON).collect()
}

fn words(text: &str, missing: NotificationRefusal) -> Result<String, NotificationRefusal> {
    match text.trim() {
        "" => Err(missing),
        text => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
