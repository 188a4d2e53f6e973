//! One attempt at one notification: looks the address up, hands the mail over, records what came of it.

use crate::mailer::{Failure, Mail, Mailer};
use jurisdiction::{Actor, CommandId, Jurisdiction};
use notification_domain::{
    Addressee, MarkFailed, MarkSent, Message, Notification, NotificationCommand, NotificationState,
};
use platform::{Context, Envelope, ExecuteError, Executed, derived_command, execute, load_state};
use std::time::Duration;
use uuid::Uuid;

pub(crate) const SENDER: &str = "notification/sender";
const PATIENCE: Duration = Duration::from_secs(1);

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Whatever it was, it is a fact now.
    Recorded,
    /// No fault of this notification: the mail server or the store is away.
    Held(String),
}

/// Tries a notification that is waiting. If it is not any more, that is well too.
pub(crate) async fn attempt(context: &Context, mailer: &Mailer, id: Uuid) -> Outcome {
    let state = match load_state::<Notification>(context, &id.to_string()).await {
        Ok((state, _)) => state,
        Err(status) => return Outcome::Held(status.message().to_owned()),
    };
    let (Some(message), Some(from)) = (&state.message, state.next_attempt()) else {
        return Outcome::Recorded;
    };
    if from > context.clock.now() {
        return Outcome::Recorded;
    }
    match deliver(mailer, id, message, &context.directory.current()).await {
        Ok(provider_id) => {
            remember_sent(context, id, &state, provider_id, SENDER).await;
            Outcome::Recorded
        }
        Err(Failure::Refused { permanent, reason }) => {
            tracing::warn!(notification = %id, permanent, reason, "a notification was not delivered");
            let attempt = state.attempts.saturating_add(1);
            let failed = NotificationCommand::MarkFailed(MarkFailed {
                attempt,
                reason,
                permanent,
            });
            match record(context, id, attempt, &failed, SENDER).await {
                Ok(_) => Outcome::Recorded,
                Err(error) => Outcome::Held(error.to_string()),
            }
        }
        Err(Failure::ServerAway(reason)) => Outcome::Held(reason),
    }
}

/// Looks the address up as it is now and hands the mail over.
pub(crate) async fn deliver(
    mailer: &Mailer,
    id: Uuid,
    message: &Message,
    jurisdiction: &Jurisdiction,
) -> Result<Option<String>, Failure> {
    let Some(to) = address(&message.addressee, jurisdiction) else {
        return Err(Failure::Refused {
            permanent: true,
            reason: "没有邮箱".to_owned(),
        });
    };
    let mail = Mail {
        id,
        to: &to,
        subject: &message.subject,
        body: &message.body,
    };
    mailer.send(&mail).await
}

/// The person's own mailbox, else that of the unit the person serves in.
fn address(addressee: &Addressee, jurisdiction: &Jurisdiction) -> Option<String> {
    let (own, unit) = match addressee {
        Addressee::Staff { staff } => {
            let member = jurisdiction.staff.get(staff)?;
            (member.email.clone(), &member.unit)
        }
        Addressee::Unit { unit } => (None, unit),
        Addressee::Receipt { .. } => return None,
    };
    let of_unit = || jurisdiction.unit(unit)?.email.clone();
    own.or_else(of_unit).filter(|address| !address.trim().is_empty())
}

/// The mail is out, so this goes on until it is recorded: forgetting it would send the mail again.
pub(crate) async fn remember_sent(
    context: &Context,
    id: Uuid,
    state: &NotificationState,
    provider_id: Option<String>,
    policy: &str,
) -> Executed {
    let attempt = state.attempts.saturating_add(1);
    let sent = NotificationCommand::MarkSent(MarkSent { attempt, provider_id });
    loop {
        match record(context, id, attempt, &sent, policy).await {
            Ok(done) => return done,
            Err(error) => tracing::warn!(notification = %id, %error, "sent, but not recorded yet"),
        }
        tokio::time::sleep(PATIENCE).await;
    }
}

async fn record(
    context: &Context,
    id: Uuid,
    attempt: u16,
    command: &NotificationCommand,
    policy: &str,
) -> Result<Executed, ExecuteError> {
    let outcome = match command {
        NotificationCommand::MarkSent(_) => "sent",
        _ => "failed",
    };
    let envelope = Envelope {
        command_id: command_id(id, attempt, outcome),
        actor: Actor::system(policy),
        at: context.clock.now(),
        causation: None,
        correlation: None,
        traceparent: platform::current_traceparent(),
        seen: None,
    };
    let stream = format!("notification-{id}");
    let jurisdiction = context.directory.current();
    execute::<Notification>(&context.store, &jurisdiction, &stream, &envelope, command).await
}

fn command_id(id: Uuid, attempt: u16, outcome: &str) -> CommandId {
    derived_command(id, &format!("{SENDER}/{outcome}"), attempt.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::{StaffId, UnitCode, sample};

    #[test]
    fn a_person_without_a_mailbox_is_reached_through_the_unit() {
        let mut suqian = sample::suqian();
        let account = StaffId::of("leader-321322102");
        let to = Addressee::Staff {
            staff: account.clone(),
        };
        let own = Some("leader-321322102@mingcha.example".to_owned());
        assert_eq!(address(&to, &suqian), own);
        suqian.staff.get_mut(&account).expect("the leader").email = None;
        let of_unit = Some("321322102@mingcha.example".to_owned());
        assert_eq!(address(&to, &suqian), of_unit);
        suqian
            .units
            .get_mut(&UnitCode::of(sample::TOWNSHIP))
            .expect("the township")
            .email = Some(" ".to_owned());
        assert_eq!(address(&to, &suqian), None);
    }
}
