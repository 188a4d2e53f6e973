//! Subscriptions: everything from a point on, first from disk, then live from the ring.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tonic::Status;
use uuid::Uuid;

use super::convert::{IdForm, event_out, reply, timestamp_now};
use super::errors;
use super::filter::Filter;
use super::proto::event_store::client::streams::ReadResp;
use super::proto::event_store::client::streams::read_resp::{
    CaughtUp, Checkpoint, Content, FellBehind, Position, SubscriptionConfirmation,
};
use super::read::{From, Outlet};
use super::streams::StreamsService;
use crate::engine::{
    Direction, Engine, PAGE, Range, Record, StreamPage, TOMBSTONE_REVISION, TailRead, ticks_now,
};

/// Why a subscription ends.
enum End {
    /// The client went away.
    Gone,
    /// With this error.
    Status(Status),
}

impl std::convert::From<Status> for End {
    fn from(status: Status) -> Self {
        Self::Status(status)
    }
}

/// Starts a subscription to $all.
pub(crate) fn to_all(
    service: &StreamsService,
    from: From,
    filter: Option<Filter>,
    form: IdForm,
    outlet: Outlet,
) {
    let considered = match from {
        From::Start => 0,
        From::At(position) => position,
        From::End => service.engine.head(),
    };
    let follow = FollowAll {
        link: Link::new(service, outlet, form),
        filter,
        considered,
        since_checkpoint: 0,
    };
    tokio::spawn(follow.run());
}

/// Starts a subscription to one stream, unless that is deleted for ever.
pub(crate) async fn to_stream(
    service: &StreamsService,
    stream: Arc<str>,
    from: From,
    form: IdForm,
    outlet: Outlet,
) -> Result<(), Status> {
    // Read before the page: what comes later is found in the ring.
    let considered = service.engine.head();
    let newest = service
        .engine
        .readers()
        .stream(Arc::clone(&stream), u64::MAX, Direction::Backwards, 1)
        .await
        .map_err(|error| errors::status(&error, "Read"))?;
    let last = match newest {
        StreamPage::Deleted => return Err(errors::stream_deleted(&stream)),
        StreamPage::NotFound => None,
        StreamPage::Found(slice) => Some(slice.last),
    };
    let (next, live) = match from {
        From::Start => (0, false),
        From::At(revision) => (revision.saturating_add(1), false),
        From::End => (last.map_or(0, |last| last + 1), true),
    };
    let follow = FollowStream {
        link: Link::new(service, outlet, form),
        stream,
        next,
        considered: live.then_some(considered),
        last,
    };
    tokio::spawn(follow.run());
    Ok(())
}

/// What both kinds of subscription need to reach their client.
struct Link {
    engine: Arc<Engine>,
    head: watch::Receiver<u64>,
    stopping: CancellationToken,
    outlet: Outlet,
    form: IdForm,
    /// Whether the client was told that it is up to date.
    live: bool,
}

impl Link {
    fn new(service: &StreamsService, outlet: Outlet, form: IdForm) -> Self {
        Self {
            engine: Arc::clone(&service.engine),
            head: service.engine.tail().subscribe(),
            stopping: service.stopping.clone(),
            outlet,
            form,
            live: false,
        }
    }

    async fn confirm(&self) -> Result<(), End> {
        let subscription_id = subscription_id().to_string();
        let confirmation = SubscriptionConfirmation { subscription_id };
        self.send(vec![reply(Content::Confirmation(confirmation))]).await
    }

    /// Waits for room, but not beyond the end of the store.
    async fn send(&self, page: Vec<ReadResp>) -> Result<(), End> {
        if page.is_empty() {
            return self.check();
        }
        tokio::select! {
            biased;
            () = self.stopping.cancelled() => Err(End::Status(errors::stopping())),
            sent = self.outlet.send(Ok(page)) => sent.map_err(|_| End::Gone),
        }
    }

