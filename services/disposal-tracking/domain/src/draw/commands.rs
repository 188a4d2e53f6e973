//! What may be asked of a draw.

use super::Strata;
use jiff::Timestamp;
use serde::Deserialize;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum DrawCommand {
    Announce(AnnounceDraw),
    Cancel(CancelDraw),
    Make(MakeDraw),
}

/// Freeze the list and say where the seed will come from, before anybody can know it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnounceDraw {
    /// Share of each county's sites, 1 to 100.
    pub percent: u8,
    /// So many of each county's sites in any case, if there are so many.
    #[serde(default)]
    pub at_least: u32,
    /// The public number that the seed will be, e.g. `2020年8月3日双色球开奖号码`.
    pub source: String,
    /// So many digits that number has: there is one way to write it, and none to choose among.
    pub digits: u8,
    /// When that number becomes known.
    pub seed_at: Timestamp,
    /// The list is at least that of this commit position, e.g. of the closing that is to be on it.
    #[serde(default)]
    pub from_position: u64,
    /// What the store held at a position, filled in by the service.
    #[serde(skip)]
    pub frozen: Frozen,
}

/// What the service knows and nobody may choose.
#[derive(Clone, Debug, Default)]
pub struct Frozen {
    /// Every closed disposal that waits for its first check, by county.
    pub list: Strata,
    /// Everything in the store up to here has been looked at.
    pub position: u64,
    /// 1 for the first draw of the campaign.
    pub round: u32,
    /// Another draw is announced and not made yet.
    pub another_is_open: bool,
}

/// Call it off: the number that was announced will never become known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelDraw {
    /// Public.
    pub reason: String,
}

/// Enter the number that has become known: its digits one after the other, nothing between them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeDraw {
    pub seed: String,
}
