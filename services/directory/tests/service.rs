//! The service as others see it: who keeps the directory, what is refused and why, and whose clock can be moved.

use directory::Config;
use jurisdiction::{Actor, Role, sample};
use mingcha_proto::directory::directory_client::DirectoryClient;
use mingcha_proto::directory::{
    AdvanceClockRequest, ChangePasswordRequest, ImportDirectoryRequest, PublishHotlineRequest,
    RegisterStaffRequest, RegisterUnitRequest, RetireStaffRequest, SetCalendarYearRequest, SetStagesRequest,
    Stage, VerifyPasswordRequest,
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

#[tokio::test]
async fn a_password_lets_its_owner_in_until_it_is_changed_or_the_owner_leaves() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let short = RegisterStaffRequest {
        password: Some("short".into()),
        ..member("leader-new", sample::VILLAGE)
    };
    let refused = office.employs(short.clone()).await.expect_err("refused");
    assert_eq!(reason(&refused).1, "password");
    assert!(
        town.names("staff-leader-new").await.is_empty(),
        "nothing half done"
    );
    let first = "the first password";
    let registered = RegisterStaffRequest {
        password: Some(first.into()),
        ..short
    };
    office.employs(registered).await.expect("recorded");
    assert_eq!(
        office.knows_password("leader-new", first).await.expect("right"),
        ["leader"]
    );
    for (account, password) in [("leader-new", "the wrong password"), ("nobody", first)] {
        let wrong = office.knows_password(account, password).await.expect_err("wrong");
        assert_eq!(wrong.code(), Code::Unauthenticated, "{account}");
    }
    // Only the sign-in may try passwords.
    let asked = VerifyPasswordRequest {
        account: "leader-new".into(),
        password: first.into(),
    };
    let (mut client, request) = office.asks(&admin(), asked);
    let refused = client.verify_password(request).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);

    let owner = sample::acting(Role::Leader, sample::VILLAGE);
    let own = Actor::staff(
        "leader-new".parse().expect("an account"),
        owner.unit().expect("a unit").clone(),
        Role::Leader,
    );
    let second = "the second password";
    let change = |current: &str| ChangePasswordRequest {
        account: "leader-new".into(),
        current: current.into(),
        new: second.into(),
    };
    let (mut client, request) = office.asks(&owner, change(first));
    let by_another = client.change_password(request).await.expect_err("refused");
    assert_eq!(by_another.code(), Code::PermissionDenied);
    let (mut client, request) = office.asks(&own, change("not the first"));
    assert_eq!(
        reason(&client.change_password(request).await.expect_err("refused")).1,
        "current"
    );
    let (mut client, request) = office.asks(&own, change(first));
    client.change_password(request).await.expect("changed");
    assert!(office.knows_password("leader-new", first).await.is_err());
    office.knows_password("leader-new", second).await.expect("right");

    let leaving = RetireStaffRequest {
        account: "leader-new".into(),
        reason: "调任".into(),
    };
    let (mut client, request) = office.asks(&admin(), leaving);
    client.retire_staff(request).await.expect("retired");
    assert!(office.knows_password("leader-new", second).await.is_err());
    let names = town.names("staff-leader-new").await;
    let expected = ["staff.registered.v1", "staff.password_set.v1", "staff.retired.v1"];
    assert_eq!(names, expected);
    let history = format!("{:?}", town.stream("staff-leader-new").await);
    assert!(
        !history.contains(first) && !history.contains(second),
        "a password in the history"
    );
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn an_import_takes_in_what_is_right_and_names_every_bad_row() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let import = ImportDirectoryRequest {
        units: vec![
            village("示范三村", sample::TOWNSHIP),
            RegisterUnitRequest {
                code: "321399".into(),
                ..village("没有上级的村", "321388")
            },
        ],
        staff: vec![member("leader-new", VILLAGE), member("leader-lost", "321377")],
        stages: vec![Stage {
            code: "sweep".into(),
            name: "排查摸底".into(),
            from: "2020-05-20".into(),
            to: Some("2020-06-30".into()),
        }],
        hotlines: vec![PublishHotlineRequest {
            number: "12350".into(),
            name: "安全生产举报".into(),
            hours: "全天".into(),
        }],
        calendars: vec![SetCalendarYearRequest {
            year: 2020,
            holidays: vec!["2020-10-01".into()],
            make_up_workdays: vec!["2020-10-01".into()],
        }],
    };
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    let (mut client, request) = office.asks(&leader, import.clone());
    let refused = client.import_directory(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.not_admin");
    let (mut client, request) = office.asks(&admin(), import.clone());
    let outcome = client
        .import_directory(request)
        .await
        .expect("taken in")
        .into_inner();
    let rows: Vec<_> = outcome.bad_rows.iter().map(|bad| bad.row.as_str()).collect();
    assert_eq!(rows, ["units[1]", "staff[1]", "calendars[0]"]);
    assert!(
        outcome.bad_rows.iter().all(|bad| !bad.reason.is_ascii()),
        "{outcome:?}"
    );
    assert_eq!((outcome.recorded, outcome.unchanged), (4, 0));
    let (mut client, request) = office.asks(&admin(), import);
    let again = client
        .import_directory(request)
        .await
        .expect("taken in")
        .into_inner();
    assert_eq!((again.recorded, again.unchanged), (0, 4));
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn stages_hotlines_and_calendars_are_checked_field_by_field() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let backwards = SetStagesRequest {
        stages: vec![Stage {
            code: "sweep".into(),
            name: "排查摸底".into(),
            from: "2020-06-30".into(),
            to: Some("2020-05-20".into()),
        }],
    };
    let (mut client, request) = office.asks(&admin(), backwards);
    let refused = client.set_stages(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.stage_ends_before_start");
    let hotline = PublishHotlineRequest {
        number: "call me".into(),
        name: "举报".into(),
        hours: String::new(),
    };
    let (mut client, request) = office.asks(&admin(), hotline);
    let refused = client.publish_hotline(request).await.expect_err("refused");
    assert_eq!(
        reason(&refused),
        ("directory.hotline_number".into(), "number".into())
    );
    let year = |holiday: &str| SetCalendarYearRequest {
        year: 2021,
        holidays: vec![holiday.into()],
        make_up_workdays: vec![],
    };
    for wrong in ["2021-02-30", "2020-10-01"] {
        let (mut client, request) = office.asks(&admin(), year(wrong));
        let refused = client.set_calendar_year(request).await.expect_err("refused");
        assert_eq!(refused.code(), Code::InvalidArgument, "{wrong}");
    }
    let (mut client, request) = office.asks(&admin(), year("2021-10-01"));
    client.set_calendar_year(request).await.expect("recorded");
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn only_a_simulated_clock_can_be_moved_and_only_forward() {
    let town = Town::start().await;
    let demonstration = Office::open(&town, Clock::new(true)).await;
    let production = Office::open(&town, Clock::new(false)).await;
    let advance = |seconds| AdvanceClockRequest { seconds };
    let (mut client, request) = production.asks(&admin(), advance(3600));
    let refused = client.advance_clock(request).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    assert_eq!(reason(&refused).0, "platform.clock_is_real");
    assert!(
        town.names("clock-simulated").await.is_empty(),
        "nothing was recorded"
    );
    for seconds in [0, -1, 34_560_001] {
        let (mut client, request) = demonstration.asks(&admin(), advance(seconds));
        let refused = client.advance_clock(request).await.expect_err("refused");
        assert_eq!(
            reason(&refused),
            ("directory.clock_only_forward".into(), "seconds".into())
        );
    }
    let leader = sample::acting(Role::Leader, sample::CITY);
    let (mut client, request) = demonstration.asks(&leader, advance(3600));
    let refused = client.advance_clock(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.not_admin");
    let (mut client, request) = demonstration.asks(&admin(), advance(3600));
    client.advance_clock(request).await.expect("moved");
    assert_eq!(town.names("clock-simulated").await, ["clock.advanced.v1"]);
    demonstration.close().await;
    production.close().await;
    town.stop().await;
}
