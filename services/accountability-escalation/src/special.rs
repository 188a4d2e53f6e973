//! Watches the numbers of all units and opens special supervision where they reach the thresholds, by rule.

use crate::tally::{SharedTally, Tally};
use accountability_domain::{
    Accountability, AccountabilityCommand, AccountabilityState, OpenSpecialSupervision, SeenNumbers,
};
use jiff::civil::Date;
use jurisdiction::{Actor, Jurisdiction, UnitCode, campaign_time};
use platform::{Context, Envelope, derived_command, execute};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;
use uuid::Uuid;

/// The policy by which it is opened.
pub const OPENS: &str = "accountability-escalation/numbers-open-special-supervision";
/// All numbers are worked out together, and not oftener than this.
const BETWEEN_LOOKS: Duration = Duration::from_millis(300);
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The tally, and what is under way because of it.
pub(crate) struct Watch {
    context: Context,
    tally: SharedTally,
    changed: bool,
    /// Thresholds that were decided for a day come into force with it, and no fact says so.
    looked_on: Option<Date>,
    not_before: Instant,
    under_way: BTreeSet<UnitCode>,
    work: JoinSet<UnitCode>,
}

impl Watch {
    pub(crate) fn new(context: Context, tally: SharedTally) -> Self {
        Self {
            context,
            tally,
            changed: true,
            looked_on: None,
            not_before: Instant::now(),
            under_way: BTreeSet::new(),
            work: JoinSet::new(),
        }
    }

    /// Takes in what a stream now amounts to.
    pub(crate) fn take(&mut self, stream: &str, state: &AccountabilityState) {
        self.changed |= self.tally.write(|tally| tally.take(stream, state));
    }
    /// From now on the numbers are whole.
    pub(crate) fn caught_up(&self) {
        self.tally.complete();
    }
    /// Thresholds or units may be others now.
    pub(crate) fn look_again(&mut self) {
        self.changed = true;
    }
    /// How long until there is something to look at.
    pub(crate) fn next_look(&self) -> Option<Duration> {
        (self.changed && !self.tally.read(Tally::waits))
            .then(|| self.not_before.saturating_duration_since(Instant::now()))
    }

    /// Waits for an opening to end; for ever if there is none.
    pub(crate) async fn done(&mut self) {
        match self.work.join_next().await {
            Some(Ok(unit)) => {
                self.under_way.remove(&unit);
                // If it failed, the numbers still say so.
                self.changed = true;
            }
            Some(Err(error)) => tracing::error!(%error, "an opening of special supervision was lost"),
            None => std::future::pending().await,
        }
    }

    /// Opens special supervision wherever the numbers say so.
    pub(crate) fn look(&mut self, jurisdiction: &Arc<Jurisdiction>) {
        let now = self.context.clock.now();
        let today = campaign_time(now).date();
        let is_due = self.changed || self.looked_on != Some(today);
        let waits = self.tally.read(Tally::waits);
        if !is_due || waits || Instant::now() < self.not_before {
            return;
        }
        self.changed = false;
        self.looked_on = Some(today);
        self.not_before = Instant::now() + BETWEEN_LOOKS;
        let reached = self.tally.read(|tally| tally.reached(jurisdiction, now));
        for (unit, seen, openings) in reached {
            if self.under_way.insert(unit.clone()) {
                self.work.spawn(open(
                    self.context.clone(),
                    Arc::clone(jurisdiction),
                    unit,
                    seen,
                    openings,
                ));
            }
        }
    }
}

/// The n-th opening of a unit is one command, however many replicas give it.
async fn open(
    context: Context,
    jurisdiction: Arc<Jurisdiction>,
    unit: UnitCode,
    seen: SeenNumbers,
    openings: usize,
) -> UnitCode {
    let envelope = Envelope {
        command_id: derived_command(Uuid::nil(), &format!("{OPENS}/{unit}"), openings),
        actor: Actor::system(OPENS),
        at: context.clock.now(),
        causation: None,
        correlation: None,
        traceparent: None,
        seen: None,
    };
    let stream = format!("accountability-{unit}");
    let command = AccountabilityCommand::OpenSpecialSupervision(OpenSpecialSupervision {
        unit: unit.clone(),
        seen,
    });
    let opening = execute::<Accountability>(&context.store, &jurisdiction, &stream, &envelope, &command);
    match tokio::time::timeout(TIME_LIMIT, opening).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => {
            tracing::warn!(%unit, %error, "special supervision could not be opened, trying again");
        }
        Err(_) => tracing::warn!(%unit, "the store does not answer, trying again"),
    }
    unit
}

#[cfg(test)]
mod tests;
