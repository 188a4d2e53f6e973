//! Who looked at which case, tip or report, and took which list away: a fact each, which only inspectors see.

use jiff::{SignedDuration, Timestamp};
use jurisdiction::{Role, StaffId, UnitCode};
use mingcha_proto::ledger::{
    BoardRequest, BulletinRequest, DraftListRequest, ExportRequest, GetCaseRequest, GetReportRequest,
    GetTipRequest, ListCasesRequest, ListEscalationsRequest, ListFailuresRequest, ListFindingsRequest,
    ListInquiriesRequest, ListObligationsRequest, ListReportsRequest, ListSpecialSupervisionRequest,
    ListTasksRequest, ListTipsRequest, LowerReportsRequest, PublicFiguresRequest, PublicProgressRequest,
    ReportRequest, TrendRequest, WorkListRequest,
};
use platform::{Caller, Context, Desk};
use reading_domain::{Reading, ReadingCommand, ReadingEvent, RecordReading};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tonic::Status;

/// A page that refreshes itself is one reading.
const ONE_READING: SignedDuration = SignedDuration::from_mins(10);
/// More than a working day of a city's staff.
const MOST_REMEMBERED: usize = 20_000;

/// What a request shows of one thing or takes away, if it does: browsing a list is not yet reading what is in it.
pub(crate) trait Shows {
    /// `at` is the past instant that was asked for.
    fn shows(&self, _at: Option<Timestamp>) -> Option<ReadingEvent> {
        None
    }
}

impl Shows for GetCaseRequest {
    fn shows(&self, at: Option<Timestamp>) -> Option<ReadingEvent> {
        let case = self.case_id.parse().ok()?;
        Some(ReadingEvent::CaseRead { case, at })
    }
}
impl Shows for GetTipRequest {
    fn shows(&self, at: Option<Timestamp>) -> Option<ReadingEvent> {
        let tip = self.tip_id.parse().ok()?;
        Some(ReadingEvent::TipRead { tip, at })
    }
}
impl Shows for GetReportRequest {
    fn shows(&self, at: Option<Timestamp>) -> Option<ReadingEvent> {
        let report = format!("{}-{}", self.unit, self.stage);
        Some(ReadingEvent::ReportRead { report, at })
    }
}
impl Shows for ExportRequest {
    fn shows(&self, at: Option<Timestamp>) -> Option<ReadingEvent> {
        let unit = self.unit.as_ref().and_then(|unit| unit.parse::<UnitCode>().ok());
        let list = self.list.clone();
        Some(ReadingEvent::ListExported { list, unit, at })
    }
}

macro_rules! browses {
    ($($request:ty),+ $(,)?) => {
        $(impl Shows for $request {})+
    };
}
browses! {
    ListTipsRequest, ListCasesRequest, WorkListRequest, ListEscalationsRequest, ReportRequest, LowerReportsRequest,
    ListFindingsRequest, ListTasksRequest, ListSpecialSupervisionRequest, ListReportsRequest, ListObligationsRequest,
    TrendRequest, BoardRequest, ListFailuresRequest, ListInquiriesRequest, BulletinRequest, DraftListRequest,
    PublicProgressRequest, PublicFiguresRequest,
}

/// Takes readings down.
#[derive(Clone)]
pub(crate) struct Readings {
    desk: Arc<Desk<Reading>>,
    context: Context,
    /// By reader and by what was read, when.
    recent: Arc<Mutex<HashMap<(StaffId, String), Timestamp>>>,
}

impl Readings {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            desk: Arc::new(Desk::new(context.clone(), "subject")),
            context: context.clone(),
            recent: Arc::default(),
        }
    }

    /// Takes down that somebody is about to be shown something. What an inspector reads is not shown if that cannot be
    /// recorded; nobody's daily work stands still for it.
    pub(crate) async fn record(&self, caller: Caller, reading: ReadingEvent) -> Result<(), Status> {
        let Some(person) = caller.actor.person().cloned() else {
            return Ok(());
        };
        let what = format!("{reading:?}");
        if self.is_known(&person, &what) {
            return Ok(());
        }
        let is_strict = caller.actor.is(Role::Inspector);
        let (desk, subject) = (Arc::clone(&self.desk), reading.subject());
        let command = ReadingCommand::Record(RecordReading { reading });
        let readings = self.clone();
        let recording = async move {
            desk.execute(caller, &subject, &command).await?;
            readings.remember(person, what);
            Ok(())
        };
        if is_strict {
            return recording.await;
        }
        tokio::spawn(async move {
            let recorded: Result<(), Status> = recording.await;
            if let Err(error) = recorded {
                tracing::error!(error = error.message(), "a reading could not be recorded");
            }
        });
        Ok(())
    }

    fn is_known(&self, person: &StaffId, what: &str) -> bool {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let last = recent.get(&(person.clone(), what.to_owned()));
        last.is_some_and(|last| self.context.clock.now().duration_since(*last) < ONE_READING)
    }

    fn remember(&self, person: StaffId, what: String) {
        let now = self.context.clock.now();
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() >= MOST_REMEMBERED {
            recent.retain(|_, last| now.duration_since(*last) < ONE_READING);
        }
        recent.insert((person, what), now);
    }
}
