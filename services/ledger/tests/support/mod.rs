//! A store in this process, a directory in it, and identities: what a service needs to run on, on loopback.

// Every test program that includes this uses its own part of it.
#![allow(dead_code)]

use decider::{StoredEvent, encode};
use directory_domain::DirectoryEvent;
use event_store::{Engine, EventStore};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Actor, Jurisdiction, sample::suqian};
use platform::{
    Calls, CommonConfig, Context, Expected, IdentityMint, Metadata, NewEvent, ServeError, event_id,
    generate_keys, wait_for_port,
};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);

/// Everything ends when this is dropped.
pub struct Town {
    pub context: Context,
    pub folder: TempDir,
    /// The store's own inside, to put into it what no client of ours would.
    pub engine: Arc<Engine>,
    calls: Calls,
    now: Timestamp,
    commands: u128,
}

impl Town {
    /// Starts a store on a free port and writes the sample directory into it.
    pub async fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let shutdown = CancellationToken::new();
        let store = event_store::Config {
            listen: ([127, 0, 0, 1], 0).into(),
            data_dir: folder.path().join("store"),
            ..event_store::Config::default()
        };
        let store = EventStore::open(&store).expect("a store");
        let listener = store.bind().await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let engine = Arc::clone(store.engine());
        tokio::spawn(store.serve_on(listener, shutdown.clone().cancelled_owned()));
        let mut config = CommonConfig::default();
        config.store.url = format!("kurrentdb://127.0.0.1:{port}?tls=false");
        // Nothing here reacts, so nothing has to listen there.
        config.nats.url = "nats://127.0.0.1:1".to_owned();
        config.identity.signing_key_file = folder.path().join("identity.pem");
        config.identity.verifying_key_file = folder.path().join("identity.pub.pem");
        generate_keys(&config.identity).expect("keys");
        let mint = IdentityMint::load(&config.identity).expect("a key");
        let context = Context::connect(&config, shutdown).await.expect("a context");
        let mut town = Self {
            context,
            folder,
            engine,
            calls: Calls { mint },
            now: "2020-06-01T01:00:00Z".parse().expect("a timestamp"),
            commands: 0,
        };
        town.register(suqian()).await;
        town
    }

    async fn register(&mut self, sample: Jurisdiction) {
        let mut last = 0;
        for (code, unit) in sample.units {
            let fact = DirectoryEvent::UnitRegistered { unit };
            last = self.add(&format!("unit-{code}"), &[fact], &admin()).await;
        }
        for (account, member) in sample.staff {
            let fact = DirectoryEvent::StaffRegistered { member };
            last = self.add(&format!("staff-{account}"), &[fact], &admin()).await;
        }
        let stages = DirectoryEvent::StagesSet {
            stages: sample.stages,
        };
        last = last.max(self.add("campaign-2020", &[stages], &admin()).await);
        let known = self.context.directory.reached(last);
        tokio::time::timeout(PATIENCE, known)
            .await
            .expect("the directory");
    }

    /// Lets time pass for the facts that follow.
    pub fn later(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    /// The instant of the facts that follow.
    pub fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The id of the command that is recorded next.
    pub fn next_command(&self) -> Uuid {
        Uuid::from_u128(self.commands + 1)
    }

    /// Commits the facts of one command as a write service would; answers with the position of the last.
    pub async fn add<E: StoredEvent>(&mut self, stream: &str, facts: &[E], actor: &Actor) -> u64 {
        let cause = self.next_command();
        self.caused(stream, facts, actor, cause, cause).await.0
    }

    /// Likewise, as a reaction to another fact, in its chain; answers with the position and the id of the last.
    pub async fn caused<E: StoredEvent>(
        &mut self,
        stream: &str,
        facts: &[E],
        actor: &Actor,
        causation: Uuid,
        correlation: Uuid,
    ) -> (u64, Uuid) {
        self.commands += 1;
        let command_id = Uuid::from_u128(self.commands);
        let new = |(index, fact): (usize, &E)| {
            let (name, data) = encode(fact);
            let metadata = Metadata {
                correlation,
                causation,
                command_id,
                at: self.now,
                actor: actor.clone(),
                traceparent: None,
                previous: None,
            };
            let id = event_id(self.now, command_id, index);
            NewEvent {
                id,
                name,
                data,
                metadata,
            }
        };
        let events: Vec<NewEvent> = facts.iter().enumerate().map(new).collect();
        let last = events.last().expect("a fact").id;
        let before = self.context.store.read_stream(stream).await.expect("the stream");
        let expected = before
            .last()
            .map_or(Expected::NoStream, |fact| Expected::Revision(fact.revision));
        let appended = self.context.store.append(stream, expected, events).await;
        (appended.expect("committed").1, last)
    }

    /// Runs a service on a free port and connects to it.
    pub async fn run<F>(&self, serve: impl FnOnce(SocketAddr, Context) -> F) -> Channel
    where
        F: Future<Output = Result<(), ServeError>> + Send + 'static,
    {
        let address = self.listening(serve).await;
        platform::connect_lazily(&format!("http://{address}")).expect("an address")
    }

    /// Likewise, with another time limit for calls.
    pub async fn run_limited<F>(
        &self,
        limit: Duration,
        serve: impl FnOnce(SocketAddr, Context) -> F,
    ) -> Channel
    where
        F: Future<Output = Result<(), ServeError>> + Send + 'static,
    {
        let address = self.listening(serve).await;
        platform::connect_within(&format!("http://{address}"), limit).expect("an address")
    }

    async fn listening<F>(&self, serve: impl FnOnce(SocketAddr, Context) -> F) -> SocketAddr
    where
        F: Future<Output = Result<(), ServeError>> + Send + 'static,
    {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address");
        drop(free);
        tokio::spawn(serve(address, self.context.clone()));
        assert!(
            wait_for_port(address, PATIENCE).await,
            "the service did not start"
        );
        address
    }

    /// A request of somebody.
    pub fn by<T>(&self, actor: &Actor, message: T) -> tonic::Request<T> {
        self.calls.request(actor, None, message)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.context.shutdown.cancel();
    }
}

fn admin() -> Actor {
    Actor::system("directory/bootstrap")
}
