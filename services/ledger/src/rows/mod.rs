//! What the queries work on: rows of the views with their clocks, read at one moment.

mod cases;
mod clocks;
mod tips;

pub(crate) use cases::{CaseFacts, case, cases};
pub(crate) use clocks::{ClockFacts, EscalationFacts, Which, clocks, escalations, failures};
pub(crate) use tips::{TipFacts, tip, tips, told};

/// Where something is, as far as known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) text: String,
    pub(crate) coordinates: Option<(f64, f64)>,
    pub(crate) division: Option<jurisdiction::UnitCode>,
}

impl Place {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let latitude: Option<f64> = row.get("latitude")?;
        let longitude: Option<f64> = row.get("longitude")?;
        Ok(Self {
            text: row.get("place")?,
            coordinates: latitude.zip(longitude),
            division: crate::columns::parsed(row, "division")?,
        })
    }

    /// As the messages spell it.
    pub(crate) fn message(&self) -> mingcha_proto::common::Place {
        let coordinates = self
            .coordinates
            .map(|(latitude, longitude)| mingcha_proto::common::Coordinates { latitude, longitude });
        mingcha_proto::common::Place {
            text: self.text.clone(),
            coordinates,
            division: self.division.as_ref().map(ToString::to_string),
        }
    }
}
