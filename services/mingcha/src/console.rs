//! The terminal's side of the staff API: sign in, ask, replay a case; and the carrier's side of the SMS outbox.

use crate::settings::Settings;
use jurisdiction::Actor;
use mingcha_proto::audit::VerifyChainResponse;
use mingcha_proto::intake::TakeSmsRequest;
use mingcha_proto::intake::tip_intake_client::TipIntakeClient;
use platform::{Calls, IdentityMint, Nats, connect_lazily};
use serde_json::{Value, json};
use std::io::Write;

#[derive(clap::Args)]
pub(crate) struct ReplayArguments {
    /// Id of the case.
    case: String,
    /// Only what had happened by then (RFC 3339), with the state of that instant.
    #[arg(long)]
    at: Option<String>,
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    server: String,
    #[arg(long, default_value = "inspector")]
    account: String,
    #[arg(long, env = "MINGCHA_PASSWORD", hide_env_values = true)]
    password: String,
}

#[derive(clap::Args)]
pub(crate) struct VerifyArguments {
    /// Only the chain of this case; everything if left out.
    #[arg(long)]
    case: Option<String>,
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    server: String,
    #[arg(long, default_value = "inspector")]
    account: String,
    #[arg(long, env = "MINGCHA_PASSWORD", hide_env_values = true)]
    password: String,
}

/// Has histories verified; an error if they are not whole.
pub(crate) async fn verify(arguments: &VerifyArguments) -> Result<(), String> {
    let client = StaffClient::sign_in(&arguments.server, &arguments.account, &arguments.password).await?;
    let case = arguments.case.as_ref();
    let case = case.map_or_else(String::new, |case| format!("?case_id={case}"));
    let verdict = client.get(&format!("/api/v1/audit/verification{case}")).await?;
    let verdict: VerifyChainResponse = serde_json::from_value(verdict).map_err(|e| e.to_string())?;
    show(&audit_replay::render_verdict(&verdict))?;
    verdict
        .whole
        .then_some(())
        .ok_or_else(|| "历史不完整，或者违反了不变规则。".to_owned())
}

/// Prints the history of a case.
pub(crate) async fn replay(arguments: &ReplayArguments) -> Result<(), String> {
    let client = StaffClient::sign_in(&arguments.server, &arguments.account, &arguments.password).await?;
    let at = arguments
        .at
        .as_ref()
        .map(|at| format!("?at={}", at.replace('+', "%2B")))
        .unwrap_or_default();
    let history = client
        .get(&format!("/api/v1/audit/cases/{}{at}", arguments.case))
        .await?;
    if arguments.format == "json" {
        let text = serde_json::to_string_pretty(&history).map_err(|e| e.to_string())?;
        return show(&text);
    }
    let history = serde_json::from_value(history).map_err(|e| e.to_string())?;
    show(&audit_replay::render_text(&history))
}

/// Prints a long text; whoever pipes it into `head` has seen enough, and that is no error.
pub(crate) fn show(text: &str) -> Result<(), String> {
    match writeln!(std::io::stdout().lock(), "{}", text.trim_end()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Lists dead letters, or hands one back to the reactor that gave up on it.
pub(crate) async fn dead_letters(settings: &Settings, retry: Option<u64>) -> Result<(), String> {
    let nats = Nats::connect(&settings.nats.url)
        .await
        .map_err(|e| format!("nats.url: {e}"))?;
    if let Some(sequence) = retry {
        let letter = nats.retry_dead_letter(sequence).await?;
        println!(
            "已交还 {} 重新处理：{}（{}）",
            letter.durable, letter.event, letter.stream
        );
        return Ok(());
    }
    let letters = nats.dead_letters().await?;
    if letters.is_empty() {
        println!("没有搁置的消息。");
    }
    for letter in letters {
        println!(
            "{:>6}  {}  {}  {}",
            letter.sequence, letter.durable, letter.event, letter.stream
        );
        println!("        {}", letter.error);
    }
    Ok(())
}

/// Takes SMS as an adapter with the signing key would.
pub(crate) async fn take_sms(settings: &Settings) -> Result<(), String> {
    let calls = Calls {
        mint: IdentityMint::load(&settings.identity).map_err(|e| e.to_string())?,
    };
    let channel = connect_lazily(&settings.web_gateway.services.tip_intake).map_err(|e| e.to_string())?;
    let request = calls.request(
        &Actor::system("hotline-gateway/terminal"),
        None,
        TakeSmsRequest { most: 100 },
    );
    let taken = TipIntakeClient::new(channel)
        .take_sms(request)
        .await
        .map_err(|e| e.message().to_owned())?;
    for sms in taken.into_inner().messages {
        println!("{}\t{}", sms.number, sms.text);
    }
    Ok(())
}

/// A signed-in person.
pub(crate) struct StaffClient {
    http: reqwest::Client,
    server: String,
    csrf: String,
}

impl StaffClient {
    pub(crate) async fn sign_in(server: &str, account: &str, password: &str) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .build()
            .map_err(|e| e.to_string())?;
        let body = json!({ "account": account, "password": password });
        let answer = http
            .post(format!("{server}/api/v1/session"))
            .json(&body)
            .send()
            .await;
        let session = told(answer.map_err(|_| format!("{server} 没有应答"))?).await?;
        let csrf = session["csrf_token"].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            http,
            server: server.to_owned(),
            csrf,
        })
    }
    pub(crate) async fn get(&self, path: &str) -> Result<Value, String> {
        let answer = self.http.get(format!("{}{path}", self.server)).send().await;
        told(answer.map_err(|e| e.to_string())?).await
    }
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let request = self
            .http
            .post(format!("{}{path}", self.server))
            .header("X-CSRF-Token", &self.csrf);
        told(request.json(body).send().await.map_err(|e| e.to_string())?).await
    }
}

/// The answer, or the sentence of the problem.
async fn told(answer: reqwest::Response) -> Result<Value, String> {
    let status = answer.status();
    let body: Value = answer.json().await.map_err(|e| e.to_string())?;
    if status.is_success() {
        return Ok(body);
    }
    let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
    Err(format!(
        "{}{}（{} {}）",
        text("detail"),
        text("remedy"),
        status.as_u16(),
        text("code")
    ))
}
