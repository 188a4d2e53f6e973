//! BatchAppend: many appends over one call, each answered on its own.

use std::collections::HashMap;

use prost_types::Any;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status, Streaming};
use uuid::Uuid;

use super::convert::{proposed_in, stream_in, stream_out, uuid_in};
use super::errors;
use super::proto::event_store::client as shared;
use super::proto::event_store::client::streams::batch_append_req::{
    Options, ProposedMessage, options::ExpectedStreamPosition as Wanted,
};
use super::proto::event_store::client::streams::batch_append_resp::{
    ExpectedStreamPosition, Result as Outcome, Success, success,
};
use super::proto::event_store::client::streams::{BatchAppendReq, BatchAppendResp, append_req};
use super::proto::google::rpc::Status as RpcStatus;
use super::streams::{Replies, StreamsService, missing_expectation};
use crate::engine::{Command, Expected, Proposed, Written, wait_for};
use crate::error::StoreError;

/// How many appends of one call may be incomplete at once.
const MAX_OPEN: usize = 256;
/// How many answers may wait for a slow client.
const ANSWERS: usize = 256;

/// One append that is being gathered.
struct Open {
    correlation: Option<shared::Uuid>,
    identifier: Option<shared::StreamIdentifier>,
    expected: Result<Expected, Status>,
    events: Result<Vec<Proposed>, Refusal>,
    bytes: usize,
}

/// Why one append of the call fails; the call itself goes on.
enum Refusal {
    Status(Status),
    TooLarge(usize),
    Store(StoreError),
}

/// Serves one call until the client closes it or the store stops.
pub(crate) fn batch_append(
    service: StreamsService,
    mut request: Streaming<BatchAppendReq>,
) -> Replies<BatchAppendResp> {
    let (answers, receiver) = mpsc::channel(ANSWERS);
    tokio::spawn(async move {
        let mut open = HashMap::new();
        loop {
            let message = tokio::select! {
                message = request.message() => message,
                () = service.stopping.cancelled() => Err(errors::stopping()),
                () = answers.closed() => return,
            };
            let status = match message {
                Ok(Some(part)) => match take(&service, &mut open, part) {
                    Ok(None) => continue,
                    Ok(Some(complete)) => {
                        finish(&service, complete, &answers);
                        continue;
                    }
                    Err(status) => status,
                },
                Ok(None) => return,
                Err(status) => status,
            };
            let _ = answers.send(Err(status)).await;
            return;
        }
    });
    Box::pin(ReceiverStream::new(receiver))
}

/// Adds a part; returns the append once it is complete.
fn take(
    service: &StreamsService,
    open: &mut HashMap<Uuid, Open>,
    part: BatchAppendReq,
) -> Result<Option<Open>, Status> {
    let correlation = uuid_in(part.correlation_id.clone())?;
    if let Some(options) = part.options {
        if open.len() >= MAX_OPEN {
            return Err(Status::resource_exhausted("too many incomplete appends"));
        }
        open.insert(correlation, Open::new(part.correlation_id, options));
    }
    let Some(append) = open.get_mut(&correlation) else {
        return Err(Status::invalid_argument("an append has no options"));
    };
    append.add(part.proposed_messages, service.max_append_bytes);
    Ok(if part.is_final {
        open.remove(&correlation)
    } else {
        None
    })
}

impl Open {
    fn new(correlation: Option<shared::Uuid>, options: Options) -> Self {
        let expected = match options.expected_stream_position {
            Some(Wanted::StreamPosition(revision)) => Ok(Expected::Revision(revision)),
            Some(Wanted::NoStream(())) => Ok(Expected::NoStream),
            Some(Wanted::Any(())) => Ok(Expected::Any),
            Some(Wanted::StreamExists(())) => Ok(Expected::StreamExists),
            None => Err(missing_expectation()),
        };
        Self {
            correlation,
            identifier: options.stream_identifier,
            expected,
            events: Ok(Vec::new()),
            bytes: 0,
        }
    }

    fn add(&mut self, messages: Vec<ProposedMessage>, limit: usize) {
        for message in messages {
            let Ok(events) = &mut self.events else {
                return;
            };
            self.bytes += message.data.len() + message.custom_metadata.len();
            let event = proposed_in(append_req::ProposedMessage {
                id: message.id,
                metadata: message.metadata,
                custom_metadata: message.custom_metadata,
                data: message.data,
            });
            match event {
                Ok(_) if self.bytes > limit => self.events = Err(Refusal::TooLarge(limit)),
                Ok(event) => events.push(event),
                Err(status) => self.events = Err(Refusal::Status(status)),
            }
        }
    }
}

