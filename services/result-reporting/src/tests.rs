//! Reports from village to city with the real ledger, and a site that comes to light afterwards.

use super::{
    Config,
    mergers::{self, KnownMergers},
    reactor, serve,
};
use case_domain::{CaseEvent, Class, Origin, Place};
use jurisdiction::{Actor, CaseId, CommandId, Role, StaffId, TipId, UnitCode, Urgency, sample};
use mingcha_proto::reporting::result_reporting_client::ResultReportingClient;
use mingcha_proto::reporting::{
    DraftReportRequest, DraftReportResponse, FileReportRequest, GiveGuaranteeRequest, ReturnReportRequest,
    SealReportRequest, SignReportRequest,
};
use platform::testkit::{Town, free_address, until};
use platform::{Context, Reaction, Recorded, ServeError, connect_lazily};
use std::net::SocketAddr;
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Code, Status};
use uuid::Uuid;

mod between;

/// From the bottom up.
const BELOW_THE_COUNTY: [&str; 4] = [
    sample::VILLAGE,
    sample::OTHER_VILLAGE,
    sample::TOWNSHIP,
    sample::OTHER_TOWNSHIP,
];

type Running = JoinHandle<Result<(), ServeError>>;

/// Result reporting beside a ledger.
struct Desk {
    town: Town,
    context: Context,
    client: ResultReportingClient<Channel>,
    mergers: KnownMergers,
    ledger: SocketAddr,
    running: Vec<Running>,
}

fn a_command() -> CommandId {
    CommandId(Uuid::new_v4())
}

/// A reporting service whose ledger does not run yet.
async fn without_ledger() -> Desk {
    let town = Town::start().await;
    let context = town.context().await;
    let ledger = free_address();
    let config = Config {
        listen: free_address(),
        ledger: format!("http://{ledger}"),
    };
    let mergers = mergers::known();
    context.run_in_background(mergers.clone().follow(context.clone()));
    let channel = connect_lazily(&format!("http://{}", config.listen)).expect("a channel");
    let address = config.listen;
    let running = vec![tokio::spawn(serve(config, context.clone()))];
    assert!(platform::wait_for_port(address, std::time::Duration::from_secs(30)).await);
    Desk {
        town,
        context,
        client: ResultReportingClient::new(channel),
        mergers,
        ledger,
        running,
    }
}

async fn desk() -> Desk {
    let mut desk = without_ledger().await;
    let config = ledger::Config {
        listen: desk.ledger,
        database_file: desk.town.folder().join("ledger.sqlite"),
    };
    let serving = ledger::serve(config, desk.context.clone());
    desk.running.push(tokio::spawn(serving));
    desk
}

