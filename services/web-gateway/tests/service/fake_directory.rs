//! The directory as the gateway sees it: one password for everybody, nothing else.

use mingcha_proto::common::CommandReply;
use mingcha_proto::directory::directory_server::Directory;
use mingcha_proto::directory::{
    AdvanceClockRequest, ChangePasswordRequest, ExportTableRequest, ExportTableResponse, GetCampaignRequest,
    GetCampaignResponse, GetEntryHistoryRequest, GetEntryHistoryResponse, HandOverRequest,
    ImportDirectoryRequest, ImportDirectoryResponse, ImportTableRequest, ImportTableResponse,
    ListDeadLettersRequest, ListDeadLettersResponse, ListStaffRequest, ListStaffResponse, ListUnitsRequest,
    ListUnitsResponse, MergeUnitRequest, OperationsRequest, OperationsResponse, PublishHotlineRequest,
    RegisterStaffRequest, RegisterUnitRequest, RetireStaffRequest, RetryDeadLetterRequest,
    RetryDeadLetterResponse, SetCalendarYearRequest, SetCustodyRequest, SetLadderRequest, SetLimitsRequest,
    SetRecheckDaysRequest, SetRewardRulesRequest, SetStagesRequest, SetSupervisionRequest,
    VerifyPasswordRequest, VerifyPasswordResponse, WithdrawHotlineRequest,
};
use platform::{Caller, PlatformRefusal, refuse};
use tonic::{Request, Response, Status};

use crate::fakes::{Answer, PASSWORD, reply};

/// One password for everybody.
pub struct FakeDirectory;

#[tonic::async_trait]
impl Directory for FakeDirectory {
    async fn verify_password(
        &self,
        request: Request<VerifyPasswordRequest>,
    ) -> Answer<VerifyPasswordResponse> {
        if !Caller::of(&request)?.actor.is_system() {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let request = request.into_inner();
        if request.password != PASSWORD {
            return Err(Status::unauthenticated("账号或密码不正确。"));
        }
        Ok(Response::new(VerifyPasswordResponse {
            account: request.account,
            ..VerifyPasswordResponse::default()
        }))
    }
    async fn change_password(&self, request: Request<ChangePasswordRequest>) -> Answer<CommandReply> {
        Ok(Response::new(reply(&request.get_ref().account)))
    }
    async fn set_calendar_year(&self, request: Request<SetCalendarYearRequest>) -> Answer<CommandReply> {
        Ok(Response::new(reply(&request.get_ref().year.to_string())))
    }
    async fn hand_over(&self, _: Request<HandOverRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn set_limits(&self, _: Request<SetLimitsRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn set_supervision(&self, _: Request<SetSupervisionRequest>) -> Answer<CommandReply> {
        Ok(Response::new(reply("campaign-2020")))
    }
    async fn set_ladder(&self, _: Request<SetLadderRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn set_recheck_days(&self, _: Request<SetRecheckDaysRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn set_reward_rules(&self, _: Request<SetRewardRulesRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn set_custody(&self, _: Request<SetCustodyRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn list_units(&self, _: Request<ListUnitsRequest>) -> Answer<ListUnitsResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn list_staff(&self, _: Request<ListStaffRequest>) -> Answer<ListStaffResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn get_campaign(&self, _: Request<GetCampaignRequest>) -> Answer<GetCampaignResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn get_entry_history(&self, _: Request<GetEntryHistoryRequest>) -> Answer<GetEntryHistoryResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn import_table(&self, _: Request<ImportTableRequest>) -> Answer<ImportTableResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn export_table(&self, _: Request<ExportTableRequest>) -> Answer<ExportTableResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn register_unit(&self, _: Request<RegisterUnitRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn register_staff(&self, _: Request<RegisterStaffRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn retire_staff(&self, _: Request<RetireStaffRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn set_stages(&self, _: Request<SetStagesRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn publish_hotline(&self, _: Request<PublishHotlineRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn operations(&self, _: Request<OperationsRequest>) -> Answer<OperationsResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn list_dead_letters(&self, _: Request<ListDeadLettersRequest>) -> Answer<ListDeadLettersResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn retry_dead_letter(&self, _: Request<RetryDeadLetterRequest>) -> Answer<RetryDeadLetterResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn merge_unit(&self, _: Request<MergeUnitRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn withdraw_hotline(&self, _: Request<WithdrawHotlineRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
    async fn import_directory(&self, _: Request<ImportDirectoryRequest>) -> Answer<ImportDirectoryResponse> {
        Err(Status::unimplemented("fake"))
    }
    async fn advance_clock(&self, _: Request<AdvanceClockRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("fake"))
    }
}
