//! The Streams service: every call is handed to the file that knows it.

use std::pin::Pin;
use std::sync::Arc;

use futures::Stream;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, Streaming};

use super::convert::stream_in;
use super::proto::event_store::client as shared;
use super::proto::event_store::client::streams::streams_server::Streams;
use super::proto::event_store::client::streams::{
    AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, DeleteResp, ReadReq, ReadResp,
    TombstoneReq, TombstoneResp, delete_req, delete_resp, tombstone_req, tombstone_resp,
};
use super::{append, batch, errors, read};
use crate::config::Config;
use crate::engine::{Command, Engine, Expected, Proposed, Retention};

/// A stream of answers.
pub(crate) type Replies<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// What the calls share.
#[derive(Debug, Clone)]
pub(crate) struct StreamsService {
    pub(crate) engine: Arc<Engine>,
    pub(crate) max_append_bytes: usize,
    pub(crate) stopping: CancellationToken,
    allow_deletion: bool,
}

impl StreamsService {
    pub(crate) fn new(engine: &Arc<Engine>, config: &Config, stopping: &CancellationToken) -> Self {
        Self {
            engine: Arc::clone(engine),
            max_append_bytes: config.max_append_bytes,
            stopping: stopping.clone(),
            allow_deletion: config.allow_deletion,
        }
    }

    /// Metadata that hides events deletes by another name.
    pub(crate) fn keeps_history(&self, stream: &str, events: &[Proposed]) -> Result<(), Status> {
        let hides = |event: &Proposed| Retention::parse(&event.data) != Retention::default();
        if self.allow_deletion || !stream.starts_with("$$") || !events.iter().any(hides) {
            return Ok(());
        }
        Err(errors::deletion_refused())
    }

    async fn remove(&self, command: Command, action: &str) -> Result<Option<u64>, Status> {
        if !self.allow_deletion {
            return Err(errors::deletion_refused());
        }
        let written = self.engine.execute(command).await;
        written
            .map(|written| written.position)
            .map_err(|error| errors::status(&error, action))
    }
}

#[tonic::async_trait]
impl Streams for StreamsService {
    type ReadStream = Replies<ReadResp>;
    type BatchAppendStream = Replies<BatchAppendResp>;

    async fn read(&self, request: Request<ReadReq>) -> Result<Response<Self::ReadStream>, Status> {
        read::read(self, request.into_inner()).await.map(Response::new)
    }

    async fn append(&self, request: Request<Streaming<AppendReq>>) -> Result<Response<AppendResp>, Status> {
        append::append(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn batch_append(
        &self,
        request: Request<Streaming<BatchAppendReq>>,
    ) -> Result<Response<Self::BatchAppendStream>, Status> {
        Ok(Response::new(batch::batch_append(
            self.clone(),
            request.into_inner(),
        )))
    }

    async fn delete(&self, request: Request<DeleteReq>) -> Result<Response<DeleteResp>, Status> {
        use delete_req::options::ExpectedStreamRevision as Wanted;
        let options = request.into_inner().options.unwrap_or_default();
        let expected = match options.expected_stream_revision {
            Some(Wanted::Revision(revision)) => Expected::Revision(revision),
            Some(Wanted::NoStream(_)) => Expected::NoStream,
            Some(Wanted::StreamExists(_)) => Expected::StreamExists,
            Some(Wanted::Any(_)) => Expected::Any,
            None => return Err(missing_expectation()),
        };
        let stream = stream_in(options.stream_identifier)?;
        let command = Command::Delete { stream, expected };
        let position = self.remove(command, "Delete").await?;
        use delete_resp::{Position, PositionOption};
        Ok(Response::new(DeleteResp {
            position_option: Some(match position {
                Some(position) => PositionOption::Position(Position {
                    commit_position: position,
                    prepare_position: position,
                }),
                None => PositionOption::NoPosition(shared::Empty {}),
            }),
        }))
    }

    async fn tombstone(&self, request: Request<TombstoneReq>) -> Result<Response<TombstoneResp>, Status> {
        use tombstone_req::options::ExpectedStreamRevision as Wanted;
        let options = request.into_inner().options.unwrap_or_default();
        let expected = match options.expected_stream_revision {
            Some(Wanted::Revision(revision)) => Expected::Revision(revision),
            Some(Wanted::NoStream(_)) => Expected::NoStream,
            Some(Wanted::StreamExists(_)) => Expected::StreamExists,
            Some(Wanted::Any(_)) => Expected::Any,
            None => return Err(missing_expectation()),
        };
        let stream = stream_in(options.stream_identifier)?;
        let command = Command::Tombstone { stream, expected };
        let position = self.remove(command, "Tombstone").await?;
        use tombstone_resp::{Position, PositionOption};
        Ok(Response::new(TombstoneResp {
            position_option: Some(match position {
                Some(position) => PositionOption::Position(Position {
                    commit_position: position,
                    prepare_position: position,
                }),
                None => PositionOption::NoPosition(shared::Empty {}),
            }),
        }))
    }
}

/// The expectation is never guessed: a caller that names none is mistaken.
pub(crate) fn missing_expectation() -> Status {
    Status::invalid_argument("the expected stream revision is missing")
}
