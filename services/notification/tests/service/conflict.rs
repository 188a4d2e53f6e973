//! What a person is told of letters about themselves: nothing, and no number of them.

use super::*;
use case_domain::CaseEvent;
use jurisdiction::Against;

#[tokio::test(flavor = "multi_thread")]
async fn letters_about_a_case_do_not_exist_for_the_inspector_whom_it_is_about() {
    let town = Town::start().await;
    let service = Service::start(&town, free_address().port()).await;
    request(&town, 1, unit(sample::TOWNSHIP)).await;
    let listed = async |who: Actor| {
        let all = ListNotificationsRequest::default();
        let listed = service.list(&town, &who, all).await;
        (listed.total, listed.notifications.len())
    };
    until("the letter is listed", async || {
        listed(inspector()).await == (1, 1)
    })
    .await;
    let about = Against {
        persons: [StaffId::of("inspector-321300-JW")].into(),
        ..Against::default()
    };
    let noted = CaseEvent::ConflictNoted { against: about };
    town.record(&format!("case-{}", CaseId::sample(7)), &[noted])
        .await;
    until("it is gone", async || listed(inspector()).await == (0, 0)).await;
    assert_eq!(listed(admin()).await, (1, 1));
    service.stop().await;
    town.stop().await;
}
