//! Immediate danger alarms the duty contacts whatever else waits or is away.

use super::*;
use jurisdiction::TipId;
use tip_domain::TipEvent;

const ON_DUTY: &str = "dispatcher-321300-AWB@mingcha.example";

/// The town of these tests has no NATS: whatever alarms here does so on the way that is the alarm's own.
#[tokio::test(flavor = "multi_thread")]
async fn danger_is_alarmed_while_nats_is_away_and_once_also_after_a_restart() {
    let town = Town::start().await;
    let receiver = Receiver::start(&inbox(&town), 0, &[]);
    let service = Service::start(&town, receiver.port).await;
    let tip = format!("tip-{}", TipId::sample(1));
    town.record(&tip, &[TipEvent::DangerRaised {}]).await;
    let alarmed = async || !receiver.mails(ON_DUTY).is_empty();
    until("the dispatcher on duty is alarmed", alarmed).await;
    service.stop().await;

    let service = Service::start(&town, receiver.port).await;
    let second = format!("tip-{}", TipId::sample(2));
    town.record(&second, &[TipEvent::DangerRaised {}]).await;
    let alarmed = async || receiver.mails(ON_DUTY).len() >= 2;
    until("the next danger is alarmed as well", alarmed).await;
    assert_eq!(
        receiver.mails(ON_DUTY).len(),
        2,
        "the first one was not sent again"
    );
    service.stop().await;
    town.stop().await;
}

/// Hundreds of letters to a receiver that is away hold the ordinary lane; the alarm tries for itself.
#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_goes_out_before_the_letters_that_waited_for_the_mail_server() {
    let town = Town::start().await;
    let port = free_address().port();
    for number in 1..=200 {
        request(&town, number, unit(sample::TOWNSHIP)).await;
    }
    let service = Service::start(&town, port).await;
    until("it is away", away_again(&service, &town)).await;
    let tip = format!("tip-{}", TipId::sample(1));
    town.record(&tip, &[TipEvent::DangerRaised {}]).await;
    let asked = async || {
        let listed = service
            .list(&town, &admin(), ListNotificationsRequest::default())
            .await;
        listed.total > 200
    };
    until("the alarm is written", asked).await;
    let receiver = Receiver::start(&inbox(&town), port, &[]);
    let alarmed = async || !receiver.mails(ON_DUTY).is_empty();
    until("the alarm is out", alarmed).await;
    ends_as(&town, 200, SENT).await;
    service.stop().await;
    town.stop().await;
}
