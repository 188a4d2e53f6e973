//! The RPC of the ledger: wait for the position asked for, then answer at one consistent moment.

use crate::book::{Book, BookError, reached};
use crate::follower::Standing;
use crate::query::hidden::Hidden;
use crate::query::{Moment, cases, drafts, escalations, progress, report, signing, supervision, tips, work};
use crate::watching::{self, Watching};
use jurisdiction::Actor;
use mingcha_proto::ledger::ledger_server::Ledger;
use mingcha_proto::ledger::{
    DraftListRequest, DraftListResponse, GetCaseRequest, GetCaseResponse, GetReportRequest,
    GetReportResponse, GetTipRequest, GetTipResponse, ListCasesRequest, ListCasesResponse,
    ListEscalationsRequest, ListEscalationsResponse, ListFindingsRequest, ListFindingsResponse,
    ListSpecialSupervisionRequest, ListSpecialSupervisionResponse, ListTasksRequest, ListTasksResponse,
    ListTipsRequest, ListTipsResponse, LowerReportsRequest, LowerReportsResponse, PublicProgressRequest,
    PublicProgressResponse, ReportRequest, ReportResponse, WatchWorkRequest, WorkListRequest,
    WorkListResponse,
};
use platform::{Caller, Context};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tonic::{Request, Response, Status};

/// Longer than this nobody waits for the views to catch up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Answers from the views.
#[derive(Clone)]
pub(crate) struct LedgerService {
    pub(crate) context: Context,
    book: Arc<Book>,
    pub(crate) standing: watch::Receiver<Standing>,
}

impl LedgerService {
    pub(crate) fn new(context: Context, book: Arc<Book>, standing: watch::Receiver<Standing>) -> Self {
        Self {
            context,
            book,
            standing,
        }
    }

    /// Asks the views, once they are complete and have reached `position`.
    async fn answer<Q, R>(
        &self,
        request: Request<Q>,
        position: Option<u64>,
        query: fn(&Moment<'_>, &Q) -> Result<R, Status>,
    ) -> Result<Response<R>, Status>
    where
        Q: Send + 'static,
        R: Send + 'static,
    {
        let actor = Caller::of(&request)?.actor;
        self.wait_for(position).await?;
        let answer = self.look(actor, request.into_inner(), query).await;
        answer.map(Response::new)
    }

    /// Asks the views as they are now.
    pub(crate) async fn look<Q, R>(
        &self,
        actor: Actor,
        request: Q,
        query: fn(&Moment<'_>, &Q) -> Result<R, Status>,
    ) -> Result<R, Status>
    where
        Q: Send + 'static,
        R: Send + 'static,
    {
        let jurisdiction = self.context.directory.current();
        let now = self.context.clock.now();
        let book = Arc::clone(&self.book);
        let reading = tokio::task::spawn_blocking(move || {
            book.read(&jurisdiction, |transaction| {
                let reached = reached(transaction)?;
                let hidden = Hidden::from(transaction, &actor, &jurisdiction)?;
                hidden.apply(transaction)?;
                let moment = Moment {
                    transaction,
                    jurisdiction: &jurisdiction,
                    actor: &actor,
                    now,
                    position: reached.position.unwrap_or_default(),
                    fact: reached.fact,
                    hidden,
                };
                query(&moment, &request)
            })
        });
        reading
            .await
            .map_err(|error| BookError::Worker(error.to_string()))?
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
        Err(Status::unavailable(if self.standing.borrow().complete {
            "台账还没有更新到您刚才的操作，请过几秒再刷新；操作本身已经生效。"
        } else {
            "台账正在从历史记录重建，请过一会儿再刷新；数据没有丢失。"
        }))
    }
}

/// One method for each query: the position to wait for stands in the request.
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
    draft_list(DraftListRequest) -> DraftListResponse = drafts::draft;
    lower_reports(LowerReportsRequest) -> LowerReportsResponse = drafts::lower;
    get_report(GetReportRequest) -> GetReportResponse = signing::report;
    list_findings(ListFindingsRequest) -> ListFindingsResponse = supervision::findings;
    list_tasks(ListTasksRequest) -> ListTasksResponse = supervision::tasks;
    list_special_supervision(ListSpecialSupervisionRequest) -> ListSpecialSupervisionResponse = supervision::special;
}
