//! What people read of the directory, page by page and over time.

use super::*;

#[tokio::test]
async fn who_was_responsible_when_stays_on_record() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    office
        .employs(member("leader-new", sample::TOWNSHIP))
        .await
        .expect("recorded");
    let hand_over = HandOverRequest {
        unit: sample::TOWNSHIP.into(),
        to: "leader-new".into(),
        reason: "县委任免通知".into(),
    };
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    let (mut client, request) = office.asks(&leader, hand_over.clone());
    let refused = client.hand_over(request).await.expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.not_admin");
    let (mut client, request) = office.asks(&admin(), hand_over);
    client.hand_over(request).await.expect("handed over");

    let (mut client, request) = office.asks(
        &leader,
        ListUnitsRequest {
            within: Some(sample::TOWNSHIP.into()),
            ..Default::default()
        },
    );
    let units = client.list_units(request).await.expect("told").into_inner();
    let codes: Vec<_> = units.units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(codes, [sample::TOWNSHIP, sample::VILLAGE, sample::OTHER_VILLAGE]);
    assert_eq!(units.units[0].first_responsible.as_deref(), Some("leader-new"));

    let entry = format!("unit-{}", sample::TOWNSHIP);
    let asked = |entry: &str| GetEntryHistoryRequest { entry: entry.into() };
    let (mut client, request) = office.asks(&leader, asked(&entry));
    let refused = client.get_entry_history(request).await.expect_err("refused");
    assert_eq!(refused.code(), Code::PermissionDenied);
    let inspector = sample::acting(Role::Inspector, sample::DISCIPLINE);
    for (unknown, code) in [("unit-999999", Code::NotFound), ("case-1", Code::InvalidArgument)] {
        let (mut client, request) = office.asks(&inspector, asked(unknown));
        let refused = client.get_entry_history(request).await.expect_err("refused");
        assert_eq!(refused.code(), code, "{unknown}");
    }
    let (mut client, request) = office.asks(&inspector, asked("calendar-2031"));
    let untouched = client.get_entry_history(request).await.expect("no change yet");
    assert_eq!(untouched.into_inner().facts, []);
    let (mut client, request) = office.asks(&inspector, asked(&entry));
    let history = client
        .get_entry_history(request)
        .await
        .expect("told")
        .into_inner();
    let titles: Vec<_> = history.facts.iter().map(|fact| fact.title.as_str()).collect();
    assert_eq!(titles, ["登记单位", "第一责任人交接"]);
    assert!(
        history.facts[1].data_json.contains("leader-321322102"),
        "the predecessor stays named"
    );
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn long_lists_come_in_pages_that_miss_nobody() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let (mut seen, mut after) = (Vec::new(), String::new());
    let total = loop {
        let asked = ListStaffRequest {
            after: after.clone(),
            limit: 7,
            ..Default::default()
        };
        let (mut client, request) = office.asks(&admin(), asked);
        let page = client.list_staff(request).await.expect("a page").into_inner();
        seen.extend(page.staff.into_iter().map(|member| member.account));
        match page.next {
            Some(next) => after = next,
            None => break page.total,
        }
    };
    let everybody: Vec<_> = sample::suqian()
        .staff
        .into_keys()
        .map(|account| account.to_string())
        .collect();
    assert_eq!(seen, everybody);
    assert_eq!(total as usize, everybody.len());
    let of_role = |role: &str| ListStaffRequest {
        role: Some(role.into()),
        text: "321322".into(),
        limit: 1,
        ..Default::default()
    };
    let (mut client, request) = office.asks(&admin(), of_role("inspector"));
    let none = client.list_staff(request).await.expect("a page").into_inner();
    assert_eq!((none.total, none.next), (0, None));
    let (mut client, request) = office.asks(&admin(), of_role("king"));
    let refused = client.list_staff(request).await.expect_err("refused");
    assert_eq!(reason(&refused).1, "role");
    office.close().await;
    town.stop().await;
}
