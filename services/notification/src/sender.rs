//! Sends what is waiting: each when it is due, none held up by another; a lane is held while the mail server is away, and
//! alarms of immediate danger have a lane, and hands, of their own.

use crate::attempt::{Outcome, attempt};
use crate::mailer::Mailer;
use crate::outbox::{Job, Lane, Lanes, Outbox};
use futures::FutureExt;
use platform::{Context, Followed};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// In each lane.
const AT_ONCE: usize = 4;
const SHORTEST_HOLD: Duration = Duration::from_millis(500);
const LONGEST_HOLD: Duration = Duration::from_secs(60);
/// Whoever is in danger is not made to wait for a mail server that may be back already.
const LONGEST_HOLD_OF_ALARMS: Duration = Duration::from_secs(2);
/// A simulated clock may jump at any moment.
const SIMULATED_PAUSE: Duration = Duration::from_millis(200);
const REAL_PAUSE: Duration = Duration::from_secs(5);

/// What the sender and the lists share.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    outbox: Outbox,
    held: Lanes<Option<Held>>,
}

/// The mail server or the store is away; after a while one attempt finds out whether it still is.
struct Held {
    because: String,
    until: Instant,
    times: u32,
}

impl Shared {
    pub(crate) fn with<T>(&self, look: impl FnOnce(&Outbox) -> T) -> T {
        look(&self.lock().outbox)
    }
    /// Why nothing goes out, if nothing does.
    pub(crate) fn held_because(&self) -> Option<String> {
        let inner = self.lock();
        let held = inner.held.of(Lane::Ordinary).as_ref();
        held.map(|held| held.because.clone())
    }
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
}

/// Rebuilds what is waiting from the store, then sends until shutdown.
pub(crate) async fn run(context: Context, mailer: Mailer, shared: Shared) {
    let sender = async {
        context.directory.ready().await;
        let work = JoinSet::new();
        let context = context.clone();
        Sender {
            context,
            mailer,
            shared,
            work,
            busy: Lanes::default(),
        }
        .run()
        .await;
    };
    tokio::select! {
        () = sender => tracing::error!("the sender has ended: no mail goes out any more"),
        () = context.shutdown.cancelled() => {}
    }
}

struct Sender {
    context: Context,
    mailer: Mailer,
    shared: Shared,
    work: JoinSet<(Job, Outcome)>,
    /// How many attempts of a lane are under way.
    busy: Lanes<usize>,
}

impl Sender {
    async fn run(mut self) {
        let mut followed = self.context.store.follow(None, &["notification-"]);
        let mut caught_up = false;
        loop {
            let pause = self.pause();
            tokio::select! {
                item = followed.recv() => match item {
                    Some(Followed::Event(event)) => self.shared.lock().outbox.take(*event),
                    Some(Followed::CaughtUp) => caught_up = true,
                    Some(Followed::Checkpoint(_)) => {}
                    None => return,
                },
                Some(done) = self.work.join_next(), if !self.work.is_empty() => match done {
                    Ok((job, outcome)) => self.take_back(job, outcome),
                    Err(error) => tracing::error!(%error, "an attempt was lost"),
                },
                () = tokio::time::sleep(pause) => {}
            }
            // Half a history would send again what was sent long ago.
            if caught_up {
                self.begin();
            }
        }
    }

    fn begin(&mut self) {
        for lane in Lane::ALL {
            self.begin_in(lane);
        }
    }

    fn begin_in(&mut self, lane: Lane) {
        let mut inner = self.shared.lock();
        loop {
            let most = match inner.held.of(lane) {
                Some(held) if held.until > Instant::now() => 0,
                Some(_) => 1,
                None => AT_ONCE,
            };
            if *self.busy.of(lane) >= most {
                return;
            }
            let Some(job) = inner.outbox.next_job(lane, self.context.clock.now()) else {
                return;
            };
            *self.busy.of_mut(lane) += 1;
            let (context, mailer) = (self.context.clone(), self.mailer.clone());
            self.work.spawn(async move {
                let outcome = AssertUnwindSafe(attempt(&context, &mailer, job.id)).catch_unwind();
                // A job that is lost would never be tried again.
                let lost = |_| Outcome::Held("an attempt has panicked".to_owned());
                (job, outcome.await.unwrap_or_else(lost))
            });
        }
    }

    fn take_back(&mut self, job: Job, outcome: Outcome) {
        let busy = self.busy.of_mut(job.lane);
        *busy = busy.saturating_sub(1);
        let mut inner = self.shared.lock();
        match outcome {
            Outcome::Recorded => {
                inner.outbox.done(job, false);
                if inner.held.of_mut(job.lane).take().is_some() {
                    tracing::info!("mail goes out again");
                }
            }
            Outcome::Held(because) => {
                inner.outbox.done(job, true);
                let longest = match job.lane {
                    Lane::Alarm => LONGEST_HOLD_OF_ALARMS,
                    Lane::Ordinary => LONGEST_HOLD,
                };
                let held = inner.held.of_mut(job.lane);
                let times = held.as_ref().map_or(0, |held| held.times);
                let hold = SHORTEST_HOLD.saturating_mul(1 << times.min(10)).min(longest);
                tracing::warn!(because, ?hold, lane = ?job.lane, "no mail goes out, trying again");
                *held = Some(Held {
                    because,
                    until: Instant::now() + hold,
                    times: times.saturating_add(1),
                });
            }
        }
    }

    fn pause(&self) -> Duration {
        let longest = match self.context.clock.is_simulated() {
            true => SIMULATED_PAUSE,
            false => REAL_PAUSE,
        };
        // With all hands at work, whoever is done first wakes us.
        if Lane::ALL.iter().all(|lane| *self.busy.of(*lane) >= AT_ONCE) {
            return longest;
        }
        let inner = self.shared.lock();
        let until_next = |lane: Lane| {
            let left = inner
                .outbox
                .next_attempt(lane)?
                .duration_since(self.context.clock.now());
            let held = inner.held.of(lane).as_ref();
            let hold = held.map(|held| held.until.saturating_duration_since(Instant::now()));
            let due = Duration::try_from(left).unwrap_or_default();
            Some(due.max(hold.unwrap_or_default()))
        };
        let next = Lane::ALL.into_iter().filter_map(until_next).min();
        next.unwrap_or(longest).min(longest)
    }
}
