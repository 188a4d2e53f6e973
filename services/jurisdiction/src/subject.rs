//! What a clock or a message is about: a tip, a case or a unit, spelled as the name of its stream.

use crate::{CaseId, TipId, UnitCode};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

/// `tip-<uuid>`, `case-<uuid>` or `unit-<code>`, everywhere the same text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    Tip(TipId),
    Case(CaseId),
    Unit(UnitCode),
}

impl Subject {
    /// The id without the kind, as in `accountability-<id>`; a UUID is longer than any unit code, so they never clash.
    pub fn id(&self) -> String {
        match self {
            Self::Tip(tip) => tip.to_string(),
            Self::Case(case) => case.to_string(),
            Self::Unit(unit) => unit.to_string(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tip(tip) => write!(f, "tip-{tip}"),
            Self::Case(case) => write!(f, "case-{case}"),
            Self::Unit(unit) => write!(f, "unit-{unit}"),
        }
    }
}

impl FromStr for Subject {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const RULE: &str = "对象应写作 tip-编号、case-编号或 unit-代码";
        let (kind, id) = text.split_once('-').ok_or(RULE)?;
        match kind {
            "tip" => id.parse().map(Self::Tip).map_err(|_| RULE),
            "case" => id.parse().map(Self::Case).map_err(|_| RULE),
            "unit" => id.parse().map(Self::Unit),
            _ => Err(RULE),
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_spelled_as_its_stream_and_read_back() {
        let subjects = [
            Subject::Tip(TipId::sample(1)),
            Subject::Case(CaseId::sample(1)),
            Subject::Unit(UnitCode::of("321300-AWB")),
        ];
        for subject in subjects {
            assert_eq!(subject.to_string().parse(), Ok(subject.clone()));
            assert!(subject.to_string().ends_with(&subject.id()));
        }
        assert!("site-1".parse::<Subject>().is_err());
        assert!("case-1".parse::<Subject>().is_err());
    }
}