impl Desk {
    /// Drafts as the unit's own handler; a ledger that is still starting is waited for.
    async fn draft(&self, unit: &str) -> Result<DraftReportResponse, Status> {
        self.draft_as(a_command(), unit).await
    }
    async fn draft_as(&self, command: CommandId, unit: &str) -> Result<DraftReportResponse, Status> {
        let who = sample::acting(Role::Handler, unit);
        let outcome = std::sync::Mutex::new(None);
        let answered = async || {
            let answer = self.draft_once(&who, command, unit).await;
            let away = matches!(&answer, Err(status) if status.code() == Code::Unavailable);
            *outcome.lock().expect("the outcome") = Some(answer);
            !away
        };
        until("the ledger answers", answered).await;
        outcome.into_inner().expect("the outcome").expect("an answer")
    }
    async fn draft_once(
        &self,
        who: &Actor,
        command: CommandId,
        unit: &str,
    ) -> Result<DraftReportResponse, Status> {
        let wait_for_position = self.position().await;
        let message = DraftReportRequest {
            unit: unit.to_owned(),
            stage: "sweep".to_owned(),
            wait_for_position,
        };
        let request = self.town.calls().request(who, Some(command), message);
        let drafted = self.client.clone().draft_report(request).await?;
        Ok(drafted.into_inner())
    }
    /// Of the last report that was written, so that the next draft sees it.
    async fn position(&self) -> Option<u64> {
        let mut last = None;
        for unit in BELOW_THE_COUNTY {
            let stream = self.town.stream(&format!("report-{unit}-sweep")).await;
            last = last.max(stream.last().map(|fact| fact.position));
        }
        last
    }
    async fn sign(&self, unit: &str, digest: &str) -> Result<(), Status> {
        self.sign_as(&sample::acting(Role::Leader, unit), unit, digest)
            .await
    }
    async fn sign_as(&self, leader: &Actor, unit: &str, digest: &str) -> Result<(), Status> {
        let message = SignReportRequest {
            report_id: format!("{unit}-sweep"),
            digest: digest.to_owned(),
        };
        let request = self.town.calls().request(leader, None, message);
        self.client.clone().sign_report(request).await.map(|_| ())
    }
    async fn send_back(&self, unit: &str, above: &str) -> Result<(), Status> {
        let message = ReturnReportRequest {
            report_id: format!("{unit}-sweep"),
            reason: "未列明闲置厂房。".into(),
        };
        let leader = sample::acting(Role::Leader, above);
        let request = self.town.calls().request(&leader, None, message);
        self.client.clone().return_report(request).await.map(|_| ())
    }
    async fn drafted_and_signed(&self, unit: &str) -> String {
        let draft = self.draft(unit).await.expect("a draft");
        self.sign(unit, &draft.digest).await.expect("signed");
        draft.digest
    }
    async fn all_below_the_county_sign(&self) {
        for unit in BELOW_THE_COUNTY {
            self.drafted_and_signed(unit).await;
        }
    }
    async fn hear(&self, events: &[Recorded]) {
        for event in events {
            let context = &self.context;
            let reaction = Reaction { event, context };
            reactor::handle(reaction, &self.mergers)
                .await
                .expect("a reaction");
        }
    }
    async fn names(&self, unit: &str) -> Vec<String> {
        self.town.names(&format!("report-{unit}-sweep")).await
    }
    async fn stop(self) {
        self.context.shutdown.cancel();
        for running in self.running {
            running.await.expect("no panic").expect("a graceful end");
        }
        self.town.stop().await;
    }
}

