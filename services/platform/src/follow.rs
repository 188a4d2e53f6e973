//! What follows from a fact: a command that a policy derives from it, and the stream it is for.

use crate::{Executed, Reaction, ReactionError, execute};
use decider::Decider;

/// A command that follows by a named policy; the index tells several of one policy apart.
#[derive(Clone, Debug)]
pub struct Follow<C> {
    pub policy: &'static str,
    pub index: usize,
    pub stream: String,
    pub command: C,
}

impl<C> Follow<C> {
    /// The commands of one policy, in this order.
    pub fn all(policy: &'static str, commands: impl IntoIterator<Item = (String, C)>) -> Vec<Self> {
        let one = |(index, (stream, command))| Self {
            policy,
            index,
            stream,
            command,
        };
        commands.into_iter().enumerate().map(one).collect()
    }
}

impl Reaction<'_> {
    /// Does what follows; doing it again does nothing.
    ///
    /// # Errors
    /// If it is refused, or something is out of reach.
    pub async fn carry_out<D: Decider>(
        &self,
        follow: &Follow<D::Command>,
    ) -> Result<Executed, ReactionError> {
        let jurisdiction = self.context.directory.current();
        let envelope = self.envelope(follow.policy, follow.index);
        let store = &self.context.store;
        Ok(execute::<D>(store, &jurisdiction, &follow.stream, &envelope, &follow.command).await?)
    }
}
