//! The time, and the lead that a demonstration's clock has over it.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The current time of the campaign. Real, unless simulation is configured and somebody moved it forward.
#[derive(Clone, Debug)]
pub struct Clock {
    lead_seconds: Arc<AtomicI64>,
    simulated: bool,
}

impl Clock {
    pub fn new(simulated: bool) -> Self {
        Self {
            lead_seconds: Arc::default(),
            simulated,
        }
    }
    pub fn now(&self) -> Timestamp {
        let lead = if self.simulated {
            self.lead_seconds.load(Ordering::Relaxed)
        } else {
            0
        };
        Timestamp::now() + SignedDuration::from_secs(lead)
    }
    /// Whether the clock may be moved at all; never in production.
    pub fn is_simulated(&self) -> bool {
        self.simulated
    }
    pub(crate) fn set_lead_seconds(&self, seconds: i64) {
        self.lead_seconds.store(seconds, Ordering::Relaxed);
    }
}
