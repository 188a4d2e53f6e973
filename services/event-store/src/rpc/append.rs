//! Append: gathers one call's events and writes them as one.

use tonic::{Status, Streaming};

use super::convert::{proposed_in, stream_in};
use super::errors;
use super::proto::event_store::client as shared;
use super::proto::event_store::client::streams::append_req::options::ExpectedStreamRevision;
use super::proto::event_store::client::streams::append_req::{Content, Options};
use super::proto::event_store::client::streams::append_resp::wrong_expected_version::{
    CurrentRevisionOption, CurrentRevisionOption2060, ExpectedRevisionOption, ExpectedRevisionOption2060,
};
use super::proto::event_store::client::streams::append_resp::{
    Position, Result as Outcome, Success, WrongExpectedVersion, success,
};
use super::proto::event_store::client::streams::{AppendReq, AppendResp};
use super::streams::{StreamsService, missing_expectation};
use crate::engine::{Expected, Proposed, Written};
use crate::error::StoreError;

/// Reads the options, then the events, then appends.
pub(crate) async fn append(
    service: &StreamsService,
    mut request: Streaming<AppendReq>,
) -> Result<AppendResp, Status> {
    let first = request.message().await?.and_then(|message| message.content);
    let Some(Content::Options(options)) = first else {
        return Err(Status::invalid_argument("the first message must be the options"));
    };
    let expected = expected_in(&options)?;
    let stream = stream_in(options.stream_identifier)?;
    let events = events(&mut request, service.max_append_bytes).await?;
    service.keeps_history(&stream, &events)?;
    match service.engine.append(stream, expected, events).await {
        Ok(written) => Ok(answer(Outcome::Success(success_out(written)))),
        Err(StoreError::WrongExpectedVersion {
            expected, current, ..
        }) => Ok(answer(Outcome::WrongExpectedVersion(wrong_out(
            expected, current,
        )))),
        Err(error) => Err(errors::status(&error, "Append")),
    }
}

async fn events(request: &mut Streaming<AppendReq>, limit: usize) -> Result<Vec<Proposed>, Status> {
    let mut events = Vec::new();
    let mut bytes = 0;
    while let Some(message) = request.message().await? {
        let Some(Content::ProposedMessage(proposed)) = message.content else {
            return Err(Status::invalid_argument("an event was due"));
        };
        let event = proposed_in(proposed)?;
        bytes += event.data.len() + event.metadata.len();
        if bytes > limit {
            return Err(errors::append_too_large(limit));
        }
        events.push(event);
    }
    Ok(events)
}

fn expected_in(options: &Options) -> Result<Expected, Status> {
    match options.expected_stream_revision {
        Some(ExpectedStreamRevision::Revision(revision)) => Ok(Expected::Revision(revision)),
        Some(ExpectedStreamRevision::NoStream(_)) => Ok(Expected::NoStream),
        Some(ExpectedStreamRevision::Any(_)) => Ok(Expected::Any),
        Some(ExpectedStreamRevision::StreamExists(_)) => Ok(Expected::StreamExists),
        None => Err(missing_expectation()),
    }
}

fn answer(result: Outcome) -> AppendResp {
    AppendResp { result: Some(result) }
}

fn success_out(written: Written) -> Success {
    use success::{CurrentRevisionOption, PositionOption};
    Success {
        current_revision_option: Some(match written.revision {
            Some(revision) => CurrentRevisionOption::CurrentRevision(revision),
            None => CurrentRevisionOption::NoStream(shared::Empty {}),
        }),
        position_option: Some(match written.position {
            Some(position) => PositionOption::Position(Position {
                commit_position: position,
                prepare_position: position,
            }),
            None => PositionOption::NoPosition(shared::Empty {}),
        }),
    }
}

/// Old and new clients read different fields, and panic if theirs are empty.
fn wrong_out(expected: Expected, current: Option<u64>) -> WrongExpectedVersion {
    let nothing = shared::Empty {};
    let (current_old, current_new) = match current {
        Some(revision) => (
            CurrentRevisionOption2060::CurrentRevision2060(revision),
            CurrentRevisionOption::CurrentRevision(revision),
        ),
        None => (
            CurrentRevisionOption2060::NoStream2060(nothing),
            CurrentRevisionOption::CurrentNoStream(nothing),
        ),
    };
    let (expected_old, expected_new) = match expected {
        Expected::Revision(revision) => (
            Some(ExpectedRevisionOption2060::ExpectedRevision2060(revision)),
            ExpectedRevisionOption::ExpectedRevision(revision),
        ),
        Expected::Any => (
            Some(ExpectedRevisionOption2060::Any2060(nothing)),
            ExpectedRevisionOption::ExpectedAny(nothing),
        ),
        Expected::StreamExists => (
            Some(ExpectedRevisionOption2060::StreamExists2060(nothing)),
            ExpectedRevisionOption::ExpectedStreamExists(nothing),
        ),
        // The old fields have no word for it.
        Expected::NoStream => (None, ExpectedRevisionOption::ExpectedNoStream(nothing)),
    };
    WrongExpectedVersion {
        current_revision_option_20_6_0: Some(current_old),
        expected_revision_option_20_6_0: expected_old,
        current_revision_option: Some(current_new),
        expected_revision_option: Some(expected_new),
    }
}
