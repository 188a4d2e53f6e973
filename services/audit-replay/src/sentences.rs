//! What is recorded most often, said as a sentence instead of field by field.

use crate::durations::beijing;
use crate::lanes::Lane;
use crate::speech::clock;
use crate::steps::Lens;
use crate::words::word;
use jiff::Timestamp;
use serde_json::Value;

impl Lens<'_> {
    /// A sentence for a thing in the list `name`, and the fields that it has told: the rest is said after it. `None` for what
    /// is of no shape that has a sentence.
    pub(crate) fn sentence(&self, name: &str, value: &Value) -> Option<(String, &'static [&'static str])> {
        match name {
            "holders" => self.holding(value),
            "clocks" => self.clock(value),
            "misses" => self.miss(value),
            "signatures" => self.signature(value),
            "moves" => moved(value),
            "stopped" => stopped(value),
            "closed" => closed(value),
            _ => checked(value),
        }
    }

    fn holding(&self, value: &Value) -> Option<(String, &'static [&'static str])> {
        let (unit, from) = (self.who(value, "unit")?, time(value, "from")?);
        let given_by = self.who(value, "given_by").map(|by| format!("，由{by}交出"));
        let given_by = given_by.unwrap_or_default();
        Some((
            format!("{unit} {from} 接手{given_by}"),
            &["unit", "from", "given_by"],
        ))
    }

    fn clock(&self, value: &Value) -> Option<(String, &'static [&'static str])> {
        let id = value.get("clock")?.as_str()?;
        let duty = clock(id).unwrap_or_else(|| id.to_owned());
        let (started, due) = (time(value, "started")?, time(value, "due")?);
        let owed = self.whose(value, "person");
        let said = format!("{duty}：由{owed}负责，{started} 起算，{due} 到期");
        // Counting from another instant than it began is worth a word of its own.
        Some(match value.get("counted_from") == value.get("started") {
            true => (
                said,
                &[
                    "clock",
                    "obligation",
                    "unit",
                    "person",
                    "started",
                    "due",
                    "counted_from",
                ],
            ),
            false => (said, &["clock", "obligation", "unit", "person", "started", "due"]),
        })
    }

    fn miss(&self, value: &Value) -> Option<(String, &'static [&'static str])> {
        let deadline = time(value, "deadline")?;
        let owed = self.whose(value, "person");
        Some((
            format!("{deadline} 到期没有办，由{owed}负责"),
            &["deadline", "unit", "person"],
        ))
    }

    fn signature(&self, value: &Value) -> Option<(String, &'static [&'static str])> {
        let level = word(Lane::Disposal, "level", value.get("level")?.as_str()?)?;
        let (signed, at) = (self.whose(value, "by"), time(value, "at")?);
        Some((
            format!("{level}：{signed} {at} 签字"),
            &["level", "unit", "by", "at"],
        ))
    }

    /// The unit and the person in that field, as far as they are named.
    fn whose(&self, value: &Value, person: &str) -> String {
        let both = [self.who(value, "unit"), self.who(value, person)];
        both.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// A unit or somebody by name, as far as one is named.
    fn who(&self, value: &Value, field: &str) -> Option<String> {
        let who = value.get(field)?.as_str()?;
        Some(self.named(who).unwrap_or_else(|| who.to_owned()))
    }
}

fn moved(value: &Value) -> Option<(String, &'static [&'static str])> {
    let (from, to) = (time(value, "from")?, time(value, "to")?);
    Some((format!("从 {from} 改到 {to}"), &["from", "to"]))
}

fn stopped(value: &Value) -> Option<(String, &'static [&'static str])> {
    let (at, by) = (time(value, "at")?, value.get("by")?.as_str()?);
    let why = word(Lane::Accountability, "by", by)?;
    Some((format!("{at} 停止计时（{why}）"), &["at", "by"]))
}

fn closed(value: &Value) -> Option<(String, &'static [&'static str])> {
    let how = word(Lane::Case, "closed", value.get("kind")?.as_str()?)?;
    Some((how.to_owned(), &["kind"]))
}

