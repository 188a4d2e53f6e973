//! The whole city on one machine: parts, services, demonstration campaign; one terminal, Ctrl-C stops everything.

use crate::campaign::{self, Source};
use crate::console::show;
use crate::parts::{Part, find};
use crate::serve::{SERVICES, cancel_on_signal, run_services};
use crate::settings::Settings;
use platform::Telemetry;
use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

#[derive(clap::Args)]
pub(crate) struct DevArguments {
    /// Where everything is kept; a second start finds it again.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Folder of the campaign to load at first start.
    #[arg(long, default_value = "deploy/campaign")]
    campaign: PathBuf,
    /// Port of nats-server. The services' own ports stand in the configuration file.
    #[arg(long, default_value_t = 4222)]
    nats_port: u16,
    /// Port of redis-server.
    #[arg(long, default_value_t = 6379)]
    redis_port: u16,
    /// Port at which the mail catcher takes mail.
    #[arg(long, default_value_t = 2525)]
    smtp_port: u16,
    /// Port at which it shows the mail.
    #[arg(long, default_value_t = 8025)]
    mail_page_port: u16,
}

impl DevArguments {
    fn ports(&self) -> Ports {
        let loopback = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
        Ports {
            nats: loopback(self.nats_port),
            redis: loopback(self.redis_port),
            smtp: loopback(self.smtp_port),
            mail_page: loopback(self.mail_page_port),
        }
    }
}

/// Made at first start and kept beside the keys: what everybody signs in with, and the last part of the SMS hook's address.
pub(crate) const KEPT_SECRETS: [&str; 2] = [PASSWORD, HOOK_SECRET];
const PASSWORD: &str = "demonstration-password";
const HOOK_SECRET: &str = "sms-hook-secret";

/// Loopback addresses of the parts.
#[derive(Clone, Copy)]
struct Ports {
    nats: SocketAddr,
    redis: SocketAddr,
    smtp: SocketAddr,
    mail_page: SocketAddr,
}

/// Runs until Ctrl-C.
pub(crate) async fn run(arguments: DevArguments, mut settings: Settings) -> Result<(), String> {
    fs::create_dir_all(&arguments.data).map_err(|e| format!("{}: {e}", arguments.data.display()))?;
    let password = kept_secret(&arguments.data, PASSWORD, "demo-", 6)?;
    let ports = arguments.ports();
    settings.keep_everything_in(&arguments.data);
    settings.clock.simulated = true;
    settings.directory.bootstrap.password = Some(password.clone());
    settings.nats.url = format!("nats://{}", ports.nats);
    settings.web_gateway.redis_url = format!("redis://{}", ports.redis);
    settings.notification.smtp.host = ports.smtp.ip().to_string();
    settings.notification.smtp.port = ports.smtp.port();
    settings.web_gateway.sms_hook_secret = Some(kept_secret(&arguments.data, HOOK_SECRET, "", 16)?);
    let _telemetry = Telemetry::install("mingcha", &settings.telemetry);
    let shutdown = CancellationToken::new();
    cancel_on_signal(shutdown.clone())?;

    let parts = start_parts(&arguments.data, ports).await?;
    let pages = (settings.web_gateway.listen, ports.mail_page);
    let mut city = tokio::spawn(run_services_owned(settings, shutdown.clone()));
    let ready = tokio::select! {
        ready = load_and_greet(pages, &arguments.campaign, &password) => ready,
        ended = &mut city => Err(ended.map_or_else(|e| e.to_string(), |done| done.err().unwrap_or_default())),
        () = shutdown.cancelled() => Ok(()),
    };
    if ready.is_err() {
        shutdown.cancel();
    }
    let outcome = if city.is_finished() {
        Ok(())
    } else {
        city.await.map_err(|e| e.to_string())?
    };
    for part in parts {
        part.stop().await;
    }
    // The terminal may have been closed; that is no failure.
    let _ = show(&format!("明察已停止，数据保留在 {}。", arguments.data.display()));
    ready.and(outcome)
}

async fn run_services_owned(settings: Settings, shutdown: CancellationToken) -> Result<(), String> {
    run_services(&SERVICES, settings, shutdown).await
}

async fn start_parts(data: &Path, ports: Ports) -> Result<Vec<Part>, String> {
    let folder = |name: &str| {
        let folder = data.join(name);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        folder.canonicalize().map_err(|e| e.to_string())
    };
    let (nats, redis, mail) = (folder("nats")?, folder("redis")?, folder("mail")?);
    let nats_config = nats.join("nats-server.conf");
    fs::write(&nats_config, nats_configuration(ports.nats, &nats)).map_err(|e| e.to_string())?;
    let text = |path: &Path| path.display().to_string();
    let nats_arguments = ["-c".to_owned(), text(&nats_config)];
    let redis_arguments = redis_arguments(ports.redis, &redis);
    let mail_arguments = [
        "--dir".to_owned(),
        text(&mail),
        "--port".to_owned(),
        ports.smtp.port().to_string(),
        "--http".to_owned(),
        ports.mail_page.port().to_string(),
    ];
    let smtp = (ports.smtp, "--smtp-port");
    let mail_page = (ports.mail_page, "--mail-page-port");
    Ok(vec![
        Part::start(
            "nats-server",
            &find("nats-server")?,
            &nats_arguments,
            &[(ports.nats, "--nats-port")],
            &nats.join("log"),
        )
        .await?,
        Part::start(
            "redis-server",
            &find("redis-server")?,
            &redis_arguments,
            &[(ports.redis, "--redis-port")],
            &redis.join("log"),
        )
        .await?,
        Part::start(
            "mail-catcher",
            &find("mail-catcher")?,
            &mail_arguments,
            &[smtp, mail_page],
            &data.join("mail.log"),
        )
        .await?,
    ])
}

