//! What a person is told of letters: of those about themselves nothing, and no number of them; of the own ones everything.

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

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_what_was_sent_to_them_and_to_their_unit_and_nothing_else() {
    let town = Town::start().await;
    let service = Service::start(&town, free_address().port()).await;
    let leader = sample::acting(Role::Leader, sample::TOWNSHIP);
    let staff = leader.person().cloned().expect("an account");
    request(&town, 1, unit(sample::TOWNSHIP)).await;
    request(&town, 2, Addressee::Staff { staff }).await;
    request(&town, 3, unit(sample::COUNTY)).await;
    let own = async |who: &Actor| {
        let listed = service.own(&town, who).await;
        let rows = listed.notifications.into_iter();
        rows.map(|row| (row.notification_id, row.body))
            .collect::<Vec<_>>()
    };
    let letter = |number| (id(number), "请立即办理。".to_owned());
    until("all are listed", async || own(&leader).await.len() == 2).await;
    assert_eq!(own(&leader).await, [letter(2), letter(1)]);
    let handler = sample::acting(Role::Handler, sample::TOWNSHIP);
    assert_eq!(own(&handler).await, [letter(1)]);
    let county = sample::acting(Role::Leader, sample::COUNTY);
    until("the county's is listed", async || {
        own(&county).await == [letter(3)]
    })
    .await;
    assert_eq!(own(&admin()).await, []);
    let telephonist = sample::acting(Role::Operator, sample::COUNTY);
    assert_eq!(own(&telephonist).await, []);
    let noted = CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(sample::TOWNSHIP)),
    };
    town.record(&format!("case-{}", CaseId::sample(7)), &[noted])
        .await;
    until("what is about them is gone", async || {
        own(&leader).await.is_empty()
    })
    .await;
    service.stop().await;
    town.stop().await;
}
