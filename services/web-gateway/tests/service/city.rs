//! A city for tests: the edge between real Redis and services that only remember what they were told.

use crate::fake_directory::FakeDirectory;
use crate::fake_disposal::FakeDisposal;
use crate::fake_ledger::FakeLedger;
use crate::fake_notification::FakeNotification;
use crate::fakes::FakeIntake;
use crate::redis_server::RedisServer;
use crate::remembering::Remembering;
use axum::Router;
use jurisdiction::{Hotline, Jurisdiction, StaffId, sample};
use mingcha_proto::accountability::accountability_server::AccountabilityServer;
use mingcha_proto::directory::directory_server::DirectoryServer;
use mingcha_proto::disposal::disposal_tracking_server::DisposalTrackingServer;
use mingcha_proto::intake::tip_intake_server::TipIntakeServer;
use mingcha_proto::ledger::ledger_server::LedgerServer;
use mingcha_proto::notification::notifications_server::NotificationsServer;
use platform::{Calls, Clock, IdentityConfig, IdentityMint, IdentityVerifier, Nats, Store, generate_keys};
use std::sync::{Arc, RwLock};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;
use web_gateway::{Config, DirectoryView, Parts, router};

pub const HOOK_SECRET: &str = "abcdefghijklmnopqrstuvwx";
/// The number that its pages publish.
pub const HOTLINE: &str = "0527-00012350";

/// A directory that changes when a test says so.
pub struct TestDirectory(RwLock<Arc<Jurisdiction>>);

impl DirectoryView for TestDirectory {
    fn current(&self) -> Arc<Jurisdiction> {
        Arc::clone(&self.0.read().expect("lock"))
    }
    fn is_ready(&self) -> bool {
        true
    }
}

impl TestDirectory {
    pub fn change(&self, change: impl FnOnce(&mut Jurisdiction)) {
        let mut jurisdiction = (*self.current()).clone();
        change(&mut jurisdiction);
        *self.0.write().expect("lock") = Arc::new(jurisdiction);
    }
    pub fn retire(&self, account: &str) {
        self.change(|jurisdiction| {
            jurisdiction.staff.remove(&StaffId::of(account));
        });
    }
}

pub struct City {
    pub router: Router,
    pub directory: Arc<TestDirectory>,
    pub intake: FakeIntake,
    /// What accountability and the lists of the ledger were asked.
    pub accountability: Remembering,
    pub ledger: FakeLedger,
    pub notices: FakeNotification,
    pub shutdown: CancellationToken,
    pub redis: Option<RedisServer>,
    _keys: tempfile::TempDir,
}

impl City {
    /// Everything is there.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(adjust: impl FnOnce(&mut Config)) -> Self {
        let keys = tempfile::tempdir().expect("folder");
        let identity = IdentityConfig {
            signing_key_file: keys.path().join("key.pem"),
            verifying_key_file: keys.path().join("key.pub.pem"),
        };
        generate_keys(&identity).expect("keys");
        let redis = RedisServer::start().await;
        let intake = FakeIntake::default();
        let accountability = Remembering::default();
        let ledger = FakeLedger {
            asked: accountability.clone(),
            ..FakeLedger::default()
        };
        let shutdown = CancellationToken::new();
        let notices = FakeNotification::default();
        let services = serve_fakes(&identity, &intake, &accountability, &ledger, &notices).await;
        let mut config = Config {
            redis_url: redis.url.clone(),
            sms_hook_secret: Some(HOOK_SECRET.to_owned()),
            ..Config::default()
        };
        // Riddles for a machine without patience; who has no answer does not wait.
        config.proof.bits = 4;
        config.proof.wait_seconds = 0;
        config.services.directory.clone_from(&services);
        config.services.accountability.clone_from(&services);
        config.services.ledger.clone_from(&services);
        config.services.disposal_tracking.clone_from(&services);
        config.services.notification.clone_from(&services);
        config.services.tip_intake = services;
        // Whatever else runs on this machine, it is none of the tests'.
        let nobody = "http://127.0.0.1:1";
        config.services.case_assignment = nobody.to_owned();
        config.services.result_reporting = nobody.to_owned();
        config.services.audit_replay = nobody.to_owned();
        adjust(&mut config);
        let mut jurisdiction = sample::suqian();
        let hotline = Hotline {
            number: HOTLINE.to_owned(),
            name: "市安委办举报电话（演示）".to_owned(),
            hours: "24 小时".to_owned(),
            by_sms: false,
        };
        jurisdiction.hotlines.insert(hotline.number.clone(), hotline);
        let directory = Arc::new(TestDirectory(RwLock::new(Arc::new(jurisdiction))));
        let parts = Parts {
            config,
            calls: Calls {
                mint: IdentityMint::load(&identity).expect("key"),
            },
            directory: directory.clone(),
            clock: Clock::new(false),
            // The fakes need neither.
            store: Store::new("kurrentdb://127.0.0.1:1?tls=false"),
            nats: Nats::connect("nats://127.0.0.1:1").await.expect("an address"),
            shutdown: shutdown.clone(),
        };
        Self {
            router: router(parts).expect("router"),
            directory,
            intake,
            accountability,
            ledger,
            notices,
            shutdown,
            redis: Some(redis),
            _keys: keys,
        }
    }
}

/// All fakes behind one address, checking identities as the real services do.
async fn serve_fakes(
    identity: &IdentityConfig,
    intake: &FakeIntake,
    accountability: &Remembering,
    ledger: &FakeLedger,
    notices: &FakeNotification,
) -> String {
    let verifier = IdentityVerifier::load(identity).expect("key");
    let (also, third, fourth) = (verifier.clone(), verifier.clone(), verifier.clone());
    let (fifth, sixth) = (verifier.clone(), verifier.clone());
    let directory = DirectoryServer::with_interceptor(FakeDirectory, move |request| verifier.admit(request));
    let intake = TipIntakeServer::new(intake.clone()).max_decoding_message_size(platform::LARGEST_MESSAGE);
    let intake =
        tonic::service::interceptor::InterceptedService::new(intake, move |request| also.admit(request));
    let ledger = LedgerServer::with_interceptor(ledger.clone(), move |request| third.admit(request));
    let accountability =
        AccountabilityServer::with_interceptor(accountability.clone(), move |request| fourth.admit(request));
    let disposal =
        DisposalTrackingServer::with_interceptor(FakeDisposal, move |request| fifth.admit(request));
    let notices = NotificationsServer::with_interceptor(notices.clone(), move |request| sixth.admit(request));
    let routes = Routes::new(directory)
        .add_service(notices)
        .add_service(disposal)
        .add_service(intake)
        .add_service(accountability)
        .add_service(ledger);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let address = listener.local_addr().expect("address");
    tokio::spawn(
        tonic::transport::Server::builder()
            .add_routes(routes)
            .serve_with_incoming(TcpListenerStream::new(listener)),
    );
    format!("http://{address}")
}
