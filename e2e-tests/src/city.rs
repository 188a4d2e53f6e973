//! A whole city from real processes in a folder of its own; everything is stopped when it is dropped.

use crate::campaign;
use crate::http::Client;
use crate::mail::Mailbox;
use crate::narrator::Narrator;
use crate::parts::{self, PARTS};
use crate::ports::Ports;
use crate::process::{Recipe, Running};
use crate::programs;
use crate::settings::{HOOK_SECRET, configuration};
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tempfile::TempDir;

/// In the order in which they are started.
pub const SERVICES: [&str; 12] = [
    "event-store",
    "event-relay",
    "directory",
    "tip-intake",
    "case-assignment",
    "disposal-tracking",
    "accountability-escalation",
    "result-reporting",
    "ledger",
    "audit-replay",
    "notification",
    "web-gateway",
];
/// How much of each log is shown when a story fails.
const TAIL: usize = 12;

/// The processes and where they keep their things.
pub struct City {
    // Dropped in this order: processes first, their folder last.
    running: Mutex<BTreeMap<String, Running>>,
    ports: Mutex<Ports>,
    /// What a story needs to know of it.
    pub town: Town,
    folder: Option<TempDir>,
    path: PathBuf,
}

impl City {
    /// Starts every part and service and loads the small campaign.
    ///
    /// # Panics
    /// If anything does not start.
    pub async fn start() -> Self {
        Self::start_observed(None).await
    }

    /// As [`City::start`], with the whole demonstration campaign.
    ///
    /// # Panics
    /// If anything does not start.
    pub async fn start_whole() -> Self {
        Self::start_with(None, campaign::write_whole).await
    }

    /// As [`City::start`], and every service exports its telemetry to an OTLP endpoint.
    ///
    /// # Panics
    /// If anything does not start.
    pub async fn start_observed(otlp_endpoint: Option<&str>) -> Self {
        Self::start_with(otlp_endpoint, campaign::write_small).await
    }

    async fn start_with(otlp_endpoint: Option<&str>, write: fn(&Path)) -> Self {
        let folder = TempDir::with_prefix("mingcha-city-").expect("a folder for the city");
        let path = folder.path().to_owned();
        let ports = Ports::take(PARTS.into_iter().chain(SERVICES));
        let password = format!("e2e-{}", uuid::Uuid::new_v4().simple());
        fs::create_dir_all(path.join("log")).expect("a folder for the logs");
        fs::write(
            path.join("mingcha.toml"),
            configuration(&ports, &password, otlp_endpoint),
        )
        .expect("the configuration");
        let town = Town {
            base: format!("http://127.0.0.1:{}", ports.of("web-gateway")),
            password,
            mailbox: Mailbox::new(path.join("data/mail")),
            narrator: Narrator::default(),
            hook_secret: Some(HOOK_SECRET.to_owned()),
        };
        let city = Self {
            running: Mutex::default(),
            ports: Mutex::new(ports),
            town,
            folder: Some(folder),
            path,
        };
        city.run(&["keys", "generate", "data/keys"], &[]).await;
        for name in PARTS.into_iter().chain(SERVICES) {
            city.launch(name);
        }
        city.ready().await;
        city.load_campaign(write).await;
        city
    }

    /// The folder with everything the city has written.
    pub fn folder(&self) -> &Path {
        &self.path
    }

    /// Starts a part or service again and waits until the city is ready.
    pub async fn start_service(&self, name: &str) {
        self.launch(name);
        self.ready().await;
    }

    /// Starts everything that [`City::stop_all`] stopped and waits until the city is ready.
    pub async fn start_all(&self) {
        for name in PARTS.into_iter().chain(SERVICES) {
            self.launch(name);
        }
        self.ready().await;
    }

    /// Asks a part or service to stop and waits until it has.
    pub async fn stop(&self, name: &str) {
        let running = self.remove(name);
        running.stop(name).await;
    }

    /// Kills a part or service with SIGKILL.
    pub fn kill(&self, name: &str) {
        self.remove(name).kill();
    }

    /// Lets a part or service live on without doing anything.
    pub fn pause(&self, name: &str) {
        self.with(name, Running::pause);
    }
    pub fn resume(&self, name: &str) {
        self.with(name, Running::resume);
    }

    /// Stops everything, parts last, and leaves the folder as it is.
    pub async fn stop_all(&self) {
        for name in SERVICES.into_iter().rev().chain(PARTS) {
            if self.locked().contains_key(name) {
                self.stop(name).await;
            }
        }
    }

    /// Runs a command of the binary under test to its end; answers with what it printed.
    ///
    /// # Panics
    /// If it fails.
    pub async fn run(&self, arguments: &[&str], environment: &[(&str, &str)]) -> String {
        let output = tokio::process::Command::new(programs::mingcha())
            .args(["--config", "mingcha.toml"])
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(&self.path)
            .output()
            .await
            .expect("the binary under test runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "mingcha {}: {said}{errors}",
            arguments.join(" ")
        );
        said
    }

