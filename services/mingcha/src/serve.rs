//! Running services: one, or the whole city in one process.

use crate::parts;
use crate::settings::Settings;
use platform::{Context, ServeError, Telemetry, generate_keys};
use std::future::Future;
use std::pin::Pin;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Every service by name. The store comes first: the others wait for it.
pub(crate) const SERVICES: [&str; 12] = [
    "event-store",
    "event-relay",
    "directory",
    "tip-intake",
    "case-assignment",
    "disposal-tracking",
    "accountability-escalation",
    "result-reporting",
    "ledger",
    "audit-replay",
    "notification",
    "web-gateway",
];

type Service = Pin<Box<dyn Future<Output = Result<(), ServeError>> + Send>>;

/// Runs the named service, or all, until it is asked to stop.
pub(crate) async fn run(service: Option<&str>, settings: Settings) -> Result<(), String> {
    let names: Vec<&str> = match service {
        Some(name) if SERVICES.contains(&name) => vec![name],
        Some(name) => {
            return Err(format!(
                "there is no service {name}; there are: {}",
                SERVICES.join(", ")
            ));
        }
        None => SERVICES.to_vec(),
    };
    let _telemetry = Telemetry::install(service.unwrap_or("mingcha"), &settings.telemetry);
    let shutdown = CancellationToken::new();
    cancel_on_signal(shutdown.clone())?;
    run_services(&names, settings, shutdown).await
}

/// Runs services until `shutdown`; the first that fails stops all.
pub(crate) async fn run_services(
    names: &[&str],
    settings: Settings,
    shutdown: CancellationToken,
) -> Result<(), String> {
    let only_the_store = names == ["event-store"];
    if names.contains(&"web-gateway") {
        generate_keys(&settings.identity).map_err(|e| format!("identity keys: {e}"))?;
    }
    let mut running = JoinSet::new();
    let store_stop = CancellationToken::new();
    if names.contains(&"event-store") {
        let stop = if only_the_store {
            shutdown.clone()
        } else {
            store_stop.clone()
        };
        let config = settings.event_store.clone();
        running.spawn(async move {
            let stopped = event_store::serve(config, stop.cancelled_owned()).await;
            stopped.map_err(|e| format!("event-store: {e}"))
        });
    }
    let mut others = JoinSet::new();
    let mut shared = None;
    if !only_the_store {
        let context = Context::connect(&settings.common(), shutdown.clone())
            .await
            .map_err(|e| e.to_string())?;
        for name in names.iter().filter(|name| **name != "event-store") {
            let service = start(name, &settings, context.clone());
            others.spawn(async move { service.await.map_err(|e| e.to_string()) });
        }
        shared = Some(context);
    }
    let outcome = first_failure(&mut others, &mut running, &shutdown).await;
    // The store goes last, so that whoever drains can still append.
    shutdown.cancel();
    while others.join_next().await.is_some() {}
    if let Some(context) = shared {
        context.drain().await;
    }
    store_stop.cancel();
    while running.join_next().await.is_some() {}
    outcome
}

async fn first_failure(
    others: &mut JoinSet<Result<(), String>>,
    store: &mut JoinSet<Result<(), String>>,
    shutdown: &CancellationToken,
) -> Result<(), String> {
    loop {
        let ended = tokio::select! {
            Some(ended) = others.join_next() => ended,
            Some(ended) = store.join_next() => ended,
            else => return Ok(()),
        };
        ended.map_err(|e| format!("a service panicked: {e}"))??;
        if shutdown.is_cancelled() {
            return Ok(());
        }
    }
}

fn start(name: &str, settings: &Settings, context: Context) -> Service {
    let settings = settings.clone();
    match name {
        "event-relay" => Box::pin(event_relay::serve(settings.event_relay, context)),
        "directory" => Box::pin(directory::serve(settings.directory, context)),
        "tip-intake" => Box::pin(tip_intake::serve(settings.tip_intake, context)),
        "case-assignment" => Box::pin(case_assignment::serve(settings.case_assignment, context)),
        "disposal-tracking" => Box::pin(disposal_tracking::serve(settings.disposal_tracking, context)),
        "accountability-escalation" => Box::pin(accountability_escalation::serve(
            settings.accountability_escalation,
            context,
        )),
        "result-reporting" => Box::pin(result_reporting::serve(settings.result_reporting, context)),
        "ledger" => Box::pin(ledger::serve(settings.ledger, context)),
        "audit-replay" => Box::pin(audit_replay::serve(settings.audit_replay, context)),
        "notification" => Box::pin(notification::serve(settings.notification, context)),
        _ => Box::pin(web_gateway::serve(
            settings.web_gateway,
            context,
            settings.identity,
        )),
    }
}

/// SIGINT, SIGTERM and a terminal that is closed ask to stop; a second SIGINT or SIGTERM ends the process and its parts at once.
pub(crate) fn cancel_on_signal(shutdown: CancellationToken) -> Result<(), String> {
    let listen = |kind| signal(kind).map_err(|e| e.to_string());
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let mut hangup = None;
    if !hangup_is_ignored() {
        hangup = Some(listen(SignalKind::hangup())?);
    }
    tokio::spawn(async move {
        let mut asked_before = false;
        loop {
            let insists = tokio::select! {
                _ = interrupt.recv() => asked_before,
                _ = terminate.recv() => asked_before,
                // A terminal that closes may say so twice: by the shell, and by the system once the shell is gone.
                () = hung_up(hangup.as_mut()) => false,
            };
            if insists {
                parts::kill_all();
                std::process::exit(130);
            }
            if !asked_before {
                shutdown.cancel();
                tracing::info!("stopping");
            }
            asked_before = true;
        }
    });
    Ok(())
}

async fn hung_up(hangup: Option<&mut Signal>) {
    match hangup {
        Some(hangup) => {
            hangup.recv().await;
        }
        None => std::future::pending().await,
    }
}

/// `nohup` was asked to let us live on without a terminal; listening would undo that.
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // The first bit is the first signal.
    ignored.is_some_and(|mask| mask & 1 == 1)
}
