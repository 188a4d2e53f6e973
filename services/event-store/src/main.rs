//! The store as a program of its own: serve, back up, verify.

use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use event_store::{Config, Error, EventStore};
use tokio::signal::unix::{SignalKind, signal};

/// An embedded event store that speaks the KurrentDB gRPC protocol.
#[derive(Debug, Parser)]
#[command(name = "event-store", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Subcommands>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, clap::Args)]
struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:2113")]
    listen: SocketAddr,
    /// The folder of the database.
    #[arg(long, default_value = "data/event-store")]
    data_dir: PathBuf,
    /// Let streams be deleted and tombstoned.
    #[arg(long)]
    allow_deletion: bool,
    /// Let the store listen on an address that other machines can reach.
    #[arg(long)]
    allow_public_listen: bool,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Copy a store, running or not, into a new file.
    Backup {
        /// The folder of the database.
        #[arg(long)]
        data_dir: PathBuf,
        /// The file to write; it must not exist.
        #[arg(long)]
        to: PathBuf,
    },
    /// Prove every record of a store, running or not.
    Verify {
        /// The folder of the database.
        #[arg(long)]
        data_dir: PathBuf,
    },
}

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| "info".into()))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Some(Subcommands::Backup { data_dir, to }) => event_store::backup(&data_dir, &to).map(|report| {
            println!("{report}");
            ExitCode::SUCCESS
        }),
        Some(Subcommands::Verify { data_dir }) => event_store::verify(&data_dir).map(|report| {
            println!("{report}");
            if report.is_sound() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }),
        None => serve(arguments.serve).map(|()| ExitCode::SUCCESS),
    };
    result.unwrap_or_else(|error| {
        eprintln!("event-store: {error}");
        ExitCode::FAILURE
    })
}

fn serve(arguments: Serve) -> Result<(), Error> {
    let config = Config {
        listen: arguments.listen,
        data_dir: arguments.data_dir,
        allow_deletion: arguments.allow_deletion,
        allow_public_listen: arguments.allow_public_listen,
        ..Config::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::Thread(error.to_string()))?;
    runtime.block_on(async move {
        let store = EventStore::open(&config)?;
        let failed = |source| Error::Listen {
            address: config.listen.to_string(),
            source,
        };
        let listener = store.bind().await?;
        let address = listener.local_addr().map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        announce(address);
        store
            .serve_on(listener, async move {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            })
            .await
    })
}

/// Whoever started the program waits for this line, even through a pipe.
fn announce(address: SocketAddr) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "event-store listening on {address}");
    let _ = out.flush();
}
