//! What an SMS means: a tip, words for an existing one, or a question how it stands.

use super::aliyun::Pushed;
use mingcha_proto::common::Place;
use mingcha_proto::intake::{Contact, ReceiveTipRequest};

/// A tip needs a place, and finding it in free text is the dispatcher's work, not a guess of ours.
const PLACE: &str = "短信举报，地点见内容";

/// Said of something that happens now. Worries (“会爆炸”) are left to the dispatcher: an alarm at every SMS would soon
/// be nobody's.
const DANGER: [&str; 12] = [
    "着火了",
    "起火了",
    "失火了",
    "爆炸了",
    "泄漏了",
    "泄露了",
    "正在泄漏",
    "正在泄露",
    "有人中毒",
    "有人受伤",
    "有人晕倒",
    "晕倒了",
];

/// Said in so many words: of an outcome, that it is not fixed, and of a tip that was not taken up, that it should have been.
/// Whoever writes more than that has something to add, and a person reads it.
const NOT_FIXED: [&str; 5] = ["未解决", "没解决", "没有解决", "不同意", "有异议"];

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning<'a> {
    Tip,
    /// A receipt and something to say.
    Addition {
        receipt: &'a str,
        text: &'a str,
    },
    /// A receipt, and that it is not fixed or not agreed to; nothing else.
    NotFixed {
        receipt: &'a str,
        text: &'a str,
    },
    /// A receipt alone: how does it stand?
    Enquiry {
        receipt: &'a str,
    },
    /// An empty message.
    Nothing,
}

pub(crate) fn meaning(content: &str) -> Meaning<'_> {
    let content = content.trim();
    if content.is_empty() {
        return Meaning::Nothing;
    }
    let Some(end) = end_of_receipt(content) else {
        return Meaning::Tip;
    };
    let (receipt, rest) = content.split_at(end);
    let text = rest
        .trim_start_matches(|c: char| c.is_whitespace() || "，,。.：:;；、".contains(c))
        .trim();
    let said = text.trim_end_matches(|c: char| "。.！!，,".contains(c));
    if text.is_empty() {
        Meaning::Enquiry { receipt }
    } else if NOT_FIXED.contains(&said) {
        Meaning::NotFixed { receipt, text }
    } else {
        Meaning::Addition { receipt, text }
    }
}

/// Where sixteen digits end that stand at the beginning, in groups or not. A seventeenth makes it something else.
fn end_of_receipt(content: &str) -> Option<usize> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let mut digits = 0;
    for (at, c) in content.char_indices() {
        if is_digit(c) {
            digits += 1;
        } else if digits == 16 {
            return Some(at);
        } else if digits == 0 || digits % 4 != 0 || !matches!(c, ' ' | '-' | '\u{3000}') {
            return None;
        }
        if digits > 16 {
            return None;
        }
    }
    (digits == 16).then_some(content.len())
}

/// Whether somebody says that it happens now, in a tip or in words for an existing one.
pub(crate) fn tells_of_danger(content: &str) -> bool {
    DANGER.iter().any(|sign| content.contains(sign))
}

/// A new tip from an SMS. Nobody could tick boxes, so: protected, and answered where the message came from.
pub(crate) fn tip(pushed: &Pushed) -> ReceiveTipRequest {
    ReceiveTipRequest {
        channel: "sms".to_owned(),
        line: Some(pushed.dest_code.clone()).filter(|line| !line.is_empty()),
        narrative: pushed.content.clone(),
        place: Some(Place {
            text: PLACE.to_owned(),
            coordinates: None,
            division: None,
        }),
        // If the carrier pushes late, the dispatcher should know.
        seen_when: pushed
            .sent_at
            .map(|at| at.strftime("短信发送于 %Y-%m-%d %H:%M").to_string())
            .unwrap_or_default(),
        confidential: true,
        wants_answer: true,
        danger: tells_of_danger(&pushed.content),
        contact: Some(Contact {
            phone: pushed.phone_number.clone(),
            ..Contact::default()
        }),
        ..ReceiveTipRequest::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(content: &str) -> Pushed {
        Pushed {
            phone_number: "19900000000".to_owned(),
            content: content.to_owned(),
            sequence_id: "1".to_owned(),
            dest_code: "12350".to_owned(),
            sent_at: Some(jiff::civil::date(2020, 6, 1).at(2, 3, 4, 0)),
        }
    }

    #[test]
    fn words_are_a_tip() {
        assert_eq!(meaning("桥北砖瓦厂半夜生产"), Meaning::Tip);
        assert_eq!(meaning("19900000000 打这个电话"), Meaning::Tip);
        assert_eq!(meaning("  "), Meaning::Nothing);
    }
    #[test]
    fn sixteen_digits_are_a_receipt() {
        for content in ["1234567890123456", "1234 5678 9012 3456", "1234-5678-9012-3456。"] {
            let receipt = content.trim_end_matches('。');
            assert_eq!(meaning(content), Meaning::Enquiry { receipt }, "{content}");
        }
        assert_eq!(meaning("12345678901234567"), Meaning::Tip);
        assert_eq!(meaning("123456789012345"), Meaning::Tip);
    }
    #[test]
    fn a_receipt_with_words_is_an_addition() {
        let expected = Meaning::Addition {
            receipt: "1234567890123456",
            text: "还没有解决",
        };
        assert_eq!(meaning("1234567890123456，还没有解决"), expected);
        assert_eq!(meaning("1234567890123456还没有解决"), expected);
    }
    #[test]
    fn a_receipt_and_that_it_is_not_fixed_takes_the_case_up_again() {
        for (content, text) in [
            ("1234567890123456 未解决", "未解决"),
            ("1234-5678-9012-3456，没解决！", "没解决！"),
            ("1234567890123456没有解决。", "没有解决。"),
        ] {
            let receipt = content.split_at(content.find(text).expect("the words")).0;
            let receipt = receipt.trim_end_matches([' ', '，']);
            assert_eq!(meaning(content), Meaning::NotFixed { receipt, text }, "{content}");
        }
        assert!(matches!(
            meaning("1234567890123456 没解决，后院还有桶"),
            Meaning::Addition { .. }
        ));
        assert_eq!(meaning("未解决"), Meaning::Tip);
    }
    #[test]
    fn a_tip_keeps_the_number_sealed_away_and_the_line_called() {
        let tip = tip(&pushed("桥北砖瓦厂半夜生产，怕会爆炸"));
        assert_eq!(
            (tip.channel.as_str(), tip.line.as_deref()),
            ("sms", Some("12350"))
        );
        assert_eq!(tip.contact.expect("contact").phone, "19900000000");
        assert!(!tip.danger, "a worry is not an alarm");
        assert_eq!(tip.seen_when, "短信发送于 2020-06-01 02:03");
    }
    #[test]
    fn what_happens_now_raises_the_alarm() {
        assert!(tip(&pushed("老砖瓦厂着火了")).danger);
    }
}
