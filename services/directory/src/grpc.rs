//! The RPC of the directory.

use crate::credentials::Credentials;
use crate::{import, operations, reading, settings, tables};
use decider::{Decider, Given};
use directory_domain::{DirectoryCommand, DirectoryEntry, EntryState, stream_of};
use jurisdiction::{Hotline, Jurisdiction, Role, Stage, Unit};
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
use platform::{Caller, Context, Executed, PlatformRefusal, execute, invalid, refuse, reply};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use tonic::{Code, Request, Response, Status};

pub struct DirectoryService {
    context: Context,
    pub(crate) credentials: Credentials,
    /// Whose settings are kept here.
    campaign: String,
}

pub(crate) type Reply = Result<Response<CommandReply>, Status>;

impl DirectoryService {
    pub(crate) fn new(context: Context, credentials: Credentials, campaign: String) -> Self {
        Self {
            context,
            credentials,
            campaign,
        }
    }

    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    /// The directory as known now.
    pub(crate) fn directory(&self) -> Arc<Jurisdiction> {
        self.context.directory.current()
    }

    /// Whether a command would be accepted within a jurisdiction; records nothing.
    pub(crate) fn check(
        &self,
        caller: &Caller,
        command: &DirectoryCommand,
        within: &Jurisdiction,
    ) -> Result<(), Status> {
        let given = Given {
            at: self.context.clock.now(),
            by: &caller.actor,
            jurisdiction: within,
        };
        let decided = DirectoryEntry::decide(&EntryState::default(), command, given);
        decided.map(drop).map_err(refuse)
    }

    pub(crate) async fn run(&self, caller: Caller, command: DirectoryCommand) -> Result<Executed, Status> {
        let stream = stream_of(&command, &self.campaign);
        let envelope = self.context.envelope(caller);
        let jurisdiction = self.context.directory.current();
        let done =
            execute::<DirectoryEntry>(&self.context.store, &jurisdiction, &stream, &envelope, &command)
                .await?;
        // Whoever records an entry expects the next command to know it.
        self.context.directory.reached(done.position).await;
        Ok(done)
    }

    pub(crate) async fn answer(&self, caller: Caller, command: DirectoryCommand) -> Reply {
        let done = self.run(caller, command).await?;
        let id = done.stream.clone();
        Ok(Response::new(reply(&id, done)))
    }
}

#[tonic::async_trait]
impl Directory for DirectoryService {
    async fn register_unit(&self, request: Request<RegisterUnitRequest>) -> Reply {
        let unit: Unit = read(request.get_ref())?;
        self.answer(Caller::of(&request)?, DirectoryCommand::RegisterUnit(unit))
            .await
    }

    async fn register_staff(&self, request: Request<RegisterStaffRequest>) -> Reply {
        let done = self
            .register_member(Caller::of(&request)?, request.get_ref())
            .await?;
        Ok(Response::new(reply(&request.get_ref().account, done)))
    }

    async fn retire_staff(&self, request: Request<RetireStaffRequest>) -> Reply {
        let (caller, request) = (Caller::of(&request)?, request.into_inner());
        let account = request.account.parse().map_err(|rule| invalid("account", rule))?;
        let answer = self
            .answer(
                caller,
                DirectoryCommand::RetireStaff {
                    account,
                    reason: request.reason,
                },
            )
            .await?;
        self.credentials.forget(&request.account).map_err(internal)?;
        Ok(answer)
    }

    async fn hand_over(&self, request: Request<HandOverRequest>) -> Reply {
        let (caller, request) = (Caller::of(&request)?, request.into_inner());
        let command = DirectoryCommand::HandOver {
            unit: request.unit.parse().map_err(|rule| invalid("unit", rule))?,
            to: request.to.parse().map_err(|rule| invalid("to", rule))?,
            reason: request.reason,
        };
        self.answer(caller, command).await
    }

