//! No reporter data in clear: what a reporter wrote is sealed, and nothing that looks like a number of theirs stands beside it.

use crate::event::Event;
use crate::{Circumstances, Fact, Found, Rule};
use jurisdiction::names_somebody as personal;
use serde_json::Value;

/// Fields of a tip that only ever hold what is sealed, if anything.
const SEALED: [&str; 4] = ["identity", "content", "message", "standing"];
/// Fields of a tip with numbers and words of ours: the published line, and what we told the reporter.
const OURS: [&str; 3] = ["line", "text", "explanation"];
/// Fields in which what a tip says goes on to cases, disposals, clocks and reports.
const HANDED_ON: [&str; 4] = ["summary", "what", "place", "enterprise"];

#[derive(Default)]
pub(crate) struct Secrecy;

impl Rule for Secrecy {
    fn take(
        &mut self,
        fact: &Fact<'_>,
        event: &Event,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        if !circumstances.secrets.is_empty() && holds_secret(fact, circumstances.secrets) {
            found.wrong(fact, "记录里有举报人自述的信息。");
        }
        // By the stream, not by the event: what cannot be read is looked at all the more.
        if fact.stream.starts_with("tip-") {
            look(fact.data, fact, found);
        } else if !matches!(event, Event::Other) {
            // What tips hand on to whatever follows from them; the rest is in the words of officials, of their own business.
            let text = |field: &&str| {
                let value = fact.data.get(field)?;
                value.as_str().or_else(|| value.get("text")?.as_str())
            };
            if HANDED_ON.iter().filter_map(text).any(personal) {
                found.wrong(fact, "案情摘要或地点里有像是手机号、身份证号或邮箱的内容。");
            }
        }
    }
}

fn look(data: &Value, fact: &Fact<'_>, found: &mut Found<'_>) {
    match data {
        Value::Object(fields) if fields.contains_key("ciphertext") => {}
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !OURS.contains(&name.as_str())) {
                let sealed = value.is_null() || value.get("ciphertext").is_some();
                if SEALED.contains(&name.as_str()) && !sealed {
                    found.wrong(fact, format!("“{name}”没有密封。"));
                }
                look(value, fact, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, fact, found)),
        Value::String(text) if personal(text) => {
            found.wrong(fact, "线索里有像是手机号、身份证号或邮箱的明文。");
        }
        _ => {}
    }
}

fn holds_secret(fact: &Fact<'_>, secrets: &[String]) -> bool {
    let text = fact.data.to_string();
    secrets
        .iter()
        .any(|secret| !secret.is_empty() && text.contains(secret.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::Invariant::NoReporterDataInClear;
    use crate::story::{Story, tip_received};
    use serde_json::json;
    use tip_domain::TipEvent;

    #[test]
    fn what_is_sealed_may_be_stored() {
        Story::new()
            .record("tip-1", tip_received())
            .holds(NoReporterDataInClear);
    }
    #[test]
    fn a_message_that_is_not_sealed_is_found() {
        Story::new()
            .record_raw("tip-1", "tip.reporter_wrote.v1", json!({"message": "我是张三"}))
            .breaks(NoReporterDataInClear, "没有密封");
    }
    #[test]
    fn a_number_in_the_place_or_the_summary_is_found() {
        let accepted = |summary: &str| json!({"case": "x", "summary": summary});
        for summary in [
            "请联系19900000001核实",
            "身份证 32132219900101001X",
            "写信到 a@b.example",
        ] {
            Story::new()
                .record_raw("tip-1", "tip.accepted.v1", accepted(summary))
                .breaks(NoReporterDataInClear, "像是手机号");
            Story::new()
                .record_raw("case-7", "case.opened.v1", opened(summary))
                .breaks(NoReporterDataInClear, "案情摘要");
        }
    }
    #[test]
    fn what_a_tip_hands_on_is_looked_at_wherever_it_goes() {
        let numbered = "老砖瓦厂，问19900000003";
        for (stream, name, field) in [
            ("disposal-7", "disposal.ordered.v1", "place"),
            ("accountability-7", "accountability.clock_started.v1", "what"),
        ] {
            Story::new()
                .record_raw(stream, name, json!({ field: numbered }))
                .breaks(NoReporterDataInClear, "案情摘要或地点");
        }
    }
    fn opened(summary: &str) -> serde_json::Value {
        let (_, mut data) = decider::encode(&crate::story::case_opened(jurisdiction::TipId::sample(1)));
        data["summary"] = json!(summary);
        data
    }
    #[test]
    fn our_own_numbers_and_words_are_not_theirs() {
        let reply = TipEvent::ReplySent {
            text: "请拨打 19900000002 与承办人联系。".into(),
        };
        Story::new().record("tip-1", reply).holds(NoReporterDataInClear);
    }
    #[test]
    fn what_reporters_said_of_themselves_is_found_anywhere() {
        let reply = TipEvent::ReplySent {
            text: "王小明同志，您好。".into(),
        };
        let story = Story::new().record("tip-1", reply);
        story.clone().holds(NoReporterDataInClear);
        story.secret("王小明").breaks(NoReporterDataInClear, "自述的信息");
    }
}
