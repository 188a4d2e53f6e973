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
}

/// Made at first start and kept beside the keys: what everybody signs in with, and the last part of the SMS hook's address.
pub(crate) const KEPT_SECRETS: [&str; 2] = [PASSWORD, HOOK_SECRET];
const PASSWORD: &str = "demonstration-password";
const HOOK_SECRET: &str = "sms-hook-secret";

/// Loopback addresses of the parts.
struct Ports {
    nats: SocketAddr,
    redis: SocketAddr,
    smtp: SocketAddr,
    mail_page: SocketAddr,
}

const PORTS: Ports = Ports {
    nats: loopback(4222),
    redis: loopback(6379),
    smtp: loopback(2525),
    mail_page: loopback(8025),
};

const fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), port)
}

/// Runs until Ctrl-C.
pub(crate) async fn run(arguments: DevArguments, mut settings: Settings) -> Result<(), String> {
    fs::create_dir_all(&arguments.data).map_err(|e| format!("{}: {e}", arguments.data.display()))?;
    let password = kept_secret(&arguments.data, PASSWORD, "demo-", 6)?;
    settings.keep_everything_in(&arguments.data);
    settings.clock.simulated = true;
    settings.directory.bootstrap.password = Some(password.clone());
    settings.notification.smtp.host = PORTS.smtp.ip().to_string();
    settings.notification.smtp.port = PORTS.smtp.port();
    settings.web_gateway.sms_hook_secret = Some(kept_secret(&arguments.data, HOOK_SECRET, "", 16)?);
    let _telemetry = Telemetry::install("mingcha", &settings.telemetry);
    let shutdown = CancellationToken::new();
    cancel_on_signal(shutdown.clone())?;

    let parts = start_parts(&arguments.data).await?;
    let gateway = settings.web_gateway.listen;
    let mut city = tokio::spawn(run_services_owned(settings, shutdown.clone()));
    let ready = tokio::select! {
        ready = load_and_greet(gateway, &arguments.campaign, &password) => ready,
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

async fn start_parts(data: &Path) -> Result<Vec<Part>, String> {
    let folder = |name: &str| {
        let folder = data.join(name);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        folder.canonicalize().map_err(|e| e.to_string())
    };
    let (nats, redis, mail) = (folder("nats")?, folder("redis")?, folder("mail")?);
    let nats_config = nats.join("nats-server.conf");
    fs::write(&nats_config, nats_configuration(&nats)).map_err(|e| e.to_string())?;
    let text = |path: &Path| path.display().to_string();
    let nats_arguments = ["-c".to_owned(), text(&nats_config)];
    let redis_arguments = redis_arguments(&redis);
    let mail_arguments = [
        "--dir".to_owned(),
        text(&mail),
        "--port".to_owned(),
        PORTS.smtp.port().to_string(),
        "--http".to_owned(),
        PORTS.mail_page.port().to_string(),
    ];
    Ok(vec![
        Part::start(
            "nats-server",
            &find("nats-server")?,
            &nats_arguments,
            PORTS.nats,
            &nats.join("log"),
        )
        .await?,
        Part::start(
            "redis-server",
            &find("redis-server")?,
            &redis_arguments,
            PORTS.redis,
            &redis.join("log"),
        )
        .await?,
        Part::start(
            "mail-catcher",
            &find("mail-catcher")?,
            &mail_arguments,
            PORTS.smtp,
            &data.join("mail.log"),
        )
        .await?,
    ])
}

/// A single node must sync always: acknowledged messages are otherwise lost on a power cut.
fn nats_configuration(folder: &Path) -> String {
    format!(
        "listen: \"{}\"\nserver_name: mingcha-dev\nmax_payload: 4MB\njetstream {{\n  store_dir: \"{}\"\n  sync_interval: always\n}}\n",
        PORTS.nats,
        folder.join("store").display()
    )
}

fn redis_arguments(folder: &Path) -> [String; 8] {
    let (address, folder) = (PORTS.redis, folder.display().to_string());
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

async fn load_and_greet(gateway: SocketAddr, folder: &Path, password: &str) -> Result<(), String> {
    let server = format!("http://{gateway}");
    let source = Source {
        folder,
        server: &server,
        account: "admin",
        password,
        staff_password: Some(password),
    };
    let outcome = campaign::load_once(&source).await?;
    println!("{}", greeting(gateway, password, &outcome));
    Ok(())
}

fn greeting(gateway: SocketAddr, password: &str, outcome: &str) -> String {
    format!(
        "
明察已启动（演示环境，时钟可拨动）。{outcome}

  群众举报页面    http://{gateway}/
  工作人员控制台  http://{gateway}/console/
  工作人员接口    http://{gateway}/api/openapi.json
  邮件收件箱      http://{mail}/

  演示账号（密码均为 {password}）
    话务员 operator-city      派单员 dispatcher-city（市）、dispatcher-shuyang（县）
    承办人 handler-huji（乡镇）、handler-huji-village-1（村居）
    负责人 leader-huji（乡镇）、leader-shuyang（县）、leader-city（市）
    督导组 supervisor         纪委监委 inspector          管理员 admin

  另开一个终端运行 make demo，可看两个完整的办案故事。按 Ctrl-C 停止。
",
        mail = PORTS.mail_page
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
