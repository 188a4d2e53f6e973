//! Staff and how they sign in: the entry is a fact, the password is kept apart, and whoever set it stands in the history.

use crate::grpc::{DirectoryService, Reply, internal, read};
use directory_domain::{DirectoryCommand, DirectoryRefusal};
use jurisdiction::{Role, StaffMember};
use mingcha_proto::directory::{ChangePasswordRequest, RegisterStaffRequest};
use platform::{Caller, Executed, derived_command, invalid, refuse};
use tonic::{Request, Status};

const SHORTEST_PASSWORD: usize = 10;

impl DirectoryService {
    pub(crate) async fn register_member(
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
        let account = member.account.clone();
        let has_one = self.directory().staff.contains_key(&account);
        let setting = Caller {
            command_id: derived_command(caller.command_id.0, "password", 0),
            seen: None,
            ..caller.clone()
        };
        let mut done = self.run(caller, DirectoryCommand::RegisterStaff(member)).await?;
        let Some(password) = &request.password else {
            return Ok(done);
        };
        // The first one comes with the account. By another one an administrator could sign in that name: on record before it
        // opens anything.
        if has_one {
            let account = account.clone();
            let set = self
                .run(setting, DirectoryCommand::SetPassword { account })
                .await?;
            done.facts += set.facts;
            done.position = done.position.max(set.position);
            done.revision = set.revision;
        }
        self.credentials
            .set(account.as_str(), password)
            .await
            .map_err(internal)?;
        Ok(done)
    }

    pub(crate) async fn set_password(&self, request: Request<ChangePasswordRequest>) -> Reply {
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
        // By whoever did it, and before it opens anything: an administrator who sets another's password could sign in that name.
        let reply = self
            .answer(caller, DirectoryCommand::SetPassword { account })
            .await?;
        self.credentials
            .set(&request.account, &request.new)
            .await
            .map_err(internal)?;
        Ok(reply)
    }
}

pub(crate) fn check_password(password: &str, field: &str) -> Result<(), Status> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(invalid(field, "密码至少 10 个字符。"));
    }
    Ok(())
}
