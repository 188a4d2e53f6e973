//! Codes of units, staff and levels, spelled the same in events, RPC and JSON.

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::{fmt, str::FromStr};

macro_rules! text_code {
    ($(#[$doc:meta])* $name:ident, $max:literal, $rule:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $name {
            type Err = &'static str;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let well_formed = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                if text.is_empty() || text.len() > $max || !well_formed {
                    return Err($rule);
                }
                Ok(Self(text.to_owned()))
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}

text_code!(
    /// Code of a unit: GB/T 2260 or statistical division code, or a local id such as `321300-AWB`.
    UnitCode, 32, "单位代码只能由字母、数字和连字符组成，最长 32 位"
);
text_code!(
    /// Account of a staff member, e.g. `dispatcher-city`. It is never reused for another person.
    StaffId, 48, "人员账号只能由字母、数字和连字符组成，最长 48 位"
);

impl UnitCode {
    /// For literals in tests and samples.
    ///
    /// # Panics
    /// If the text is not a well-formed code.
    pub fn of(text: &str) -> Self {
        text.parse().expect("a well-formed unit code")
    }
}
impl StaffId {
    /// For literals in tests and samples.
    ///
    /// # Panics
    /// If the text is not a well-formed account.
    pub fn of(text: &str) -> Self {
        text.parse().expect("a well-formed account")
    }
}

/// Level of the administrative tree, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    City,
    /// Counties, districts and functional zones 功能区.
    County,
    Township,
    Village,
}

impl Level {
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::City => "市级",
            Self::County => "县区",
            Self::Township => "乡镇",
            Self::Village => "村居",
        }
    }
    /// The next level up; `None` above the city.
    pub fn above(self) -> Option<Self> {
        match self {
            Self::City => None,
            Self::County => Some(Self::City),
            Self::Township => Some(Self::County),
            Self::Village => Some(Self::Township),
        }
    }
}

/// What kind of body a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Government of a city, county or zone, township; a village committee.
    Government,
    /// A department 部门 of the city or of a county.
    Department,
    /// Office of the joint conference in the city 安委办.
    Office,
    /// Production-safety supervision group 督导组.
    Supervision,
    /// Discipline inspection 纪委监委.
    Discipline,
    /// Political and legal affairs commission 政法委.
    PoliticalLegal,
}

/// Field of competence of a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Department {
    Emergency,
    PublicSecurity,
    MarketSupervision,
    Ecology,
    Industry,
    NaturalResources,
    Agriculture,
    Fire,
    Power,
}
