//! Who acts: a staff member in a role, a citizen without a name, or a policy of the system.

use crate::{StaffId, UnitCode};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a staff member may act as; one person may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 话务员
    Operator,
    /// 派单员
    Dispatcher,
    /// 承办人
    Handler,
    /// 负责人
    Leader,
    /// 督导组
    Supervisor,
    /// 纪委监委
    Inspector,
    /// 系统管理员
    Admin,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Operator,
        Self::Dispatcher,
        Self::Handler,
        Self::Leader,
        Self::Supervisor,
        Self::Inspector,
        Self::Admin,
    ];
    pub fn code(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Dispatcher => "dispatcher",
            Self::Handler => "handler",
            Self::Leader => "leader",
            Self::Supervisor => "supervisor",
            Self::Inspector => "inspector",
            Self::Admin => "admin",
        }
    }
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Operator => "话务员",
            Self::Dispatcher => "派单员",
            Self::Handler => "承办人",
            Self::Leader => "负责人",
            Self::Supervisor => "督导组",
            Self::Inspector => "纪委监委",
            Self::Admin => "系统管理员",
        }
    }
}

impl FromStr for Role {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.code() == text)
            .ok_or("没有这种角色")
    }
}

/// The originator of a fact. Never names a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// An official or employee; `role` is the one in which this was done.
    Staff {
        staff: StaffId,
        unit: UnitCode,
        role: Role,
    },
    /// A member of the public, known or not.
    Citizen,
    /// A rule of the program, e.g. `case-assignment/accepted-tip-opens-or-joins-case`.
    System { policy: String },
}

impl Actor {
    pub fn staff(staff: StaffId, unit: UnitCode, role: Role) -> Self {
        Self::Staff { staff, unit, role }
    }
    pub fn system(policy: impl Into<String>) -> Self {
        Self::System {
            policy: policy.into(),
        }
    }
    /// The acting unit, if a staff member acts.
    pub fn unit(&self) -> Option<&UnitCode> {
        match self {
            Self::Staff { unit, .. } => Some(unit),
            _ => None,
        }
    }
    /// The acting person, if a staff member acts.
    pub fn person(&self) -> Option<&StaffId> {
        match self {
            Self::Staff { staff, .. } => Some(staff),
            _ => None,
        }
    }
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Staff { role, .. } => Some(*role),
            _ => None,
        }
    }
    pub fn is(&self, role: Role) -> bool {
        self.role() == Some(role)
    }
    pub fn is_system(&self) -> bool {
        matches!(self, Self::System { .. })
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff { staff, unit, role } => write!(f, "{staff}@{unit}/{}", role.code()),
            Self::Citizen => f.write_str("citizen"),
            Self::System { policy } => write!(f, "system:{policy}"),
        }
    }
}
