//! A fact as the event of the domain that owns its stream.

use crate::Fact;
use accountability_domain::AccountabilityEvent;
use case_domain::CaseEvent;
use decider::{StoredEvent, decode};
use disposal_domain::DisposalEvent;
use disposal_domain::draw::DrawEvent;
use jurisdiction::{CaseId, TipId};
use report_domain::ReportEvent;
use tip_domain::TipEvent;

/// Of other streams nothing is known but the fact itself.
pub(crate) enum Event {
    Tip(TipId, TipEvent),
    Case(CaseId, CaseEvent),
    Disposal(CaseId, DisposalEvent),
    Accountability(AccountabilityEvent),
    Report(ReportEvent),
    Draw(DrawEvent),
    /// Of a stream that this program knows, and yet not to be read.
    Unreadable,
    Other,
}

impl Event {
    pub(crate) fn of(fact: &Fact<'_>) -> Self {
        let category = fact.stream.split_once('-').map_or("", |(category, _)| category);
        match category {
            "tip" | "case" | "disposal" | "accountability" | "report" | "draw" => {
                Self::read(fact).unwrap_or(Self::Unreadable)
            }
            _ => Self::Other,
        }
    }

    fn read(fact: &Fact<'_>) -> Option<Self> {
        let (category, id) = fact.stream.split_once('-')?;
        Some(match category {
            "tip" => Self::Tip(id.parse().ok()?, body(fact)?),
            "case" => Self::Case(id.parse().ok()?, body(fact)?),
            "disposal" => Self::Disposal(id.parse().ok()?, body(fact)?),
            "accountability" => Self::Accountability(body(fact)?),
            "report" => Self::Report(body(fact)?),
            "draw" => Self::Draw(body(fact)?),
            _ => return None,
        })
    }
}

fn body<E: StoredEvent>(fact: &Fact<'_>) -> Option<E> {
    decode(fact.name, fact.data.clone()).ok()
}
