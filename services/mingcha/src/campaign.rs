//! Loading a campaign through the administrator's API: units, staff, stages, hotlines, calendars.

use crate::console::StaffClient;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const READY_LIMIT: Duration = Duration::from_secs(60);
const PEOPLE_AT_ONCE: usize = 20;

#[derive(clap::Args)]
pub(crate) struct CampaignArguments {
    /// Folder with units.json, staff.json, campaign.json and calendar-YYYY.json.
    #[arg(long, default_value = "deploy/campaign")]
    folder: PathBuf,
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    server: String,
    #[arg(long, default_value = "admin")]
    account: String,
    #[arg(long, env = "MINGCHA_PASSWORD", hide_env_values = true)]
    password: String,
    /// First password of all staff but the account that loads them; they are expected to change it.
    #[arg(long, env = "MINGCHA_STAFF_PASSWORD", hide_env_values = true)]
    staff_password: Option<String>,
}

/// What to load, where to, and as whom.
pub(crate) struct Source<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) server: &'a str,
    pub(crate) account: &'a str,
    pub(crate) password: &'a str,
    pub(crate) staff_password: Option<&'a str>,
}

pub(crate) async fn run(arguments: &CampaignArguments) -> Result<(), String> {
    let source = Source {
        folder: &arguments.folder,
        server: &arguments.server,
        account: &arguments.account,
        password: &arguments.password,
        staff_password: arguments.staff_password.as_deref(),
    };
    println!("{}", load_once(&source).await?);
    Ok(())
}

/// Loads the campaign unless all its staff are known already; says what happened.
pub(crate) async fn load_once(source: &Source<'_>) -> Result<String, String> {
    let client = sign_in_when_ready(source).await?;
    let parts = read(source)?;
    if is_loaded(source).await? {
        return Ok("演示数据此前已装入。".to_owned());
    }
    let (mut recorded, mut bad) = (0, Vec::new());
    for (number, part) in parts.iter().enumerate() {
        let answer = client.post("/api/v1/admin/import", part).await?;
        recorded += answer["recorded"].as_u64().unwrap_or_default();
        bad.extend(answer["bad_rows"].as_array().cloned().unwrap_or_default());
        tracing::debug!(part = number + 1, of = parts.len(), "loading the campaign");
    }
    for row in &bad {
        eprintln!("  {} {}: {}", row["row"], row["code"], row["reason"]);
    }
    if !bad.is_empty() {
        return Err(format!("{} 行没有装入，原因见上", bad.len()));
    }
    Ok(format!("已装入 {recorded} 条机构、人员和日期数据。"))
}

/// Whether the last of the staff can sign in: whoever was interrupted half-way has to go on.
async fn is_loaded(source: &Source<'_>) -> Result<bool, String> {
    let staff = file(source.folder, "staff.json")?;
    let mut accounts = staff.as_array().into_iter().flatten().rev();
    let Some(account) =
        accounts.find_map(|member| member["account"].as_str().filter(|name| *name != source.account))
    else {
        return Ok(false);
    };
    let password = source.staff_password.unwrap_or(source.password);
    let signed_in = StaffClient::sign_in(source.server, account, password).await;
    Ok(signed_in.is_ok())
}

/// The first administrator appears a moment after the services.
async fn sign_in_when_ready(source: &Source<'_>) -> Result<StaffClient, String> {
    let attempt = async {
        loop {
            match StaffClient::sign_in(source.server, source.account, source.password).await {
                Ok(client) => return client,
                Err(error) => tracing::debug!(error, "waiting for the city"),
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    let waited = tokio::time::timeout(READY_LIMIT, attempt).await;
    waited.map_err(|_| {
        format!(
            "{} 在 {} 秒内没有就绪，或管理员密码不正确",
            source.server,
            READY_LIMIT.as_secs()
        )
    })
}

/// What is loaded, one request after the other: units before their staff, and never so many people at once that hashing
/// their passwords takes longer than a slow machine may take for an answer.
fn read(source: &Source<'_>) -> Result<Vec<Value>, String> {
    let campaign = file(source.folder, "campaign.json")?;
    let mut staff = file(source.folder, "staff.json")?;
    if let Some(password) = source.staff_password {
        // Whoever loads keeps their own: what everybody is told must not open the administrator's account.
        let others = staff.as_array_mut().into_iter().flatten();
        for member in others.filter(|member| member["account"] != source.account) {
            member["password"] = json!(password);
        }
    }
    let mut calendars = Vec::new();
    for year in 2020..=2026 {
        calendars.push(file(source.folder, &format!("calendar-{year}.json"))?);
    }
    let dates = json!({
        "stages": campaign["stages"],
        "hotlines": campaign["hotlines"],
        "calendars": calendars,
        "limits": campaign["limits"],
        "ladder": campaign["ladder"],
        "supervision": campaign["supervision"],
        "recheck_days": campaign["recheck_days"],
        "reward_rules": campaign["reward_rules"],
        "custody": campaign["custody"],
    });
    let mut parts = vec![json!({ "units": file(source.folder, "units.json")? }), dates];
    let people = staff.as_array().map_or(&[][..], Vec::as_slice);
    parts.extend(
        people
            .chunks(PEOPLE_AT_ONCE)
            .map(|people| json!({ "staff": people })),
    );
    Ok(parts)
}

fn file(folder: &Path, name: &str) -> Result<Value, String> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_loads_keeps_their_own_password() {
        let source = Source {
            folder: &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/campaign"),
            server: "",
            account: "admin",
            password: "of the administrator",
            staff_password: Some("of everybody"),
        };
        let parts = read(&source).expect("the campaign");
        let staff = parts.iter().filter_map(|part| part["staff"].as_array()).flatten();
        let (own, others): (Vec<_>, Vec<_>) = staff.partition(|member| member["account"] == "admin");
        assert!(own.iter().all(|member| member["password"].is_null()), "{own:?}");
        assert!(!own.is_empty() && !others.is_empty());
        assert!(others.iter().all(|member| member["password"] == "of everybody"));
    }
}
