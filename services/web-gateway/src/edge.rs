//! What every handler shares: settings, the way to the services, the directory, sessions and limits.

use crate::config::{Addresses, Config};
use crate::limits::Limits;
use crate::live::Streams;
use crate::proof::Proofs;
use crate::results::Results;
use crate::sessions::Sessions;
use crate::sign_in::Attempts;
use crate::source::Sources;
use crate::tiles::Tiles;
use crate::uploads::Uploads;
use crate::volatile::Volatile;
use jurisdiction::Jurisdiction;
use mingcha_proto::accountability::accountability_client::AccountabilityClient;
use mingcha_proto::assignment::case_assignment_client::CaseAssignmentClient;
use mingcha_proto::audit::audit_client::AuditClient;
use mingcha_proto::directory::directory_client::DirectoryClient;
use mingcha_proto::disposal::disposal_tracking_client::DisposalTrackingClient;
use mingcha_proto::intake::tip_intake_client::TipIntakeClient;
use mingcha_proto::ledger::ledger_client::LedgerClient;
use mingcha_proto::notification::notifications_client::NotificationsClient;
use mingcha_proto::reporting::result_reporting_client::ResultReportingClient;
use platform::{Calls, Clock, DirectoryHandle, LARGEST_MESSAGE, Nats, Store, connect_lazily};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;

/// The directory as the edge needs it; tests bring their own.
pub trait DirectoryView: Send + Sync {
    fn current(&self) -> Arc<Jurisdiction>;
    fn is_ready(&self) -> bool;
}

impl DirectoryView for DirectoryHandle {
    fn current(&self) -> Arc<Jurisdiction> {
        DirectoryHandle::current(self)
    }
    fn is_ready(&self) -> bool {
        DirectoryHandle::is_ready(self)
    }
}

/// What the edge is built from.
pub struct Parts {
    pub config: Config,
    pub calls: Calls,
    pub directory: Arc<dyn DirectoryView>,
    pub clock: Clock,
    /// The edge asks them for nothing but whether they are there.
    pub store: Store,
    pub nats: Nats,
    /// Cancelled when the edge is to stop: what stays open by itself must end then.
    pub shutdown: CancellationToken,
}

/// Shared by all requests.
pub(crate) struct Shared {
    pub config: Config,
    pub calls: Calls,
    pub directory: Arc<dyn DirectoryView>,
    pub clock: Clock,
    pub store: Store,
    pub nats: Nats,
    pub services: Services,
    pub volatile: Volatile,
    pub sessions: Sessions,
    pub attempts: Attempts,
    pub limits: Limits,
    pub sources: Sources,
    pub proofs: Proofs,
    pub results: Results,
    pub tiles: Tiles,
    pub uploads: Uploads,
    /// Mebibytes of large bodies that may still be taken into memory.
    pub uploads_in_memory: Arc<Semaphore>,
    pub streams: Arc<Streams>,
    pub shutdown: CancellationToken,
}

pub(crate) type Edge = Arc<Shared>;

impl Shared {
    pub(crate) fn new(parts: Parts) -> Result<Edge, String> {
        let Parts {
            config,
            calls,
            directory,
            clock,
            store,
            nats,
            shutdown,
        } = parts;
        let volatile =
            Volatile::connect_lazily(&config.redis_url).map_err(|error| format!("redis_url: {error}"))?;
        Ok(Arc::new(Self {
            services: Services::new(&config.services)?,
            sessions: Sessions::new(config.session.clone(), volatile.clone()),
            attempts: Attempts::new(volatile.clone()),
            limits: Limits::new(config.limits.clone(), volatile.clone()),
            sources: Sources::new(config.trusted_proxies.clone(), volatile.clone()),
            proofs: Proofs::new(
                config.proof.clone(),
                config.limits.remembered_sources,
                volatile.clone(),
            ),
            results: Results::default(),
            tiles: Tiles::new(config.map.clone())?,
            uploads: Uploads::new(volatile.clone()),
            uploads_in_memory: Arc::new(Semaphore::new(config.limits.upload_mebibytes as usize)),
            streams: Streams::new(config.limits.streams_per_person),
            config,
            calls,
            directory,
            clock,
            store,
            nats,
            shutdown,
            volatile,
        }))
    }
}

/// Channels to all services, each connected when first used. A new service is one field, one line and one method here.
#[derive(Clone)]
pub(crate) struct Services {
    directory: Channel,
    tip_intake: Channel,
    case_assignment: Channel,
    disposal_tracking: Channel,
    accountability: Channel,
    result_reporting: Channel,
    notification: Channel,
    ledger: Channel,
    audit_replay: Channel,
}

impl Services {
    fn new(addresses: &Addresses) -> Result<Self, String> {
        let channel = |name: &str, address: &str| {
            connect_lazily(address).map_err(|error| format!("services.{name}: {error}"))
        };
        Ok(Self {
            directory: channel("directory", &addresses.directory)?,
            tip_intake: channel("tip_intake", &addresses.tip_intake)?,
            case_assignment: channel("case_assignment", &addresses.case_assignment)?,
            disposal_tracking: channel("disposal_tracking", &addresses.disposal_tracking)?,
            accountability: channel("accountability", &addresses.accountability)?,
            result_reporting: channel("result_reporting", &addresses.result_reporting)?,
            notification: channel("notification", &addresses.notification)?,
            ledger: channel("ledger", &addresses.ledger)?,
            audit_replay: channel("audit_replay", &addresses.audit_replay)?,
        })
    }
    pub(crate) fn directory(&self) -> DirectoryClient<Channel> {
        DirectoryClient::new(self.directory.clone()).max_encoding_message_size(LARGEST_MESSAGE)
    }
    pub(crate) fn case_assignment(&self) -> CaseAssignmentClient<Channel> {
        CaseAssignmentClient::new(self.case_assignment.clone())
    }
    pub(crate) fn disposal_tracking(&self) -> DisposalTrackingClient<Channel> {
        DisposalTrackingClient::new(self.disposal_tracking.clone())
    }
    pub(crate) fn accountability(&self) -> AccountabilityClient<Channel> {
        AccountabilityClient::new(self.accountability.clone())
    }
    pub(crate) fn result_reporting(&self) -> ResultReportingClient<Channel> {
        ResultReportingClient::new(self.result_reporting.clone())
    }
    pub(crate) fn notification(&self) -> NotificationsClient<Channel> {
        NotificationsClient::new(self.notification.clone())
    }
    pub(crate) fn ledger(&self) -> LedgerClient<Channel> {
        LedgerClient::new(self.ledger.clone()).max_decoding_message_size(LARGEST_MESSAGE)
    }
    pub(crate) fn audit(&self) -> AuditClient<Channel> {
        AuditClient::new(self.audit_replay.clone()).max_decoding_message_size(LARGEST_MESSAGE)
    }
    /// Photos travel in both directions.
    pub(crate) fn tip_intake(&self) -> TipIntakeClient<Channel> {
        TipIntakeClient::new(self.tip_intake.clone())
            .max_encoding_message_size(LARGEST_MESSAGE)
            .max_decoding_message_size(LARGEST_MESSAGE)
    }
}
