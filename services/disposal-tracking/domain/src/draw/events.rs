//! What can happen to a draw, as stored and as published.

use super::Strata;
use decider::StoredEvent;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Facts of the stream `draw-<id>`. Everything in them is public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum DrawEvent {
    /// 抽签公告: the list is frozen while nobody can know the seed.
    #[serde(rename = "draw.announced.v1")]
    DrawAnnounced {
        round: u32,
        list: Strata,
        /// The list is that of the store at this commit position.
        position: u64,
        digest: String,
        percent: u8,
        at_least: u32,
        source: String,
        /// The seed is so many digits; absent in announcements from before it was fixed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digits: Option<u8>,
        seed_at: Timestamp,
    },
    /// 撤销抽签: nothing was chosen; the sites go on the next list.
    #[serde(rename = "draw.cancelled.v1")]
    DrawCancelled { round: u32, reason: String },
    /// 抽签结果: what follows from list and seed, and from nothing else.
    #[serde(rename = "draw.made.v1")]
    DrawMade {
        round: u32,
        seed: String,
        chosen: Strata,
    },
}

impl StoredEvent for DrawEvent {}
