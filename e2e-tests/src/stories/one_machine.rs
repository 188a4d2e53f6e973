//! Everything in one terminal: a newcomer starts the whole city, stops it with Ctrl-C, and finds everything again.

use crate::campaign;
use crate::city::SERVICES;
use crate::http::Client;
use crate::parts::PARTS;
use crate::ports::Ports;
use crate::process::{Recipe, Running};
use crate::programs::mingcha;
use crate::settings::configuration;
use crate::wait::{PATIENCE, eventually};
use serde_json::json;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A first start makes keys and loads the campaign, with a password to hash for everybody.
const LONGEST_START: Duration = Duration::from_secs(240);

/// Plays it twice in one folder: `make run` without the building.
pub async fn the_whole_city_in_one_terminal() {
    let folder = TempDir::with_prefix("mingcha-dev-").expect("a folder");
    let mut ports = Ports::take(PARTS.into_iter().chain(SERVICES).chain(["mail-page"]));
    let written = configuration(&ports, "of-the-file", None);
    fs::write(folder.path().join("mingcha.toml"), written).expect("the configuration");
    let campaign = folder.path().join("campaign");
    fs::create_dir_all(&campaign).expect("a folder for the campaign");
    campaign::write_small(&campaign);
    for name in PARTS.into_iter().chain(SERVICES).chain(["mail-page"]) {
        ports.release(name);
    }
    let client = Client::new(&format!("http://127.0.0.1:{}", ports.of("web-gateway")));
    let recipe = recipe(folder.path(), &ports);

    let running = started(&recipe, &client, "明察已启动").await;
    assert!(said(&recipe).contains("已装入"), "{}", said(&recipe));
    let password = fs::read_to_string(folder.path().join("data/keys/demonstration-password"));
    let password = password.expect("the password is kept").trim().to_owned();
    assert!(
        said(&recipe).contains(&password),
        "the greeting tells the password"
    );
    signs_in(&client, &password).await;
    let tip = json!({ "narrative": "夜里有刺鼻气味", "place": { "text": "胡集镇老窑厂" } });
    let reported = client.post("/api/v1/tips", &tip).await.expect_ok();
    ended_by_control_c(running, &recipe, &ports).await;

    fs::remove_file(&recipe.log).expect("a fresh log");
    let running = started(&recipe, &client, "演示数据此前已装入").await;
    signs_in(&client, &password).await;
    let receipt = json!({ "receipt": reported["receipt"] });
    let status = client.post("/api/v1/tips/status", &receipt).await.expect_ok();
    assert_eq!(status["tip_id"], reported["tip_id"], "{status}");
    ended_by_control_c(running, &recipe, &ports).await;
}

fn recipe(folder: &Path, ports: &Ports) -> Recipe {
    let mut arguments: Vec<String> = ["--config", "mingcha.toml", "dev", "--data", "data"]
        .into_iter()
        .chain(["--campaign", "campaign"])
        .map(str::to_owned)
        .collect();
    for (argument, name) in [
        ("--nats-port", "nats"),
        ("--redis-port", "redis"),
        ("--smtp-port", "mail"),
        ("--mail-page-port", "mail-page"),
    ] {
        arguments.extend([argument.to_owned(), ports.of(name).to_string()]);
    }
    Recipe {
        program: mingcha(),
        arguments,
        folder: folder.to_owned(),
        log: folder.join("terminal.log"),
    }
}

/// What stands in the terminal.
fn said(recipe: &Recipe) -> String {
    fs::read_to_string(&recipe.log).unwrap_or_default()
}

async fn started(recipe: &Recipe, client: &Client, greeting: &str) -> Running {
    let mut running = recipe.start();
    eventually("the city greets and is ready", LONGEST_START, || {
        if let Some(how) = running.ended() {
            panic!("the city ended by itself with {how}: {}", said(recipe));
        }
        async {
            let request = client.request(reqwest::Method::GET, "/readyz");
            let ready = client.send(request).await.is_ok_and(|answer| answer.is_success());
            (ready && said(recipe).contains(greeting)).then_some(())
        }
    })
    .await;
    running
}

async fn signs_in(client: &Client, password: &str) {
    let account = json!({ "account": "dispatcher-city", "password": password });
    client.post("/api/v1/session", &account).await.expect_ok();
}

/// It says goodbye, and nothing that it started listens any more.
async fn ended_by_control_c(running: Running, recipe: &Recipe, ports: &Ports) {
    let how = running.interrupt().await;
    assert_eq!(how, "exit status: 0", "{}", said(recipe));
    assert!(said(recipe).contains("明察已停止"), "{}", said(recipe));
    for name in PARTS.into_iter().chain(SERVICES).chain(["mail-page"]) {
        let port = ports.of(name);
        eventually(&format!("{name} has let go of its port"), PATIENCE, || async {
            TcpListener::bind(("127.0.0.1", port)).ok().map(drop)
        })
        .await;
    }
}