/// Queues a complete append at once, so that appends of one call commit in their order, and
/// answers when it is done.
fn finish(service: &StreamsService, append: Open, answers: &mpsc::Sender<Result<BatchAppendResp, Status>>) {
    let Open {
        correlation,
        identifier,
        expected,
        events,
        ..
    } = append;
    let expectation = expected.as_ref().ok().copied();
    let queued = expected
        .map_err(Refusal::Status)
        .and_then(|expected| {
            let stream = stream_in(identifier.clone()).map_err(Refusal::Status)?;
            let events = events?;
            service.keeps_history(&stream, &events).map_err(Refusal::Status)?;
            Ok(Command::Append {
                stream,
                expected,
                events,
            })
        })
        .and_then(|command| service.engine.submit(command).map_err(Refusal::Store));
    let answers = answers.clone();
    tokio::spawn(async move {
        let answer = match queued {
            Ok(waiting) => wait_for(waiting).await.map_err(Refusal::Store),
            Err(refusal) => Err(refusal),
        };
        let response = BatchAppendResp {
            correlation_id: correlation,
            stream_identifier: Some(identifier.unwrap_or_default()),
            expected_stream_position: expectation.map(expected_out),
            result: Some(match answer {
                Ok(written) => Outcome::Success(success_out(written)),
                Err(refusal) => Outcome::Error(refusal.into_status()),
            }),
        };
        let _ = answers.send(Ok(response)).await;
    });
}

fn expected_out(expected: Expected) -> ExpectedStreamPosition {
    match expected {
        Expected::Revision(revision) => ExpectedStreamPosition::StreamPosition(revision),
        Expected::NoStream => ExpectedStreamPosition::NoStream(()),
        Expected::Any => ExpectedStreamPosition::Any(()),
        Expected::StreamExists => ExpectedStreamPosition::StreamExists(()),
    }
}

fn success_out(written: Written) -> Success {
    use success::{CurrentRevisionOption, PositionOption};
    Success {
        current_revision_option: Some(match written.revision {
            Some(revision) => CurrentRevisionOption::CurrentRevision(revision),
            None => CurrentRevisionOption::NoStream(()),
        }),
        position_option: Some(match written.position {
            Some(position) => PositionOption::Position(shared::AllStreamPosition {
                commit_position: position,
                prepare_position: position,
            }),
            None => PositionOption::NoPosition(()),
        }),
    }
}

impl Refusal {
    /// Here errors are messages, with codes of their own and a detail that names the kind.
    fn into_status(self) -> RpcStatus {
        match self {
            Self::Status(status) if status.code() == Code::PermissionDenied => rpc_status(
                Code::PermissionDenied,
                status.message().to_owned(),
                detail_of("AccessDenied", &shared::AccessDenied {}),
            ),
            Self::Status(status) => {
                let message = status.message().to_owned();
                let detail = shared::BadRequest {
                    message: message.clone(),
                };
                rpc_status(Code::InvalidArgument, message, detail_of("BadRequest", &detail))
            }
            Self::TooLarge(limit) => {
                let detail = shared::MaximumAppendSizeExceeded {
                    max_append_size: u32::try_from(limit).unwrap_or(u32::MAX),
                };
                rpc_status(
                    Code::InvalidArgument,
                    errors::append_too_large_text(limit),
                    detail_of("MaximumAppendSizeExceeded", &detail),
                )
            }
            Self::Store(error) => store_status(&error),
        }
    }
}

fn store_status(error: &StoreError) -> RpcStatus {
    let unknown = detail_of("Unknown", &shared::Unknown {});
    match error {
        StoreError::WrongExpectedVersion {
            stream,
            expected,
            current,
        } => {
            let detail = wrong_expected_detail(*expected, *current);
            rpc_status(
                Code::AlreadyExists,
                errors::wrong_expected_text("Append", stream, *expected, *current),
                detail_of("WrongExpectedVersion", &detail),
            )
        }
        StoreError::StreamDeleted { stream } => {
            let detail = shared::StreamDeleted {
                stream_identifier: Some(stream_out(stream)),
            };
            rpc_status(
                Code::NotFound,
                error.to_string(),
                detail_of("StreamDeleted", &detail),
            )
        }
        StoreError::DataLoss { .. } => rpc_status(Code::DataLoss, error.to_string(), unknown),
        StoreError::Unavailable { .. } => rpc_status(Code::Unavailable, error.to_string(), unknown),
        StoreError::Overloaded { .. } => rpc_status(Code::ResourceExhausted, error.to_string(), unknown),
    }
}

fn wrong_expected_detail(expected: Expected, current: Option<u64>) -> shared::WrongExpectedVersion {
    use shared::wrong_expected_version::{
        CurrentStreamRevisionOption as Current, ExpectedStreamPositionOption as Wanted,
    };
    shared::WrongExpectedVersion {
        current_stream_revision_option: Some(match current {
            Some(revision) => Current::CurrentStreamRevision(revision),
            None => Current::CurrentNoStream(()),
        }),
        expected_stream_position_option: Some(match expected {
            Expected::Revision(revision) => Wanted::ExpectedStreamPosition(revision),
            Expected::Any => Wanted::ExpectedAny(()),
            Expected::StreamExists => Wanted::ExpectedStreamExists(()),
            Expected::NoStream => Wanted::ExpectedNoStream(()),
        }),
    }
}

fn detail_of(name: &str, message: &impl prost::Message) -> Any {
    Any {
        type_url: format!("type.googleapis.com/event_store.client.{name}"),
        value: message.encode_to_vec(),
    }
}

fn rpc_status(code: Code, message: String, details: Any) -> RpcStatus {
    RpcStatus {
        code: code as i32,
        message,
        details: Some(details),
    }
}
