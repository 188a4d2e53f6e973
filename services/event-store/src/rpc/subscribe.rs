//! Subscriptions: where they start, how they reach their client, how they end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tonic::Status;
use uuid::Uuid;

use super::convert::{IdForm, reply};
use super::errors;
use super::filter::Filter;
use super::follow_all::FollowAll;
use super::follow_stream::FollowStream;
use super::proto::event_store::client::streams::ReadResp;
use super::proto::event_store::client::streams::read_resp::{Content, SubscriptionConfirmation};
use super::read::{From, Outlet};
use super::streams::StreamsService;
use crate::engine::{Direction, Engine, StreamPage, ticks_now};

/// The highest position there can be.
const LAST_POSITION: u64 = i64::MAX as u64;

/// Why a subscription ends.
pub(crate) enum End {
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
) -> Result<(), Status> {
    let head = service.engine.head();
    let considered = match from {
        From::Start => 0,
        // How some clients write "the end".
        From::At(position) if position >= LAST_POSITION => head,
        From::At(position) if position > head => return Err(errors::never_given(position, head)),
        From::At(position) => position,
        From::End => head,
    };
    let follow = FollowAll {
        link: Link::new(service, outlet, form),
        filter,
        considered,
        since_checkpoint: 0,
    };
    tokio::spawn(follow.run());
    Ok(())
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
pub(crate) struct Link {
    pub(crate) engine: Arc<Engine>,
    head: watch::Receiver<u64>,
    stopping: CancellationToken,
    outlet: Outlet,
    pub(crate) form: IdForm,
    /// Whether the client was told that it is up to date.
    pub(crate) live: bool,
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

    /// The first message of every subscription.
    pub(crate) async fn confirm(&self) -> Result<(), End> {
        let subscription_id = subscription_id().to_string();
        let confirmation = SubscriptionConfirmation { subscription_id };
        self.send(vec![reply(Content::Confirmation(confirmation))]).await
    }

    /// Waits for room, but not beyond the end of the store.
    pub(crate) async fn send(&self, page: Vec<ReadResp>) -> Result<(), End> {
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
    pub(crate) async fn more(&mut self, considered: u64) -> Result<(), End> {
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
    pub(crate) async fn end(self, end: End) {
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
