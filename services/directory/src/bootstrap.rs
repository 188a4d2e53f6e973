//! The first administrator of an empty directory, from configuration.

use crate::BootstrapConfig;
use crate::credentials::Credentials;
use directory_domain::{DirectoryCommand, DirectoryEntry, stream_of};
use jurisdiction::{Actor, Level, Role, StaffMember, Unit, UnitKind};
use platform::{Context, Envelope, execute};

/// Neither the unit nor the person is a setting of a campaign.
const NO_CAMPAIGN: &str = "";

/// Records the city and its administrator once the directory is known to be empty of staff.
pub(crate) async fn first_administrator(config: BootstrapConfig, context: Context, credentials: Credentials) {
    // An empty one could not be signed in with, and the first administrator is recorded once.
    let Some(password) = config
        .password
        .clone()
        .filter(|password| !password.trim().is_empty())
    else {
        return;
    };
    context.directory.ready().await;
    if !context.directory.current().staff.is_empty() {
        return;
    }
    if let Err(error) = record(&config, &password, &context, &credentials).await {
        tracing::error!(error, "the first administrator could not be recorded");
    } else {
        tracing::info!(account = config.account, "recorded the first administrator");
    }
}

async fn record(
    config: &BootstrapConfig,
    password: &str,
    context: &Context,
    credentials: &Credentials,
) -> Result<(), String> {
    let unit_code = config
        .unit
        .parse()
        .map_err(|e| format!("directory.bootstrap.unit: {e}"))?;
    let account = config
        .account
        .parse()
        .map_err(|e| format!("directory.bootstrap.account: {e}"))?;
    let unit = Unit {
        code: unit_code,
        name: config.unit_name.clone(),
        level: Level::City,
        kind: UnitKind::Government,
        parent: None,
        department: None,
        email: None,
    };
    let member = StaffMember {
        account,
        name: "系统管理员".to_owned(),
        unit: unit.code.clone(),
        roles: [Role::Admin].into(),
        email: None,
        first_responsible: false,
    };
    credentials.set(&config.account, password).await?;
    for command in [
        DirectoryCommand::RegisterUnit(unit),
        DirectoryCommand::RegisterStaff(member),
    ] {
        // Known beforehand, so that two replicas starting together record it once.
        let stream = stream_of(&command, NO_CAMPAIGN);
        let envelope = Envelope {
            command_id: platform::derived_command(uuid::Uuid::nil(), &stream, 0),
            actor: Actor::system("directory/bootstrap"),
            at: context.clock.now(),
            causation: None,
            correlation: None,
            traceparent: None,
            seen: None,
        };
        let jurisdiction = context.directory.current();
        let done = execute::<DirectoryEntry>(&context.store, &jurisdiction, &stream, &envelope, &command);
        let done = done.await.map_err(|e| e.to_string())?;
        context.directory.reached(done.position).await;
    }
    Ok(())
}