    fn check(&self) -> Result<(), End> {
        if self.stopping.is_cancelled() {
            return Err(End::Status(errors::stopping()));
        }
        if self.outlet.is_closed() {
            return Err(End::Gone);
        }
        Ok(())
    }

    /// Waits until there is more than `considered`.
    async fn more(&mut self, considered: u64) -> Result<(), End> {
        tokio::select! {
            () = self.stopping.cancelled() => Err(End::Status(errors::stopping())),
            () = self.outlet.closed() => Err(End::Gone),
            moved = self.head.wait_for(|head| *head > considered) => match moved {
                Ok(_) => Ok(()),
                Err(_) => Err(End::Status(errors::stopping())),
            },
        }
    }

    /// A subscription never ends without an error; a full outlet must not keep it from telling.
    async fn end(self, end: End) {
        if let End::Status(status) = end {
            tracing::debug!(%status, "a subscription ends");
            let _ = self.outlet.send(Err(status)).await;
        }
    }
}

/// Unique among the subscriptions of this process, which is all that clients use it for.
fn subscription_id() -> Uuid {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    Uuid::new_v8((u128::from(ticks_now() as u64) << 64 | u128::from(count)).to_be_bytes())
}

struct FollowAll {
    link: Link,
    filter: Option<Filter>,
    /// The last position that was looked at, wanted or not.
    considered: u64,
    since_checkpoint: u64,
}

impl FollowAll {
    async fn run(mut self) {
        let end = match self.follow().await {
            Ok(never) => match never {},
            Err(end) => end,
        };
        self.link.end(end).await;
    }

    async fn follow(&mut self) -> Result<std::convert::Infallible, End> {
        self.link.confirm().await?;
        loop {
            match self.link.engine.tail().after(self.considered, PAGE) {
                TailRead::Records(records) if records.is_empty() => {
                    if !self.link.live {
                        self.caught_up().await?;
                    }
                    self.link.more(self.considered).await?;
                }
                TailRead::Records(records) => {
                    let page = self.page(records.iter().map(AsRef::as_ref))?;
                    self.link.send(page).await?;
                }
                TailRead::Behind => {
                    if self.link.live {
                        self.fell_behind().await?;
                    }
                    let range = Range {
                        low: self.considered + 1,
                        high: self.link.engine.head(),
                        direction: Direction::Forwards,
                    };
                    let walked = self.link.engine.readers().all(range, PAGE).await;
                    let walked = walked.map_err(|error| errors::status(&error, "Read"))?;
                    let page = self.page(walked.records.iter())?;
                    self.link.send(page).await?;
                }
            }
        }
    }

    fn page<'a>(&mut self, records: impl Iterator<Item = &'a Record>) -> Result<Vec<ReadResp>, Status> {
        let mut page = Vec::new();
        for record in records {
            self.considered = record.position;
            let Some(filter) = &self.filter else {
                page.push(event_out(record, self.link.form));
                continue;
            };
            if filter.matches(record)? {
                page.push(event_out(record, self.link.form));
            }
            self.since_checkpoint += 1;
            if self.since_checkpoint >= filter.checkpoint_interval {
                self.since_checkpoint = 0;
                page.push(checkpoint(record.position));
            }
        }
        Ok(page)
    }

    async fn caught_up(&mut self) -> Result<(), End> {
        let mut page = Vec::new();
        if self.filter.is_some() && self.since_checkpoint > 0 {
            // Everything up to here was considered: a restart need not do it again.
            self.since_checkpoint = 0;
            page.push(checkpoint(self.considered));
        }
        page.push(reply(Content::CaughtUp(CaughtUp {
            timestamp: Some(timestamp_now()),
            stream_revision: None,
            position: position_out(self.considered),
        })));
        self.link.live = true;
        self.link.send(page).await
    }

    async fn fell_behind(&mut self) -> Result<(), End> {
        self.link.live = false;
        let page = vec![reply(Content::FellBehind(FellBehind {
            timestamp: Some(timestamp_now()),
            stream_revision: None,
            position: position_out(self.considered),
        }))];
        self.link.send(page).await
    }
}

