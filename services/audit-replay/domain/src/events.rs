//! What can be read of a history, as stored. Who read it stands in the metadata.

use decider::StoredEvent;
use jiff::Timestamp;
use jurisdiction::{CaseId, EvidenceId, StaffId, TipId, UnitCode};
use serde::{Deserialize, Serialize};

/// Facts of the stream `reading-<what was read>`, e.g. `reading-case-<id>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum ReadingEvent {
    /// The whole chain of a case, up to an instant; `None` is the moment of reading.
    #[serde(rename = "reading.case_replayed.v1")]
    CaseReplayed { case: CaseId, at: Option<Timestamp> },
    /// The history of a tip, of a unit's accountability or of a draw, e.g. `tip-<id>`, `unit-<code>`.
    #[serde(rename = "reading.thread_replayed.v1")]
    ThreadReplayed { subject: String, at: Option<Timestamp> },
    /// One stream, as it is stored.
    #[serde(rename = "reading.stream_replayed.v1")]
    StreamReplayed { stream: String },
    /// Who could see a case.
    #[serde(rename = "reading.sight_examined.v1")]
    SightExamined { case: CaseId, at: Option<Timestamp> },
    /// Who could see a tip.
    #[serde(rename = "reading.tip_sight_examined.v1")]
    TipSightExamined { tip: TipId, at: Option<Timestamp> },
    /// What a reporter wrote, unsealed.
    #[serde(rename = "reading.content_opened.v1")]
    ContentOpened { tip: TipId },
    /// A picture that came with a tip.
    #[serde(rename = "reading.evidence_opened.v1")]
    EvidenceOpened { tip: TipId, evidence: EvidenceId },
    /// A recording of a call: who has heard the voice may know it again.
    #[serde(rename = "reading.recording_heard.v1")]
    RecordingHeard { tip: TipId, recording: EvidenceId },
    /// A case as the ledger shows it, of now or of an instant.
    #[serde(rename = "reading.case_read.v1")]
    CaseRead { case: CaseId, at: Option<Timestamp> },
    /// A tip as the ledger shows it, without what is sealed.
    #[serde(rename = "reading.tip_read.v1")]
    TipRead { tip: TipId, at: Option<Timestamp> },
    /// An area report with its list, e.g. `321322102-sweep`.
    #[serde(rename = "reading.report_read.v1")]
    ReportRead { report: String, at: Option<Timestamp> },
    /// A list taken out as a file, of a unit's area if one was asked for.
    #[serde(rename = "reading.list_exported.v1")]
    ListExported {
        list: String,
        unit: Option<UnitCode>,
        at: Option<Timestamp>,
    },
    /// 案卷
    #[serde(rename = "reading.dossier_printed.v1")]
    DossierPrinted { case: CaseId, at: Option<Timestamp> },
    /// The same of a tip, of a unit's accountability or of a draw.
    #[serde(rename = "reading.thread_printed.v1")]
    ThreadPrinted { subject: String, at: Option<Timestamp> },
    /// Facts of everybody's, looked for by person, unit, time or kind.
    #[serde(rename = "reading.facts_searched.v1")]
    FactsSearched {
        person: Option<StaffId>,
        unit: Option<UnitCode>,
        from: Option<Timestamp>,
        until: Option<Timestamp>,
        kind: Option<String>,
    },
}

impl StoredEvent for ReadingEvent {}

impl ReadingEvent {
    /// What was read, spelled as the name of its stream; a search is filed under what it looked for.
    pub fn subject(&self) -> String {
        match self {
            Self::CaseReplayed { case, .. }
            | Self::SightExamined { case, .. }
            | Self::CaseRead { case, .. }
            | Self::DossierPrinted { case, .. } => format!("case-{case}"),
            Self::ThreadReplayed { subject, .. } | Self::ThreadPrinted { subject, .. } => subject.clone(),
            Self::StreamReplayed { stream } => stream.clone(),
            Self::ContentOpened { tip }
            | Self::EvidenceOpened { tip, .. }
            | Self::RecordingHeard { tip, .. }
            | Self::TipSightExamined { tip, .. }
            | Self::TipRead { tip, .. } => {
                format!("tip-{tip}")
            }
            Self::ReportRead { report, .. } => format!("report-{report}"),
            Self::ListExported { unit: Some(unit), .. } => format!("unit-{unit}"),
            Self::ListExported { unit: None, .. } => "ledger".to_owned(),
            Self::FactsSearched {
                person: Some(person), ..
            } => format!("staff-{person}"),
            Self::FactsSearched { unit: Some(unit), .. } => format!("unit-{unit}"),
            Self::FactsSearched { .. } => "facts".to_owned(),
        }
    }
    /// The instant as of which it was read, if one was asked for.
    pub fn instant(&self) -> Option<Timestamp> {
        match self {
            Self::CaseReplayed { at, .. }
            | Self::ThreadReplayed { at, .. }
            | Self::SightExamined { at, .. }
            | Self::TipSightExamined { at, .. }
            | Self::CaseRead { at, .. }
            | Self::TipRead { at, .. }
            | Self::ReportRead { at, .. }
            | Self::ListExported { at, .. }
            | Self::DossierPrinted { at, .. }
            | Self::ThreadPrinted { at, .. } => *at,
            Self::StreamReplayed { .. }
            | Self::ContentOpened { .. }
            | Self::EvidenceOpened { .. }
            | Self::RecordingHeard { .. }
            | Self::FactsSearched { .. } => None,
        }
    }
}

/// One of each, for golden files.
#[cfg(test)]
pub(crate) fn samples() -> Vec<ReadingEvent> {
    let at = Some(Timestamp::constant(1_590_973_200, 0));
    let (case, tip) = (CaseId::sample(7), TipId::sample(1));
    vec![
        ReadingEvent::CaseReplayed { case, at },
        ReadingEvent::ThreadReplayed {
            subject: "unit-321322102".into(),
            at,
        },
        ReadingEvent::StreamReplayed {
            stream: "report-321322102-sweep".into(),
        },
        ReadingEvent::SightExamined { case, at },
        ReadingEvent::TipSightExamined { tip, at },
        ReadingEvent::ContentOpened { tip },
        ReadingEvent::EvidenceOpened {
            tip,
            evidence: EvidenceId::sample(1),
        },
        ReadingEvent::RecordingHeard {
            tip,
            recording: EvidenceId::sample(3),
        },
        ReadingEvent::CaseRead { case, at },
        ReadingEvent::TipRead { tip, at: None },
        ReadingEvent::ReportRead {
            report: "321322102-sweep".into(),
            at: None,
        },
        ReadingEvent::ThreadPrinted {
            subject: format!("tip-{tip}"),
            at,
        },
        ReadingEvent::ListExported {
            list: "cases".into(),
            unit: Some(UnitCode::of("321322")),
            at,
        },
        ReadingEvent::DossierPrinted { case, at: None },
        ReadingEvent::FactsSearched {
            person: Some(StaffId::of("leader-321322102")),
            unit: None,
            from: at,
            until: None,
            kind: Some("case".into()),
        },
    ]
}
