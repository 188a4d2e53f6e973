//! The service, started for a test and stopped after it.

use case_assignment::Config;
use mingcha_proto::assignment::case_assignment_client::CaseAssignmentClient;
use platform::testkit::{Town, free_address};
use platform::{Calls, Context, connect_lazily, wait_for_port};
use tokio::task::JoinHandle;
use tonic::transport::Channel;

/// The service in a town of its own.
pub struct Served {
    pub town: Town,
    pub calls: Calls,
    pub client: CaseAssignmentClient<Channel>,
    pub context: Context,
    service: JoinHandle<()>,
}

impl Served {
    pub async fn start() -> Self {
        Self::on(Town::start().await).await
    }
    pub async fn on(town: Town) -> Self {
        let context = town.context().await;
        let config = Config {
            listen: free_address(),
        };
        let address = config.listen;
        let serving = case_assignment::serve(config, context.clone());
        let service = tokio::spawn(async move { serving.await.expect("a graceful end") });
        assert!(wait_for_port(address, std::time::Duration::from_secs(30)).await);
        let channel = connect_lazily(&format!("http://{address}")).expect("a channel");
        Self {
            calls: town.calls(),
            client: CaseAssignmentClient::new(channel),
            town,
            context,
            service,
        }
    }
    pub async fn stop(self) {
        self.ends().await.stop().await;
    }
    /// The service ends, the town goes on.
    pub async fn ends(self) -> Town {
        self.context.shutdown.cancel();
        self.service.await.expect("no panic");
        self.town
    }
}
