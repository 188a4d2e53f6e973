//! Faults of comparable systems that lie in the mail: one recipient who cannot be reached ends the loop for all after.

use super::*;

/// GlobaLeaks stops reminding everybody after the first who opted out.
#[tokio::test(flavor = "multi_thread")]
async fn an_addressee_who_is_refused_or_has_no_mailbox_keeps_nobody_else_from_theirs() {
    let town = Town::start().await;
    let receiver = Receiver::start(&inbox(&town), 0, &[TOWNSHIP_MAIL]);
    request(&town, 1, unit(sample::TOWNSHIP)).await;
    request(&town, 2, unit("321399")).await;
    for number in 3..=10 {
        request(&town, number, unit(sample::COUNTY)).await;
    }
    let service = Service::start(&town, receiver.port).await;
    for number in 3..=10 {
        ends_as(&town, number, SENT).await;
    }
    for number in [1, 2] {
        ends_as(&town, number, ABANDONED).await;
    }
    assert_eq!(receiver.mails(COUNTY_MAIL).len(), 8);

    let caught_up = async || service.list(&town, &admin(), abandoned()).await.total == 2;
    until("both are listed as abandoned", caught_up).await;
    let listed = service.list(&town, &inspector(), abandoned()).await;
    let row = |number| -> &Row {
        let mut rows = listed.notifications.iter();
        rows.find(|row| row.notification_id == id(number)).expect("a row")
    };
    assert!(
        row(1)
            .last_failure
            .as_deref()
            .is_some_and(|told| told.contains("550"))
    );
    assert_eq!(row(2).last_failure.as_deref(), Some("没有邮箱"));
    assert_eq!(row(1).body, "请立即办理。");
    assert_eq!(listed.server_away, None);
    service.stop().await;
    town.stop().await;
}
