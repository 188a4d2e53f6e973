//! The lanes of a replay, and the fold of each lane's streams by the decider that owns them.

use accountability_domain::Accountability;
use case_domain::Case;
use decider::{Decider, decode};
use disposal_domain::Disposal;
use disposal_domain::draw::Draw;
use notification_domain::Notification;
use platform::Recorded;
use reading_domain::Reading;
use report_domain::Report;
use serde_json::Value;
use tip_domain::Tip;
use vocabulary::List;

/// Which kind of stream a fact stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lane {
    Tip,
    Case,
    Disposal,
    Accountability,
    Report,
    Mail,
    /// Spot checks drawn by lot.
    Draw,
    /// Who read what; for inspectors only.
    Reading,
    /// Units, staff, dates: nobody's case, but a stream like any other.
    Directory,
}

impl Lane {
    pub(crate) const ALL: [Self; 9] = [
        Self::Tip,
        Self::Case,
        Self::Disposal,
        Self::Accountability,
        Self::Report,
        Self::Mail,
        Self::Draw,
        Self::Reading,
        Self::Directory,
    ];
    /// Those whose streams are folded by a decider.
    #[cfg(test)]
    pub(crate) const WITH_STATES: [Self; 8] = [
        Self::Tip,
        Self::Case,
        Self::Disposal,
        Self::Accountability,
        Self::Report,
        Self::Mail,
        Self::Draw,
        Self::Reading,
    ];

    pub(crate) fn of(stream: &str) -> Self {
        match stream.split_once('-').map_or(stream, |(category, _)| category) {
            "tip" => Self::Tip,
            "case" => Self::Case,
            "disposal" => Self::Disposal,
            "accountability" => Self::Accountability,
            "report" => Self::Report,
            "notification" => Self::Mail,
            "draw" => Self::Draw,
            "reading" => Self::Reading,
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
            Self::Draw => "draw",
            Self::Reading => "reading",
            Self::Directory => "directory",
        }
    }
    pub(crate) fn in_chinese(self) -> &'static str {
        List::Lane.word(self.code()).unwrap_or_default()
    }

    /// The fold of an empty stream of this lane.
    pub(crate) fn fold(self) -> Box<dyn Fold> {
        match self {
            Self::Tip => Box::<Folded<Tip>>::default(),
            Self::Case => Box::<Folded<Case>>::default(),
            Self::Disposal => Box::<Folded<Disposal>>::default(),
            Self::Accountability => Box::<Folded<Accountability>>::default(),
            Self::Report => Box::<Folded<Report>>::default(),
            Self::Mail => Box::<Folded<Notification>>::default(),
            Self::Draw => Box::<Folded<Draw>>::default(),
            Self::Reading => Box::<Folded<Reading>>::default(),
            // Every directory fact carries the whole new value, so the last one is the state.
            Self::Directory => Box::<Latest>::default(),
        }
    }
}

/// The state of one stream, fact by fact.
pub(crate) trait Fold: Send {
    /// Takes one fact in; what cannot be read leaves the state as it is.
    fn take(&mut self, fact: &Recorded);
    fn state(&self) -> Value;
}

struct Folded<D: Decider>(D::State);

impl<D: Decider> Default for Folded<D> {
    fn default() -> Self {
        Self(D::State::default())
    }
}

impl<D: Decider> Fold for Folded<D> {
    fn take(&mut self, fact: &Recorded) {
        match decode::<D::Event>(&fact.name, fact.data.clone()) {
            Ok(event) => D::evolve(&mut self.0, &event, &fact.stamp()),
            Err(error) => tracing::error!(stream = fact.stream, %error, "fact not understood"),
        }
    }
    fn state(&self) -> Value {
        serde_json::to_value(&self.0).unwrap_or_default()
    }
}

#[derive(Default)]
struct Latest(Value);

impl Fold for Latest {
    fn take(&mut self, fact: &Recorded) {
        self.0 = fact.data.clone();
    }
    fn state(&self) -> Value {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Lane;

    #[test]
    fn every_lane_has_its_word() {
        for lane in Lane::ALL {
            assert!(!lane.in_chinese().is_empty(), "{lane:?}");
        }
    }
}
