//! A subscription to $all: from disk while behind, from the ring once live.

use std::convert::Infallible;

use tonic::Status;

use super::convert::{event_out, reply, timestamp_now};
use super::errors;
use super::filter::Filter;
use super::proto::event_store::client::streams::ReadResp;
use super::proto::event_store::client::streams::read_resp::{
    CaughtUp, Checkpoint, Content, FellBehind, Position,
};
use super::subscribe::{End, Link};
use crate::engine::{Direction, PAGE, Range, Record, TailRead};

/// How far the subscription has come.
pub(crate) struct FollowAll {
    pub(crate) link: Link,
    pub(crate) filter: Option<Filter>,
    /// The last position that was looked at, wanted or not.
    pub(crate) considered: u64,
    pub(crate) since_checkpoint: u64,
}

impl FollowAll {
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
