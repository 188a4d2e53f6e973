//! Settings from the environment: a text stands as it is. Errors name key and rule, never a value: it may be a secret.

use figment::Figment;
use figment::error::Kind;
use figment::providers::Serialized;
use serde::de::DeserializeOwned;
use std::ffi::OsString;

const PREFIX: &str = "MINGCHA_";

/// Lays `MINGCHA_<SECTION>__<KEY>` variables over the other settings. Where a text is wanted, a variable is one even if it
/// looks like a number; elsewhere it is read as it would stand in the file: a number, a yes or no, a list.
pub(crate) fn lay_over<T: DeserializeOwned>(
    mut figment: Figment,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<Figment, String> {
    for (name, value) in variables {
        let Some((name, key)) = name.to_str().and_then(|name| Some((name, key_of(name)?))) else {
            continue;
        };
        let value = value.into_string().map_err(|_| format!("{name}: is not UTF-8"))?;
        let text = figment.clone().merge(Serialized::default(&key, &value));
        figment = match (text.extract::<T>(), in_the_file(&value)) {
            (Ok(_), _) => text,
            (Err(error), None) => return Err(format!("{name}: {}", rule(&error))),
            (Err(_), Some(read)) => {
                let read = figment.merge(Serialized::default(&key, read));
                read.extract::<T>()
                    .map_err(|error| format!("{name}: {}", rule(&error)))?;
                read
            }
        };
    }
    Ok(figment)
}

/// Sections are written with hyphens, keys with underscores; they are parted by `__`. Other variables are none of ours.
fn key_of(name: &str) -> Option<String> {
    let (section, keys) = name.strip_prefix(PREFIX)?.split_once("__")?;
    let key = format!("{}.{}", section.replace('_', "-"), keys.replace("__", "."));
    Some(key.to_lowercase())
}

/// What stands behind the `=` of a file.
fn in_the_file(value: &str) -> Option<toml::Value> {
    let mut line: toml::Table = toml::from_str(&format!("value = {value}")).ok()?;
    line.remove("value").filter(|_| line.is_empty())
}

/// The first error of `figment`, with the setting that it is about.
pub(crate) fn told(error: &figment::Error) -> String {
    match error.path.as_slice() {
        [] => rule(error),
        path => format!("{}: {}", path.join("."), rule(error)),
    }
}

/// What was not kept, without what was given instead.
fn rule(error: &figment::Error) -> String {
    match &error.kind {
        Kind::InvalidType(_, wanted) | Kind::InvalidValue(_, wanted) | Kind::InvalidLength(_, wanted) => {
            format!("must be {wanted}")
        }
        Kind::UnknownVariant(_, known) => format!("must be one of {}", known.join(", ")),
        Kind::UnknownField(key, known) => {
            format!("there is no setting `{key}`; there are: {}", known.join(", "))
        }
        Kind::MissingField(key) => format!("`{key}` is missing"),
        // What a type says of itself, such as "invalid socket address syntax".
        Kind::Message(message) => message.clone(),
        _ => "cannot be read".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_sections() {
        let key = |name| key_of(name).unwrap_or_default();
        assert_eq!(key("MINGCHA_WEB_GATEWAY__LISTEN"), "web-gateway.listen");
        assert_eq!(
            key("MINGCHA_DIRECTORY__BOOTSTRAP__PASSWORD"),
            "directory.bootstrap.password"
        );
        assert_eq!(key_of("MINGCHA_CONFIG"), None);
        assert_eq!(key_of("NOT_MINGCHA__X"), None);
    }
    #[test]
    fn one_variable_is_one_value() {
        assert_eq!(in_the_file("7"), Some(toml::Value::Integer(7)));
        assert_eq!(in_the_file("7\nother = 8"), None);
    }
}
