//! Accountability, and lists of the ledger, that remember by whom they were asked what, and answer with nothing.

use jurisdiction::Actor;
use mingcha_proto::accountability::accountability_server::Accountability;
use mingcha_proto::accountability::*;
use mingcha_proto::common::CommandReply;
use platform::Caller;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use tonic::{Request, Response, Status};

/// What was asked: the call, by whom, and the message.
pub type Asked = (&'static str, Actor, Value);

#[derive(Clone, Default)]
pub struct Remembering {
    pub asked: Arc<Mutex<Vec<Asked>>>,
}

impl Remembering {
    /// # Errors
    /// If nobody is named who asks.
    pub fn note<T: serde::Serialize>(&self, call: &'static str, request: &Request<T>) -> Result<(), Status> {
        let actor = Caller::of(request)?.actor;
        let message = serde_json::to_value(request.get_ref()).expect("messages are JSON");
        self.asked.lock().expect("lock").push((call, actor, message));
        Ok(())
    }
    /// Everything since the last time.
    pub fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().expect("lock"))
    }
}

/// Every call remembers, and answers with the default of its answer.
macro_rules! remembers {
    ($service:ident: $($name:ident($request:ty) -> $answer:ty;)+) => {
        #[tonic::async_trait]
        impl $service for Remembering {
            $(async fn $name(&self, request: Request<$request>) -> Result<Response<$answer>, Status> {
                self.note(stringify!($name), &request)?;
                Ok(Response::new(<$answer>::default()))
            })+
        }
    };
}

remembers! { Accountability:
    preview_calendar_year(PreviewCalendarYearRequest) -> PreviewCalendarYearResponse;
    preview_stages(PreviewStagesRequest) -> PreviewStagesResponse;
    preview_supervision(PreviewSupervisionRequest) -> PreviewSupervisionResponse;
    list_supervision_numbers(ListSupervisionNumbersRequest) -> ListSupervisionNumbersResponse;
    submit_explanation(SubmitExplanationRequest) -> CommandReply;
    judge_explanation(JudgeExplanationRequest) -> CommandReply;
    explain_failure(ExplainFailureRequest) -> CommandReply;
    judge_failure(JudgeFailureRequest) -> CommandReply;
    open_inquiry(OpenInquiryRequest) -> CommandReply;
    decide_inquiry(DecideInquiryRequest) -> CommandReply;
    close_inquiry(CloseInquiryRequest) -> CommandReply;
    record_finding(RecordFindingRequest) -> CommandReply;
    answer_finding(AnswerFindingRequest) -> CommandReply;
    judge_finding(JudgeFindingRequest) -> CommandReply;
    assign_task(AssignTaskRequest) -> CommandReply;
    report_task(ReportTaskRequest) -> CommandReply;
    accept_task(AcceptTaskRequest) -> CommandReply;
    return_task(ReturnTaskRequest) -> CommandReply;
    close_special_supervision(CloseSpecialSupervisionRequest) -> CommandReply;
}