    async fn set_limits(&self, request: Request<SetLimitsRequest>) -> Reply {
        let message = request.get_ref();
        let command = settings::limits(&message.limits, message.from.as_deref())?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn set_ladder(&self, request: Request<SetLadderRequest>) -> Reply {
        let command = settings::ladder(request.get_ref())?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn set_supervision(&self, request: Request<SetSupervisionRequest>) -> Reply {
        let command = settings::supervision(request.get_ref())?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn set_recheck_days(&self, request: Request<SetRecheckDaysRequest>) -> Reply {
        let asked = request.get_ref();
        let command = settings::recheck_days(&asked.days, asked.from.as_deref())?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn set_reward_rules(&self, request: Request<SetRewardRulesRequest>) -> Reply {
        let command = settings::rewards(&request.get_ref().rules)?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn set_custody(&self, request: Request<SetCustodyRequest>) -> Reply {
        let command = settings::custody(request.get_ref())?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn set_stages(&self, request: Request<SetStagesRequest>) -> Reply {
        let stages = request
            .get_ref()
            .stages
            .iter()
            .map(read)
            .collect::<Result<Vec<Stage>, _>>()?;
        self.answer(Caller::of(&request)?, DirectoryCommand::SetStages(stages))
            .await
    }

    async fn set_calendar_year(&self, request: Request<SetCalendarYearRequest>) -> Reply {
        let command = settings::calendar(request.get_ref())?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn publish_hotline(&self, request: Request<PublishHotlineRequest>) -> Reply {
        let hotline: Hotline = read(request.get_ref())?;
        self.answer(Caller::of(&request)?, DirectoryCommand::PublishHotline(hotline))
            .await
    }

    async fn withdraw_hotline(&self, request: Request<WithdrawHotlineRequest>) -> Reply {
        let (caller, request) = (Caller::of(&request)?, request.into_inner());
        let WithdrawHotlineRequest { number, reason } = request;
        self.answer(caller, DirectoryCommand::WithdrawHotline { number, reason })
            .await
    }

    async fn merge_unit(&self, request: Request<MergeUnitRequest>) -> Reply {
        let (caller, request) = (Caller::of(&request)?, request.into_inner());
        let unit = |field: &str, code: &str| code.parse().map_err(|rule| invalid(field, rule));
        let command = DirectoryCommand::MergeUnit {
            unit: unit("unit", &request.unit)?,
            into: unit("into", &request.into)?,
            reason: request.reason,
        };
        self.answer(caller, command).await
    }

    async fn import_directory(
        &self,
        request: Request<ImportDirectoryRequest>,
    ) -> Result<Response<ImportDirectoryResponse>, Status> {
        let caller = Caller::of(&request)?;
        let outcome = import::import(self, caller, request.get_ref()).await?;
        Ok(Response::new(outcome))
    }

    async fn import_table(
        &self,
        request: Request<ImportTableRequest>,
    ) -> Result<Response<ImportTableResponse>, Status> {
        let caller = Caller::of(&request)?;
        let outcome = tables::import(self, caller, request.into_inner()).await?;
        Ok(Response::new(outcome))
    }

    async fn export_table(
        &self,
        request: Request<ExportTableRequest>,
    ) -> Result<Response<ExportTableResponse>, Status> {
        let caller = Caller::of(&request)?;
        tables::export(&caller, &self.directory(), request.get_ref()).map(Response::new)
    }

    async fn advance_clock(&self, request: Request<AdvanceClockRequest>) -> Reply {
        if !self.context.clock.is_simulated() {
            return Err(refuse(PlatformRefusal::ClockIsReal));
        }
        let seconds = request.get_ref().seconds;
        self.answer(Caller::of(&request)?, DirectoryCommand::AdvanceClock { seconds })
            .await
    }

    async fn list_units(
        &self,
        request: Request<ListUnitsRequest>,
    ) -> Result<Response<ListUnitsResponse>, Status> {
        reading::staff_only(&Caller::of(&request)?)?;
        reading::units(&self.context.directory.current(), request.get_ref()).map(Response::new)
    }

    async fn list_staff(
        &self,
        request: Request<ListStaffRequest>,
    ) -> Result<Response<ListStaffResponse>, Status> {
        reading::staff_only(&Caller::of(&request)?)?;
        reading::staff(&self.context.directory.current(), request.get_ref()).map(Response::new)
    }

    async fn get_campaign(
        &self,
        request: Request<GetCampaignRequest>,
    ) -> Result<Response<GetCampaignResponse>, Status> {
        reading::staff_only(&Caller::of(&request)?)?;
        Ok(Response::new(reading::campaign(
            &self.context.directory.current(),
            self.context.clock.now(),
        )))
    }

    async fn get_entry_history(
        &self,
        request: Request<GetEntryHistoryRequest>,
    ) -> Result<Response<GetEntryHistoryResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        if !(actor.is(Role::Admin) || actor.is(Role::Inspector)) {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let history = reading::history(&self.context.store, &request.get_ref().entry);
        history.await.map(Response::new)
    }

    async fn verify_password(
        &self,
        request: Request<VerifyPasswordRequest>,
    ) -> Result<Response<VerifyPasswordResponse>, Status> {
        if !Caller::of(&request)?.actor.is_system() {
            return Err(refuse(PlatformRefusal::WrongRole));
        }
        let VerifyPasswordRequest { account, password } = request.into_inner();
        let right = self
            .credentials
            .verify(&account, &password)
            .await
            .map_err(internal)?;
        let jurisdiction = self.context.directory.current();
        let member = account
            .parse()
            .ok()
            .and_then(|account| jurisdiction.staff.get(&account));
        match member {
            Some(member) if right => Ok(Response::new(VerifyPasswordResponse {
                account: member.account.to_string(),
                name: member.name.clone(),
                unit: member.unit.to_string(),
                roles: member.roles.iter().map(|role| role.code().to_owned()).collect(),
            })),
            _ => Err(Status::new(Code::Unauthenticated, "账号或密码不正确。")),
        }
    }

    async fn change_password(&self, request: Request<ChangePasswordRequest>) -> Reply {
        self.set_password(request).await
    }

    async fn operations(
        &self,
        request: Request<OperationsRequest>,
    ) -> Result<Response<OperationsResponse>, Status> {
        let told = operations::operations(self, &Caller::of(&request)?).await?;
        Ok(Response::new(told))
    }

    async fn list_dead_letters(
        &self,
        request: Request<ListDeadLettersRequest>,
    ) -> Result<Response<ListDeadLettersResponse>, Status> {
        let told = operations::dead_letters(self, &Caller::of(&request)?).await?;
        Ok(Response::new(told))
    }

    async fn retry_dead_letter(
        &self,
        request: Request<RetryDeadLetterRequest>,
    ) -> Result<Response<RetryDeadLetterResponse>, Status> {
        let (caller, letter) = (Caller::of(&request)?, request.get_ref().letter);
        let told = operations::retry(self, &caller, letter).await?;
        Ok(Response::new(told))
    }
}

/// Reads a message whose fields are those of a domain value; absent fields take the value's defaults.
pub(crate) fn read<R: Serialize, T: DeserializeOwned>(request: &R) -> Result<T, Status> {
    platform::read_value(request)
}

pub(crate) fn internal(reason: String) -> Status {
    tracing::error!(reason, "credentials file");
    platform::broken("密码库暂时不可用。", "请联系系统管理员。")
}

#[cfg(test)]
mod tests;
