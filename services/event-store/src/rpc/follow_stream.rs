//! A subscription to one stream: by revision from disk, then from the ring once live.

use std::convert::Infallible;
use std::sync::Arc;

use super::convert::{event_out, reply, timestamp_now};
use super::errors;
use super::proto::event_store::client::streams::ReadResp;
use super::proto::event_store::client::streams::read_resp::{CaughtUp, Content, FellBehind};
use super::subscribe::{End, Link};
use crate::engine::{Direction, PAGE, Record, StreamPage, TOMBSTONE_REVISION, TailRead};

/// How far the subscription has come.
pub(crate) struct FollowStream {
    pub(crate) link: Link,
    pub(crate) stream: Arc<str>,
    /// The revision due next.
    pub(crate) next: u64,
    /// The last position that was looked at; `None`: read the stream from disk first.
    pub(crate) considered: Option<u64>,
    /// The last revision known of the stream.
    pub(crate) last: Option<u64>,
}

impl FollowStream {
    /// Delivers until the client or the store goes away.
    pub(crate) async fn run(mut self) {
        let end = match self.follow().await {
            Ok(never) => match never {},
            Err(end) => end,
        };
        self.link.end(end).await;
    }

    async fn follow(&mut self) -> Result<Infallible, End> {
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
