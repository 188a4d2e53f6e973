//! Tip intake on a real store, and people who call it.

use case_domain::{CaseEvent, ClosingReason, Origin};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use jurisdiction::{Actor, Against, CommandId, TipId, UnitCode, Urgency, sample};
use mingcha_proto::common::{CommandReply, Place};
use mingcha_proto::intake::tip_intake_client::TipIntakeClient;
use mingcha_proto::intake::{
    AcceptTipRequest, Attachment, Contact, GetTipByReceiptRequest, GetTipByReceiptResponse,
    ReadTipContentRequest, ReadTipContentResponse, ReceiveTipRequest, ReceiveTipResponse,
};
use platform::testkit::{Town, free_address};
use platform::{Calls, Context, ServeError, connect_lazily, wait_for_port};
use std::io::Cursor;
use std::time::Duration;
use tip_intake::Config;
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Request, Response, Status};
use tonic_types::StatusExt;
use uuid::Uuid;

const LIMIT: Duration = Duration::from_secs(30);

/// What a reporter wrote and left, to be looked for where it must not be.
pub const NARRATIVE: &str = "夜里有卡车进出，院内堆放蓝色塑料桶，气味刺鼻。";
pub const PHONE: &str = "19900000001";

/// The service under test.
pub struct Desk {
    pub town: Town,
    calls: Calls,
    config: Config,
    client: TipIntakeClient<Channel>,
    context: Context,
    service: JoinHandle<Result<(), ServeError>>,
}

impl Desk {
    pub async fn open() -> Self {
        let town = Town::start().await;
        let config = Config {
            listen: free_address(),
            keyring_file: town.folder().join("intake/keyring.sqlite"),
            master_key_file: town.folder().join("intake/keyring.key"),
            evidence_dir: town.folder().join("intake/evidence"),
        };
        let (context, service, client) = serve(&town, &config).await;
        Self {
            calls: town.calls(),
            town,
            config,
            client,
            context,
            service,
        }
    }

    /// Stops the service and starts it anew on what it left behind.
    pub async fn restart(&mut self) {
        self.context.shutdown.cancel();
        (&mut self.service)
            .await
            .expect("no panic")
            .expect("a graceful end");
        self.config.listen = free_address();
        (self.context, self.service, self.client) = serve(&self.town, &self.config).await;
    }

    pub async fn close(self) {
        self.context.shutdown.cancel();
        self.service.await.expect("no panic").expect("a graceful end");
        self.town.stop().await;
    }

    /// A client, for calls without an identity.
    pub fn stranger(&self) -> TipIntakeClient<Channel> {
        self.client.clone()
    }

    /// A client and a request of somebody.
    pub fn asks<T>(&self, who: &Actor, message: T) -> (TipIntakeClient<Channel>, Request<T>) {
        (self.client.clone(), self.calls.request(who, None, message))
    }

    /// The same, under a command id of the caller's choice.
    pub fn repeats<T>(
        &self,
        who: &Actor,
        command: u64,
        message: T,
    ) -> (TipIntakeClient<Channel>, Request<T>) {
        let id = CommandId(Uuid::from_u128(command.into()));
        (self.client.clone(), self.calls.request(who, Some(id), message))
    }

    /// The same, under the id of a command that is known already.
    pub fn under<T>(&self, who: &Actor, id: CommandId, message: T) -> (TipIntakeClient<Channel>, Request<T>) {
        (self.client.clone(), self.calls.request(who, Some(id), message))
    }

    /// A citizen reports.
    pub async fn receive(&self, report: ReceiveTipRequest) -> ReceiveTipResponse {
        let (mut client, request) = self.asks(&Actor::Citizen, report);
        client.receive_tip(request).await.expect("received").into_inner()
    }

    /// A case of the township as case-assignment would have recorded it.
    pub async fn case(&self, id: &str, against: Against, more: &[CaseEvent]) {
        self.case_in(sample::TOWNSHIP, id, against, more).await;
    }

