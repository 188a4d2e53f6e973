//! Read: pages of a stream or of $all, until the count or the end is reached.

use std::sync::Arc;

use futures::StreamExt;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use super::convert::{IdForm, event_out, reply, stream_in, stream_out};
use super::errors;
use super::filter::Filter;
use super::proto::event_store::client::streams::read_req::options::{
    AllOptions, CountOption, FilterOption, ReadDirection, StreamOption, StreamOptions, all_options,
    stream_options, uuid_option,
};
use super::proto::event_store::client::streams::read_resp::{Content, StreamNotFound};
use super::proto::event_store::client::streams::{ReadReq, ReadResp, read_req};
use super::streams::{Replies, StreamsService};
use super::subscribe;
use crate::engine::{Direction, Engine, PAGE, Range, Slice, StreamPage};
use crate::error::StoreError;

/// How many pages may wait for a slow client.
const PAGES_AHEAD: usize = 2;

/// Pages of answers on their way to the client.
pub(crate) type Outlet = mpsc::Sender<Result<Vec<ReadResp>, Status>>;

/// Where a read or a subscription starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Start,
    At(u64),
    End,
}

/// Answers a read, or starts a subscription. Fails before the first message if it can, so that
/// the client's call itself fails.
pub(crate) async fn read(service: &StreamsService, request: ReadReq) -> Result<Replies<ReadResp>, Status> {
    let options = request.options.unwrap_or_default();
    let form = id_form(&options);
    let direction = match options.read_direction() {
        ReadDirection::Forwards => Direction::Forwards,
        ReadDirection::Backwards => Direction::Backwards,
    };
    let filter = match options.filter_option {
        Some(FilterOption::Filter(filter)) => Some(Filter::parse(filter)?),
        Some(FilterOption::NoFilter(_)) | None => None,
    };
    let compatibility = options.control_option.map_or(0, |o| o.compatibility);
    let count = match options.count_option {
        Some(CountOption::Count(count)) => Some(count),
        Some(CountOption::Subscription(_)) => None,
        None => return Err(Status::invalid_argument("the count is missing")),
    };
    let (outlet, receiver) = mpsc::channel(PAGES_AHEAD);
    match (options.stream_option, count) {
        (Some(StreamOption::Stream(stream)), Some(count)) => {
            let reader = StreamReader {
                engine: Arc::clone(&service.engine),
                from: from_revision(&stream),
                stream: stream_in(stream.stream_identifier)?,
                direction,
                remaining: count,
                form,
                tell_bounds: compatibility >= 1,
            };
            reader.start(outlet).await?;
        }
        (Some(StreamOption::All(all)), Some(count)) => {
            let reader = AllReader {
                range: all_range(from_position(&all), direction, service.engine.head()),
                engine: Arc::clone(&service.engine),
                remaining: count,
                filter,
                form,
            };
            reader.start(outlet).await?;
        }
        (Some(StreamOption::Stream(stream)), None) => {
            let from = from_revision(&stream);
            let stream = stream_in(stream.stream_identifier)?;
            subscribe::to_stream(service, stream, from, form, outlet).await?;
        }
        (Some(StreamOption::All(all)), None) => {
            subscribe::to_all(service, from_position(&all), filter, form, outlet)?;
        }
        (None, _) => return Err(Status::invalid_argument("the stream is missing")),
    }
    Ok(replies(receiver))
}

fn replies(receiver: mpsc::Receiver<Result<Vec<ReadResp>, Status>>) -> Replies<ReadResp> {
    let pages = ReceiverStream::new(receiver);
    Box::pin(pages.flat_map(|page| {
        let (page, error) = match page {
            Ok(page) => (page, None),
            Err(status) => (Vec::new(), Some(Err(status))),
        };
        futures::stream::iter(page.into_iter().map(Ok).chain(error))
    }))
}

fn id_form(options: &read_req::Options) -> IdForm {
    match options.uuid_option.and_then(|option| option.content) {
        Some(uuid_option::Content::String(_)) => IdForm::Text,
        Some(uuid_option::Content::Structured(_)) | None => IdForm::Structured,
    }
}

fn from_revision(options: &StreamOptions) -> From {
    match options.revision_option {
        Some(stream_options::RevisionOption::Revision(revision)) => From::At(revision),
        Some(stream_options::RevisionOption::End(_)) => From::End,
        Some(stream_options::RevisionOption::Start(_)) | None => From::Start,
    }
}

fn from_position(options: &AllOptions) -> From {
    match options.all_option {
        Some(all_options::AllOption::Position(position)) => From::At(position.commit_position),
        Some(all_options::AllOption::End(_)) => From::End,
        Some(all_options::AllOption::Start(_)) | None => From::Start,
    }
}

