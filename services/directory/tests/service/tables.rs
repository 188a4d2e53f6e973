//! Units and staff from and to the files of an office.

use super::*;
use mingcha_proto::directory::{
    ChangedCell, ExportTableRequest, ImportTableRequest, ImportTableResponse, TableFile,
};

async fn imported(
    office: &Office,
    who: &Actor,
    table: &str,
    file: &[u8],
    only_check: bool,
) -> Result<ImportTableResponse, Status> {
    let asked = ImportTableRequest {
        table: table.into(),
        file: Some(TableFile { data: file.into() }),
        only_check: only_check.to_string(),
    };
    let (mut client, request) = office.asks(who, asked);
    Ok(client.import_table(request).await?.into_inner())
}

async fn exported(office: &Office, table: &str, format: &str) -> Result<Vec<u8>, Status> {
    let asked = ExportTableRequest {
        table: table.into(),
        format: format.into(),
    };
    let (mut client, request) = office.asks(&admin(), asked);
    Ok(client.export_table(request).await?.into_inner().data)
}

const UNITS: &str = "单位代码,单位名称,层级,类型,上级单位代码,部门,电子邮箱
321322102203,示范三村,村居,政府或村居委员会,321322102,,
321322-YJ,沭阳县应急管理局,county,部门,321322,应急,yj@mingcha.example
321322102204,示范四村,村,政府（村居委员会）,321322102,,
321322102205,,村居（社区）,政府（村居委员会）,321322102,,
321322102206,示范六村,村居（社区）,政府（村居委员会）,321399,,
";

#[tokio::test]
async fn a_table_of_units_is_checked_then_taken_in_and_every_bad_row_is_named() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let bad_rows = |outcome: &ImportTableResponse| {
        let rows = outcome.bad_rows.iter();
        rows.map(|bad| (bad.row, bad.code.clone(), bad.column.clone().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let expected = [
        (4, "321322102204".to_owned(), "层级".to_owned()),
        (5, "321322102205".to_owned(), "单位名称".to_owned()),
        (6, "321322102206".to_owned(), "上级单位代码".to_owned()),
    ];
    let checked = imported(&office, &admin(), "units", UNITS.as_bytes(), true)
        .await
        .expect("checked");
    assert_eq!(bad_rows(&checked), expected);
    assert_eq!(
        (checked.rows, checked.recorded, checked.only_checked),
        (5, 2, true)
    );
    let new = |outcome: &ImportTableResponse| {
        let rows = outcome.changes.iter();
        rows.map(|change| (change.row, change.is_new, change.cells.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(new(&checked), [(2, true, 0), (3, true, 0)]);
    assert!(town.names("unit-321322102203").await.is_empty(), "only checked");
    let done = imported(&office, &admin(), "units", UNITS.as_bytes(), false)
        .await
        .expect("taken in");
    assert_eq!(bad_rows(&done), expected);
    assert!(done.bad_rows.iter().all(|bad| !bad.reason.is_ascii()), "{done:?}");
    assert_eq!((done.recorded, done.unchanged), (2, 0));
    let again = imported(&office, &admin(), "units", UNITS.as_bytes(), false)
        .await
        .expect("taken in");
    assert_eq!((again.recorded, again.unchanged), (0, 2));
    assert_eq!(again.changes, []);
    let renamed = UNITS.replacen("示范三村,", "示范新村,", 1);
    for only_check in [true, false] {
        let renamed = imported(&office, &admin(), "units", renamed.as_bytes(), only_check).await;
        let renamed = renamed.expect("a row with another name").changes;
        let cell = ChangedCell {
            column: "单位名称".into(),
            before: "示范三村".into(),
            after: "示范新村".into(),
        };
        assert_eq!(renamed.len(), 1, "{renamed:?}");
        assert_eq!((renamed[0].row, renamed[0].is_new), (2, false));
        assert_eq!(renamed[0].cells, [cell], "only_check={only_check}");
    }
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn new_units_and_their_staff_are_known_within_one_check() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let units = "单位代码,单位名称,层级,类型,上级单位代码,部门,电子邮箱\n321322104,新镇,乡镇（街道）,政府（村居委员会）,321322,,\n321322104201,新村,村居（社区）,政府（村居委员会）,321322104,,\n";
    let checked = imported(&office, &admin(), "units", units.as_bytes(), true)
        .await
        .expect("checked");
    assert!(checked.bad_rows.is_empty(), "{checked:?}");
    let staff = "账号\t姓名\t单位代码\t角色\t电子邮箱\t第一责任人\t初始密码\nleader-new\t演示·书记\t321322102201\t负责人、承办人\t\t否\t足够长的初始密码一二三\nleader-two\t演示·书记\t321322102201\t国王\t\t否\t\nleader-three\t演示·书记\t321322102201\t负责人\t\t是\t\n";
    let done = imported(&office, &admin(), "staff", staff.as_bytes(), false)
        .await
        .expect("taken in");
    let columns: Vec<_> = done
        .bad_rows
        .iter()
        .map(|bad| bad.column.as_deref().unwrap_or_default())
        .collect();
    assert_eq!(columns, ["角色", "第一责任人"], "{done:?}");
    let roles = office
        .knows_password("leader-new", "足够长的初始密码一二三")
        .await
        .expect("right");
    assert_eq!(roles, ["handler", "leader"]);
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn what_is_exported_can_be_taken_in_again_without_a_change() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    for format in ["csv", "xlsx"] {
        for table in ["units", "staff"] {
            let file = exported(&office, table, format).await.expect("a file");
            let again = imported(&office, &admin(), table, &file, false)
                .await
                .expect("taken in");
            assert_eq!(
                (again.recorded, again.bad_rows.len()),
                (0, 0),
                "{table}.{format}: {again:?}"
            );
            assert!(again.unchanged > 10, "{again:?}");
        }
    }
    let refused = exported(&office, "secrets", "csv").await.expect_err("refused");
    assert_eq!(reason(&refused).1, "table");
    let refused = exported(&office, "units", "pdf").await.expect_err("refused");
    assert_eq!(reason(&refused).1, "format");
    office.close().await;
    town.stop().await;
}

#[tokio::test]
async fn what_is_no_such_table_is_refused_as_a_whole() {
    let town = Town::start().await;
    let office = Office::open(&town, Clock::new(true)).await;
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    let refused = imported(&office, &leader, "units", UNITS.as_bytes(), true)
        .await
        .expect_err("refused");
    assert_eq!(reason(&refused).0, "directory.not_admin");
    for (file, says) in [
        ("", "空"),
        ("单位代码,单位名称\n1,2\n", "缺少"),
        ("单位代码,单位代码\n1,2\n", "两次"),
        ("单位代码,颜色\n1,2\n", "颜色"),
        ("\u{1}PK", "单位代码"),
    ] {
        let refused = imported(&office, &admin(), "units", file.as_bytes(), true)
            .await
            .expect_err("refused");
        assert_eq!(reason(&refused).1, "file", "{file}");
        assert!(
            refused.message().contains(says) || file.starts_with('\u{1}'),
            "{file}: {}",
            refused.message()
        );
    }
    office.close().await;
    town.stop().await;
}
