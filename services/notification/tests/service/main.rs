//! The service with a real store and a real SMTP receiver: sent once, refused for one, held while the receiver is away.

mod conflict;
mod danger;
mod faults_of_comparable_systems;
mod receiver;

use decider::Refusal;
use jurisdiction::{Actor, CaseId, Role, StaffId, Subject, UnitCode, sample};
use mingcha_proto::notification::notifications_client::NotificationsClient;
use mingcha_proto::notification::{
    ListNotificationsRequest, ListNotificationsResponse, ListOwnNotificationsRequest,
    ListOwnNotificationsResponse, Notification as Row, RetryNotificationRequest,
};
use notification::{Config, SmtpConfig};
use notification_domain::{Addressee, Channel, NotificationEvent, RetryRefusal};
use platform::testkit::{Town, free_address, until};
use platform::{Context, ServeError, connect_lazily, wait_for_port};
use receiver::{Receiver, header, mails};
use std::path::PathBuf;
use tokio::task::JoinHandle;
use tonic::{Code, transport};

/// The service under test.
struct Service {
    context: Context,
    running: JoinHandle<Result<(), ServeError>>,
    client: NotificationsClient<transport::Channel>,
}

impl Service {
    async fn start(town: &Town, smtp_port: u16) -> Self {
        let context = town.context().await;
        let config = Config {
            listen: free_address(),
            smtp: SmtpConfig {
                port: smtp_port,
                ..SmtpConfig::default()
            },
            ..Config::default()
        };
        let address = config.listen;
        let running = tokio::spawn(notification::serve(config, context.clone()));
        assert!(wait_for_port(address, std::time::Duration::from_secs(30)).await);
        let channel = connect_lazily(&format!("http://{address}")).expect("a channel");
        Self {
            context,
            running,
            client: NotificationsClient::new(channel),
        }
    }
    async fn stop(self) {
        self.context.shutdown.cancel();
        self.running.await.expect("no panic").expect("a graceful end");
    }
    async fn list(
        &self,
        town: &Town,
        who: &Actor,
        wanted: ListNotificationsRequest,
    ) -> ListNotificationsResponse {
        let request = town.calls().request(who, None, wanted);
        let listed = self.client.clone().list_notifications(request).await;
        listed.expect("a list").into_inner()
    }
    async fn own(&self, town: &Town, who: &Actor) -> ListOwnNotificationsResponse {
        let asked = ListOwnNotificationsRequest::default();
        let request = town.calls().request(who, None, asked);
        let listed = self.client.clone().list_own_notifications(request).await;
        listed.expect("a list").into_inner()
    }
    async fn retry(&self, town: &Town, who: &Actor, id: &str) -> Result<u32, tonic::Status> {
        let message = RetryNotificationRequest {
            notification_id: id.to_owned(),
        };
        let request = town.calls().request(who, None, message);
        let done = self.client.clone().retry_notification(request).await?;
        Ok(done.into_inner().facts)
    }
}

fn id(number: u128) -> String {
    CaseId::sample(number).to_string()
}
fn stream(number: u128) -> String {
    format!("notification-{}", id(number))
}
async fn request(town: &Town, number: u128, addressee: Addressee) {
    let event = NotificationEvent::NotificationRequested {
        channel: Channel::Mail,
        addressee,
        template: "reminder".into(),
        subject: "【催办】首次现场核查超期".into(),
        body: "请立即办理。".into(),
        about: Subject::Case(CaseId::sample(7)),
    };
    town.record(&stream(number), &[event]).await;
}
fn unit(code: &str) -> Addressee {
    Addressee::Unit {
        unit: UnitCode::of(code),
    }
}
async fn ends_as(town: &Town, number: u128, name: &str) {
    let stream = stream(number);
    let ended = async || town.names(&stream).await.last().is_some_and(|last| last == name);
    until(&format!("{stream} {name}"), ended).await;
}
fn inspector() -> Actor {
    sample::acting(Role::Inspector, sample::DISCIPLINE)
}
fn admin() -> Actor {
    sample::acting(Role::Admin, sample::OFFICE)
}
fn inbox(town: &Town) -> PathBuf {
    town.folder().join("mail")
}

