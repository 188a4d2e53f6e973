//! What may be asked of an area report.

use crate::{Digest, LowerReport, Progress, ReportId, ReportLine};
use jiff::Timestamp;
use jurisdiction::{CaseId, StaffId, UnitCode};
use serde::Deserialize;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum ReportCommand {
    GiveGuarantee(GiveGuarantee),
    Draft(DraftReport),
    Sign(SignReport),
    Return(ReturnReport),
    Seal(SealReport),
    File(FileReport),
    Accept(AcceptReport),
    RefuseAcceptance(RefuseAcceptance),
    /// By policy: a site was confirmed that a signed report should have held.
    Contradict(ContradictReport),
    /// By policy: the day has come.
    RaiseTurn(RaiseTurn),
}

/// 以村居保乡镇，以乡镇保县区，以县区保全市.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiveGuarantee {
    pub unit: UnitCode,
    pub stage: String,
    pub text: String,
}

/// Not read from JSON: list, position and lower reports come from the ledger and the lower streams, never from whoever asks.
#[derive(Clone, Debug)]
pub struct DraftReport {
    pub report: ReportId,
    /// Position of the store at which the list was drawn.
    pub position: u64,
    /// SHA-256 of [`canonical_list`](crate::canonical_list), computed by the service.
    pub digest: Digest,
    pub list: Vec<ReportLine>,
    /// One for every unit directly below; none where there is nothing below.
    pub lower: Vec<LowerReport>,
}

/// You sign what you read: the digest shown with the list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignReport {
    pub digest: Digest,
    /// The reports below as they stand now, filled in by the service; a draft that rests on others is not signed.
    #[serde(skip)]
    pub lower: Vec<LowerReport>,
    /// Whoever signed what those rest on in turn, filled in likewise: a village's signature does not become a county's.
    #[serde(skip)]
    pub signed_further_down: Vec<StaffId>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnReport {
    pub reason: String,
    /// How far the report of the level above has come, filled in by the service.
    #[serde(skip)]
    pub above: Progress,
}

/// The county's seal 盖章 under what was signed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealReport {
    pub digest: Digest,
}

/// The city takes it on file 备案.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileReport {
    pub number: String,
}

/// A site that was confirmed.
#[derive(Clone, Debug)]
pub struct ContradictReport {
    pub case: CaseId,
    pub place: String,
    /// The cases that go on in this one: whoever listed the site under one of them has listed it.
    pub merged: Vec<CaseId>,
}

impl ContradictReport {
    /// Whether the case is about this site.
    pub fn is_about(&self, case: &CaseId) -> bool {
        self.case == *case || self.merged.contains(case)
    }
}

/// 验收通过.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptReport {
    #[serde(default)]
    pub note: String,
}

/// 验收不通过.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseAcceptance {
    pub reason: String,
}

/// What an area is asked for at its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Turn {
    Guarantee,
    Report,
}

#[derive(Clone, Debug)]
pub struct RaiseTurn {
    pub report: ReportId,
    pub turn: Turn,
    /// When the turn came, however late it is raised.
    pub since: Timestamp,
}
