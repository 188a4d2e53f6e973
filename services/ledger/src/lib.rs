//! The ledger 台账: views of all facts, for lists, work lists, figures, public progress and area reports.

mod area;
mod asking;
mod book;
mod columns;
mod compare;
mod config;
mod export;
mod follower;
mod grpc;
mod messages;
mod past;
mod projection;
mod query;
mod reader;
mod readings;
mod rebuild;
mod rows;
mod search;
#[cfg(test)]
mod tests;
mod watching;

pub use book::BookError;
pub use compare::{Comparison, Difference, compare};
pub use config::Config;
pub use rebuild::{Rebuild, RebuildError};

use book::Book;
use follower::Standing;
use grpc::LedgerService;
use mingcha_proto::ledger::ledger_server::LedgerServer;
use past::Past;
use platform::{Context, LARGEST_MESSAGE, ServeError, serve_grpc};
use std::sync::Arc;
use tokio::sync::watch;
use tonic::service::Routes;
use tonic::service::interceptor::InterceptedService;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address or the database cannot be opened.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let failed = |reason: book::BookError| ServeError::start("ledger", reason);
    let book = Arc::new(Book::open(&config.database_file).map_err(failed)?);
    let past = Past::beside(&config.database_file).map_err(failed)?;
    let reached = book.reached().map_err(failed)?;
    let (standing, watched) = watch::channel(Standing {
        reached,
        complete: false,
    });
    tokio::spawn(follower::follow(context.clone(), Arc::clone(&book), standing));
    let gate = context.clone();
    let service = LedgerService::new(context.clone(), book, past, watched);
    let server = LedgerServer::new(service).max_encoding_message_size(LARGEST_MESSAGE);
    let routes = Routes::new(InterceptedService::new(server, move |request| {
        gate.admit(request)
    }));
    serve_grpc::<LedgerServer<LedgerService>>("ledger", config.listen, &context, routes).await
}