/// A single node must sync always: acknowledged messages are otherwise lost on a power cut.
fn nats_configuration(address: SocketAddr, folder: &Path) -> String {
    format!(
        "listen: \"{address}\"\nserver_name: mingcha-dev\nmax_payload: 4MB\njetstream {{\n  store_dir: \"{}\"\n  sync_interval: always\n}}\n",
        folder.join("store").display()
    )
}

fn redis_arguments(address: SocketAddr, folder: &Path) -> [String; 8] {
    let folder = folder.display().to_string();
    let pairs = [
        ("--bind", address.ip().to_string()),
        ("--port", address.port().to_string()),
        ("--dir", folder),
    ];
    let [(a, b), (c, d), (e, f)] = pairs;
    [
        a.to_owned(),
        b,
        c.to_owned(),
        d,
        e.to_owned(),
        f,
        "--appendonly".to_owned(),
        "no".to_owned(),
    ]
}

/// Of the gateway and of the mail catcher.
type Pages = (SocketAddr, SocketAddr);

async fn load_and_greet(pages: Pages, folder: &Path, password: &str) -> Result<(), String> {
    let server = format!("http://{}", pages.0);
    let source = Source {
        folder,
        server: &server,
        account: "admin",
        password,
        staff_password: Some(password),
    };
    let outcome = campaign::load_once(&source).await?;
    println!("{}", greeting(pages, folder, password, &outcome));
    Ok(())
}

fn greeting((gateway, mail): Pages, folder: &Path, password: &str, outcome: &str) -> String {
    format!(
        "
明察已启动（演示环境，时钟可拨动）。{outcome}

  群众举报页面    http://{gateway}/
  工作人员控制台  http://{gateway}/console/
  工作人员接口    http://{gateway}/api/openapi.json
  邮件收件箱      http://{mail}/

  演示账号（密码均为 {password}）
    话务员 operator-city      派单员 dispatcher-city（市）、dispatcher-shuyang（县）
    承办人 handler-shuyang（县区甄别）、handler-huji（乡镇）、handler-huji-village-1（村居）
    负责人 leader-city（市）、leader-shuyang（县）、leader-huji（乡镇）、leader-huji-village-1（村居）
    督导组 supervisor         纪委监委 inspector          管理员 admin
    其余账号见 {staff}

  另开一个终端运行 make demo，可看两个完整的办案故事。按 Ctrl-C 停止。
",
        staff = folder.join("staff.json").display()
    )
}

/// Random, made at first start, kept beside the data: nothing in the repository opens a running city.
fn kept_secret(data: &Path, name: &str, prefix: &str, length: usize) -> Result<String, String> {
    let folder = data.join("keys");
    let file = folder.join(name);
    if let Ok(secret) = fs::read_to_string(&file) {
        return Ok(secret.trim().to_owned());
    }
    let mut bytes = vec![0u8; length];
    getrandom::fill(&mut bytes).map_err(|e| e.to_string())?;
    let secret = format!("{prefix}{}", hex::encode(bytes));
    fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let mut options = fs::OpenOptions::new();
    let mut new = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&file)
        .map_err(|e| e.to_string())?;
    std::io::Write::write_all(&mut new, secret.as_bytes()).map_err(|e| e.to_string())?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_that_the_greeting_names_is_in_the_campaign() {
        const ROLES: [&str; 7] = [
            "operator",
            "dispatcher",
            "handler",
            "leader",
            "supervisor",
            "inspector",
            "admin",
        ];
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/campaign");
        let staff = fs::read_to_string(folder.join("staff.json")).expect("the staff");
        let staff: Vec<serde_json::Value> = serde_json::from_str(&staff).expect("a list");
        let pages: Pages = (([127, 0, 0, 1], 8080).into(), ([127, 0, 0, 1], 8025).into());
        let text = greeting(pages, Path::new("campaign"), "demo-000000", "");
        let named: Vec<_> = text
            .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
            .filter(|word| ROLES.iter().any(|role| word.starts_with(role)))
            .collect();
        assert!(named.len() > ROLES.len(), "{named:?}");
        for account in named {
            assert!(
                staff.iter().any(|member| member["account"] == account),
                "{account}"
            );
        }
    }
}
