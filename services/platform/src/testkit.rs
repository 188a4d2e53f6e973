//! For tests of services: a real event store on a free port, the sample directory in it, and a clock that can be moved.

use crate::{
    Calls, Clock, CommonConfig, Context, Expected, IdentityMint, Metadata, NewEvent, Recorded, Store,
    event_id, generate_keys,
};
use decider::{StoredEvent, encode};
use directory_domain::DirectoryEvent;
use event_store::EventStore;
use jiff::Timestamp;
use jurisdiction::{Actor, sample};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Conditions are waited for so long at most; nothing is measured by it.
const LIMIT: Duration = Duration::from_secs(60);

/// Every fact of a service that was ever written, with its name: the golden ones of its domain.
///
/// # Panics
/// If one of them cannot be read.
pub fn goldens<E: StoredEvent>(service: &str) -> Vec<(String, E)> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = services.join(service).join("domain/tests/golden");
    let files = std::fs::read_dir(folder).expect("the golden facts");
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let text = std::fs::read_to_string(&path).expect("a fact");
        let data = serde_json::from_str(&text).expect("JSON");
        (name.to_owned(), decider::decode(name, data).expect(name))
    };
    files.map(|file| read(file.expect("a file").path())).collect()
}

/// A town with a store. NATS is away: what services hear is handed to them.
pub struct Town {
    folder: TempDir,
    config: CommonConfig,
    pub store: Store,
    /// The test's own, for commands at hand.
    pub own: Context,
    clock: Clock,
    stop: CancellationToken,
    served: JoinHandle<()>,
}

impl Town {
    /// Starts the store and records the sample directory.
    ///
    /// # Panics
    /// If any part of it fails, as everything here does.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = event_store::Config {
            listen: ([127, 0, 0, 1], 0).into(),
            data_dir: folder.path().join("store"),
            ..event_store::Config::default()
        };
        let opened = EventStore::open(&settings).expect("the store opens");
        let listener = opened.bind().await.expect("the store binds");
        let address = listener.local_addr().expect("an address");
        let stop = CancellationToken::new();
        let serving = opened.serve_on(listener, stop.clone().cancelled_owned());
        let served = tokio::spawn(async move { serving.await.expect("the store serves") });
        let mut config = CommonConfig::default();
        config.store.url = format!("kurrentdb://{address}?tls=false");
        config.nats.url = format!("nats://{}", free_address());
        config.clock.simulated = true;
        config.identity.signing_key_file = folder.path().join("identity.pem");
        config.identity.verifying_key_file = folder.path().join("identity.pub.pem");
        generate_keys(&config.identity).expect("keys");
        let store = Store::new(&config.store.url);
        record_directory(&store).await;
        let own = connect(&config).await;
        Self {
            store,
            own,
            clock: Clock::new(true),
            folder,
            config,
            stop,
            served,
        }
    }

    /// What a service is given: each call is another replica, or the same after a restart. Its directory is complete.
    pub async fn context(&self) -> Context {
        connect(&self.config).await
    }

    /// A folder for whatever else a test needs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Calls on behalf of anybody.
    pub fn calls(&self) -> Calls {
        let mint = IdentityMint::load(&self.config.identity).expect("the signing key");
        Calls { mint }
    }

    /// The campaign's time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the clock of everybody to an instant, if it is still to come.
    pub async fn advance_to(&self, instant: Timestamp) {
        let seconds = instant.duration_since(self.now()).as_secs() + 1;
        if seconds > 0 {
            let lead = instant.duration_since(Timestamp::now()).as_secs() + 1;
            self.clock.set_lead_seconds(lead);
            self.record("clock-simulated", &[DirectoryEvent::ClockAdvanced { seconds }])
                .await;
        }
    }

    /// Appends facts as they are, by a rule.
    pub async fn record<E: StoredEvent>(&self, stream: &str, events: &[E]) -> Vec<Recorded> {
        self.record_by(&Actor::system("test"), stream, events).await
    }

    /// Appends facts as they are.
    pub async fn record_by<E: StoredEvent>(&self, by: &Actor, stream: &str, events: &[E]) -> Vec<Recorded> {
        record(&self.store, by, self.now(), stream, events).await
    }

    /// A whole stream.
    pub async fn stream(&self, name: &str) -> Vec<Recorded> {
        read(&self.store, name).await
    }

    /// The names of a stream's facts, in order.
    pub async fn names(&self, stream: &str) -> Vec<String> {
        let facts = self.stream(stream).await;
        facts.into_iter().map(|fact| fact.name).collect()
    }

    /// Stops the store. Services are to be stopped before.
    pub async fn stop(self) {
        self.stop.cancel();
        self.served.await.expect("the store stops");
    }
}

async fn connect(config: &CommonConfig) -> Context {
    let context = Context::connect(config, CancellationToken::new()).await;
    let context = context.expect("a context");
    context.directory.ready().await;
    context
}

async fn record_directory(store: &Store) {
    let suqian = sample::suqian();
    let units = suqian.units.into_values().map(|unit| {
        let stream = format!("unit-{}", unit.code);
        (stream, DirectoryEvent::UnitRegistered { unit })
    });
    let staff = suqian.staff.into_values().map(|member| {
        let stream = format!("staff-{}", member.account);
        (stream, DirectoryEvent::StaffRegistered { member })
    });
    let stages = DirectoryEvent::StagesSet {
        stages: suqian.stages,
    };
    let by = Actor::system("test");
    for (stream, event) in units.chain(staff).chain([("campaign-2020".to_owned(), stages)]) {
        record(store, &by, Timestamp::now(), &stream, &[event]).await;
    }
}

async fn read(store: &Store, stream: &str) -> Vec<Recorded> {
    store.read_stream(stream).await.expect("a stream")
}

async fn record<E: StoredEvent>(
    store: &Store,
    by: &Actor,
    at: Timestamp,
    stream: &str,
    events: &[E],
) -> Vec<Recorded> {
    let before = read(store, stream).await;
    let expected = before
        .last()
        .map_or(Expected::NoStream, |last| Expected::Revision(last.revision));
    let command_id = crate::identity::random_uuid();
    let new_event = |(index, event): (usize, &E)| {
        let (name, data) = encode(event);
        let metadata = Metadata {
            correlation: command_id,
            causation: command_id,
            command_id,
            at,
            actor: by.clone(),
            traceparent: None,
            previous: None,
        };
        let id = event_id(at, command_id, index);
        NewEvent {
            id,
            name,
            data,
            metadata,
        }
    };
    let events = events.iter().enumerate().map(new_event).collect();
    let appended = store.append(stream, expected, events).await;
    appended.expect("facts are recorded");
    read(store, stream).await.split_off(before.len())
}

/// Waits until a condition holds.
///
/// # Panics
/// If it does not within a minute.
pub async fn until(what: &str, condition: impl AsyncFn() -> bool) {
    let waiting = async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let held = tokio::time::timeout(LIMIT, waiting).await;
    assert!(held.is_ok(), "waited in vain: {what}");
}

/// A loopback address at which nobody listens.
///
/// # Panics
/// If there is none.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address")
}
