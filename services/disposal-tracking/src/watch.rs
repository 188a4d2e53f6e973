//! Raises every re-check on its day: once, after a restart as well, and whatever becomes of the others.

use crate::board::{Board, PREFIXES, RECHECKS, Recheck};
use disposal_domain::Disposal;
use jurisdiction::Actor;
use platform::{Context, Envelope, Followed, Store, execute};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// A simulated clock may jump at any moment.
const SIMULATED_PAUSE: Duration = Duration::from_millis(200);
/// Re-checks are a matter of days, and even a real clock is set right now and then.
const REAL_PAUSE: Duration = Duration::from_secs(60);
/// What failed is tried again after so long.
const REST: Duration = Duration::from_secs(1);

/// Whoever asks for a list at a position waits so long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The board, shared with those who ask for it.
#[derive(Clone)]
pub(crate) struct Watched {
    board: Arc<Mutex<Board>>,
    /// `None` until all that was in the store at the start has been looked at.
    reached: watch::Sender<Option<u64>>,
}

impl Watched {
    pub(crate) fn new() -> Self {
        Self {
            board: Arc::new(Mutex::new(Board::default())),
            reached: watch::Sender::new(None),
        }
    }
    pub(crate) fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Waits until the board holds all that was in the store at the start; false if that takes too long.
    pub(crate) async fn is_complete(&self) -> bool {
        let mut reached = self.reached.subscribe();
        let there = reached.wait_for(Option::is_some);
        matches!(tokio::time::timeout(LONGEST_WAIT, there).await, Ok(Ok(_)))
    }
    /// Waits until the board holds everything up to `position` of the whole store; false if that takes too long.
    pub(crate) async fn reaches(&self, position: u64, store: &Store) -> bool {
        let mut reached = self.reached.subscribe();
        let caught_up = async {
            let so_far = (*reached.wait_for(Option::is_some).await.ok()?)?;
            // Others have written since: only what is for the board has to be on it.
            let newest = match so_far < position {
                true => store.newest_after(so_far, &PREFIXES).await,
                false => None,
            };
            let wanted = newest.unwrap_or(so_far);
            let there = reached.wait_for(|reached| reached.is_some_and(|reached| reached >= wanted));
            there.await.ok().map(|_| ())
        };
        matches!(tokio::time::timeout(LONGEST_WAIT, caught_up).await, Ok(Some(())))
    }
    fn take(&self, item: &Followed) {
        let mut board = self.board();
        match item {
            Followed::Event(event) => board.take(event),
            Followed::Checkpoint(position) => board.reached(*position),
            Followed::CaughtUp => board.complete(),
        }
        let reached = board.is_complete().then(|| board.position());
        drop(board);
        self.reached.send_replace(reached);
    }
}

/// Follows the store and raises what falls due, until shutdown.
pub(crate) async fn run(context: Context, watched: Watched) {
    let watching = async {
        context.directory.ready().await;
        watch(&context, &watched).await;
    };
    tokio::select! {
        () = watching => tracing::error!("the watch has ended: no re-check is raised any more"),
        () = context.shutdown.cancelled() => {}
    }
}

async fn watch(context: &Context, watched: &Watched) {
    let mut followed = context.store.follow(None, &PREFIXES);
    let mut rest = Duration::ZERO;
    loop {
        // The administrator may have decided on others since.
        let days = context.directory.current().recheck_history();
        watched.board().look_again_after(days);
        tokio::select! {
            item = followed.recv() => match item {
                Some(item) => watched.take(&item),
                None => return,
            },
            () = tokio::time::sleep(pause(context, watched).max(rest)) => {
                rest = match raise(context, watched).await {
                    true => Duration::ZERO,
                    false => REST,
                };
            }
        }
    }
}

/// Until the next one falls due, but never for long.
fn pause(context: &Context, watched: &Watched) -> Duration {
    let longest = match context.clock.is_simulated() {
        true => SIMULATED_PAUSE,
        false => REAL_PAUSE,
    };
    let board = watched.board();
    let next = board.next_due().filter(|_| board.is_complete());
    let left = next.map(|due| due.duration_since(context.clock.now()));
    let left = left.map(|left| Duration::try_from(left).unwrap_or_default());
    left.map_or(longest, |left| left.min(longest))
}

/// Whether all that was due could be raised.
async fn raise(context: &Context, watched: &Watched) -> bool {
    let due = {
        let board = watched.board();
        // Half a history would raise what was long done.
        match board.is_complete() {
            true => board.due(context.clock.now()),
            false => vec![],
        }
    };
    let mut all = true;
    for recheck in due {
        match raise_one(context, &recheck).await {
            Ok(()) => watched.board().settled(&recheck),
            Err(error) => {
                all = false;
                tracing::warn!(case = %recheck.case, error, "a re-check could not be raised, trying again");
            }
        }
    }
    all
}

async fn raise_one(context: &Context, recheck: &Recheck) -> Result<(), String> {
    let envelope = Envelope {
        command_id: recheck.command_id(),
        actor: Actor::system(RECHECKS),
        at: context.clock.now(),
        causation: None,
        correlation: None,
        seen: None,
        traceparent: None,
    };
    let jurisdiction = context.directory.current();
    let (stream, command) = (recheck.stream(), recheck.command());
    let executing = execute::<Disposal>(&context.store, &jurisdiction, &stream, &envelope, &command);
    executing.await.map(drop).map_err(|error| error.to_string())
}
