//! Where each tip and case lies, as it was last said: what people know a matter by, where facts know a number.

use platform::Recorded;
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// The words of the place of every tip and case.
#[derive(Default)]
pub(crate) struct Places(HashMap<Uuid, Box<str>>);

impl Places {
    /// Takes in one fact of the tip or case of this id; most say nothing of the place.
    pub(crate) fn take(&mut self, id: Uuid, fact: &Recorded) {
        let said = fact.data.pointer("/place/text").and_then(Value::as_str);
        if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
            self.0.insert(id, said.into());
        }
    }

    /// Where a tip or case lies.
    pub(crate) fn of(&self, id: Uuid) -> Option<&str> {
        self.0.get(&id).map(AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::recorded;
    use serde_json::json;

    #[test]
    fn the_last_word_on_a_place_holds_and_an_empty_one_is_none() {
        let (mut places, id) = (Places::default(), Uuid::from_u128(7));
        assert_eq!(places.of(id), None);
        for (name, place) in [
            ("tip.received.v1", "老窑厂"),
            ("tip.accepted.v1", "老窑厂东院"),
            ("tip.placed.v1", " "),
        ] {
            places.take(id, &recorded("tip-7", 0, name, json!({"place": {"text": place}})));
        }
        places.take(id, &recorded("tip-7", 3, "tip.danger_raised.v1", json!({})));
        assert_eq!(places.of(id), Some("老窑厂东院"));
    }
}