    /// Waits until the gateway finds every part and service ready.
    pub async fn ready(&self) {
        let client = Client::new(&self.town.base);
        let limit = PATIENCE + Duration::from_secs(60);
        eventually("the city is ready", limit, || async {
            self.nobody_ended();
            for port in self.ports_of_parts() {
                tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()?;
            }
            let answer = client.try_get("/readyz").await.ok()?;
            (answer.status == 200 && self.nobody_is_away(&answer.json())).then_some(())
        })
        .await;
    }

    /// Has the inspector verify all that was ever recorded: it is in order, and every named invariant holds of it.
    ///
    /// # Panics
    /// If anything is not as it must be.
    pub async fn has_a_whole_history(&self) {
        let inspector = self.town.staff("inspector").await;
        let verdict = inspector.get("/api/v1/audit/verification").await;
        assert_eq!(verdict["whole"], true, "{verdict}");
        assert!(
            verdict["events"].as_u64().is_some_and(|events| events > 0),
            "nothing was verified: {verdict}"
        );
        let invariants = verdict["invariants"].as_array().map_or(0, Vec::len);
        assert!(invariants >= 8, "not every invariant was looked at: {verdict}");
    }

    async fn load_campaign(&self, write: fn(&Path)) {
        write(&self.path.join("campaign"));
        let password = self.town.password.as_str();
        let arguments = [
            "campaign",
            "--folder",
            "campaign",
            "--server",
            &self.town.base,
            "--account",
            "admin",
        ];
        let environment = [
            ("MINGCHA_PASSWORD", password),
            ("MINGCHA_STAFF_PASSWORD", password),
        ];
        self.run(&arguments, &environment).await;
    }

    /// Starts a part or service and waits for nothing; [`City::start_service`] needs the gateway to wait for.
    pub(crate) fn launch(&self, name: &str) {
        let mut ports = self.ports.lock().unwrap_or_else(|e| e.into_inner());
        let recipe = if PARTS.contains(&name) {
            parts::recipe(name, &ports, &self.path)
        } else {
            self.service(name)
        };
        ports.release(name);
        let before = self.locked().insert(name.to_owned(), recipe.start());
        assert!(before.is_none(), "{name} was running already");
    }

    fn service(&self, name: &str) -> Recipe {
        assert!(SERVICES.contains(&name), "there is no service {name}");
        Recipe {
            program: programs::mingcha(),
            arguments: ["serve", name, "--config", "mingcha.toml"]
                .map(str::to_owned)
                .to_vec(),
            folder: self.path.clone(),
            log: self.path.join("log").join(format!("{name}.log")),
        }
    }

    /// Where a service listens.
    pub(crate) fn port_of(&self, service: &str) -> u16 {
        self.ports.lock().unwrap_or_else(|e| e.into_inner()).of(service)
    }

    /// Ports of which the gateway does not tell, as far as somebody is meant to listen there.
    fn ports_of_parts(&self) -> Vec<u16> {
        let ports = self.ports.lock().unwrap_or_else(|e| e.into_inner());
        let running = self.locked();
        PARTS
            .into_iter()
            .chain(["event-store"])
            .filter(|name| running.contains_key(*name))
            .map(|name| ports.of(name))
            .collect()
    }

    /// The gateway goes on without some services; whoever is meant to be running must be there all the same.
    fn nobody_is_away(&self, readiness: &Value) -> bool {
        let running = self.locked();
        let away = readiness["away"].as_array().into_iter().flatten();
        !away.filter_map(Value::as_str).any(|name| {
            let is_known = PARTS.contains(&name) || SERVICES.contains(&name);
            assert!(is_known, "nothing is started under the name {name}");
            running.contains_key(name)
        })
    }

    fn nobody_ended(&self) {
        for (name, running) in self.locked().iter_mut() {
            if let Some(how) = running.ended() {
                panic!("{name} ended by itself: {how}");
            }
        }
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, Running>> {
        self.running.lock().unwrap_or_else(|e| e.into_inner())
    }
    fn remove(&self, name: &str) -> Running {
        let removed = self.locked().remove(name);
        removed.unwrap_or_else(|| panic!("{name} is not running"))
    }
    fn with(&self, name: &str, act: fn(&Running)) {
        let locked = self.locked();
        act(locked
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not running")));
    }

    fn show_logs(&self) {
        for name in PARTS.into_iter().chain(SERVICES) {
            let file = self.path.join("log").join(format!("{name}.log"));
            let bytes = fs::read(&file).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let lines: Vec<_> = text.lines().collect();
            eprintln!("── {name}");
            for line in &lines[lines.len().saturating_sub(TAIL)..] {
                eprintln!("{line}");
            }
        }
    }
}

impl Drop for City {
    fn drop(&mut self) {
        // By their own ids, at once: a city that is dropped has nothing left to lose.
        self.locked().clear();
        if std::thread::panicking() {
            self.show_logs();
            if let Some(folder) = self.folder.take() {
                eprintln!("the city's folder is kept: {}", folder.keep().display());
            }
        }
    }
}
