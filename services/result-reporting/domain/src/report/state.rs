//! What an area report amounts to: how far it has come, what is signed, and what came to light against it.

use crate::{ContradictReport, Digest, LowerReport, ReportId, ReportLine};
use jiff::Timestamp;
use jurisdiction::{Actor, CaseId, Level, StaffId};
use serde::{Deserialize, Serialize};

/// Where a report stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// No draft yet; a guarantee may have been given.
    #[default]
    Absent,
    Drafted,
    Signed,
    /// To be drafted anew.
    Returned,
    Sealed,
    Filed,
    /// 验收通过 by the supervision group.
    Accepted,
}

impl Progress {
    /// What people read: in lists, in tables and in replay the same.
    #[must_use]
    pub fn in_chinese(self) -> &'static str {
        match self {
            Self::Absent => "未起草",
            Self::Drafted => "待签字",
            Self::Signed => "已签字",
            Self::Returned => "已退回",
            Self::Sealed => "已盖章",
            Self::Filed => "已备案",
            Self::Accepted => "已验收",
        }
    }

    /// Whether somebody stands for it with a signature.
    pub fn is_signed(self) -> bool {
        matches!(self, Self::Signed | Self::Sealed | Self::Filed | Self::Accepted)
    }
}

/// What an area report amounts to so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReportState {
    pub report: Option<ReportId>,
    pub progress: Progress,
    pub guarantee: Option<Guarantee>,
    pub draft: Option<Draft>,
    /// Of the present draft; gone when it is returned.
    pub signature: Option<Signature>,
    pub sealed_at: Option<Timestamp>,
    pub filing: Option<Filing>,
    /// Oldest first.
    pub returns: Vec<Return>,
    pub contradictions: Vec<Contradiction>,
    /// When the turn of this area came to report; `None` while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// Likewise for the guarantee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guarantee_due: Option<Timestamp>,
    /// The verdict of the supervision group, once it is that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acceptance: Option<Acceptance>,
}

impl ReportState {
    /// Whether there is a list, and the site is not in it, or stands in it as one where there was nothing.
    pub fn leaves_out(&self, site: &ContradictReport) -> bool {
        let draft = self.draft.as_ref();
        draft.is_some_and(|draft| {
            !draft
                .list
                .iter()
                .any(|line| site.is_about(&line.case) && !line.denies())
        })
    }
    /// Whether the site has been held against whoever signed this report.
    pub fn is_contradicted_by(&self, site: &ContradictReport) -> bool {
        self.contradictions.iter().any(|known| site.is_about(&known.case))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guarantee {
    pub at: Timestamp,
    pub by: Option<StaffId>,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draft {
    pub at: Timestamp,
    pub position: u64,
    pub digest: Digest,
    pub list: Vec<ReportLine>,
    pub lower: Vec<LowerReport>,
    /// Sites that were confirmed since and that the list does not hold: it has to be drawn anew before anybody signs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outdated: Vec<CaseId>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signature {
    pub at: Timestamp,
    pub by: StaffId,
    pub level: Level,
    pub digest: Digest,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filing {
    pub at: Timestamp,
    pub number: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Return {
    pub at: Timestamp,
    pub by: Actor,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contradiction {
    pub at: Timestamp,
    pub case: CaseId,
    pub place: String,
    pub signed_by: StaffId,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Acceptance {
    pub at: Timestamp,
    pub by: Actor,
    pub note: String,
}
