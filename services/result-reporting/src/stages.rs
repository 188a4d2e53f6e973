//! Asks every area for its guarantee and its reports on their days: once, after a restart as well.

use crate::turns::{Board, Due, PREFIXES};
use jurisdiction::Actor;
use platform::{Context, Envelope, Followed, derived_command, execute};
use report_domain::{RaiseTurn, Report, ReportCommand};
use std::time::Duration;
use uuid::Uuid;

const TURNS: &str = "result-reporting/turns-come-with-the-stage";
/// A simulated clock may jump at any moment.
const SIMULATED_PAUSE: Duration = Duration::from_millis(200);
/// Stages end on days, and even a real clock is set right now and then.
const REAL_PAUSE: Duration = Duration::from_secs(60);

/// Follows the store and raises what comes, until shutdown.
pub(crate) async fn run(context: Context) {
    let watching = async {
        context.directory.ready().await;
        watch(&context).await;
    };
    tokio::select! {
        () = watching => tracing::error!("the watch has ended: no area is asked for its report any more"),
        () = context.shutdown.cancelled() => {}
    }
}

async fn watch(context: &Context) {
    let mut board = Board::default();
    let mut followed = context.store.follow(None, &PREFIXES);
    let pause = match context.clock.is_simulated() {
        true => SIMULATED_PAUSE,
        false => REAL_PAUSE,
    };
    let mut look = tokio::time::interval(pause);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            item = followed.recv() => match item {
                Some(Followed::Event(event)) => board.take(&event),
                Some(Followed::Checkpoint(_)) => {}
                Some(Followed::CaughtUp) => board.complete(),
                None => return,
            },
            _ = look.tick() => raise(context, &mut board).await,
        }
    }
}

/// What could not be raised is still due at the next look.
async fn raise(context: &Context, board: &mut Board) {
    if !board.is_complete() {
        return;
    }
    let due = board.due(&context.directory.current(), context.clock.now());
    for due in due {
        match raise_one(context, &due).await {
            Ok(()) => board.settled(&due),
            Err(error) => {
                tracing::warn!(report = %due.report, error, "a turn could not be raised, trying again");
            }
        }
    }
}

/// The command follows from the report and what is asked: two replicas that raise the same turn give the same command.
async fn raise_one(context: &Context, due: &Due) -> Result<(), String> {
    let stream = format!("report-{}", due.report);
    let name = format!("{TURNS}/{stream}/{:?}", due.turn);
    let envelope = Envelope {
        command_id: derived_command(Uuid::nil(), &name, 0),
        actor: Actor::system(TURNS),
        at: context.clock.now(),
        causation: None,
        correlation: None,
        seen: None,
        traceparent: None,
    };
    let command = ReportCommand::RaiseTurn(RaiseTurn {
        report: due.report.clone(),
        turn: due.turn,
        since: due.since,
    });
    let jurisdiction = context.directory.current();
    let executing = execute::<Report>(&context.store, &jurisdiction, &stream, &envelope, &command);
    executing.await.map(drop).map_err(|error| error.to_string())
}
