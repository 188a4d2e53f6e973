//! Says the values of a state as people do: names for codes, units and accounts, dates in Beijing time.

use crate::durations::beijing;
use crate::fields::{field, within};
use crate::lanes::Lane;
use crate::steps::Lens;
use crate::words::word;
use jiff::Timestamp;
use jurisdiction::{Actor, Obligation, StaffId, UnitCode};
use mingcha_proto::audit::ReplayField;
use serde::Deserialize;
use serde_json::Value;

/// What stands where there is nothing.
pub(crate) const NOTHING: &str = "（无）";

impl Lens<'_> {
    /// The value of the field that a JSON pointer leads to.
    pub(crate) fn said_at(&self, lane: Lane, pointer: &str, value: &Value) -> String {
        let names = pointer.rsplit('/');
        let named = names.into_iter().find(|name| name.parse::<usize>().is_err());
        self.said(lane, named.unwrap_or_default(), value)
    }

    /// The fields of a state that say anything.
    pub(crate) fn fields(&self, lane: Lane, state: &Value) -> Vec<ReplayField> {
        let fields = state.as_object().into_iter().flatten();
        let told = fields.filter(|(_, value)| tells(value));
        let said = told.map(|(name, value)| ReplayField {
            name: name.clone(),
            title: field(lane, &format!("/{name}")),
            said: self.said(lane, name, value),
        });
        said.collect()
    }

    fn said(&self, lane: Lane, name: &str, value: &Value) -> String {
        match value {
            Value::Null => NOTHING.to_owned(),
            Value::Bool(true) => "是".to_owned(),
            Value::Bool(false) => "否".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.text(lane, name, text),
            Value::Array(items) if items.is_empty() => NOTHING.to_owned(),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.said(lane, name, item));
                items.collect::<Vec<_>>().join("；")
            }
            Value::Object(fields) => {
                if let Some(actor) = actor(value) {
                    return self.actor(&actor).text;
                }
                let (sentence, spent) = self.sentence(name, value).unzip();
                let spent = spent.unwrap_or_default();
                let mut fields: Vec<_> = fields.iter().collect();
                // As things happened: before stands before after, and a remark last.
                fields.sort_by_key(|(key, _)| match key.as_str() {
                    "before" => 0,
                    "note" => 2,
                    _ => 1,
                });
                let rest = fields
                    .iter()
                    .filter(|(key, value)| tells(value) && !spent.contains(&key.as_str()));
                let rest = rest.map(|(key, value)| {
                    let title = match fields.len() {
                        // An alternative with what belongs to it.
                        1 => word(lane, name, key).map(str::to_owned),
                        _ => None,
                    };
                    let more = if title.is_some() && value.is_object() {
                        "，"
                    } else {
                        "："
                    };
                    let title = title.unwrap_or_else(|| self.key(lane, name, key, value));
                    format!("{title}{more}{}", self.said(lane, key, value))
                });
                let told: Vec<_> = sentence.into_iter().chain(rest).collect();
                match told.is_empty() {
                    true => NOTHING.to_owned(),
                    false => told.join("，"),
                }
            }
        }
    }

    fn text(&self, lane: Lane, name: &str, text: &str) -> String {
        if text.is_empty() {
            return NOTHING.to_owned();
        }
        if let Ok(at) = text.parse::<Timestamp>() {
            return beijing(at);
        }
        if let Some(word) = word(lane, name, text) {
            return word.to_owned();
        }
        let known = clock(text).or_else(|| self.named(text));
        known.unwrap_or_else(|| text.to_owned())
    }

    /// A key of an object: mostly a field, at times a unit or what an alternative is called.
    fn key(&self, lane: Lane, name: &str, key: &str, value: &Value) -> String {
        if key == "by" && value.is_string() {
            return "方式".to_owned();
        }
        let known = within(lane, name, key);
        if !known.starts_with('/') {
            return known;
        }
        let said = word(lane, name, key).map(str::to_owned);
        said.or_else(|| self.named(key)).unwrap_or_else(|| key.to_owned())
    }

    /// The name of a unit or of somebody, with the code or account that the record holds.
    pub(crate) fn named(&self, text: &str) -> Option<String> {
        let unit: Option<UnitCode> = text.parse().ok();
        if let Some(unit) = unit.and_then(|code| self.jurisdiction.unit(&code)) {
            return Some(format!("{}（{}）", unit.name, unit.code));
        }
        let account: StaffId = text.parse().ok()?;
        let name = self.known_name(&account)?;
        Some(format!("{name}（{account}）"))
    }
}

/// Somebody who did something, as recorded.
fn actor(value: &Value) -> Option<Actor> {
    value.get("kind")?;
    Actor::deserialize(value).ok()
}

