//! Imports: what is right goes in, what is not is named.

use super::*;

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
            ..Stage::default()
        }],
        hotlines: vec![PublishHotlineRequest {
            number: "12350".into(),
            name: "安全生产举报".into(),
            hours: "全天".into(),
            by_sms: false,
        }],
        calendars: vec![SetCalendarYearRequest {
            year: 2020,
            holidays: vec!["2020-10-01".into()],
            make_up_workdays: vec!["2020-10-01".into()],
            basis: String::new(),
        }],
        ..Default::default()
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
