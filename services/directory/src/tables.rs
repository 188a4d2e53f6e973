//! Units and staff as tables that offices keep: in from CSV or XLSX row by row, out in the same columns.

use crate::grpc::{DirectoryService, read};
use crate::words::{DEPARTMENTS, KINDS, LEVELS, Worded, code_of, role_of};
use directory_domain::{DirectoryCommand, DirectoryRefusal};
use jurisdiction::{Jurisdiction, Role, StaffMember, Unit};
use mingcha_proto::directory::{
    BadTableRow, ChangedCell, ChangedTableRow, ExportTableRequest, ExportTableResponse, ImportTableRequest,
    ImportTableResponse, RegisterStaffRequest, RegisterUnitRequest,
};
use platform::{Caller, invalid, refuse};
use sheets::{Cell, Format, Row, Table};
use std::collections::BTreeMap;
use tonic::Status;
use tonic_types::StatusExt;

/// Columns by the field that each becomes; the first names the entry.
type Columns = &'static [(&'static str, &'static str)];
const UNIT_COLUMNS: Columns = &[
    ("单位代码", "code"),
    ("单位名称", "name"),
    ("层级", "level"),
    ("类型", "kind"),
    ("上级单位代码", "parent"),
    ("部门", "department"),
    ("电子邮箱", "email"),
];
const STAFF_COLUMNS: Columns = &[
    ("账号", "account"),
    ("姓名", "name"),
    ("单位代码", "unit"),
    ("角色", "roles"),
    ("电子邮箱", "email"),
    ("第一责任人", "first_responsible"),
];
/// Only read, never written.
const PASSWORD: (&str, &str) = ("初始密码", "password");

/// Which of the two tables.
#[derive(Clone, Copy)]
enum Kind {
    Units,
    Staff,
}

impl Kind {
    fn of(name: &str) -> Result<Self, Status> {
        match name {
            "units" => Ok(Self::Units),
            "staff" => Ok(Self::Staff),
            _ => Err(invalid("table", "可选：units、staff。")),
        }
    }
    fn columns(self) -> Columns {
        match self {
            Self::Units => UNIT_COLUMNS,
            Self::Staff => STAFF_COLUMNS,
        }
    }
}

/// A row that is in order as far as it can be told without the rest of the directory.
enum Entry {
    Unit(RegisterUnitRequest),
    Member(RegisterStaffRequest),
}

/// Takes in what is right and names every row that is not.
///
/// # Errors
/// If the caller is no administrator, or the file is no table or lacks a column.
pub(crate) async fn import(
    service: &DirectoryService,
    caller: Caller,
    request: ImportTableRequest,
) -> Result<ImportTableResponse, Status> {
    admin_only(&caller)?;
    let kind = Kind::of(&request.table)?;
    let only_check = match request.only_check.as_str() {
        "" | "false" => false,
        "true" => true,
        _ => return Err(invalid("only_check", "可选：true、false。")),
    };
    let file = request
        .file
        .ok_or_else(|| invalid("file", "请选择要导入的文件。"))?;
    let rows = sheets::read(&file.data).map_err(|error| invalid("file", &error.to_string()))?;
    let (at, rows) = header(kind, &rows)?;
    let mut import = TableImport {
        service,
        caller,
        only_check,
        // What earlier rows would register is known to later ones, even if nothing is recorded.
        expected: (*service.directory()).clone(),
        outcome: ImportTableResponse {
            only_checked: only_check,
            ..Default::default()
        },
    };
    for row in rows {
        import.outcome.rows += 1;
        let fields = fields(&at, row);
        match import.take(kind, row.number, &fields).await {
            Ok(Some(change)) => {
                import.outcome.recorded += 1;
                import.outcome.changes.push(change);
            }
            Ok(None) => import.outcome.unchanged += 1,
            Err(status) => import
                .outcome
                .bad_rows
                .push(bad_row(kind, row.number, &fields, &status)),
        }
    }
    Ok(import.outcome)
}

struct TableImport<'a> {
    service: &'a DirectoryService,
    caller: Caller,
    only_check: bool,
    expected: Jurisdiction,
    outcome: ImportTableResponse,
}

