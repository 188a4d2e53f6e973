//! The RPC of the ledger: wait for the position asked for, then answer at one consistent moment.

use crate::asking::{Asked, Asker, Query};
use crate::book::{Book, BookError};
use crate::export;
use crate::follower::Standing;
use crate::past::Past;
use crate::query::{
    board, bulletin, cases, drafts, escalations, failures, obligations, progress, public, report, reports,
    signing, supervision, tips, trend, work,
};
use crate::readings::{Readings, Shows};
use crate::watching::{self, Watching};
use jiff::Timestamp;
use jurisdiction::Actor;
use mingcha_proto::ledger::ledger_server::Ledger;
use mingcha_proto::ledger::{
    BoardRequest, BoardResponse, BulletinRequest, BulletinResponse, DraftListRequest, DraftListResponse,
    ExportRequest, ExportResponse, GetCaseRequest, GetCaseResponse, GetReportRequest, GetReportResponse,
    GetTipRequest, GetTipResponse, ListCasesRequest, ListCasesResponse, ListEscalationsRequest,
    ListEscalationsResponse, ListFailuresRequest, ListFailuresResponse, ListFindingsRequest,
    ListFindingsResponse, ListInquiriesRequest, ListInquiriesResponse, ListObligationsRequest,
    ListObligationsResponse, ListReportsRequest, ListReportsResponse, ListSpecialSupervisionRequest,
    ListSpecialSupervisionResponse, ListTasksRequest, ListTasksResponse, ListTipsRequest, ListTipsResponse,
    LowerReportsRequest, LowerReportsResponse, PublicFiguresRequest, PublicFiguresResponse,
    PublicProgressRequest, PublicProgressResponse, ReportRequest, ReportResponse, TrendRequest,
    TrendResponse, WatchWorkRequest, WorkListRequest, WorkListResponse,
};
use platform::{Caller, Context, away, instant_of};
use reading_domain::ReadingEvent;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tonic::{Request, Response, Status};

/// Longer than this nobody waits for the views to catch up.
const PATIENCE: Duration = Duration::from_secs(5);
/// The edge waits thrice as long.
const PATIENCE_FOR_THE_PAST: Duration = Duration::from_secs(10);

/// Answers from the views.
#[derive(Clone)]
pub(crate) struct LedgerService {
    pub(crate) context: Context,
    book: Arc<Book>,
    past: Arc<Past>,
    readings: Readings,
    pub(crate) standing: watch::Receiver<Standing>,
}

impl LedgerService {
    pub(crate) fn new(
        context: Context,
        book: Arc<Book>,
        past: Past,
        standing: watch::Receiver<Standing>,
    ) -> Self {
        Self {
            readings: Readings::new(&context),
            context,
            book,
            past: Arc::new(past),
            standing,
        }
    }

    /// Asks the views, once they are complete and have reached `position`; or those of a past instant.
    async fn answer<Q, R>(
        &self,
        request: Request<Q>,
        position: Option<u64>,
        query: Query<Q, R>,
    ) -> Result<Response<R>, Status>
    where
        Q: Asked + Shows + Send + 'static,
        R: Send + 'static,
    {
        let caller = Caller::of(&request)?;
        self.wait_for(position).await?;
        let asker = self.asker(caller.actor.clone());
        let request = request.into_inner();
        let at = match request.as_of(asker.now) {
            Some(as_of) => instant_of(&as_of, asker.now, self.context.directory.since())?,
            None => None,
        };
        let book = Arc::clone(&self.book);
        let reading = request.shows(at);
        let Some(at) = at else {
            let answer = answered(move || asker.ask(&book, &request, query)).await?;
            return self.shown(answer, caller, reading).await;
        };
        let (then, past) = (self.context.directory.as_of(at), Arc::clone(&self.past));
        let answer = async {
            let turn = self.past.turn().await?;
            answered(move || {
                let _turn = turn;
                let of_then = past.book(&book, at, &asker.today)?;
                asker.ask_as_of((&book, &of_then), (at, &then), &request, query)
            })
            .await
        };
        // What was begun goes on, so that whoever asks again finds more of it.
        let in_time = tokio::time::timeout(PATIENCE_FOR_THE_PAST, answer).await;
        let answer = in_time.map_err(|_| self.past_is_being_worked_out(at))??;
        self.shown(answer, caller, reading).await
    }

    fn past_is_being_worked_out(&self, at: Timestamp) -> Status {
        let whole = self.standing.borrow().reached.fact.max(1);
        let percent = (self.past.progress(at) * 100 / whole).min(99);
        let says = format!("那时的台账正在从历史记录整理出来，已完成 {percent}%。");
        away(says, "请过一会儿再看；整理不会中断。")
    }

