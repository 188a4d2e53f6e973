//! The one binary of mingcha: every service, the whole city on one machine, and the tools around it.

mod backup;
mod campaign;
mod console;
mod dev;
mod environment;
mod health;
mod keys;
mod ledger;
mod parts;
mod redraw;
mod serve;
mod settings;

use clap::{Parser, Subcommand};
use settings::Settings;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "mingcha", version, about = "明察：违法违规“小化工”专项整治系统")]
struct Arguments {
    /// Configuration file (TOML); `MINGCHA_<SECTION>__<KEY>` in the environment overrides it.
    #[arg(long, global = true, env = "MINGCHA_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run one service, or all of them in one process.
    Serve {
        /// Name of the service, e.g. `tip-intake`.
        #[arg(required_unless_present = "all")]
        service: Option<String>,
        #[arg(long, conflicts_with = "service")]
        all: bool,
    },
    /// Run the whole city on this machine, with everything it needs and the demonstration campaign.
    Dev(dev::DevArguments),
    /// Load a campaign (units, staff, dates) through the administrator's API.
    Campaign(campaign::CampaignArguments),
    /// Show the effective configuration, secrets masked.
    Config,
    /// Ask how the whole city is, or one service; exit code 1 if a part is away.
    Health {
        /// Only whether this service is serving, for whoever watches over its container.
        service: Option<String>,
    },
    /// Copy history, evidence and password hashes while everything runs, and the keys of reporter data to another place.
    Backup {
        /// A fresh folder, e.g. one of the day.
        #[arg(long)]
        to: PathBuf,
        /// The folder of the keys; the last copy is replaced.
        #[arg(long)]
        keys_to: PathBuf,
    },
    /// Put a backup back while nothing runs; the old data must have been moved away.
    Restore {
        #[arg(long)]
        from: PathBuf,
        #[arg(long)]
        keys_from: PathBuf,
    },
    /// Make the keys of identities and the master key of reporter data.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Print the OpenAPI document of the staff API.
    Openapi,
    /// Print the catalogue of refusals as a page (Markdown).
    Refusals,
    /// Replay a case as a readable timeline.
    Replay(console::ReplayArguments),
    /// Verify whether histories are whole and every invariant holds; exit code 1 if not.
    Verify(console::VerifyArguments),
    /// Do a published draw of spot checks again from its public list alone; exit code 1 if it is not equal.
    Redraw {
        /// A file with the published JSON, or the address where it is published.
        draw: String,
    },
    /// Build the ledger anew, and prove that it says the same as the one in use.
    Ledger {
        #[command(subcommand)]
        command: ledger::LedgerCommand,
    },
    /// Show what reactors gave up on, or hand it back to them.
    DeadLetters {
        /// Number of a letter to be tried again.
        #[arg(long)]
        retry: Option<u64>,
    },
    /// Take waiting SMS out of the outbox, as a carrier adapter would, and print them.
    SmsOutbox,
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Write an Ed25519 pair and the master key of reporter data into a folder; what is there stays.
    Generate(keys::GenerateArguments),
}

fn main() -> ExitCode {
    // Two providers are compiled in somewhere; one is meant for all of rustls.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let arguments = Arguments::parse();
    let settings = match Settings::load(arguments.config.as_deref()) {
        Ok(settings) => settings,
        Err(error) => return failed(&error),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.to_string()),
    };
    match runtime.block_on(run(arguments.command, settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

async fn run(command: Command, settings: Settings) -> Result<(), String> {
    match command {
        Command::Serve { service, .. } => serve::run(service.as_deref(), settings).await,
        Command::Dev(arguments) => dev::run(arguments, settings).await,
        Command::Campaign(arguments) => campaign::run(&arguments).await,
        Command::Config => {
            println!("{}", settings.masked()?);
            Ok(())
        }
        Command::Health { service } => health::run(service.as_deref(), &settings).await,
        Command::Keys {
            command: KeysCommand::Generate(arguments),
        } => keys::generate(&arguments),
        Command::Backup { to, keys_to } => backup::back_up(&to, &keys_to, &settings),
        Command::Restore { from, keys_from } => backup::restore(&from, &keys_from, &settings),
        Command::Openapi => {
            let document =
                serde_json::to_string_pretty(&web_gateway::openapi_document()).map_err(|e| e.to_string())?;
            println!("{document}");
            Ok(())
        }
        Command::Refusals => console::show(&refusals::markdown()),
        Command::Replay(arguments) => console::replay(&arguments).await,
        Command::Ledger { command } => ledger::run(command, &settings).await,
        Command::Verify(arguments) => console::verify(&arguments).await,
        Command::Redraw { draw } => redraw::run(&draw).await,
        Command::DeadLetters { retry } => console::dead_letters(&settings, retry).await,
        Command::SmsOutbox => console::take_sms(&settings).await,
    }
}

fn failed(reason: &str) -> ExitCode {
    eprintln!("mingcha: {reason}");
    ExitCode::FAILURE
}
