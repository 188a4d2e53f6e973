//! The desk of a write service: takes an RPC, reads the command, executes it, answers with position.

use crate::work_out::{Past, fold, work_out};
use crate::{
    Caller, Context, Envelope, ExecuteError, Executed, PlatformRefusal, execute, read_shape, refuse,
};
use decider::Decider;
use mingcha_proto::common::CommandReply;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use tonic::{Request, Response, Status};

/// Executes commands on one kind of aggregate.
pub struct Desk<D> {
    pub context: Context,
    target: &'static str,
    category: PhantomData<fn() -> D>,
}

impl<D: Decider> Desk<D> {
    /// `target` is the request field that names the aggregate, e.g. `case_id`.
    pub fn new(context: Context, target: &'static str) -> Self {
        Self {
            context,
            target,
            category: PhantomData,
        }
    }

    /// Reads the request into a command and executes it on the aggregate it names.
    ///
    /// # Errors
    /// A malformed request, a refusal, or an unreachable store, as a status.
    pub async fn command<R: Serialize, C: DeserializeOwned>(
        &self,
        request: Request<R>,
        wrap: impl FnOnce(C) -> D::Command,
    ) -> Result<Response<CommandReply>, Status> {
        let caller = Caller::of(&request)?;
        let (id, command) = read_shape::<R, C>(request.get_ref(), self.target)?;
        self.execute(caller, &id, &wrap(command)).await
    }

    /// Executes a command that is already at hand.
    ///
    /// # Errors
    /// A refusal or an unreachable store, as a status.
    pub async fn execute(
        &self,
        caller: Caller,
        id: &str,
        command: &D::Command,
    ) -> Result<Response<CommandReply>, Status> {
        let stream = format!("{}-{id}", D::CATEGORY);
        let envelope = self.context.envelope(caller);
        let jurisdiction = self.context.directory.current();
        let done = execute::<D>(&self.context.store, &jurisdiction, &stream, &envelope, command).await?;
        Ok(Response::new(reply(id, done)))
    }

    /// Whether a command would be carried out as things stand: asked before something is kept for it outside the history.
    ///
    /// # Errors
    /// As if it were executed.
    pub async fn allows(&self, caller: &Caller, id: &str, command: &D::Command) -> Result<(), Status> {
        let stream = format!("{}-{id}", D::CATEGORY);
        let history = self.context.store.read_stream(&stream).await?;
        let past = Past::of::<D>(&history, caller.command_id).map_err(ExecuteError::from)?;
        let jurisdiction = self.context.directory.current();
        work_out::<D>(
            &past,
            &jurisdiction,
            &self.context.envelope(caller.clone()),
            command,
        )?;
        Ok(())
    }

    /// What the command would be answered if there were nothing of that id: for whoever something must be hidden from.
    pub fn answer_of_nothing(&self, caller: Caller, command: &D::Command) -> Status {
        let jurisdiction = self.context.directory.current();
        let envelope = self.context.envelope(caller);
        let answer = work_out::<D>(&Past::default(), &jurisdiction, &envelope, command);
        answer.map_or_else(Status::from, |_| refuse(PlatformRefusal::NotFound))
    }

    /// The state of an aggregate, with the number of its events.
    ///
    /// # Errors
    /// An unreachable store or unreadable history, as a status.
    pub async fn state(&self, id: &str) -> Result<(D::State, usize), Status> {
        load_state::<D>(&self.context, id).await
    }
}

/// Loads one aggregate.
///
/// # Errors
/// An unreachable store or unreadable history, as a status.
pub async fn load_state<D: Decider>(context: &Context, id: &str) -> Result<(D::State, usize), Status> {
    let history = context
        .store
        .read_stream(&format!("{}-{id}", D::CATEGORY))
        .await?;
    let state = fold::<D>(&history).map_err(crate::ExecuteError::from)?;
    Ok((state, history.len()))
}

/// One aggregate as it stood at an instant.
///
/// # Errors
/// An unreachable store or unreadable history, as a status.
pub async fn load_state_as_of<D: Decider>(
    context: &Context,
    id: &str,
    at: jiff::Timestamp,
) -> Result<D::State, Status> {
    let history = context
        .store
        .read_stream(&format!("{}-{id}", D::CATEGORY))
        .await?;
    let until = history.partition_point(|fact| fact.metadata.at <= at);
    Ok(fold::<D>(&history[..until]).map_err(crate::ExecuteError::from)?)
}

/// The answer to an executed command.
pub fn reply(id: &str, done: Executed) -> CommandReply {
    CommandReply {
        id: id.to_owned(),
        stream: done.stream,
        revision: done.revision.unwrap_or_default(),
        position: done.position,
        facts: done.facts as u32,
    }
}

impl Context {
    /// The envelope of a caller's command.
    pub fn envelope(&self, caller: Caller) -> Envelope {
        Envelope {
            command_id: caller.command_id,
            actor: caller.actor,
            at: self.clock.now(),
            causation: None,
            correlation: None,
            traceparent: crate::current_traceparent().or(caller.traceparent),
            seen: caller.seen,
        }
    }
}
