//! The service as others see it: who keeps the directory, what is refused and why, and whose clock can be moved.

mod importing;
mod passwords;
mod reading;
mod settings;
mod tables;

use directory::Config;
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::directory::directory_client::DirectoryClient;
use mingcha_proto::directory::{
    AdvanceClockRequest, ChangePasswordRequest, GetCampaignRequest, GetEntryHistoryRequest, HandOverRequest,
    ImportDirectoryRequest, ListStaffRequest, ListUnitsRequest, ObligationLimit, PublishHotlineRequest,
    RegisterStaffRequest, RegisterUnitRequest, RetireStaffRequest, RewardRule, SetCalendarYearRequest,
    SetCustodyRequest, SetLadderRequest, SetLimitsRequest, SetRecheckDaysRequest, SetRewardRulesRequest,
    SetStagesRequest, SetSupervisionRequest, Stage, SupervisionThresholds, TimeLimit, VerifyPasswordRequest,
};
use platform::testkit::{Town, free_address};
use platform::{Calls, Clock, Context, ServeError, connect_lazily, wait_for_port};
use std::time::Duration;
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;

const VILLAGE: &str = "321322102203";

/// A directory that serves, and whoever asks it.
struct Office {
    context: Context,
    serving: JoinHandle<Result<(), ServeError>>,
    calls: Calls,
    client: DirectoryClient<Channel>,
}

impl Office {
    async fn open(town: &Town, clock: Clock) -> Self {
        let mut context = town.context().await;
        context.clock = clock;
        let config = Config {
            listen: free_address(),
            credentials_file: town.folder().join("credentials.sqlite"),
            ..Config::default()
        };
        let address = config.listen;
        let serving = tokio::spawn(directory::serve(config, context.clone()));
        assert!(wait_for_port(address, Duration::from_secs(30)).await);
        let channel = connect_lazily(&format!("http://{address}")).expect("a channel");
        Self {
            context,
            serving,
            calls: town.calls(),
            client: DirectoryClient::new(channel),
        }
    }
    fn asks<T>(&self, who: &Actor, message: T) -> (DirectoryClient<Channel>, Request<T>) {
        (self.client.clone(), self.calls.request(who, None, message))
    }
    async fn registers(&self, who: &Actor, unit: RegisterUnitRequest) -> Result<u32, Status> {
        let (mut client, request) = self.asks(who, unit);
        let reply = client.register_unit(request).await?;
        Ok(reply.into_inner().facts)
    }
    async fn employs(&self, member: RegisterStaffRequest) -> Result<u32, Status> {
        let (mut client, request) = self.asks(&admin(), member);
        let reply = client.register_staff(request).await?;
        Ok(reply.into_inner().facts)
    }
    async fn knows_password(&self, account: &str, password: &str) -> Result<Vec<String>, Status> {
        let asked = VerifyPasswordRequest {
            account: account.into(),
            password: password.into(),
        };
        let (mut client, request) = self.asks(&Actor::system("web-gateway/sign-in"), asked);
        Ok(client.verify_password(request).await?.into_inner().roles)
    }
    async fn close(self) {
        self.context.shutdown.cancel();
        self.serving.await.expect("no panic").expect("a graceful end");
    }
}

fn admin() -> Actor {
    sample::acting(Role::Admin, sample::OFFICE)
}

fn village(name: &str, parent: &str) -> RegisterUnitRequest {
    RegisterUnitRequest {
        code: VILLAGE.into(),
        name: name.into(),
        level: "village".into(),
        kind: "government".into(),
        parent: Some(parent.into()),
        ..Default::default()
    }
}

fn member(account: &str, unit: &str) -> RegisterStaffRequest {
    RegisterStaffRequest {
        account: account.into(),
        name: "演示·新任书记".into(),
        unit: unit.into(),
        roles: vec!["leader".into()],
        email: Some("leader@mingcha.example".into()),
        first_responsible: false,
        password: None,
    }
}

/// The stable code and the field of a refusal.
fn reason(status: &Status) -> (String, String) {
    let info = status.get_details_error_info().expect("a refusal of ours");
    let field = info.metadata.get("field").cloned().unwrap_or_default();
    (info.reason, field)
}

#[tokio::test]
async fn an_administrator_keeps_units_and_staff_and_nobody_else_does() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let nobody = office
        .client
        .clone()
        .register_unit(village("示范三村", sample::TOWNSHIP))
        .await;
    assert_eq!(nobody.expect_err("refused").code(), Code::Unauthenticated);
    let leader = sample::acting(Role::Leader, sample::TOWNSHIP);
    let refused = office
        .registers(&leader, village("示范三村", sample::TOWNSHIP))
        .await;
    let refused = refused.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    assert_eq!(reason(&refused).0, "directory.not_admin");

    let wrong = office
        .registers(&admin(), village("示范三村", sample::COUNTY))
        .await;
    let expected = ("directory.parent_level_mismatch".into(), "level".into());
    assert_eq!(reason(&wrong.expect_err("refused")), expected);
    let nameless = office.registers(&admin(), village(" ", sample::TOWNSHIP)).await;
    assert_eq!(reason(&nameless.expect_err("refused")).1, "name");
    let strange = RegisterUnitRequest {
        level: "hamlet".into(),
        ..village("示范三村", sample::TOWNSHIP)
    };
    let strange = office.registers(&admin(), strange).await.expect_err("refused");
    assert_eq!(reason(&strange), ("platform.bad_shape".into(), "level".into()));

    let right = village("示范三村", sample::TOWNSHIP);
    assert_eq!(
        office.registers(&admin(), right.clone()).await.expect("recorded"),
        1
    );
    assert_eq!(office.registers(&admin(), right).await.expect("known already"), 0);
    // Whoever was just registered can be referred to at once.
    assert_eq!(
        office
            .employs(member("leader-new", VILLAGE))
            .await
            .expect("recorded"),
        1
    );
    let second = RegisterStaffRequest {
        first_responsible: true,
        ..member("leader-second", sample::TOWNSHIP)
    };
    let refused = office.employs(second).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.another_first_responsible");
    assert_eq!(town.names(&format!("unit-{VILLAGE}")).await.len(), 1);
    office.close().await;
    town.stop().await;
}
