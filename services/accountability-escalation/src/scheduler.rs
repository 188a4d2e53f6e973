//! Lets every clock fire at its instant: once, after a crash as well, and whatever becomes of the others.

use crate::board::Board;
use crate::foresight::Questions;
use crate::jobs::Job;
use crate::special::Watch;
use crate::tally::SharedTally;
use accountability_domain::Accountability;
use futures::FutureExt;
use jurisdiction::{Actor, Jurisdiction};
use platform::{Context, Envelope, Followed, execute};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// So many streams are worked on at a time; one that hangs holds up none of the others.
const AT_ONCE: usize = 16;
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// A simulated clock may jump at any moment.
const SIMULATED_PAUSE: Duration = Duration::from_millis(200);
/// Even a real clock is set right now and then.
const REAL_PAUSE: Duration = Duration::from_secs(5);

/// Rebuilds all clocks from the store, then fires each when it is due, until shutdown.
pub(crate) async fn run(context: Context, tally: SharedTally, mut questions: Questions) {
    let scheduler = async {
        context.directory.ready().await;
        Scheduler::new(context.clone(), tally).run(&mut questions).await;
    };
    tokio::select! {
        () = scheduler => tracing::error!("the scheduler has ended: no clock fires any more"),
        () = context.shutdown.cancelled() => {}
    }
}

struct Scheduler {
    context: Context,
    board: Board,
    jurisdiction: Arc<Jurisdiction>,
    work: JoinSet<(Job, Option<u64>)>,
    watch: Watch,
}

impl Scheduler {
    fn new(context: Context, tally: SharedTally) -> Self {
        Self {
            watch: Watch::new(context.clone(), tally),
            jurisdiction: context.directory.current(),
            context,
            board: Board::default(),
            work: JoinSet::new(),
        }
    }

    async fn run(mut self, questions: &mut Questions) {
        let mut followed = self.context.store.follow(None, &["accountability-"]);
        let mut caught_up = false;
        loop {
            let pause = self.pause();
            tokio::select! {
                item = followed.recv() => match item {
                    Some(Followed::Event(event)) => {
                        let stream = event.stream.clone();
                        self.board.take(*event, &self.jurisdiction, self.context.clock.now());
                        if let Some(state) = self.board.state(&stream) {
                            self.watch.take(&stream, state);
                        }
                    }
                    Some(Followed::CaughtUp) => {
                        caught_up = true;
                        self.watch.caught_up();
                        // A calendar may have been corrected, or a post filled, while nobody was there.
                        self.board.recount(&self.jurisdiction, self.context.clock.now());
                    }
                    Some(Followed::Checkpoint(_)) => {}
                    None => return,
                },
                Some(done) = self.work.join_next(), if !self.work.is_empty() => self.take_back(done),
                () = self.watch.done() => {}
                Some(question) = questions.recv() => {
                    let now = self.context.clock.now();
                    let foreseen = caught_up.then(|| self.board.foresee(&question.jurisdiction, now));
                    // Whoever asked may have left.
                    let _ = question.answer.send(foreseen);
                }
                () = tokio::time::sleep(pause) => {}
            }
            // Half a history would fire what was long done.
            if caught_up {
                self.notice_changes();
                self.begin_work();
                self.watch.look(&self.jurisdiction);
            }
        }
    }

    fn notice_changes(&mut self) {
        let current = self.context.directory.current();
        if !Arc::ptr_eq(&current, &self.jurisdiction) {
            self.jurisdiction = current;
            self.board.recount(&self.jurisdiction, self.context.clock.now());
            self.watch.look_again();
        }
    }

    fn begin_work(&mut self) {
        while self.work.len() < AT_ONCE {
            let now = self.context.clock.now();
            let Some(job) = self.board.next_job(now, &self.jurisdiction) else {
                return;
            };
            self.work.spawn(perform(self.context.clone(), job));
        }
    }

    fn take_back(&mut self, done: Result<(Job, Option<u64>), tokio::task::JoinError>) {
        match done {
            Ok((job, recorded)) => self.board.done(&job, recorded, &self.jurisdiction),
            Err(error) => tracing::error!(%error, "a firing clock was lost"),
        }
    }

    /// Until the next clock is due, but never for long: time itself may jump.
    fn pause(&self) -> Duration {
        let longest = match self.context.clock.is_simulated() {
            true => SIMULATED_PAUSE,
            false => REAL_PAUSE,
        };
        // With all hands at work, whoever is done first wakes us.
        if self.work.len() >= AT_ONCE {
            return longest;
        }
        let until_due = self.board.next_due().map(|due| {
            let left = due.duration_since(self.context.clock.now());
            Duration::try_from(left).unwrap_or_default()
        });
        let until_waking = self
            .board
            .next_waking()
            .map(|at| at.saturating_duration_since(tokio::time::Instant::now()));
        [Some(longest), until_due, until_waking, self.watch.next_look()]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(longest)
    }
}

/// Does a job and hands it back, come what may: a job that is lost would never be tried again.
async fn perform(context: Context, job: Job) -> (Job, Option<u64>) {
    let recorded = AssertUnwindSafe(attempt(&context, &job)).catch_unwind().await;
    if recorded.is_err() {
        tracing::error!(stream = %job.stream, "firing a clock has panicked");
    }
    (job, recorded.ok().flatten())
}

/// Returns the revision that the facts led to; nothing if there were none, or it failed.
async fn attempt(context: &Context, job: &Job) -> Option<u64> {
    let jurisdiction = context.directory.current();
    let envelope = Envelope {
        command_id: job.command_id(),
        actor: Actor::system(job.policy()),
        at: context.clock.now(),
        causation: None,
        correlation: None,
        traceparent: None,
        seen: None,
    };
    let command = job.command();
    let executing =
        execute::<Accountability>(&context.store, &jurisdiction, &job.stream, &envelope, &command);
    match tokio::time::timeout(TIME_LIMIT, executing).await {
        Ok(Ok(done)) => {
            tracing::debug!(stream = %job.stream, facts = done.facts, ?job.work, "clocks fired");
            done.revision.filter(|revision| *revision > job.revision)
        }
        Ok(Err(error)) => {
            tracing::warn!(stream = %job.stream, %error, "a clock could not fire, trying again");
            None
        }
        Err(_) => {
            tracing::warn!(stream = %job.stream, "the store does not answer, trying again");
            None
        }
    }
}

#[cfg(test)]
mod tests;