const TOWNSHIP_MAIL: &str = "321322102@mingcha.example";
const COUNTY_MAIL: &str = "321322@mingcha.example";
const LEADER_MAIL: &str = "leader-321322102@mingcha.example";
const SENT: &str = "notification.sent.v1";
const ABANDONED: &str = "notification.abandoned.v1";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_is_sent_once_also_after_a_restart() {
    let town = Town::start().await;
    let receiver = Receiver::start(&inbox(&town), 0, &[]);
    let service = Service::start(&town, receiver.port).await;
    request(&town, 1, unit(sample::TOWNSHIP)).await;
    let staff = StaffId::of("leader-321322102");
    request(&town, 2, Addressee::Staff { staff }).await;
    for number in [1, 2] {
        ends_as(&town, number, SENT).await;
    }
    service.stop().await;
    let service = Service::start(&town, receiver.port).await;
    request(&town, 3, unit(sample::COUNTY)).await;
    ends_as(&town, 3, SENT).await;
    for (to, number) in [(TOWNSHIP_MAIL, 1), (LEADER_MAIL, 2), (COUNTY_MAIL, 3)] {
        let got = receiver.mails(to);
        assert_eq!(got.len(), 1, "mails to {to}");
        // Sent twice after a crash, it would be recognised by this.
        let expected = format!("<{}@mingcha.example>", id(number));
        assert_eq!(header(&got[0], "Message-ID"), Some(expected.as_str()));
        assert_eq!(header(&got[0], "Auto-Submitted"), Some("auto-generated"));
    }
    service.stop().await;
    town.stop().await;
}

fn abandoned() -> ListNotificationsRequest {
    ListNotificationsRequest {
        state: Some("abandoned".into()),
        ..Default::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_receiver_is_away_nothing_is_lost_and_no_attempt_is_wasted() {
    let town = Town::start().await;
    let port = free_address().port();
    let service = Service::start(&town, port).await;
    for number in 1..=3 {
        request(&town, number, unit(sample::TOWNSHIP)).await;
    }
    let away = async || {
        let listed = service
            .list(&town, &admin(), ListNotificationsRequest::default())
            .await;
        listed.server_away.is_some() && listed.total == 3
    };
    until("the lists say that the receiver is away", away).await;
    let receiver = Receiver::start(&inbox(&town), port, &[]);
    for number in 1..=3 {
        ends_as(&town, number, SENT).await;
        assert_eq!(
            town.names(&stream(number)).await.len(),
            2,
            "requested and sent, nothing between"
        );
    }
    assert_eq!(receiver.mails(TOWNSHIP_MAIL).len(), 3);

    // Away once more, with a connection of before in the pool.
    drop(receiver);
    request(&town, 4, unit(sample::TOWNSHIP)).await;
    until("it is away again", away_again(&service, &town)).await;
    let _receiver = Receiver::start(&inbox(&town), port, &[]);
    ends_as(&town, 4, SENT).await;
    assert_eq!(mails(&inbox(&town), TOWNSHIP_MAIL).len(), 4);
    service.stop().await;
    town.stop().await;
}

fn away_again<'a>(service: &'a Service, town: &'a Town) -> impl AsyncFn() -> bool + 'a {
    async || {
        let listed = service
            .list(town, &admin(), ListNotificationsRequest::default())
            .await;
        listed.server_away.is_some()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_tried_again_for_an_administrator_only() {
    let town = Town::start().await;
    let port;
    {
        let receiver = Receiver::start(&inbox(&town), 0, &[TOWNSHIP_MAIL]);
        port = receiver.port;
        let service = Service::start(&town, port).await;
        request(&town, 1, unit(sample::TOWNSHIP)).await;
        ends_as(&town, 1, ABANDONED).await;
        let refused = service
            .retry(&town, &admin(), &id(1))
            .await
            .expect_err("still refused");
        assert!(refused.message().contains("550"), "{refused}");
        assert!(
            refused
                .message()
                .contains(RetryRefusal::NotDelivered.reason().says)
        );
        service.stop().await;
    }
    let service = Service::start(&town, port).await;
    let away = service
        .retry(&town, &admin(), &id(1))
        .await
        .expect_err("nobody receives");
    assert!(away.message().contains(RetryRefusal::ServerAway.reason().says));
    let receiver = Receiver::start(&inbox(&town), port, &[]);
    let refused = service
        .retry(&town, &inspector(), &id(1))
        .await
        .expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    assert_eq!(service.retry(&town, &admin(), &id(1)).await.expect("sent"), 1);
    assert_eq!(receiver.mails(TOWNSHIP_MAIL).len(), 1);
    let last = town.stream(&stream(1)).await.pop().expect("a fact");
    assert_eq!(last.name, SENT);
    let asked = Actor::system("notification/retry-asked-by/admin-321300-AWB");
    assert_eq!(last.metadata.actor, asked);
    let again = service.retry(&town, &admin(), &id(1)).await.expect_err("refused");
    assert_eq!(again.code(), Code::FailedPrecondition);
    assert_eq!(again.message(), RetryRefusal::NotAbandoned.reason().says);

    let all = ListNotificationsRequest::default();
    let rows = service.list(&town, &admin(), all.clone()).await.notifications;
    assert!(
        rows.iter()
            .all(|row| row.body.is_empty() && row.subject.is_empty())
    );
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    let request = town.calls().request(&handler, None, all);
    let refused = service.client.clone().list_notifications(request).await;
    assert_eq!(refused.expect_err("refused").code(), Code::PermissionDenied);
    service.stop().await;
    town.stop().await;
}