fn opened(division: &str) -> CaseEvent {
    CaseEvent::CaseOpened {
        origin: Origin::Tip {
            tip: TipId::sample(1),
        },
        summary: "疑似生产化工产品".into(),
        enterprise: None,
        place: place(division),
        urgency: Urgency::Normal,
        confidential: false,
        against: jurisdiction::Against::default(),
    }
}
fn confirmed(division: &str) -> CaseEvent {
    CaseEvent::CaseConfirmed {
        class: Class::C,
        owner: UnitCode::of(sample::TOWNSHIP),
        place: place(division),
        summary: "无证生产".into(),
        urgency: Urgency::Normal,
    }
}
fn place(division: &str) -> Place {
    Place {
        text: "老砖瓦厂".into(),
        division: Some(UnitCode::of(division)),
        ..Default::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_go_up_from_the_villages_to_the_file_of_the_city() {
    let desk = desk().await;
    desk.town
        .record(&format!("case-{}", CaseId::sample(7)), &[opened(sample::VILLAGE)])
        .await;
    let guarantee = GiveGuaranteeRequest {
        unit: sample::VILLAGE.into(),
        stage: "sweep".into(),
        text: "保证排查不漏一户。".into(),
    };
    let leader = sample::acting(Role::Leader, sample::VILLAGE);
    let request = desk.town.calls().request(&leader, None, guarantee);
    desk.client
        .clone()
        .give_guarantee(request)
        .await
        .expect("guaranteed");

    let early = desk
        .draft(sample::TOWNSHIP)
        .await
        .expect_err("villages are missing");
    assert_eq!(early.code(), Code::FailedPrecondition, "{early}");
    let listed = async || {
        desk.draft(sample::VILLAGE)
            .await
            .is_ok_and(|draft| draft.sites == 1)
    };
    until("the village's list holds its site", listed).await;
    let wrong = desk
        .sign(sample::VILLAGE, &"0".repeat(64))
        .await
        .expect_err("not what was read");
    assert_eq!(wrong.code(), Code::FailedPrecondition);
    desk.all_below_the_county_sign().await;
    let digest = desk.drafted_and_signed(sample::COUNTY).await;

    let county = sample::acting(Role::Leader, sample::COUNTY);
    let report_id = format!("{}-sweep", sample::COUNTY);
    let seal = SealReportRequest {
        report_id: report_id.clone(),
        digest,
    };
    let request = desk.town.calls().request(&county, None, seal);
    desk.client.clone().seal_report(request).await.expect("sealed");
    let file = FileReportRequest {
        report_id,
        number: "宿安备〔2020〕1号".into(),
    };
    let city = sample::acting(Role::Dispatcher, sample::OFFICE);
    let request = desk.town.calls().request(&city, None, file);
    desk.client.clone().file_report(request).await.expect("filed");
    let names = desk.names(sample::COUNTY).await;
    let expected = ["drafted", "signed", "sealed", "filed"].map(|fact| format!("report.{fact}.v1"));
    assert_eq!(names, expected);
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_confirmed_later_contradicts_what_was_signed_once_and_nothing_else() {
    let desk = desk().await;
    desk.drafted_and_signed(sample::VILLAGE).await;
    desk.draft(sample::OTHER_VILLAGE)
        .await
        .expect("a draft, not signed");
    let case = format!("case-{}", CaseId::sample(7));
    let facts = [opened(sample::VILLAGE), confirmed(sample::VILLAGE)];
    let heard = desk.town.record(&case, &facts).await;
    desk.hear(&heard).await;
    desk.hear(&heard).await;
    let names = desk.names(sample::VILLAGE).await;
    assert_eq!(
        names,
        ["report.drafted.v1", "report.signed.v1", "report.contradicted.v1"]
    );
    assert_eq!(desk.names(sample::OTHER_VILLAGE).await, ["report.drafted.v1"]);
    assert!(desk.names(sample::TOWNSHIP).await.is_empty());
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_report_is_drafted_and_signed_anew() {
    let desk = desk().await;
    desk.drafted_and_signed(sample::VILLAGE).await;
    desk.send_back(sample::VILLAGE, sample::TOWNSHIP)
        .await
        .expect("returned");
    desk.drafted_and_signed(sample::VILLAGE).await;
    let expected = ["drafted", "signed", "returned", "drafted", "signed"];
    assert_eq!(
        desk.names(sample::VILLAGE).await,
        expected.map(|fact| format!("report.{fact}.v1"))
    );
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_decides_who_may_see_a_list_and_without_it_nothing_is_drafted() {
    let mut desk = without_ledger().await;
    let own = sample::acting(Role::Handler, sample::VILLAGE);
    let away = desk
        .draft_once(&own, a_command(), sample::VILLAGE)
        .await
        .expect_err("no ledger");
    assert_eq!(away.code(), Code::Unavailable);
    assert!(away.message().contains("台账暂时不可用"), "{away}");
    let config = ledger::Config {
        listen: desk.ledger,
        database_file: desk.town.folder().join("ledger.sqlite"),
    };
    desk.running
        .push(tokio::spawn(ledger::serve(config, desk.context.clone())));
    desk.draft(sample::VILLAGE).await.expect("a draft");
    let foreign = sample::acting(Role::Handler, sample::OTHER_TOWNSHIP);
    let refused = desk
        .draft_once(&foreign, a_command(), sample::VILLAGE)
        .await
        .expect_err("not theirs");
    assert!(
        matches!(refused.code(), Code::PermissionDenied | Code::NotFound),
        "{refused}"
    );
    assert_eq!(desk.names(sample::VILLAGE).await.len(), 1);
    desk.stop().await;
}