/// Which duty a clock is of, and which clock of it within its subject where they are counted and not named by the fact behind them.
pub(crate) fn clock(text: &str) -> Option<String> {
    let (code, which) = text.split_once('#')?;
    let mut known = Obligation::ALL.into_iter();
    let obligation = known.find(|obligation| obligation.code() == code)?.in_chinese();
    Some(match which.parse::<u32>() {
        Ok(number) => format!("{obligation}（第 {number} 次）"),
        Err(_) => obligation.to_owned(),
    })
}

/// Whether a value says anything: nothing, no, and none are what every state begins with.
fn tells(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => fields.values().any(tells),
        Value::Number(number) => number.as_i64() != Some(0),
        Value::Bool(true) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::samples::recorded;
    use crate::sight::Sight;
    use jurisdiction::sample::{TOWNSHIP, suqian};
    use platform::Recorded;
    use serde_json::json;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn with_lens<T>(see: impl FnOnce(&Lens<'_>) -> T) -> T {
        let (jurisdiction, index) = (suqian(), Index::empty());
        see(&Lens {
            jurisdiction: &jurisdiction,
            index: &index,
            sight: Sight::Whole,
        })
    }

    #[test]
    fn units_people_and_alternatives_are_said_by_name() {
        let handler = format!("handler-{TOWNSHIP}");
        let state = json!({
            "owner": TOWNSHIP,
            "acknowledged_by": handler,
            "progress": {"rejected": {"told": "现场为食品加工"}},
            "closed": null,
        });
        let said = with_lens(|lens| lens.fields(Lane::Tip, &state));
        let said: Vec<String> = said.into_iter().map(|field| field.said).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].starts_with("演示·胡集镇承办人（"), "{said:?}");
        assert_eq!(said[1], format!("胡集镇（{TOWNSHIP}）"));
        assert_eq!(said[2], "不予受理，告知内容：现场为食品加工");
    }

    #[test]
    fn a_clock_is_said_by_its_duty_whatever_it_is_numbered_by() {
        let said = |id: &str| {
            with_lens(|lens| {
                lens.fields(Lane::Accountability, &json!({ "clock": id }))[0]
                    .said
                    .clone()
            })
        };
        assert_eq!(said("acknowledge#2"), "签收（第 2 次）");
        assert_eq!(said("acknowledge#01a2189c-31a4-8252-baea-c28219bdb5e1"), "签收");
        assert_eq!(said("novelty#2"), "novelty#2");
    }

    /// Every event that was ever written, on top of the others: no code of ours is left in what officials read.
    #[test]
    fn nothing_that_is_recorded_is_said_in_codes() {
        let mut left = BTreeSet::new();
        for lane in Lane::ALL {
            let mut fold = lane.fold();
            for fact in golden(lane)
                .into_iter()
                .chain([laddered(lane)].into_iter().flatten())
            {
                fold.take(&fact);
                for field in with_lens(|lens| lens.fields(lane, &fold.state())) {
                    let said = format!("{} {}", field.title, field.said);
                    left.extend(codes(&said).map(|code| format!("{lane:?} {}: {code}", field.name)));
                }
            }
        }
        assert!(left.is_empty(), "{left:#?}");
    }

    /// A clock as it is started today: it keeps the ladder that it will climb.
    fn laddered(lane: Lane) -> Option<Recorded> {
        let started = golden(Lane::Accountability);
        let mut started = started
            .into_iter()
            .find(|fact| fact.name == "accountability.clock_started.v1")?;
        started.data["clock"] = json!("acknowledge#2");
        started.data["ladder"] = serde_json::to_value(suqian().ladder_on(Timestamp::UNIX_EPOCH)).ok()?;
        (lane == Lane::Accountability).then_some(started)
    }

    fn golden(lane: Lane) -> Vec<Recorded> {
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folders = std::fs::read_dir(services).expect("the services");
        let folders = folders.map(|folder| folder.expect("a folder").path().join("domain/tests/golden"));
        let mut files: Vec<_> = folders
            .filter_map(|folder| std::fs::read_dir(folder).ok())
            .flatten()
            .map(|file| file.expect("a file").path())
            .collect();
        files.sort();
        let facts = files.iter().filter_map(|file| {
            let name = file.file_stem()?.to_str()?.to_owned();
            let category = name.split('.').next()?.to_owned();
            let data = serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON");
            (Lane::of(&format!("{category}-1")) == lane).then(|| recorded("golden-1", 0, &name, data))
        });
        facts.collect()
    }

    /// Words in small Latin letters that are no id, hash, address or account.
    fn codes(said: &str) -> impl Iterator<Item = &str> {
        let words = said.split(|c: char| !(c.is_ascii_alphanumeric() || "_-@.#:/".contains(c)));
        words.filter(|word| {
            let letters = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            // Hashes are made up in the samples.
            word.len() > 1 && word.len() < 60 && letters
        })
    }
}