impl TableImport<'_> {
    /// What the row says that is new.
    async fn take(
        &mut self,
        kind: Kind,
        number: u32,
        fields: &Fields<'_>,
    ) -> Result<Option<ChangedTableRow>, Status> {
        let caller = Caller {
            command_id: platform::derived_command(self.caller.command_id.0, &format!("row/{number}"), 0),
            seen: None,
            ..self.caller.clone()
        };
        match entry(kind, fields)? {
            Entry::Unit(row) => self.unit(caller, number, read(&row)?).await,
            Entry::Member(row) => self.member(caller, number, &row).await,
        }
    }

    async fn unit(
        &mut self,
        caller: Caller,
        number: u32,
        unit: Unit,
    ) -> Result<Option<ChangedTableRow>, Status> {
        let before = self.expected.units.get(&unit.code);
        let is_new = if self.only_check {
            let command = DirectoryCommand::RegisterUnit(unit.clone());
            self.service.check(&caller, &command, &self.expected)?;
            before != Some(&unit)
        } else {
            let command = DirectoryCommand::RegisterUnit(unit.clone());
            let done = self.service.run(caller, command).await?;
            self.outcome.position = self.outcome.position.max(done.position);
            done.facts > 0
        };
        let code = unit.code.to_string();
        let change = changed(UNIT_COLUMNS, number, code, before.map(unit_row), unit_row(&unit));
        self.expected.units.insert(unit.code.clone(), unit);
        Ok(is_new.then_some(change))
    }

    async fn member(
        &mut self,
        caller: Caller,
        number: u32,
        row: &RegisterStaffRequest,
    ) -> Result<Option<ChangedTableRow>, Status> {
        let member: StaffMember = read(&RegisterStaffRequest {
            password: None,
            ..row.clone()
        })?;
        let before = self.expected.staff.get(&member.account);
        let is_new = if self.only_check {
            if let Some(password) = &row.password {
                crate::members::check_password(password, "password")?;
            }
            let command = DirectoryCommand::RegisterStaff(member.clone());
            self.service.check(&caller, &command, &self.expected)?;
            before != Some(&member) || row.password.is_some()
        } else {
            let done = self.service.register_member(caller, row).await?;
            self.outcome.position = self.outcome.position.max(done.position);
            done.facts > 0
        };
        let account = member.account.to_string();
        let before = before.map(member_row);
        let mut change = changed(STAFF_COLUMNS, number, account, before, member_row(&member));
        if row.password.is_some() && !change.is_new {
            change.cells.push(ChangedCell {
                column: PASSWORD.0.to_owned(),
                before: "原密码".to_owned(),
                after: "重新设置".to_owned(),
            });
        }
        self.expected.staff.insert(member.account.clone(), member);
        Ok(is_new.then_some(change))
    }
}

/// What is another in a row than it was.
fn changed(
    columns: Columns,
    number: u32,
    code: String,
    before: Option<Vec<Cell>>,
    after: Vec<Cell>,
) -> ChangedTableRow {
    let is_new = before.is_none();
    let pairs = before.into_iter().flatten().zip(after);
    let cells = columns
        .iter()
        .zip(pairs)
        .filter(|(_, (before, after))| before != after);
    let cells = cells.map(|((column, _), (before, after))| ChangedCell {
        column: (*column).to_owned(),
        before: before.to_string(),
        after: after.to_string(),
    });
    ChangedTableRow {
        row: number,
        code,
        is_new,
        cells: cells.collect(),
    }
}

/// Writes everything there is.
///
/// # Errors
/// If the caller is no administrator, or table or format are unknown.
pub(crate) fn export(
    caller: &Caller,
    known: &Jurisdiction,
    request: &ExportTableRequest,
) -> Result<ExportTableResponse, Status> {
    admin_only(caller)?;
    let kind = Kind::of(&request.table)?;
    let format = Format::of(&request.format).ok_or_else(|| invalid("format", "可选：csv、xlsx。"))?;
    let (name, rows) = match kind {
        Kind::Units => ("单位名录", known.units.values().map(unit_row).collect()),
        Kind::Staff => ("人员名录", known.staff.values().map(member_row).collect()),
    };
    // No title and no notes: the file can be changed and taken in again as it is.
    let table = Table {
        header: kind
            .columns()
            .iter()
            .map(|(title, _)| (*title).to_owned())
            .collect(),
        rows,
        ..Table::default()
    };
    let data = sheets::write(&table, format).map_err(|error| Status::internal(error.to_string()))?;
    Ok(ExportTableResponse {
        data,
        content_type: format.content_type().to_owned(),
        file_name: format!("{name}.{}", format.extension()),
    })
}

fn admin_only(caller: &Caller) -> Result<(), Status> {
    if caller.actor.is(Role::Admin) {
        Ok(())
    } else {
        Err(refuse(DirectoryRefusal::NotAdmin))
    }
}

/// The non-empty cells of a row by field.
type Fields<'a> = BTreeMap<&'static str, &'a str>;

