//! The whole configuration: shared sections, one section per service, from file and environment.

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use platform::{ClockConfig, CommonConfig, IdentityConfig, NatsConfig, StoreConfig, TelemetryConfig};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// `mingcha.toml`; unknown sections and keys are refused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    pub(crate) store: StoreConfig,
    pub(crate) nats: NatsConfig,
    pub(crate) identity: IdentityConfig,
    pub(crate) clock: ClockConfig,
    pub(crate) telemetry: TelemetryConfig,
    pub(crate) event_store: event_store::Config,
    pub(crate) directory: directory::Config,
    pub(crate) tip_intake: tip_intake::Config,
    pub(crate) case_assignment: case_assignment::Config,
    pub(crate) disposal_tracking: disposal_tracking::Config,
    pub(crate) accountability_escalation: accountability_escalation::Config,
    pub(crate) result_reporting: result_reporting::Config,
    pub(crate) ledger: ledger::Config,
    pub(crate) audit_replay: audit_replay::Config,
    pub(crate) notification: notification::Config,
    pub(crate) web_gateway: web_gateway::Config,
}

impl Settings {
    /// Defaults, then the file, then the environment.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, String> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(format!("configuration file {} does not exist", file.display()));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        // MINGCHA_WEB_GATEWAY__LISTEN → web-gateway.listen
        let environment = Env::prefixed("MINGCHA_")
            .filter(|key| key.as_str().contains("__"))
            .map(|key| section_in_kebab_case(key.as_str()).into())
            .lowercase(true);
        figment
            .merge(environment)
            .extract()
            .map_err(|e| format!("configuration: {e}"))
    }

    pub(crate) fn common(&self) -> CommonConfig {
        CommonConfig {
            store: self.store.clone(),
            nats: self.nats.clone(),
            identity: self.identity.clone(),
            clock: self.clock.clone(),
            telemetry: self.telemetry.clone(),
        }
    }

    /// Puts every file of every service under one folder.
    pub(crate) fn keep_everything_in(&mut self, data: &Path) {
        self.identity.signing_key_file = data.join("keys/identity.pem");
        self.identity.verifying_key_file = data.join("keys/identity.pub.pem");
        self.event_store.data_dir = data.join("event-store");
        self.directory.credentials_file = data.join("directory/credentials.sqlite");
        self.tip_intake.keyring_file = data.join("tip-intake/keyring.sqlite");
        self.tip_intake.master_key_file = data.join("keys/keyring.key");
        self.tip_intake.evidence_dir = data.join("tip-intake/evidence");
        self.ledger.database_file = data.join("ledger/ledger.sqlite");
    }

    /// As TOML, secrets masked.
    pub(crate) fn masked(&self) -> Result<String, String> {
        let mut value = toml::Value::try_from(self).map_err(|e| e.to_string())?;
        mask(&mut value);
        toml::to_string_pretty(&value).map_err(|e| e.to_string())
    }
}

/// Sections are written with hyphens, keys with underscores; keys below the first level are parted by `__`.
fn section_in_kebab_case(key: &str) -> String {
    let mut parts = key.split("__");
    let section = parts.next().unwrap_or_default().replace('_', "-");
    std::iter::once(section)
        .chain(parts.map(str::to_owned))
        .collect::<Vec<_>>()
        .join(".")
}

fn mask(value: &mut toml::Value) {
    let toml::Value::Table(table) = value else { return };
    for (key, value) in table.iter_mut() {
        let secret = ["password", "secret", "token"]
            .iter()
            .any(|word| key.contains(word));
        if secret && value.is_str() {
            *value = toml::Value::String("***".to_owned());
        } else {
            mask(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_default_file_is_the_default_configuration() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/mingcha.toml");
        let loaded = Settings::load(Some(&file)).expect("the default file loads");
        assert_eq!(loaded.masked(), Settings::default().masked());
    }
    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mingcha.toml");
        std::fs::write(&file, "[web-gateway]\nlissten = \"127.0.0.1:1\"\n").expect("written");
        let error = Settings::load(Some(&file)).expect_err("refused");
        assert!(error.contains("lissten"), "{error}");
    }
    #[test]
    fn secrets_are_masked() {
        let mut settings = Settings::default();
        settings.directory.bootstrap.password = Some("open sesame".to_owned());
        assert!(!settings.masked().expect("TOML").contains("open sesame"));
    }
    #[test]
    fn environment_names_lead_to_sections() {
        assert_eq!(section_in_kebab_case("WEB_GATEWAY__LISTEN"), "WEB-GATEWAY.LISTEN");
        assert_eq!(
            section_in_kebab_case("directory__bootstrap__password"),
            "directory.bootstrap.password"
        );
    }
}