    /// The answer, once it is on record who reads it.
    async fn shown<R>(
        &self,
        answer: R,
        caller: Caller,
        reading: Option<ReadingEvent>,
    ) -> Result<Response<R>, Status> {
        if let Some(reading) = reading {
            self.readings.record(caller, reading).await?;
        }
        Ok(Response::new(answer))
    }

    /// Asks the views as they are now.
    pub(crate) async fn look<Q, R>(&self, actor: Actor, request: Q, query: Query<Q, R>) -> Result<R, Status>
    where
        Q: Asked + Send + 'static,
        R: Send + 'static,
    {
        let (asker, book) = (self.asker(actor), Arc::clone(&self.book));
        answered(move || asker.ask(&book, &request, query)).await
    }

    fn asker(&self, actor: Actor) -> Asker {
        Asker {
            actor,
            today: self.context.directory.current(),
            now: self.context.clock.now(),
        }
    }

    /// A list that leaves out your own command, or half the city after a rebuild, is worse than none.
    pub(crate) async fn wait_for(&self, position: Option<u64>) -> Result<(), Status> {
        let mut standing = self.standing.clone();
        let there = standing.wait_for(|now| {
            now.complete && position.is_none_or(|position| now.reached.position >= Some(position))
        });
        let in_time = tokio::time::timeout(PATIENCE, there).await;
        if matches!(in_time, Ok(Ok(_))) {
            return Ok(());
        }
        Err(match self.standing.borrow().complete {
            true => away(
                "台账还没有更新到您刚才的操作；操作本身已经生效。",
                "请过几秒再刷新。",
            ),
            false => away("台账正在从历史记录重建，数据没有丢失。", "请过一会儿再刷新。"),
        })
    }
}

/// Where reading holds up nobody.
async fn answered<R: Send + 'static>(
    read: impl FnOnce() -> Result<R, Status> + Send + 'static,
) -> Result<R, Status> {
    let reading = tokio::task::spawn_blocking(read);
    reading
        .await
        .map_err(|error| BookError::Worker(error.to_string()))?
}

/// One method for each query: the position to wait for and the instant asked for stand in the request.
macro_rules! queries {
    ($($name:ident($request:ty) -> $response:ty = $query:path;)+) => {
        #[tonic::async_trait]
        impl Ledger for LedgerService {
            type WatchWorkStream = Watching;
            async fn watch_work(&self, request: Request<WatchWorkRequest>) -> Result<Response<Watching>, Status> {
                let actor = Caller::of(&request)?.actor;
                watching::watch(self.clone(), actor).await.map(Response::new)
            }
            $(async fn $name(&self, request: Request<$request>) -> Result<Response<$response>, Status> {
                let position = request.get_ref().wait_for_position;
                self.answer(request, position, $query).await
            })+
        }
    };
}

queries! {
    list_tips(ListTipsRequest) -> ListTipsResponse = tips::list;
    get_tip(GetTipRequest) -> GetTipResponse = tips::get;
    list_cases(ListCasesRequest) -> ListCasesResponse = cases::list;
    get_case(GetCaseRequest) -> GetCaseResponse = cases::get;
    work_list(WorkListRequest) -> WorkListResponse = work::list;
    list_escalations(ListEscalationsRequest) -> ListEscalationsResponse = escalations::list;
    report(ReportRequest) -> ReportResponse = report::report;
    public_progress(PublicProgressRequest) -> PublicProgressResponse = progress::progress;
    public_figures(PublicFiguresRequest) -> PublicFiguresResponse = public::figures;
    draft_list(DraftListRequest) -> DraftListResponse = drafts::draft;
    lower_reports(LowerReportsRequest) -> LowerReportsResponse = drafts::lower;
    get_report(GetReportRequest) -> GetReportResponse = signing::report;
    list_findings(ListFindingsRequest) -> ListFindingsResponse = supervision::findings;
    list_failures(ListFailuresRequest) -> ListFailuresResponse = failures::list;
    list_inquiries(ListInquiriesRequest) -> ListInquiriesResponse = failures::inquiries;
    list_tasks(ListTasksRequest) -> ListTasksResponse = supervision::tasks;
    list_special_supervision(ListSpecialSupervisionRequest) -> ListSpecialSupervisionResponse = supervision::special;
    list_reports(ListReportsRequest) -> ListReportsResponse = reports::list;
    list_obligations(ListObligationsRequest) -> ListObligationsResponse = obligations::list;
    trend(TrendRequest) -> TrendResponse = trend::trend;
    board(BoardRequest) -> BoardResponse = board::board;
    bulletin(BulletinRequest) -> BulletinResponse = bulletin::bulletin;
    export(ExportRequest) -> ExportResponse = export::export;
}
