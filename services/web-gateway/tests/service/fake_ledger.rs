//! A ledger that tells what a test has it tell.

use crate::fakes::Answer;
use crate::remembering::Remembering;
use futures::StreamExt;
use futures::stream::BoxStream;
use jurisdiction::Actor;
use mingcha_proto::ledger::ledger_server::Ledger;
use mingcha_proto::ledger::*;
use platform::{Caller, invalid};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tonic::{Request, Status};

/// What it tells now, and to whom it has told anything.
#[derive(Clone)]
pub struct FakeLedger {
    pub told: watch::Sender<Result<WatchWorkResponse, Status>>,
    pub watchers: Arc<Mutex<Vec<Actor>>>,
    /// What its lists were asked.
    pub asked: Remembering,
    /// What it was asked for.
    pub cases: Arc<Mutex<Vec<(Actor, ListCasesRequest)>>>,
    pub files: Arc<Mutex<Vec<ExportRequest>>>,
    /// The published numbers; none before the first week is over.
    pub published: Arc<Mutex<Option<PublicFiguresResponse>>>,
    pub asked_for_figures: Arc<Mutex<u32>>,
}

impl Default for FakeLedger {
    fn default() -> Self {
        Self {
            told: watch::Sender::new(Ok(WatchWorkResponse::default())),
            watchers: Arc::default(),
            asked: Remembering::default(),
            cases: Arc::default(),
            files: Arc::default(),
            published: Arc::default(),
            asked_for_figures: Arc::default(),
        }
    }
}

impl FakeLedger {
    pub fn tells(&self, position: u64, total: u32) {
        let _ = self.told.send_replace(Ok(WatchWorkResponse {
            position,
            total,
            overdue: 0,
        }));
    }
    pub fn watched(&self) -> usize {
        self.watchers.lock().expect("lock").len()
    }
}

/// Lists remember; everything else it was not built for.
macro_rules! nothing_else {
    ({ $($name:ident($request:ty) -> $response:ty;)+ } lists { $($list:ident($asked:ty) -> $answer:ty;)+ }) => {
        #[tonic::async_trait]
        impl Ledger for FakeLedger {
            type WatchWorkStream = BoxStream<'static, Result<WatchWorkResponse, Status>>;
            async fn watch_work(&self, request: Request<WatchWorkRequest>) -> Answer<Self::WatchWorkStream> {
                let actor = Caller::of(&request)?.actor;
                self.watchers.lock().expect("lock").push(actor);
                // A fault is the end of a stream.
                let told = WatchStream::new(self.told.subscribe());
                Ok(tonic::Response::new(told.boxed()))
            }
            async fn list_cases(&self, request: Request<ListCasesRequest>) -> Answer<ListCasesResponse> {
                let actor = Caller::of(&request)?.actor;
                let request = request.into_inner();
                if request.as_of.as_deref() == Some("2999-01-01") {
                    return Err(invalid("as_of", "这个时刻还没有到，只能查看已经过去的时刻。"));
                }
                self.cases.lock().expect("lock").push((actor, request));
                Ok(tonic::Response::new(ListCasesResponse {
                    total: 7,
                    position: 42,
                    ..Default::default()
                }))
            }
            async fn public_figures(
                &self,
                _: Request<PublicFiguresRequest>,
            ) -> Answer<PublicFiguresResponse> {
                *self.asked_for_figures.lock().expect("lock") += 1;
                let published = self.published.lock().expect("lock").clone();
                let early = || invalid("as_of", "系统自 2020-06-01 09:00 起才有记录，请选择那以后的时刻。");
                published.map(tonic::Response::new).ok_or_else(early)
            }
            async fn export(&self, request: Request<ExportRequest>) -> Answer<ExportResponse> {
                self.files.lock().expect("lock").push(request.into_inner());
                Ok(tonic::Response::new(ExportResponse {
                    data: b"PK".to_vec(),
                    content_type: "application/vnd.ms-excel".to_owned(),
                    file_name: "案件清单台账_20200607.xlsx".to_owned(),
                }))
            }
            async fn bulletin(&self, request: Request<BulletinRequest>) -> Answer<BulletinResponse> {
                let week = request.into_inner().week.unwrap_or_default();
                Ok(tonic::Response::new(BulletinResponse {
                    unit_name: "宿迁市".to_owned(),
                    week,
                    ..Default::default()
                }))
            }
            $(async fn $name(&self, _: Request<$request>) -> Answer<$response> {
                Err(Status::unimplemented("fake"))
            })+
            $(async fn $list(&self, request: Request<$asked>) -> Answer<$answer> {
                self.asked.note(stringify!($list), &request)?;
                Ok(tonic::Response::new(<$answer>::default()))
            })+
        }
    };
}

nothing_else! {
    {
    list_tips(ListTipsRequest) -> ListTipsResponse;
    get_tip(GetTipRequest) -> GetTipResponse;
    get_case(GetCaseRequest) -> GetCaseResponse;
    work_list(WorkListRequest) -> WorkListResponse;
    list_escalations(ListEscalationsRequest) -> ListEscalationsResponse;
    report(ReportRequest) -> ReportResponse;
    public_progress(PublicProgressRequest) -> PublicProgressResponse;
    draft_list(DraftListRequest) -> DraftListResponse;
    lower_reports(LowerReportsRequest) -> LowerReportsResponse;
    get_report(GetReportRequest) -> GetReportResponse;
    list_reports(ListReportsRequest) -> ListReportsResponse;
    list_obligations(ListObligationsRequest) -> ListObligationsResponse;
    trend(TrendRequest) -> TrendResponse;
    board(BoardRequest) -> BoardResponse;
    } lists {
    list_failures(ListFailuresRequest) -> ListFailuresResponse;
    list_inquiries(ListInquiriesRequest) -> ListInquiriesResponse;
    list_findings(ListFindingsRequest) -> ListFindingsResponse;
    list_tasks(ListTasksRequest) -> ListTasksResponse;
    list_special_supervision(ListSpecialSupervisionRequest) -> ListSpecialSupervisionResponse;
    }
}
