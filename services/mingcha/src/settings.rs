//! The whole configuration: shared sections, one section per service, from file and environment.

use crate::environment;
use figment::Figment;
use figment::providers::Serialized;
use platform::{ClockConfig, CommonConfig, IdentityConfig, NatsConfig, StoreConfig, TelemetryConfig};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
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
    pub(crate) event_relay: event_relay::Config,
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
        Self::load_with(file, std::env::vars_os())
    }

    fn load_with(
        file: Option<&Path>,
        variables: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self, String> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            let failed = |reason: String| format!("configuration: {}: {reason}", file.display());
            if !file.is_file() {
                return Err(format!("configuration file {} does not exist", file.display()));
            }
            figment = figment.merge(Serialized::defaults(read(file).map_err(failed)?));
            figment
                .extract::<Self>()
                .map_err(|error| failed(environment::told(&error)))?;
        }
        let failed = |reason: String| format!("configuration: {reason}");
        environment::lay_over::<Self>(figment, variables)
            .map_err(failed)?
            .extract()
            .map_err(|error| failed(environment::told(&error)))
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

/// The file as a table. Of a line that is none the number is told, not the line: a secret may stand in it.
fn read(file: &Path) -> Result<toml::Table, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |before| before.matches('\n').count() + 1);
        format!("line {line}: {}", error.message())
    })
}

fn mask(value: &mut toml::Value) {
    match value {
        toml::Value::Table(table) => table.iter_mut().for_each(|(key, value)| mask_entry(key, value)),
        toml::Value::String(text) => mask_address(text),
        _ => {}
    }
}

fn mask_entry(key: &str, value: &mut toml::Value) {
    let secret = ["password", "secret", "token"]
        .iter()
        .any(|word| key.contains(word));
    if secret && value.is_str() {
        *value = toml::Value::String("***".to_owned());
    } else {
        mask(value);
    }
}

