//! The lanes of a history: which aggregate a stream belongs to, and its state as the domain itself folds it.

use accountability_domain::Accountability;
use case_domain::Case;
use decider::{Decider, DecodeError, decode};
use disposal_domain::Disposal;
use notification_domain::Notification;
use platform::Recorded;
use report_domain::Report;
use serde_json::Value;
use tip_domain::Tip;

/// Category of a stream, as people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lane {
    Tip,
    Case,
    Disposal,
    Accountability,
    Report,
    Mail,
    /// Units, staff, dates: stored as whole values, so there is nothing to fold.
    Directory,
}

impl Lane {
    pub(crate) fn of(stream: &str) -> Self {
        match stream.split_once('-').map_or("", |(category, _)| category) {
            "tip" => Self::Tip,
            "case" => Self::Case,
            "disposal" => Self::Disposal,
            "accountability" => Self::Accountability,
            "report" => Self::Report,
            "notification" => Self::Mail,
            _ => Self::Directory,
        }
    }
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Tip => "tip",
            Self::Case => "case",
            Self::Disposal => "disposal",
            Self::Accountability => "accountability",
            Self::Report => "report",
            Self::Mail => "mail",
            Self::Directory => "directory",
        }
    }
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Tip => "线索",
            Self::Case => "案件",
            Self::Disposal => "处置",
            Self::Accountability => "问责",
            Self::Report => "上报",
            Self::Mail => "通知",
            Self::Directory => "机构",
        }
    }
}

/// The state of one stream, fact after fact.
pub(crate) enum Fold {
    Tip(<Tip as Decider>::State),
    Case(<Case as Decider>::State),
    Disposal(<Disposal as Decider>::State),
    Accountability(<Accountability as Decider>::State),
    Report(<Report as Decider>::State),
    Mail(<Notification as Decider>::State),
    Directory(Value),
}

impl Fold {
    pub(crate) fn of(lane: Lane) -> Self {
        match lane {
            Lane::Tip => Self::Tip(Default::default()),
            Lane::Case => Self::Case(Default::default()),
            Lane::Disposal => Self::Disposal(Default::default()),
            Lane::Accountability => Self::Accountability(Default::default()),
            Lane::Report => Self::Report(Default::default()),
            Lane::Mail => Self::Mail(Default::default()),
            Lane::Directory => Self::Directory(Value::Null),
        }
    }

    /// Takes one fact in; an unreadable one leaves the state as it was.
    pub(crate) fn apply(&mut self, event: &Recorded) -> Result<(), DecodeError> {
        match self {
            Self::Tip(state) => step::<Tip>(state, event),
            Self::Case(state) => step::<Case>(state, event),
            Self::Disposal(state) => step::<Disposal>(state, event),
            Self::Accountability(state) => step::<Accountability>(state, event),
            Self::Report(state) => step::<Report>(state, event),
            Self::Mail(state) => step::<Notification>(state, event),
            Self::Directory(value) => {
                *value = event.data.clone();
                Ok(())
            }
        }
    }

    pub(crate) fn json(&self) -> Value {
        let json = match self {
            Self::Tip(state) => serde_json::to_value(state),
            Self::Case(state) => serde_json::to_value(state),
            Self::Disposal(state) => serde_json::to_value(state),
            Self::Accountability(state) => serde_json::to_value(state),
            Self::Report(state) => serde_json::to_value(state),
            Self::Mail(state) => serde_json::to_value(state),
            Self::Directory(value) => Ok(value.clone()),
        };
        json.unwrap_or_default()
    }
}

fn step<D: Decider>(state: &mut D::State, event: &Recorded) -> Result<(), DecodeError> {
    let fact = decode::<D::Event>(&event.name, event.data.clone())?;
    D::evolve(state, &fact, &event.stamp());
    Ok(())
}
