//! A small Suqian for tests: one city, two counties, townships, villages, departments and a person for every role.

use crate::{
    Actor, Department, Jurisdiction, Level, Role, StaffId, StaffMember, Stage, Unit, UnitCode, UnitKind,
};
use jiff::civil::Date;

pub const CITY: &str = "321300";
pub const OFFICE: &str = "321300-AWB";
pub const SUPERVISION: &str = "321300-DDZ";
pub const DISCIPLINE: &str = "321300-JW";
pub const POLITICAL_LEGAL: &str = "321300-ZFW";
pub const COUNTY: &str = "321322";
pub const COUNTY_ECOLOGY: &str = "321322-HJ";
pub const TOWNSHIP: &str = "321322102";
pub const OTHER_TOWNSHIP: &str = "321322103";
pub const VILLAGE: &str = "321322102201";
pub const OTHER_VILLAGE: &str = "321322102202";
pub const OTHER_COUNTY: &str = "321302";

/// The sample jurisdiction. Accounts are `<role>-<unit>`, e.g. `handler-321322102`.
pub fn suqian() -> Jurisdiction {
    use Level::{City, County, Township, Village};
    use UnitKind::{Department as Dept, Discipline, Government, Office, PoliticalLegal, Supervision};
    let mut sample = Jurisdiction::default();
    let units = [
        (CITY, "宿迁市", City, Government, None, None),
        (OFFICE, "市安委办", City, Office, Some(CITY), None),
        (
            SUPERVISION,
            "市安全生产督导组",
            City,
            Supervision,
            Some(CITY),
            None,
        ),
        (DISCIPLINE, "市纪委监委", City, Discipline, Some(CITY), None),
        (
            POLITICAL_LEGAL,
            "市委政法委",
            City,
            PoliticalLegal,
            Some(CITY),
            None,
        ),
        (COUNTY, "沭阳县", County, Government, Some(CITY), None),
        (
            COUNTY_ECOLOGY,
            "沭阳县生态环境局",
            County,
            Dept,
            Some(COUNTY),
            Some(Department::Ecology),
        ),
        (OTHER_COUNTY, "宿城区", County, Government, Some(CITY), None),
        (TOWNSHIP, "胡集镇", Township, Government, Some(COUNTY), None),
        (OTHER_TOWNSHIP, "钱集镇", Township, Government, Some(COUNTY), None),
        (VILLAGE, "示范一村", Village, Government, Some(TOWNSHIP), None),
        (
            OTHER_VILLAGE,
            "示范二村",
            Village,
            Government,
            Some(TOWNSHIP),
            None,
        ),
    ];
    for (code, name, level, kind, parent, department) in units {
        let code = UnitCode::of(code);
        let unit = Unit {
            code: code.clone(),
            name: name.to_owned(),
            level,
            kind,
            parent: parent.map(UnitCode::of),
            department,
            email: Some(format!("{code}@mingcha.example")),
        };
        for role in roles_in(kind) {
            let account = StaffId::of(&format!("{}-{code}", role.code()));
            let member = StaffMember {
                account: account.clone(),
                name: format!("演示·{name}{}", role.in_chinese()),
                unit: code.clone(),
                roles: [*role].into(),
                email: Some(format!("{account}@mingcha.example")),
                first_responsible: *role == Role::Leader,
            };
            sample.staff.insert(account, member);
        }
        sample.units.insert(code, unit);
    }
    sample.stages = vec![
        stage("sweep", "排查摸底", (5, 20), (6, 30)),
        stage("rectification", "集中整治", (7, 1), (7, 31)),
        stage("acceptance", "检查验收", (8, 1), (8, 31)),
    ];
    sample
}

/// Somebody acting in a role at a unit of the sample.
pub fn acting(role: Role, unit: &str) -> Actor {
    Actor::staff(
        StaffId::of(&format!("{}-{unit}", role.code())),
        UnitCode::of(unit),
        role,
    )
}

fn roles_in(kind: UnitKind) -> &'static [Role] {
    match kind {
        UnitKind::Government => &[Role::Dispatcher, Role::Handler, Role::Leader],
        UnitKind::Department => &[Role::Handler, Role::Leader],
        UnitKind::Office => &[Role::Operator, Role::Dispatcher, Role::Leader, Role::Admin],
        UnitKind::Supervision => &[Role::Supervisor],
        UnitKind::Discipline => &[Role::Inspector],
        UnitKind::PoliticalLegal => &[Role::Leader],
    }
}

fn stage(code: &str, name: &str, from: (i8, i8), to: (i8, i8)) -> Stage {
    Stage {
        code: code.to_owned(),
        name: name.to_owned(),
        from: Date::constant(2020, from.0, from.1),
        to: Some(Date::constant(2020, to.0, to.1)),
        owes: None,
        caps_measures: None,
    }
}
