//! What every service is given at start: store, NATS, directory, clock, identities, shutdown.

use crate::{Clock, CommonConfig, DirectoryHandle, IdentityVerifier, Nats, Store};
use std::future::Future;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tonic::{Request, Status};

/// Shared by everything in one process; cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub store: Store,
    pub nats: Nats,
    pub directory: DirectoryHandle,
    pub clock: Clock,
    pub verifier: IdentityVerifier,
    /// Cancelled when the process is asked to stop: drain, then stop.
    pub shutdown: CancellationToken,
    background: TaskTracker,
}

/// What is under way when the process is asked to stop may take so long to end.
const DRAIN_LIMIT: Duration = Duration::from_secs(10);

/// Why a service could not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{service}: {reason}")]
    Start { service: &'static str, reason: String },
}

impl ServeError {
    pub fn start(service: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Start {
            service,
            reason: reason.to_string(),
        }
    }
}

impl Context {
    /// Prepares everything; parts that are away are waited for in the background.
    ///
    /// # Errors
    /// If an address is malformed or the identity key cannot be read.
    pub async fn connect(config: &CommonConfig, shutdown: CancellationToken) -> Result<Self, ServeError> {
        let failed = |reason: String| ServeError::start("platform", reason);
        let store = Store::new(&config.store.url);
        let nats = Nats::connect(&config.nats.url)
            .await
            .map_err(|e| failed(format!("nats.url: {e}")))?;
        let clock = Clock::new(config.clock.simulated);
        let verifier = IdentityVerifier::load(&config.identity).map_err(|e| failed(e.to_string()))?;
        let directory = DirectoryHandle::follow(&store, clock.clone());
        Ok(Self {
            store,
            nats,
            directory,
            clock,
            verifier,
            shutdown,
            background: TaskTracker::new(),
        })
    }

    /// Runs something beside the service that ends by itself on shutdown, once what it holds in hand is finished.
    pub fn run_in_background(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.background.spawn(work);
    }

    /// Waits after shutdown until everything in the background has ended, within a limit.
    pub async fn drain(&self) {
        self.background.close();
        if tokio::time::timeout(DRAIN_LIMIT, self.background.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                left = self.background.len(),
                "stopped before everything under way had ended"
            );
        }
    }

    /// Lets a call in: with a valid identity, and not before the directory is known. Deciding with an empty directory
    /// would refuse for good what is right, and count deadlines by no calendar.
    ///
    /// # Errors
    /// `Unauthenticated` without identity, `Unavailable` while starting.
    pub fn admit(&self, request: Request<()>) -> Result<Request<()>, Status> {
        if !self.directory.is_ready() {
            return Err(crate::status::starting());
        }
        self.verifier.admit(request)
    }
}