/// What was answered to a question of an inspection, and what that rests on.
fn checked(value: &Value) -> Option<(String, &'static [&'static str])> {
    let (answer, note) = (value.get("answer")?.as_str()?, value.get("note")?.as_str()?);
    let answer = word(Lane::Case, "answer", answer)?;
    let note = match note.trim() {
        "" => String::new(),
        note => format!("（{note}）"),
    };
    Some((format!("{answer}{note}"), &["answer", "note"]))
}

fn time(value: &Value, field: &str) -> Option<String> {
    let at: Timestamp = value.get(field)?.as_str()?.parse().ok()?;
    Some(beijing(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::sight::Sight;
    use jurisdiction::sample::{OFFICE, TOWNSHIP, suqian};
    use serde_json::json;

    fn said(name: &str, value: &Value) -> Option<(String, &'static [&'static str])> {
        let (jurisdiction, index) = (suqian(), Index::empty());
        let lens = Lens {
            jurisdiction: &jurisdiction,
            index: &index,
            sight: Sight::Whole,
        };
        lens.sentence(name, value)
    }

    #[test]
    fn who_took_a_case_over_is_a_sentence() {
        let holding = json!({"unit": TOWNSHIP, "given_by": OFFICE, "from": "2020-06-01T01:20:00Z"});
        let (sentence, _) = said("holders", &holding).expect("a sentence");
        let expected = "胡集镇（321322102） 2020-06-01 09:20:00 接手，由市安委办（321300-AWB）交出";
        assert_eq!(sentence, expected);
    }

    #[test]
    fn a_clock_says_whose_duty_runs_until_when() {
        let mut clock = json!({
            "clock": "acknowledge#1", "obligation": "acknowledge", "unit": TOWNSHIP, "person": null,
            "started": "2020-06-01T01:20:00Z", "counted_from": "2020-06-01T01:20:00Z", "due": "2020-06-02T01:20:00Z",
        });
        let (sentence, spent) = said("clocks", &clock).expect("a sentence");
        let expected =
            "签收（第 1 次）：由胡集镇（321322102）负责，2020-06-01 09:20:00 起算，2020-06-02 09:20:00 到期";
        assert_eq!(sentence, expected);
        assert!(spent.contains(&"counted_from"));
        clock["counted_from"] = json!("2020-05-31T01:20:00Z");
        let (_, spent) = said("clocks", &clock).expect("a sentence");
        assert!(!spent.contains(&"counted_from"), "it is said as well");
    }

    #[test]
    fn a_review_that_was_passed_says_who_signed_and_when() {
        let signature =
            json!({"level": "county", "unit": TOWNSHIP, "by": null, "at": "2020-06-01T01:20:00Z"});
        let (sentence, _) = said("signatures", &signature).expect("a sentence");
        assert_eq!(sentence, "县区：胡集镇（321322102） 2020-06-01 09:20:00 签字");
    }

    #[test]
    fn an_answer_to_a_question_is_told_with_what_it_rests_on() {
        let answered = |note: &str| {
            said(
                "hidden_workshop",
                &json!({"answer": "no", "note": note, "evidence": []}),
            )
        };
        let sentence = |note| answered(note).map(|(sentence, _)| sentence);
        assert_eq!(sentence("进院查看"), Some("没有（进院查看）".to_owned()));
        assert_eq!(sentence(""), Some("没有".to_owned()));
        let closed = said("closed", &json!({"kind": "disposed"})).map(|(sentence, _)| sentence);
        assert_eq!(closed, Some("处置完成销号".to_owned()));
    }

    #[test]
    fn what_has_another_shape_is_left_to_its_fields() {
        assert_eq!(said("holders", &json!({"unit": TOWNSHIP})), None);
        assert_eq!(
            said("stopped", &json!({"at": "2020-06-01T01:20:00Z", "by": "novelty"})),
            None
        );
        assert_eq!(
            said("tips", &json!({"unit": TOWNSHIP, "from": "2020-06-01T01:20:00Z"})),
            None
        );
    }
}