/// Where each field stands, and the rows beneath the header.
fn header(kind: Kind, rows: &[Row]) -> Result<(BTreeMap<&'static str, usize>, &[Row]), Status> {
    let Some((first, rows)) = rows.split_first() else {
        return Err(invalid("file", "文件是空的。"));
    };
    let mut at = BTreeMap::new();
    for (index, title) in first
        .cells
        .iter()
        .enumerate()
        .filter(|(_, title)| !title.is_empty())
    {
        let known = kind
            .columns()
            .iter()
            .chain([&PASSWORD])
            .find(|(name, _)| name == title);
        let Some((_, field)) = known else {
            return Err(invalid(
                "file",
                &format!("第一行没有“{title}”这一列，请先导出一份作为样表。"),
            ));
        };
        if at.insert(*field, index).is_some() {
            return Err(invalid("file", &format!("“{title}”这一列出现了两次。")));
        }
    }
    let missing = kind.columns().iter().find(|(_, field)| !at.contains_key(field));
    match missing {
        Some((title, _)) => Err(invalid(
            "file",
            &format!("第一行缺少“{title}”这一列，请先导出一份作为样表。"),
        )),
        None => Ok((at, rows)),
    }
}

fn fields<'a>(at: &BTreeMap<&'static str, usize>, row: &'a Row) -> Fields<'a> {
    let cells = at
        .iter()
        .filter_map(|(field, index)| Some((*field, row.cells.get(*index)?.as_str())));
    cells.filter(|(_, text)| !text.is_empty()).collect()
}

fn entry(kind: Kind, fields: &Fields<'_>) -> Result<Entry, Status> {
    let text = |field: &str| fields.get(field).map(|text| (*text).to_owned());
    let required = |field: &str| text(field).ok_or_else(|| invalid(field, "没有填写。"));
    Ok(match kind {
        Kind::Units => Entry::Unit(RegisterUnitRequest {
            code: required("code")?,
            name: required("name")?,
            level: code_of("level", &required("level")?, &LEVELS)?,
            kind: code_of("kind", &required("kind")?, &KINDS)?,
            parent: text("parent"),
            department: match text("department") {
                Some(department) => Some(code_of("department", &department, &DEPARTMENTS)?),
                None => None,
            },
            email: text("email"),
        }),
        Kind::Staff => Entry::Member(RegisterStaffRequest {
            account: required("account")?,
            name: required("name")?,
            unit: required("unit")?,
            roles: required("roles")?
                .split(['、', ',', '，', ';', '；', ' '])
                .filter(|role| !role.is_empty())
                .map(role_of)
                .collect::<Result<_, _>>()?,
            email: text("email"),
            first_responsible: match text("first_responsible").as_deref() {
                None | Some("否") => false,
                Some("是") => true,
                Some(_) => return Err(invalid("first_responsible", "请填写“是”或“否”。")),
            },
            password: text("password"),
        }),
    })
}

fn bad_row(kind: Kind, number: u32, fields: &Fields<'_>, status: &Status) -> BadTableRow {
    let info = status.get_details_error_info();
    let told = |key: &str| info.as_ref().and_then(|info| info.metadata.get(key).cloned());
    let field = told("field").unwrap_or_default();
    let mut columns = kind.columns().iter().chain([&PASSWORD]);
    let key = kind.columns().first().map_or("", |(_, field)| *field);
    BadTableRow {
        row: number,
        code: fields.get(key).map(|code| (*code).to_owned()).unwrap_or_default(),
        column: columns
            .find(|(_, known)| *known == field)
            .map(|(title, _)| (*title).to_owned()),
        reason: format!("{}{}", status.message(), told("remedy").unwrap_or_default()),
    }
}

fn unit_row(unit: &Unit) -> Vec<Cell> {
    vec![
        unit.code.to_string().into(),
        unit.name.clone().into(),
        unit.level.in_words().into(),
        unit.kind.in_words().into(),
        unit.parent.as_ref().map(ToString::to_string).into(),
        unit.department
            .map(|department| department.in_words().to_owned())
            .into(),
        unit.email.clone().into(),
    ]
}

fn member_row(member: &StaffMember) -> Vec<Cell> {
    let roles: Vec<_> = member.roles.iter().map(|role| role.in_chinese()).collect();
    vec![
        member.account.to_string().into(),
        member.name.clone().into(),
        member.unit.to_string().into(),
        roles.join("、").into(),
        member.email.clone().into(),
        if member.first_responsible { "是" } else { "否" }.into(),
    ]
}
