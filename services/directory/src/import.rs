//! Many entries at once: every row is a command of its own, and a bad one does not hold up the rest.

use crate::grpc::{DirectoryService, read};
use crate::settings;
use directory_domain::{DirectoryCommand, DirectoryRefusal};
use jurisdiction::Role;
use mingcha_proto::directory::{
    BadRow, ImportDirectoryRequest, ImportDirectoryResponse, RegisterStaffRequest,
};
use platform::{Caller, Executed, refuse};
use tonic::Status;

/// Takes in what is right and names what is not.
///
/// # Errors
/// If the caller is no administrator; a bad row is part of the answer, not an error.
pub(crate) async fn import(
    service: &DirectoryService,
    caller: Caller,
    request: &ImportDirectoryRequest,
) -> Result<ImportDirectoryResponse, Status> {
    if !caller.actor.is(Role::Admin) {
        return Err(refuse(DirectoryRefusal::NotAdmin));
    }
    let mut import = Import {
        service,
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
        let stages = request.stages.iter().map(read).collect::<Result<_, _>>();
        let done = async { Ok(DirectoryCommand::SetStages(stages?)) };
        import.row("stages", 0, "stages", done).await;
    }
    for (index, row) in request.hotlines.iter().enumerate() {
        let done = async { Ok(DirectoryCommand::PublishHotline(read(row)?)) };
        import.row("hotlines", index, &row.number, done).await;
    }
    for (index, row) in request.calendars.iter().enumerate() {
        let done = async { settings::calendar(row) };
        import.row("calendars", index, &row.year.to_string(), done).await;
    }
    if !request.limits.is_empty() {
        let done = async { settings::limits(&request.limits, None) };
        import.row("limits", 0, "limits", done).await;
    }
    if let Some(ladder) = &request.ladder {
        let done = async { settings::ladder(ladder) };
        import.row("ladder", 0, "ladder", done).await;
    }
    if let Some(thresholds) = &request.supervision {
        let done = async { settings::supervision(thresholds) };
        import.row("supervision", 0, "supervision", done).await;
    }
    if !request.recheck_days.is_empty() {
        let done = async { settings::recheck_days(&request.recheck_days, None) };
        import.row("recheck_days", 0, "recheck_days", done).await;
    }
    if !request.reward_rules.is_empty() {
        let done = async { settings::rewards(&request.reward_rules) };
        import.row("reward_rules", 0, "reward_rules", done).await;
    }
    if let Some(custody) = &request.custody {
        let done = async { settings::custody(custody) };
        import.row("custody", 0, "custody", done).await;
    }
    Ok(import.outcome)
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
            // The revision that was seen, if any, is that of no single row.
            seen: None,
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
