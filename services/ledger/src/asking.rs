//! One question: who asks, of which instant, answered at one consistent moment.

use crate::book::{Book, BookError, reached};
use crate::past::PastBook;
use crate::query::hidden::Hidden;
use crate::query::{Moment, bulletin, public};
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, Role};
use mingcha_proto::ledger::{
    BoardRequest, BulletinRequest, DraftListRequest, ExportRequest, GetCaseRequest, GetReportRequest,
    GetTipRequest, ListCasesRequest, ListEscalationsRequest, ListFailuresRequest, ListFindingsRequest,
    ListInquiriesRequest, ListObligationsRequest, ListReportsRequest, ListSpecialSupervisionRequest,
    ListTasksRequest, ListTipsRequest, LowerReportsRequest, PublicFiguresRequest, PublicProgressRequest,
    ReportRequest, TrendRequest, WorkListRequest,
};
use rusqlite::Transaction;
use std::sync::Arc;
use tonic::Status;

/// What somebody wants to know.
pub(crate) type Query<Q, R> = fn(&Moment<'_>, &Q) -> Result<R, Status>;

/// Who asks, and when.
pub(crate) struct Asker {
    pub(crate) actor: Actor,
    /// The directory as it is: it says what the caller may see, also of the past.
    pub(crate) today: Arc<Jurisdiction>,
    pub(crate) now: Timestamp,
}

impl Asker {
    /// Asks the views as they are.
    pub(crate) fn ask<Q: Asked, R>(&self, book: &Book, request: &Q, query: Query<Q, R>) -> Result<R, Status> {
        book.read(&self.today, |transaction| {
            let hidden = self.hidden(transaction, request)?;
            let moment = self.moment(transaction, &self.today, None, hidden)?;
            query(&moment, request)
        })
    }

    /// Asks the views as they stood at `at`, beside the directory of then.
    ///
    /// Who is in conflict today does not read what was written before that was known, so what is hidden is asked of the
    /// live book; what led to a hidden case then and does not any more would give it away, so it is hidden as well.
    pub(crate) fn ask_as_of<Q: Asked, R>(
        &self,
        (live, past): (&Book, &PastBook),
        (at, then): (Timestamp, &Arc<Jurisdiction>),
        request: &Q,
        query: Query<Q, R>,
    ) -> Result<R, Status> {
        let hidden = live.read(&self.today, |transaction| self.hidden(transaction, request))?;
        past.book.read_beside(then, &self.today, |transaction| {
            let hidden = hidden.with_tips_of_then(transaction)?;
            let moment = self.moment(transaction, then, Some(at), hidden)?;
            query(&moment, request)
        })
    }

    /// What may not be in the answer. What everybody reads is read by whomever anything is about as well.
    fn hidden<Q: Asked>(&self, transaction: &Transaction<'_>, request: &Q) -> Result<Hidden, BookError> {
        if request.is_for_everybody() {
            return Hidden::from_everybody(transaction);
        }
        Hidden::from(transaction, &self.actor, &self.today)
    }

    fn moment<'a>(
        &'a self,
        transaction: &'a Transaction<'a>,
        jurisdiction: &'a Jurisdiction,
        as_of: Option<Timestamp>,
        hidden: Hidden,
    ) -> Result<Moment<'a>, BookError> {
        hidden.apply(transaction)?;
        transaction.execute(
            "INSERT INTO temp.asker VALUES (?1)",
            [is_told_of_inquiries(&self.actor)],
        )?;
        let reached = reached(transaction)?;
        Ok(Moment {
            transaction,
            jurisdiction,
            today: &self.today,
            actor: &self.actor,
            now: as_of.unwrap_or(self.now),
            asked_at: self.now,
            as_of,
            position: reached.position.unwrap_or_default(),
            fact: reached.fact,
            hidden,
        })
    }
}

/// Inquiries are between those who supervise and those who decide.
pub(crate) fn is_told_of_inquiries(actor: &Actor) -> bool {
    actor.is(Role::Inspector) || actor.is(Role::Supervisor)
}

/// A request: of which instant, and for whom the answer is.
pub(crate) trait Asked {
    /// The instant, as it was written, or as the request implies it.
    fn as_of(&self, _now: Timestamp) -> Option<String> {
        None
    }
    /// Whether the answer is the same for everybody, and published.
    fn is_for_everybody(&self) -> bool {
        false
    }
}

macro_rules! dated {
    ($($request:ty),+ $(,)?) => {
        $(impl Asked for $request {
            fn as_of(&self, _now: Timestamp) -> Option<String> {
                self.as_of.clone()
            }
        })+
    };
}

dated! {
    ListTipsRequest, GetTipRequest, ListCasesRequest, GetCaseRequest, WorkListRequest, ListEscalationsRequest,
    ReportRequest, LowerReportsRequest, ListFindingsRequest, ListTasksRequest, ListSpecialSupervisionRequest,
    ListReportsRequest, ListObligationsRequest, TrendRequest, BoardRequest, ListFailuresRequest, ListInquiriesRequest,
    GetReportRequest,
}

/// A week that is over is told as it stood at its end.
impl Asked for BulletinRequest {
    fn as_of(&self, now: Timestamp) -> Option<String> {
        let of_week = || bulletin::day_of(self.week.as_deref(), now);
        self.as_of.clone().or_else(of_week)
    }
}
impl Asked for ExportRequest {
    fn as_of(&self, now: Timestamp) -> Option<String> {
        let of_week = || bulletin::day_of(self.week.as_deref(), now);
        self.as_of.clone().or_else(of_week)
    }
}

/// A draft is drawn up from what is known, and its digest is what is signed.
impl Asked for DraftListRequest {}
/// Whoever holds a receipt asks how things stand.
impl Asked for PublicProgressRequest {}
/// What changed is asked of the ledger as it is.
impl Asked for () {}
/// Published week by week, so that nobody sees in the numbers of an hour what came in within it.
impl Asked for PublicFiguresRequest {
    fn as_of(&self, now: Timestamp) -> Option<String> {
        public::last_day(now)
    }
    fn is_for_everybody(&self) -> bool {
        true
    }
}
