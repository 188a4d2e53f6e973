//! Puts the engine behind a gRPC server, and takes both down in order.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use crate::config::Config;
use crate::engine::{Engine, StartReport};
use crate::error::Error;
use crate::{net, rpc};

const STREAM_WINDOW: u32 = 1024 * 1024;
const CONNECTION_WINDOW: u32 = 8 * 1024 * 1024;
const KEEPALIVE: Duration = Duration::from_secs(20);

/// An opened store that does not listen yet.
#[derive(Debug)]
pub struct EventStore {
    engine: Arc<Engine>,
    config: Config,
    report: StartReport,
}

impl EventStore {
    /// Opens, checks and locks the data directory. Blocks on the disk.
    pub fn open(config: &Config) -> Result<Self, Error> {
        let (engine, report) = Engine::open(config)?;
        Ok(Self {
            engine: Arc::new(engine),
            config: config.clone(),
            report,
        })
    }

    /// What was found when the store was opened.
    pub fn start_report(&self) -> &StartReport {
        &self.report
    }

    /// The engine, for callers in the same process.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Binds the configured address; port 0 takes a free one.
    pub async fn bind(&self) -> Result<TcpListener, Error> {
        bind(&self.config).await
    }

    /// Serves on a bound listener until `shutdown` resolves and open calls have ended, or the
    /// drain time is over.
    pub async fn serve_on(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Error> {
        refuse_public(&self.config, listener.local_addr().ok())?;
        let stopping = CancellationToken::new();
        let abort = CancellationToken::new();
        let (health, health_service) = tonic_health::server::health_reporter();
        let follow = tokio::spawn(report_health(health, Arc::clone(&self.engine)));
        let routes = rpc::routes(&self.engine, &self.config, &stopping).add_service(health_service);
        let serving = Server::builder()
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .http2_keepalive_interval(Some(KEEPALIVE))
            .add_routes(routes)
            .serve_with_incoming_shutdown(
                net::connections(listener, abort.clone()),
                stopping.clone().cancelled_owned(),
            );
        let drain = Duration::from_secs(self.config.drain_seconds);
        let end = async {
            shutdown.await;
            tracing::info!("the event store is shutting down");
            // Subscriptions see this and end with an error, so that their clients come back.
            stopping.cancel();
            tokio::time::sleep(drain).await;
            tracing::warn!(?drain, "calls are still open, their connections are cut");
            abort.cancel();
            std::future::pending::<()>().await;
        };
        let result = tokio::select! {
            result = serving => result,
            () = end => Ok(()),
        };
        follow.abort();
        stopping.cancel();
        let engine = self.engine;
        let closed = tokio::task::spawn_blocking(move || engine.close()).await;
        closed.map_err(|error| Error::Thread(error.to_string()))?;
        result.map_err(Error::Transport)
    }
}

/// Opens the store of a configuration and serves it until `shutdown` resolves.
pub async fn serve(config: Config, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
    let listener = bind(&config).await?;
    let opened = tokio::task::spawn_blocking(move || EventStore::open(&config)).await;
    let store = opened.map_err(|error| Error::Thread(error.to_string()))??;
    store.serve_on(listener, shutdown).await
}

async fn bind(config: &Config) -> Result<TcpListener, Error> {
    refuse_public(config, Some(config.listen))?;
    TcpListener::bind(config.listen)
        .await
        .map_err(|source| Error::Listen {
            address: config.listen.to_string(),
            source,
        })
}

/// The protocol is plain text and its authentication a password: loopback unless asked otherwise.
fn refuse_public(config: &Config, address: Option<std::net::SocketAddr>) -> Result<(), Error> {
    match address {
        Some(address) if !address.ip().is_loopback() && !config.allow_public_listen => {
            Err(Error::PublicListen(address))
        }
        _ => Ok(()),
    }
}

/// Health follows the writer: a store that cannot commit is not serving.
async fn report_health(reporter: HealthReporter, engine: Arc<Engine>) {
    let mut fault = engine.fault();
    loop {
        let status = match fault.borrow_and_update().as_deref() {
            Some(_) => ServingStatus::NotServing,
            None => ServingStatus::Serving,
        };
        for service in ["", rpc::STREAMS_SERVICE] {
            reporter.set_service_status(service, status).await;
        }
        if fault.changed().await.is_err() {
            return;
        }
    }
}
