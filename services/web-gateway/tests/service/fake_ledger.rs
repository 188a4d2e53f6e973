//! A ledger that tells what a test has it tell.

use crate::fakes::Answer;
use futures::StreamExt;
use futures::stream::BoxStream;
use jurisdiction::Actor;
use mingcha_proto::ledger::ledger_server::Ledger;
use mingcha_proto::ledger::*;
use platform::Caller;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tonic::{Request, Status};

/// What it tells now, and to whom it has told anything.
#[derive(Clone)]
pub struct FakeLedger {
    pub told: watch::Sender<Result<WatchWorkResponse, Status>>,
    pub watchers: Arc<Mutex<Vec<Actor>>>,
}

impl Default for FakeLedger {
    fn default() -> Self {
        Self {
            told: watch::Sender::new(Ok(WatchWorkResponse::default())),
            watchers: Arc::default(),
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

/// Everything else it was not built for.
macro_rules! nothing_else {
    ($($name:ident($request:ty) -> $response:ty;)+) => {
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
            $(async fn $name(&self, _: Request<$request>) -> Answer<$response> {
                Err(Status::unimplemented("fake"))
            })+
        }
    };
}

nothing_else! {
    list_tips(ListTipsRequest) -> ListTipsResponse;
    get_tip(GetTipRequest) -> GetTipResponse;
    list_cases(ListCasesRequest) -> ListCasesResponse;
    get_case(GetCaseRequest) -> GetCaseResponse;
    work_list(WorkListRequest) -> WorkListResponse;
    list_escalations(ListEscalationsRequest) -> ListEscalationsResponse;
    report(ReportRequest) -> ReportResponse;
    public_progress(PublicProgressRequest) -> PublicProgressResponse;
    draft_list(DraftListRequest) -> DraftListResponse;
    lower_reports(LowerReportsRequest) -> LowerReportsResponse;
    get_report(GetReportRequest) -> GetReportResponse;
    list_findings(ListFindingsRequest) -> ListFindingsResponse;
    list_tasks(ListTasksRequest) -> ListTasksResponse;
    list_special_supervision(ListSpecialSupervisionRequest) -> ListSpecialSupervisionResponse;
}
