//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseEvent};
use platform::{Reaction, ReactionError, execute};
use report_domain::Report;

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(event @ CaseEvent::CaseConfirmed { .. }) = reaction.decode::<CaseEvent>("case")? else {
        return Ok(());
    };
    let jurisdiction = reaction.context.directory.current();
    let after = reaction.state::<Case>().await?;
    let follows = policy::on_case(reaction.subject()?, &event, &after, &jurisdiction);
    for (index, (report, command)) in follows.iter().enumerate() {
        let envelope = reaction.envelope(policy::CONTRADICTION, index);
        let stream = format!("report-{report}");
        let store = &reaction.context.store;
        execute::<Report>(store, &jurisdiction, &stream, &envelope, command).await?;
    }
    Ok(())
}
