//! Carries out what the policy says: every letter becomes a notification of its own.

use crate::letters::Letter;
use crate::policy::{self, Desk, Discretion};
use accountability_domain::{Accountability, AccountabilityEvent};
use case_domain::{Case, CaseEvent};
use directory_domain::DirectoryEvent;
use jurisdiction::Subject;
use notification_domain::{Notification, NotificationCommand};
use platform::{Context, Reaction, ReactionError, Recorded, derived_command, execute, load_state};
use tip_domain::{Tip, TipEvent};
use uuid::Uuid;

/// Writes what follows from a fact, as soon as it is known and however it is heard.
pub(crate) async fn write(
    context: &Context,
    event: &Recorded,
    console_url: &str,
) -> Result<(), ReactionError> {
    handle(Reaction { event, context }, console_url).await
}

/// One letter that is refused keeps none of the others back.
pub(crate) async fn handle(reaction: Reaction<'_>, console_url: &str) -> Result<(), ReactionError> {
    let jurisdiction = reaction.context.directory.current();
    let desk = Desk {
        jurisdiction: &jurisdiction,
        console_url,
    };
    let mut outcome = Ok(());
    for letter in letters(&reaction, desk).await? {
        let id = notification_id(reaction.event.id, &letter);
        let mut envelope = reaction.envelope(policy::LETTERS, 0);
        // By addressee, not by place in the list: the list is another one when staff have changed.
        envelope.command_id = derived_command(reaction.event.id, &format!("{}/{id}", policy::LETTERS), 0);
        let command = NotificationCommand::Request(letter.into());
        let stream = format!("notification-{id}");
        let store = &reaction.context.store;
        let done = execute::<Notification>(store, &jurisdiction, &stream, &envelope, &command).await;
        outcome = outcome.and(done.map(|_| ()).map_err(ReactionError::from));
    }
    outcome
}

async fn letters(reaction: &Reaction<'_>, desk: Desk<'_>) -> Result<Vec<Letter>, ReactionError> {
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        if !policy::asks_for_the_tip(&event) {
            return Ok(vec![]);
        }
        let after = reaction.state::<Tip>().await?;
        return Ok(policy::on_tip(reaction.subject()?, &event, &after, desk));
    }
    if let Some(event) = reaction.decode::<CaseEvent>("case")? {
        if !policy::asks_for_the_case(&event) {
            return Ok(vec![]);
        }
        let after = reaction.state::<Case>().await?;
        let at = reaction.event.metadata.at;
        return Ok(policy::on_case(reaction.subject()?, &event, &after, at, desk));
    }
    if let Some(event) = reaction.decode::<AccountabilityEvent>("accountability")? {
        if !policy::asks_for_the_accountability(&event) {
            return Ok(vec![]);
        }
        let after = reaction.state::<Accountability>().await?;
        let discretion = discretion(reaction.context, after.subject.as_ref()).await?;
        return Ok(policy::on_accountability(&event, &after, &discretion, desk));
    }
    if let Some(event) = reaction.decode::<DirectoryEvent>("staff")? {
        let metadata = &reaction.event.metadata;
        let letter = policy::on_account(&event, &metadata.actor, metadata.at, desk);
        return Ok(letter.into_iter().collect());
    }
    Ok(vec![])
}

/// What is now known of the tip or case: whoever it turned out to be about since hears nothing either.
async fn discretion(context: &Context, subject: Option<&Subject>) -> Result<Discretion, ReactionError> {
    let unreachable = |status: tonic::Status| ReactionError::Unreachable(status.message().to_owned());
    Ok(match subject {
        Some(Subject::Case(case)) => {
            let loaded = load_state::<Case>(context, &case.to_string()).await;
            let (state, _) = loaded.map_err(unreachable)?;
            Discretion {
                against: state.against,
                confidential: state.confidential,
            }
        }
        Some(Subject::Tip(tip)) => {
            let loaded = load_state::<Tip>(context, &tip.to_string()).await;
            let (state, _) = loaded.map_err(unreachable)?;
            Discretion {
                against: state.against,
                confidential: state.confidential,
            }
        }
        Some(Subject::Unit(_)) | None => Discretion::default(),
    })
}

/// The same event writes to the same addressee once, however often it is heard.
fn notification_id(event: Uuid, letter: &Letter) -> Uuid {
    let addressee = serde_json::to_string(&letter.to).unwrap_or_default();
    derived_command(event, &format!("{}/{addressee}", letter.template), 0).0
}
