//! The RPC of the directory.

use crate::credentials::Credentials;
use directory_domain::{DirectoryCommand, DirectoryEntry, DirectoryRefusal, stream_of};
use jurisdiction::{Actor, Hotline, Role, StaffMember, Stage, Unit, YearCalendar};
use mingcha_proto::common::CommandReply;
use mingcha_proto::directory::directory_server::Directory;
use mingcha_proto::directory::{
    AdvanceClockRequest, BadRow, ChangePasswordRequest, ImportDirectoryRequest, ImportDirectoryResponse,
    PublishHotlineRequest, RegisterStaffRequest, RegisterUnitRequest, RetireStaffRequest,
    SetCalendarYearRequest, SetStagesRequest, VerifyPasswordRequest, VerifyPasswordResponse,
};
use platform::{Caller, Context, Executed, PlatformRefusal, execute, invalid, refuse, reply};
use serde::{Serialize, de::DeserializeOwned};
use tonic::{Code, Request, Response, Status};

const SHORTEST_PASSWORD: usize = 10;

pub struct DirectoryService {
    context: Context,
    credentials: Credentials,
}

type Reply = Result<Response<CommandReply>, Status>;

impl DirectoryService {
    pub(crate) fn new(context: Context, credentials: Credentials) -> Self {
        Self { context, credentials }
    }

    async fn run(&self, caller: Caller, command: DirectoryCommand) -> Result<Executed, Status> {
        let stream = stream_of(&command);
        let envelope = self.context.envelope(caller);
        let jurisdiction = self.context.directory.current();
        let done =
            execute::<DirectoryEntry>(&self.context.store, &jurisdiction, &stream, &envelope, &command)
                .await?;
        // Whoever records an entry expects the next command to know it.
        self.context.directory.reached(done.position).await;
        Ok(done)
    }

    async fn answer(&self, caller: Caller, command: DirectoryCommand) -> Reply {
        let done = self.run(caller, command).await?;
        let id = done.stream.clone();
        Ok(Response::new(reply(&id, done)))
    }

    async fn register_member(
        &self,
        caller: Caller,
        request: &RegisterStaffRequest,
    ) -> Result<Executed, Status> {
        let member: StaffMember = read(&RegisterStaffRequest {
            password: None,
            ..request.clone()
        })?;
        if let Some(password) = &request.password {
            check_password(password, "password")?;
        }
        let account = member.account.to_string();
        let done = self.run(caller, DirectoryCommand::RegisterStaff(member)).await?;
        if let Some(password) = &request.password {
            self.credentials.set(&account, password).await.map_err(internal)?;
        }
        Ok(done)
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
        let command = calendar(request.get_ref())?;
        self.answer(Caller::of(&request)?, command).await
    }

    async fn publish_hotline(&self, request: Request<PublishHotlineRequest>) -> Reply {
        let hotline: Hotline = read(request.get_ref())?;
        self.answer(Caller::of(&request)?, DirectoryCommand::PublishHotline(hotline))
            .await
    }

    async fn import_directory(
        &self,
        request: Request<ImportDirectoryRequest>,
    ) -> Result<Response<ImportDirectoryResponse>, Status> {
        let caller = Caller::of(&request)?;
        if !caller.actor.is(Role::Admin) {
            return Err(refuse(DirectoryRefusal::NotAdmin));
        }
        let request = request.into_inner();
        let mut import = Import {
            service: self,
            caller,
            outcome: ImportDirectoryResponse::default(),
        };
        for (index, row) in request.units.iter().enumerate() {
            let done = async { Ok(DirectoryCommand::RegisterUnit(read(row)?)) };
            import.row("units", index, &row.code, done).await;
        }
        for (index, row) in request.staff.iter().enumerate() {
            import.member(index, row).await;
        }
        if !request.stages.is_empty() {
            let stages = async {
                Ok(DirectoryCommand::SetStages(
                    request.stages.iter().map(read).collect::<Result<_, _>>()?,
                ))
            };
            import.row("stages", 0, "stages", stages).await;
        }
        for (index, row) in request.hotlines.iter().enumerate() {
            let done = async { Ok(DirectoryCommand::PublishHotline(read(row)?)) };
            import.row("hotlines", index, &row.number, done).await;
        }
        for (index, row) in request.calendars.iter().enumerate() {
            import
                .row("calendars", index, &row.year.to_string(), async { calendar(row) })
                .await;
        }
        Ok(Response::new(import.outcome))
    }