fn checkpoint(position: u64) -> ReadResp {
    reply(Content::Checkpoint(Checkpoint {
        commit_position: position,
        prepare_position: position,
        timestamp: Some(timestamp_now()),
    }))
}

fn position_out(position: u64) -> Option<Position> {
    (position > 0).then_some(Position {
        commit_position: position,
        prepare_position: position,
    })
}

struct FollowStream {
    link: Link,
    stream: Arc<str>,
    /// The revision due next.
    next: u64,
    /// The last position that was looked at; `None`: read the stream from disk first.
    considered: Option<u64>,
    /// The last revision known of the stream.
    last: Option<u64>,
}

impl FollowStream {
    async fn run(mut self) {
        let end = match self.follow().await {
            Ok(never) => match never {},
            Err(end) => end,
        };
        self.link.end(end).await;
    }

    async fn follow(&mut self) -> Result<std::convert::Infallible, End> {
        self.link.confirm().await?;
        loop {
            let Some(considered) = self.considered else {
                self.read_disk().await?;
                continue;
            };
            match self.link.engine.tail().after(considered, PAGE) {
                TailRead::Records(records) => match records.last() {
                    Some(newest) => {
                        self.considered = Some(newest.position);
                        let (page, deleted) = self.pick(records.iter().map(AsRef::as_ref));
                        self.link.send(page).await?;
                        if deleted {
                            return Err(End::Status(errors::stream_deleted(&self.stream)));
                        }
                    }
                    None => {
                        if !self.link.live {
                            self.caught_up().await?;
                        }
                        self.link.more(considered).await?;
                    }
                },
                TailRead::Behind => {
                    if self.link.live {
                        self.fell_behind().await?;
                    }
                    self.considered = None;
                }
            }
        }
    }

    /// One page by revision. At its end the ring takes over, from the head read beforehand.
    async fn read_disk(&mut self) -> Result<(), End> {
        let head = self.link.engine.head();
        let stream = Arc::clone(&self.stream);
        let readers = self.link.engine.readers();
        let page = readers
            .stream(stream, self.next, Direction::Forwards, PAGE)
            .await
            .map_err(|error| errors::status(&error, "Read"))?;
        match page {
            StreamPage::Deleted => Err(End::Status(errors::stream_deleted(&self.stream))),
            StreamPage::NotFound => {
                self.considered = Some(head);
                Ok(())
            }
            StreamPage::Found(slice) => {
                let (page, _) = self.pick(slice.records.iter());
                self.last = self.last.max(Some(slice.last));
                match slice.next {
                    Some(next) => self.next = next,
                    None => self.considered = Some(head),
                }
                self.link.send(page).await
            }
        }
    }

    /// The events that are due, and whether the stream was ended for ever.
    fn pick<'a>(&mut self, records: impl Iterator<Item = &'a Record>) -> (Vec<ReadResp>, bool) {
        let mut page = Vec::new();
        for record in records {
            if record.stream != self.stream {
                continue;
            }
            if record.revision == TOMBSTONE_REVISION {
                return (page, true);
            }
            if record.revision >= self.next {
                self.next = record.revision + 1;
                self.last = Some(record.revision);
                page.push(event_out(record, self.link.form));
            }
        }
        (page, false)
    }

    async fn caught_up(&mut self) -> Result<(), End> {
        self.link.live = true;
        let page = vec![reply(Content::CaughtUp(CaughtUp {
            timestamp: Some(timestamp_now()),
            stream_revision: self.revision_out(),
            position: None,
        }))];
        self.link.send(page).await
    }

    async fn fell_behind(&mut self) -> Result<(), End> {
        self.link.live = false;
        let page = vec![reply(Content::FellBehind(FellBehind {
            timestamp: Some(timestamp_now()),
            stream_revision: self.revision_out(),
            position: None,
        }))];
        self.link.send(page).await
    }

    fn revision_out(&self) -> Option<i64> {
        self.last.and_then(|last| i64::try_from(last).ok())
    }
}
