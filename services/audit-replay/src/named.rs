//! Which facts name a person or a unit, whoever did them: whom a case was given to, who was reminded, whom it is about.

use jurisdiction::{StaffId, UnitCode};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::str::FromStr;

/// Fields that hold accounts, wherever they stand.
const ACCOUNTS: [&str; 4] = ["person", "persons", "staff", "account"];
/// And codes of units.
const UNITS: [&str; 8] = [
    "unit",
    "units",
    "to",
    "from",
    "owner",
    "given_by",
    "receiver",
    "co_handlers",
];

/// By the number of a person or unit the places of the facts in the register, in order.
#[derive(Default)]
pub(crate) struct Named(HashMap<u32, Vec<u32>>);

impl Named {
    pub(crate) fn take(&mut self, number: u32, place: u32) {
        self.0.entry(number).or_default().push(place);
    }

    /// The facts that name any of them.
    pub(crate) fn naming(&self, numbers: impl Iterator<Item = u32>) -> BTreeSet<u32> {
        let places = numbers.filter_map(|number| self.0.get(&number));
        places.flatten().copied().collect()
    }
}

/// The accounts that the body of a fact names.
pub(crate) fn accounts(data: &Value) -> BTreeSet<StaffId> {
    let mut found = BTreeSet::new();
    collect(data, false, &ACCOUNTS, &mut found);
    found
}

/// The units that the body of a fact names.
pub(crate) fn units(data: &Value) -> BTreeSet<UnitCode> {
    let mut found = BTreeSet::new();
    collect(data, false, &UNITS, &mut found);
    found
}

fn collect<T: FromStr + Ord>(value: &Value, meant: bool, keys: &[&str], found: &mut BTreeSet<T>) {
    match value {
        Value::String(text) if meant => found.extend(text.parse::<T>().ok()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, meant, keys, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(value, keys.contains(&key.as_str()), keys, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_fact_names_people_and_units_wherever_they_stand() {
        let data = json!({
            "to": {"person": "leader-gengche", "unit": "321302101", "name": "演示·耿车镇负责人"},
            "against": {"units": ["321302102"], "persons": ["handler-321302102"]},
            "deadline": "2020-06-04T15:59:59Z",
            "what": "321302103",
        });
        let names: Vec<String> = accounts(&data).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["handler-321302102", "leader-gengche"]);
        let codes: Vec<String> = units(&data).iter().map(ToString::to_string).collect();
        assert_eq!(codes, ["321302101", "321302102"]);
    }
}