    async fn advance_clock(&self, request: Request<AdvanceClockRequest>) -> Reply {
        if !self.context.clock.is_simulated() {
            return Err(refuse(PlatformRefusal::ClockIsReal));
        }
        let seconds = request.get_ref().seconds;
        self.answer(Caller::of(&request)?, DirectoryCommand::AdvanceClock { seconds })
            .await
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
        let (caller, request) = (Caller::of(&request)?, request.into_inner());
        let own = caller
            .actor
            .person()
            .is_some_and(|person| person.as_str() == request.account);
        if !own && !caller.actor.is(Role::Admin) {
            return Err(refuse(DirectoryRefusal::NotAdmin));
        }
        if own
            && !self
                .credentials
                .verify(&request.account, &request.current)
                .await
                .map_err(internal)?
        {
            return Err(invalid("current", "原密码不正确。"));
        }
        check_password(&request.new, "new")?;
        let account = request.account.parse().map_err(|rule| invalid("account", rule))?;
        self.credentials
            .set(&request.account, &request.new)
            .await
            .map_err(internal)?;
        let recorder = Caller {
            actor: Actor::system("directory/password-changed"),
            ..caller
        };
        self.answer(recorder, DirectoryCommand::SetPassword { account })
            .await
    }
}

/// One import under way.
struct Import<'a> {
    service: &'a DirectoryService,
    caller: Caller,
    outcome: ImportDirectoryResponse,
}

impl Import<'_> {
    /// Every row is a command of its own, derived from the import's id: repeating the import repeats no fact.
    fn caller_for(&self, kind: &str, code: &str) -> Caller {
        let command_id = platform::derived_command(self.caller.command_id.0, &format!("{kind}/{code}"), 0);
        Caller {
            command_id,
            ..self.caller.clone()
        }
    }
    async fn row(
        &mut self,
        kind: &str,
        index: usize,
        code: &str,
        command: impl Future<Output = Result<DirectoryCommand, Status>>,
    ) {
        let caller = self.caller_for(kind, code);
        let done = async { self.service.run(caller, command.await?).await };
        let done = done.await;
        self.count(kind, index, code, done);
    }
    async fn member(&mut self, index: usize, row: &RegisterStaffRequest) {
        let done = self
            .service
            .register_member(self.caller_for("staff", &row.account), row)
            .await;
        self.count("staff", index, &row.account, done);
    }
    fn count(&mut self, kind: &str, index: usize, code: &str, done: Result<Executed, Status>) {
        match done {
            Ok(done) => {
                self.outcome.position = self.outcome.position.max(done.position);
                let counter = if done.facts > 0 {
                    &mut self.outcome.recorded
                } else {
                    &mut self.outcome.unchanged
                };
                *counter += 1;
            }
            Err(status) => self.outcome.bad_rows.push(BadRow {
                row: format!("{kind}[{index}]"),
                code: code.to_owned(),
                reason: status.message().to_owned(),
            }),
        }
    }
}

/// Reads a message whose fields are those of a domain value; absent fields take the value's defaults.
fn read<R: Serialize, T: DeserializeOwned>(request: &R) -> Result<T, Status> {
    platform::read_value(request)
}

fn calendar(request: &SetCalendarYearRequest) -> Result<DirectoryCommand, Status> {
    let year = i16::try_from(request.year).map_err(|_| invalid("year", "年份不正确。"))?;
    let dates =
        serde_json::json!({ "holidays": request.holidays, "make_up_workdays": request.make_up_workdays });
    let calendar: YearCalendar = read(&dates)?;
    Ok(DirectoryCommand::SetYear { year, calendar })
}

fn check_password(password: &str, field: &str) -> Result<(), Status> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(invalid(field, "密码至少 10 个字符。"));
    }
    Ok(())
}

fn internal(reason: String) -> Status {
    tracing::error!(reason, "credentials file");
    Status::internal("密码库暂时不可用，请联系系统管理员。")
}

#[cfg(test)]
mod tests;
