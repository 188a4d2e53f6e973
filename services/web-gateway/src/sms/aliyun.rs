//! The format in which Aliyun pushes SMS (“SmsUp”): a JSON array, with some liberty in types and dates.

use crate::problem::Problem;
use jiff::civil::DateTime;
use serde::Deserialize;
use serde_json::Value;

/// One message, as far as we use it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pushed {
    pub phone_number: String,
    pub content: String,
    pub sequence_id: String,
    /// The number written to.
    pub dest_code: String,
    /// Beijing time; absent if the carrier wrote it in a third way.
    pub sent_at: Option<DateTime>,
}

/// Fields that we do not know are the carrier's business: a message is never lost for one.
#[derive(Deserialize)]
struct SmsUp {
    phone_number: Value,
    content: String,
    #[serde(default)]
    sequence_id: Value,
    #[serde(default)]
    dest_code: Value,
    #[serde(default)]
    send_time: Value,
}

pub(crate) fn read(body: &[u8]) -> Result<Vec<Pushed>, Problem> {
    let messages: Vec<SmsUp> = serde_json::from_slice(body)
        .map_err(|_| Problem::malformed("应是阿里云上行短信（SmsUp）格式的 JSON 数组。"))?;
    Ok(messages
        .into_iter()
        .map(|message| Pushed {
            phone_number: text(&message.phone_number),
            content: message.content.trim().to_owned(),
            sequence_id: text(&message.sequence_id),
            dest_code: text(&message.dest_code),
            sent_at: moment(&text(&message.send_time)),
        })
        .collect())
}

/// The documentation shows numbers where strings are promised, and sequence ids as doubles.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => match number.as_f64() {
            Some(double) if number.is_f64() && double.fract() == 0.0 => format!("{double:.0}"),
            _ => number.to_string(),
        },
        _ => String::new(),
    }
}

fn moment(text: &str) -> Option<DateTime> {
    ["%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S"]
        .iter()
        .find_map(|format| DateTime::strptime(format, text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(json: &str) -> Pushed {
        let messages = read(json.as_bytes()).expect("messages");
        assert_eq!(messages.len(), 1);
        messages.into_iter().next().expect("one")
    }

    #[test]
    fn both_date_formats_are_read() {
        let dashed = one(
            r#"[{"phone_number":"19900000000","content":"x","send_time":"2020-06-01 02:03:04","sequence_id":"1"}]"#,
        );
        let plain = one(
            r#"[{"phone_number":"19900000000","content":"x","send_time":"20200601020304","sequence_id":"1"}]"#,
        );
        assert_eq!(dashed, plain);
        assert_eq!(dashed.sent_at, Some(jiff::civil::date(2020, 6, 1).at(2, 3, 4, 0)));
    }
    #[test]
    fn a_sequence_id_is_the_same_as_number_double_or_text() {
        for id in ["1234567890123", "\"1234567890123\"", "1234567890123.0"] {
            let json = format!(
                r#"[{{"phone_number":19900000000,"content":"x","sequence_id":{id},"dest_code":12350,"sign_name":"某"}}]"#
            );
            let message = one(&json);
            assert_eq!(message.sequence_id, "1234567890123");
            assert_eq!(
                (message.phone_number.as_str(), message.dest_code.as_str()),
                ("19900000000", "12350")
            );
        }
    }
    #[test]
    fn a_third_date_format_loses_nothing_but_the_date() {
        let message = one(r#"[{"phone_number":"1","content":"x","send_time":"yesterday"}]"#);
        assert_eq!(message.sent_at, None);
    }
    #[test]
    fn several_messages_come_at_once_and_none_is_fine() {
        let json = r#"[{"phone_number":"1","content":"a"},{"phone_number":"2","content":"b"}]"#;
        assert_eq!(read(json.as_bytes()).expect("messages").len(), 2);
        assert!(read(b"[]").expect("messages").is_empty());
    }
    #[test]
    fn anything_else_is_refused() {
        for body in ["{}", "", "[{\"content\":\"x\"}]", "[1]"] {
            assert_eq!(
                read(body.as_bytes()).expect_err("refused").details().status,
                400,
                "{body}"
            );
        }
    }
}