    /// Likewise, of a site elsewhere.
    pub async fn case_in(&self, division: &str, id: &str, against: Against, more: &[CaseEvent]) {
        let tip = TipId::sample(1);
        let opened = CaseEvent::CaseOpened {
            origin: Origin::Tip { tip },
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: None,
            place: case_domain::Place {
                text: "老砖瓦厂".into(),
                coordinates: None,
                division: Some(UnitCode::of(division)),
            },
            urgency: Urgency::Normal,
            confidential: false,
            against,
        };
        let facts: Vec<_> = std::iter::once(opened).chain(more.iter().cloned()).collect();
        self.town.record(&format!("case-{id}"), &facts).await;
    }

    /// The case of an accepted tip, opened and closed without a word to its reporters.
    pub async fn case_is_over(&self, receipt: &str) {
        let case = self.status(receipt).await.expect("found").case_id;
        let end = CaseEvent::CaseClosed {
            reason: ClosingReason::FoundClean,
            tips: vec![],
            summary: String::new(),
        };
        self.case(&case.expect("a case"), Against::default(), &[end])
            .await;
    }

    pub async fn accept(&self, who: &Actor, tip: &str) -> Result<CommandReply, Status> {
        let (mut client, request) = self.asks(who, acceptance(tip));
        client.accept_tip(request).await.map(Response::into_inner)
    }

    pub async fn status(&self, receipt: &str) -> Result<GetTipByReceiptResponse, Status> {
        let receipt = receipt.to_owned();
        let (mut client, request) = self.asks(&Actor::Citizen, GetTipByReceiptRequest { receipt });
        client.get_tip_by_receipt(request).await.map(Response::into_inner)
    }

    pub async fn read(&self, who: &Actor, tip: &str) -> Result<ReadTipContentResponse, Status> {
        let tip_id = tip.to_owned();
        let (mut client, request) = self.asks(who, ReadTipContentRequest { tip_id });
        client.read_tip_content(request).await.map(Response::into_inner)
    }
}

async fn serve(
    town: &Town,
    config: &Config,
) -> (
    Context,
    JoinHandle<Result<(), ServeError>>,
    TipIntakeClient<Channel>,
) {
    let context = town.context().await;
    let service = tokio::spawn(tip_intake::serve(config.clone(), context.clone()));
    assert!(
        wait_for_port(config.listen, LIMIT).await,
        "the service does not listen"
    );
    let channel = connect_lazily(&format!("http://{}", config.listen)).expect("a channel");
    (context, service, TipIntakeClient::new(channel))
}

/// A report on the web form, with everything that people leave.
pub fn a_report() -> ReceiveTipRequest {
    ReceiveTipRequest {
        channel: "web".into(),
        narrative: NARRATIVE.into(),
        place: Some(Place {
            text: "胡集镇老砖瓦厂院内".into(),
            coordinates: None,
            division: Some(sample::TOWNSHIP.into()),
        }),
        seen: vec!["barrels".into(), "smell".into()],
        seen_when: "每天夜里".into(),
        wants_answer: true,
        contact: Some(Contact {
            phone: PHONE.into(),
            ..Contact::default()
        }),
        ..ReceiveTipRequest::default()
    }
}

pub fn acceptance(tip: &str) -> AcceptTipRequest {
    AcceptTipRequest {
        tip_id: tip.to_owned(),
        summary: "砖瓦厂内疑似夜间生产化工产品".into(),
        ..AcceptTipRequest::default()
    }
}

/// A small real photo of one colour.
pub fn photo(shade: u8) -> Attachment {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(16, 16, Rgb([shade, 90, 120])));
    let mut data = Cursor::new(Vec::new());
    picture.write_to(&mut data, ImageFormat::Png).expect("a PNG");
    Attachment {
        data: data.into_inner(),
    }
}

/// The stable code of a refusal.
#[track_caller]
pub fn code<T: std::fmt::Debug>(outcome: Result<T, Status>) -> String {
    let status = outcome.expect_err("refused");
    let details = status.get_error_details();
    let info = details.error_info().expect("an ErrorInfo");
    info.reason.clone()
}