fn all_range(from: From, direction: Direction, head: u64) -> Range {
    let (low, high) = match (direction, from) {
        (Direction::Forwards, From::Start) => (1, head),
        (Direction::Forwards, From::At(position)) => (position.max(1), head),
        (Direction::Forwards, From::End) => (head + 1, head),
        (Direction::Backwards, From::Start) => (1, 0),
        (Direction::Backwards, From::At(position)) => (1, position.min(head)),
        (Direction::Backwards, From::End) => (1, head),
    };
    Range { low, high, direction }
}

/// A read of $all, up to where it ended when the read began.
struct AllReader {
    engine: Arc<Engine>,
    range: Range,
    remaining: u64,
    filter: Option<Filter>,
    form: IdForm,
}

impl AllReader {
    async fn start(mut self, outlet: Outlet) -> Result<(), Status> {
        let (page, more) = self.page().await?;
        tokio::spawn(async move {
            let (mut page, mut more) = (page, more);
            while outlet.send(Ok(page)).await.is_ok() && more {
                (page, more) = match self.page().await {
                    Ok(next) => next,
                    Err(status) => {
                        let _ = outlet.send(Err(status)).await;
                        return;
                    }
                };
            }
        });
        Ok(())
    }

    async fn page(&mut self) -> Result<(Vec<ReadResp>, bool), Status> {
        // With a filter nobody knows how many must be read to find that many.
        let limit = match self.filter {
            Some(_) => PAGE,
            None => limit_of(self.remaining),
        };
        let walked = self.engine.readers().all(self.range, limit).await;
        let walked = walked.map_err(|error| errors::status(&error, "Read"))?;
        let mut page = Vec::with_capacity(walked.records.len());
        for record in &walked.records {
            let wanted = match &self.filter {
                Some(filter) => filter.matches(record)?,
                None => true,
            };
            if wanted && self.remaining > 0 {
                self.remaining -= 1;
                page.push(event_out(record, self.form));
            }
        }
        if let Some(next) = walked.next {
            match self.range.direction {
                Direction::Forwards => self.range.low = next,
                Direction::Backwards => self.range.high = next,
            }
        }
        Ok((page, walked.next.is_some() && self.remaining > 0))
    }
}

fn limit_of(remaining: u64) -> usize {
    usize::try_from(remaining).unwrap_or(PAGE).min(PAGE)
}

/// A read of one stream, up to where it ended when the read began.
struct StreamReader {
    engine: Arc<Engine>,
    stream: Arc<str>,
    from: From,
    direction: Direction,
    remaining: u64,
    form: IdForm,
    tell_bounds: bool,
}

impl StreamReader {
    async fn start(mut self, outlet: Outlet) -> Result<(), Status> {
        let from = match self.from {
            From::Start => 0,
            From::At(revision) => revision,
            From::End => u64::MAX,
        };
        let slice = match self.fetch(from).await? {
            StreamPage::Found(slice) => slice,
            StreamPage::Deleted => return Err(errors::stream_deleted(&self.stream)),
            StreamPage::NotFound => {
                let not_found = StreamNotFound {
                    stream_identifier: Some(stream_out(&self.stream)),
                };
                // The outlet was made with room for it.
                let _ = outlet.try_send(Ok(vec![reply(Content::StreamNotFound(not_found))]));
                return Ok(());
            }
        };
        tokio::spawn(async move {
            if let Err(status) = self.deliver(slice, from, &outlet).await {
                let _ = outlet.send(Err(status)).await;
            }
        });
        Ok(())
    }

    async fn fetch(&self, from: u64) -> Result<StreamPage, Status> {
        let limit = limit_of(self.remaining);
        let stream = Arc::clone(&self.stream);
        let readers = self.engine.readers();
        let page = readers.stream(stream, from, self.direction, limit).await;
        page.map_err(|error: StoreError| errors::status(&error, "Read"))
    }

    async fn deliver(&mut self, mut slice: Slice, from: u64, outlet: &Outlet) -> Result<(), Status> {
        let end = slice.last;
        let forwards = self.direction == Direction::Forwards;
        let mut page = Vec::new();
        if self.tell_bounds && forwards && from < slice.first && slice.first <= end {
            page.push(reply(Content::FirstStreamPosition(slice.first)));
        }
        loop {
            self.remaining -= (slice.records.len() as u64).min(self.remaining);
            let records = slice.records.iter();
            page.extend(records.map(|record| event_out(record, self.form)));
            let next = slice.next.filter(|next| *next <= end && self.remaining > 0);
            if next.is_none() && self.tell_bounds && forwards && slice.next.is_none() {
                page.push(reply(Content::LastStreamPosition(end)));
            }
            if outlet.send(Ok(page)).await.is_err() {
                return Ok(());
            }
            let Some(next) = next else {
                return Ok(());
            };
            slice = match self.fetch(next).await? {
                StreamPage::Found(slice) => slice,
                StreamPage::Deleted => return Err(errors::stream_deleted(&self.stream)),
                StreamPage::NotFound => return Ok(()),
            };
            page = Vec::new();
        }
    }
}