/// Who signs in by an address has the password in it: `redis://user:password@host`.
fn mask_address(text: &mut String) {
    let Some(start) = text.find("://").map(|at| at + "://".len()) else {
        return;
    };
    let host = text[start..]
        .find(['/', '?', '#'])
        .map_or(text.len(), |end| start + end);
    if let Some(at) = text[start..host].rfind('@') {
        text.replace_range(start..start + at, "***");
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

    /// Every setting below `prefix`, and whether it has a value.
    fn settings(value: &serde_json::Value, prefix: &str, into: &mut Vec<(String, bool)>) {
        match value {
            serde_json::Value::Object(table) => {
                for (key, value) in table {
                    settings(value, &format!("{prefix}.{key}"), into);
                }
            }
            value => into.push((prefix.trim_start_matches('.').to_owned(), !value.is_null())),
        }
    }
    #[test]
    fn the_commented_default_file_names_every_setting() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/mingcha.toml");
        let text = std::fs::read_to_string(&file).expect("the default file");
        let table: serde_json::Value = toml::from_str(&text).expect("TOML");
        let mut known = Vec::new();
        let defaults = serde_json::to_value(Settings::default()).expect("settings are JSON");
        settings(&defaults, "", &mut known);
        assert!(known.iter().any(|(_, has_value)| !has_value), "{known:?}");
        for (name, has_value) in known {
            let (section, key) = name.rsplit_once('.').expect("a section and a key");
            let written = table.pointer(&format!("/{}", name.replace('.', "/")));
            let of_section = text
                .split_once(&format!("[{section}]\n"))
                .map_or("", |(_, rest)| rest.split("\n[").next().unwrap_or_default());
            let told = of_section.contains(&format!("\n# {key} = "));
            assert!(
                if has_value { written.is_some() } else { told },
                "{name} is not in the default file"
            );
        }
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
    fn addresses_are_shown_without_who_signs_in() {
        let mut settings = Settings::default();
        settings.web_gateway.redis_url = "redis://mingcha:open@sesame@redis.example/0".to_owned();
        settings.nats.url = "nats://sesame@nats.example:4222".to_owned();
        let shown = settings.masked().expect("TOML");
        assert!(!shown.contains("sesame"), "{shown}");
        assert!(shown.contains("redis://***@redis.example/0"), "{shown}");
        assert!(shown.contains("nats://***@nats.example:4222"), "{shown}");
        assert!(shown.contains("http://127.0.0.1:7010"), "{shown}");
    }

    fn with(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
        Settings::load_with(None, variables)
    }

    #[test]
    fn a_text_is_taken_as_it_stands() {
        for password in [
            "12345678",
            "007",
            "1e3",
            "true",
            "[a, b]",
            "{a = 1}",
            "\"quoted\"",
            " spaced ",
            "",
            "\\n $x",
        ] {
            let settings = with(&[("MINGCHA_DIRECTORY__BOOTSTRAP__PASSWORD", password)]).expect(password);
            assert_eq!(settings.directory.bootstrap.password.as_deref(), Some(password));
        }
        let settings = with(&[("MINGCHA_DIRECTORY__BOOTSTRAP__UNIT", "321300")]).expect("a unit's number");
        assert_eq!(settings.directory.bootstrap.unit, "321300");
    }

    #[test]
    fn what_is_no_text_is_read() {
        let settings = with(&[
            ("MINGCHA_WEB_GATEWAY__ALLOW_PUBLIC_LISTEN", "true"),
            ("MINGCHA_WEB_GATEWAY__LISTEN", "192.0.2.1:8080"),
            ("MINGCHA_WEB_GATEWAY__LIMITS__REPORTS__MOST", "7"),
            ("MINGCHA_WEB_GATEWAY__SESSION__SECURE_COOKIES", "false"),
            ("MINGCHA_WEB_GATEWAY__TRUSTED_PROXIES", "[\"10.0.0.1\", \"::1\"]"),
            ("MINGCHA_NOTIFICATION__SMTP__TLS", "starttls"),
            ("MINGCHA_CONFIG", "/etc/mingcha/mingcha.toml"),
            ("MINGCHA_PASSWORD", "12345678"),
        ]);
        let gateway = settings.expect("all are known").web_gateway;
        assert!(gateway.allow_public_listen);
        assert_eq!(gateway.listen.to_string(), "192.0.2.1:8080");
        assert_eq!(gateway.limits.reports.most, 7);
        assert_eq!(gateway.limits.reports.seconds, 600);
        assert_eq!(gateway.session.secure_cookies, Some(false));
        assert_eq!(gateway.trusted_proxies.len(), 2);
    }

    #[test]
    fn an_error_names_the_variable_and_never_its_value() {
        for (name, value) in [
            ("MINGCHA_NOTIFICATION__SMTP__PORT", "geheim"),
            ("MINGCHA_NOTIFICATION__SMTP__PORT", "4711471147"),
            ("MINGCHA_NOTIFICATION__SMTP__TLS", "geheim"),
            ("MINGCHA_WEB_GATEWAY__LISTEN", "geheim"),
            ("MINGCHA_WEB_GATEWAY__LISTEN", "47114711"),
            ("MINGCHA_WEB_GATEWAY__TRUSTED_PROXIES", "[geheim]"),
            ("MINGCHA_WEB_GATEWAY__PASWORD", "geheim"),
            ("MINGCHA_WEBGATEWAY__LISTEN", "geheim"),
        ] {
            let error = with(&[(name, value)]).expect_err(name);
            assert!(error.contains(name), "{error}");
            assert!(!error.contains("geheim") && !error.contains("4711"), "{error}");
        }
    }

    #[test]
    fn an_error_in_the_file_names_the_setting_and_never_its_value() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mingcha.toml");
        for (text, named) in [
            (
                "[notification.smtp]\npassword = 4711\n",
                "notification.smtp.password",
            ),
            ("[notification.smtp]\npassword = geheim\n", "line 2"),
            ("[notification.smtp]\npassword = \"geheim\n", "line 2"),
        ] {
            std::fs::write(&file, text).expect("written");
            let error = Settings::load(Some(&file)).expect_err(text);
            assert!(error.contains(named), "{error}");
            assert!(!error.contains("geheim") && !error.contains("4711"), "{error}");
        }
    }
}
